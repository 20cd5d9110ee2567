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

/// Takes the typed text over without a copy of its own.
fn passphrase<'de, D: serde::Deserializer<'de>>(input: D) -> Result<crate::Passphrase, D::Error> {
    String::deserialize(input).map(crate::Passphrase::new)
}
