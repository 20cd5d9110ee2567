//! What follows from answers: one value at a time, and nothing shown more openly than what it follows from.

use kakanai_rules::Sensitivity;
use kakanai_rules::pack::{FollowKind, FollowsRow};

use super::exclude::exclude;
use super::scene::Scene;
use crate::finding::Finding;

/// Rows that contradict each other, and rows that tell what they should not.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let rows = &scene.pack.follows;
    let mut findings = Vec::new();
    for (place, later) in rows.iter().enumerate() {
        let earlier = rows.iter().take(place).find(|earlier| contradict(scene, earlier, later));
        findings.extend(earlier.map(|earlier| twice(scene, earlier, later)));
        findings.extend(opened(scene, later));
    }
    findings
}

fn contradict(scene: &Scene<'_>, earlier: &FollowsRow, later: &FollowsRow) -> bool {
    earlier.fact == later.fact
        && earlier.kind == FollowKind::Takes
        && later.kind == FollowKind::Takes
        && earlier.value != later.value
        && !exclude(&earlier.conditions, &later.conditions, &scene.vocabulary)
}

fn twice(scene: &Scene<'_>, earlier: &FollowsRow, later: &FollowsRow) -> Finding {
    scene
        .place("follows", &later.id)
        .error(
            "follows-twice",
            "value",
            format!("「{}」は「{}」の行と、違う値が同時に決まります。", later.fact, earlier.id),
            "条件で二つの行を分けるか、kind を suggests にしてください。",
        )
        .english(
            format!(
                "\"{}\" gets different values at once, with the row \"{}\".",
                later.fact, earlier.id
            ),
            "Separate the two rows by conditions, or write suggests into kind.",
        )
}

/// A row whose fact may be asked more openly than one that it looks at.
fn opened(scene: &Scene<'_>, row: &FollowsRow) -> Option<Finding> {
    let openly = |fact: &str| scene.vocabulary.get(fact).map_or(0, |def| rank(def.sensitivity));
    let uses = scene.uses().iter();
    let mut uses = uses.filter(|used| used.sheet == "follows" && used.id == row.id);
    let used = uses.find(|used| openly(&used.fact) > openly(&row.fact))?;
    Some(
        scene
            .place("follows", &row.id)
            .error(
                "follows-open",
                &scene.column(used),
                format!("「{}」を見れば「{}」が分かってしまいます。", row.fact, used.fact),
                "この行を消すか、同じだけ見せない項目（sensitivity）にしてください。",
            )
            .english(
                format!("\"{}\" tells everybody what \"{}\" is.", row.fact, used.fact),
                "Delete the row, or give the fact the same sensitivity.",
            ),
    )
}

fn rank(sensitivity: Sensitivity) -> u8 {
    match sensitivity {
        Sensitivity::Plain => 0,
        Sensitivity::Private => 1,
        Sensitivity::Discreet => 2,
    }
}
