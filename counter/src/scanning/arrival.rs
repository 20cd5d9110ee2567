//! What a sheet gives to a case: who of its people is who of the household, and the step that takes it in.
//!
//! Only somebody of the same name and birth date is the same person without being asked. What a source has said
//! already is not said again, so that taking a sheet in twice changes nothing and unsettles nothing.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_rules::{Answer, Detail, Fact, FactSet, Pack, Question, Subject, Value, questions};

use super::opened::{Given, Opened};
use crate::case::Case;
use crate::door::DoorError;
use crate::event::{CaseEvent, LeftOpen, ReadBefore, Received, SheetPack, SlipSource, Statement};
use crate::holder::{Candidate, Likeness, Traits, candidates};

/// The fact that a case is opened for.
const EVENT: &str = "event";

/// Where a sheet goes.
#[derive(Clone, Copy)]
pub enum Place<'a> {
    /// Into this case.
    Case(&'a Case),
    /// Into a case that is opened for it.
    New,
}

/// Who of the household a person on the sheet is, where somebody said so; `None`: somebody new.
pub type WhoIsWho = BTreeMap<String, Option<String>>;

/// What a sheet gives under a pack.
pub struct Arrival {
    /// The facts and what became none.
    pub given: Given,
    goes_on_from: Option<(String, Date)>,
}

impl Arrival {
    /// Of a sheet under the pack of the case it goes into.
    pub fn of(opened: &Opened, pack: &Pack) -> Arrival {
        let goes_on_from = opened.goes_on_from();
        Arrival {
            given: opened.given(pack),
            goes_on_from: goes_on_from.map(|(case, day)| (case.to_owned(), day)),
        }
    }

    /// Members of the household who may be this person on the sheet, most alike first.
    pub fn same_as(&self, place: Place<'_>, person: &str) -> Vec<Candidate> {
        let Place::Case(case) = place else { return Vec::new() };
        let who = Traits::of_person(&self.given.facts, person);
        let mut found = candidates(&case.facts, &who);
        found.retain(|candidate| candidate.likeness != Likeness::None);
        found
    }

    /// What the case is opened for.
    pub fn event(&self) -> Option<Statement> {
        let statement = self.given.facts.get(&Subject::Case, EVENT)?.clone();
        Some(Statement { subject: Subject::Case, fact: EVENT.to_owned(), statement })
    }

    /// The day at the counter that a slip goes on from.
    pub fn day(&self) -> Option<Date> {
        self.goes_on_from.as_ref().map(|(_, day)| *day)
    }

    /// How many values it carries.
    pub fn answers(&self) -> usize {
        let facts = &self.given.facts;
        let known = |(_, stated): &(&str, &Fact)| matches!(stated.answer, Answer::Known(_));
        subjects(facts).map(|subject| facts.newest(&subject).filter(known).count()).sum()
    }

    /// Questions that are asked at home with this pack and were neither answered nor left to the counter.
    pub fn newly_asked(&self, pack: &Pack, on: Date, lang: &str) -> Vec<Question> {
        if self.goes_on_from.is_some() {
            return Vec::new();
        }
        let open = questions(pack, &self.given.facts, on, lang, Detail::Next);
        let left = |question: &Question| {
            let subject = Subject::from(question.person.clone());
            self.given.at_counter.contains(&(subject, question.fact.clone()))
        };
        open.into_iter().filter(|question| question.at_home && !left(question)).collect()
    }

