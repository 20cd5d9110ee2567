//! What the windows send: typed by a person, checked before it is kept.

use serde::Deserialize;
use ts_rs::TS;

/// First account of a new store.
#[derive(Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SetUpInput {
    /// Account id: `a-z`, `0-9`, `-`.
    pub account: String,
    /// Name shown on the screen.
    pub display_name: String,
    /// The person's own passphrase.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: crate::Passphrase,
}

/// Signing in.
#[derive(Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SignInInput {
    /// Account id.
    pub account: String,
    /// The person's own passphrase.
    #[serde(deserialize_with = "passphrase")]
    #[ts(type = "string")]
    pub passphrase: crate::Passphrase,
}

/// An answer to a question, or a value typed by the clerk.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct AnswerInput {
    /// The fact.
    pub fact: String,
    /// About whom; `null` for the case.
    pub person: Option<String>,
    /// The value; `null` together with `said`.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
    /// `unknown` or `declined` when there is no value.
    pub said: Option<String>,
}

/// A household member typed by the clerk.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PersonInput {
    /// The person to change; `null` adds one.
    pub id: Option<String>,
    /// Name, family and given with a full-width space.
    pub name: String,
    /// Kana.
    pub name_kana: String,
    /// `YYYY-MM-DD`, unknown parts `00`.
    pub birth_date: String,
    /// `male | female | unknown | not-applicable`, or empty.
    pub sex: String,
    /// Relation to the head (続柄) id.
    pub relation: String,
    /// Is part of this move.
    pub moving: bool,
}

/// What is to be printed, and where.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PrintInput {
    /// Keys of papers; none named means all of them.
    pub papers: Vec<String>,
    /// Only these pages of them.
    pub pages: Option<PageRange>,
    /// Another printer than the usual one.
    pub printer: Option<String>,
}

/// Pages of the papers that are printed together, counted from 1.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PageRange {
    /// The first.
    pub first: u32,
    /// The last.
    pub last: u32,
}

/// What happens to characters that no font has.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SettleInput {
    /// The places that the choice is for.
    pub places: Vec<PlaceInput>,
    /// `by-hand | base-form | substitute | not-printed`.
    pub choice: String,
    /// The text, for `substitute`.
    pub text: Option<String>,
}

/// A place on a paper.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PlaceInput {
    /// Form id.
    pub form: String,
    /// Field id.
    pub field: String,
    /// The person, inside rows and on papers of one person.
    pub person: Option<String>,
}

/// Takes the typed text over without a copy of its own.
pub(super) fn passphrase<'de, D: serde::Deserializer<'de>>(
    input: D,
) -> Result<crate::Passphrase, D::Error> {
    String::deserialize(input).map(crate::Passphrase::new)
}

/// Takes typed digits over without a copy of its own.
pub(super) fn digits<'de, D: serde::Deserializer<'de>>(
    input: D,
) -> Result<crate::CodeDigits, D::Error> {
    String::deserialize(input).map(crate::CodeDigits::new)
}
