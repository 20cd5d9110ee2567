//! How a slip's statements are laid out: few bytes on their own, and alike beside each other, so that they pack well.
//!
//! Yes and no of the case are two lists of facts; the people are columns: one list of values a fact.

use std::collections::BTreeMap;

use kakanai_rules::PEOPLE_MAX;

use crate::cbor::Item;
use crate::slip::carried::{Carried, Key, Statements};
use crate::submission::unsigned;

/// What of the case is neither yes nor no, then what is yes, then what is no.
pub fn case_items(case: &Statements) -> [Item; 3] {
    let list = |answer: bool| {
        let item = Item::Bool(answer);
        flags_item(case.iter().filter(|(_, value)| *value.item() == item).map(|(key, _)| key))
    };
    let others = case.iter().filter(|(_, value)| !matches!(value.item(), Item::Bool(_)));
    let others = others.map(|(key, value)| (key.to_item(), value.item().clone())).collect();
    [Item::Map(others), list(true), list(false)]
}

/// Reads what is neither yes nor no.
pub fn statements(item: Item) -> Option<Statements> {
    let Item::Map(pairs) = item else { return None };
    let pair = |(key, value)| Some((Key::read(key)?, Carried::read(value)?));
    pairs.into_iter().map(pair).collect()
}

/// Question numbers in order, each as what it is more than the one before; then fact ids.
fn flags_item<'a>(keys: impl Iterator<Item = &'a Key>) -> Item {
    let mut last = 0;
    let item = |key: &Key| match key {
        Key::Number(number) => {
            let gap = number.saturating_sub(last);
            last = *number;
            Item::Integer(gap.into())
        }
        fact => fact.to_item(),
    };
    Item::Array(keys.map(item).collect())
}

/// Reads a list of facts whose answer is `answer`.
pub fn flags(item: Item, answer: bool) -> Option<Statements> {
    let Item::Array(items) = item else { return None };
    let value = Carried::read(Item::Bool(answer))?;
    let mut last: u32 = 0;
    let mut statements = Statements::new();
    for item in items {
        let key = match Key::read(item)? {
            Key::Number(gap) => {
                last = last.checked_add(gap)?;
                Key::Number(last)
            }
            fact => fact,
        };
        statements.insert(key, value.clone());
    }
    Some(statements)
}

/// For each fact the values of the people in order; empty bytes where nothing was said, and nothing after the last.
pub fn people_items(people: &[Statements]) -> [Item; 2] {
    let mut columns: BTreeMap<&Key, Vec<Item>> = BTreeMap::new();
    for (place, statements) in people.iter().enumerate() {
        for (key, value) in statements {
            let column = columns.entry(key).or_default();
            column.resize(place, Item::Bytes(Vec::new()));
            column.push(value.item().clone());
        }
    }
    let columns = columns.into_iter().map(|(key, column)| (key.to_item(), Item::Array(column)));
    let count = people.len().try_into().unwrap_or(i64::MAX);
    [Item::Integer(count), Item::Map(columns.collect())]
}

/// How many people there are, of those a household may have.
pub fn people_count(item: Item) -> Option<usize> {
    let count = usize::try_from(unsigned(item)?).ok()?;
    (count <= PEOPLE_MAX).then_some(count)
}

/// Reads what [`people_items`] wrote.
pub fn people(count: usize, item: Item) -> Option<Vec<Statements>> {
    let Item::Map(columns) = item else { return None };
    let mut people = vec![Statements::new(); count];
    for (key, column) in columns {
        let (key, Item::Array(column)) = (Key::read(key)?, column) else { return None };
        if column.len() > count {
            return None;
        }
        for (statements, value) in people.iter_mut().zip(column) {
            if value != Item::Bytes(Vec::new()) {
                statements.insert(key.clone(), Carried::read(value)?);
            }
        }
    }
    Some(people)
}
