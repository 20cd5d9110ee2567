//! The list to keep as the resident's window shows it: what is done today, what is left, what can be applied for.
//!
//! It is made like the paper of the same name, from matters that leave everything discreet out.

use kakanai_forms::sheets::Words;
use kakanai_rules::{Determination, Engine, FactSet};

use super::discretion::Discretion;
use super::speech::{JA, Speech};
use super::visit::{Matter, Stage, matters};
use crate::case::Case;
use crate::door::ResidentEntry;

/// Outcomes after which nothing is left to do.
const DONE: [&str; 2] = ["taken", "already-done"];

/// The entries, most urgent first.
pub fn list(
    engine: &Engine<'_>,
    case: &Case,
    facts: &FactSet,
    determination: &Determination,
    lang: &str,
) -> Vec<ResidentEntry> {
    let speech = Speech::new(engine.pack(), facts, case.counter_date, lang);
    let discretion = Discretion::of(engine);
    let mut matters = matters(determination, &case.outcomes);
    matters.retain(|matter| matter.stage != Stage::Open);
    matters.sort_by_key(|matter| {
        let deadline = matter.decision.deadline;
        (order(matter.stage), deadline.is_none(), deadline.map(|day| day.to_string()))
    });
    let entry = |matter: &Matter<'_>| {
        let decision = matter.decision;
        let title = speech.procedure(&decision.procedure);
        let shown = decision.bring.iter();
        let bring = shown.filter(|thing| !discretion.item(&decision.procedure, &thing.id));
        let left = matter.stage == Stage::Later;
        ResidentEntry {
            ja: beside(lang, &title),
            title: title.text,
            state: state(case, matter).to_owned(),
            people: super::names(facts, &matter.people),
            deadline: speech.days(decision).text,
            office: speech.office(&decision.office).text,
            bring: bring
                .filter(|_| left)
                .map(|thing| speech.words(&format!("bring.{}", thing.id)).text)
                .collect(),
        }
    };
    matters.iter().map(entry).collect()
}

/// What is left comes before what is done, and that before what is only possible.
fn order(stage: Stage) -> u8 {
    match stage {
        Stage::Later => 0,
        Stage::Before | Stage::Today => 1,
        Stage::May | Stage::Open => 2,
    }
}

fn state(case: &Case, matter: &Matter<'_>) -> &'static str {
    let done = |people: &[String]| {
        case.outcomes.iter().any(|((procedure, whose), outcome)| {
            *procedure == matter.decision.procedure
                && DONE.contains(&outcome.kind.as_str())
                && people.iter().all(|person| whose.contains(person))
        })
    };
    let each = |person: &String| done(std::slice::from_ref(person));
    if done(&matter.people) || !matter.people.is_empty() && matter.people.iter().all(each) {
        return "done";
    }
    match matter.stage {
        Stage::Before => "done",
        Stage::Today => "here",
        Stage::Later | Stage::Open => "later",
        Stage::May => "may",
    }
}

fn beside(lang: &str, words: &Words) -> String {
    if lang.starts_with(JA) { String::new() } else { words.japanese().to_owned() }
}
