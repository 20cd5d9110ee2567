//! One statement as a slip carries it: its fact by question number or id, its value, its source.
//!
//! As on a resident's sheet, choices travel as numbers; what the pack never numbered travels by its id. Texts stay
//! exactly as they are: they may be what stands on a chip.

use std::collections::BTreeMap;

use kakanai_rules::fact::AlreadyDone;
use kakanai_rules::{Answer, FactDef, FactType, Pack, Source, Value};

use crate::answer::{Why, day, days};
use crate::cbor::Item;
use crate::submission::unsigned;

/// Statements by fact.
pub type Statements = BTreeMap<Key, Carried>;

/// A fact: by the number of its question, or by its id where no question asks for it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// Question number.
    Number(u32),
    /// Fact id.
    Fact(String),
}

/// A value, or why there is none (`null` declined, `undefined` not known).
#[derive(Clone, PartialEq, Eq)]
pub struct Carried(Item);

impl Key {
    pub fn of(pack: &Pack, fact: &str) -> Key {
        let row = pack.questions.iter().find(|row| row.fact == fact && !row.retired);
        row.map_or_else(|| Key::Fact(fact.to_owned()), |row| Key::Number(row.number))
    }

    /// The fact's id in `pack`; a retired question still names its fact.
    pub fn fact<'a>(&'a self, pack: &'a Pack) -> Option<&'a str> {
        match self {
            Key::Fact(id) => Some(id),
            Key::Number(number) => {
                let row = pack.questions.iter().find(|row| row.number == *number);
                row.map(|row| row.fact.as_str())
            }
        }
    }

    pub fn name(&self) -> String {
        match self {
            Key::Fact(id) => id.clone(),
            Key::Number(number) => number.to_string(),
        }
    }

    pub fn to_item(&self) -> Item {
        match self {
            Key::Number(number) => Item::Integer((*number).into()),
            Key::Fact(id) => Item::Text(id.clone()),
        }
    }

    pub fn read(item: Item) -> Option<Key> {
        match item {
            Item::Text(id) => Some(Key::Fact(id)),
            item => unsigned(item).map(Key::Number),
        }
    }
}

impl Carried {
    /// An answer as it travels; `None` when nothing of it may.
    pub fn of(
        pack: &Pack,
        def: &FactDef,
        answer: &Answer,
        people: &[&str],
    ) -> Result<Option<Carried>, Why> {
        let value = match answer {
            Answer::Declined => return Ok(Some(Carried(Item::Null))),
            Answer::Unknown => return Ok(Some(Carried(Item::Undefined))),
            Answer::Known(value) => value.shared(pack),
        };
        let Some(value) = value else { return Ok(None) };
        let option = |value: &String| {
            let row = pack.choices.iter().find(|row| row.fact == def.id && row.value == *value);
            row.map_or_else(|| Item::Text(value.clone()), |row| Item::Integer(row.number.into()))
        };
        Ok(Some(Carried(match value {
            Value::YesNo(value) => Item::Bool(value),
            Value::Choice(value) => option(&value),
            Value::Choices(values) => Item::Array(values.iter().map(option).collect()),
            Value::Date(date) => match date.full() {
                Some(day) => Item::Integer(days(day)?),
                None => Item::Text(date.to_string()),
            },
            Value::Number(number) => Item::Integer(number),
            Value::Text(text) => Item::Text(text),
            Value::PersonId(id) => match people.iter().position(|person| *person == id) {
                Some(place) => Item::Integer(place.try_into().map_err(|_| Why::NoSuchPerson)?),
                None => return Ok(None),
            },
            Value::DoneList(done) => Item::Array(done.into_iter().map(done_item).collect()),
        })))
    }

    /// The answer that this is.
    pub fn answer(&self, pack: &Pack, def: &FactDef, people: &[String]) -> Result<Answer, Why> {
        let option = |item: &Item| option(pack, def, item);
        let value = match (def.kind, &self.0) {
            (_, Item::Null) => return Ok(Answer::Declined),
            (_, Item::Undefined) => return Ok(Answer::Unknown),
            (FactType::YesNo, Item::Bool(value)) => Value::YesNo(*value),
            (FactType::Choice, item) => Value::Choice(option(item)?),
            (FactType::Choices, Item::Array(items)) => {
                Value::Choices(items.iter().map(option).collect::<Result<_, _>>()?)
            }
            (FactType::Date, Item::Integer(days)) => Value::Date(day(*days)?.into()),
            (FactType::Date, Item::Text(text)) => {
                Value::Date(text.parse().map_err(|_| Why::WrongType)?)
            }
            (FactType::Number, Item::Integer(number)) => Value::Number(*number),
            (FactType::Text, Item::Text(text)) if text.chars().any(char::is_control) => {
                return Err(Why::Text);
            }
            (FactType::Text, Item::Text(text)) => Value::Text(text.clone()),
            (FactType::PersonId, Item::Integer(place)) => {
                let person = usize::try_from(*place).ok().and_then(|place| people.get(place));
                Value::PersonId(person.ok_or(Why::NoSuchPerson)?.clone())
            }
            (FactType::DoneList, Item::Array(items)) => {
                let done = items.iter().map(done).collect::<Option<_>>();
                Value::DoneList(done.ok_or(Why::WrongType)?)
            }
            _ => return Err(Why::WrongType),
        };
        Ok(Answer::Known(value))
    }

