//! Which texts of the facts file stand on a paper, worked out again from its form: the table of sources of
//! `docs/formats/form.md`, read without the code under test.

use std::fs;

use serde_json::Value;
use toml::Value as Toml;

use crate::repository::sample_pack;

/// Every text that the facts give for a field of the form; sheets without a form have none.
pub fn values(form: &str, people: &[String], facts: &Value) -> Vec<String> {
    let file = sample_pack().join("forms").join(form).join("form.toml");
    let Ok(text) = fs::read_to_string(file) else { return Vec::new() };
    let template: toml::Table = text.parse().unwrap();
    let rows = template["scope"].as_str() == Some("person");
    let fields = template["field"].as_array().unwrap();
    fields.iter().flat_map(|field| of_field(field, rows, people, facts)).collect()
}

fn of_field(field: &Toml, whole: bool, people: &[String], facts: &Value) -> Vec<String> {
    // A field with a condition may be left out; its values stand in another field then.
    if field.get("when").is_some() || field.get("sheets").is_some() {
        return Vec::new();
    }
    let in_row = field.get("row").and_then(Toml::as_bool) == Some(true);
    let kind = field["kind"].as_str().unwrap();
    let Some((space, fact)) =
        field.get("source").and_then(Toml::as_str).and_then(|source| source.split_once('.'))
    else {
        return Vec::new();
    };
    if !["text", "vertical", "comb"].contains(&kind) {
        return Vec::new();
    }
    let subjects: Vec<&Value> = match space {
        "case" => vec![&facts["case"]],
        "person" if in_row || whole => people.iter().map(|id| person(id, facts)).collect(),
        "head" => vec![holding("relation", "head", facts)],
        "visitor" => match facts["case"]["visitor_person"].as_str() {
            Some(id) => vec![person(id, facts)],
            None => vec![&facts["people"][0]],
        },
        _ => Vec::new(),
    };
    let text = |subject: &&Value| subject[fact].as_str().map(str::to_owned);
    let words = field.get("texts").is_some();
    let found: Vec<String> = subjects.iter().filter_map(text).filter(|_| !words).collect();
    // Cells may hold digits in another width than the facts.
    found.into_iter().filter(|_| kind != "comb" || field.get("width").is_none()).collect()
}

fn person<'a>(id: &str, facts: &'a Value) -> &'a Value {
    let people = facts["people"].as_array().unwrap();
    people.iter().find(|person| person["id"] == id).unwrap()
}

fn holding<'a>(fact: &str, value: &str, facts: &'a Value) -> &'a Value {
    let people = facts["people"].as_array().unwrap();
    people.iter().find(|person| person[fact] == value).unwrap_or(&people[0])
}
