//! One answer: a fact's value as the sheet carries it, by the numbers that the pack gave out, and back.
//!
//! Choices travel as their permanent numbers, dates as days since 1970-01-01 (with unknown parts as text), a person
//! as the place in the list of people. What comes back is checked as if a stranger had written it.

use std::collections::BTreeMap;

use jiff::{Span, civil::Date};
use kakanai_rules::{FactDef, FactType, Pack, Value};
use kakanai_text::PartialDate;

use crate::cbor::Item;
use crate::characters::{composed, is_allowed};

/// Answers by question number.
pub type Answers = BTreeMap<u32, Given>;

/// What was given as an answer.
#[derive(Clone, PartialEq, Eq)]
pub enum Given {
    /// Yes or no.
    YesNo(bool),
    /// A number, an option, a date, a person.
    Integer(i64),
    /// Text, or a date with unknown parts.
    Text(String),
    /// Several options.
    Options(Vec<u32>),
    /// "I'd rather say it at the counter" (窓口で話す).
    AtCounter,
    /// "I don't know" (分からない).
    Unknown,
}

/// Why an answer does not become a fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The pack does not let it be asked at home.
    NotAtHome,
    /// A question to the household answered for a person, or the other way round.
    WrongSubject,
    /// A question or fact that this pack does not know.
    UnknownFact,
    /// Not the type of the question, or a day that does not exist.
    WrongType,
    /// An option that the pack never had.
    UnknownOption,
    /// An option that is offered no more.
    WithdrawnOption,
    /// Characters that may not stand in a text, or too many of them.
    Text,
    /// A person who is not on the sheet.
    NoSuchPerson,
}

impl Why {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            Why::NotAtHome => "not-at-home",
            Why::WrongSubject => "wrong-subject",
            Why::UnknownFact => "fact-unknown",
            Why::WrongType => "wrong-type",
            Why::UnknownOption => "option-unknown",
            Why::WithdrawnOption => "option-withdrawn",
            Why::Text => "text-not-allowed",
            Why::NoSuchPerson => "person-unknown",
        }
    }
}

/// The answer that a value is.
pub(crate) fn give(
    pack: &Pack,
    def: &FactDef,
    value: &Value,
    people: &[&str],
) -> Result<Given, Why> {
    let number = |value: &str| option_number(pack, &def.id, value);
    Ok(match (def.kind, value) {
        (FactType::YesNo, Value::YesNo(value)) => Given::YesNo(*value),
        (FactType::Choice, Value::Choice(value)) => Given::Integer(number(value)?.into()),
        (FactType::Choices, Value::Choices(values)) => {
            Given::Options(values.iter().map(|value| number(value)).collect::<Result<_, _>>()?)
        }
        (FactType::Date, Value::Date(date)) => match date.full() {
            Some(day) => Given::Integer(days(day)?),
            None => Given::Text(date.to_string()),
        },
        (FactType::Number, Value::Number(number)) => Given::Integer(*number),
        (FactType::Text, Value::Text(text)) => {
            let text = composed(text);
            if !is_allowed(&text) {
                return Err(Why::Text);
            }
            Given::Text(text)
        }
        (FactType::PersonId, Value::PersonId(id)) => {
            let place = people.iter().position(|person| person == id);
            Given::Integer(place.and_then(|place| place.try_into().ok()).ok_or(Why::NoSuchPerson)?)
        }
        _ => return Err(Why::WrongType),
    })
}

