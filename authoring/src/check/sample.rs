//! What is left of the sample town in the pack of a real one.

use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::row::Row;

/// What only the sample town has: its name, its code, its telephone numbers.
const MARKS: [&str; 3] = ["みほん市", "990019", "000-000-"];

/// Values of a sample pack that reach the residents of a real town.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    if scene.pack.sample {
        return Vec::new();
    }
    let mut findings = inherited(scene);
    findings.extend(marked(scene));
    findings
}

/// Sheets whose rows a town decides for itself, with the columns in which it does.
const OWN: [(&str, &[&str]); 6] = [
    ("offices", &["place", "phone"]),
    ("fees", &["yen"]),
    ("papers", &["form"]),
    ("texts", &["text"]),
    ("rules", &[]),
    ("deadlines", &[]),
];

fn inherited(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (sheet, columns) in OWN {
        for row in scene.rows(sheet).iter().filter(|row| sheet != "texts" || of_the_town(row)) {
            if scene.sheets.layers.get(row.layer).is_some_and(|head| head.sample) {
                findings.push(finding(&row.place, "id", row.cell("id")));
                continue;
            }
            let from_sample = columns
                .iter()
                .filter(|column| scene.sheets.writer(row, column).is_some_and(|head| head.sample));
            for column in from_sample {
                findings.push(finding(writer(row, column), column, row.cell("id")));
            }
        }
    }
    findings
}

/// Texts that name an office or a form; others may be everybody's.
fn of_the_town(row: &Row) -> bool {
    let id = row.cell("id");
    id.starts_with("office.") || id.starts_with("form.")
}

/// Where the pack below wrote a cell.
fn writer<'a>(row: &'a Row, column: &str) -> &'a Place {
    let layer = row.layer_of(column);
    let mut row = row;
    while let Some(base) = row.base().filter(|_| Some(row.layer) != layer) {
        row = base;
    }
    &row.place
}

fn finding(place: &Place, column: &str, id: &str) -> Finding {
    place
        .error(
            "sample-inherited",
            column,
            format!("「{id}」は見本の自治体のままです。"),
            "同じ id の行を自分のパックに書き、自分の自治体の値を入れてください。",
        )
        .english(
            format!("\"{id}\" is still the sample town's."),
            "Write a row with the same id into your own pack, with your town's values.",
        )
}

/// Cells of the real town that still carry a mark of the sample.
fn marked(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(head) = scene.sheets.layers.last() {
        let place = Place { sheet: format!("{}/pack.toml", head.id), row: 0 };
        for (column, text) in [
            ("name", &head.name),
            ("municipality_code", &head.municipality_code),
            ("author", &head.author),
            ("approver", &head.approver),
        ] {
            findings.extend(mark(&place, column, text));
        }
    }
    // Tests are about residents that do not exist; they may live where nobody does.
    for row in
        scene.sheets.rows.iter().filter(|(sheet, _)| **sheet != "tests").flat_map(|(_, rows)| rows)
    {
        for (column, text) in row.cells() {
            let own = scene.sheets.writer(row, column).is_some_and(|head| !head.sample);
            findings.extend(mark(&row.place, column, text).filter(|_| own));
        }
    }
    findings
}

fn mark(place: &Place, column: &str, text: &str) -> Option<Finding> {
    let mark = MARKS.iter().find(|mark| text.contains(**mark))?;
    Some(
        place
            .error(
                "sample-text",
                column,
                format!("見本の自治体の「{mark}」が残っています。"),
                "自分の自治体のものに書き換えてください。",
            )
            .english(
                format!("\"{mark}\" of the sample town is still here."),
                "Replace it by your own town's.",
            ),
    )
}
