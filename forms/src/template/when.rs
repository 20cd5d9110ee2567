//! Conditions of fields: on one value each, and when two of them can never hold together.

use std::fmt;

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::values::FieldValue;

/// The one source of a paper whose values are lists: two different ids in it do not exclude each other.
const LIST: &str = "form.procedures";

/// A condition on one value.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(try_from = "RawWhen")]
pub struct When {
    /// Vocabulary id of the value.
    pub source: String,
    /// What must hold of it.
    pub test: Test,
}

/// What must hold of a value. A list holds what one of its entries holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// It is this.
    Equals(String),
    /// It is not this; a missing value differs from every value.
    Differs(String),
    /// It is one of these.
    Any(Vec<String>),
    /// There is something to print (`true`) or nothing (`false`): a missing value, an empty text and an
    /// empty list are nothing.
    Known(bool),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawWhen {
    source: String,
    equals: Option<String>,
    differs: Option<String>,
    any: Option<Vec<String>>,
    known: Option<bool>,
}

impl TryFrom<RawWhen> for When {
    type Error = &'static str;

    fn try_from(raw: RawWhen) -> Result<Self, Self::Error> {
        let test = match (raw.equals, raw.differs, raw.any, raw.known) {
            (Some(value), None, None, None) => Test::Equals(value),
            (None, Some(value), None, None) => Test::Differs(value),
            (None, None, Some(values), None) if !values.is_empty() => Test::Any(values),
            (None, None, None, Some(known)) => Test::Known(known),
            _ => return Err("when: exactly one of equals, differs, any and known is expected"),
        };
        Ok(Self { source: raw.source, test })
    }
}

impl When {
    /// Whether the condition holds for the value of its source.
    pub(crate) fn holds(&self, value: &FieldValue) -> bool {
        let words = value.words();
        match &self.test {
            Test::Equals(wanted) => words.contains(wanted),
            Test::Differs(other) => !words.contains(other),
            Test::Any(wanted) => words.iter().any(|word| wanted.contains(word)),
            Test::Known(known) => *known == words.iter().any(|word| !word.is_empty()),
        }
    }

    /// Whether the two can never hold of the same value. A source that gives lists must not be asked for
    /// different values in the belief that they exclude each other.
    pub(crate) fn excludes(&self, other: &Self) -> bool {
        self.source == other.source && (self.rules_out(other) || other.rules_out(self))
    }

    fn rules_out(&self, other: &Self) -> bool {
        let mine: &[String] = match &self.test {
            Test::Equals(value) => std::slice::from_ref(value),
            Test::Any(values) => values,
            Test::Known(known) => return *known && other.test == Test::Known(false),
            Test::Differs(_) => return false,
        };
        match &other.test {
            Test::Equals(value) => self.source != LIST && !mine.contains(value),
            Test::Any(values) => {
                self.source != LIST && mine.iter().all(|value| !values.contains(value))
            }
            Test::Differs(value) => mine.iter().all(|wanted| wanted == value),
            Test::Known(known) => !known,
        }
    }
}

/// One table or a list of tables.
pub(super) fn one_or_many<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<When>, D::Error> {
    struct OneOrMany;

    impl<'de> Visitor<'de> for OneOrMany {
        type Value = Vec<When>;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a condition or a list of conditions")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
            When::deserialize(MapAccessDeserializer::new(map)).map(|when| vec![when])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
            Vec::deserialize(SeqAccessDeserializer::new(list))
        }
    }

    deserializer.deserialize_any(OneOrMany)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(toml: &str) -> When {
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn conditions_exclude_each_other_when_no_value_meets_both() {
        let cases = [
            ("equals = 'a'", "equals = 'b'", true),
            ("equals = 'a'", "equals = 'a'", false),
            ("equals = 'a'", "differs = 'a'", true),
            ("equals = 'a'", "differs = 'b'", false),
            ("equals = 'a'", "any = ['b', 'c']", true),
            ("equals = 'a'", "any = ['b', 'a']", false),
            ("any = ['a', 'b']", "any = ['c']", true),
            ("any = ['a', 'b']", "differs = 'a'", false),
            ("any = ['a']", "differs = 'a'", true),
            ("known = true", "known = false", true),
            ("known = false", "any = ['a']", true),
            ("known = false", "differs = 'a'", false),
            ("known = true", "differs = 'a'", false),
        ];
        for (left, right, expected) in cases {
            let of = |test: &str| when(&format!("source = 'person.f'\n{test}"));
            assert_eq!(of(left).excludes(&of(right)), expected, "{left} and {right}");
            assert_eq!(of(right).excludes(&of(left)), expected, "{right} and {left}");
        }
        let other = when("source = 'person.g'\nequals = 'b'");
        assert!(!when("source = 'person.f'\nequals = 'a'").excludes(&other), "other sources");
        let list = |value: &str| when(&format!("source = '{LIST}'\nequals = '{value}'"));
        assert!(!list("tennyu").excludes(&list("koku")), "a list has both");
    }

    #[test]
    fn a_list_holds_what_one_of_its_entries_holds() {
        let list = |values: &[&str]| {
            FieldValue::Choices(values.iter().copied().map(str::to_owned).collect())
        };
        let cases = [
            ("equals = 'b'", list(&["a", "b"]), true),
            ("equals = 'c'", list(&["a", "b"]), false),
            ("differs = 'b'", list(&["a", "b"]), false),
            ("differs = 'b'", FieldValue::Missing, true),
            ("any = ['c', 'b']", list(&["a", "b"]), true),
            ("any = ['c']", FieldValue::Missing, false),
            ("known = true", list(&[]), false),
            ("known = false", FieldValue::Text(String::new()), true),
            ("known = true", FieldValue::Number(0), true),
        ];
        for (test, value, expected) in cases {
            let when = when(&format!("source = 'person.f'\n{test}"));
            assert_eq!(when.holds(&value), expected, "{test} of {value:?}");
        }
    }
}
