//! Practice beside a real store: what is practised looks real and leaves nothing behind.

use std::fs;
use std::path::Path;

use kakanai_counter::door::{
    CardStep, CodeBInput, HandoverState, PersonInput, PracticeInput, SignInInput, StaffView,
};
use kakanai_counter::shelf::canonical_of;
use kakanai_counter::{Counter, Pin, Settings};
use kakanai_records::Store;
use serde_json::json;
use tempfile::TempDir;

use crate::windows::{answer, counter_with, set_up};
use crate::{pack_folder, passphrase};

fn counter() -> (Counter, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    (counter, home)
}

fn start(counter: &Counter, on: &str) -> StaffView {
    counter.practice_start(&PracticeInput { on: Some(on.to_owned()) }).unwrap()
}

fn pin(digits: &str) -> Pin {
    Pin::parse(digits.to_owned()).unwrap()
}

fn code_b(birth: &str, year: &str, security: &str) -> CodeBInput {
    let input = json!({
        "birth": birth, "expiry_year": year, "security_code": security, "last_try": false
    });
    serde_json::from_value(input).unwrap()
}

fn failed(view: &StaffView) -> &str {
    match &view.case.as_ref().unwrap().card {
        CardStep::Failed { error } => &error.code,
        other => panic!("{other:?}"),
    }
}

/// Every kind of event of the real store, and its cases.
fn real_store(home: &TempDir) -> (Vec<String>, usize) {
    let (at, account) = (jiff::Timestamp::now(), "mihon".parse().unwrap());
    let store = Store::open(&home.path().join("store"), &account, &passphrase(), at).unwrap();
    let events = store.verify().unwrap().events;
    let kinds = store.journal(1..=events).unwrap().into_iter().map(|entry| entry.kind).collect();
    (kinds, store.cases().unwrap().len())
}

fn practice_folder(home: &TempDir) -> std::path::PathBuf {
    home.path().join("store.practice")
}

/// Whether any file below `folder` holds `text`.
fn holds(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder).unwrap().flatten().any(|entry| {
        let path = entry.path();
        if path.is_dir() {
            holds(&path, text)
        } else {
            fs::read(&path).unwrap().windows(text.len()).any(|part| part == text.as_bytes())
        }
    })
}

#[test]
fn a_whole_case_is_practised_on_another_day_and_nothing_of_it_stays() {
    let (counter, home) = counter();
    fs::create_dir(home.path().join("out")).unwrap();
    let view = start(&counter, "2027-04-01");
    let practice = view.practice.as_ref().unwrap();
    assert_eq!((practice.on.as_str(), &practice.card), ("2027-04-01", &None));
    assert_eq!(view.devices.readers.len(), 1, "practice has one reader of its own");
    assert!(!view.devices.readers[0].card);
    assert!(counter.resident_view().practice);

    let case = counter.case_new("tennyu").unwrap().case.unwrap();
    assert_eq!((case.reception.as_str(), case.counter_date.as_str()), ("P-0001", "2027-04-01"));
    assert!(matches!(case.handover, HandoverState::Off));

    counter.practice_card(Some("daio-hanako")).unwrap();
    let view = counter.card_ask_pin().unwrap();
    assert!(matches!(view.case.unwrap().card, CardStep::WaitingForPin { tries_left: 3 }));
    counter.resident_pin(pin("0000"), false).unwrap();
    let view = counter.staff_view();
    assert!(matches!(view.case.unwrap().card, CardStep::WaitingForPin { tries_left: 2 }));
    counter.resident_pin(pin("1234"), false).unwrap();
    counter.resident_confirm(true).unwrap();
    let view = counter.answer(answer("move_date", None, json!("2027-03-28"))).unwrap();
    assert_eq!(view.case.as_ref().unwrap().people[0].name, "大王　花子");

    let page = &counter.preview("guide").unwrap()[0].svg;
    assert_eq!(page.matches("rgb(80% 80% 80%)").count(), 6, "練習 three times on each page");
    assert_eq!(counter.hand_over().unwrap_err().code, "not-in-practice");
    assert_eq!(view.cases.len(), 1);
    assert!(practice_folder(&home).is_dir());
    assert!(!holds(home.path(), "大王"), "what is practised is encrypted too");

    let view = counter.practice_leave().unwrap();
    assert!(view.practice.is_none() && view.case.is_none() && view.cases.is_empty());
    assert_eq!(view.staff.unwrap().account, "mihon", "nobody has to sign in again");
    assert!(!counter.resident_view().practice);
    assert!(!practice_folder(&home).exists());
    assert_eq!(counter.practice_card(None).unwrap_err().code, "not-practising");

    let case = counter.case_new("tennyu").unwrap().case.unwrap();
    assert_eq!((case.reception.as_str(), case.counter_date.as_str()), ("A-0001", "2026-11-20"));
    assert!(case.people.is_empty());
    assert!(!counter.preview("guide").unwrap()[0].svg.contains("rgb(80% 80% 80%)"));
    counter.case_end().unwrap();
    counter.sign_out().unwrap();
    let (kinds, cases) = real_store(&home);
    assert_eq!(cases, 1);
    assert!(!kinds.iter().any(|kind| kind == "DocumentRead" || kind == "Answered"), "{kinds:?}");
}

