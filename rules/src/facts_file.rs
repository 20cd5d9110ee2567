//! The facts file: JSON in, [`FactSet`] out, every value checked against the vocabulary.
//!
//! A value stands plain (source `file`) or as `{"value": …, "source": …}`; `{"value": null, "answer":
//! "unknown"}` and `"declined"` say that the person was asked and gave none. A fact nobody knows is an error.

use kakanai_text::PartialDate;
use serde_json::{Map, Value as Json, json};

use crate::fact::{AlreadyDone, Answer, Fact, FactSet, Source, Subject, Value};
use crate::vocabulary::{FactDef, FactType, SubjectKind, Vocabulary};

/// Why a facts file is refused. Names the place, never the value: values are residents' data.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactsError {
    /// Not JSON, or not the shape of a facts file.
    #[error("{place}: {expected}")]
    Shape {
        /// Where, `people[0].name`.
        place: String,
        /// What was expected.
        expected: String,
    },
    /// A fact that neither the vocabulary nor the pack knows.
    #[error("{place}: neither the vocabulary nor the pack knows this fact")]
    UnknownFact {
        /// Where, `case.evnet`.
        place: String,
        /// The fact's id.
        fact: String,
    },
    /// A value of the wrong type or not among the choices.
    #[error("{place}: expected {expected}")]
    WrongValue {
        /// Where.
        place: String,
        /// The fact's id.
        fact: String,
        /// What was expected.
        expected: String,
    },
    /// One person id stands twice.
    #[error("{place}: this person id stands twice")]
    PersonTwice {
        /// Where.
        place: String,
    },
}

impl FactsError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            FactsError::Shape { .. } => "facts-shape",
            FactsError::UnknownFact { .. } => "fact-unknown",
            FactsError::WrongValue { .. } => "fact-wrong-value",
            FactsError::PersonTwice { .. } => "person-twice",
        }
    }

    /// The place in the file.
    pub fn place(&self) -> &str {
        match self {
            FactsError::Shape { place, .. }
            | FactsError::UnknownFact { place, .. }
            | FactsError::WrongValue { place, .. }
            | FactsError::PersonTwice { place } => place,
        }
    }
}

/// Most people one household may have.
pub const PEOPLE_MAX: usize = 50;

/// Reads a facts file.
///
/// # Errors
/// The first place that is not as the vocabulary says.
pub fn parse_facts(text: &str, vocabulary: &Vocabulary) -> Result<FactSet, FactsError> {
    let shape = |place: &str, expected: &str| FactsError::Shape {
        place: place.to_owned(),
        expected: expected.to_owned(),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let file: Json = serde_json::from_str(text).map_err(|error| {
        shape(&format!("line {}, column {}", error.line(), error.column()), "JSON")
    })?;
    let file =
        file.as_object().ok_or_else(|| shape("file", "an object with `case` and `people`"))?;
    let mut facts = FactSet::default();
    // Without a word about people nobody has said that there are none.
    facts.household_complete = file.contains_key("people");
    for (key, value) in file {
        match key.as_str() {
            "case" => {
                let case = value.as_object().ok_or_else(|| shape("case", "an object of facts"))?;
                read_facts(case, "case", &Subject::Case, vocabulary, &mut facts)?;
            }
            "people" => read_people(value, vocabulary, &mut facts)?,
            "household_complete" => {
                facts.household_complete =
                    value.as_bool().ok_or_else(|| shape("household_complete", "true or false"))?;
            }
            other => return Err(shape(other, "only `case`, `people` and `household_complete`")),
        }
    }
    Ok(facts)
}

fn read_people(
    value: &Json,
    vocabulary: &Vocabulary,
    facts: &mut FactSet,
) -> Result<(), FactsError> {
    let shape =
        |place: String, expected: &str| FactsError::Shape { place, expected: expected.to_owned() };
    let people = value.as_array().ok_or_else(|| shape("people".to_owned(), "a list of people"))?;
    if people.len() > PEOPLE_MAX {
        return Err(shape("people".to_owned(), "at most 50 people"));
    }
    for (index, person) in people.iter().enumerate() {
        let place = format!("people[{index}]");
        let person =
            person.as_object().ok_or_else(|| shape(place.clone(), "an object of facts"))?;
        let id = person
            .get("id")
            .and_then(Json::as_str)
            .filter(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric()))
            .ok_or_else(|| {
                shape(format!("{place}.id"), "an id of letters and digits, such as p1")
            })?;
        if facts.has_person(id) {
            return Err(FactsError::PersonTwice { place: format!("{place}.id") });
        }
        facts.add_person(id);
        read_facts(person, &place, &Subject::Person(id.to_owned()), vocabulary, facts)?;
    }
    Ok(())
}

