//! Where rules come from: each cites its law and a source, and nobody has checked what names no source.

use super::scene::Scene;
use crate::finding::Finding;
use crate::row::Row;

/// Words for a cell that was left for later.
const PLACEHOLDERS: [&str; 9] = ["?", "？", "-", "ー", "未定", "要確認", "なし", "不明", "TODO"];

/// Rules and procedures without their law.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let rules = scene.rows("rules").iter().flat_map(|row| [article(row), source(row)]);
    let procedures = scene.rows("procedures").iter().map(law);
    rules.chain(procedures).flatten().collect()
}

fn cites_nothing(cell: &str) -> bool {
    cell.is_empty() || PLACEHOLDERS.contains(&cell)
}

fn article(row: &Row) -> Option<Finding> {
    cites_nothing(row.cell("article")).then(|| {
        row.place
            .warning(
                "missing-article",
                "article",
                "どの法令の何条による規則かが書かれていません。".to_owned(),
                "「住民基本台帳法22条」のように、法令と条を書いてください。",
            )
            .english(
                "The rule does not say which law and article it follows.",
                "Write the law and its article, such as 住民基本台帳法22条.",
            )
    })
}

fn source(row: &Row) -> Option<Finding> {
    if !row.cell("source").is_empty() {
        return None;
    }
    let checked_by = row.cell("checked_by");
    let finding = if checked_by.is_empty() || checked_by == "unchecked" {
        row.place
            .warning(
                "missing-source",
                "source",
                "この規則の出典が書かれていません。".to_owned(),
                "sources 表の id を書いてください。",
            )
            .english("The rule names no source.", "Write the id of a row of the sources sheet.")
    } else {
        row.place
            .error(
                "checked-without-source",
                "source",
                format!("「{checked_by}」が確認したとありますが、何を見たかが書かれていません。"),
                "見たものを sources 表に加えてその id を書くか、checked_by を空にしてください。",
            )
            .english(
                format!("It says that \"{checked_by}\" checked it, but not against what."),
                "Add what was read to the sources sheet and write its id here, or empty checked_by.",
            )
    };
    Some(finding)
}

fn law(row: &Row) -> Option<Finding> {
    cites_nothing(row.cell("law")).then(|| {
        row.place
            .warning(
                "missing-law",
                "law",
                "この手続きの根拠になる法令が書かれていません。".to_owned(),
                "法令の名前と条を短く書いてください。",
            )
            .english("The procedure names no law.", "Write the law and its article in short.")
    })
}
