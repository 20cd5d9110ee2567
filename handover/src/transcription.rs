//! The values of the 転記シート: what a clerk types into the core system by hand, in the order of its screens.
//!
//! For the offices without a robot. The columns of the pack in their order, one section per row; a choice shows its code
//! and its words. Nothing is refused here: the paper holds characters that a file cannot.

use jiff::civil::Date;
use kakanai_rules::pack::{HandoverFormat, RowsOf};
use kakanai_rules::{Determination, Engine, Value};

use crate::format::Writing;
use crate::table::{Column, Row, Sources, tables, value};

/// A sheet for one case.
#[derive(Clone, PartialEq, Eq)]
pub struct Transcription {
    /// In the order of the pack's files; of a file about people one section for each.
    pub sections: Vec<Section>,
}

/// The fields of one screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Section {
    /// The file's id.
    pub file: String,
    /// The file's title.
    pub title: String,
    /// Whose section it is.
    pub person: Option<String>,
    /// From top to bottom.
    pub lines: Vec<Line>,
}

/// One field.
#[derive(Clone, PartialEq, Eq)]
pub struct Line {
    /// Heading of the column.
    pub heading: String,
    /// The value; empty when it is not known.
    pub value: String,
}

/// The values of a case for typing. Lists of procedures are left out: the check sheet has them.
pub fn transcription(
    engine: &Engine<'_>,
    determination: &Determination,
    sources: &dyn Sources,
) -> Transcription {
    let on = determination.on.full().unwrap_or(Date::ZERO);
    let writing = Writing { pack: engine.pack(), on };
    let mut sections = Vec::new();
    for table in tables(engine, determination, sources, on) {
        if table.file.rows == RowsOf::Procedure {
            continue;
        }
        for row in &table.rows {
            sections.push(Section {
                file: table.file.id.clone(),
                title: table.file.title.clone(),
                person: row.person.clone(),
                lines: lines(&writing, &table.columns, row, sources),
            });
        }
    }
    Transcription { sections }
}

fn lines(
    writing: &Writing<'_>,
    columns: &[Column<'_>],
    row: &Row<'_>,
    sources: &dyn Sources,
) -> Vec<Line> {
    let lines = columns.iter().map(|shown| {
        let value = value(writing, sources, row, &shown.column.source);
        Line { heading: shown.column.heading.clone(), value: typed(writing, shown, value) }
    });
    lines.collect()
}

fn typed(writing: &Writing<'_>, shown: &Column<'_>, value: Option<Value>) -> String {
    let (column, source) = (shown.column, shown.source.as_ref());
    let words = source
        .filter(|source| !source.discreet && matches!(column.format, HandoverFormat::Codes(_)))
        .zip(value.as_ref())
        .and_then(|(source, value)| writing.words(source, value));
    // A date without an era is typed as it is known.
    let date = match &value {
        Some(Value::Date(date)) if source.is_some_and(|source| !source.discreet) => {
            date.to_string()
        }
        _ => String::new(),
    };
    let field = writing.field(column, source, value).unwrap_or(date);
    match words {
        Some(words) if field.is_empty() => words,
        Some(words) => format!("{field}（{words}）"),
        None => field,
    }
}
