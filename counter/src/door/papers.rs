//! The papers of a case: their keys, their pages as pictures, and where printing stands.

use serde::Serialize;
use ts_rs::TS;

use super::DoorError;

/// One paper of the packet.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PaperView {
    /// Key within the case, `inkan-toroku/p1`.
    pub id: String,
    /// Form id.
    pub form: String,
    /// Title of the paper.
    pub title: String,
    /// For whom, names.
    pub people: Vec<String>,
    /// Pages.
    pub pages: u32,
    /// Places the resident signs.
    pub signatures: u32,
    /// The printer has reported this paper printed.
    pub printed: bool,
    /// Its signature was received.
    pub signed: bool,
    /// Hangs on private answers: title and preview wait until they are opened.
    pub masked: bool,
    /// Fields that can be corrected: the facts they come from, with the person.
    pub fields: Vec<PaperFieldView>,
}

/// A field of a paper that comes from one fact.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PaperFieldView {
    /// Fact id.
    pub fact: String,
    /// About whom.
    pub person: Option<String>,
    /// Label.
    pub label: String,
    /// What stands there.
    pub text: String,
}

/// A page of a paper as an SVG picture, drawn by the same engine as the print.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PreviewPage {
    /// Page number from 1.
    pub page: u32,
    /// A whole `<svg>` document.
    pub svg: String,
}

/// Where printing stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[ts(export_to = "door.ts")]
pub enum PrintStep {
    /// Nothing sent.
    Idle,
    /// On its way.
    Sending,
    /// The printer has the job.
    Printing {
        /// `pending | processing | stopped | silent`; `silent`: nothing has changed for a while.
        state: String,
        /// What the printer complains of, `media-empty`, ….
        reasons: Vec<String>,
    },
    /// The printer says done; the clerk has to say whether the papers came out (出ましたか).
    AskCameOut,
    /// Confirmed by the clerk.
    Done,
    /// Failed; the papers are kept and can be printed again.
    Failed {
        /// The reason.
        error: DoorError,
    },
}
