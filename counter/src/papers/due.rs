//! Which forms are due, for whom, and in which order they lie in the packet.

use kakanai_forms::Template;
use kakanai_forms::template::{Scope, SignedBy};
use kakanai_rules::pack::DoneAt;
use kakanai_rules::{Decision, Determination, Pack, Status};

use super::visit::join;

/// One form with everybody it is for; a form that several procedures share is made once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Due {
    pub form: String,
    pub people: Vec<String>,
    /// The procedures it is made for, each with its people.
    pub procedures: Vec<(String, Vec<String>)>,
}

impl Due {
    /// The procedures it is made for; with a person those that are for this person.
    pub fn procedures_of(&self, person: Option<&str>) -> Vec<String> {
        let theirs = |people: &Vec<String>| {
            person.is_none_or(|person| people.is_empty() || people.iter().any(|one| one == person))
        };
        let of = self.procedures.iter().filter(|(_, people)| theirs(people));
        of.map(|(procedure, _)| procedure.clone()).collect()
    }

    /// How many papers of this form the household gets.
    pub fn papers(&self, template: &Template) -> usize {
        match template.scope {
            Scope::Household => 1,
            Scope::Person => self.people.len(),
        }
    }
}

/// Which decisions papers are made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked {
    /// What the household needs.
    Required,
    /// What it may apply for (希望する方): printed once somebody wishes it.
    Offered,
    /// What is for one pair of eyes.
    Discreet,
}

impl Asked {
    fn by(self, decision: &Decision) -> bool {
        match self {
            Asked::Required => decision.status == Status::Required && !decision.discreet,
            Asked::Offered => decision.status == Status::MayApply && !decision.discreet,
            Asked::Discreet => decision.status == Status::Required && decision.discreet,
        }
    }
}

/// The forms that may be wished for, without those that the household gets anyway.
pub(super) fn offered(
    pack: &Pack,
    determination: &Determination,
    required: &[Due],
    scope: impl Fn(&str) -> Option<Scope>,
) -> Vec<Due> {
    let mut offered = due(pack, determination, Asked::Offered);
    for due in &mut offered {
        let Some(made) = required.iter().find(|made| made.form == due.form) else { continue };
        match scope(&due.form) {
            Some(Scope::Person) => due.people.retain(|person| !made.people.contains(person)),
            _ => due.people.clear(),
        }
    }
    offered.retain(|due| !due.people.is_empty());
    offered
}

/// The forms that are due, in the order of the counters visited: what is done at this counter first, then by
/// office in the pack's order.
pub(super) fn due(pack: &Pack, determination: &Determination, asked: Asked) -> Vec<Due> {
    let mut due: Vec<(Due, (bool, usize))> = Vec::new();
    for decision in determination.decisions.iter().filter(|decision| asked.by(decision)) {
        let place = place(pack, decision);
        for paper in &decision.papers {
            let made_for = (decision.procedure.clone(), decision.people.clone());
            match due.iter_mut().find(|(due, _)| due.form == paper.form) {
                None => {
                    let (form, people) = (paper.form.clone(), paper.people.clone());
                    due.push((Due { form, people, procedures: vec![made_for] }, place));
                }
                Some((due, first)) => {
                    join(&mut due.people, &paper.people);
                    match due.procedures.iter_mut().find(|(id, _)| *id == made_for.0) {
                        Some((_, people)) => join(people, &made_for.1),
                        None => due.procedures.push(made_for),
                    }
                    *first = place.min(*first);
                }
            }
        }
    }
    due.sort_by_key(|(_, place)| *place);
    due.into_iter().map(|(due, _)| due).collect()
}

/// Where a procedure stands on the way through the counters.
fn place(pack: &Pack, decision: &Decision) -> (bool, usize) {
    let office = pack.offices.iter().position(|office| office.id == decision.office);
    (decision.done_at != DoneAt::Here, office.unwrap_or(usize::MAX))
}

/// The places on a form where somebody has to sign. What is kept for those who wish to sign asks nobody.
pub(super) fn signature_places(template: &Template) -> usize {
    template.signatures.iter().filter(|place| place.signature != SignedBy::None).count()
}
