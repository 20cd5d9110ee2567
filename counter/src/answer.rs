//! Statements: what somebody says about the case or one person, checked before it is kept.
//!
//! Both faces and every way of typing come through here, so a fact about a person never lands on the case, nor
//! an answer on somebody who is not in the household.

use kakanai_rules::{
    Answer, Fact, FactDef, Source, Subject, SubjectKind, Value, Vocabulary, parse_value,
};
use serde_json::{Value as Json, json};

use crate::case::Case;
use crate::door::{AnswerInput, DoorError};
use crate::event::{CaseEvent, Statement};

/// Says that everybody of the household is named; no fact of the vocabulary.
pub(crate) const PEOPLE: &str = "people";

/// One step of statements about one subject.
pub(crate) struct Statements<'a> {
    case: &'a Case,
    vocabulary: &'a Vocabulary,
    subject: Subject,
    people: Vec<String>,
    statements: Vec<Statement>,
    household_complete: Option<bool>,
    source: Source,
}

impl<'a> Statements<'a> {
    /// One answer, as a window sends it.
    ///
    /// # Errors
    /// `fact-unknown`, `fact-wrong-value`, `person-unknown`.
    pub fn answering(
        case: &'a Case,
        vocabulary: &'a Vocabulary,
        answer: AnswerInput,
        source: Source,
    ) -> Result<Statements<'a>, DoorError> {
        let AnswerInput { fact, person, value, said: instead } = answer;
        let person = person.filter(|_| fact != PEOPLE);
        let mut said = Statements { source, ..Statements::about(case, vocabulary, person)? };
        match instead.as_deref() {
            _ if fact == PEOPLE => said.household_complete(),
            Some("unknown") => said.without_value(&fact, Answer::Unknown)?,
            Some("declined") => said.without_value(&fact, Answer::Declined)?,
            _ => said.value(&fact, &value)?,
        }
        Ok(said)
    }

    /// About the case, or about a person of it.
    ///
    /// # Errors
    /// `person-unknown`.
    pub fn about(
        case: &'a Case,
        vocabulary: &'a Vocabulary,
        person: Option<String>,
    ) -> Result<Statements<'a>, DoorError> {
        let statements = Statements::of(case, vocabulary, person.into());
        if let Some(person) = statements.subject.person() {
            check_known(case, person)?;
        }
        Ok(statements)
    }

    /// About a person of the case, or about the next one, who is added; about the case without a person.
    ///
    /// # Errors
    /// `person-unknown`: neither in the household nor the next free id.
    pub fn about_or_next(
        case: &'a Case,
        vocabulary: &'a Vocabulary,
        person: Option<String>,
    ) -> Result<Statements<'a>, DoorError> {
        match person {
            Some(person) if person == case.next_person() => {
                Ok(Statements::adding(case, vocabulary))
            }
            person => Statements::about(case, vocabulary, person),
        }
    }

    /// About somebody who is added by this step.
    pub fn adding(case: &'a Case, vocabulary: &'a Vocabulary) -> Statements<'a> {
        let person = case.next_person();
        let mut statements = Statements::of(case, vocabulary, Subject::Person(person.clone()));
        statements.people.push(person);
        statements
    }

    fn of(case: &'a Case, vocabulary: &'a Vocabulary, subject: Subject) -> Statements<'a> {
        Statements {
            case,
            vocabulary,
            subject,
            people: Vec::new(),
            statements: Vec::new(),
            household_complete: None,
            source: Source::Staff,
        }
    }

    /// States a value as screens and files write it.
    ///
    /// # Errors
    /// `fact-unknown`, `fact-wrong-value`, `person-unknown`.
    pub fn value(&mut self, fact: &str, value: &Json) -> Result<(), DoorError> {
        let value = parse_value(self.definition(fact)?, value)?;
        self.known(fact, value)
    }

    /// As [`Statements::value`], unless the case says the same already.
    ///
    /// # Errors
    /// As [`Statements::value`].
    pub fn changed_value(&mut self, fact: &str, value: &Json) -> Result<(), DoorError> {
        let value = parse_value(self.definition(fact)?, value)?;
        if self.case.facts.value(&self.subject, fact) == Some(&value) {
            return Ok(());
        }
        self.known(fact, value)
    }

    /// The person was asked and gave no value.
    ///
    /// # Errors
    /// `fact-unknown`.
    pub fn without_value(&mut self, fact: &str, answer: Answer) -> Result<(), DoorError> {
        self.definition(fact)?;
        self.push(fact, answer);
        Ok(())
    }

    /// All members of the household are named.
    pub fn household_complete(&mut self) {
        self.household_complete = Some(true);
    }

    /// States `FACT=VALUE`, `FACT=?` or `people=complete`.
    ///
    /// # Errors
    /// `answer-form`, and as [`Statements::value`].
    pub fn text(&mut self, text: &str) -> Result<(), DoorError> {
        let (fact, value) = text.split_once('=').ok_or_else(|| DoorError::of("answer-form"))?;
        match (fact, value) {
            (PEOPLE, "complete") => {
                self.household_complete();
                Ok(())
            }
            (_, "?") => self.without_value(fact, Answer::Unknown),
            _ => {
                let value = typed(self.definition(fact)?, value);
                self.value(fact, &value)
            }
        }
    }

    /// The step.
    pub fn event(self) -> CaseEvent {
        CaseEvent::Stated {
            people: self.people,
            statements: self.statements,
            household_complete: self.household_complete,
        }
    }

    fn known(&mut self, fact: &str, value: Value) -> Result<(), DoorError> {
        if let Value::PersonId(person) = &value {
            check_known(self.case, person)?;
        }
        self.push(fact, Answer::Known(value));
        Ok(())
    }

    fn push(&mut self, fact: &str, answer: Answer) {
        self.statements.push(Statement {
            subject: self.subject.clone(),
            fact: fact.to_owned(),
            statement: Fact { answer, source: self.source, settles: true },
        });
    }

    fn definition(&self, fact: &str) -> Result<&FactDef, DoorError> {
        let (kind, place) = match &self.subject {
            Subject::Case => (SubjectKind::Case, "case"),
            Subject::Person(id) => (SubjectKind::Person, id.as_str()),
        };
        self.vocabulary.about(kind, fact).ok_or_else(|| {
            let unknown = DoorError::of("fact-unknown")
                .with("fact", fact)
                .with("place", format!("{place}.{fact}"));
            match self.vocabulary.get(fact).map(|def| def.subject) {
                Some(SubjectKind::Case) => unknown.with("expected", "about the case"),
                Some(SubjectKind::Person) => unknown.with("expected", "about a person"),
                None => unknown,
            }
        })
    }
}

/// Refuses somebody who is not in the household.
///
/// # Errors
/// `person-unknown`.
pub(crate) fn check_known(case: &Case, person: &str) -> Result<(), DoorError> {
    if case.facts.has_person(person) {
        Ok(())
    } else {
        Err(DoorError::of("person-unknown").with("person", person))
    }
}

/// A value as it is typed on a command line.
fn typed(def: &FactDef, value: &str) -> Json {
    match (def.kind.name(), value) {
        ("yes-no", "yes") => json!(true),
        ("yes-no", "no") => json!(false),
        ("number", _) => value.parse::<i64>().map_or(json!(value), |number| json!(number)),
        ("choices", _) => json!(value.split(',').collect::<Vec<_>>()),
        _ => json!(value),
    }
}