#[test]
fn practice_begins_with_an_empty_desk_and_somebody_signed_in() {
    let (counter, home) = counter();
    let refused = |counter: &Counter, on: Option<&str>| {
        let input = PracticeInput { on: on.map(str::to_owned) };
        counter.practice_start(&input).unwrap_err().code
    };
    assert_eq!(refused(&counter, Some("1 April")), "day-unreadable");
    counter.case_new("tennyu").unwrap();
    assert_eq!(refused(&counter, None), "case-on-desk");
    counter.case_end().unwrap();
    counter.sign_out().unwrap();
    assert_eq!(refused(&counter, None), "not-signed-in");
    assert!(!practice_folder(&home).exists());
    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    counter.sign_in(input).unwrap();
    assert_eq!(start(&counter, "2026-11-20").cases.len(), 0, "real cases are not in the list");
    assert_eq!(refused(&counter, None), "practising");
    assert_eq!(counter.practice_card(Some("x")).unwrap_err().code, "card-unknown");
}

#[test]
fn a_second_press_on_start_leaves_the_practice_of_the_first_alone() {
    let (counter, home) = counter();
    let press = || {
        let counter = counter.clone();
        std::thread::spawn(move || {
            let input = PracticeInput { on: None };
            counter.practice_start(&input).map(drop).map_err(|error| error.code)
        })
    };
    let mut pressed = [press(), press()].map(|press| press.join().unwrap());
    pressed.sort();
    assert_eq!(pressed, [Ok(()), Err("practising".to_owned())]);
    assert!(practice_folder(&home).is_dir());
    counter.case_new("tennyu").unwrap();
}

#[test]
fn a_crash_in_practice_leaves_nothing_that_the_next_start_does_not_delete() {
    let (counter, home) = counter();
    start(&counter, "2027-04-01");
    counter.case_new("tennyu").unwrap();
    let name = "見本　太郎".to_owned();
    let person = json!({"id": null, "name": name, "name_kana": "", "birth_date": "", "sex": "",
                        "relation": "", "moving": true});
    let person: PersonInput = serde_json::from_value(person).unwrap();
    counter.person_save(person).unwrap();
    // Without a word to anybody, as a power cut does it.
    drop(counter);
    assert!(practice_folder(&home).is_dir());
    assert!(!holds(home.path(), "見本　太郎"));

    let again = Counter::start(Settings::read(home.path()), canonical_of, || {});
    assert!(!practice_folder(&home).exists());
    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    let view = again.sign_in(input).unwrap();
    assert!(view.practice.is_none() && view.cases.is_empty());
    again.sign_out().unwrap();
    let (kinds, cases) = real_store(&home);
    assert_eq!(cases, 0);
    assert!(!kinds.iter().any(|kind| kind == "CaseOpened"), "{kinds:?}");
}