fn read_facts(
    object: &Map<String, Json>,
    place: &str,
    subject: &Subject,
    vocabulary: &Vocabulary,
    facts: &mut FactSet,
) -> Result<(), FactsError> {
    let kind = if *subject == Subject::Case { SubjectKind::Case } else { SubjectKind::Person };
    for (id, value) in object {
        if id == "id" && kind == SubjectKind::Person {
            continue;
        }
        let place = format!("{place}.{id}");
        let def = vocabulary
            .about(kind, id)
            .ok_or_else(|| FactsError::UnknownFact { place: place.clone(), fact: id.clone() })?;
        let fact = read_fact(def, &place, value)?;
        facts.state(subject, id, fact);
    }
    Ok(())
}

fn read_fact(def: &FactDef, place: &str, value: &Json) -> Result<Fact, FactsError> {
    let wrong = |expected: &str| FactsError::WrongValue {
        place: place.to_owned(),
        fact: def.id.clone(),
        expected: expected.to_owned(),
    };
    let Some(object) = value.as_object() else {
        return Ok(Fact {
            answer: Answer::Known(value_at(def, place, value)?),
            source: Source::File,
            settles: false,
        });
    };
    if object.keys().any(|key| !["value", "source", "answer"].contains(&key.as_str())) {
        return Err(wrong("only `value`, `source` and `answer`"));
    }
    let source = match object.get("source") {
        None => Source::File,
        Some(source) => Source::deserialize(source).map_err(|_| wrong("a known source"))?,
    };
    let answer = match (object.get("value"), object.get("answer").map(Json::as_str)) {
        (None | Some(Json::Null), Some(Some("unknown"))) => Answer::Unknown,
        (None | Some(Json::Null), Some(Some("declined"))) => Answer::Declined,
        (Some(value), None) if !value.is_null() => Answer::Known(value_at(def, place, value)?),
        _ => return Err(wrong("a value, or null with `answer` unknown or declined")),
    };
    Ok(Fact { answer, source, settles: false })
}

use serde::Deserialize as _;

/// Reads one value of a fact, as files and screens give it.
///
/// # Errors
/// [`FactsError::WrongValue`], with the fact's id as the place.
pub fn parse_value(def: &FactDef, value: &Json) -> Result<Value, FactsError> {
    value_at(def, &def.id, value)
}

fn value_at(def: &FactDef, place: &str, value: &Json) -> Result<Value, FactsError> {
    let wrong = |expected: String| FactsError::WrongValue {
        place: place.to_owned(),
        fact: def.id.clone(),
        expected,
    };
    let listed = |id: &str| def.values.is_empty() || def.values.iter().any(|known| known == id);
    let choice = |value: &Json| {
        value.as_str().filter(|id| listed(id)).map(str::to_owned).ok_or_else(|| {
            wrong(if def.values.is_empty() {
                "the id of a choice".to_owned()
            } else {
                format!("one of {}", def.values.join(", "))
            })
        })
    };
    Ok(match def.kind {
        FactType::YesNo => {
            Value::YesNo(value.as_bool().ok_or_else(|| wrong("true or false".to_owned()))?)
        }
        FactType::Choice => Value::Choice(choice(value)?),
        FactType::Choices => {
            // One choice may stand without its list, as the answer to a question is given.
            let list = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
            Value::Choices(list.iter().map(choice).collect::<Result<_, _>>()?)
        }
        FactType::Date => {
            let date = value.as_str().and_then(|text| text.parse::<PartialDate>().ok());
            Value::Date(date.ok_or_else(|| wrong("a date, YYYY-MM-DD".to_owned()))?)
        }
        FactType::Number => {
            Value::Number(value.as_i64().ok_or_else(|| wrong("a whole number".to_owned()))?)
        }
        FactType::Text => {
            let text = value.as_str().filter(|text| !text.chars().any(char::is_control));
            Value::Text(
                text.ok_or_else(|| wrong("a text without control characters".to_owned()))?
                    .to_owned(),
            )
        }
        FactType::PersonId => Value::PersonId(
            value.as_str().ok_or_else(|| wrong("a person id".to_owned()))?.to_owned(),
        ),
        FactType::DoneList => {
            let list = Vec::<AlreadyDone>::deserialize(value);
            Value::DoneList(
                list.map_err(|_| wrong("a list of {procedure, where, when}".to_owned()))?,
            )
        }
    })
}

