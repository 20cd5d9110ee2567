//! A case of the sample municipality, with facts of every kind.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use kakanai_handover::{CaseHead, Export, Refusal, Sources, export};
use kakanai_rules::{
    Determination, Engine, FactSet, FactType, Pack, Sensitivity, Subject, SubjectKind, Value,
    determine, parse_facts,
};
use serde_json::{Map, Value as Json, json};

pub fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs")
}

pub fn pack() -> &'static Pack {
    static PACK: LazyLock<Pack> =
        LazyLock::new(|| kakanai_authoring::load(&packs().join("mihon-city")).unwrap().pack);
    &PACK
}

pub fn day() -> Date {
    "2026-11-20".parse().unwrap()
}

pub struct Facts(pub FactSet);

impl Sources for Facts {
    fn people(&self) -> Vec<String> {
        self.0.people().iter().map(|person| person.id.clone()).collect()
    }

    fn value(&self, source: &str, person: Option<&str>) -> Option<Value> {
        let first = || self.people().first().cloned();
        match (source, source.split_once('.')?) {
            ("form.today", _) => Some(Value::Date(day().into())),
            ("form.case", _) => Some(Value::Text("A-0001".to_owned())),
            ("person.id", _) => person.map(|id| Value::Text(id.to_owned())),
            (_, ("case", fact)) => self.0.value(&Subject::Case, fact).cloned(),
            (_, ("person", fact)) => {
                self.0.value(&Subject::Person(person?.to_owned()), fact).cloned()
            }
            (_, ("form", _)) => None,
            (_, (_, fact)) => self.0.value(&Subject::Person(first()?), fact).cloned(),
        }
    }
}

pub struct Case {
    pub file: Json,
    pub facts: Facts,
    pub determination: Determination,
}

impl Case {
    pub fn of(file: Json) -> Case {
        let facts = parse_facts(&file.to_string(), &pack().vocabulary()).unwrap();
        let determination = determine(pack(), &facts, day(), "ja");
        Case { file, facts: Facts(facts), determination }
    }

    /// A household that has said something to everything, in texts with commas, quotation marks and rare characters.
    pub fn of_everything() -> Case {
        let mut number = 0;
        let mut said = |subject: SubjectKind| -> Map<String, Json> {
            let vocabulary = pack().vocabulary();
            let facts = vocabulary.iter().filter(|def| {
                def.subject == subject && !pack().derived.iter().any(|row| row.fact == def.id)
            });
            let facts = facts.filter(|def| def.kind != FactType::DoneList);
            facts
                .map(|def| {
                    number += 1;
                    let value = match def.kind {
                        FactType::YesNo => json!(number % 2 == 0),
                        FactType::Choice => json!(def.values[number % def.values.len()]),
                        FactType::Choices if def.values.is_empty() => json!(["x", "y"]),
                        FactType::Choices => json!([def.values[0], def.values[1]]),
                        FactType::Date => {
                            json!(format!("2026-{:02}-{:02}", number % 12 + 1, number % 28))
                        }
                        FactType::Number => json!(number),
                        FactType::PersonId => json!("p1"),
                        // Short enough for every column, each with a mark of its own.
                        _ if def.id == "nationality_code" => json!("NPL"),
                        _ if def.id == "residence_card_number" => json!("AB00000000CD"),
                        _ if def.id == "new_postal_code" => json!("000-0000"),
                        _ => json!(format!("髙\",{number}①ｱ～")),
                    };
                    (def.id.clone(), value)
                })
                .collect()
        };
        let mut case = said(SubjectKind::Case);
        for (fact, value) in [
            ("event", "tennyu"),
            ("from", "other_pref"),
            ("move_date", "2026-11-14"),
            ("counter_date", "2026-11-20"),
        ] {
            case.insert(fact.to_owned(), json!(value));
        }
        case.insert("also_events".to_owned(), json!(["shomei"]));
        case.insert("dv_support".to_owned(), json!(true));
        let mut people = Vec::new();
        for (id, born) in [("p1", "1985-04-00"), ("p2", "2018-06-01"), ("p3", "1944-01-01")] {
            let mut person = said(SubjectKind::Person);
            for (fact, value) in [
                ("id", json!(id)),
                ("birth_date", json!(born)),
                ("moving", json!(true)),
                ("insurance_after", json!(if id == "p3" { "kouki" } else { "kokuho" })),
                ("certificates", json!(["juminhyo"])),
            ] {
                person.insert(fact.to_owned(), value);
            }
            people.push(person);
        }
        Case::of(json!({ "case": case, "people": people }))
    }

    pub fn household(name: &str) -> Case {
        let file = packs().join("mihon-city/households").join(name).with_extension("json");
        Case::of(serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap())
    }

    pub fn export(&self) -> Result<Export, Vec<Refusal>> {
        self.export_with(pack())
    }

    pub fn export_with(&self, pack: &Pack) -> Result<Export, Vec<Refusal>> {
        let head = CaseHead { name: "A-0001".to_owned(), id: "id".to_owned(), revision: 3 };
        export(&Engine::new(pack), &self.determination, &self.facts, &head)
    }
}

/// The facts that may never leave.
pub fn discreet(pack: &Pack) -> Vec<String> {
    let vocabulary = pack.vocabulary();
    let discreet = vocabulary.iter().filter(|def| def.sensitivity == Sensitivity::Discreet);
    discreet.map(|def| def.id.clone()).collect()
}