    /// The step that takes the sheet in.
    ///
    /// # Errors
    /// `sheet-people` when somebody on it is like somebody of the household and nobody has said whether it is the same
    /// person, or two are said to be one; `person-unknown`.
    pub fn received(
        &self,
        opened: &Opened,
        place: Place<'_>,
        who: &WhoIsWho,
    ) -> Result<Received, DoorError> {
        let (names, people) = self.names(place, who)?;
        let known = match place {
            Place::Case(case) => Some(&case.facts),
            Place::New => None,
        };
        let facts = &self.given.facts;
        let mut statements = Vec::new();
        for subject in subjects(facts) {
            let about = renamed(&names, &subject);
            let ids: Vec<&str> = facts.known(&subject).collect();
            for fact in ids {
                for stated in facts.all(&subject, fact) {
                    let statement =
                        Fact { answer: answer(&names, &stated.answer), ..stated.clone() };
                    if !known.is_some_and(|known| is_said(known, &about, fact, &statement)) {
                        let (subject, fact) = (about.clone(), fact.to_owned());
                        statements.push(Statement { subject, fact, statement });
                    }
                }
            }
        }
        let left_open = self.given.at_counter.iter().map(|(subject, fact)| LeftOpen {
            subject: renamed(&names, subject),
            fact: fact.clone(),
        });
        Ok(Received {
            sheet: opened.sheet.clone(),
            made_minutes: opened.made_minutes,
            valid_until: opened.valid_until.into(),
            pack: SheetPack { version: opened.pack.revision, hash: hex::encode(opened.pack.hash) },
            lang: opened.lang.clone(),
            via: opened.via.id().to_owned(),
            people,
            statements,
            household_complete: facts.household_complete.then_some(true),
            at_counter: left_open.collect(),
            withdrawn: self.given.withdrawn.clone(),
            slip: self.goes_on_from.as_ref().map(|(case, _)| SlipSource {
                case: case.clone(),
                documents: self.documents(&names),
            }),
        })
    }

    fn documents(&self, names: &BTreeMap<String, String>) -> Vec<ReadBefore> {
        let document = |(document, person): &(String, String)| ReadBefore {
            document: document.clone(),
            person: names.get(person).unwrap_or(person).clone(),
        };
        self.given.documents.iter().map(document).collect()
    }

    /// The id in the case of everybody on the sheet, and those who are new.
    fn names(
        &self,
        place: Place<'_>,
        who: &WhoIsWho,
    ) -> Result<(BTreeMap<String, String>, Vec<String>), DoorError> {
        let mut names = BTreeMap::new();
        let mut new = Vec::new();
        let mut free: Box<dyn Iterator<Item = String>> = match place {
            Place::Case(case) => Box::new(case.free_people()),
            Place::New => Box::new((1..=u32::MAX).map(|number| format!("p{number}"))),
        };
        for person in self.given.facts.people() {
            let same = match who.get(&person.id) {
                Some(said) => said.clone(),
                None => self.surely(place, &person.id)?,
            };
            let id = match same {
                Some(id) => {
                    let known = matches!(place, Place::Case(case) if case.facts.has_person(&id));
                    if !known {
                        return Err(DoorError::of("person-unknown").with("person", id));
                    }
                    id
                }
                None => {
                    let id = free.next().unwrap_or_default();
                    new.push(id.clone());
                    id
                }
            };
            if names.values().any(|taken| *taken == id) {
                return Err(DoorError::of("sheet-people").with("person", &person.id));
            }
            names.insert(person.id.clone(), id);
        }
        Ok((names, new))
    }

    /// Who this is without asking; `None`: somebody new.
    fn surely(&self, place: Place<'_>, person: &str) -> Result<Option<String>, DoorError> {
        let candidates = self.same_as(place, person);
        match candidates.as_slice() {
            [] => Ok(None),
            [first, rest @ ..]
                if first.likeness == Likeness::Exact
                    && rest.first().is_none_or(|next| next.likeness != Likeness::Exact) =>
            {
                Ok(Some(first.person.clone()))
            }
            _ => Err(DoorError::of("sheet-people").with("person", person)),
        }
    }
}

impl Received {
    /// The step.
    pub fn event(self) -> CaseEvent {
        CaseEvent::SheetReceived(Box::new(self))
    }
}

fn subjects(facts: &FactSet) -> impl Iterator<Item = Subject> {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    std::iter::once(Subject::Case).chain(people)
}

fn renamed(names: &BTreeMap<String, String>, subject: &Subject) -> Subject {
    let person = subject.person().and_then(|person| names.get(person));
    person.map_or_else(|| subject.clone(), |person| Subject::Person(person.clone()))
}

fn answer(names: &BTreeMap<String, String>, answer: &Answer) -> Answer {
    match answer {
        Answer::Known(Value::PersonId(person)) => {
            let person = names.get(person).unwrap_or(person);
            Answer::Known(Value::PersonId(person.clone()))
        }
        other => other.clone(),
    }
}

/// Whether the same source said the same last.
fn is_said(known: &FactSet, subject: &Subject, fact: &str, new: &Fact) -> bool {
    let said = known.all(subject, fact).iter().rev().find(|stated| stated.source == new.source);
    said.is_some_and(|said| said.answer == new.answer && (said.settles || !new.settles))
}
