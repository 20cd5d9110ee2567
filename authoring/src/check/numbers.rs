//! Numbers of questions and choices: printed and scanned codes refer to them, so each is given once, for ever.

use std::collections::BTreeMap;

use super::scene::Scene;
use crate::finding::Finding;

/// Numbers used twice, retired rows included, and facts with two questions.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let questions = scene.pack.questions.iter().map(|row| ("", row.number, row.id.as_str()));
    numbers(scene, "questions", questions, &mut findings);
    let choices =
        scene.pack.choices.iter().map(|row| (row.fact.as_str(), row.number, row.id.as_str()));
    numbers(scene, "choices", choices, &mut findings);
    let mut asked: BTreeMap<&str, &str> = BTreeMap::new();
    for row in scene.pack.questions.iter().filter(|row| !row.retired) {
        if let Some(other) = asked.insert(&row.fact, &row.id) {
            findings.push(
                scene
                    .place("questions", &row.id)
                    .error(
                        "question-twice",
                        "fact",
                        format!("「{}」は質問「{other}」でも尋ねます。", row.fact),
                        "一つの項目を尋ねる質問は一つにし、古い質問は retired を yes にしてください。",
                    )
                    .english(
                        format!("\"{}\" is also asked by the question \"{other}\".", row.fact),
                        "Keep one question for each fact; set retired to yes on the old one.",
                    ),
            );
        }
    }
    findings
}

fn numbers<'a>(
    scene: &Scene<'_>,
    sheet: &str,
    rows: impl Iterator<Item = (&'a str, u32, &'a str)>,
    findings: &mut Vec<Finding>,
) {
    let mut taken: BTreeMap<(&str, u32), &str> = BTreeMap::new();
    for (within, number, id) in rows {
        let place = scene.place(sheet, id);
        if number == 0 {
            findings.push(
                place
                    .error(
                        "wrong-value",
                        "number",
                        "番号は 1 から始まります。".to_owned(),
                        "まだ使われたことのない番号を付けてください。",
                    )
                    .english("Numbers begin at 1.", "Give a number that was never used before."),
            );
        } else if let Some(other) = taken.insert((within, number), id) {
            findings.push(
                place
                    .error(
                        "number-twice",
                        "number",
                        format!("番号 {number} は「{other}」が使っています。"),
                        "まだ使われたことのない番号を付けてください（使わなくなった行の番号も使えません）。",
                    )
                    .english(
                        format!("The number {number} belongs to \"{other}\"."),
                        "Give a number that was never used before; numbers of retired rows stay taken.",
                    ),
            );
        }
    }
}