impl Value {
    /// The value as files and screens carry it.
    pub fn to_json(&self) -> Json {
        match self {
            Value::YesNo(value) => json!(value),
            Value::Choice(id) | Value::PersonId(id) => json!(id),
            Value::Choices(ids) => json!(ids),
            Value::Date(date) => json!(date.to_string()),
            Value::Number(number) => json!(number),
            Value::Text(text) => json!(text),
            Value::DoneList(done) => json!(done),
        }
    }
}

/// Writes a facts file; read back it gives the statements that count, with their sources.
pub fn facts_file(facts: &FactSet) -> Json {
    let object = |subject: &Subject| -> Map<String, Json> {
        facts
            .known(subject)
            .filter_map(|id| facts.get(subject, id).map(|fact| (id.to_owned(), statement(fact))))
            .collect()
    };
    let people: Vec<Json> = facts
        .people()
        .iter()
        .map(|person| {
            let mut entry = object(&Subject::Person(person.id.clone()));
            entry.insert("id".to_owned(), json!(person.id));
            Json::Object(entry)
        })
        .collect();
    json!({
        "case": object(&Subject::Case),
        "people": people,
        "household_complete": facts.household_complete,
    })
}

fn statement(fact: &Fact) -> Json {
    match &fact.answer {
        Answer::Known(value) => json!({"value": value.to_json(), "source": fact.source}),
        Answer::Unknown => json!({"value": null, "answer": "unknown", "source": fact.source}),
        Answer::Declined => json!({"value": null, "answer": "declined", "source": fact.source}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<FactSet, FactsError> {
        parse_facts(text, &Vocabulary::new(&[], []))
    }

    #[test]
    fn plain_values_and_values_with_a_source_are_read() {
        let facts = parse(
            r#"{"case":{"event":"tennyu","move_date":"2026-10-03","phone":{"value":null,"answer":"declined"}},
                "people":[{"id":"p1","moving":true,"birth_date":"1986-01-00","name":{"value":"大王　花子","source":"card"}}]}"#,
        )
        .unwrap();
        let p1 = Subject::Person("p1".to_owned());
        assert_eq!(facts.get(&p1, "name").unwrap().source, Source::Card);
        assert_eq!(facts.get(&p1, "moving").unwrap().source, Source::File);
        assert_eq!(facts.get(&Subject::Case, "phone").unwrap().answer, Answer::Declined);
        assert_eq!(facts.value(&Subject::Case, "phone"), None);
        assert!(facts.household_complete);
        let again = parse(&facts_file(&facts).to_string()).unwrap();
        assert_eq!(again, facts);
    }

    #[test]
    fn each_fault_is_named_with_its_place() {
        let cases = [
            ("{", "facts-shape", "line 1, column 1"),
            (r#"{"cases":{}}"#, "facts-shape", "cases"),
            (r#"{"case":{"evnet":"tennyu"}}"#, "fact-unknown", "case.evnet"),
            (r#"{"case":{"name":"x"}}"#, "fact-unknown", "case.name"),
            (r#"{"case":{"event":"tenyu"}}"#, "fact-wrong-value", "case.event"),
            (r#"{"case":{"move_date":"2026-02-30"}}"#, "fact-wrong-value", "case.move_date"),
            (r#"{"case":{"new_household":"yes"}}"#, "fact-wrong-value", "case.new_household"),
            (r#"{"case":{"phone":"1\u0007"}}"#, "fact-wrong-value", "case.phone"),
            (r#"{"case":{"phone":null}}"#, "fact-wrong-value", "case.phone"),
            (r#"{"people":[{"id":"p1"},{"id":"p1"}]}"#, "person-twice", "people[1].id"),
            (r#"{"people":[{"moving":true}]}"#, "facts-shape", "people[0].id"),
        ];
        for (text, code, place) in cases {
            let error = parse(text).unwrap_err();
            assert_eq!((error.code(), error.place()), (code, place), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in ".*") {
            let _ = parse(&text);
        }
    }
}
