//! Verdicts: the state of every procedure, for the household or each person, before it is put into words.
//!
//! An undecided procedure is never taken for "not needed": open is a state of its own.

use crate::decision::Status;
use crate::index::{Procedure, Rule};
use crate::pack::{Effect, Scope as PackScope};
use crate::situation::Situation;
use crate::truth::Truth;

/// The state of one procedure for the household (`person` is `None`) or one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Verdict {
    /// Place of the procedure.
    pub procedure: usize,
    /// Place of the person.
    pub person: Option<usize>,
    /// The state.
    pub status: Status,
    /// It was done before.
    pub done: bool,
}

/// The three questions that the rows of a procedure answer together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    pub except: Truth,
    pub required: Truth,
    pub may_apply: Truth,
}

impl Answers {
    fn status(self) -> Status {
        match (self.except, self.required, self.may_apply) {
            (Truth::Yes, _, _) | (_, Truth::No, Truth::No) => Status::NotNeeded,
            (Truth::Open, _, _) | (_, Truth::Open, _) | (_, Truth::No, Truth::Open) => {
                Status::Undecided
            }
            (Truth::No, Truth::Yes, _) => Status::Required,
            (Truth::No, Truth::No, Truth::Yes) => Status::MayApply,
        }
    }
}

/// All verdicts, in the pack's order.
pub fn all(situation: &Situation<'_>) -> Vec<Verdict> {
    let mut verdicts =
        Vec::with_capacity(situation.index.procedures.len() * situation.people().max(1));
    let index = situation.index;
    let procedures = index.procedures.iter().zip(index.openings.ruled_out(situation));
    for (place, (procedure, ruled_out)) in procedures.enumerate() {
        let done = situation.done(&procedure.row.id).is_some();
        let not_needed = done || ruled_out || none_could(situation, procedure);
        let mut add = |person: Option<usize>| {
            let status = if not_needed {
                Status::NotNeeded
            } else {
                answers(situation, procedure, person).status()
            };
            verdicts.push(Verdict { procedure: place, person, status, done });
        };
        match procedure.row.scope {
            PackScope::Household => add(None),
            PackScope::Person => (0..situation.people()).for_each(|person| add(Some(person))),
        }
    }
    verdicts
}

/// Whether the case alone leaves no row that could make the procedure needed.
fn none_could(situation: &Situation<'_>, procedure: &Procedure<'_>) -> bool {
    let mut rules = procedure.rules.iter().filter(|rule| !rule.is_except());
    rules.all(|rule| situation.row(rule, None) == Truth::No)
}

/// What the rows of a procedure say together.
pub fn answers(
    situation: &Situation<'_>,
    procedure: &Procedure<'_>,
    person: Option<usize>,
) -> Answers {
    let mut answers = Answers { except: Truth::No, required: Truth::No, may_apply: Truth::No };
    for rule in &procedure.rules {
        let so_far = match rule.effect {
            Effect::Except => &mut answers.except,
            Effect::Required => &mut answers.required,
            Effect::MayApply => &mut answers.may_apply,
        };
        if *so_far != Truth::Yes {
            *so_far = so_far.or(row(situation, rule, person));
        }
    }
    answers
}

/// Whether a row holds: for the person, or for any member when a household row is about people.
pub fn row(situation: &Situation<'_>, rule: &Rule<'_>, person: Option<usize>) -> Truth {
    if person.is_some() || !rule.when.personal {
        return holds(situation, rule, person);
    }
    if holds(situation, rule, None) == Truth::No {
        return Truth::No;
    }
    let mut truth = Truth::No;
    for member in 0..situation.people() {
        truth = truth.or(holds(situation, rule, Some(member)));
        if truth == Truth::Yes {
            return truth;
        }
    }
    if unnamed_could(situation, rule) { Truth::Open } else { truth }
}

/// Whether a row holds for one member, or for the case.
pub fn holds(situation: &Situation<'_>, rule: &Rule<'_>, person: Option<usize>) -> Truth {
    situation.row(rule, person)
}

/// Whether a member nobody has named yet could meet a household row, because the case does not rule it out.
pub fn unnamed_could(situation: &Situation<'_>, rule: &Rule<'_>) -> bool {
    // With nobody in mind everything about a person is open.
    !situation.facts.household_complete && holds(situation, rule, None) != Truth::No
}

/// The people a verdict is about: the person; the members who meet a row that is not an exception; else who moves, or everybody
/// when nobody does.
pub fn people(situation: &Situation<'_>, verdict: &Verdict) -> Vec<usize> {
    if let Some(person) = verdict.person {
        return vec![person];
    }
    let Some(procedure) = situation.index.procedures.get(verdict.procedure) else {
        return Vec::new();
    };
    let about_people = |rule: &&Rule<'_>| rule.when.personal && !rule.is_except();
    let everybody = 0..situation.people();
    if procedure.rules.iter().any(|rule| about_people(&rule)) {
        let meets = |member: &usize| {
            procedure
                .rules
                .iter()
                .filter(about_people)
                .any(|rule| holds(situation, rule, Some(*member)) == Truth::Yes)
        };
        everybody.filter(meets).collect()
    } else {
        let movers: Vec<usize> =
            everybody.clone().filter(|member| situation.moves(*member)).collect();
        if movers.is_empty() { everybody.collect() } else { movers }
    }
}
