//! How many questions are asked until nothing is missing: ours, a greedy chooser, and everything.

use std::collections::BTreeMap;

use kakanai_rules::{Engine, FactSet, Pack, Status, Subject};

use crate::generator::ON;
use crate::household::{Stated, facts, household, state};

/// Questions asked in one household.
#[derive(Debug, Default, Clone, Copy)]
pub struct Asked {
    /// Ours, until every procedure is decided.
    pub ours: usize,
    /// Ours, until the last days and the papers of required procedures lack nothing either.
    pub ours_with_papers: usize,
    /// Always the fact of most undecided (procedure, person), until every procedure is decided.
    pub greedy: usize,
    /// All there are.
    pub everything: usize,
}

/// Interviews one household.
pub fn interview(
    pack: &Pack,
    engine: &Engine<'_>,
    size: usize,
    seed: u64,
) -> Result<Asked, String> {
    let stated = household(pack, size, seed);
    let answers: BTreeMap<(Option<&str>, &str), &Stated> =
        stated.iter().map(|one| ((one.subject.person(), one.fact.as_str()), one)).collect();
    let answer = |facts: &mut FactSet, person: Option<&str>, fact: &str| match answers
        .get(&(person, fact))
    {
        Some(one) => {
            state(facts, one);
            Ok(())
        }
        // Papers ask for names and telephone numbers too, which decide nothing.
        None => {
            let subject = person.map_or(Subject::Case, |id| Subject::Person(id.to_owned()));
            let value = kakanai_rules::Value::Text("見本".to_owned());
            state(facts, &Stated { subject, fact: fact.to_owned(), value });
            if ["name", "phone"].contains(&fact) {
                Ok(())
            } else {
                Err(format!("no answer to {fact}"))
            }
        }
    };
    let undecided = |facts: &FactSet| engine.statuses(facts, ON).contains(&Status::Undecided);

    let mut asked = Asked { everything: stated.len(), ..Asked::default() };
    let mut known = facts(size, &[], |_| true);
    let mut decided = false;
    while let Some(question) = engine.step(&known, ON, "ja").next {
        decided |= !undecided(&known);
        answer(&mut known, question.person.as_deref(), &question.fact)?;
        asked.ours += usize::from(!decided);
        asked.ours_with_papers += 1;
    }
    let ours = engine.statuses(&known, ON);

    let mut known = facts(size, &[], |_| true);
    while let Some((person, fact)) = most_needed(engine, &known) {
        answer(&mut known, person.as_deref(), &fact)?;
        asked.greedy += 1;
    }
    if ours != engine.statuses(&known, ON) {
        return Err("the order of questions changed the outcome".to_owned());
    }
    Ok(asked)
}

fn most_needed(engine: &Engine<'_>, facts: &FactSet) -> Option<(Option<String>, String)> {
    let mut counts: BTreeMap<(Option<String>, String), usize> = BTreeMap::new();
    for decision in engine.determine(facts, ON, "ja").decisions {
        for need in decision.needs {
            *counts.entry((need.person, need.fact)).or_default() += 1;
        }
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(need, _)| need)
}
