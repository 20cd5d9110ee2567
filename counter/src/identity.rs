//! 本人確認 (住民基本台帳法27条): which documents can be shown, which of them is enough by itself, who needs a 委任状.
//!
//! All of it is the pack's: the documents are the choices of `id_documents`, and the facts [`ALONE`] and
//! [`LETTER`] decide. Only the form of the rule stands here: one document of the first kind, or two of the second.
//! Must never keep a number that stands on a document.

use jiff::civil::Date;
use kakanai_rules::{
    Answer, Engine, Fact, FactSet, Pack, Source, Subject, Value, Vocabulary, parse_value,
    value_text,
};
use serde_json::Value as Json;

use crate::answer::check_known;
use crate::case::Case;
use crate::door::{ChoiceView, DoorError, IdDocumentView, IdentityInput};
use crate::event::{CaseEvent, Statement};

/// The fact whose choices are the documents.
const DOCUMENTS: &str = "id_documents";
/// The fact of who is at the counter.
const VISITOR: &str = "visitor";
/// Derived fact of the pack: a document among them is enough by itself (1点で足りる書類).
const ALONE: &str = "id_document_alone";
/// Derived fact of the pack: this visitor needs a 委任状.
const LETTER: &str = "proxy_letter_due";
/// Documents of the second kind that stand for one of the first.
const TOGETHER: usize = 2;
/// The document that the fact `mynumber_card` is about.
const MY_NUMBER_CARD: &str = "mynumber-card";
/// Visitors who are no member of the household.
const OUTSIDERS: [&str; 2] = ["agent", "undertaker"];
/// The visitor who acts for the household with a letter.
const AGENT: &str = "agent";
/// Longest name or address of an agent, in characters.
const AGENT_CHARS_MAX: usize = 200;

/// The documents that can be chosen, in the pack's order.
pub(crate) fn offered(engine: &Engine<'_>, lang: &str, on: Date) -> Vec<IdDocumentView> {
    let view = |choice: ChoiceView| {
        let shown = vec![choice.id.clone()];
        IdDocumentView { alone: alone(engine, &shown, on), id: choice.id, text: choice.text }
    };
    choices(engine.pack(), lang, DOCUMENTS, on).map(view).collect()
}

/// Who can be at the counter, in the pack's order.
pub(crate) fn visitors(pack: &Pack, lang: &str, on: Date) -> Vec<ChoiceView> {
    choices(pack, lang, VISITOR, on).collect()
}

/// The visitors who need a 委任状 for what this case is about.
pub(crate) fn proxy_for(engine: &Engine<'_>, facts: &FactSet, on: Date) -> Vec<String> {
    let needs = |visitor: &String| needs_letter(engine, facts, visitor, on);
    offers(engine.pack(), VISITOR).map(str::to_owned).filter(needs).collect()
}

/// The id of the document that a reading of this kind saw.
pub(crate) fn document_read(kind: &str) -> &str {
    if kind == "mynumber" { MY_NUMBER_CARD } else { kind }
}

/// The event that keeps what the clerk looked at, with the facts that follow.
///
/// # Errors
/// `identity-documents`, `identity-letter`, `identity-expired` (the card of the visitor is known to have run out),
/// `identity-agent` (a name or an address that is no single short line), `person-unknown`, `fact-wrong-value`.
pub(crate) fn checked(
    case: &Case,
    engine: &Engine<'_>,
    input: IdentityInput,
) -> Result<CaseEvent, DoorError> {
    let IdentityInput { visitor, person, documents, valid_cards, .. } = &input;
    let on = case.counter_date;
    let pack = engine.pack();
    if !offers(pack, VISITOR).any(|known| known == visitor) {
        return Err(DoorError::of("fact-wrong-value").with("fact", VISITOR));
    }
    let outside = OUTSIDERS.contains(&visitor.as_str());
    let person = person.clone().filter(|_| !outside);
    valid_cards.iter().chain(&person).try_for_each(|person| check_known(case, person))?;

    let documents = chosen(pack, documents)?;
    if !alone(engine, &documents, on) && documents.len() < TOGETHER {
        return Err(DoorError::of("identity-documents"));
    }
    let with_card = documents.iter().any(|document| document == MY_NUMBER_CARD);
    let expired = |person: &String| {
        let card = case.facts.value(&Subject::Person(person.clone()), "mynumber_card");
        matches!(card, Some(Value::Choice(id)) if id == "expired") && !valid_cards.contains(person)
    };
    if with_card && person.as_ref().is_some_and(expired) {
        return Err(DoorError::of("identity-expired"));
    }
    if needs_letter(engine, &case.facts, visitor, on) && input.proxy_letter != Some(true) {
        return Err(DoorError::of("identity-letter"));
    }
    let agent = [("agent_name", &input.agent_name), ("agent_address", &input.agent_address)];
    let long =
        |text: &str| text.chars().count() > AGENT_CHARS_MAX || text.chars().any(char::is_control);
    if agent.iter().any(|(_, text)| long(text)) {
        return Err(DoorError::of("identity-agent"));
    }

    let mut follows = Follows { case, vocabulary: engine.vocabulary(), statements: Vec::new() };
    follows.of_case(VISITOR, &Json::String(visitor.clone()))?;
    if let Some(person) = &person {
        follows.of_case("visitor_person", &Json::String(person.clone()))?;
    }
    follows.of_case(DOCUMENTS, &Json::from(documents.clone()))?;
    if let Some(letter) = input.proxy_letter {
        follows.of_case("proxy_letter", &Json::Bool(letter))?;
    }
    for (fact, text) in agent.into_iter().filter(|(_, text)| visitor == AGENT && !text.is_empty()) {
        follows.of_case(fact, &Json::String(text.clone()))?;
    }
    for person in valid_cards {
        let person = Subject::Person(person.clone());
        follows.of(&person, "mynumber_card", &Json::from("valid"))?;
        follows.of(&person, "card_present", &Json::Bool(true))?;
    }
    let statements = follows.statements;
    let (visitor, proxy_letter) = (visitor.clone(), input.proxy_letter);
    Ok(CaseEvent::IdentityChecked { visitor, person, documents, proxy_letter, statements })
}

