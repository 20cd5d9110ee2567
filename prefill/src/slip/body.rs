//! The body of a slip: a resident's body with what a case has besides.

use crate::cbor::{self, Item};
use crate::refusal::OpenError;
use crate::slip::carried::{
    Carried, Key, Statements, document_number, numbered_document, other_sources, source,
    source_number,
};
use crate::slip::layout::{case_items, flags, people, people_count, people_items, statements};
use crate::slip::{Disagreeing, Slip};
use crate::submission::{FORMAT, Fields, days, is_allowed_validity, unsigned};

/// Longest reception number, in bytes.
const NAME_MAX: usize = 64;

impl Slip {
    pub(super) fn body(&self) -> Vec<u8> {
        let number = |number: u32| Item::Integer(number.into());
        let place = |place: usize| Item::Integer(place.try_into().unwrap_or(i64::MAX));
        let document = |(kind, person): &(String, usize)| {
            Item::Array(vec![number(document_number(kind).unwrap_or(0)), place(*person)])
        };
        let sources = |(source, subjects): (&u32, &Vec<Vec<Key>>)| {
            let used = subjects.iter().rposition(|keys| !keys.is_empty());
            let used = subjects.iter().take(used.map_or(0, |last| last.saturating_add(1)));
            let keys = |keys: &Vec<Key>| Item::Array(keys.iter().map(Key::to_item).collect());
            (number(*source), Item::Array(used.map(keys).collect()))
        };
        let disagreeing = |other: &Disagreeing| {
            Item::Array(vec![
                other.person.map_or(Item::Null, place),
                other.key.to_item(),
                number(source_number(other.source)),
                other.value.item().clone(),
            ])
        };
        let pack = vec![number(self.pack.revision), Item::Bytes(self.pack.hash.to_vec())];
        let [others, yes, no] = case_items(&self.case);
        let [count, columns] = people_items(&self.people);
        let mut entries = vec![
            (0, Item::Integer(FORMAT)),
            (1, number(self.municipality)),
            (2, Item::Array(pack)),
            (3, number(self.made_minutes)),
            (4, Item::Integer(days(self.valid_until))),
            (5, Item::Bytes(self.id.to_vec())),
            (6, Item::Text(self.lang.clone())),
            (7, others),
            (8, count),
            (9, Item::Text(self.reception.clone())),
            (10, Item::Integer(days(self.counter_date))),
            (11, Item::Bool(self.household_complete)),
            (12, number(source_number(self.default_source))),
            (16, columns),
            (17, yes),
            (18, no),
        ];
        let mut unless_empty = |key, is_empty: bool, item: Item| {
            if !is_empty {
                entries.push((key, item));
            }
        };
        let others = Item::Map(self.other_sources.iter().map(sources).collect());
        unless_empty(13, self.other_sources.is_empty(), others);
        let documents = Item::Array(self.documents.iter().map(document).collect());
        unless_empty(14, self.documents.is_empty(), documents);
        let others = Item::Array(self.disagreeing.iter().map(disagreeing).collect());
        unless_empty(15, self.disagreeing.is_empty(), others);
        let entries = entries.into_iter().map(|(key, item)| (Item::Integer(key), item));
        cbor::write(&Item::Map(entries.collect()))
    }

    pub(super) fn read(body: &[u8]) -> Result<Slip, OpenError> {
        let mut fields = Fields::read(body)?;
        let mut slip = Slip {
            municipality: fields.number(1)?,
            pack: fields.pack(2)?,
            made_minutes: fields.number(3)?,
            valid_until: fields.day(4)?,
            id: fields.bytes(5)?,
            lang: fields.language(6)?,
            case: fields.take(7, statements)?,
            people: vec![Statements::new(); fields.take(8, people_count)?],
            reception: fields.take(9, name)?,
            counter_date: fields.day(10)?,
            household_complete: fields.take(11, flag)?,
            default_source: fields.take(12, source)?,
            other_sources: fields.maybe(13, other_sources)?.unwrap_or_default(),
            documents: fields.maybe(14, documents)?.unwrap_or_default(),
            disagreeing: fields.maybe(15, disagreeing)?.unwrap_or_default(),
        };
        slip.people = fields.take(16, |item| people(slip.people.len(), item))?;
        slip.case.extend(fields.take(17, |item| flags(item, true))?);
        slip.case.extend(fields.take(18, |item| flags(item, false))?);
        fields.end()?;
        // One slip has one body: what could be laid out in another way shows when it is laid out again.
        if slip.body() != body {
            return Err(OpenError::Body(7));
        }
        if !is_allowed_validity(slip.made_minutes, slip.valid_until) {
            return Err(OpenError::Validity);
        }
        Ok(slip)
    }
}

fn flag(item: Item) -> Option<bool> {
    match item {
        Item::Bool(flag) => Some(flag),
        _ => None,
    }
}

fn name(item: Item) -> Option<String> {
    match item {
        Item::Text(text) if text.len() <= NAME_MAX && !text.chars().any(char::is_control) => {
            Some(text)
        }
        _ => None,
    }
}

fn place(item: Item) -> Option<usize> {
    match item {
        Item::Integer(place) => place.try_into().ok(),
        _ => None,
    }
}

fn list<T>(item: Item, read: impl Fn(Item) -> Option<T>) -> Option<Vec<T>> {
    match item {
        Item::Array(items) => items.into_iter().map(read).collect(),
        _ => None,
    }
}

fn documents(item: Item) -> Option<Vec<(String, usize)>> {
    list(item, |item| match item {
        Item::Array(pair) => {
            let [kind, person] = <[Item; 2]>::try_from(pair).ok()?;
            Some((numbered_document(unsigned(kind)?)?.to_owned(), place(person)?))
        }
        _ => None,
    })
}

fn disagreeing(item: Item) -> Option<Vec<Disagreeing>> {
    list(item, |item| match item {
        Item::Array(entry) => {
            let [person, key, from, value] = <[Item; 4]>::try_from(entry).ok()?;
            let person = if person == Item::Null { None } else { Some(place(person)?) };
            let (key, source, value) = (Key::read(key)?, source(from)?, Carried::read(value)?);
            Some(Disagreeing { person, key, source, value })
        }
        _ => None,
    })
}
