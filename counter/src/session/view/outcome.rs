//! Decisions as the staff window shows them, with what became of each at this visit.

use jiff::civil::Date;
use kakanai_rules::pack::DoneAt;
use kakanai_rules::{Decision, FactSet, Pack};

use super::super::STAFF_LANG;
use super::{label, name};
use crate::case::Case;
use crate::door::{DecisionView, OutcomeView};
use crate::papers::{deadline_text, names, office, title};

/// Decisions in the pack's order; which of them a window may show is for the caller to say.
pub fn decisions(
    pack: &Pack,
    case: &Case,
    facts: &FactSet,
    open: Vec<Decision>,
) -> Vec<DecisionView> {
    let on = case.counter_date;
    open.into_iter().map(|decision| view(pack, case, facts, on, decision)).collect()
}

fn view(pack: &Pack, case: &Case, facts: &FactSet, on: Date, decision: Decision) -> DecisionView {
    let needs = |fact: &str, person: &Option<String>| match person {
        Some(person) => format!("{}（{}）", label(pack, fact, on), name(facts, person)),
        None => label(pack, fact, on),
    };
    let done_at = pack.procedure(&decision.procedure).map(|row| match row.done_at {
        DoneAt::Here => "here",
        DoneAt::Paper => "paper",
        DoneAt::Elsewhere => "elsewhere",
    });
    let outcome = case.outcomes.get(&(decision.procedure.clone(), decision.people.clone()));
    DecisionView {
        title: title(pack, STAFF_LANG, &decision.procedure, on),
        status: decision.status.id().to_owned(),
        people: names(facts, &decision.people),
        deadline: decision.deadline.map(|day| day.to_string()),
        deadline_text: decision.deadline.map(|day| deadline_text(pack, STAFF_LANG, day, on)),
        overdue: decision.overdue,
        covered_by: decision.covered_by.map(|other| title(pack, STAFF_LANG, &other, on)),
        office: office(pack, STAFF_LANG, &decision.office, on),
        bring: decision.bring.into_iter().map(|thing| thing.text).collect(),
        because: decision.because.into_iter().map(|reason| reason.text).collect(),
        notes: decision.notes,
        law: decision.law,
        needs: decision.needs.iter().map(|need| needs(&need.fact, &need.person)).collect(),
        unconfirmed: !decision.signed_off,
        ids: decision.people,
        done_at: done_at.unwrap_or_default().to_owned(),
        outcome: outcome.map(|outcome| OutcomeView {
            outcome: outcome.kind.clone(),
            until: outcome.until.map(|day| day.to_string()),
            note: outcome.note.clone(),
        }),
        procedure: decision.procedure,
    }
}
