//! Facts: what is known, about whom, who said so and from where.
//!
//! Sources that disagree are all kept ([`Fact`]s of one id stand in order of arrival); the newest counts
//! until a person settles the matter ([`Fact::settles`]).

use std::collections::BTreeMap;

use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use crate::pack::Pack;

/// The value of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "kebab-case")]
pub enum Value {
    /// Yes or no.
    YesNo(bool),
    /// The id of a choice.
    Choice(String),
    /// Ids of choices.
    Choices(Vec<String>),
    /// A date with possibly unknown parts.
    Date(PartialDate),
    /// A whole number.
    Number(i64),
    /// Text exactly as it came; never normalised.
    Text(String),
    /// The id of a person.
    PersonId(String),
    /// Procedures already done.
    DoneList(Vec<AlreadyDone>),
}

/// A procedure that the household did before, elsewhere or earlier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlreadyDone {
    /// Procedure id.
    pub procedure: String,
    /// Where it was done.
    #[serde(default)]
    pub r#where: String,
    /// The day it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<PartialDate>,
}

impl Value {
    /// The value as shared papers, screens and files may say it: of what was done already, nothing discreet. `None`
    /// when nothing is left.
    pub fn shared(&self, pack: &Pack) -> Option<Value> {
        let Value::DoneList(done) = self else { return Some(self.clone()) };
        let open = |done: &&AlreadyDone| {
            pack.procedure(&done.procedure).is_none_or(|procedure| !procedure.discreet)
        };
        let shared: Vec<AlreadyDone> = done.iter().filter(open).cloned().collect();
        (!shared.is_empty()).then_some(Value::DoneList(shared))
    }
}

/// What somebody said to a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// A value.
    Known(Value),
    /// "I don't know" (分からない): not asked again, stays undecided.
    Unknown,
    /// "I'd rather not say" (答えない): not asked again, stays undecided.
    Declined,
}

/// Where a fact came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// My Number card (券面事項入力補助).
    Card,
    /// Driver's licence.
    Licence,
    /// Residence card (在留カード) or special permanent resident certificate.
    ResidenceCard,
    /// Moving-out certificate (転出証明書), typed from the paper.
    Certificate,
    /// The resident's own QR codes.
    Qr,
    /// A facts file.
    File,
    /// Said or touched by the resident.
    Resident,
    /// Typed by the clerk.
    Staff,
    /// A default that the pack states.
    Pack,
    /// Computed from other facts.
    Derived,
}

impl Source {
    /// The id used in files and on the door.
    pub fn id(self) -> &'static str {
        match self {
            Source::Card => "card",
            Source::Licence => "licence",
            Source::ResidenceCard => "residence-card",
            Source::Certificate => "certificate",
            Source::Qr => "qr",
            Source::File => "file",
            Source::Resident => "resident",
            Source::Staff => "staff",
            Source::Pack => "pack",
            Source::Derived => "derived",
        }
    }
}

/// One statement about a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What was said.
    pub answer: Answer,
    /// Where it came from.
    pub source: Source,
    /// A person chose this value over disagreeing ones.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub settles: bool,
}

/// About whom.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Subject {
    /// The case.
    Case,
    /// The person with this id.
    Person(String),
}

impl Subject {
    /// The person's id; `None` for the case.
    pub fn person(&self) -> Option<&str> {
        match self {
            Subject::Case => None,
            Subject::Person(id) => Some(id),
        }
    }
}

impl From<Option<String>> for Subject {
    fn from(person: Option<String>) -> Subject {
        person.map_or(Subject::Case, Subject::Person)
    }
}

type Facts = BTreeMap<String, Vec<Fact>>;

/// A member of the household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id within the case: `p1`, `p2`, ….
    pub id: String,
    facts: Facts,
}

/// Everything known in a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactSet {
    /// All members of the household are named; otherwise rules over members stay undecided.
    pub household_complete: bool,
    case: Facts,
    people: Vec<Person>,
}

impl Default for FactSet {
    fn default() -> Self {
        FactSet { household_complete: true, case: Facts::new(), people: Vec::new() }
    }
}

impl FactSet {
    /// Nothing known yet, members of the household still to be named.
    pub fn unfinished() -> FactSet {
        FactSet { household_complete: false, ..FactSet::default() }
    }

    /// The people, in the order in which they were named.
    pub fn people(&self) -> &[Person] {
        &self.people
    }

    /// Adds a person without facts; an id already there stays as it is.
    pub fn add_person(&mut self, id: &str) {
        if !self.has_person(id) {
            self.people.push(Person { id: id.to_owned(), facts: Facts::new() });
        }
    }

    /// Removes a person with everything known of them.
    pub fn remove_person(&mut self, id: &str) {
        self.people.retain(|person| person.id != id);
    }

