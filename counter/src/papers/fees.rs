//! What stands on the sheet of fees (手数料票): what this building asks for today.
//!
//! An amount is added up only when nothing about it is open: one fee of known height, and a known number.

use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::fees::{FeeLine, FeesSheet};
use kakanai_rules::pack::{DoneAt, Scope};
use kakanai_rules::{Determination, FactSet, Subject, Value};

use super::speech::Speech;
use super::visit::{Matter, Stage, matters};
use crate::event::Outcomes;

/// The fact that says how many copies of a certificate are wanted (通数).
const COPIES: &str = "copies";

/// What one line comes to.
struct Amount {
    count: Option<i64>,
    unit: Option<i64>,
}

impl Amount {
    fn sum(&self) -> Option<i64> {
        self.count?.checked_mul(self.unit?)
    }
}

/// The sheet of a household; `None` when there is nothing to pay.
pub(super) fn fees(
    speech: &Speech<'_>,
    determination: &Determination,
    outcomes: &Outcomes,
) -> Option<FeesSheet> {
    let mut lines = Vec::new();
    let (mut total, mut open) = (Some(0_i64), 0_usize);
    for matter in matters(determination, outcomes).iter().filter(|matter| paid_here(matter)) {
        let amount = amount(speech, matter);
        let sum = amount.sum();
        if sum == Some(0) {
            continue;
        }
        match sum {
            Some(sum) => total = total.and_then(|total| total.checked_add(sum)),
            None => open += 1,
        }
        lines.push(line(speech, matter, &amount));
    }
    if lines.is_empty() {
        return None;
    }
    let mut totals = Vec::new();
    if let Some(known) = total.filter(|_| open < lines.len()) {
        let id = if open == 0 { "sheet.fees.total" } else { "sheet.fees.partly" };
        totals.push(speech.words(id).filled("{yen}", &yen(speech, known)));
    }
    if open > 0 {
        totals.push(speech.words("sheet.fees.open"));
    }
    let name = |name: &str| speech.words(&format!("sheet.fees.{name}"));
    Some(FeesSheet {
        title: name("title"),
        municipality: speech.pack.name.clone(),
        day: speech.day(determination.on).text,
        lead: vec![name("lead")],
        names: [name("what"), name("count"), name("unit"), name("sum")],
        lines,
        total: totals,
    })
}

/// What another office or authority asks for is paid there.
fn paid_here(matter: &Matter<'_>) -> bool {
    let decision = matter.decision;
    matches!(matter.stage, Stage::Today | Stage::Later)
        && decision.done_at != DoneAt::Elsewhere
        && !decision.fees.is_empty()
}

fn amount(speech: &Speech<'_>, matter: &Matter<'_>) -> Amount {
    let Some(row) = speech.pack.procedure(&matter.decision.procedure) else {
        return Amount { count: None, unit: None };
    };
    let count = if row.asks.iter().any(|fact| fact == COPIES) {
        let mut copies = matter.people.iter().map(|person| copies(speech.facts, person));
        copies.try_fold(0_i64, |sum, copies| sum.checked_add(copies?))
    } else if row.scope == Scope::Person {
        i64::try_from(matter.people.len()).ok()
    } else {
        Some(1)
    };
    // Several fees are alternatives (謄本か除籍か): the counter knows which one it is.
    let unit = match matter.decision.fees.as_slice() {
        [fee] => fee.yen.map(i64::from),
        _ => None,
    };
    Amount { count: count.filter(|count| *count > 0), unit }
}

fn copies(facts: &FactSet, person: &str) -> Option<i64> {
    match facts.value(&Subject::Person(person.to_owned()), COPIES) {
        Some(Value::Number(copies)) if *copies > 0 => Some(*copies),
        _ => None,
    }
}

fn line(speech: &Speech<'_>, matter: &Matter<'_>, amount: &Amount) -> FeeLine {
    let decision = matter.decision;
    let mut about = vec![speech.people(&matter.people)];
    // What is fixed needs no explanation; what is not, needs the pack's.
    if amount.unit.is_none() {
        about.extend(decision.fees.iter().map(|fee| speech.words(&format!("fee.{}", fee.id))));
    }
    about.retain(|words| !words.is_empty());
    let at_counter = || speech.words("sheet.fees.at_counter");
    let in_yen = |amount: Option<i64>| amount.map_or_else(at_counter, |sum| yen(speech, sum));
    FeeLine {
        what: speech.procedure(&decision.procedure),
        for_whom: Words::joined(&about, "\n", "\n"),
        // Of what is not known, nobody knows how many either: dogs, plots, cards.
        count: match (amount.unit, amount.count) {
            (Some(_), Some(count)) => count.to_string(),
            _ => String::new(),
        },
        unit: in_yen(amount.unit),
        sum: in_yen(amount.sum()),
    }
}

fn yen(speech: &Speech<'_>, amount: i64) -> Words {
    speech.words("sheet.fees.yen").filled("{yen}", &Words::plain(grouped(amount)))
}

/// `12,300`
fn grouped(amount: i64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (left, digit) in (0..digits.len()).rev().zip(digits.chars()) {
        grouped.push(digit);
        if left > 0 && left % 3 == 0 && digit != '-' {
            grouped.push(',');
        }
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        let cases = [
            (0, "0"),
            (300, "300"),
            (1_200, "1,200"),
            (12_300, "12,300"),
            (1_000_000, "1,000,000"),
        ];
        for (amount, expected) in cases {
            assert_eq!(grouped(amount), expected);
        }
    }

    #[test]
    fn a_sum_needs_both_its_number_and_its_height() {
        assert_eq!(Amount { count: Some(2), unit: Some(300) }.sum(), Some(600));
        assert_eq!(Amount { count: None, unit: Some(300) }.sum(), None);
        assert_eq!(Amount { count: Some(2), unit: None }.sum(), None);
    }
}
