//! Rows of the sheet `follows`: what follows from answers, typed.

use kakanai_rules::pack::{FollowKind, FollowValue, FollowsRow};
use kakanai_rules::{FactDef, SubjectKind};

use crate::cells::{Cells, expected_of, whole_value};
use crate::names::Names;

/// One row; left out when a cell that it needs cannot be read.
pub fn follow(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<FollowsRow> {
    let kinds = [("takes", FollowKind::Takes), ("suggests", FollowKind::Suggests)];
    let id = cells.id("id")?;
    let fact = cells.text("fact");
    let Some(def) = names.vocabulary.get(&fact) else {
        cells.unknown_fact("fact", &fact, names);
        return None;
    };
    if names.derived.contains(&fact) {
        cells.wrong("fact", &fact, "質問で尋ねる項目", "a fact that a question asks");
        return None;
    }
    let value = value(cells, def, names)?;
    let kind = cells.one_of("kind", &kinds, None)?;
    let conditions = cells.conditions(names);
    if conditions.is_empty() {
        cells.wrong("fact1", &cells.text("fact1"), "項目の名前", "the name of a fact");
        return None;
    }
    Some(FollowsRow {
        id,
        fact,
        value,
        kind,
        conditions,
        article: cells.text("article"),
        source: cells.text("source"),
        checked_by: cells.optional("checked_by").unwrap_or_else(|| "unchecked".to_owned()),
    })
}

/// A value of the fact, or `@fact`: another one of the same type that somebody states.
fn value(cells: &mut Cells<'_>, def: &FactDef, names: &Names<'_>) -> Option<FollowValue> {
    let cell = cells.text("value");
    if let Some(name) = cell.strip_prefix('@') {
        let Some(from) = names.vocabulary.get(name) else {
            cells.unknown_fact("value", name, names);
            return None;
        };
        let same = from.kind == def.kind && from.values.iter().all(|id| def.values.contains(id));
        if !same
            || from.id == def.id && def.subject == SubjectKind::Case
            || names.derived.contains(name)
        {
            cells.wrong("value", &cell, "同じ種類の @項目", "@fact of the same type");
            return None;
        }
        return Some(FollowValue::Fact(name.to_owned()));
    }
    let Some(value) = whole_value(def, &cell).filter(|_| !cell.is_empty()) else {
        let (expected, expected_en) = expected_of(def);
        cells.wrong("value", &cell, &expected, &expected_en);
        return None;
    };
    Some(FollowValue::Value(value))
}
