//! What crosses to the resident's window (住民画面), and nothing else: no type of the staff view is used here.

use serde::Serialize;
use ts_rs::TS;

use super::DoorError;

/// The resident's window (住民画面) as one value: what may be seen there, and nothing else.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentView {
    /// Name of the municipality.
    pub municipality: String,
    /// Set where sample residents and virtual devices are in use.
    pub demo: bool,
    /// What is shown.
    pub screen: ResidentScreen,
}

/// What the resident's window shows.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum ResidentScreen {
    /// Nobody is being served.
    Welcome,
    /// A case is open; the clerk is at work.
    Working {
        /// `reception | reading | questions | result | papers | printing`.
        step: String,
    },
    /// The PIN of the card's text application (券面事項入力補助用暗証番号), 4 digits.
    Pin {
        /// Tries left as the card said.
        tries_left: u8,
        /// The last PIN was wrong.
        wrong_before: bool,
    },
    /// The card is being read: leave it on the reader.
    Reading,
    /// What was read, large, to confirm.
    Confirm {
        /// Label and value pairs.
        items: Vec<ResidentItem>,
    },
    /// The card could not be read; the clerk goes on.
    Trouble {
        /// The reason.
        error: DoorError,
    },
    /// The papers are printed: check and sign.
    Papers {
        /// How many papers.
        papers: u32,
        /// How many signatures.
        signatures: u32,
    },
    /// The case has ended.
    Thanks,
}

/// One line that the resident confirms.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentItem {
    /// Label.
    pub label: String,
    /// Value as people read it.
    pub text: String,
}
