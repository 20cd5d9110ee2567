//! What crosses to the resident's window (住民画面), and nothing else: no type of the staff view is used here.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{ChoiceView, DoorError, NameShape, SentencePair};

/// The resident's window (住民画面) as one value: what may be seen there, and nothing else.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentView {
    /// Name of the municipality.
    pub municipality: String,
    /// Set where sample residents and virtual devices are in use.
    pub demo: bool,
    /// Practice: the people are made up.
    pub practice: bool,
    /// The language of this window.
    pub lang: String,
    /// Languages to choose from, each named in itself.
    pub langs: Vec<ChoiceView>,
    /// How it is shown.
    pub display: DisplayView,
    /// The window's own words in its language, by key without `window.`; readings as `{漢字|かな}`.
    pub texts: BTreeMap<String, String>,
    /// The same words in Japanese where the language is another: drawn small below.
    pub texts_ja: BTreeMap<String, String>,
    /// Nobody who speaks the language has checked its words (参考訳).
    pub draft: bool,
    /// How far the visit is; `None` while nobody is served.
    pub progress: Option<ProgressView>,
    /// The clerk has been called and has not come yet.
    pub called: bool,
    /// What is shown.
    pub screen: ResidentScreen,
}

/// How the resident's window is shown; goes back to the usual at the end of a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct DisplayView {
    /// Text size by capital height: 1 (3.5-4.2 mm) to 4 (8.5-9.0 mm).
    pub size: u8,
    /// `standard | inverted | medium | low`.
    pub contrast: String,
    /// Readings above kanji.
    pub furigana: bool,
    /// CSS pixels in a millimetre of this display, measured or set in the settings.
    pub pixels_per_mm: f64,
}

/// How far the visit is.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ProgressView {
    /// The present step, from 1.
    pub step: u8,
    /// Steps in all.
    pub of: u8,
    /// Questions left, as far as is known now.
    pub questions_left: u32,
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
        /// `reception | identity | reading | certificate | household | questions | check | result | papers |
        /// printing | finish`.
        step: String,
        /// The sentence that the clerk is saying, with its number; `None` outside questions, and for private ones.
        saying: Option<SentencePair>,
    },
    /// It is the resident's turn to answer.
    Questions {
        /// The first is the present one.
        asks: Vec<ResidentAsk>,
        /// How many were answered here already.
        answered: u32,
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
        /// Kind of document.
        document: String,
    },
    /// The card could not be read; the clerk goes on.
    Trouble {
        /// The reason.
        error: DoorError,
    },
    /// The list to keep: what is done today, what is left; nothing discreet.
    List {
        /// Its entries, most urgent first.
        entries: Vec<ResidentEntry>,
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
    /// Exact shape, for names and addresses.
    pub shape: Option<NameShape>,
}

/// A screen of questions that the resident answers.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentAsk {
    /// As `AskView::id`.
    pub id: String,
    /// `one | people | checklist | page`.
    pub kind: String,
    /// Number of the sentence.
    pub number: String,
    /// What is asked, in the window's language.
    pub text: String,
    /// The same in Japanese; empty where the language is Japanese.
    pub ja: String,
    /// Why it is asked, in the window's language.
    pub why: String,
    /// Its questions.
    pub questions: Vec<ResidentQuestion>,
}

/// A question as the resident's window has it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentQuestion {
    /// The fact.
    pub fact: String,
    /// About whom.
    pub person: Option<String>,
    /// That person's name.
    pub person_name: Option<String>,
    /// As `QuestionView::kind`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The question, or the row of a checklist.
    pub text: String,
    /// The same in Japanese; empty where the language is Japanese.
    pub ja: String,
    /// Choices.
    pub choices: Vec<ResidentChoice>,
    /// A pad fits better than a keyboard: `digits | none`.
    pub pad: String,
}

/// A choice as the resident's window has it.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentChoice {
    /// What is stored.
    pub id: String,
    /// What is shown.
    pub text: String,
    /// The same in Japanese; empty where the language is Japanese.
    pub ja: String,
}

/// An entry of the list to keep.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct ResidentEntry {
    /// Procedure.
    pub title: String,
    /// The same in Japanese; empty where the language is Japanese.
    pub ja: String,
    /// `here` (today at this counter) · `done` · `later` · `may` (can be applied for).
    pub state: String,
    /// For whom, names.
    pub people: Vec<String>,
    /// Last day in words; empty without one.
    pub deadline: String,
    /// Where.
    pub office: String,
    /// What to bring.
    pub bring: Vec<String>,
}

/// What the resident chooses for this window.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct DisplayInput {
    /// As [`DisplayView::size`].
    pub size: u8,
    /// As [`DisplayView::contrast`].
    pub contrast: String,
    /// As [`DisplayView::furigana`].
    pub furigana: bool,
}
