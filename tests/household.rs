//! A household that moves in, as a facts file written by hand. Nobody of it exists.

use serde_json::{Value, json};

use crate::chance::Chance;

/// A name that only right fonts can draw: 葛 with a variation sequence, and an ideograph beyond the BMP.
pub const HANAKO: &str = "見本葛\u{E0100}　\u{20BB7}子";
/// The child.
pub const TARO: &str = "見本　太郎";
/// A variation sequence that no font has.
pub const UNPRINTABLE: &str = "見本\u{9089}\u{E011E}　太郎";

/// The facts of a case and of its people, in the order in which they stand in the file.
#[derive(Clone)]
pub struct Household {
    case: Vec<(&'static str, Value)>,
    people: Vec<(&'static str, Vec<(&'static str, Value)>)>,
}

impl Household {
    /// A mother and her child from another prefecture.
    pub fn moving_in() -> Self {
        let case = vec![
            ("event", json!("tennyu")),
            ("counter_date", json!("2026-11-20")),
            ("from", json!("other_pref")),
            ("move_date", json!("2026-11-14")),
            ("planned_out_date", json!("2026-11-13")),
            ("out_certificate", json!("paper")),
            ("any_card", json!(true)),
            ("new_address", json!("みほん県みほん市見本町二丁目３番４号")),
            ("new_address_katagaki", json!("みほん荘１０２号室")),
            ("previous_address", json!("かくう県かくう市仮町５番地")),
            ("new_head_name", json!(HANAKO)),
            ("previous_head_name", json!(HANAKO)),
            ("phone", json!("000-0000-0000")),
        ];
        let hanako = vec![
            ("name", json!({"value": HANAKO, "source": "card"})),
            ("name_kana", json!("ミホンクズ　ヨシコ")),
            ("birth_date", json!({"value": "1988-02-29", "source": "card"})),
            ("sex", json!("female")),
            ("relation", json!("head")),
            ("moving", json!(true)),
            ("nationality", json!("jp")),
            ("insurance_after", json!("kokuho")),
            ("mynumber_card", json!("valid")),
            ("seal_registration", json!(true)),
            ("child_allowance_earner", json!(true)),
            ("public_servant", json!(false)),
        ];
        let taro = vec![
            ("name", json!(TARO)),
            ("name_kana", json!("ミホン　タロウ")),
            ("birth_date", json!("2019-06-01")),
            ("sex", json!("male")),
            ("relation", json!("child")),
            ("moving", json!(true)),
            ("nationality", json!("jp")),
            ("insurance_after", json!("kokuho")),
            ("mynumber_card", json!("none")),
            ("child_allowance_earner", json!(false)),
        ];
        Self { case, people: vec![("p1", hanako), ("p2", taro)] }
    }

    /// The same household, where the mother's employer pays the child allowance and the city does not.
    pub fn of_public_servant() -> Self {
        Self::moving_in().with("p1", "public_servant", &json!(true))
    }

    /// Leaves a fact of the case out.
    pub fn without(mut self, fact: &str) -> Self {
        self.case.retain(|(id, _)| *id != fact);
        self
    }

    /// Gives the child another name.
    pub fn with_child_named(self, name: &str) -> Self {
        self.with("p2", "name", &json!(name))
    }

    fn with(mut self, whose: &str, fact: &str, value: &Value) -> Self {
        let facts =
            self.people.iter_mut().filter(|(id, _)| *id == whose).flat_map(|(_, facts)| facts);
        for (_, stated) in facts.filter(|(id, _)| *id == fact) {
            stated.clone_from(value);
        }
        self
    }

    /// States the same facts in another order.
    pub fn shuffled(mut self, chance: &mut Chance) -> Self {
        chance.shuffle(&mut self.case);
        for (_, facts) in &mut self.people {
            chance.shuffle(facts);
        }
        self
    }

    /// The facts file.
    pub fn file(&self) -> String {
        let people: Vec<String> = self
            .people
            .iter()
            .map(|(id, facts)| format!("{{\"id\":\"{id}\",{}}}", pairs(facts)))
            .collect();
        format!("{{\"case\":{{{}}},\n \"people\":[{}]}}\n", pairs(&self.case), people.join(",\n  "))
    }
}

fn pairs(facts: &[(&str, Value)]) -> String {
    let pairs: Vec<String> = facts.iter().map(|(id, value)| format!("\"{id}\":{value}")).collect();
    pairs.join(",")
}