/// The value that an answer is; `AtCounter` and `Unknown` are none.
pub(crate) fn take(
    pack: &Pack,
    def: &FactDef,
    given: &Given,
    people: &[String],
) -> Result<Value, Why> {
    Ok(match (def.kind, given) {
        (FactType::YesNo, Given::YesNo(value)) => Value::YesNo(*value),
        (FactType::Choice, Given::Integer(number)) => {
            let number = u32::try_from(*number).map_err(|_| Why::UnknownOption)?;
            Value::Choice(option(pack, &def.id, number)?)
        }
        (FactType::Choices, Given::Options(numbers)) => {
            let values = numbers.iter().map(|number| option(pack, &def.id, *number));
            Value::Choices(values.collect::<Result<_, _>>()?)
        }
        (FactType::Date, Given::Integer(days)) => Value::Date(day(*days)?.into()),
        (FactType::Date, Given::Text(text)) => {
            let date: PartialDate = text.parse().map_err(|_| Why::WrongType)?;
            if date.full().is_some() {
                return Err(Why::WrongType);
            }
            Value::Date(date)
        }
        (FactType::Number, Given::Integer(number)) => Value::Number(*number),
        (FactType::Text, Given::Text(text)) => {
            let text = composed(text);
            if !is_allowed(&text) {
                return Err(Why::Text);
            }
            Value::Text(text)
        }
        (FactType::PersonId, Given::Integer(place)) => {
            let person = usize::try_from(*place).ok().and_then(|place| people.get(place));
            Value::PersonId(person.ok_or(Why::NoSuchPerson)?.clone())
        }
        _ => return Err(Why::WrongType),
    })
}

fn option_number(pack: &Pack, fact: &str, value: &str) -> Result<u32, Why> {
    let mut rows = pack.choices.iter();
    let row = rows.find(|row| row.fact == fact && row.value == value && !row.retired);
    row.map(|row| row.number).ok_or(Why::UnknownOption)
}

fn option(pack: &Pack, fact: &str, number: u32) -> Result<String, Why> {
    let mut rows = pack.choices.iter();
    let row = rows.find(|row| row.fact == fact && row.number == number);
    let row = row.ok_or(Why::UnknownOption)?;
    if row.retired { Err(Why::WithdrawnOption) } else { Ok(row.value.clone()) }
}

/// Days from 1970-01-01.
pub(crate) fn days(day: Date) -> Result<i64, Why> {
    let span = day.since(Date::constant(1970, 1, 1)).map_err(|_| Why::WrongType)?;
    Ok(span.get_days().into())
}

pub(crate) fn day(days: i64) -> Result<Date, Why> {
    let span = Span::new().try_days(days).map_err(|_| Why::WrongType)?;
    let day = Date::constant(1970, 1, 1).checked_add(span).map_err(|_| Why::WrongType)?;
    if day.year() < 1 { Err(Why::WrongType) } else { Ok(day) }
}

impl Given {
    pub(crate) fn to_item(&self) -> Item {
        match self {
            Given::YesNo(value) => Item::Bool(*value),
            Given::Integer(value) => Item::Integer(*value),
            Given::Text(text) => Item::Text(text.clone()),
            Given::Options(numbers) => {
                Item::Array(numbers.iter().map(|number| Item::Integer((*number).into())).collect())
            }
            Given::AtCounter => Item::Null,
            Given::Unknown => Item::Undefined,
        }
    }

    pub(crate) fn from_item(item: Item) -> Option<Given> {
        Some(match item {
            Item::Bool(value) => Given::YesNo(value),
            Item::Integer(value) => Given::Integer(value),
            Item::Text(text) => Given::Text(text),
            Item::Array(items) => {
                let numbers = items.into_iter().map(|item| match item {
                    Item::Integer(number) => u32::try_from(number).ok(),
                    _ => None,
                });
                Given::Options(numbers.collect::<Option<_>>()?)
            }
            Item::Null => Given::AtCounter,
            Item::Undefined => Given::Unknown,
            Item::Bytes(_) | Item::Map(_) => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_count_from_1970_in_both_directions() {
        for (text, count) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("1926-12-25", -15_713),
            ("2026-11-20", 20_777),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] {
            let date: Date = text.parse().unwrap();
            assert_eq!(days(date), Ok(count), "{text}");
            assert_eq!(day(count), Ok(date), "{text}");
        }
        for count in [-719_163, 2_932_897, i64::MAX, i64::MIN] {
            assert_eq!(day(count), Err(Why::WrongType), "{count}");
        }
    }
}
