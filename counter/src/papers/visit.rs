//! The decisions as a visit sees them: what is settled today, what is left, what may be asked for.
//!
//! Discreet procedures are left out here, so that no shared sheet can meet one.

use kakanai_rules::pack::DoneAt;
use kakanai_rules::{Decision, Determination, Status};

/// How far a procedure has come when the household leaves this counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Stage {
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
}

/// What concerns the household, in the pack's order; the same procedure of several people once.
pub(super) fn matters(determination: &Determination) -> Vec<Matter<'_>> {
    let shown = || {
        let decisions = determination.decisions.iter();
        decisions
            .filter(|decision| !decision.discreet && decision.status != Status::NotNeeded)
            .map(|decision| (decision, covering(decision)))
    };
    let mut matters: Vec<Matter<'_>> = Vec::new();
    for (decision, _) in shown().filter(|(_, covering)| covering.is_none()) {
        let stage = stage(decision);
        let same = |matter: &&mut Matter<'_>| {
            let other = matter.decision;
            matter.stage == stage
                && other.procedure == decision.procedure
                && (other.deadline, other.not_before) == (decision.deadline, decision.not_before)
        };
        match matters.iter_mut().find(same) {
            Some(matter) => join(&mut matter.people, &decision.people),
            None => {
                let people = decision.people.clone();
                matters.push(Matter { decision, stage, people, covers: Vec::new() });
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
                matters.push(Matter { decision, stage: Stage::Today, people, covers });
            }
        }
    }
    matters
}

/// The notice that settles a required procedure.
fn covering(decision: &Decision) -> Option<&str> {
    decision.covered_by.as_deref().filter(|_| decision.status == Status::Required)
}

fn stage(decision: &Decision) -> Stage {
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
