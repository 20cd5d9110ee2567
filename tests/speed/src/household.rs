//! Households with an answer to every question of a pack, the same for the same seed.

use jiff::ToSpan;
use kakanai_rules::{Answer, Fact, FactSet, FactType, Pack, Source, Subject, SubjectKind, Value};

use crate::chance::Chance;
use crate::generator::{CHOICES, EVENTS, ON};

/// A fact of a household with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// About whom.
    pub subject: Subject,
    /// The fact.
    pub fact: String,
    /// Its value.
    pub value: Value,
}

/// Everything there is to say about a household of `size`, in the order of the questions.
pub fn household(pack: &Pack, size: usize, seed: u64) -> Vec<Stated> {
    let mut chance = Chance::new(seed);
    let mut stated = Vec::new();
    let days = |chance: &mut Chance, before: i64, after: i64| {
        let day = chance.between(-before, after);
        Value::Date(ON.saturating_add(day.days()).into())
    };
    let mut state = |subject: &Subject, fact: &str, value: Value| {
        stated.push(Stated { subject: subject.clone(), fact: fact.to_owned(), value });
    };
    let case = Subject::Case;
    state(&case, "event", Value::Choice((*chance.pick(&EVENTS)).to_owned()));
    state(&case, "move_date", days(&mut chance, 40, 10));
    let people: Vec<Subject> =
        (1..=size).map(|number| Subject::Person(format!("p{number}"))).collect();
    for person in &people {
        let age = chance.between(0, 90) * 365 + chance.between(0, 364);
        state(person, "birth_date", days(&mut chance, age, -age));
    }
    for def in &pack.facts {
        let subjects = match def.subject {
            SubjectKind::Case => std::slice::from_ref(&case),
            SubjectKind::Person => &people,
        };
        for subject in subjects {
            let value = match def.kind {
                FactType::YesNo => Value::YesNo(chance.percent(40)),
                FactType::Choice => Value::Choice((*chance.pick(&CHOICES)).to_owned()),
                FactType::Number => Value::Number(chance.between(0, 100)),
                _ => days(&mut chance, 200, 20),
            };
            state(subject, &def.id, value);
        }
    }
    stated
}

/// The facts of a household of `size` with the statements that `said` lets through.
pub fn facts(size: usize, stated: &[Stated], mut said: impl FnMut(&Stated) -> bool) -> FactSet {
    let mut facts = FactSet::default();
    for number in 1..=size {
        facts.add_person(&format!("p{number}"));
    }
    for one in stated.iter().filter(|one| said(one)) {
        state(&mut facts, one);
    }
    facts
}

/// Adds one statement.
pub fn state(facts: &mut FactSet, one: &Stated) {
    let answer = Answer::Known(one.value.clone());
    facts.state(&one.subject, &one.fact, Fact { answer, source: Source::Staff, settles: false });
}
