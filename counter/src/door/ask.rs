//! What is asked, as screens: one question, one question about several people, a checklist, a page of fields.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{AnswerInput, QuestionView};

/// One screen of questions (まとめて聞く): what is said once and answered in one step.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct AskView {
    /// Stable while it is the same screen: group or question id, and the person when there is one.
    pub id: String,
    /// `one`: a question · `people`: the same question about several people · `checklist`: yes-no rows, none ticked
    /// means no to all · `page`: fields.
    pub kind: String,
    /// What is asked, as the resident reads it in Japanese; the question's own text when there is one question.
    pub text: String,
    /// What the clerk says.
    pub staff_text: String,
    /// Why it is asked.
    pub why: String,
    /// Articles of the procedures that wait for it, as the pack cites them; the first few.
    pub laws: Vec<String>,
    /// Private from the hall (配慮項目): answered on the resident's window or a pointing card, masked here.
    pub private: bool,
    /// Whose turn it is: `staff | resident`.
    pub turn: String,
    /// Its questions, in order; empty texts stand in for private ones only where the turn is the resident's.
    pub questions: Vec<QuestionView>,
    /// The same sentence in the resident's language and in Japanese; `None` where the language is Japanese.
    pub pair: Option<SentencePair>,
}

/// A sentence of the resident's window beside its Japanese (対訳): the number is the same on both windows.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SentencePair {
    /// Number of the sentence: the permanent number of the question, or of the screen's text.
    pub number: String,
    /// In Japanese.
    pub ja: String,
    /// As it stands on the resident's window.
    pub said: String,
    /// Language tag of `said`.
    pub lang: String,
    /// Nobody who speaks the language has checked it (参考訳).
    pub draft: bool,
}

/// Several answers given in one step; one undo takes all of them back.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct AnswersInput {
    /// The answers.
    pub answers: Vec<AnswerInput>,
}

/// 次の人も同じ: what one person said is taken over for others. Facts of identity are refused.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SameForInput {
    /// Whose answers.
    pub from: String,
    /// For whom.
    pub to: Vec<String>,
    /// Which facts; none named means every answered one that is not identity.
    pub facts: Vec<String>,
}

/// What is discreet (支援措置): only after the clerk has said that the person is alone.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct DiscreetView {
    /// The clerk has said that the person is alone; ends by itself with the step and with the case.
    pub alone: bool,
    /// Questions that may be asked now; empty unless `alone`.
    pub questions: Vec<QuestionView>,
    /// What follows, in words; empty unless `alone`.
    pub decisions: Vec<super::DecisionView>,
    /// The paper for one pair of eyes can be printed; key of the paper.
    pub paper: Option<String>,
}

/// The person × item table (世帯の一覧): everything known, with sources.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct TableView {
    /// Columns: the case first (an empty id), then each person.
    pub columns: Vec<TableColumn>,
    /// One row per fact, in the order in which it is asked.
    pub rows: Vec<TableRow>,
}

/// A column of the table.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct TableColumn {
    /// Person id; empty for the case.
    pub person: String,
    /// Name.
    pub name: String,
}

/// A row of the table.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct TableRow {
    /// Fact id.
    pub fact: String,
    /// Its label.
    pub label: String,
    /// One cell for each column.
    pub cells: Vec<TableCell>,
}

/// A cell of the table.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct TableCell {
    /// Value as people read it; empty while masked or absent.
    pub text: String,
    /// Source id; empty when nothing is known.
    pub source: String,
    /// The source in words, カード（みほん 花子）.
    pub source_label: String,
    /// Another source says otherwise: to be settled.
    pub conflict: bool,
    /// Private and not opened: the clerk opens it with `staff_private_open`.
    pub masked: bool,
    /// It matters and is missing.
    pub missing: bool,
    /// The fact does not exist for this column.
    pub none: bool,
    /// A question can ask it again.
    pub can_ask: bool,
}

/// Somebody at the resident's window asks for the clerk (職員を呼ぶ).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CallView {
    /// Grows with each call.
    pub count: u32,
    /// What was on the resident's window: `pin`, `questions`, `confirm`, ….
    pub screen: String,
}

/// A masked value is shown from here on until it is closed (配慮項目を開く). The opening is journalled.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PrivateOpenInput {
    /// Show (`true`) or mask again.
    pub open: bool,
}
