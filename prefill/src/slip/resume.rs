//! From a slip to the facts of a case that goes on at another terminal.

use kakanai_rules::{Fact, FactSet, Pack, Sensitivity, Source, Subject, SubjectKind, Vocabulary};

use crate::answer::Why;
use crate::slip::Slip;
use crate::slip::carried::{Carried, Key};

/// What a slip gives to a case.
pub struct Resumed {
    /// The facts with their sources; people are `p1`, `p2`, … in the order of the slip. Statements that disagree and
    /// that nobody settled are all there.
    pub facts: FactSet,
    /// Documents that were read: kind and the person's id in `facts`.
    pub documents: Vec<(String, String)>,
    /// What this terminal's pack does not take.
    pub left: Vec<Uncarried>,
}

/// A statement that this terminal's pack does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncarried {
    /// The number of its question, or its fact id.
    pub what: String,
    /// The person's id in [`Resumed::facts`]; `None` for the case.
    pub person: Option<String>,
    /// Why.
    pub why: Why,
}

impl Slip {
    /// The facts under `pack`.
    pub fn import(&self, pack: &Pack) -> Resumed {
        let people: Vec<String> =
            (1..=self.people.len()).map(|place| format!("p{place}")).collect();
        let documents = self.documents.iter();
        let documents = documents
            .filter_map(|(kind, place)| Some((kind.clone(), people.get(*place)?.clone())))
            .collect();
        let mut resuming = Resuming {
            pack,
            vocabulary: pack.vocabulary(),
            people: &people,
            resumed: Resumed { facts: FactSet::unfinished(), documents, left: Vec::new() },
        };
        resuming.resumed.facts.household_complete = self.household_complete;
        for id in &people {
            resuming.resumed.facts.add_person(id);
        }
        // What disagrees was said before what counts.
        for other in &self.disagreeing {
            resuming.state(other.person, &other.key, other.source, &other.value);
        }
        let subjects = std::iter::once((None, &self.case));
        let subjects = subjects.chain((0..).map(Some).zip(&self.people));
        for (person, statements) in subjects {
            for (key, value) in statements {
                resuming.state(person, key, self.source_of(person, key), value);
            }
        }
        resuming.resumed
    }
}

struct Resuming<'a> {
    pack: &'a Pack,
    vocabulary: Vocabulary,
    people: &'a [String],
    resumed: Resumed,
}

impl Resuming<'_> {
    fn state(&mut self, person: Option<usize>, key: &Key, source: Source, value: &Carried) {
        let id = person.and_then(|place| self.people.get(place)).cloned();
        let known = if person.is_some() && id.is_none() {
            Err(Why::NoSuchPerson)
        } else {
            self.known(person, key, value)
        };
        match known {
            Ok((fact, answer)) => {
                let fact_of_case = Fact { answer, source, settles: false };
                self.resumed.facts.state(&Subject::from(id), &fact, fact_of_case);
            }
            Err(why) => self.resumed.left.push(Uncarried { what: key.name(), person: id, why }),
        }
    }

    fn known(
        &self,
        person: Option<usize>,
        key: &Key,
        value: &Carried,
    ) -> Result<(String, kakanai_rules::Answer), Why> {
        let fact = key.fact(self.pack).ok_or(Why::UnknownFact)?;
        let def = self.vocabulary.get(fact).ok_or(Why::UnknownFact)?;
        if (def.subject == SubjectKind::Case) == person.is_some() {
            return Err(Why::WrongSubject);
        }
        // A terminal with a newer pack may know that a fact is discreet; a slip is no place for it.
        if def.sensitivity == Sensitivity::Discreet {
            return Err(Why::UnknownFact);
        }
        Ok((fact.to_owned(), value.answer(self.pack, def, self.people)?))
    }
}
