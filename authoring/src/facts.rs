//! Facts that a pack adds: those that are asked, and named conditions that follow from others.

use std::collections::BTreeSet;

use kakanai_rules::pack::DerivedRow;
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Vocabulary};

use crate::cells::Cells;
use crate::expression::Scope;
use crate::finding::Finding;
use crate::names::{AGES, Names};
use crate::row::Row;

/// Ids that mean something else in conditions and expressions.
const RESERVED: [&str; 5] = ["people", "person", "days", "months", "years"];

/// The definitions of the pack's own facts.
pub fn facts(rows: &[Row], findings: &mut Vec<Finding>) -> Vec<FactDef> {
    rows.iter().filter_map(|row| fact(&mut Cells::new(row, findings))).collect()
}

fn fact(cells: &mut Cells<'_>) -> Option<FactDef> {
    let id = cells.id("id")?;
    let taken = AGES.contains(&id.as_str()) || RESERVED.contains(&id.as_str());
    if Vocabulary::is_shared(&id) || taken || !is_name(&id) {
        cells.wrong(
            "id",
            &id,
            "語彙にない新しい項目の名前（英小文字・数字・_。語彙の項目は作り直せません）",
            "a new name of small letters, digits and '_' (a fact of the vocabulary cannot be redefined)",
        );
        return None;
    }
    let kinds = [
        ("yes-no", FactType::YesNo),
        ("choice", FactType::Choice),
        ("choices", FactType::Choices),
        ("date", FactType::Date),
        ("number", FactType::Number),
        ("text", FactType::Text),
    ];
    let sensitivities = [
        ("plain", Sensitivity::Plain),
        ("private", Sensitivity::Private),
        ("discreet", Sensitivity::Discreet),
    ];
    let subjects = [("case", SubjectKind::Case), ("person", SubjectKind::Person)];
    let kind = cells.one_of("type", &kinds, None)?;
    let values = cells.list("values");
    let derived = !cells.text("expression").is_empty();
    if derived && kind != FactType::YesNo {
        let cell = cells.text("type");
        cells.wrong("type", &cell, "yes-no（式のある項目）", "yes-no (a fact with an expression)");
        return None;
    }
    if values.is_empty() && matches!(kind, FactType::Choice | FactType::Choices) {
        cells.wrong("values", "", "選べる値（間に空白）", "the values, with spaces between");
    }
    Some(FactDef {
        subject: cells.one_of("subject", &subjects, None)?,
        kind,
        values,
        sensitivity: cells.one_of("sensitivity", &sensitivities, Some(Sensitivity::Plain))?,
        id,
    })
}

/// Whether expressions can name the fact: a letter or `_`, then letters, digits and `_`.
fn is_name(id: &str) -> bool {
    id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// The facts with an expression.
pub fn derived_ids(rows: &[Row]) -> BTreeSet<String> {
    rows.iter()
        .filter(|row| !row.cell("expression").is_empty())
        .map(|row| row.cell("id").to_owned())
        .collect()
}

/// The named conditions.
pub fn derived(rows: &[Row], names: &Names<'_>, findings: &mut Vec<Finding>) -> Vec<DerivedRow> {
    let mut derived = Vec::new();
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let Some(def) = names.vocabulary.get(row.cell("id")) else { continue };
        let scope = Scope { person: def.subject == SubjectKind::Person };
        if let Some(expression) = cells.expression("expression", scope, names) {
            derived.push(DerivedRow { fact: def.id.clone(), expression });
        }
    }
    derived
}
