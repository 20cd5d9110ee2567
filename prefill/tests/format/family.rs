//! The family of four with 77 answers: every fact comes back as it was, and no changed sheet is taken.

use kakanai_prefill::{Added, Medium, OpenError, Parts, Submission, Validity, open};
use kakanai_rules::{Fact, FactSet, Source, Subject};

use crate::sample::{MUNICIPALITY, PACK, UNTIL, family, joined, keys, sheet};

fn read(texts: &[String]) -> Submission {
    open(&joined(texts), &[keys().0], MUNICIPALITY).unwrap()
}

/// The facts that may be asked at home, said by `source`.
fn at_home(facts: &FactSet, source: Source) -> FactSet {
    let mut kept = FactSet::default();
    kept.household_complete = facts.household_complete;
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    for subject in std::iter::once(Subject::Case).chain(people) {
        for (id, fact) in facts.newest(&subject) {
            if PACK.questions.iter().any(|row| row.fact == id && row.at_home && !row.retired) {
                kept.state(&subject, id, Fact { source, ..fact.clone() });
            }
        }
    }
    kept
}

fn count(facts: &FactSet) -> usize {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    people.chain([Subject::Case]).map(|subject| facts.known(&subject).count()).sum()
}

#[test]
fn every_fact_of_the_family_comes_back_byte_for_byte() {
    let facts = family();
    let expected = at_home(&facts, Source::Qr);
    assert_eq!(count(&expected), 77);
    for medium in [Medium::Phone, Medium::Paper] {
        let imported = read(&sheet(&facts, medium).texts).import(&PACK);
        assert_eq!(imported.facts, expected);
        assert!(imported.at_counter.is_empty() && imported.withdrawn.is_empty());
        assert!(imported.refused.is_empty());
    }
}

#[test]
fn a_sheet_says_for_whom_when_and_how_long() {
    let submission = read(&sheet(&family(), Medium::Phone).texts);
    assert_eq!(submission.municipality, MUNICIPALITY);
    assert_eq!(submission.made_on().to_string(), "2026-11-20");
    assert_eq!(submission.valid_until, UNTIL);
    for (on, validity) in [
        ("2026-11-19", Validity::FromFuture),
        ("2026-11-20", Validity::Valid),
        ("2026-12-20", Validity::Valid),
        ("2026-12-21", Validity::Expired),
    ] {
        assert_eq!(submission.validity(on.parse().unwrap()), validity, "{on}");
    }
    assert!(!format!("{submission:?}").contains("大王"));
}

#[test]
fn no_single_bit_of_a_sealed_message_can_be_changed() {
    let message = joined(&sheet(&family(), Medium::Phone).texts);
    let keys = [keys().0];
    for bit in 0..message.len() * 8 {
        let mut changed = message.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        let refusal = open(&changed, &keys, MUNICIPALITY).unwrap_err();
        let expected = match bit / 8 {
            0 => OpenError::Suite,
            1..5 => OpenError::Key,
            _ => OpenError::Seal,
        };
        assert_eq!(refusal, expected, "bit {bit}");
    }
}

#[test]
fn no_single_digit_of_the_texts_can_be_changed() {
    for medium in [Medium::Phone, Medium::Paper] {
        let texts = sheet(&family(), medium).texts;
        for text in &texts {
            for at in 0..text.len() {
                for digit in b'0'..=b'9' {
                    let mut changed = text.clone().into_bytes();
                    if std::mem::replace(&mut changed[at], digit) == digit {
                        continue;
                    }
                    let changed = String::from_utf8(changed).unwrap();
                    let expected = if at < 5 { Added::NotOurs } else { Added::Damaged };
                    assert_eq!(Parts::new().add(&changed), expected, "digit {at} as {digit}");
                }
            }
        }
    }
}

#[test]
fn no_digit_can_be_lost_doubled_or_swapped() {
    let texts = sheet(&family(), Medium::Phone).texts;
    for text in &texts {
        for at in 0..text.len() {
            let mut lost = text.clone();
            let digit = lost.remove(at);
            let mut doubled = text.clone();
            doubled.insert(at, digit);
            let mut swapped = text.clone().into_bytes();
            swapped.swap(at, (at + 1) % text.len());
            let swapped = String::from_utf8(swapped).unwrap();
            for changed in [lost, doubled, swapped] {
                if changed != *text {
                    let added = Parts::new().add(&changed);
                    assert!(matches!(added, Added::Damaged | Added::NotOurs), "digit {at}");
                }
            }
        }
    }
}
