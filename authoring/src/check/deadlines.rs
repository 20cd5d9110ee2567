//! Deadlines: one last day for each procedure, counted from a day that is known.

use kakanai_rules::pack::{Clock, Dated, DeadlineRow, Pack, RuleRow, Scope};
use kakanai_rules::{SubjectKind, Vocabulary};

use super::exclude::exclude;
use super::scene::Scene;
use super::uses::about_person;
use crate::finding::Finding;

/// Two last days at once, and days counted from nothing.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let rows = &scene.pack.deadlines;
    for (index, later) in rows.iter().enumerate() {
        let earlier =
            rows.iter().take(index).find(|earlier| both(earlier, later, &scene.vocabulary));
        findings.extend(earlier.map(|earlier| twice(scene, earlier, later)));
        findings.extend(whose(scene, later));
    }
    findings.extend(without_start(scene));
    findings
}

/// Whether two rows can give one procedure two last days.
fn both(earlier: &DeadlineRow, later: &DeadlineRow, vocabulary: &Vocabulary) -> bool {
    let together = earlier.clock == Clock::Together && later.clock == Clock::Together;
    earlier.procedure == later.procedure
        && earlier.id != later.id
        && earlier.start.is_some()
        && later.start.is_some()
        && !together
        && overlap(&earlier.dated, &later.dated)
        && !exclude(&earlier.conditions, &later.conditions, vocabulary)
}

fn overlap(left: &Dated, right: &Dated) -> bool {
    let full =
        |date: Option<kakanai_text::PartialDate>| date.and_then(kakanai_text::PartialDate::full);
    let before = |left: &Dated, right: &Dated| {
        full(left.until).zip(full(right.from)).is_some_and(|(until, from)| until < from)
    };
    left.date_by != right.date_by || !(before(left, right) || before(right, left))
}

fn twice(scene: &Scene<'_>, earlier: &DeadlineRow, later: &DeadlineRow) -> Finding {
    scene
        .dated("deadlines", &later.id, &later.dated)
        .error(
            "deadline-twice",
            "procedure",
            format!("「{}」には「{}」の行と、期限が同時に二つあります。", later.procedure, earlier.id),
            "どちらの期限かが決まるように条件か日付で分けるか、早いほうが期限になるなら両方の clock に together と書いてください。",
        )
        .english(
            format!("\"{}\" has two last days at once, with the row \"{}\".", later.procedure, earlier.id),
            "Separate the rows by conditions or dates; if both clocks run and the earlier ends them, write together in clock of both.",
        )
}

/// A day of a person, in a procedure for the household whose rules look at no person.
fn whose(scene: &Scene<'_>, row: &DeadlineRow) -> Option<Finding> {
    let pack = scene.pack;
    let start = &row.start.as_ref()?.fact;
    let def = scene.vocabulary.get(start).filter(|def| def.subject == SubjectKind::Person)?;
    pack.procedure(&row.procedure).filter(|procedure| procedure.scope == Scope::Household)?;
    let mut rules = pack.rules.iter().filter(|rule| rule.procedure == row.procedure);
    if rules.any(|rule| looks_at_a_person(pack, rule, &scene.vocabulary)) {
        return None;
    }
    let finding = scene.dated("deadlines", &row.id, &row.dated).error(
        "deadline-whose",
        "start",
        format!("「{}」は一人ひとりの項目ですが、「{}」の規則は誰の日かを決めていません。", def.id, row.procedure),
        "世帯の項目から数えるか、手続きの scope を person にするか、規則に人の条件を加えてください。",
    );
    Some(finding.english(
        format!("\"{}\" is a day of one person, but the rules of \"{}\" do not say whose.", def.id, row.procedure),
        "Count from a day of the household, set the procedure's scope to person, or add a condition about people to its rules.",
    ))
}

fn looks_at_a_person(pack: &Pack, rule: &RuleRow, vocabulary: &Vocabulary) -> bool {
    let of_person = |fact: &str| {
        kakanai_rules::derived_from(fact).is_some()
            || vocabulary.about(SubjectKind::Person, fact).is_some()
            || pack.facts.iter().any(|def| def.id == fact && def.subject == SubjectKind::Person)
    };
    rule.conditions.iter().any(|condition| of_person(&condition.fact))
        || rule.expression.as_ref().is_some_and(about_person)
}

/// Days that are counted from nothing.
fn without_start<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let rows = scene.rows("deadlines").iter();
    rows.filter(|row| !row.cell("days").is_empty() && row.cell("start").is_empty()).map(|row| {
        row.place
            .error(
                "deadline-start",
                "start",
                "日数がありますが、どの日から数えるかがありません。".to_owned(),
                "start に日付の項目を書くか、期限がないなら days を空にしてください。",
            )
            .english(
                "There are days, but no day to count them from.",
                "Write a date fact into start, or leave days empty if there is no last day.",
            )
    })
}
