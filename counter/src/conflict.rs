//! Sources that disagree (食い違い): what is shown side by side, and the step that keeps what the clerk chose.
//!
//! Beside values of one fact this compares the address on an identity document with the previous address, or the new
//! one where it stands on the card already. Nothing is overwritten: every value stays in the journal, and the chosen
//! one keeps the source it came from.

use kakanai_rules::{Answer, Fact, FactSet, Sensitivity, Source, Subject, Value, Vocabulary};
use kakanai_text::is_like_address;

use crate::door::DoorError;
use crate::event::{CaseEvent, Statement};

/// The fact of the address that a document says.
const ON_DOCUMENT: &str = "address";
/// The addresses of the household that a document may say, each with the fact of its building and room (方書).
const OF_HOUSEHOLD: [(&str, &str); 2] =
    [("previous_address", "previous_address_katagaki"), ("new_address", "new_address_katagaki")];

/// Values of one thing that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// About whom.
    pub subject: Subject,
    /// The fact that the choice is about.
    pub fact: String,
    /// The values; the first counts until somebody chooses.
    pub values: Vec<Candidate>,
}

/// One of several values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What names it: its source, and the person whose document it stands on.
    pub choice: String,
    /// The value.
    pub value: Value,
    /// Its source.
    pub source: Source,
    /// The person whose document it stands on, where it is another fact.
    pub document_of: Option<String>,
}

/// Everything that disagrees and that a shared screen may show, the household first.
pub fn conflicts(vocabulary: &Vocabulary, facts: &FactSet) -> Vec<Conflict> {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    let mut found = Vec::new();
    for subject in std::iter::once(Subject::Case).chain(people) {
        for fact in facts.known(&subject) {
            let def = vocabulary.get(fact);
            if def.is_some_and(|def| def.sensitivity == Sensitivity::Discreet) {
                continue;
            }
            found.extend(of_fact(facts, &subject, fact));
        }
    }
    found
}

fn of_fact(facts: &FactSet, subject: &Subject, fact: &str) -> Option<Conflict> {
    let counts = facts.get(subject, fact)?;
    let Answer::Known(value) = &counts.answer else { return None };
    let mut values = vec![Candidate::new(value, counts.source)];
    for other in facts.conflicts(subject, fact) {
        if let Answer::Known(value) = &other.answer {
            values.push(Candidate::new(value, other.source));
        }
    }
    if *subject == Subject::Case && OF_HOUSEHOLD.first().is_some_and(|(first, _)| *first == fact) {
        values.extend(on_documents(facts, counts));
    }
    (values.len() > 1).then(|| Conflict { subject: subject.clone(), fact: fact.to_owned(), values })
}

/// Addresses on documents of those who move that are none of the household's, each once.
fn on_documents(facts: &FactSet, counts: &Fact) -> Vec<Candidate> {
    if counts.settles {
        return Vec::new();
    }
    let mut found: Vec<Candidate> = Vec::new();
    for person in facts.people() {
        let subject = Subject::Person(person.id.clone());
        if facts.value(&subject, "moving") == Some(&Value::YesNo(false)) {
            continue;
        }
        let read = facts.all(&subject, ON_DOCUMENT).iter().rev();
        let read =
            read.filter(|stated| is_document(stated.source)).find_map(|stated| {
                match &stated.answer {
                    Answer::Known(Value::Text(text)) => Some((text, stated.source)),
                    _ => None,
                }
            });
        let Some((address, source)) = read else { continue };
        let known =
            |other: &Candidate| matches!(&other.value, Value::Text(text) if text == address);
        if !is_of_household(facts, address) && !found.iter().any(known) {
            found.push(Candidate {
                choice: format!("{}:{}", source.id(), person.id),
                value: Value::Text(address.clone()),
                source,
                document_of: Some(person.id.clone()),
            });
        }
    }
    found
}

fn is_document(source: Source) -> bool {
    matches!(source, Source::Card | Source::Licence | Source::ResidenceCard)
}

fn is_of_household(facts: &FactSet, address: &str) -> bool {
    OF_HOUSEHOLD.iter().any(|(fact, katagaki)| {
        let Some(known) = text(facts, fact) else { return false };
        let whole = text(facts, katagaki).map(|katagaki| format!("{known}{katagaki}"));
        is_like_address(address, known)
            || whole.is_some_and(|whole| is_like_address(address, &whole))
    })
}

fn text<'a>(facts: &'a FactSet, fact: &str) -> Option<&'a str> {
    match facts.value(&Subject::Case, fact)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

impl Candidate {
    fn new(value: &Value, source: Source) -> Candidate {
        Candidate {
            choice: source.id().to_owned(),
            value: value.clone(),
            source,
            document_of: None,
        }
    }
}

/// The step that keeps one of several values.
///
/// # Errors
/// `conflict-unknown` when nothing disagrees there (any more), or no value has this name.
pub fn settling(
    vocabulary: &Vocabulary,
    facts: &FactSet,
    subject: &Subject,
    fact: &str,
    choice: &str,
) -> Result<CaseEvent, DoorError> {
    let conflict = conflicts(vocabulary, facts)
        .into_iter()
        .find(|conflict| conflict.subject == *subject && conflict.fact == fact);
    let chosen = conflict
        .and_then(|conflict| conflict.values.into_iter().find(|value| value.choice == choice))
        .ok_or_else(|| DoorError::of("conflict-unknown").with("fact", fact))?;
    let value = match (&chosen.document_of, chosen.value) {
        (Some(_), Value::Text(address)) => Value::Text(without_katagaki(facts, fact, address)),
        (_, value) => value,
    };
    let statement = Fact { answer: Answer::Known(value), source: chosen.source, settles: true };
    let statement = Statement { subject: subject.clone(), fact: fact.to_owned(), statement };
    Ok(CaseEvent::Stated {
        people: Vec::new(),
        statements: vec![statement],
        household_complete: None,
    })
}

/// A document says building and room in one line with the address; the papers have a place of their own for them.
fn without_katagaki(facts: &FactSet, fact: &str, address: String) -> String {
    let katagaki = OF_HOUSEHOLD.iter().find(|(known, _)| *known == fact);
    let katagaki = katagaki.and_then(|(_, katagaki)| text(facts, katagaki));
    match katagaki.and_then(|katagaki| address.strip_suffix(katagaki)) {
        Some(rest) if !rest.trim().is_empty() => rest.trim_end().to_owned(),
        _ => address,
    }
}
