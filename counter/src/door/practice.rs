//! Practice (練習モード): plainly marked, made-up residents, any date, out of statistics and hand-over.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Starting practice.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PracticeInput {
    /// The day that is rehearsed, `YYYY-MM-DD`; today without it.
    pub on: Option<String>,
}

/// Practice as it stands.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PracticeView {
    /// The day that is rehearsed.
    pub on: String,
    /// Practice cards to lay on the reader.
    pub cards: Vec<PracticeCardView>,
    /// The card that lies there.
    pub card: Option<String>,
    /// Seconds per step of the present case, in the order in which they were first opened.
    pub times: Vec<StepTimeView>,
}

/// A practice card: a fictitious resident.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PracticeCardView {
    /// Id.
    pub id: String,
    /// Name on it.
    pub name: String,
    /// What is worth practising with it, in Japanese.
    pub text: String,
    /// Its PIN; empty for a card without.
    pub pin: String,
    /// What is printed on it, for 照合番号B: birth date in its era, year of expiry, security code.
    pub face: [String; 3],
}

/// How long a step took.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct StepTimeView {
    /// As `StepInput::step`.
    pub step: String,
    /// Seconds, all visits to it together.
    pub seconds: u32,
}
