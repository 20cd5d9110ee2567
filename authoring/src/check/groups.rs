//! Groups of questions: what is asked on one screen may be seen by the same eyes.

use std::collections::BTreeMap;

use kakanai_rules::Sensitivity;

use super::scene::Scene;
use crate::finding::Finding;

/// Groups that show one question with others it should not stand beside.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut first: BTreeMap<&str, Sensitivity> = BTreeMap::new();
    let mut findings = Vec::new();
    for row in scene.pack.questions.iter().filter(|row| !row.retired) {
        let Some(group) = row.group.as_deref() else { continue };
        let sensitivity =
            scene.vocabulary.get(&row.fact).map_or(Sensitivity::Plain, |def| def.sensitivity);
        let place = scene.place("questions", &row.id);
        if sensitivity == Sensitivity::Discreet {
            findings.push(
                place
                    .error(
                        "group-discreet",
                        "group",
                        format!("「{}」は、ほかの質問といっしょには尋ねられません。", row.fact),
                        "group を空にしてください。",
                    )
                    .english(
                        format!("\"{}\" cannot be asked together with other questions.", row.fact),
                        "Leave group empty.",
                    ),
            );
        } else if *first.entry(group).or_insert(sensitivity) != sensitivity {
            findings.push(
                place
                    .error(
                        "group-mixed",
                        "group",
                        format!(
                            "「{group}」には、周りに見せない質問と、そうでない質問があります。"
                        ),
                        "見せない質問（private）は、別の group にしてください。",
                    )
                    .english(
                        format!("The group \"{group}\" holds private questions among others."),
                        "Give the private questions a group of their own.",
                    ),
            );
        }
    }
    findings
}
