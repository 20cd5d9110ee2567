//! What a counter refuses, one test for each row of the format's table, by code.

use kakanai_prefill::cbor::{Item, write};
use kakanai_prefill::message::{Randomness, Sealer, pack, seal};
use kakanai_prefill::{Given, Medium, Submission, open};
use kakanai_rules::{Source, Subject};

use crate::sample::{MUNICIPALITY, PACK, family, joined, keys, sheet};

/// Whatever stands in a body, sealed as anybody can.
fn sealed(body: &[u8]) -> Vec<u8> {
    sealed_for(MUNICIPALITY, &pack(body))
}

fn sealed_for(municipality: u32, packed: &[u8]) -> Vec<u8> {
    let mut randomness = Randomness::new(&[7; 32]);
    seal(packed, &Sealer::Anybody(&keys().1), municipality, &mut randomness).unwrap()
}

fn code(message: &[u8]) -> &'static str {
    open(message, &[keys().0], MUNICIPALITY).err().map_or("fine", |refusal| refusal.code())
}

fn submission() -> Submission {
    let message = joined(&sheet(&family(), Medium::Phone).texts);
    open(&message, &[keys().0], MUNICIPALITY).unwrap()
}

/// The body as a map whose entries a test may change.
fn entries() -> Vec<(Item, Item)> {
    let Ok(Item::Map(entries)) = kakanai_prefill::cbor::read(&submission().body()) else {
        panic!("a body is a map");
    };
    entries
}

fn changed(key: i64, value: Item) -> Vec<u8> {
    let mut entries = entries();
    entries.retain(|(at, _)| *at != Item::Integer(key));
    entries.push((Item::Integer(key), value));
    write(&Item::Map(entries))
}

#[test]
fn what_is_wrong_with_a_message_is_named() {
    let message = joined(&sheet(&family(), Medium::Phone).texts);
    let mut unsealed = message.clone();
    unsealed[0] = 0;
    let mut newer = message.clone();
    newer[0] = 9;
    for (message, expected) in [
        (vec![], "message-size"),
        (vec![1; 52], "message-size"),
        (vec![1; 5_025], "message-size"),
        (unsealed, "suite-unknown"),
        (newer, "suite-unknown"),
        (vec![1; 100], "key-unknown"),
        (message[..message.len() - 1].to_vec(), "seal-broken"),
        ([message.clone(), vec![0]].concat(), "seal-broken"),
        (sealed_for(990_027, &pack(&submission().body())), "seal-broken"),
        (sealed_for(MUNICIPALITY, b"\xff\xff"), "unpack-broken"),
        (sealed(&vec![0; 40_000]), "unpack-limit"),
        (sealed(b""), "body-encoding"),
        (sealed(b"\xbf\xff"), "body-encoding"),
        (sealed(b"\xa2\x00\x01\x00\x01"), "body-encoding"),
        (sealed(b"\x80"), "body-malformed"),
        (message, "fine"),
    ] {
        assert_eq!(code(&message), expected);
    }
}

#[test]
fn what_is_wrong_with_a_body_is_named() {
    let text = |text: &str| Item::Text(text.to_owned());
    let answers = |number: i64, value: Item| Item::Map(vec![(Item::Integer(number), value)]);
    let deep = (0..9).fold(Item::Null, |item, _| Item::Array(vec![item]));
    for (key, value, expected) in [
        (0, Item::Integer(2), "format-unknown"),
        (0, text("1"), "body-malformed"),
        (1, Item::Integer(990_027), "other-municipality"),
        (1, Item::Integer(-1), "body-malformed"),
        (2, Item::Array(vec![]), "body-malformed"),
        (2, Item::Array(vec![Item::Integer(1), Item::Bytes(vec![0; 5])]), "body-malformed"),
        (3, Item::Integer(1 << 32), "body-malformed"),
        (4, Item::Integer(-1), "body-malformed"),
        (4, Item::Integer(688 + 181), "validity-wrong"),
        (4, Item::Integer(687), "validity-wrong"),
        (4, Item::Integer(688), "fine"),
        (4, Item::Integer(688 + 180), "fine"),
        (5, Item::Bytes(vec![0; 9]), "body-malformed"),
        (6, text("日本語"), "body-malformed"),
        (6, text(""), "body-malformed"),
        (7, Item::Array(vec![]), "body-malformed"),
        (7, answers(-1, Item::Null), "body-malformed"),
        (7, answers(1, Item::Bytes(vec![])), "body-malformed"),
        (7, answers(1, Item::Array(vec![text("x")])), "body-malformed"),
        (7, answers(1, deep), "body-encoding"),
        (8, Item::Array(vec![Item::Map(vec![]); 51]), "body-malformed"),
        (8, Item::Array(vec![Item::Null]), "body-malformed"),
        (9, Item::Null, "body-malformed"),
        (-1, Item::Null, "body-malformed"),
    ] {
        assert_eq!(code(&sealed(&changed(key, value))), expected, "key {key}");
    }
    let mut short = entries();
    short.pop();
    assert_eq!(code(&sealed(&write(&Item::Map(short)))), "body-malformed");
}

