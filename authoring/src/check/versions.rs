//! Rows with days: one thing has one version on each day, without gaps between them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_text::PartialDate;

use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::row::Row;

/// The sheets whose rows may have days.
const SHEETS: [&str; 8] =
    ["rules", "deadlines", "bring", "offices", "fees", "papers", "handover", "texts"];

/// One version of a row. Without a first or last day it is open on that side.
struct Version<'a> {
    row: &'a Row,
    from: Option<Date>,
    until: Option<Date>,
}

/// Days that are reversed, gaps between versions, and versions that count on the same day.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for sheet in SHEETS {
        let mut versions: BTreeMap<(&str, &str), Vec<Version<'_>>> = BTreeMap::new();
        for row in scene.rows(sheet) {
            // A day that cannot be read was found with its cell.
            let (Some(from), Some(until)) = (day(row, "from"), day(row, "until")) else { continue };
            if from.zip(until).is_some_and(|(from, until)| until < from) {
                findings.push(reversed(&row.place));
                continue;
            }
            let thing = (row.cell("id"), row.cell("lang"));
            versions.entry(thing).or_default().push(Version { row, from, until });
        }
        for ((id, _), mut versions) in versions {
            versions.sort_by_key(|version| version.from);
            for pair in versions.windows(2) {
                if let [earlier, later] = pair {
                    findings.extend(between(id, earlier, later));
                }
            }
        }
    }
    findings
}

/// A day, or `Some(None)` for an empty cell.
fn day(row: &Row, column: &str) -> Option<Option<Date>> {
    match row.cell(column) {
        "" => Some(None),
        cell => cell.parse::<PartialDate>().ok()?.full().map(Some),
    }
}

fn reversed(place: &Place) -> Finding {
    place
        .error(
            "days-reversed",
            "until",
            "最後の日が最初の日より前なので、この行はいつも使われません。".to_owned(),
            "from と until を確かめてください。",
        )
        .english(
            "The last day lies before the first, so this row never counts.",
            "Check from and until.",
        )
}

/// What is wrong between two versions that follow each other.
fn between(id: &str, earlier: &Version<'_>, later: &Version<'_>) -> Option<Finding> {
    let place = &later.row.place;
    let first = earlier.row.place.row;
    if earlier.row.cell("date_by") != later.row.cell("date_by") {
        return Some(
            place
                .error(
                    "dated-overlap",
                    "date_by",
                    format!("「{id}」の{first}行目とは別の日付で版を選ぶため、同時に当てはまることがあります。"),
                    "同じ id の行では date_by を揃えてください。",
                )
                .english(
                    format!("\"{id}\" is chosen by another date than in row {first}: both can count at once."),
                    "Use one date_by in all rows of one id.",
                ),
        );
    }
    let next = earlier.until.and_then(|until| until.tomorrow().ok());
    if next.is_none_or(|next| later.from.is_none_or(|from| from < next)) {
        let day = later.from.map_or_else(|| "？".to_owned(), |from| from.to_string());
        return Some(
            place
                .error(
                    "dated-overlap",
                    "from",
                    format!(
                        "「{id}」は{first}行目も {day} に使われます。同じ日に二つの版があります。"
                    ),
                    "古い行の until に、新しい行の from の前の日を書いてください。",
                )
                .english(
                    format!(
                        "\"{id}\" in row {first} still counts on {day}: two versions on one day."
                    ),
                    "Write the day before the new row's from into until of the old row.",
                ),
        );
    }
    let gap = next.zip(later.from).filter(|(next, from)| from > next)?;
    Some(
        place
            .warning(
                "dated-gap",
                "from",
                format!("「{id}」は {} から {} の前の日まで、どの行も使われません。", gap.0, gap.1),
                "続いているなら、from か until を直して間をなくしてください。",
            )
            .english(
                format!("\"{id}\" has no row from {} until the day before {}.", gap.0, gap.1),
                "If it goes on without a break, change from or until to close the gap.",
            ),
    )
}
