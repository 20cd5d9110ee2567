//! Where facts come from and where they go: nothing may wait for an answer that nobody can give, and nobody is
//! asked for what nothing needs.

use std::collections::BTreeSet;

use kakanai_rules::expression::Expression;
use kakanai_rules::pack::{Effect, QuestionRow, RuleRow};

use super::facts::is_askable;
use super::scene::Scene;
use super::uses::Purpose;
use crate::finding::Finding;
use crate::near;
use crate::row::Row;

/// Facts that a document reader or the counter itself supplies, without a question.
const SUPPLIED: [&str; 21] = [
    "name",
    "name_kana",
    "name_roman",
    "tsusho",
    "address",
    "birth_date",
    "sex",
    "nationality",
    "nationality_code",
    "residence_status",
    "residence_card_number",
    "status_until",
    "card_present",
    "counter_date",
    "also_events",
    "already_done",
    "filed_by",
    "dv_support",
    "id_documents",
    "new_head_name",
    "previous_address",
];

/// Facts nobody can supply, questions nothing needs, and rules that look at a gate.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = never_asked(scene);
    if scene.is_town() && scene.whole {
        findings.extend(unused(scene));
    }
    findings.extend(gates(scene));
    findings.extend(always(scene));
    findings
}

/// What stands behind a name: the birth date behind an age, nothing behind a day that the case itself yields.
fn asked_for(fact: &str) -> Option<&str> {
    if fact.starts_with("filed.") || fact.starts_with("deadline.") {
        return None;
    }
    if kakanai_rules::built_in(fact).is_some() {
        return None;
    }
    Some(kakanai_rules::derived_from(fact).unwrap_or(fact))
}

fn never_asked(scene: &Scene<'_>) -> Vec<Finding> {
    let pack = scene.pack;
    let retired: BTreeSet<&str> =
        pack.questions.iter().filter(|row| row.retired).map(|row| row.id.as_str()).collect();
    let questions = scene.rows("questions").iter().filter(|row| !retired.contains(row.cell("id")));
    let derived = scene.rows("facts").iter().filter(|row| !row.cell("expression").is_empty());
    let known: BTreeSet<&str> = questions
        .map(|row| row.cell("fact"))
        .chain(scene.cells("gates", "fact"))
        .chain(derived.map(|row| row.cell("id")))
        .chain(SUPPLIED)
        .collect();
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    // What nobody says, nothing follows from: that leaves a question to be asked, not a decision open.
    for used in scene.uses().iter().filter(|used| !matches!(used.sheet, "forms" | "follows")) {
        let Some(fact) = asked_for(&used.fact) else { continue };
        // A name that is no fact at all was found with its cell.
        if scene.vocabulary.get(fact).is_none() || known.contains(fact) || !told.insert(fact) {
            continue;
        }
        let add = ("questions 表に質問を加えてください", "add a question to the questions sheet");
        let (hint, hint_en) = near::hint(fact, known.iter().copied(), add);
        findings.push(
            scene
                .used_at(used)
                .error(
                    "never-asked",
                    &scene.column(used),
                    format!("「{fact}」を尋ねる質問がなく、ほかからも分かりません。"),
                    &hint,
                )
                .english(
                    format!("No question asks for \"{fact}\", and nothing else tells it."),
                    hint_en,
                ),
        );
    }
    for gate in pack.gates.iter().filter(|gate| !known.contains(gate.gate.as_str())) {
        if scene.vocabulary.get(&gate.gate).is_none() || !told.insert(&gate.gate) {
            continue;
        }
        findings.push(
            scene
                .place("gates", &gate.id)
                .error(
                    "never-asked",
                    "gate",
                    format!("「{}」を尋ねる質問がありません。", gate.gate),
                    "questions 表に、世帯に一度尋ねる質問を加えてください。",
                )
                .english(
                    format!("No question asks for \"{}\".", gate.gate),
                    "Add a question to the household to the questions sheet.",
                ),
        );
    }
    findings
}

fn unused<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let pack = scene.pack;
    let used: BTreeSet<&str> = scene
        .uses()
        .iter()
        .filter_map(|used| asked_for(&used.fact))
        .chain(pack.gates.iter().map(|row| row.gate.as_str()))
        .chain(["people"])
        .collect();
    let needless = move |row: &&QuestionRow| {
        let def = scene.vocabulary.get(&row.fact);
        !row.retired
            && !used.contains(row.fact.as_str())
            && def.is_some_and(|def| is_askable(scene, def))
    };
    let rows = pack.questions.iter().filter(needless);
    rows.map(|row| {
        scene
            .place("questions", &row.id)
            .warning(
                "question-unused",
                "fact",
                format!("「{}」の答えはどこにも使われません。", row.fact),
                "要らない質問なら retired を yes に、要るなら規則・持ち物・書類のどれかで使ってください。",
            )
            .english(
                format!("Nothing uses the answer \"{}\".", row.fact),
                "If nobody needs it, set retired to yes; if somebody does, use it in a rule, a thing to bring or a paper.",
            )
    })
}

/// Rules that look at a gate: the gate only spares questions, what is true stands in the fact behind it.
fn gates<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let looked_at = scene.uses().iter().filter(|used| {
        used.purpose == Purpose::Weighed
            && !matches!(used.sheet, "gates" | "follows" | "offices" | "fees" | "papers")
    });
    looked_at.filter_map(|used| {
        let gate = scene.pack.gates.iter().find(|gate| gate.gate == used.fact)?;
        Some(
            scene
                .used_at(used)
                .error(
                    "gate-in-rule",
                    &scene.column(used),
                    format!("「{}」は質問を省くための項目で、判定には使えません。", used.fact),
                    &format!("代わりに「{}」を使ってください。", gate.fact),
                )
                .english(
                    format!("\"{}\" only spares questions; nothing is decided by it.", used.fact),
                    format!("Use \"{}\" instead.", gate.fact),
                ),
        )
    })
}

/// The columns of a rule that say when it holds.
const CONDITIONS: [&str; 6] = ["fact1", "fact2", "fact3", "fact4", "fact5", "expression"];

/// Rows that hold for everybody.
fn always<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    // A condition that cannot be read is a fault of its own: the row as written tells whether there is none.
    let bare = move |rule: &&RuleRow| {
        let row = || scene.row("rules", &rule.id, rule.dated.from);
        let unwritten = |row: &Row| CONDITIONS.iter().all(|column| row.cell(column).is_empty());
        rule.conditions.is_empty()
            && match &rule.expression {
                Some(expression) => *expression == Expression::Constant(true),
                None => row().is_some_and(unwritten),
            }
    };
    scene.pack.rules.iter().filter(bare).map(|rule| {
        let (what, what_en) = match rule.effect {
            Effect::Except => ("この手続きは誰にも出ません", "the procedure never appears"),
            _ => ("この手続きは誰にでも出ます", "the procedure appears for everybody"),
        };
        scene
            .dated("rules", &rule.id, &rule.dated)
            .error(
                "rule-always",
                "fact1",
                format!("条件がないため、{what}。"),
                "少なくとも一つの条件を書いてください。",
            )
            .english(format!("Without a condition {what_en}."), "Write at least one condition.")
    })
}
