//! What the tests of a pack reach: every rule holds in one of them, every procedure is expected by one.

use std::collections::BTreeSet;

use kakanai_rules::pack::Effect;
use kakanai_rules::{Decision, Determination, Status};

use super::scene::Scene;
use crate::finding::Finding;

/// Rules and procedures that no test reaches. A base alone has no tests.
pub fn check(scene: &Scene<'_>, decided: &[Determination]) -> Vec<Finding> {
    if !scene.is_town() {
        return Vec::new();
    }
    let pack = scene.pack;
    let expected: BTreeSet<&str> = pack
        .tests
        .iter()
        .flat_map(|test| &test.expect)
        .map(|expected| expected.procedure.as_str())
        .collect();
    let excepts: BTreeSet<&str> = pack
        .rules
        .iter()
        .filter(|row| row.effect == Effect::Except)
        .map(|row| row.id.as_str())
        .collect();
    let held: BTreeSet<&str> = decided
        .iter()
        .flat_map(|determination| &determination.decisions)
        .flat_map(|decision| held(&excepts, decision))
        .collect();
    let mut findings = Vec::new();
    for row in pack.procedures.iter().filter(|row| !expected.contains(row.id.as_str())) {
        findings.push(
            scene
                .place("procedures", &row.id)
                .warning(
                    "procedure-untested",
                    "id",
                    format!("「{}」の結果を確かめるテストがありません。", row.id),
                    "tests 表に、この手続きの status を書いた行を加えてください。",
                )
                .english(
                    format!("No test expects a result for \"{}\".", row.id),
                    "Add a line with this procedure and its status to the tests sheet.",
                ),
        );
    }
    let mut told = BTreeSet::new();
    for row in &pack.rules {
        // A procedure without any test is told once, not once more for each of its rules.
        if held.contains(row.id.as_str())
            || !expected.contains(row.procedure.as_str())
            || !told.insert(&row.id)
        {
            continue;
        }
        findings.push(
            scene
                .dated("rules", &row.id, &row.dated)
                .warning(
                    "rule-untested",
                    "id",
                    format!("「{}」が当てはまるテストが一つもありません。", row.id),
                    "この規則が当てはまる世帯を tests 表に加えてください。",
                )
                .english(
                    format!("\"{}\" holds in none of the tests.", row.id),
                    "Add a household for which this rule holds to the tests sheet.",
                ),
        );
    }
    findings
}

/// The rules that a decision rests on. A reason why something is not needed may also be a rule that fails.
fn held<'a>(excepts: &BTreeSet<&str>, decision: &'a Decision) -> impl Iterator<Item = &'a str> {
    decision.because.iter().map(|reason| reason.rule.as_str()).filter(move |rule| {
        match decision.status {
            Status::Required | Status::MayApply => true,
            Status::NotNeeded => excepts.contains(rule),
            Status::Undecided => false,
        }
    })
}