#[test]
fn signing_out_ends_practice_and_forgets_it() {
    let (counter, home) = counter();
    start(&counter, "2027-04-01");
    counter.case_new("tennyu").unwrap();
    let view = counter.sign_out().unwrap();
    assert!(view.practice.is_none() && view.staff.is_none());
    assert!(!practice_folder(&home).exists());
    assert_eq!(real_store(&home).1, 0);
}

#[test]
fn a_card_is_read_by_its_printed_code_when_there_is_no_pin_or_nobody_knows_it() {
    let (counter, _home) = counter();
    start(&counter, "2026-11-20");
    counter.case_new("tennyu").unwrap();
    let right = || code_b("221103", "2036", "6758");

    assert_eq!(failed(&counter.card_code_b(right()).unwrap()), "no-card");
    counter.practice_card(Some("mihon-matsuko")).unwrap();
    assert_eq!(failed(&counter.card_ask_pin().unwrap()), "pin-blocked");
    let refused = counter.card_code_b(code_b("2211", "2036", "6758")).unwrap_err();
    assert_eq!(refused.code, "code-b-format");
    assert_eq!(
        failed(&counter.card_code_b(code_b("221103", "2036", "0000")).unwrap()),
        "code-b-wrong"
    );
    let view = counter.card_code_b(right()).unwrap();
    assert!(matches!(view.case.as_ref().unwrap().card, CardStep::Read { confirmed: None }));
    assert_eq!(view.case.unwrap().people[0].name, "見本　松子");
    counter.resident_confirm(true).unwrap();
    assert!(counter.staff_view().case.unwrap().confirmed_by_resident);

    // Asked for the PIN, the resident does not know it: the clerk takes the code, and the pad is gone.
    counter.practice_card(Some("daio-hanako")).unwrap();
    counter.card_ask_pin().unwrap();
    counter.resident_pin_decline().unwrap();
    let view = counter.card_code_b(code_b("110228", "2035", "5647")).unwrap();
    assert!(matches!(view.case.unwrap().card, CardStep::Whose { .. }));
    assert_eq!(counter.resident_pin(pin("1234"), false).unwrap_err().code, "not-waiting");
}

#[test]
fn names_come_in_their_exact_shape_to_both_windows() {
    let (counter, _home) = counter();
    start(&counter, "2026-11-20");
    counter.case_new("tennyu").unwrap();
    counter.practice_card(Some("watanabe")).unwrap();
    counter.card_ask_pin().unwrap();
    counter.resident_pin(pin("1234"), false).unwrap();
    let shown = serde_json::to_value(counter.resident_view()).unwrap();
    let items = shown["screen"]["items"].as_array().unwrap();
    let shapes: Vec<bool> = items.iter().map(|item| !item["shape"].is_null()).collect();
    assert_eq!(shapes, [true, true, false, false], "name and address, not dates");
    assert_eq!(items[0]["shape"]["missing"], json!([]));
    assert_eq!(items[0]["shape"]["width"], 5000.0);

    let view = counter.staff_view().case.unwrap();
    let shape = view.people[0].shape.as_ref().unwrap();
    assert_eq!(shape.path, items[0]["shape"]["path"], "one shape for both");
    let name = "邉\u{E011E}".to_owned();
    let person = json!({"id": "p1", "name": name, "name_kana": "", "birth_date": "", "sex": "",
                        "relation": "", "moving": true});
    let view = counter.person_save(serde_json::from_value(person).unwrap()).unwrap();
    let person = &view.case.unwrap().people[0];
    assert_eq!(person.shape.as_ref().unwrap().missing, ["U+9089 U+E011E"]);
    assert_eq!(person.lacking, ["U+9089 U+E011E"]);
}
