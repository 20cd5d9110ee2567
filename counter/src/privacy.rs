//! What is private from the hall (配慮項目): illness, disability, income, a family's worries. The office may know it;
//! the people who stand by may not read it on a screen.
//!
//! Nothing here hides anything from the journal, the decisions or the papers.

use std::collections::BTreeSet;

use kakanai_rules::{FactSet, Sensitivity, Subject, Vocabulary};

/// Facts that are no secret and are still answered on the resident's window: nobody says a number aloud.
const RESIDENT_TYPES: [&str; 1] = ["phone"];

/// Whether the resident types a fact, private or not.
pub(crate) fn resident_types(fact: &str) -> bool {
    RESIDENT_TYPES.contains(&fact)
}

/// The private facts of a pack.
pub(crate) struct Private {
    facts: BTreeSet<String>,
}

impl Private {
    /// Reads them out of a pack's vocabulary.
    pub fn of(vocabulary: &Vocabulary) -> Private {
        let private = vocabulary.iter().filter(|def| def.sensitivity == Sensitivity::Private);
        Private { facts: private.map(|def| def.id.clone()).collect() }
    }

    /// Whether a fact is private.
    pub fn fact(&self, id: &str) -> bool {
        self.facts.contains(id)
    }

    /// Whether somebody said something about a private fact.
    pub fn is_known_in(&self, facts: &FactSet) -> bool {
        subjects(facts).any(|subject| facts.known(&subject).any(|fact| self.fact(fact)))
    }

    /// Whether a text names a private fact that somebody said something about: the template of a form that prints it.
    pub fn is_told_by(&self, template: &str, facts: &FactSet) -> bool {
        let known: BTreeSet<String> = subjects(facts)
            .flat_map(|subject| facts.known(&subject).map(str::to_owned).collect::<Vec<_>>())
            .filter(|fact| self.fact(fact))
            .collect();
        let of_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        template.split(|letter| !of_name(letter)).any(|word| known.contains(word))
    }

    /// The same household as if nobody had been asked anything private.
    pub fn taken_out(&self, facts: &FactSet) -> FactSet {
        let mut open = FactSet::unfinished();
        open.household_complete = facts.household_complete;
        for person in facts.people() {
            open.add_person(&person.id);
        }
        for subject in subjects(facts) {
            for fact in facts.known(&subject).filter(|fact| !self.fact(fact)) {
                for statement in facts.all(&subject, fact) {
                    open.state(&subject, fact, statement.clone());
                }
            }
        }
        open
    }
}

/// The case and its people.
pub(crate) fn subjects(facts: &FactSet) -> impl Iterator<Item = Subject> {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    std::iter::once(Subject::Case).chain(people)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kakanai_rules::{Answer, Fact, Source, Value};

    #[test]
    fn what_is_left_is_the_household_without_its_private_facts() {
        let private = Private { facts: BTreeSet::from(["pregnant".to_owned()]) };
        let hanako = Subject::Person("p1".to_owned());
        let yes =
            |source| Fact { answer: Answer::Known(Value::YesNo(true)), source, settles: false };
        let mut facts = FactSet::unfinished();
        facts.add_person("p1");
        facts.state(&Subject::Case, "new_household", yes(Source::Qr));
        facts.state(&Subject::Case, "new_household", yes(Source::Staff));
        let without = facts.clone();
        assert!(!private.is_known_in(&facts));
        facts.state(&hanako, "pregnant", yes(Source::Resident));
        assert!(private.is_known_in(&facts));
        assert_eq!(private.taken_out(&facts), without);
        assert!(private.is_told_by("fact = \"pregnant\"", &facts));
        assert!(!private.is_told_by("fact = \"any_pregnant\"", &facts));
    }
}
