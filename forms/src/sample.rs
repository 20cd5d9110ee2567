//! Samples of a form (`samples/*.json`): values by source for a fictitious family.
//!
//! A pack's check fills every form with its samples, so a sample should hold the longest real values and
//! the hardest names. Plain JSON text is text, `true`/`false` yes or no, a number a number; dates and
//! choices are written `{"date": "1985-04-01"}`, `{"choice": "head"}` and `{"choices": ["a", "b"]}`.

use std::collections::BTreeMap;

use kakanai_text::PartialDate;
use serde::Deserialize;

use crate::values::{FieldValue, Values};

/// Values by source.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    #[serde(default)]
    people: Vec<String>,
    /// Values of the case, the office, the head and so on.
    #[serde(default)]
    values: BTreeMap<String, SampleValue>,
    /// Values of each person.
    #[serde(default)]
    persons: BTreeMap<String, BTreeMap<String, SampleValue>>,
}

/// Why a file is no sample.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: not a sample")]
pub struct SampleError {
    /// File as it was named to the parser.
    pub file: String,
    /// Line from 1.
    pub line: usize,
}

impl SampleError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        "sample-syntax"
    }
}

#[derive(Clone, Deserialize)]
#[serde(untagged)]
enum SampleValue {
    Text(String),
    YesNo(bool),
    Number(i64),
    Date { date: PartialDate },
    Choice { choice: String },
    Choices { choices: Vec<String> },
}

impl Sample {
    /// Reads a sample; `file` is only for messages.
    ///
    /// # Errors
    /// [`SampleError`] with the line on which reading ended.
    pub fn parse(text: &str, file: &str) -> Result<Self, SampleError> {
        serde_json::from_str(text)
            .map_err(|error| SampleError { file: file.to_owned(), line: error.line() })
    }

    /// Every value it holds, in the order of their sources.
    pub fn all(&self) -> impl Iterator<Item = FieldValue> {
        self.values
            .values()
            .chain(self.persons.values().flat_map(BTreeMap::values))
            .map(SampleValue::get)
    }
}

impl SampleValue {
    fn get(&self) -> FieldValue {
        match self {
            Self::Text(text) => FieldValue::Text(text.clone()),
            Self::YesNo(yes) => FieldValue::YesNo(*yes),
            Self::Number(number) => FieldValue::Number(*number),
            Self::Date { date } => FieldValue::Date(*date),
            Self::Choice { choice } => FieldValue::Choice(choice.clone()),
            Self::Choices { choices } => FieldValue::Choices(choices.clone()),
        }
    }
}

impl Values for Sample {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        let own = person.and_then(|person| self.persons.get(person)?.get(source));
        own.or_else(|| self.values.get(source)).map_or(FieldValue::Missing, SampleValue::get)
    }

    fn people(&self) -> Vec<String> {
        self.people.clone()
    }
}
