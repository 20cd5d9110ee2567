//! Procedures that are not complete: nothing requires them, nobody does them, no paper is made for them.

use kakanai_rules::pack::{DoneAt, ProcedureRow};

use super::scene::Scene;
use crate::finding::Finding;

/// What procedures lack.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let with_rule = scene.cells("rules", "procedure");
    let mut findings = Vec::new();
    for row in &scene.pack.procedures {
        if !with_rule.contains(row.id.as_str()) {
            findings.push(no_rule(scene, row));
        }
        if scene.is_town() && row.office.is_empty() {
            findings.push(no_office(scene, row));
        }
        if scene.is_town() && lacks_paper(scene, row) {
            findings.push(no_paper(scene, row));
        }
    }
    findings
}

fn no_rule(scene: &Scene<'_>, row: &ProcedureRow) -> Finding {
    scene
        .place("procedures", &row.id)
        .error(
            "no-rule",
            "id",
            format!("「{}」がいつ必要かを決める規則がありません。", row.id),
            "rules 表に行を加えてください。",
        )
        .english(
            format!("No rule says when \"{}\" is needed.", row.id),
            "Add a row to the rules sheet.",
        )
}

fn no_office(scene: &Scene<'_>, row: &ProcedureRow) -> Finding {
    scene
        .place("procedures", &row.id)
        .error(
            "missing-office",
            "office",
            format!("「{}」をどの窓口で行うかが書かれていません。", row.id),
            "offices 表の id を書いてください。",
        )
        .english(
            format!("It is not said at which office \"{}\" is done.", row.id),
            "Write the id of a row of the offices sheet.",
        )
}

/// Done here on a paper of its own that no form makes. A procedure without facts for its paper may need none, one
/// on another's notice has none, and a town that has not drawn a form yet says so with `paper`.
fn lacks_paper(scene: &Scene<'_>, row: &ProcedureRow) -> bool {
    let pack = scene.pack;
    let own_form = pack.rules.iter().any(|rule| rule.own_form && rule.procedure == row.id);
    row.done_at == DoneAt::Here
        && (own_form || (row.covered_by.is_empty() && !row.asks.is_empty()))
        && !pack.papers.iter().any(|paper| paper.procedure == row.id)
}

fn no_paper(scene: &Scene<'_>, row: &ProcedureRow) -> Finding {
    scene
        .place("procedures", &row.id)
        .warning(
            "no-paper",
            "done_at",
            format!("「{}」はこの窓口で行うのに、印刷する様式がありません。", row.id),
            "papers 表に様式の行を加えるか、窓口にある用紙を使うなら done_at を paper にしてください。",
        )
        .english(
            format!("\"{}\" is done at this counter, but no form is printed for it.", row.id),
            "Add a row with its form to the papers sheet; if the office's own paper is used, set done_at to paper.",
        )
}
