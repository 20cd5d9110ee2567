//! The made-up residents of practice (練習用の住民): who they are and what is worth practising with them.
//!
//! Data of the program, not of the pack: they must be the same wherever a clerk learns, and no real person may ever
//! stand among them. All live in みほん市 or come from places that do not exist.

use kakanai_hardware::card::{Items, PracticeCard, Sex};
use kakanai_text::{EraDate, PartialDate};
use serde::Deserialize;

const PEOPLE: &str = include_str!("people.json");

/// One of them.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PracticePerson {
    /// Id.
    pub id: String,
    /// Name as on the card.
    pub name: String,
    address: String,
    birth_date: PartialDate,
    sex: SexOnCard,
    /// Four digits; `None` on a 顔認証マイナンバーカード.
    pub pin: Option<String>,
    expiry_year: String,
    security_code: String,
    /// What is worth practising with the card, in Japanese.
    pub text: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum SexOnCard {
    Male,
    Female,
}

/// All of them, in the order in which they are offered.
pub fn people() -> Vec<PracticePerson> {
    serde_json::from_str(PEOPLE).unwrap_or_default()
}

impl PracticePerson {
    /// The person and a new card of theirs.
    pub fn with_card(self) -> (PracticePerson, PracticeCard) {
        let items = Items {
            name: Some(self.name.clone()),
            address: Some(self.address.clone()),
            birth_date: Some(self.birth_date),
            sex: Some(match self.sex {
                SexOnCard::Male => Sex::Male,
                SexOnCard::Female => Sex::Female,
            }),
        };
        let card = PracticeCard::new(items, self.pin.clone(), self.code_b());
        (self, card)
    }

    /// What is printed on the card, as people read it: birth date in its era, year of expiry, security code.
    pub fn face(&self) -> [String; 3] {
        let born = EraDate::of(self.birth_date).map(|born| born.to_string());
        [born.unwrap_or_default(), self.expiry_year.clone(), self.security_code.clone()]
    }

    /// 照合番号B as it is printed on the card: year of the era, month, day, year of expiry, security code.
    fn code_b(&self) -> String {
        let born = EraDate::of(self.birth_date).map_or_else(String::new, |born| {
            let (month, day) = (born.month.unwrap_or_default(), born.day.unwrap_or_default());
            format!("{:02}{month:02}{day:02}", born.year)
        });
        format!("{born}{}{}", self.expiry_year, self.security_code)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kakanai_hardware::card::{CodeB, LastTry, Pin};

    use super::*;

    #[test]
    fn every_practice_card_opens_to_its_pin_or_to_what_is_printed_on_it() {
        let people = people();
        assert!(people.len() >= 8);
        let ids: BTreeSet<&str> = people.iter().map(|person| person.id.as_str()).collect();
        assert_eq!(ids.len(), people.len());
        assert!(people.iter().any(|person| person.pin.is_none()), "one without a PIN");
        for person in people {
            let code = CodeB::parse(person.code_b()).unwrap();
            let (person, mut card) = person.with_card();
            let reading = card.read_by_code_b(code, LastTry::Refuse).unwrap();
            assert_eq!(reading.items.name.as_deref(), Some(person.name.as_str()));
            if let Some(pin) = person.pin {
                assert_eq!(pin, "1234", "one PIN for all: nobody has to look it up");
                card.read(Pin::parse(pin).unwrap(), LastTry::Refuse).unwrap();
            }
        }
    }
}