/// Title of a document or of a visitor.
pub(crate) fn title_of(pack: &Pack, lang: &str, on: Date, choice: Choice<'_>) -> String {
    let (fact, id) = match choice {
        Choice::Document(id) => (DOCUMENTS, id),
        Choice::Visitor(id) => (VISITOR, id),
    };
    value_text(pack, lang, fact, &Value::Choice(id.to_owned()), on)
}

/// What a title is asked of.
#[derive(Clone, Copy)]
pub(crate) enum Choice<'a> {
    /// A document.
    Document(&'a str),
    /// Who was at the counter.
    Visitor(&'a str),
}

/// The facts that follow; what is known already is not said again.
struct Follows<'a> {
    case: &'a Case,
    vocabulary: &'a Vocabulary,
    statements: Vec<Statement>,
}

impl Follows<'_> {
    fn of_case(&mut self, fact: &str, value: &Json) -> Result<(), DoorError> {
        self.of(&Subject::Case, fact, value)
    }

    fn of(&mut self, subject: &Subject, fact: &str, value: &Json) -> Result<(), DoorError> {
        let def = self.vocabulary.get(fact).ok_or_else(|| DoorError::of("fact-unknown"))?;
        let value = parse_value(def, value)?;
        if self.case.facts.value(subject, fact) != Some(&value) {
            let answer = Answer::Known(value);
            self.statements.push(Statement {
                subject: subject.clone(),
                fact: fact.to_owned(),
                statement: Fact { answer, source: Source::Staff, settles: true },
            });
        }
        Ok(())
    }
}

/// The documents named, each once.
fn chosen(pack: &Pack, documents: &[String]) -> Result<Vec<String>, DoorError> {
    let mut chosen: Vec<String> = Vec::new();
    for document in documents {
        if !offers(pack, DOCUMENTS).any(|known| known == document) {
            return Err(DoorError::of("identity-documents").with("document", document));
        }
        if !chosen.contains(document) {
            chosen.push(document.clone());
        }
    }
    Ok(chosen)
}

fn alone(engine: &Engine<'_>, documents: &[String], on: Date) -> bool {
    let mut facts = FactSet::default();
    state(&mut facts, DOCUMENTS, Value::Choices(documents.to_vec()));
    holds(engine, &facts, ALONE, on)
}

fn needs_letter(engine: &Engine<'_>, facts: &FactSet, visitor: &str, on: Date) -> bool {
    // Nothing of the people decides it, and many people make a slow answer.
    let mut supposed = FactSet::default();
    for fact in ["event", "also_events"] {
        if let Some(value) = facts.value(&Subject::Case, fact) {
            state(&mut supposed, fact, value.clone());
        }
    }
    state(&mut supposed, VISITOR, Value::Choice(visitor.to_owned()));
    holds(engine, &supposed, LETTER, on)
}

fn state(facts: &mut FactSet, fact: &str, value: Value) {
    let answer = Answer::Known(value);
    facts.state(&Subject::Case, fact, Fact { answer, source: Source::Staff, settles: true });
}

fn holds(engine: &Engine<'_>, facts: &FactSet, fact: &str, on: Date) -> bool {
    let deduced = engine.deduce(facts, on);
    matches!(deduced.value(&Subject::Case, fact), Some(Value::YesNo(true)))
}

fn offers<'a>(pack: &'a Pack, fact: &'a str) -> impl Iterator<Item = &'a str> {
    let rows = pack.choices.iter().filter(move |row| row.fact == fact && !row.retired);
    rows.map(|row| row.value.as_str())
}

fn choices<'a>(
    pack: &'a Pack,
    lang: &'a str,
    fact: &'a str,
    on: Date,
) -> impl Iterator<Item = ChoiceView> + 'a {
    offers(pack, fact).map(move |id| ChoiceView {
        id: id.to_owned(),
        text: value_text(pack, lang, fact, &Value::Choice(id.to_owned()), on),
    })
}