#[test]
fn an_answer_that_is_no_fact_is_named_and_the_others_stay() {
    let number = |fact: &str| PACK.questions.iter().find(|row| row.fact == fact).unwrap().number;
    let text = |text: &str| Given::Text(text.to_owned());
    let mut bent = submission();
    let household = [
        ("dv_support", Given::YesNo(true), "not-at-home"),
        ("proxy_letter", Given::YesNo(true), "not-at-home"),
        ("name", text("大王　花子"), "wrong-subject"),
        ("event", Given::Integer(99), "option-unknown"),
        ("event", Given::Integer(-1), "option-unknown"),
        ("event", Given::YesNo(true), "wrong-type"),
        ("move_date", Given::Integer(i64::MAX), "wrong-type"),
        ("move_date", text("2026-11-14"), "wrong-type"),
        ("move_date", text("2026-02-30"), "wrong-type"),
        ("new_address", text("みほん市\u{7}"), "text-not-allowed"),
        ("new_address", text("みほん市\u{202e}"), "text-not-allowed"),
        ("new_address", text(&"み".repeat(201)), "text-not-allowed"),
        ("people", Given::Integer(1), "wrong-type"),
    ];
    for (fact, given, code) in household {
        let mut bent = bent.clone();
        bent.case.insert(number(fact), given);
        let imported = bent.import(&PACK);
        let refused: Vec<_> = imported.refused.iter().map(|refused| refused.why.code()).collect();
        assert_eq!(refused, [code], "{fact}");
        assert_eq!(imported.refused[0].number, number(fact));
        assert!(
            imported.facts.people().len() == 4 && imported.facts.known(&Subject::Case).count() > 20
        );
        assert_eq!(imported.facts.get(&Subject::Case, "dv_support"), None);
    }
    bent.people[1].insert(number("moving"), Given::AtCounter);
    bent.people[2].insert(number("sex"), Given::Unknown);
    bent.case.insert(9_999, Given::YesNo(true));
    let imported = bent.import(&PACK);
    let person = |id: &str| Subject::Person(id.to_owned());
    let asked = [(person("p2"), "moving".to_owned()), (person("p3"), "sex".to_owned())];
    assert_eq!(imported.at_counter, asked);
    assert_eq!(imported.withdrawn, [9_999]);
    assert_eq!(imported.facts.get(&person("p2"), "moving"), None);
    assert_eq!(imported.facts.get(&person("p2"), "name").unwrap().source, Source::Qr);
}

#[test]
fn a_counter_with_a_newer_pack_drops_what_it_withdrew() {
    let mut newer = PACK.clone();
    newer.version += 1;
    for row in &mut newer.questions {
        row.retired |= row.fact == "phone";
        row.at_home &= row.fact != "name_kana";
    }
    for row in &mut newer.choices {
        row.retired |= row.id == "relation.spouse";
    }
    let imported = submission().import(&newer);
    let phone = PACK.questions.iter().find(|row| row.fact == "phone").unwrap().number;
    assert_eq!(imported.withdrawn, [phone]);
    let why: Vec<_> = imported.refused.iter().map(|refused| refused.why.code()).collect();
    assert_eq!(why.iter().filter(|code| **code == "not-at-home").count(), 4);
    assert_eq!(why.iter().filter(|code| **code == "option-withdrawn").count(), 1);
    assert_eq!(imported.facts.get(&Subject::Case, "phone"), None);
}
