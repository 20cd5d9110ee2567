//! The facts of a case as hand-over columns ask for them.

use jiff::civil::Date;
use kakanai_handover::Sources;
use kakanai_rules::{FactSet, Pack, Subject, Value};

use crate::papers::CaseValues;

/// The events after which the new address is one in this municipality.
const MOVING_HERE: [&str; 2] = ["tennyu", "tenkyo"];

/// A case with what follows from its facts.
pub struct CaseSources<'a> {
    pub pack: &'a Pack,
    pub facts: &'a FactSet,
    pub on: Date,
    /// Reception number, if there is a case.
    pub number: Option<&'a str>,
}

impl CaseSources<'_> {
    fn of_case(&self, fact: &str) -> Option<Value> {
        self.facts.value(&Subject::Case, fact).cloned()
    }

    /// Whom `head`, `claimant` and the like stand for is the papers' to say.
    fn papers(&self) -> CaseValues<'_> {
        CaseValues { pack: self.pack, facts: self.facts, people: &[], on: self.on }
    }

    fn of_person(&self, namespace: &str, person: Option<&str>, fact: &str) -> Option<Value> {
        let someone = Subject::Person(self.papers().someone(namespace, person)?);
        match self.facts.value(&someone, fact) {
            None if fact == "relation_text" => self.papers().relation(&someone).map(Value::Text),
            value => value.cloned(),
        }
    }

    /// The address in this municipality: the new one of those who move here or within it, else the present one.
    fn here(&self, part: &str) -> Option<Value> {
        let event = |id: &String| MOVING_HERE.contains(&id.as_str());
        let moves = match (self.of_case("event"), self.of_case("also_events")) {
            (Some(Value::Choice(id)), _) if event(&id) => true,
            (_, Some(Value::Choices(ids))) => ids.iter().any(event),
            _ => false,
        };
        match (moves, part) {
            (true, part) => self.of_case(&format!("new_{part}")),
            (false, "address") => {
                self.of_case("previous_address").or_else(|| self.of_person("head", None, "address"))
            }
            (false, part) => self.of_case(&format!("previous_{part}")),
        }
    }
}

impl Sources for CaseSources<'_> {
    fn people(&self) -> Vec<String> {
        self.facts.people().iter().map(|person| person.id.clone()).collect()
    }

    fn value(&self, source: &str, person: Option<&str>) -> Option<Value> {
        match source {
            "form.today" | "case.counter_date" => Some(Value::Date(self.on.into())),
            "form.case" => self.number.map(|number| Value::Text(number.to_owned())),
            "form.moved_on" => self.of_case("move_date").or_else(|| self.of_case("change_date")),
            "form.address" => self.here("address"),
            "form.address_katagaki" => self.here("address_katagaki"),
            "form.postal_code" => self.here("postal_code"),
            "person.id" => person.map(|id| Value::Text(id.to_owned())),
            _ => match source.split_once('.')? {
                ("case", fact) => self.of_case(fact),
                (namespace, fact) => self.of_person(namespace, person, fact),
            },
        }
    }
}
