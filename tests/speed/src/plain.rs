//! What the other engines are given: one JSON object per household, in the form that suits them best.
//!
//! They know no ages, no dates with time of day left out and no versions of rows. So ages are numbers, dates
//! are day numbers, and rows whose version is chosen by the day at the counter are chosen before they are
//! compiled. None of that work is counted.

use jiff::civil::Date;
use kakanai_rules::pack::{Dated, RuleRow};
use kakanai_rules::{FactSet, Subject, Value};
use kakanai_text::PartialDate;
use serde_json::{Map, Value as Json, json};

/// Days since year 0.
pub fn day_number(day: Date) -> i64 {
    i64::from((day - Date::ZERO).get_days())
}

/// A date as the other engines read it.
pub fn date(date: PartialDate) -> Json {
    date.full().map_or(Json::Null, |day| json!(day_number(day)))
}

/// A value as the other engines read it.
pub fn value(value: &Value) -> Json {
    match value {
        Value::YesNo(value) => json!(value),
        Value::Choice(text) | Value::Text(text) | Value::PersonId(text) => json!(text),
        Value::Choices(list) => json!(list),
        Value::Number(number) => json!(number),
        Value::Date(day) => date(*day),
        Value::DoneList(_) => Json::Null,
    }
}

/// The household: facts of the case beside `members`.
pub fn household(facts: &FactSet, on: Date) -> Map<String, Json> {
    let mut case = about(facts, &Subject::Case, on);
    let members: Vec<Json> = facts
        .people()
        .iter()
        .map(|person| Json::Object(about(facts, &Subject::Person(person.id.clone()), on)))
        .collect();
    case.insert("counter_date".to_owned(), json!(day_number(on)));
    case.insert("members".to_owned(), Json::Array(members));
    case
}

/// One object per person: the household with that person as `p`.
pub fn people(facts: &FactSet, on: Date) -> Vec<Map<String, Json>> {
    let household = household(facts, on);
    let members = household.get("members").and_then(Json::as_array).cloned().unwrap_or_default();
    let with = |member: Json| {
        let mut one = household.clone();
        one.insert("p".to_owned(), member);
        one
    };
    members.into_iter().map(with).collect()
}

fn about(facts: &FactSet, subject: &Subject, on: Date) -> Map<String, Json> {
    let mut object = Map::new();
    for id in facts.known(subject) {
        let Some(known) = facts.value(subject, id) else { continue };
        object.insert(id.to_owned(), value(known));
        if let ("birth_date", Value::Date(birth)) = (id, known)
            && let Some(birth) = birth.full()
        {
            let had_birthday = (on.month(), on.day()) >= (birth.month(), birth.day());
            let age = i64::from(on.year()) - i64::from(birth.year()) - i64::from(!had_birthday);
            object.insert("age".to_owned(), json!(age));
        }
    }
    object
}

/// Whether a row can count on the day: versions chosen by the day at the counter are chosen here.
pub fn in_force(row: &RuleRow, on: Date) -> bool {
    row.dated.date_by.is_some() || row.dated.holds_on(on)
}

/// The bounds of a version chosen by another date than the counter's: fact, first day, last day.
pub fn bounds(dated: &Dated) -> Option<(&str, Option<i64>, Option<i64>)> {
    let fact = dated.date_by.as_deref()?;
    let day = |date: Option<PartialDate>| date.and_then(PartialDate::full).map(day_number);
    Some((fact, day(dated.from), day(dated.until)))
}

/// Whether a fact is a person's.
pub fn is_personal(fact: &str) -> bool {
    fact == "age" || fact == "birth_date" || fact.starts_with('p')
}
