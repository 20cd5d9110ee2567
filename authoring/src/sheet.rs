//! One sheet: a CSV file as spreadsheets write it, with rows found again by id.
//!
//! UTF-8 with or without byte order mark. A city's sheet lies over the base's: a row of the same id overrides
//! cell by cell, an empty cell inherits, `-` empties, a new id adds a row. No row is deleted.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place};

/// Most rows a sheet may have.
const ROWS_MAX: usize = 20_000;

/// The columns of a sheet.
pub struct Layout {
    /// Sheet name without `.csv`.
    pub name: &'static str,
    /// Columns that make a row's id.
    pub key: &'static [&'static str],
    /// All columns.
    pub columns: &'static [&'static str],
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it stands; of an overridden row, the city's line.
    pub place: Place,
    /// Cells by column.
    cells: BTreeMap<String, String>,
}

impl Row {
    /// A cell; empty when the column is missing.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// Reads `text` as the sheet `layout` and lays it over `rows`.
pub fn overlay(
    layout: &Layout,
    file: &str,
    text: &str,
    rows: &mut Vec<Row>,
    findings: &mut Vec<Finding>,
) {
    let at = |row: u64| Place { sheet: file.to_owned(), row };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(true).from_reader(text.as_bytes());
    let Ok(headings) = reader.headers().cloned() else {
        findings.push(at(1).error(
            "syntax",
            "",
            "見出し行を読めません。".to_owned(),
            "1行目に列の見出しを入れてください。",
        ));
        return;
    };
    for heading in headings.iter().filter(|heading| !layout.columns.contains(heading)) {
        findings.push(at(1).error(
            "unknown-column",
            heading,
            format!("「{heading}」という列はこの表にありません。"),
            &format!("使える列: {}", layout.columns.join(", ")),
        ));
    }
    if let Some(key) =
        layout.key.iter().find(|key| !headings.iter().any(|heading| heading == **key))
    {
        findings.push(at(1).error(
            "missing-column",
            key,
            format!("「{key}」の列がありません。"),
            "見出し行に列を加えてください。",
        ));
        return;
    }
    let mut starts: Vec<(usize, u64)> = Vec::new();
    let mut seen: BTreeMap<String, u64> = BTreeMap::new();
    for record in reader.records().take(ROWS_MAX) {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                let line = error.position().map_or(0, csv::Position::line);
                findings.push(unreadable(&at(line)));
                return;
            }
        };
        let start = record.position().and_then(|start| usize::try_from(start.byte()).ok());
        starts.extend(start.zip(record.position().map(csv::Position::line)));
        let place = at(record.position().map_or(0, csv::Position::line));
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != headings.len() {
            findings.push(place.error(
                "syntax",
                "",
                format!("{}列あるはずが{}列です。", headings.len(), record.len()),
                "カンマを含むセルは引用符（\"）で囲んでください。",
            ));
            continue;
        }
        let cells: BTreeMap<String, String> = headings
            .iter()
            .zip(record.iter())
            .map(|(heading, cell)| (heading.to_owned(), cell.trim_matches([' ', '\t']).to_owned()))
            .collect();
        let row = Row { place, cells };
        let id = key_of(layout, &row);
        if let Some(first) = seen.insert(id.clone(), row.place.row) {
            findings.push(row.place.error(
                "id-twice",
                layout.key.first().copied().unwrap_or_default(),
                format!("「{id}」は{first}行目にもあります。"),
                "どちらかの行の名前を変えるか、1行にまとめてください。",
            ));
            continue;
        }
        lay(layout, row, &id, rows);
    }
    findings.extend(open_quotes(text, &starts).map(|line| unreadable(&at(line))));
}

fn unreadable(place: &Place) -> Finding {
    place.error(
        "syntax",
        "",
        "この行をCSVとして読めません。".to_owned(),
        "引用符（\"）が閉じているか、文字コードがUTF-8かを確かめてください。",
    )
}

/// The lines of records with a quotation mark that has no partner: one that is never closed swallows every row
/// after it, and the reader says nothing.
fn open_quotes<'a>(text: &'a str, starts: &'a [(usize, u64)]) -> impl Iterator<Item = u64> + 'a {
    let ends = starts.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    starts.iter().zip(ends).filter_map(|(&(start, line), end)| {
        let quotes = text.get(start..end)?.matches('"').count();
        (quotes % 2 == 1).then_some(line)
    })
}

fn lay(layout: &Layout, row: Row, id: &str, rows: &mut Vec<Row>) {
    match rows.iter_mut().find(|base| key_of(layout, base) == id) {
        None => rows.push(emptied(row)),
        Some(base) => {
            base.place = row.place;
            for (column, cell) in row.cells {
                match cell.as_str() {
                    "" => {}
                    "-" => {
                        base.cells.insert(column, String::new());
                    }
                    _ => {
                        base.cells.insert(column, cell);
                    }
                }
            }
        }
    }
}

fn emptied(mut row: Row) -> Row {
    for cell in row.cells.values_mut().filter(|cell| *cell == "-") {
        cell.clear();
    }
    row
}

fn key_of(layout: &Layout, row: &Row) -> String {
    layout.key.iter().map(|column| row.cell(column)).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout =
        Layout { name: "offices", key: &["id"], columns: &["id", "place", "phone"] };

    fn read(texts: &[&str]) -> (Vec<Row>, Vec<Finding>) {
        let (mut rows, mut findings) = (Vec::new(), Vec::new());
        for text in texts {
            overlay(&LAYOUT, "offices.csv", text, &mut rows, &mut findings);
        }
        (rows, findings)
    }

    #[test]
    fn a_city_overrides_cell_by_cell() {
        let (rows, findings) = read(&[
            "\u{feff}id,place,phone\na,1階,00\nb,2階,11\n",
            "id,place,phone\nb,,-\nc,3階,\n",
        ]);
        assert!(findings.is_empty());
        let cells: Vec<_> =
            rows.iter().map(|row| (row.cell("id"), row.cell("place"), row.cell("phone"))).collect();
        assert_eq!(cells, [("a", "1階", "00"), ("b", "2階", ""), ("c", "3階", "")]);
    }

    #[test]
    fn faults_are_named_with_their_row() {
        let cases = [
            ("id,place,phone\na,1階\n", "syntax", 2),
            ("id,plcae,phone\na,1階,0\n", "unknown-column", 1),
            ("place,phone\n1階,0\n", "missing-column", 1),
            ("id,place,phone\na,,\nb,,\na,,\n", "id-twice", 4),
            ("id,place,phone\na,1階,0\nb,2階,\"1\nc,3階,2\n", "syntax", 3),
            ("id,place,phone\na,1\"階,0\nb,\"2\"\"階\",1\n", "syntax", 2),
        ];
        for (text, kind, row) in cases {
            let (_, findings) = read(&[text]);
            let found: Vec<_> =
                findings.iter().map(|finding| (finding.kind.as_str(), finding.row)).collect();
            assert_eq!(found, [(kind, row)], "{text}");
        }
    }
}
