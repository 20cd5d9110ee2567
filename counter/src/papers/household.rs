//! Whom and where the sources of papers and hand-over columns mean: head, visitor, claimant, the address here.

use jiff::civil::Date;
use kakanai_rules::{FactSet, Pack, Subject, Value};

use super::speech::JA;

/// Events after which the household lives at the new address.
const MOVES_HERE: [&str; 2] = ["tennyu", "tenkyo"];
/// The event after which the new address is elsewhere.
const MOVES_AWAY: [&str; 1] = ["tenshutsu"];

/// The household of a case.
#[derive(Clone, Copy)]
pub(crate) struct Household<'a> {
    pub pack: &'a Pack,
    pub facts: &'a FactSet,
    pub on: Date,
}

impl Household<'_> {
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
    pub fn relation(&self, person: &Subject) -> Option<String> {
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
    pub fn someone(&self, namespace: &str, person: Option<&str>) -> Option<String> {
        let claimant = || {
            self.with("child_allowance_earner", "yes")
                .or_else(|| self.with("child_allowance_recipient", "yes"))
                .or_else(|| self.head())
        };
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

    /// Where in this municipality the household lives: the new address after a move here, else the present one;
    /// where only one address was given, that one.
    pub fn here(&self, new: &str, present: &str, on_document: Option<&str>) -> Option<Value> {
        let case = |fact| self.facts.value(&Subject::Case, fact);
        let moved = case(new).filter(|_| self.has_event(&MOVES_HERE));
        let head = || {
            let head = Subject::Person(self.head()?);
            self.facts.value(&head, on_document?)
        };
        let named = || case(new).filter(|_| !self.has_event(&MOVES_AWAY));
        moved.or_else(|| case(present)).or_else(head).or_else(named).cloned()
    }
}
