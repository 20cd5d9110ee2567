//! What is asked, and what spares asking it.

use serde::{Deserialize, Serialize};

use super::Condition;
use crate::fact::Value;

/// One choice of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceRow {
    /// `fact.value`.
    pub id: String,
    /// Permanent number within the fact, never used again.
    pub number: u32,
    /// The fact.
    pub fact: String,
    /// The value's id.
    pub value: String,
    /// Offered no more; the number stays taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// Asks the household once instead of every member (世帯への質問): while `gate` is not answered, its question
/// stands for the questions about `fact`; when it is no, `fact` of everybody who said nothing else is `value`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GateRow {
    /// Row id.
    pub id: String,
    /// A yes-no fact of the case.
    pub gate: String,
    /// The fact that need not be asked.
    pub fact: String,
    /// Its value when the gate is no; `None`: rows of [`super::Pack::follows`] say what it is then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// The gate is used only when these hold (facts of the case, or of the person whose fact it spares).
    pub conditions: Vec<Condition>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// Question id.
    pub id: String,
    /// Permanent number, never used again.
    pub number: u32,
    /// The fact it fills.
    pub fact: String,
    /// May be asked at home.
    pub at_home: bool,
    /// Asked on one screen with the other questions of this group (まとめて聞く); the text `group.ID` is its heading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Asked no more; the number stays taken.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub retired: bool,
}

/// What follows from answers (決まること): while nobody said anything about `fact` and the conditions hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FollowsRow {
    /// Row id.
    pub id: String,
    /// The fact; of a person: looked at for each member. Of the case: conditions about people hold when one member
    /// meets them all.
    pub fact: String,
    /// What it is then.
    pub value: FollowValue,
    /// Whether it is taken as known.
    pub kind: FollowKind,
    /// Conditions.
    pub conditions: Vec<Condition>,
    /// Law article.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub article: String,
    /// Source id.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    /// Who opened the cited source; `unchecked` otherwise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub checked_by: String,
}

/// A value that follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowValue {
    /// Written in the cell.
    Value(Value),
    /// What another fact of the same type holds: of the same person or the case; in a row about the case with
    /// conditions about people, of the members who meet them, as long as they do not differ. A date with unknown parts
    /// is not taken over.
    Fact(String),
}

/// What a row of `follows` does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FollowKind {
    /// Taken as known, source `derived`; a statement always wins.
    Takes,
    /// Chosen beforehand on the screen; decides nothing.
    Suggests,
}
