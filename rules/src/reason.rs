//! Reasons: why a rule row holds or fails, with the values read, in words.

use crate::condition::{Found, Situation};
use crate::deadline;
use crate::decide::{Reason, WeighedRow};
use crate::fact::{Subject, Value};
use crate::language::{date_text, value_text};
use crate::pack::{Condition, Operand};
use crate::truth::Truth;

/// Why a row has its value, in words.
pub fn reason(situation: &Situation<'_>, row: &WeighedRow<'_>, truth: Truth, lang: &str) -> Reason {
    let pack = situation.pack;
    let mut values: Vec<String> = Vec::new();
    for (member, weighed) in &row.tried {
        if Truth::all(weighed.iter().map(|weighed| weighed.truth)) != truth {
            continue;
        }
        let deciding = weighed.iter().filter(|weighed| weighed.truth == truth);
        // A row fails by its first condition that does not hold; it holds by all of them together.
        let deciding = deciding.take(if truth == Truth::No { 1 } else { usize::MAX });
        for weighed in deciding {
            let said = stated(situation, weighed.condition, *member, lang)
                .map(|said| with_name(situation, row, *member, weighed.condition, said));
            if let Some(said) = said.filter(|said| !values.contains(said)) {
                values.push(said);
            }
        }
    }
    let values = values.join("、");
    let own = pack.text(lang, &format!("rule.{}", row.rule.id)).filter(|_| truth == Truth::Yes);
    let text = match own {
        Some(text) if values.is_empty() => text.to_owned(),
        Some(text) => format!("{text}（{values}）"),
        None => values,
    };
    Reason { rule: row.rule.id.clone(), text }
}

/// Says whose fact it is where several members were looked at.
fn with_name(
    situation: &Situation<'_>,
    row: &WeighedRow<'_>,
    member: Option<&str>,
    condition: &Condition,
    said: String,
) -> String {
    let personal = situation.about_person(std::slice::from_ref(condition));
    let name = member.and_then(|id| situation.facts.value(&Subject::Person(id.to_owned()), "name"));
    match name {
        Some(Value::Text(name)) if personal && row.tried.len() > 1 => format!("{name} {said}"),
        _ => said,
    }
}

fn stated(
    situation: &Situation<'_>,
    condition: &Condition,
    person: Option<&str>,
    lang: &str,
) -> Option<String> {
    let pack = situation.pack;
    let label = pack
        .text_or_id(lang, &format!("fact.{}", condition.fact))
        .trim_start_matches("fact.")
        .to_owned();
    let value = match situation.find(&condition.fact, person) {
        Found::Value(value) => value_text(pack, lang, &condition.fact, &value),
        Found::Between(low, high) if low == high => low.to_string(),
        Found::Between(low, high) => format!("{low}-{high}"),
        Found::Missing(_) | Found::NotSaid(_) => return None,
    };
    let against = match &condition.operand {
        Operand::Deadline { procedure } => deadline::of(situation, procedure, person)
            .0
            .map(|days| {
                let word = pack.text(lang, "reason.deadline").unwrap_or("deadline");
                format!("、{word}：{}", date_text(lang, days.last.into()))
            })
            .unwrap_or_default(),
        Operand::Values(_) | Operand::Fact { .. } => String::new(),
    };
    Some(format!("{label}：{value}{against}"))
}
