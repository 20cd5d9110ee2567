//! The case slip: a case goes on at another terminal as it was, and only a terminal of the town can make one.

use jiff::civil::Date;
use kakanai_prefill::slip::{Contents, Slip, encode, open};
use kakanai_prefill::{Making, Medium, OpenError, OpeningKey, Purpose, pair_for};
use kakanai_rules::fact::AlreadyDone;
use kakanai_rules::{Answer, Fact, FactSet, Sensitivity, Source, Subject, Value};
use proptest::prelude::*;

use crate::household::Household;
use crate::sample::{MUNICIPALITY, PACK, family, joined, keys, making, root};

const DAY: Date = Date::constant(2026, 11, 20);

fn key() -> OpeningKey {
    pair_for(Purpose::Slip, &[0x22; 32]).0
}

fn contents<'a>(facts: &'a FactSet, documents: &'a [(&'a str, &'a str)]) -> Contents<'a> {
    Contents { reception: "A-0042", counter_date: DAY, facts, documents }
}

fn paper() -> Making<'static> {
    making(Medium::Paper)
}

fn read(texts: &[String]) -> Slip {
    open(&joined(texts), &[key()], MUNICIPALITY).unwrap()
}

fn state(facts: &mut FactSet, person: &str, fact: &str, value: Value, source: Source) {
    let subject = Subject::Person(person.to_owned());
    facts.state(&subject, fact, Fact { answer: Answer::Known(value), source, settles: false });
}

/// The family as it sits at the counter: pre-filled at home, the head's card read, some words said.
fn family_at_counter() -> FactSet {
    let home = family();
    let mut facts = FactSet::default();
    let people = home.people().iter().map(|person| Subject::Person(person.id.clone()));
    for subject in std::iter::once(Subject::Case).chain(people) {
        for (id, fact) in home.newest(&subject).filter(|(id, _)| *id != "counter_date") {
            facts.state(&subject, id, Fact { source: Source::Qr, ..fact.clone() });
        }
    }
    let text = |text: &str| Value::Text(text.to_owned());
    let old = "見本県別見本市髙砂区塚本町四丁目５番地の６";
    state(&mut facts, "p1", "name", text("大王　翔太郎"), Source::Card);
    state(&mut facts, "p1", "address", text(old), Source::Card);
    state(&mut facts, "p1", "birth_date", Value::Date("1985-03-03".parse().unwrap()), Source::Card);
    state(&mut facts, "p1", "sex", Value::Choice("male".to_owned()), Source::Card);
    state(&mut facts, "p1", "card_present", Value::YesNo(true), Source::Staff);
    state(&mut facts, "p3", "school_zone_changes", Value::YesNo(true), Source::Resident);
    facts
}

/// As a slip gives a case back: the statements that count, and those that disagree with them.
fn expected(facts: &FactSet) -> FactSet {
    let vocabulary = PACK.vocabulary();
    let ids: Vec<&str> = facts.people().iter().map(|person| person.id.as_str()).collect();
    let new_id =
        |id: &str| ids.iter().position(|other| *other == id).map(|place| format!("p{}", place + 1));
    let mut expected = FactSet::default();
    expected.household_complete = facts.household_complete;
    ids.iter().for_each(|id| expected.add_person(&new_id(id).unwrap()));
    let people = ids.iter().map(|id| Subject::Person((*id).to_owned()));
    for subject in std::iter::once(Subject::Case).chain(people) {
        let to = Subject::from(subject.person().and_then(new_id));
        for (id, fact) in facts.newest(&subject) {
            let def = vocabulary.get(id).unwrap();
            if def.sensitivity == Sensitivity::Discreet || id == "counter_date" {
                continue;
            }
            for fact in facts.conflicts(&subject, id).into_iter().chain([fact]) {
                let answer = match &fact.answer {
                    Answer::Known(Value::PersonId(id)) => match new_id(id) {
                        Some(id) => Answer::Known(Value::PersonId(id)),
                        None => continue,
                    },
                    Answer::Known(value) => match value.shared(&PACK) {
                        Some(value) => Answer::Known(value),
                        None => continue,
                    },
                    other => other.clone(),
                };
                expected.state(&to, id, Fact { answer, source: fact.source, settles: false });
            }
        }
    }
    expected
}

#[test]
fn the_family_of_four_goes_on_from_two_codes_with_every_source() {
    let facts = family_at_counter();
    let documents = [("mynumber", "p1")];
    let sheet = encode(&PACK, &contents(&facts, &documents), &key(), &paper()).unwrap();
    println!("{} bytes: {} codes {}-M", sheet.message_len, sheet.texts.len(), sheet.version);
    assert!(sheet.texts.len() <= 2 && sheet.version <= 13);
    let slip = read(&sheet.texts);
    assert_eq!((slip.reception.as_str(), slip.counter_date), ("A-0042", DAY));
    let resumed = slip.import(&PACK);
    assert_eq!(resumed.facts, expected(&facts));
    assert_eq!(resumed.documents, [("mynumber".to_owned(), "p1".to_owned())]);
    assert!(resumed.left.is_empty());
    let p1 = Subject::Person("p1".to_owned());
    assert_eq!(resumed.facts.get(&p1, "name").unwrap().source, Source::Card);
    assert_eq!(resumed.facts.get(&p1, "name_kana").unwrap().source, Source::Qr);
    assert!(!format!("{slip:?}").contains("大王"));
}