    /// Whether the household has this person.
    pub fn has_person(&self, id: &str) -> bool {
        self.people.iter().any(|person| person.id == id)
    }

    /// Adds a statement; a person who is not there yet is added.
    pub fn state(&mut self, subject: &Subject, fact: &str, statement: Fact) {
        let facts = match subject {
            Subject::Case => &mut self.case,
            Subject::Person(id) => {
                self.add_person(id);
                match self.people.iter_mut().find(|person| person.id == *id) {
                    Some(person) => &mut person.facts,
                    None => return,
                }
            }
        };
        facts.entry(fact.to_owned()).or_default().push(statement);
    }

    /// The statement that counts: the newest.
    pub fn get(&self, subject: &Subject, fact: &str) -> Option<&Fact> {
        self.all(subject, fact).last()
    }

    /// The value that counts; `None` while unknown or not said.
    pub fn value(&self, subject: &Subject, fact: &str) -> Option<&Value> {
        match &self.get(subject, fact)?.answer {
            Answer::Known(value) => Some(value),
            Answer::Unknown | Answer::Declined => None,
        }
    }

    /// The full calendar day of a date fact of the case.
    pub fn day(&self, fact: &str) -> Option<jiff::civil::Date> {
        match self.value(&Subject::Case, fact)? {
            Value::Date(date) => date.full(),
            _ => None,
        }
    }

    /// Every statement, oldest first.
    pub fn all(&self, subject: &Subject, fact: &str) -> &[Fact] {
        self.facts_of(subject).and_then(|facts| facts.get(fact)).map_or(&[], Vec::as_slice)
    }

    /// What other sources said last, where it disagrees with the value that counts, unless a person settled it.
    pub fn conflicts(&self, subject: &Subject, fact: &str) -> Vec<&Fact> {
        let Some((newest, older)) = self.all(subject, fact).split_last() else {
            return Vec::new();
        };
        if newest.settles {
            return Vec::new();
        }
        let corrected = |(place, other): &(usize, &Fact)| {
            older.iter().skip(place.saturating_add(1)).any(|later| later.source == other.source)
        };
        older
            .iter()
            .enumerate()
            .filter(|other| !corrected(other))
            .map(|(_, other)| other)
            .filter(|other| other.source != newest.source && other.answer != newest.answer)
            .filter(|other| matches!(other.answer, Answer::Known(_)))
            .collect()
    }

    /// The ids of the facts somebody said something about, in order of id.
    pub fn known(&self, subject: &Subject) -> impl Iterator<Item = &str> {
        self.facts_of(subject).into_iter().flat_map(|facts| facts.keys().map(String::as_str))
    }

    /// The statements that count, in order of fact id.
    pub fn newest(&self, subject: &Subject) -> impl Iterator<Item = (&str, &Fact)> {
        let facts = self.facts_of(subject).into_iter().flatten();
        facts.filter_map(|(id, statements)| Some((id.as_str(), statements.last()?)))
    }

    fn facts_of(&self, subject: &Subject) -> Option<&Facts> {
        match subject {
            Subject::Case => Some(&self.case),
            Subject::Person(id) => {
                self.people.iter().find(|person| person.id == *id).map(|person| &person.facts)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str, source: Source, settles: bool) -> Fact {
        Fact { answer: Answer::Known(Value::Text(text.to_owned())), source, settles }
    }

    #[test]
    fn sources_that_disagree_are_kept_until_a_person_settles_it() {
        let subject = Subject::Person("p1".to_owned());
        let mut facts = FactSet::default();
        facts.state(&subject, "name", text("大王　花子", Source::Qr, false));
        facts.state(&subject, "name", text("大王　華子", Source::Card, false));
        assert_eq!(facts.conflicts(&subject, "name").len(), 1);
        assert_eq!(facts.value(&subject, "name"), Some(&Value::Text("大王　華子".to_owned())));
        facts.state(&subject, "name", text("大王　華子", Source::Staff, true));
        assert!(facts.conflicts(&subject, "name").is_empty());
        assert_eq!(facts.all(&subject, "name").len(), 3);
    }

    #[test]
    fn a_value_typed_twice_by_one_source_is_a_correction_not_a_conflict() {
        let mut facts = FactSet::default();
        facts.state(&Subject::Case, "phone", text("000-0000-0001", Source::Staff, false));
        facts.state(&Subject::Case, "phone", text("000-0000-0002", Source::Staff, false));
        assert!(facts.conflicts(&Subject::Case, "phone").is_empty());
        facts.state(&Subject::Case, "phone", text("000-0000-0003", Source::Card, false));
        let conflicts = facts.conflicts(&Subject::Case, "phone");
        assert_eq!(conflicts, [&text("000-0000-0002", Source::Staff, false)]);
    }
}
