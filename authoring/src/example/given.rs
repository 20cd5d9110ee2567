//! The cell `given`: `event=tennyu from=other_pref also_events=tenkyo,setai move_date=unknown`.

use kakanai_rules::{FactDef, FactType, SubjectKind};
use serde_json::{Map, Value as Json, json};

use crate::cells::{Cells, expected_of, whole_value};
use crate::names::Names;

/// One thing that a test is given.
#[derive(Debug, Clone)]
pub struct Given {
    /// The person; `None` for the case.
    person: Option<String>,
    /// Fact and value as a facts file carries it; `None` only names the person.
    fact: Option<(String, Json)>,
}

/// Reads a line's cells `person` and `given`. A line that does not expect anything (`states`) names its person.
pub fn read(cells: &mut Cells<'_>, names: &Names<'_>, states: bool) -> Vec<Given> {
    let person = cells.optional("person");
    let mut found = Vec::new();
    if let Some(id) = &person {
        if !id.chars().all(|c| c.is_ascii_alphanumeric()) {
            cells.wrong("person", id, "p1、p2 のような英数字", "letters and digits: p1, p2");
            return found;
        }
        if states {
            found.push(Given { person: person.clone(), fact: None });
        }
    }
    for pair in cells.list("given") {
        let fact = fact(cells, names, &pair, person.is_some());
        found.extend(fact.map(|fact| Given { person: person.clone(), fact: Some(fact) }));
    }
    found
}

fn fact(
    cells: &mut Cells<'_>,
    names: &Names<'_>,
    pair: &str,
    of_person: bool,
) -> Option<(String, Json)> {
    let Some((fact, value)) = pair.split_once('=') else {
        cells.wrong(
            "given",
            pair,
            "項目=値（間に空白、値の中に空白なし）",
            "fact=value, with spaces between and none within",
        );
        return None;
    };
    let Some(def) = names.vocabulary.get(fact) else {
        cells.unknown_fact("given", fact, names);
        return None;
    };
    if names.derived.contains(fact) {
        cells.wrong(
            "given",
            pair,
            "尋ねる項目（式のある項目は、ほかの項目から決まります）",
            "a fact that is asked (one with an expression follows from others)",
        );
        return None;
    }
    if (def.subject == SubjectKind::Person) != of_person {
        let (expected, expected_en) = if of_person {
            (
                "人の項目（世帯の項目は person を空にした行へ）",
                "a fact of a person (facts of the case stand in a line without person)",
            )
        } else {
            (
                "世帯の項目（人の項目は person に p1 などを書いた行へ）",
                "a fact of the case (facts of a person stand in a line with person p1, …)",
            )
        };
        cells.wrong("given", pair, expected, expected_en);
        return None;
    }
    match json_of(def, value) {
        Some(value) => Some((fact.to_owned(), value)),
        None => {
            let (expected, expected_en) = expected_of(def);
            cells.wrong("given", pair, &expected, &expected_en);
            None
        }
    }
}

fn json_of(def: &FactDef, value: &str) -> Option<Json> {
    if matches!(value, "unknown" | "declined") && !def.values.iter().any(|known| known == value) {
        return Some(json!({"value": null, "answer": value}));
    }
    if def.kind == FactType::DoneList {
        let done: Option<Vec<Json>> = value
            .split(',')
            .map(|done| match done.split_once('@') {
                Some((procedure, when)) => {
                    let when: kakanai_text::PartialDate = when.parse().ok()?;
                    Some(json!({"procedure": procedure, "when": when.to_string()}))
                }
                None => Some(json!({"procedure": done})),
            })
            .collect();
        return done.map(Json::Array);
    }
    whole_value(def, value).filter(|_| !value.is_empty()).map(|value| value.to_json())
}

/// The facts file of everything given; what comes later counts.
pub fn facts<'a>(given: impl Iterator<Item = &'a Given>) -> Json {
    let mut case = Map::new();
    let mut people: Vec<Map<String, Json>> = Vec::new();
    for Given { person, fact } in given {
        let facts = match person {
            None => Some(&mut case),
            Some(id) => {
                let is = |person: &Map<String, Json>| {
                    person.get("id").and_then(Json::as_str) == Some(id)
                };
                if !people.iter().any(is) {
                    people.push(Map::from_iter([("id".to_owned(), json!(id))]));
                }
                people.iter_mut().find(|person| is(person))
            }
        };
        if let (Some(facts), Some((fact, value))) = (facts, fact) {
            facts.insert(fact.clone(), value.clone());
        }
    }
    json!({"case": case, "people": people})
}