#[test]
fn what_nobody_settled_stays_unsettled() {
    let mut facts = family_at_counter();
    state(&mut facts, "p2", "name", Value::Text("大王　花子".to_owned()), Source::Card);
    let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
    let resumed = read(&sheet.texts).import(&PACK);
    let p2 = Subject::Person("p2".to_owned());
    assert_eq!(resumed.facts.conflicts(&p2, "name").len(), 1);
    assert_eq!(resumed.facts, expected(&facts));
}

#[test]
fn nothing_discreet_lies_on_a_slip() {
    let mut facts = FactSet::default();
    let fact = |value| Fact { answer: Answer::Known(value), source: Source::Staff, settles: false };
    facts.state(&Subject::Case, "dv_support", fact(Value::YesNo(true)));
    let discreet = PACK.procedures.iter().find(|row| row.discreet).unwrap();
    let done = |procedure: &str| AlreadyDone {
        procedure: procedure.to_owned(),
        r#where: "別見本市".to_owned(),
        when: Some("2026-10-00".parse().unwrap()),
    };
    let list = vec![done(&discreet.id), done("juki.tennyu")];
    facts.state(&Subject::Case, "already_done", fact(Value::DoneList(list)));
    let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
    let resumed = read(&sheet.texts).import(&PACK).facts;
    assert_eq!(resumed.known(&Subject::Case).collect::<Vec<_>>(), ["already_done"]);
    let left = Value::DoneList(vec![done("juki.tennyu")]);
    assert_eq!(resumed.value(&Subject::Case, "already_done"), Some(&left));
}

#[test]
fn a_slip_and_a_residents_sheet_never_open_as_each_other() {
    let facts = family();
    let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
    let slip = joined(&sheet.texts);
    let both = [keys().0, key()];
    let refusal = kakanai_prefill::open(&slip, &both, MUNICIPALITY).unwrap_err();
    assert_eq!(refusal, OpenError::Key);
    let home = joined(&crate::sample::sheet(&facts, Medium::Paper).texts);
    assert_eq!(open(&home, &both, MUNICIPALITY).unwrap_err(), OpenError::Key);
    assert_eq!(open(&slip, &both, MUNICIPALITY + 1).unwrap_err(), OpenError::Seal);
    // The key of the resident's page makes no slip.
    let refused = encode(&PACK, &contents(&facts, &[]), &keys().0, &paper()).unwrap_err();
    assert_eq!(refused.code(), "key-unusable");
}

#[test]
fn no_single_bit_of_a_slip_can_be_changed() {
    let facts = family_at_counter();
    let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
    let message = joined(&sheet.texts);
    for bit in 0..message.len() * 8 {
        let mut changed = message.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&changed, &[key()], MUNICIPALITY).is_err(), "bit {bit}");
    }
}

#[test]
fn a_terminal_with_another_pack_says_what_it_left() {
    let facts = family_at_counter();
    let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
    let mut pack = PACK.clone();
    pack.questions.retain(|row| row.fact != "name_kana");
    pack.choices.retain(|row| row.fact != "relation" || row.value != "spouse");
    let left = read(&sheet.texts).import(&pack).left;
    let of = |code: &str| left.iter().filter(|left| left.why.code() == code).count();
    assert_eq!((of("fact-unknown"), of("option-unknown"), left.len()), (4, 1, 5));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_case_goes_on_as_it_was(seed: u64, people in 0_usize..6, filled in 0_usize..50) {
        let facts = Household::any(seed, people, filled).facts;
        let sheet = match encode(&PACK, &contents(&facts, &[]), &key(), &paper()) {
            Err(kakanai_prefill::EncodeError::TooLong) => return Ok(()),
            sheet => sheet.unwrap(),
        };
        let resumed = read(&sheet.texts).import(&PACK);
        prop_assert_eq!(resumed.facts, expected(&facts));
        prop_assert!(resumed.left.is_empty());
    }
}

#[test]
fn the_slips_of_the_paper_households_are_small() {
    let folder = root().join("tests/papers/households");
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let facts = kakanai_rules::parse_facts(&text, &PACK.vocabulary()).unwrap();
        let sheet = encode(&PACK, &contents(&facts, &[]), &key(), &paper()).unwrap();
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        println!("{name}: {} bytes, {} codes", sheet.message_len, sheet.texts.len());
        assert!(sheet.texts.len() <= 6, "{name}");
        assert_eq!(read(&sheet.texts).import(&PACK).facts, expected(&facts), "{name}");
    }
}
