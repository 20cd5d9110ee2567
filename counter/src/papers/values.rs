//! The facts of a case as papers ask for them: what a source of a template means.

use jiff::civil::Date;
use kakanai_forms::{FieldValue, Values};
use kakanai_rules::{FactSet, Pack, Subject, Value, age_of};

use super::discretion::Discretion;
use super::due::Due;
use super::speech::JA;

/// Events after which the household lives at the new address.
const MOVES_HERE: [&str; 2] = ["tennyu", "tenkyo"];

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
    fn with(&self, fact: &str, value: &str) -> Option<String> {
        let matches = |person: &&kakanai_rules::Person| match self
            .facts
            .value(&Subject::Person(person.id.clone()), fact)
        {
            Some(Value::Choice(choice)) => choice == value,
            Some(Value::YesNo(yes)) => *yes == (value == "yes"),
            _ => false,
        };
        self.facts.people().iter().find(matches).map(|person| person.id.clone())
    }

    /// The relation as the resident record writes it (標準仕様 1.1.11), where the pack has words for it: with the
    /// sex, else for either. What cannot be told from the choice alone stays blank for the clerk.
    fn relation(&self, person: &Subject) -> Option<String> {
        let choice = |fact: &str| match self.facts.value(person, fact) {
            Some(Value::Choice(id)) => Some(id.as_str()),
            _ => None,
        };
        let relation = format!("paper.relation.{}", choice("relation")?);
        let text = |id: &str| self.pack.text(JA, id, self.on);
        choice("sex")
            .and_then(|sex| text(&format!("{relation}.{sex}")))
            .or_else(|| text(&relation))
            .map(str::to_owned)
    }

    fn first(&self) -> Option<String> {
        self.facts.people().first().map(|person| person.id.clone())
    }

    fn head(&self) -> Option<String> {
        self.with("relation", "head").or_else(|| self.first())
    }

    /// Whom a namespace stands for.
    fn someone(&self, namespace: &str, person: Option<&str>) -> Option<String> {
        let claimant = || self.with("child_allowance_earner", "yes").or_else(|| self.head());
        match namespace {
            "person" => person.map(str::to_owned),
            "head" => self.head(),
            "visitor" => match self.facts.value(&Subject::Case, "visitor_person") {
                Some(Value::PersonId(id)) => Some(id.clone()),
                _ => self.first(),
            },
            "claimant" => claimant(),
            // The claimant and the spouse are the head and the member related as spouse, either way round.
            "spouse" => {
                let spouse = self.with("relation", "spouse")?;
                if claimant().as_ref() == Some(&spouse) {
                    self.with("relation", "head")
                } else {
                    Some(spouse)
                }
            }
            _ => None,
        }
    }

    /// An event of the visit, the first one or another.
    fn has_event(&self, events: &[&str]) -> bool {
        let stated = |fact: &str| self.facts.value(&Subject::Case, fact);
        let first =
            matches!(stated("event"), Some(Value::Choice(id)) if events.contains(&id.as_str()));
        let also = match stated("also_events") {
            Some(Value::Choices(ids)) => ids.iter().any(|id| events.contains(&id.as_str())),
            _ => false,
        };
        first || also
    }

    /// Where in this municipality the household lives: the new address after a move here, else the present one.
    fn here(&self, new: &str, present: &str, on_document: Option<&str>) -> FieldValue {
        let case = |fact| self.facts.value(&Subject::Case, fact);
        let moved = case(new).filter(|_| self.has_event(&MOVES_HERE));
        let head = || {
            let head = Subject::Person(self.head()?);
            self.facts.value(&head, on_document?)
        };
        match moved.or_else(|| case(present)).or_else(head) {
            Some(Value::Text(text)) => FieldValue::Text(text.clone()),
            _ => FieldValue::Missing,
        }
    }

    /// What the paper itself is: its day, its address, its mark, what it is made for.
    fn of_the_form(&self, fact: &str, person: Option<&str>) -> FieldValue {
        match fact {
            "today" => FieldValue::Date(self.on.into()),
            "moved_on" => {
                let day = |fact| self.fact(&Subject::Case, fact);
                match day("move_date") {
                    FieldValue::Missing => day("change_date"),
                    moved => moved,
                }
            }
            "address" => self.here("new_address", "previous_address", Some("address")),
            "address_katagaki" => {
                self.here("new_address_katagaki", "previous_address_katagaki", None)
            }
            "postal_code" => self.here("new_postal_code", "postal_code", None),
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
                self.relation(subject).map_or(FieldValue::Missing, FieldValue::Text)
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
            _ => match self.someone(namespace, person) {
                Some(id) => self.fact(&Subject::Person(id), fact),
                None => FieldValue::Missing,
            },
        }
    }

    fn people(&self) -> Vec<String> {
        self.due.people.clone()
    }
}
