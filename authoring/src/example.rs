//! The cases that prove a pack (`tests` sheet): facts line by line, then what must come out.
//!
//! Lines of one test share its name. A line with `fact` states one (empty `person` = the case); a line with
//! `procedure` expects a status and, where it matters, a last day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_rules::pack::{Expectation, Pack, TestRow};
use kakanai_rules::{FactType, Vocabulary, determine, parse_facts};
use serde_json::{Map, Value as Json, json};

use crate::cells::{Cells, value_of};
use crate::finding::{Finding, Place};
use crate::sheet::Row;

/// Where the expectations of each test stand, which a compiled pack does not keep.
pub type Places = BTreeMap<String, Vec<Place>>;

/// Reads the sheet.
pub fn read(
    rows: &[Row],
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> (Vec<TestRow>, Places) {
    let mut order: Vec<String> = Vec::new();
    let mut tests: BTreeMap<String, Draft> = BTreeMap::new();
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let id = cells.text("test");
        if !tests.contains_key(&id) {
            order.push(id.clone());
        }
        let draft = tests.entry(id).or_insert_with(|| Draft::starting(row.place.clone()));
        draft.dated |= cells.optional("on").is_some();
        if let Some(on) = cells.date("on") {
            draft.on = Some(on);
        }
        if let Some(fact) = cells.optional("fact") {
            let Some(def) = vocabulary.get(&fact) else {
                cells.unknown_fact("fact", &fact);
                continue;
            };
            let cell = cells.text("value");
            let value = match (cell.as_str(), def.kind) {
                ("unknown" | "declined", _) if !def.values.contains(&cell) => {
                    Some(json!({"value": null, "answer": cell}))
                }
                (_, FactType::Text) => Some(json!(cell)),
                (_, FactType::Choices) => Some(json!(cell.split_whitespace().collect::<Vec<_>>())),
                _ => value_of(def, &cell).map(|value| value.to_json()),
            };
            match value {
                Some(value) => draft.state(cells.optional("person"), fact, value),
                None => cells.wrong("value", &cell, def.kind.name()),
            }
        } else if let Some(procedure) = cells.optional("procedure") {
            draft.places.push(row.place.clone());
            draft.expect.push(Expectation {
                procedure,
                person: cells.optional("person"),
                status: cells.text("status"),
                deadline: cells.date("deadline"),
            });
        } else if let Some(person) = cells.optional("person") {
            draft.person(&person);
        }
    }
    let mut places = Places::new();
    let mut read = Vec::new();
    for id in order {
        let Some(draft) = tests.remove(&id) else { continue };
        places.insert(id.clone(), draft.places.clone());
        read.extend(draft.finish(id, findings));
    }
    (read, places)
}

struct Draft {
    start: Place,
    /// The day stands in some row, readable or not.
    dated: bool,
    places: Vec<Place>,
    on: Option<kakanai_text::PartialDate>,
    case: Map<String, Json>,
    people: Vec<Map<String, Json>>,
    expect: Vec<Expectation>,
}

impl Draft {
    fn starting(start: Place) -> Draft {
        Draft {
            start,
            dated: false,
            places: Vec::new(),
            on: None,
            case: Map::new(),
            people: Vec::new(),
            expect: Vec::new(),
        }
    }

    fn person(&mut self, id: &str) -> Option<&mut Map<String, Json>> {
        if !self.people.iter().any(|person| person.get("id") == Some(&json!(id))) {
            self.people.push(Map::from_iter([("id".to_owned(), json!(id))]));
        }
        self.people.iter_mut().find(|person| person.get("id") == Some(&json!(id)))
    }

    fn state(&mut self, person: Option<String>, fact: String, value: Json) {
        let facts = match person {
            None => Some(&mut self.case),
            Some(id) => self.person(&id),
        };
        if let Some(facts) = facts {
            facts.insert(fact, value);
        }
    }

    /// The test; without a full day at the counter it is none, and that is found.
    fn finish(self, id: String, findings: &mut Vec<Finding>) -> Option<TestRow> {
        let on = self.on.filter(|on| on.full().is_some());
        if on.is_none() && (!self.dated || self.on.is_some()) {
            findings.push(self.start.error(
                "wrong-value",
                "on",
                format!("テスト「{id}」に窓口の日がありません。"),
                "このテストの行のどれかで、on に年月日を書いてください。",
            ));
        }
        Some(TestRow {
            id,
            on: on?,
            facts: json!({"case": self.case, "people": self.people}),
            expect: self.expect,
        })
    }
}

/// Runs every test of the pack.
pub fn run(pack: &Pack, places: &Places) -> Vec<Finding> {
    let of = |test: &TestRow| places.get(&test.id).map_or(&[] as &[Place], Vec::as_slice);
    pack.tests.iter().flat_map(|test| run_one(pack, test, of(test))).collect()
}

fn run_one(pack: &Pack, test: &TestRow, places: &[Place]) -> Vec<Finding> {
    let unknown = Place { sheet: "tests".to_owned(), row: 0 };
    let wrong = |place: Option<&Place>, text: String| {
        let mut finding = place.unwrap_or(&unknown).error(
            "test-failed",
            "",
            format!("テスト「{}」: {text}", test.id),
            "規則か期待する結果のどちらかを直してください。",
        );
        finding.example = Some(test.facts.clone());
        finding
    };
    let facts = match parse_facts(&test.facts.to_string(), &pack.vocabulary()) {
        Ok(facts) => facts,
        Err(error) => return vec![wrong(places.first(), error.to_string())],
    };
    let Some(on): Option<Date> = test.on.full() else {
        return vec![wrong(places.first(), "日付（on）がありません。".to_owned())];
    };
    let decided = determine(pack, &facts, on, "ja");
    let mut findings = Vec::new();
    for (index, expected) in test.expect.iter().enumerate() {
        let place = places.get(index);
        let found = decided.decisions.iter().find(|decision| {
            decision.procedure == expected.procedure
                && expected.person.as_ref().is_none_or(|person| decision.people.contains(person))
        });
        let Some(found) = found else {
            findings.push(wrong(place, format!("{} の判定がありません。", expected.procedure)));
            continue;
        };
        if found.status.id() != expected.status {
            findings.push(wrong(
                place,
                format!(
                    "{} は {} のはずが {} です。",
                    expected.procedure,
                    expected.status,
                    found.status.id()
                ),
            ));
        }
        if expected.deadline.is_some() && found.deadline != expected.deadline {
            let shown = |day: Option<kakanai_text::PartialDate>| {
                day.map_or("なし".to_owned(), |day| day.to_string())
            };
            findings.push(wrong(
                place,
                format!(
                    "{} の期限は {} のはずが {} です。",
                    expected.procedure,
                    shown(expected.deadline),
                    shown(found.deadline)
                ),
            ));
        }
    }
    findings
}
