//! One sheet: a CSV file as spreadsheets write it, with rows found again by id.
//!
//! UTF-8 with or without byte order mark. A city's sheet lies over the base's: a row of the same key overrides
//! cell by cell, an empty cell inherits, `-` empties, a new key adds a row. No row is deleted. In sheets with
//! versions the first day (`from`) belongs to the key; a city that leaves it out means the only version there is.

use std::collections::BTreeMap;

use crate::finding::{Finding, Place};
use crate::row::Row;

/// Most rows a sheet may have.
const ROWS_MAX: usize = 20_000;

/// The columns of a sheet.
pub struct Layout {
    /// Sheet name without `.csv`.
    pub name: &'static str,
    /// Columns that make a row's key; the last of several may be `from`, the first day of a version.
    pub key: &'static [&'static str],
    /// All columns.
    pub columns: &'static [&'static str],
    /// Columns in which `-` stands for itself instead of emptying the cell.
    pub keeps_dash: &'static [&'static str],
}

impl Layout {
    /// A row's key in words: `citizen`, `citizen/2027-04-01`.
    pub fn id_of(&self, row: &Row) -> String {
        let cells: Vec<_> = self.key.iter().map(|column| row.cell(column)).collect();
        cells.join("/").trim_end_matches('/').to_owned()
    }

    /// The key without the first day: what all versions of one thing share.
    fn thing_of(&self, row: &Row) -> String {
        let columns = self.key.iter().filter(|column| **column != "from");
        columns.map(|column| row.cell(column)).collect::<Vec<_>>().join("/")
    }

    fn has_versions(&self) -> bool {
        self.key.contains(&"from")
    }
}

/// Reads `text`, the sheet `layout` of the pack `layer`, and lays it over `rows`.
pub fn overlay(
    layout: &Layout,
    layer: usize,
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
        let finding = at(1)
            .error(
                "syntax",
                "",
                "見出し行を読めません。".to_owned(),
                "1行目に列の見出しを入れてください。",
            )
            .english("The heading row cannot be read.", "Put the column headings into row 1.");
        findings.push(finding);
        return;
    };
    if !headings_fit(layout, &headings, &at(1), findings) {
        return;
    }
    let mut starts: Vec<(usize, u64)> = Vec::new();
    let mut below = Below::new(layout, layer, rows);
    for (count, record) in reader.records().enumerate() {
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
        if count >= ROWS_MAX {
            let finding = place.error(
                "syntax",
                "",
                format!("{ROWS_MAX}行を超えています。"),
                "使わない行を消してください。",
            );
            findings.push(finding.english(
                format!("There are more than {ROWS_MAX} rows."),
                "Remove the rows that are not used.",
            ));
            return;
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        if record.len() != headings.len() {
            let (expected, found) = (headings.len(), record.len());
            let finding = place.error(
                "syntax",
                "",
                format!("{expected}列あるはずが{found}列です。"),
                "カンマを含むセルは引用符（\"）で囲んでください。",
            );
            findings.push(finding.english(
                format!("There should be {expected} columns, there are {found}."),
                "Put quotation marks (\") around a cell that holds a comma.",
            ));
            continue;
        }
        let cells = headings
            .iter()
            .zip(record.iter())
            .map(|(heading, cell)| (heading.to_owned(), cell.trim_matches([' ', '\t']).to_owned()));
        let row = Row::new(place, layer, cells);
        findings.extend(below.lay(layout, row, rows));
    }
    for line in open_quotes(text, &starts) {
        let told = |finding: &Finding| finding.sheet == file && finding.row == line;
        if !findings.iter().any(told) {
            findings.push(unreadable(&at(line)));
        }
    }
}

