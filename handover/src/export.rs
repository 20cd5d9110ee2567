//! The files of a case, whole or not at all.

use jiff::civil::Date;
use kakanai_rules::pack::HandoverColumn;
use kakanai_rules::{Determination, Engine, Value};

use crate::done::{Done, DoneFile, FORMAT, sha256};
use crate::format::Writing;
use crate::refusal::{Refusal, RefusalKind};
use crate::table::{Column, Row, Sources, Table, tables, value};

/// What the files are called after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// The folder's name: reception number, or what stands for it.
    pub name: String,
    /// The case's own id; empty without a case.
    pub id: String,
    /// Counts the steps that changed what is known.
    pub revision: u64,
}

/// All that is written for a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Export {
    /// Files with rows, in the order of the pack.
    pub files: Vec<ExportFile>,
    /// The manifest.
    pub done: Done,
}

/// One file.
#[derive(Clone, PartialEq, Eq)]
pub struct ExportFile {
    /// `setai.csv`.
    pub name: String,
    /// CP932, rows ended by CR LF.
    pub bytes: Vec<u8>,
    /// Rows without the heading.
    pub rows: usize,
}

/// Makes the files of a case.
///
/// # Errors
/// Every place at which something cannot be handed over exactly; then nothing is.
pub fn export(
    engine: &Engine<'_>,
    determination: &Determination,
    sources: &dyn Sources,
    head: &CaseHead,
) -> Result<Export, Vec<Refusal>> {
    let pack = engine.pack();
    let on = determination.on.full().unwrap_or(Date::ZERO);
    let writing = Writing { pack, on };
    let mut refusals = Vec::new();
    let files: Vec<ExportFile> = tables(engine, determination, sources, on)
        .iter()
        .map(|table| file(&writing, table, sources, &mut refusals))
        .collect();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    let listed: Vec<DoneFile> = files
        .iter()
        .map(|file| DoneFile {
            file: file.name.clone(),
            rows: file.rows,
            bytes: file.bytes.len(),
            sha256: sha256(&file.bytes),
        })
        .collect();
    let lines: String =
        listed.iter().map(|file| format!("{} {}\n", file.sha256, file.file)).collect();
    let done = Done {
        format: FORMAT,
        case: head.name.clone(),
        case_id: head.id.clone(),
        revision: head.revision,
        on: determination.on.to_string(),
        pack: pack.id.clone(),
        pack_version: pack.version,
        files: listed,
        fingerprint: sha256(lines.as_bytes()),
    };
    Ok(Export { files, done })
}

fn file(
    writing: &Writing<'_>,
    table: &Table<'_>,
    sources: &dyn Sources,
    refusals: &mut Vec<Refusal>,
) -> ExportFile {
    let mut csv = Csv::new(&table.columns, refusals);
    for row in &table.rows {
        let value = |source: &str| value(writing, sources, row, source);
        csv.row(writing, &table.columns, row, &value, refusals);
    }
    ExportFile { name: format!("{}.csv", table.file.id), bytes: csv.bytes, rows: table.rows.len() }
}

/// A CSV file in the making (RFC 4180, CP932, CR LF).
pub struct Csv {
    pub bytes: Vec<u8>,
}

impl Csv {
    /// With the row of headings.
    pub fn new(columns: &[Column<'_>], refusals: &mut Vec<Refusal>) -> Csv {
        let mut csv = Csv { bytes: Vec::new() };
        let nobody = Row { person: None, decision: None };
        csv.line(columns, &nobody, &|shown| Writing::encoded(&shown.column.heading), refusals);
        csv
    }

    /// Adds a row.
    pub fn row(
        &mut self,
        writing: &Writing<'_>,
        columns: &[Column<'_>],
        row: &Row<'_>,
        value: &dyn Fn(&str) -> Option<Value>,
        refusals: &mut Vec<Refusal>,
    ) {
        let field = |Column { column, source }: &Column<'_>| {
            let text = writing.field(column, source.as_ref(), value(&column.source))?;
            Writing::bytes(column, &text)
        };
        self.line(columns, row, &field, refusals);
    }

    fn line(
        &mut self,
        columns: &[Column<'_>],
        row: &Row<'_>,
        field: &dyn Fn(&Column<'_>) -> Result<Vec<u8>, RefusalKind>,
        refusals: &mut Vec<Refusal>,
    ) {
        for (place, shown) in columns.iter().enumerate() {
            if place > 0 {
                self.bytes.push(b',');
            }
            match field(shown) {
                Ok(field) => self.field(&field),
                Err(kind) => refusals.push(refusal(kind, shown.column, row)),
            }
        }
        self.bytes.extend(b"\r\n");
    }

    /// No second byte of a CP932 character is a comma, a quotation mark or a line end, so bytes tell.
    fn field(&mut self, field: &[u8]) {
        if !field.iter().any(|byte| matches!(byte, b',' | b'"' | b'\r' | b'\n')) {
            self.bytes.extend(field);
            return;
        }
        self.bytes.push(b'"');
        for byte in field {
            if *byte == b'"' {
                self.bytes.push(b'"');
            }
            self.bytes.push(*byte);
        }
        self.bytes.push(b'"');
    }
}

fn refusal(kind: RefusalKind, column: &HandoverColumn, row: &Row<'_>) -> Refusal {
    Refusal {
        kind,
        section: column.section.clone(),
        column: column.id.clone(),
        heading: column.heading.clone(),
        person: row.person.clone(),
        procedure: row.decision.map(|decision| decision.procedure.clone()),
    }
}