    pub fn item(&self) -> &Item {
        &self.0
    }

    /// Any value that is no map and no bytes; what it means shows when its fact is known.
    pub fn read(item: Item) -> Option<Carried> {
        match item {
            Item::Bytes(_) | Item::Map(_) => None,
            item => Some(Carried(item)),
        }
    }
}

fn option(pack: &Pack, def: &FactDef, item: &Item) -> Result<String, Why> {
    match item {
        Item::Integer(number) => {
            let number = u32::try_from(*number).map_err(|_| Why::UnknownOption)?;
            let mut rows = pack.choices.iter();
            let row = rows.find(|row| row.fact == def.id && row.number == number);
            row.map(|row| row.value.clone()).ok_or(Why::UnknownOption)
        }
        Item::Text(id) if def.values.is_empty() || def.values.contains(id) => Ok(id.clone()),
        Item::Text(_) => Err(Why::UnknownOption),
        _ => Err(Why::WrongType),
    }
}

fn done_item(done: AlreadyDone) -> Item {
    let when = done.when.map_or(Item::Null, |when| Item::Text(when.to_string()));
    Item::Array(vec![Item::Text(done.procedure), Item::Text(done.r#where), when])
}

fn done(item: &Item) -> Option<AlreadyDone> {
    let Item::Array(entry) = item else { return None };
    let [Item::Text(procedure), Item::Text(place), when] = entry.as_slice() else { return None };
    let when = match when {
        Item::Null => None,
        Item::Text(when) => Some(when.parse().ok()?),
        _ => return None,
    };
    Some(AlreadyDone { procedure: procedure.clone(), r#where: place.clone(), when })
}

/// The numbers of sources, never reused.
const SOURCES: [(u32, Source); 10] = [
    (1, Source::Card),
    (2, Source::Licence),
    (3, Source::ResidenceCard),
    (4, Source::Certificate),
    (5, Source::Qr),
    (6, Source::File),
    (7, Source::Resident),
    (8, Source::Staff),
    (9, Source::Pack),
    (10, Source::Derived),
];

/// The numbers of document kinds, never reused.
const DOCUMENTS: [(u32, &str); 4] = [
    (1, "mynumber"),
    (2, "licence"),
    (3, "residence-card"),
    (4, "special-permanent-resident-certificate"),
];

pub fn document_number(kind: &str) -> Option<u32> {
    DOCUMENTS.iter().find(|(_, other)| *other == kind).map(|(number, _)| *number)
}

pub fn numbered_document(number: u32) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(other, _)| *other == number).map(|(_, kind)| *kind)
}

pub fn source_number(source: Source) -> u32 {
    SOURCES.iter().find(|(_, other)| *other == source).map_or(0, |(number, _)| *number)
}

pub fn numbered_source(number: u32) -> Option<Source> {
    SOURCES.iter().find(|(other, _)| *other == number).map(|(_, source)| *source)
}

pub fn source(item: Item) -> Option<Source> {
    numbered_source(unsigned(item)?)
}

/// By source, the facts of the case and of each person that have it.
pub fn other_sources(item: Item) -> Option<BTreeMap<u32, Vec<Vec<Key>>>> {
    let Item::Map(pairs) = item else { return None };
    let keys = |item| match item {
        Item::Array(keys) => keys.into_iter().map(Key::read).collect::<Option<Vec<_>>>(),
        _ => None,
    };
    let pair = |(number, subjects)| {
        let number = unsigned(number)?;
        numbered_source(number)?;
        match subjects {
            Item::Array(subjects) => {
                Some((number, subjects.into_iter().map(keys).collect::<Option<_>>()?))
            }
            _ => None,
        }
    };
    pairs.into_iter().map(pair).collect()
}