/// Whether every heading is known and none of the key is missing.
fn headings_fit(
    layout: &Layout,
    headings: &csv::StringRecord,
    place: &Place,
    findings: &mut Vec<Finding>,
) -> bool {
    for heading in headings.iter().filter(|heading| !layout.columns.contains(heading)) {
        let columns = layout.columns.join(", ");
        let finding = place.error(
            "unknown-column",
            heading,
            format!("「{heading}」という列はこの表にありません。"),
            &format!("使える列: {columns}"),
        );
        findings.push(finding.english(
            format!("This sheet has no column \"{heading}\"."),
            format!("Columns that may stand here: {columns}"),
        ));
    }
    let twice = headings
        .iter()
        .enumerate()
        .find(|(index, heading)| headings.iter().take(*index).any(|earlier| earlier == *heading));
    if let Some((_, heading)) = twice {
        let finding = place.error(
            "column-twice",
            heading,
            format!("「{heading}」の列が二つあります。"),
            "片方の列を消してください。",
        );
        findings.push(
            finding.english(format!("There are two columns \"{heading}\"."), "Remove one of them."),
        );
        return false;
    }
    // Without a column `from` every row counts from the beginning.
    let mut key = layout.key.iter().filter(|key| **key != "from");
    if let Some(key) = key.find(|key| !headings.iter().any(|heading| heading == **key)) {
        let finding = place.error(
            "missing-column",
            key,
            format!("「{key}」の列がありません。"),
            "見出し行に列を加えてください。",
        );
        findings.push(finding.english(
            format!("The column \"{key}\" is missing."),
            "Add the column to the heading row.",
        ));
        return false;
    }
    true
}

/// The rows of the packs below and of this pack's other sheets, found by key, and the keys this sheet has used.
struct Below {
    /// Index by key.
    keys: BTreeMap<String, usize>,
    /// Indexes of all versions that this pack may change.
    things: BTreeMap<String, Vec<usize>>,
    seen: BTreeMap<String, u64>,
}

impl Below {
    fn new(layout: &Layout, layer: usize, rows: &[Row]) -> Below {
        let mut things: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let below = |row: &Row| row.layer != layer || row.base().is_some();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| below(row)) {
            things.entry(layout.thing_of(row)).or_default().push(index);
        }
        let keys = rows.iter().enumerate().map(|(index, row)| (layout.id_of(row), index)).collect();
        Below { keys, things, seen: BTreeMap::new() }
    }

    /// Adds a row or lays it over the one it changes; a finding when it does neither.
    fn lay(&mut self, layout: &Layout, mut row: Row, rows: &mut Vec<Row>) -> Option<Finding> {
        let id = layout.id_of(&row);
        let column = layout.key.first().copied().unwrap_or_default();
        let here = row.place.clone();
        let twice = |first: &Place| {
            let (file, file_en) = match first.sheet == here.sheet {
                true => (String::new(), String::new()),
                false => (format!(" {} の", first.sheet), format!(" of {}", first.sheet)),
            };
            let line = first.row;
            let finding = here.error(
                "id-twice",
                column,
                format!("「{id}」は{file}{line}行目にもあります。"),
                "どちらかの行の名前を変えるか、1行にまとめてください。",
            );
            finding.english(
                format!("\"{id}\" stands in row {line}{file_en} too."),
                "Rename one of the rows, or make one row of both.",
            )
        };
        if let Some(first) = self.seen.insert(id.clone(), here.row) {
            return Some(twice(&Place { sheet: here.sheet.clone(), row: first }));
        }
        let versions = self.things.get(&layout.thing_of(&row)).map_or(&[][..], Vec::as_slice);
        // A city that writes no first day means the one version there is.
        let target = match (self.keys.get(&id), versions) {
            (Some(index), _) => Some(*index),
            (None, [only]) if layout.has_versions() && row.cell("from").is_empty() => Some(*only),
            (None, [_, ..]) if row.cell("from").is_empty() => {
                let finding = row.place.error(
                    "version-unclear",
                    "from",
                    format!("「{id}」には始まりの日（from）の違う行がいくつもあります。"),
                    "上書きする行の from を書いてください。",
                );
                return Some(finding.english(
                    format!("There are several rows \"{id}\" with different first days (from)."),
                    "Write the `from` of the row you want to change.",
                ));
            }
            (None, _) => None,
        };
        match target {
            None => {
                row.empty_dashes(layout.keeps_dash);
                rows.push(row);
            }
            Some(index) => {
                let changed = rows.get_mut(index)?;
                // This pack wrote or changed it already.
                if changed.layer == row.layer {
                    return Some(twice(&changed.place));
                }
                changed.lay(row, layout.keeps_dash);
            }
        }
        None
    }
}

