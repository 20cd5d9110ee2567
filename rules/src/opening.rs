//! Procedures grouped by how their rows begin: most rows begin with the event of the visit, so one look at a few
//! conditions of the case rules out most procedures for everybody.

use std::collections::HashMap;

use crate::index::{Atom, Procedure};
use crate::situation::Situation;
use crate::truth::Truth;

/// The first conditions about the case of every procedure's rows.
#[derive(Debug, Default)]
pub struct Openings {
    /// Sets of places in [`crate::index::Index::atoms`], each once.
    sets: Vec<Vec<usize>>,
    /// By procedure: its set; `None` when some row could hold whatever is known of the case.
    by_procedure: Vec<Option<usize>>,
}

impl Openings {
    /// Groups the procedures.
    pub fn new(procedures: &[Procedure<'_>], atoms: &[Atom<'_>]) -> Openings {
        let about_case = |place: &usize| atoms.get(*place).is_some_and(|atom| !atom.personal);
        let mut openings = Openings::default();
        let mut known: HashMap<Vec<usize>, usize> = HashMap::new();
        for procedure in procedures {
            let rules = procedure.rules.iter().filter(|rule| !rule.is_except());
            let first: Option<Vec<usize>> =
                rules.map(|rule| rule.when.atoms.iter().copied().find(about_case)).collect();
            let set = first.map(|mut set| {
                set.sort_unstable();
                set.dedup();
                *known.entry(set).or_insert_with_key(|set| {
                    openings.sets.push(set.clone());
                    openings.sets.len() - 1
                })
            });
            openings.by_procedure.push(set);
        }
        openings
    }

    /// For every procedure whether the first conditions alone leave no row that could make it needed.
    pub fn ruled_out(&self, situation: &Situation<'_>) -> impl Iterator<Item = bool> {
        let fails =
            |set: &Vec<usize>| set.iter().all(|&place| situation.atom(place, None) == Truth::No);
        let failed: Vec<bool> = self.sets.iter().map(fails).collect();
        let out = move |set: &Option<usize>| {
            set.is_some_and(|set| failed.get(set).copied().unwrap_or(false))
        };
        self.by_procedure.iter().map(out)
    }
}
