//! The facts of a case as papers ask for them: what a source of a template means.

use jiff::civil::Date;
use kakanai_forms::{FieldValue, Values};
use kakanai_rules::{FactSet, Pack, Subject, Value, age_of};

use super::discretion::Discretion;
use super::due::Due;
use super::household::Household;

/// The values of one paper.
pub(super) struct CaseValues<'a> {
    pub pack: &'a Pack,
    pub facts: &'a FactSet,
    pub on: Date,
    pub due: &'a Due,
    /// Version of the form, for its mark.
    pub version: u32,
    /// Number of the case, if it has one.
    pub case: &'a str,
    /// What a shared paper may not hold; `None` on the paper that is for one pair of eyes.
    pub kept_back: Option<&'a Discretion>,
}

impl CaseValues<'_> {
    fn household(&self) -> Household<'_> {
        Household { pack: self.pack, facts: self.facts, on: self.on }
    }

    /// What the paper itself is: its day, its address, its mark, what it is made for.
    fn of_the_form(&self, fact: &str, person: Option<&str>) -> FieldValue {
        let household = self.household();
        let text = |value| match value {
            Some(Value::Text(text)) => FieldValue::Text(text),
            _ => FieldValue::Missing,
        };
        match fact {
            "today" => FieldValue::Date(self.on.into()),
            "moved_on" => {
                let day = |fact| self.fact(&Subject::Case, fact);
                match day("move_date") {
                    FieldValue::Missing => day("change_date"),
                    moved => moved,
                }
            }
            "address" => text(household.here("new_address", "previous_address", Some("address"))),
            "address_katagaki" => {
                text(household.here("new_address_katagaki", "previous_address_katagaki", None))
            }
            "postal_code" => text(household.here("new_postal_code", "postal_code", None)),
            "procedures" => FieldValue::Choices(self.due.procedures_of(person)),
            "case" => FieldValue::Text(self.case.to_owned()),
            "mark" => {
                let Due { form, .. } = self.due;
                FieldValue::Text(format!("{form}.{}.{}", self.version, self.case))
            }
            _ => FieldValue::Missing,
        }
    }

    fn fact(&self, subject: &Subject, fact: &str) -> FieldValue {
        if self.kept_back.is_some_and(|discretion| discretion.fact(fact)) {
            return FieldValue::Missing;
        }
        match self.facts.value(subject, fact) {
            None if fact == "relation_text" => {
                self.household().relation(subject).map_or(FieldValue::Missing, FieldValue::Text)
            }
            None => match self.facts.value(subject, "birth_date") {
                Some(Value::Date(birth)) => {
                    age_of(fact, *birth, self.on).map_or(FieldValue::Missing, FieldValue::Number)
                }
                _ => FieldValue::Missing,
            },
            Some(Value::YesNo(yes)) => FieldValue::YesNo(*yes),
            Some(Value::Choice(id) | Value::PersonId(id)) => FieldValue::Choice(id.clone()),
            Some(Value::Choices(ids)) => FieldValue::Choices(ids.clone()),
            Some(Value::Date(date)) => FieldValue::Date(*date),
            Some(Value::Number(number)) => FieldValue::Number(*number),
            Some(Value::Text(text)) => FieldValue::Text(text.clone()),
            Some(Value::DoneList(_)) => FieldValue::Missing,
        }
    }
}

impl Values for CaseValues<'_> {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        let Some((namespace, fact)) = source.split_once('.') else { return FieldValue::Missing };
        match namespace {
            "form" => self.of_the_form(fact, person),
            "case" if fact == "counter_date" => FieldValue::Date(self.on.into()),
            "case" => self.fact(&Subject::Case, fact),
            _ => match self.household().someone(namespace, person) {
                Some(id) => self.fact(&Subject::Person(id), fact),
                None => FieldValue::Missing,
            },
        }
    }

    fn people(&self) -> Vec<String> {
        self.due.people.clone()
    }
}