fn unreadable(place: &Place) -> Finding {
    let finding = place.error(
        "syntax",
        "",
        "この行をCSVとして読めません。".to_owned(),
        "引用符（\"）が閉じているか、文字コードがUTF-8かを確かめてください。",
    );
    finding.english(
        "This row cannot be read as CSV.",
        "See that every quotation mark (\") is closed and that the file is UTF-8.",
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

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: Layout = Layout {
        name: "offices",
        key: &["id", "from"],
        columns: &["id", "place", "phone", "from"],
        keeps_dash: &["place"],
    };

    fn read(texts: &[&str]) -> (Vec<Row>, Vec<Finding>) {
        let (mut rows, mut findings) = (Vec::new(), Vec::new());
        for (layer, text) in texts.iter().enumerate() {
            let file = format!("{layer}/offices.csv");
            overlay(&LAYOUT, layer, &file, text, &mut rows, &mut findings);
        }
        (rows, findings)
    }

    #[test]
    fn a_row_knows_what_it_changed_and_who_wrote_each_cell() {
        let (rows, findings) = read(&[
            "id,place,phone\na,1階,00\n",
            "id,place,phone\na,,11\n",
            "id,phone,place\na,-,-\nb,,-\n",
        ]);
        assert!(findings.is_empty(), "{findings:#?}");
        let top = &rows[0];
        assert_eq!((top.cell("place"), top.cell("phone")), ("-", ""));
        assert_eq!(
            (top.layer_of("id"), top.layer_of("place"), top.layer_of("phone")),
            (Some(2), Some(2), None)
        );
        let middle = top.base().unwrap();
        assert_eq!((middle.cell("place"), middle.cell("phone")), ("1階", "11"));
        assert_eq!((middle.layer_of("place"), middle.layer_of("phone")), (Some(0), Some(1)));
        assert_eq!((middle.place.sheet.as_str(), middle.place.row), ("1/offices.csv", 2));
        let first = middle.base().unwrap();
        assert_eq!((first.place.sheet.as_str(), first.cell("phone")), ("0/offices.csv", "00"));
        assert!(first.base().is_none() && rows[1].base().is_none());
        assert_eq!(rows[1].cell("place"), "-");
    }

    #[test]
    fn a_row_without_a_first_day_changes_the_only_version_there_is() {
        let base = "id,place,from\na,1階,2026-04-01\nb,1階,\nb,2階,2027-04-01\nc,1階,2026-04-01\nc,2階,2027-04-01\n";
        let (rows, findings) = read(&[base, "id,place\na,9階\nb,9階\nc,9階\nd,9階\n"]);
        let cells: Vec<_> =
            rows.iter().map(|row| (row.cell("id"), row.cell("from"), row.cell("place"))).collect();
        assert_eq!(
            cells,
            [
                ("a", "2026-04-01", "9階"),
                ("b", "", "9階"),
                ("b", "2027-04-01", "2階"),
                ("c", "2026-04-01", "1階"),
                ("c", "2027-04-01", "2階"),
                ("d", "", "9階"),
            ]
        );
        let found: Vec<_> =
            findings.iter().map(|finding| (finding.kind.as_str(), finding.row)).collect();
        assert_eq!(found, [("version-unclear", 4)]);
        let (rows, findings) = read(&[base, "id,place,from\na,9階,2027-04-01\na,8階,\n"]);
        assert!(findings.is_empty(), "{findings:#?}");
        assert_eq!((rows.len(), rows[0].cell("place"), rows[5].cell("place")), (6, "8階", "9階"));
        let (_, findings) = read(&[base, "id,place,from\na,9階,2026-04-01\na,8階,\n"]);
        assert_eq!((findings[0].kind.as_str(), findings[0].row), ("id-twice", 3));
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
            ("id,place,place\na,1階,2階\n", "column-twice", 1),
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
