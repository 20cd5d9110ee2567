//! From a submission to facts: every question number looked up one by one in the counter's own pack.
//!
//! The page may have had an older or a newer pack, and a sheet may come from anybody: what the counter's pack does
//! not ask, or does not let be asked at home, becomes no fact and is named instead.

use kakanai_rules::{
    Answer, Fact, FactSet, Pack, Sensitivity, Source, Subject, SubjectKind, Value,
};

use crate::answer::{Answers, Given, Why, take};
use crate::submission::Submission;

/// The fact id of the question for the members of the household.
pub(crate) const PEOPLE: &str = "people";

/// What a submission gives to a case.
pub struct Imported {
    /// The facts, all with source `qr`; people are `p1`, `p2`, … in the order of the sheet.
    pub facts: FactSet,
    /// "I'd rather say it at the counter" or "I don't know": to be asked at the counter. The fact of the question for
    /// the members of the household is `people`.
    pub at_counter: Vec<(Subject, String)>,
    /// Numbers of questions that the pack asks no more, or does not know; each once.
    pub withdrawn: Vec<u32>,
    /// Answers that become no fact.
    pub refused: Vec<Refused>,
}

/// An answer that becomes no fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The question's number.
    pub number: u32,
    /// The person's id in [`Imported::facts`]; `None` for the household.
    pub person: Option<String>,
    /// Why.
    pub why: Why,
}

impl Submission {
    /// The facts that this submission gives under `pack`.
    pub fn import(&self, pack: &Pack) -> Imported {
        let people: Vec<String> =
            (1..=self.people.len()).map(|place| format!("p{place}")).collect();
        let mut import = Import {
            pack,
            vocabulary: pack.vocabulary(),
            imported: Imported {
                facts: FactSet::unfinished(),
                at_counter: Vec::new(),
                withdrawn: Vec::new(),
                refused: Vec::new(),
            },
            people: &people,
        };
        import.answers(&Subject::Case, &self.case);
        for (id, answers) in people.iter().zip(&self.people) {
            import.imported.facts.add_person(id);
            import.answers(&Subject::Person(id.clone()), answers);
        }
        import.imported.withdrawn.sort_unstable();
        import.imported.withdrawn.dedup();
        import.imported
    }
}

struct Import<'a> {
    pack: &'a Pack,
    vocabulary: kakanai_rules::Vocabulary,
    imported: Imported,
    people: &'a [String],
}

enum Taken {
    Fact(Value),
    HouseholdComplete(bool),
    AtCounter,
}

impl Import<'_> {
    fn answers(&mut self, subject: &Subject, answers: &Answers) {
        for (number, given) in answers {
            let mut rows = self.pack.questions.iter();
            let row = rows.find(|row| row.number == *number && !row.retired);
            let Some(row) = row else {
                self.imported.withdrawn.push(*number);
                continue;
            };
            let taken = if row.at_home {
                self.answer(subject, &row.fact, given)
            } else {
                Err(Why::NotAtHome)
            };
            match taken {
                Ok(Taken::Fact(value)) => {
                    let answer = Answer::Known(value);
                    let fact = Fact { answer, source: Source::Qr, settles: false };
                    self.imported.facts.state(subject, &row.fact, fact);
                }
                Ok(Taken::HouseholdComplete(complete)) => {
                    self.imported.facts.household_complete = complete;
                }
                Ok(Taken::AtCounter) => {
                    self.imported.at_counter.push((subject.clone(), row.fact.clone()));
                }
                Err(why) => self.imported.refused.push(Refused {
                    number: *number,
                    person: subject.person().map(str::to_owned),
                    why,
                }),
            }
        }
    }

    fn answer(&self, subject: &Subject, fact: &str, given: &Given) -> Result<Taken, Why> {
        let not_said = matches!(given, Given::AtCounter | Given::Unknown);
        if fact == PEOPLE {
            return match given {
                _ if *subject != Subject::Case => Err(Why::WrongSubject),
                _ if not_said => Ok(Taken::AtCounter),
                Given::YesNo(complete) => Ok(Taken::HouseholdComplete(*complete)),
                _ => Err(Why::WrongType),
            };
        }
        let def = self.vocabulary.get(fact).ok_or(Why::NotAtHome)?;
        if def.sensitivity == Sensitivity::Discreet {
            return Err(Why::NotAtHome);
        }
        if (def.subject == SubjectKind::Case) != (*subject == Subject::Case) {
            return Err(Why::WrongSubject);
        }
        if not_said {
            return Ok(Taken::AtCounter);
        }
        take(self.pack, def, given, self.people).map(Taken::Fact)
    }
}
