//! The decisions as a visit sees them: what is settled today, what is left, what may be asked for.
//!
//! Discreet procedures are left out here, so that no shared sheet can meet one.

use kakanai_rules::pack::DoneAt;
use kakanai_rules::{Decision, Determination, Status};

use crate::event::{Outcome, Outcomes};

/// How far a procedure has come when the household leaves this counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
    /// Settled before this visit.
    Before,
    /// Applied for at this counter today.
    Today,
    /// Still to be done.
    Later,
    /// May be applied for.
    May,
    /// Not decided.
    Open,
}

/// One procedure with everybody it is for.
pub(super) struct Matter<'a> {
    pub decision: &'a Decision,
    pub stage: Stage,
    pub people: Vec<String>,
    /// Procedures that its notice settles as well (付記), with their people.
    pub covers: Vec<(&'a str, Vec<String>)>,
    /// What became of it at this visit, where the clerk has said so.
    pub outcome: Option<&'a Outcome>,
}

/// What concerns the household, in the pack's order; the same procedure of several people once.
pub(super) fn matters<'a>(
    determination: &'a Determination,
    outcomes: &'a Outcomes,
) -> Vec<Matter<'a>> {
    let outcome_of = |one: &Decision| outcomes.get(&(one.procedure.clone(), one.people.clone()));
    let declined = |one: &Decision| {
        one.status == Status::MayApply
            && outcome_of(one).is_some_and(|outcome| outcome.kind == "declined")
    };
    let shown = || {
        let decisions = determination.decisions.iter();
        decisions
            .filter(|decision| !decision.discreet && decision.status != Status::NotNeeded)
            .filter(|decision| !declined(decision))
            .map(|decision| (decision, covering(decision)))
    };
    let mut matters: Vec<Matter<'a>> = Vec::new();
    for (decision, _) in shown().filter(|(_, covering)| covering.is_none()) {
        let outcome = outcome_of(decision);
        let stage = stage(decision, outcome);
        let same = |matter: &&mut Matter<'_>| {
            let other = matter.decision;
            (matter.stage, matter.outcome) == (stage, outcome)
                && other.procedure == decision.procedure
                && (other.deadline, other.not_before) == (decision.deadline, decision.not_before)
        };
        match matters.iter_mut().find(same) {
            Some(matter) => join(&mut matter.people, &decision.people),
            None => {
                let people = decision.people.clone();
                matters.push(Matter { decision, stage, people, covers: Vec::new(), outcome });
            }
        }
    }
    for (decision, covering) in shown() {
        let Some(covering) = covering else { continue };
        let by = |matter: &&mut Matter<'_>| {
            matter.stage <= Stage::Later && matter.decision.procedure == covering
        };
        match matters.iter_mut().find(by) {
            Some(matter) => {
                let covers = &mut matter.covers;
                match covers.iter_mut().find(|(procedure, _)| *procedure == decision.procedure) {
                    Some((_, people)) => join(people, &decision.people),
                    None => covers.push((&decision.procedure, decision.people.clone())),
                }
            }
            None => {
                let (people, covers) = (decision.people.clone(), Vec::new());
                let (stage, outcome) = (Stage::Today, None);
                matters.push(Matter { decision, stage, people, covers, outcome });
            }
        }
    }
    matters
}

/// The notice that settles a required procedure.
fn covering(decision: &Decision) -> Option<&str> {
    decision.covered_by.as_deref().filter(|_| decision.status == Status::Required)
}

fn stage(decision: &Decision, outcome: Option<&Outcome>) -> Stage {
    match outcome.map(|outcome| outcome.kind.as_str()) {
        Some("taken" | "paper-to-follow") => return Stage::Today,
        Some("already-done") => return Stage::Before,
        Some(_) => return Stage::Later,
        None => {}
    }
    match decision.status {
        Status::MayApply => Stage::May,
        Status::Undecided => Stage::Open,
        Status::NotNeeded | Status::Required => {
            let today = decision.done_at == DoneAt::Here && decision.not_before.is_none();
            if today { Stage::Today } else { Stage::Later }
        }
    }
}

/// Adds who is not there yet.
pub(super) fn join(people: &mut Vec<String>, others: &[String]) {
    for other in others {
        if !people.contains(other) {
            people.push(other.clone());
        }
    }
}
