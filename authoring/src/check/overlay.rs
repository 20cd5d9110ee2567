//! Rows that a pack changes in the pack below: somebody has seen what they change, and it is still the same.

use super::scene::Scene;
use crate::finding::{Finding, Place};

/// Overridden rows that changed since they were accepted, or were never accepted.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut overridden = scene.sheets.overridden().peekable();
    let Some(accepted) = &scene.sheets.accepted else {
        let place = Place { sheet: format!("{}/pack.toml", scene.pack.id), row: 0 };
        let first = overridden.peek().map(|(_, id, _, _)| id.clone());
        return first
            .map(|id| never(&place, "base", &id, overridden.count()))
            .into_iter()
            .collect();
    };
    let mut findings = Vec::new();
    for (sheet, id, base, row) in overridden {
        let key = (sheet.to_owned(), id);
        match accepted.get(&key) {
            None => findings.push(never(&row.place, "id", &key.1, 1)),
            Some(seen) if *seen != base.fingerprint() => {
                findings.push(changed(&row.place, &key.1, &base.place));
            }
            Some(_) => {}
        }
    }
    findings
}

fn changed(place: &Place, id: &str, base: &Place) -> Finding {
    place
        .warning(
            "base-changed",
            "id",
            format!(
                "「{id}」のもとの行（{} {}行目）が、上書きを確認した後で変わりました。",
                base.sheet, base.row
            ),
            "もとの行を読み、上書きがまだ正しいか確かめてから、kakanai pack accept-base で確認を記録してください。",
        )
        .english(
            format!(
                "The row \"{id}\" below this one ({}, row {}) changed after your change was accepted.",
                base.sheet, base.row
            ),
            "Read the row below, see whether your change is still right, then record it with kakanai pack accept-base.",
        )
}

fn never(place: &Place, column: &str, id: &str, count: usize) -> Finding {
    let (what, what_en) = match count {
        1 => (format!("「{id}」が上書きする"), format!("The row that \"{id}\" changes")),
        _ => (
            format!("「{id}」など{count}行が上書きする"),
            format!("The rows that \"{id}\" and {} others change", count - 1),
        ),
    };
    place
        .warning(
            "base-unseen",
            column,
            format!("{what}もとの行を、まだ誰も確認していません。"),
            "もとの行を読み、kakanai pack accept-base で確認を記録してください。",
        )
        .english(
            format!("{what_en} in the pack below were not accepted by anybody."),
            "Read what stands below, then record it with kakanai pack accept-base.",
        )
}
