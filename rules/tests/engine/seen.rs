//! A case in short lines, and what the engine makes of it.

use jiff::civil::Date;
use kakanai_rules::fact::AlreadyDone;
use kakanai_rules::{
    Answer, Decision, Detail, Engine, Fact, FactSet, FactType, Missing, Pack, Question, Source,
    Subject, Value,
};

/// Friday, the day at the counter unless a test says another.
pub const TODAY: &str = "2026-11-20";

/// A case seen through a pack on a day.
pub struct Seen<'p> {
    pub engine: Engine<'p>,
    pub facts: FactSet,
    pub on: Date,
}

/// Facts of the case in plain lines, of a person after `p1:`; the line `incomplete` says that not all members are
/// named. Values as in sheets, also `unknown` and `declined`; several with `,` between.
pub fn see<'p>(pack: &'p Pack, lines: &[&str]) -> Seen<'p> {
    see_on(pack, TODAY, lines)
}

pub fn see_on<'p>(pack: &'p Pack, on: &str, lines: &[&str]) -> Seen<'p> {
    let mut seen =
        Seen { engine: Engine::new(pack), facts: FactSet::default(), on: on.parse().unwrap() };
    seen.say(lines);
    seen
}

impl Seen<'_> {
    /// States more facts.
    pub fn say(&mut self, lines: &[&str]) {
        for line in lines {
            if *line == "incomplete" {
                self.facts.household_complete = false;
                continue;
            }
            let (subject, said) = match line.split_once(':') {
                Some((person, said)) => (Subject::Person(person.to_owned()), said),
                None => (Subject::Case, *line),
            };
            if let Some(person) = subject.person() {
                self.facts.add_person(person);
            }
            for word in said.split_whitespace() {
                let (fact, value) = word.split_once('=').unwrap();
                let answer = self.answer(fact, value);
                let statement = Fact { answer, source: Source::Staff, settles: false };
                self.facts.state(&subject, fact, statement);
            }
        }
    }

    fn answer(&self, fact: &str, text: &str) -> Answer {
        let kind = self.engine.vocabulary().get(fact).unwrap_or_else(|| panic!("no {fact}")).kind;
        let ids = || text.split(',').filter(|id| !id.is_empty()).map(str::to_owned);
        Answer::Known(match (text, kind) {
            ("unknown", _) => return Answer::Unknown,
            ("declined", _) => return Answer::Declined,
            (_, FactType::YesNo) => Value::YesNo(text == "yes"),
            (_, FactType::Choice) => Value::Choice(text.to_owned()),
            (_, FactType::Choices) => Value::Choices(ids().collect()),
            (_, FactType::Date) => Value::Date(text.parse().unwrap()),
            (_, FactType::Number) => Value::Number(text.parse().unwrap()),
            (_, FactType::Text) => Value::Text(text.to_owned()),
            (_, FactType::PersonId) => Value::PersonId(text.to_owned()),
            (_, FactType::DoneList) => Value::DoneList(ids().map(|id| done(&id)).collect()),
        })
    }

    pub fn decisions(&self) -> Vec<Decision> {
        self.engine.determine(&self.facts, self.on, "ja").decisions
    }

    /// The decision about a procedure: `PROCEDURE` or `PROCEDURE PERSON`.
    pub fn decision(&self, which: &str) -> Decision {
        let (procedure, person) = match which.split_once(' ') {
            Some((procedure, person)) => (procedure, Some(person)),
            None => (which, None),
        };
        let mut found = self.decisions().into_iter().filter(|decision| {
            decision.procedure == procedure && person.is_none_or(|id| decision.people == [id])
        });
        found.next().unwrap_or_else(|| panic!("nothing about {which}"))
    }

    pub fn status(&self, which: &str) -> &'static str {
        self.decision(which).status.id()
    }

    /// The last day, moved on from a closed day; `-` for none.
    pub fn last_day(&self, which: &str) -> String {
        self.decision(which).deadline.map_or_else(|| "-".to_owned(), |day| day.to_string())
    }

    /// What is missing: `fact` or `p1.fact`.
    pub fn needs(&self, which: &str) -> Vec<String> {
        let needs = self.decision(which).needs;
        needs.into_iter().map(|Missing { fact, person }| about(person, &fact)).collect()
    }

    pub fn questions(&self, detail: Detail) -> Vec<Question> {
        self.engine.questions(&self.facts, self.on, "ja", detail)
    }

    /// What is asked in guided mode: `fact` or `p1.fact`.
    pub fn asks(&self) -> Vec<String> {
        self.questions(Detail::Next).into_iter().map(|q| about(q.person, &q.fact)).collect()
    }

    /// What is asked on one page.
    pub fn asks_all(&self) -> Vec<String> {
        self.questions(Detail::All).into_iter().map(|q| about(q.person, &q.fact)).collect()
    }
}

fn about(person: Option<String>, fact: &str) -> String {
    person.map_or_else(|| fact.to_owned(), |person| format!("{person}.{fact}"))
}

/// `PROCEDURE` or `PROCEDURE@DAY`.
fn done(text: &str) -> AlreadyDone {
    let (procedure, when) = match text.split_once('@') {
        Some((procedure, when)) => (procedure, Some(when.parse().unwrap())),
        None => (text, None),
    };
    AlreadyDone { procedure: procedure.to_owned(), r#where: String::new(), when }
}
