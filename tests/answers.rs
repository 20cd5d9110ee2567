//! What a household says when it is asked: one rule for every question that does not matter to a story.
//!
//! A pack may ask more tomorrow. A story states the few facts that it is about and leaves the rest to this rule:
//! no, none, not known, a sample.

use serde_json::{Value, json};

use crate::terminal::{Terminal, text};

/// The questions never end if there are more rounds of them than this.
const ROUNDS: usize = 30;

/// The answer to a question that does not matter, as a facts file writes it.
pub fn otherwise(question: &Value) -> Value {
    let choices: Vec<&str> = question["choices"]
        .as_array()
        .unwrap()
        .iter()
        .map(|choice| choice["id"].as_str().unwrap())
        .collect();
    let one = || {
        let none = choices.iter().find(|id| **id == "none");
        *none.or(choices.first()).unwrap_or_else(|| panic!("nothing to choose: {question}"))
    };
    match question["type"].as_str().unwrap() {
        "yes-no" => json!(false),
        "choice" if question["many"] == true => json!([one()]),
        "choice" => json!(one()),
        "date" => json!({"value": null, "answer": "unknown"}),
        "number" => json!(1),
        "text" => json!("見本"),
        "person-list" => json!("complete"),
        other => panic!("a question of an unknown type {other}: {question}"),
    }
}

/// The same as `case answer` takes it: `FACT=VALUE`.
pub fn said(question: &Value) -> String {
    let fact = question["fact"].as_str().unwrap();
    let value = match otherwise(question) {
        Value::Bool(yes) => if yes { "yes" } else { "no" }.to_owned(),
        Value::String(text) => text,
        Value::Array(ids) => {
            ids.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join(",")
        }
        Value::Number(number) => number.to_string(),
        _ => "?".to_owned(),
    };
    format!("{fact}={value}")
}

/// A facts file with every question answered that a pack still asks about it.
pub fn answered(terminal: &Terminal, pack: &std::path::Path, facts: &str) -> String {
    let mut facts: Value = serde_json::from_str(facts).unwrap();
    for _ in 0..ROUNDS {
        let file = terminal.write("asked.json", &facts.to_string());
        let command = ["questions", "--pack", text(pack), "--facts", text(&file)];
        let asked = terminal.run(&command).done();
        let questions = asked["questions"].as_array().unwrap();
        if questions.is_empty() {
            return facts.to_string();
        }
        for question in questions {
            let fact = question["fact"].as_str().unwrap();
            if fact == "people" {
                facts["household_complete"] = json!(true);
                continue;
            }
            let subject = match question["person"].as_str() {
                None => &mut facts["case"],
                Some(id) => {
                    let people = facts["people"].as_array_mut().unwrap();
                    people.iter_mut().find(|person| person["id"] == id).unwrap()
                }
            };
            subject[fact] = otherwise(question);
        }
    }
    panic!("the questions never end: {facts}");
}
