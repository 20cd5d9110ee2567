//! The facts of a case as hand-over columns ask for them.

use jiff::civil::Date;
use kakanai_handover::Sources;
use kakanai_rules::{FactSet, Pack, Subject, Value};

use crate::papers::Household;

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
    fn household(&self) -> Household<'_> {
        Household { pack: self.pack, facts: self.facts, on: self.on }
    }

    fn of_person(&self, namespace: &str, person: Option<&str>, fact: &str) -> Option<Value> {
        let someone = Subject::Person(self.household().someone(namespace, person)?);
        match self.facts.value(&someone, fact) {
            None if fact == "relation_text" => self.household().relation(&someone).map(Value::Text),
            value => value.cloned(),
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
            "form.address" => {
                self.household().here("new_address", "previous_address", Some("address"))
            }
            "form.address_katagaki" => {
                self.household().here("new_address_katagaki", "previous_address_katagaki", None)
            }
            "form.postal_code" => self.household().here("new_postal_code", "postal_code", None),
            "person.id" => person.map(|id| Value::Text(id.to_owned())),
            _ => match source.split_once('.')? {
                ("case", fact) => self.of_case(fact),
                (namespace, fact) => self.of_person(namespace, person, fact),
            },
        }
    }
}
