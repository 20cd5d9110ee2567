//! The page of the 転出証明書: what the paper says, in its own order, whole families in one step.
//!
//! The order is the paper's (住民基本台帳法施行令24条). It has fields for 個人番号, 住民票コード and 本籍 too; they
//! have no place here and are never typed.

use jiff::civil::Date;
use kakanai_rules::{
    Answer, Engine, Fact, FactType, Source, Subject, SubjectKind, Value, Vocabulary, parse_value,
};
use serde_json::Value as Json;

use crate::answer::check_known;
use crate::case::Case;
use crate::door::{
    CertificateFieldView, CertificateInput, CertificatePersonInput, CertificateView, ChoiceView,
    DoorError, FactValueInput,
};
use crate::event::{CaseEvent, Statement};

/// Fields of each person, as the paper has them.
const PERSON: [&str; 9] = [
    "name",
    "name_kana",
    "birth_date",
    "sex",
    "relation",
    "insurance_before",
    "pension_before",
    "care_level",
    "child_allowance_recipient",
];
/// Fields of the household.
const CASE: [&str; 4] =
    ["previous_head_name", "previous_address", "new_address", "planned_out_date"];
/// Says how the household deregistered (転出証明書の有無).
const CERTIFICATE: &str = "out_certificate";
/// The events with which the paper comes.
const MOVE_IN: &str = "tennyu";
/// Where no such paper is made.
const NO_PAPER_FROM: [&str; 2] = ["abroad", "same_city"];
/// Longest value, in characters; the address is the longest there is.
const CHARS_MAX: usize = 200;

/// The page, where the case can have one.
pub(crate) fn view(engine: &Engine<'_>, case: &Case, lang: &str) -> Option<CertificateView> {
    let choice = |fact: &str, ids: &[&str]| match case.facts.value(&Subject::Case, fact) {
        Some(Value::Choice(id)) => ids.contains(&id.as_str()),
        Some(Value::Choices(all)) => all.iter().any(|id| ids.contains(&id.as_str())),
        _ => false,
    };
    let moves_in = choice("event", &[MOVE_IN]) || choice("also_events", &[MOVE_IN]);
    if !moves_in || choice("from", &NO_PAPER_FROM) {
        return None;
    }
    let fields = |facts: &[&str]| {
        let of = |fact: &&str| field(engine, lang, fact, case.counter_date);
        facts.iter().filter_map(of).collect()
    };
    let taken = case.facts.all(&Subject::Case, CERTIFICATE);
    let taken = taken.iter().any(|statement| statement.source == Source::Certificate);
    Some(CertificateView { case: fields(&CASE), person: fields(&PERSON), taken })
}

fn field(engine: &Engine<'_>, lang: &str, fact: &str, on: Date) -> Option<CertificateFieldView> {
    let pack = engine.pack();
    let kind = match engine.vocabulary().get(fact)?.kind {
        FactType::Text if fact == "name_kana" => "kana",
        FactType::Text => "text",
        FactType::Date => "date",
        FactType::Choice => "choice",
        FactType::YesNo => "yes-no",
        FactType::Choices | FactType::Number | FactType::PersonId | FactType::DoneList => {
            return None;
        }
    };
    let text = |id: &str| pack.text(lang, id, on).map(str::to_owned);
    let label = text(&format!("certificate.{fact}")).or_else(|| text(&format!("fact.{fact}")));
    let rows = pack.choices.iter().filter(|row| row.fact == fact && !row.retired);
    let choices = rows.map(|row| ChoiceView {
        text: text(&format!("choice.{}", row.id)).unwrap_or_else(|| row.value.clone()),
        id: row.value.clone(),
    });
    Some(CertificateFieldView {
        fact: fact.to_owned(),
        label: label.unwrap_or_else(|| fact.to_owned()),
        kind: kind.to_owned(),
        choices: choices.collect(),
    })
}

/// The step that takes the paper in.
///
/// # Errors
/// `person-unknown`, `person-twice`, `fact-unknown` (no field of the page), `fact-wrong-value`.
pub(crate) fn taken(
    case: &Case,
    vocabulary: &Vocabulary,
    input: CertificateInput,
) -> Result<CaseEvent, DoorError> {
    let CertificateInput { case: of_case, people: rows, complete } = input;
    let mut page = Page { case, vocabulary, statements: Vec::new() };
    page.all(&Subject::Case, &CASE, &of_case)?;
    page.say(&Subject::Case, CERTIFICATE, Value::Choice("paper".to_owned()));

    let mut free = case.free_people();
    let (mut named, mut people): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for CertificatePersonInput { id, facts } in rows {
        let facts: Vec<_> = facts.into_iter().filter(|typed| !is_empty(&typed.value)).collect();
        if id.is_none() && facts.is_empty() {
            continue;
        }
        let person = match id {
            Some(id) => {
                check_known(case, &id)?;
                id
            }
            None => {
                let id = free.next().unwrap_or_default();
                people.push(id.clone());
                id
            }
        };
        if named.contains(&person) {
            return Err(DoorError::of("person-twice").with("person", person));
        }
        let subject = Subject::Person(person.clone());
        page.all(&subject, &PERSON, &facts)?;
        // Whoever stands on the paper has left the other city.
        if case.facts.value(&subject, "moving").is_none() {
            page.say(&subject, "moving", Value::YesNo(true));
        }
        named.push(person);
    }
    let household_complete = complete.then_some(true);
    Ok(CaseEvent::Stated { people, statements: page.statements, household_complete })
}

/// What is taken from the page.
struct Page<'a> {
    case: &'a Case,
    vocabulary: &'a Vocabulary,
    statements: Vec<Statement>,
}

impl Page<'_> {
    fn all(
        &mut self,
        subject: &Subject,
        fields: &[&str],
        typed: &[FactValueInput],
    ) -> Result<(), DoorError> {
        let kind = match subject {
            Subject::Case => SubjectKind::Case,
            Subject::Person(_) => SubjectKind::Person,
        };
        for FactValueInput { fact, value } in typed.iter().filter(|typed| !is_empty(&typed.value)) {
            let unknown = || DoorError::of("fact-unknown").with("fact", fact);
            if !fields.contains(&fact.as_str()) {
                return Err(unknown());
            }
            if value.as_str().is_some_and(|text| text.chars().count() > CHARS_MAX) {
                return Err(DoorError::of("fact-wrong-value").with("fact", fact));
            }
            let def = self.vocabulary.about(kind, fact).ok_or_else(unknown)?;
            let value = parse_value(def, value)?;
            // What a card has said already keeps the card as its source.
            if self.case.facts.value(subject, fact) != Some(&value) {
                self.say(subject, fact, value);
            }
        }
        Ok(())
    }

    fn say(&mut self, subject: &Subject, fact: &str, value: Value) {
        let answer = Answer::Known(value);
        self.statements.push(Statement {
            subject: subject.clone(),
            fact: fact.to_owned(),
            statement: Fact { answer, source: Source::Certificate, settles: false },
        });
    }
}

fn is_empty(value: &Json) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}
