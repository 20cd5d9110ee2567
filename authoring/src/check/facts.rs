//! Facts that questions, choices and procedures name without weighing them.

use kakanai_rules::{FactDef, FactType};

use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::near;
use crate::row::Row;

/// Facts that are not there, and facts that no question can ask.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let questions = scene.rows("questions").iter().filter_map(|row| question(scene, row));
    let choices = scene.rows("choices").iter().filter_map(|row| choice(scene, row));
    let asks = scene.rows("procedures").iter().flat_map(|row| {
        row.cell("asks")
            .split_whitespace()
            .filter_map(|fact| unknown(scene, fact, &row.place, "asks"))
    });
    questions.chain(choices).chain(asks).collect()
}

/// Whether a person can answer a question about the fact.
pub fn is_askable(scene: &Scene<'_>, def: &FactDef) -> bool {
    def.kind != FactType::DoneList && !scene.pack.derived.iter().any(|row| row.fact == def.id)
}

fn question(scene: &Scene<'_>, row: &Row) -> Option<Finding> {
    let fact = row.cell("fact");
    if fact == "people" {
        return None;
    }
    let Some(def) = scene.vocabulary.get(fact) else {
        return unknown(scene, fact, &row.place, "fact");
    };
    (!is_askable(scene, def)).then(|| {
        row.place
            .error(
                "wrong-value",
                "fact",
                format!("「{fact}」は質問では尋ねられません。"),
                "人が答えられる項目を書いてください。",
            )
            .english(
                format!("No question can ask for \"{fact}\"."),
                "Write a fact that a person can answer.",
            )
    })
}

/// Choices of a fact that has none: a choices row adds a value to a choice fact.
fn choice(scene: &Scene<'_>, row: &Row) -> Option<Finding> {
    let (fact, _) = row.cell("id").split_once('.')?;
    let Some(def) = scene.vocabulary.get(fact) else {
        return unknown(scene, fact, &row.place, "id");
    };
    (!matches!(def.kind, FactType::Choice | FactType::Choices)).then(|| {
        row.place
            .error(
                "wrong-value",
                "id",
                format!("「{fact}」は選択肢のない項目です。"),
                "選択肢のある項目（choice か choices）を書いてください。",
            )
            .english(
                format!("\"{fact}\" has no choices."),
                "Write a fact of the type choice or choices.",
            )
    })
}

fn unknown(scene: &Scene<'_>, fact: &str, place: &Place, column: &str) -> Option<Finding> {
    if scene.vocabulary.get(fact).is_some() {
        return None;
    }
    let known = scene.vocabulary.iter().map(|def| def.id.as_str());
    let add = ("facts 表に加えてください", "add it to the facts sheet");
    let (hint, hint_en) = near::hint(fact, known, add);
    Some(
        place
            .error(
                "unknown-fact",
                column,
                format!("「{fact}」という項目は語彙にもこのパックにもありません。"),
                &hint,
            )
            .english(
                format!("Neither the vocabulary nor this pack knows the fact \"{fact}\"."),
                hint_en,
            ),
    )
}
