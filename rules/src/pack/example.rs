//! Cases with their expected decisions: what proves a pack.

use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

/// A case with its expected decisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestRow {
    /// Test id.
    pub id: String,
    /// The day at the counter.
    pub on: PartialDate,
    /// Why the expectation is right: law and article, or the trap.
    pub basis: String,
    /// Facts file.
    pub facts: serde_json::Value,
    /// Expected: procedure, person (household scope: none), status, deadline where it matters.
    pub expect: Vec<Expectation>,
}

/// One expected decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// Procedure id.
    pub procedure: String,
    /// The person; `None` for household scope.
    pub person: Option<String>,
    /// `required | may-apply | not-needed | undecided`.
    pub status: String,
    /// Last day, when the test fixes it; `Some(None)` = none.
    #[serde(default, with = "nested", skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Option<PartialDate>>,
    /// The procedure that covers it, when the test fixes it; `Some(None)` = none.
    #[serde(default, with = "nested", skip_serializing_if = "Option::is_none")]
    pub covered_by: Option<Option<String>>,
    /// Things that must be brought.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bring: Vec<String>,
    /// Things that must not be asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bring_not: Vec<String>,
}

/// `Some(None)` as JSON `null`, `None` as nothing at all.
mod nested {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    // The signature is serde's.
    #[allow(clippy::ref_option)]
    pub fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(serializer)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(deserializer).map(Some)
    }
}
