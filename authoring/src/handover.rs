//! The sheets of the hand-over, `handover_files` and `handover`: one row each, typed.

use std::collections::BTreeMap;

use kakanai_rules::pack::{
    Handover, HandoverColumn, HandoverFile, HandoverFormat, RowsOf, Withheld,
};

use crate::cells::Cells;
use crate::finding::Finding;
use crate::names::Names;
use crate::row::Sheets;

/// The section of a fact that is not handed over.
pub const WITHHELD: &str = "-";

/// Formats that stand in the cell as a word; anything else is a list of codes.
const FORMATS: [(&str, HandoverFormat); 6] = [
    ("text", HandoverFormat::Text),
    ("jis", HandoverFormat::Jis),
    ("yyyymmdd", HandoverFormat::DateDigits),
    ("yyyy-mm-dd", HandoverFormat::DateIso),
    ("era", HandoverFormat::DateEra),
    ("words", HandoverFormat::Words),
];

/// All that the pack hands over. What refers to nothing is for the checks to say.
pub fn handover(sheets: &Sheets, names: &Names<'_>, findings: &mut Vec<Finding>) -> Handover {
    let mut handover = Handover::default();
    for row in sheets.rows("handover_files") {
        handover.files.extend(file(&mut Cells::new(row, findings)));
    }
    for row in sheets.rows("handover") {
        let mut cells = Cells::new(row, findings);
        if row.cell("section") == WITHHELD {
            handover.withheld.extend(withheld(&mut cells));
        } else {
            handover.columns.extend(column(&mut cells, names));
        }
    }
    handover
}

fn file(cells: &mut Cells<'_>) -> Option<HandoverFile> {
    let rows =
        [("case", RowsOf::Case), ("person", RowsOf::Person), ("procedure", RowsOf::Procedure)];
    Some(HandoverFile {
        id: cells.id("id")?,
        rows: cells.one_of("rows", &rows, None)?,
        events: cells.list("events"),
        procedures: cells.list("procedures"),
        title: filled(cells, "title")?,
        order: cells.number("order")?,
    })
}

fn withheld(cells: &mut Cells<'_>) -> Option<Withheld> {
    Some(Withheld {
        id: cells.id("id")?,
        source: filled(cells, "source")?,
        note: filled(cells, "note")?,
    })
}

fn column(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<HandoverColumn> {
    let id = cells.id("id")?;
    let section = filled(cells, "section")?;
    if !id.strip_prefix(&section).is_some_and(|rest| rest.starts_with('.') && rest.len() > 1) {
        cells.wrong("id", &id, "section.列の名前", "section.column");
        return None;
    }
    let max_bytes = match cells.optional("max_bytes") {
        None => None,
        Some(_) => Some(cells.number("max_bytes")?),
    };
    Some(HandoverColumn {
        order: cells.number("order")?,
        heading: filled(cells, "heading")?,
        source: filled(cells, "source")?,
        format: format(cells)?,
        required: cells.yes_no("required", false),
        max_bytes,
        note: cells.text("note"),
        dated: cells.dated(names),
        id,
        section,
    })
}

fn format(cells: &mut Cells<'_>) -> Option<HandoverFormat> {
    let cell = cells.text("format");
    if let Some((_, format)) = FORMATS.iter().find(|(name, _)| *name == cell) {
        return Some(format.clone());
    }
    let codes: Option<BTreeMap<String, String>> = cell
        .split_whitespace()
        .map(|pair| {
            let (id, code) = pair.split_once(':')?;
            let both = !id.is_empty() && !code.is_empty();
            both.then(|| (id.to_owned(), code.to_owned()))
        })
        .collect();
    let several = cell.split_whitespace().count();
    match codes.filter(|codes| !codes.is_empty() && codes.len() == several) {
        Some(codes) => Some(HandoverFormat::Codes(codes)),
        None => {
            let names = FORMATS.map(|(name, _)| name).join(", ");
            cells.wrong(
                "format",
                &cell,
                &format!("{names}, または 値:コード（male:1 female:2）"),
                &format!("{names}, or value:code (male:1 female:2)"),
            );
            None
        }
    }
}

fn filled(cells: &mut Cells<'_>, column: &str) -> Option<String> {
    let cell = cells.optional(column);
    if cell.is_none() {
        cells.wrong(column, "", "文字", "text");
    }
    cell
}
