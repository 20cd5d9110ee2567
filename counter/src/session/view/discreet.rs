//! What is discreet (支援措置), on the staff window alone, and only after the clerk has said that the person is alone.

use std::collections::BTreeSet;

use kakanai_rules::pack::QuestionRow;
use kakanai_rules::{Decision, FactType, Question, Sensitivity, Status, Subject, SubjectKind};

use super::ask::Wording;
use super::outcome::decisions;
use super::{STAFF_LANG, Shown};
use crate::door::{DiscreetView, QuestionView};
use crate::papers::DISCREET;
use crate::privacy::subjects;
use crate::session::Desk;

/// The panel for one pair of eyes; empty while others may be there.
pub fn view(
    shown: &Shown<'_>,
    desk: &Desk,
    wording: &Wording<'_>,
    decided: &[Decision],
) -> DiscreetView {
    if !desk.sight.alone(shown.case) {
        let (questions, decisions) = (Vec::new(), Vec::new());
        return DiscreetView { alone: false, questions, decisions, paper: None };
    }
    let active =
        |decision: &&Decision| matches!(decision.status, Status::Required | Status::MayApply);
    let active: Vec<Decision> = decided.iter().filter(active).cloned().collect();
    let paper = desk.packet().ok().and_then(|packet| packet.paper(DISCREET));
    DiscreetView {
        alone: true,
        questions: questions(shown, wording, decided),
        decisions: decisions(shown.known.pack, shown.case, shown.facts, active),
        paper: paper.map(|paper| paper.id.clone()),
    }
}

/// What a discreet decision waits for, and what was said already, to change it.
fn questions(shown: &Shown<'_>, wording: &Wording<'_>, decided: &[Decision]) -> Vec<QuestionView> {
    let pack = shown.known.pack;
    let vocabulary = shown.known.engine.vocabulary();
    let needed: BTreeSet<(Subject, &str)> = decided
        .iter()
        .filter(|decision| decision.status == Status::Undecided)
        .flat_map(|decision| &decision.needs)
        .map(|need| (Subject::from(need.person.clone()), need.fact.as_str()))
        .collect();
    let mut found = Vec::new();
    for row in pack.questions.iter().filter(|row| !row.retired) {
        let Some(def) = vocabulary.get(&row.fact) else { continue };
        if def.sensitivity != Sensitivity::Discreet {
            continue;
        }
        for subject in subjects(&shown.case.facts) {
            let fits = (def.subject == SubjectKind::Case) == (subject == Subject::Case);
            let matters = needed.contains(&(subject.clone(), row.fact.as_str()))
                || shown.case.facts.get(&subject, &row.fact).is_some();
            if fits && matters {
                found.push(wording.question(question(shown, row, def.kind, &subject)));
            }
        }
    }
    found
}

/// The question as the rules would ask it, were it not discreet.
fn question(shown: &Shown<'_>, row: &QuestionRow, kind: FactType, subject: &Subject) -> Question {
    let pack = shown.known.pack;
    let text = |suffix: &str| {
        let id = format!("question.{}{suffix}", row.id);
        pack.text(STAFF_LANG, &id, shown.on).unwrap_or_default().to_owned()
    };
    let choices = pack.choices.iter().filter(|choice| choice.fact == row.fact && !choice.retired);
    let choices = choices.map(|choice| kakanai_rules::Choice {
        id: choice.value.clone(),
        text: pack.text_or_id(STAFF_LANG, &format!("choice.{}", choice.id), shown.on).to_owned(),
    });
    Question {
        id: row.id.clone(),
        number: row.number,
        fact: row.fact.clone(),
        person: subject.person().map(str::to_owned),
        kind: kind.name().to_owned(),
        choices: choices.collect(),
        many: kind == FactType::Choices,
        text: text(""),
        why: text(".why"),
        staff_text: text(".staff"),
        private: true,
        at_home: false,
        short: text(""),
        group: None,
        suggested: None,
    }
}
