//! The windows' face: what leaves an event, and what is refused.

use std::path::Path;

use kakanai_counter::door::{
    AnswerInput, HandoverState, PersonInput, SetUpInput, SignInInput, StaffView,
};
use kakanai_counter::papers::title;
use kakanai_counter::shelf::canonical_of;
use kakanai_counter::{Counter, Settings};
use kakanai_records::Store;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::{kept, pack_folder, passphrase};

/// A counter that works with a pack, over the store of `home`.
pub fn counter_with(pack: &Path, home: &TempDir) -> Counter {
    let settings = format!("pack = {:?}\non = \"2026-11-20\"\n", pack.display().to_string());
    std::fs::write(home.path().join("settings.toml"), settings).unwrap();
    Counter::start(Settings::read(home.path()), canonical_of, || {})
}

fn counter() -> (Counter, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    (counter, home)
}

/// Makes the store and signs in.
pub fn set_up(counter: &Counter) {
    let input = SetUpInput {
        account: "mihon".to_owned(),
        display_name: "見本 太郎".to_owned(),
        passphrase: passphrase(),
    };
    counter.set_up(input).unwrap();
}

pub fn answer(fact: &str, person: Option<&str>, value: Value) -> AnswerInput {
    AnswerInput { fact: fact.to_owned(), person: person.map(str::to_owned), value, said: None }
}

pub fn person(id: Option<&str>, name: &str) -> PersonInput {
    PersonInput {
        id: id.map(str::to_owned),
        name: name.to_owned(),
        name_kana: String::new(),
        birth_date: String::new(),
        sex: String::new(),
        relation: String::new(),
        moving: true,
    }
}

fn id(view: &StaffView) -> String {
    view.case.as_ref().unwrap().id.clone()
}

/// Ends the session and gives the kinds of all events in the store.
pub fn journal(counter: Counter, home: &TempDir) -> Vec<String> {
    counter.sign_out().unwrap();
    let at = jiff::Timestamp::now();
    let account = "mihon".parse().unwrap();
    let store = Store::open(&home.path().join("store"), &account, &passphrase(), at).unwrap();
    let events = store.verify().unwrap().events;
    store.journal(1..=events).unwrap().into_iter().map(|entry| entry.kind).collect()
}

#[test]
fn looking_at_the_list_or_a_paper_is_an_event_and_asking_for_the_view_again_is_none() {
    let (counter, home) = counter();
    counter.case_new("tennyu").unwrap();
    counter.staff_view();
    counter.preview("guide").unwrap();
    assert_eq!(counter.preview("no-such-paper").unwrap_err().code, "paper-unknown");
    counter.staff_view();
    counter.case_end().unwrap();
    counter.staff_view();
    assert_eq!(
        journal(counter, &home),
        [
            "store-created",
            "signed-in",
            "CasesListed",
            "CaseOpened",
            "Previewed",
            "Closed",
            "CasesListed",
            "signed-out",
            "signed-in"
        ]
    );
}

#[test]
fn an_answer_lands_on_whom_it_is_about_or_nowhere() {
    let (counter, _home) = counter();
    assert_eq!(counter.case_new("no-such-event").unwrap_err().code, "fact-wrong-value");
    assert!(counter.staff_view().cases.is_empty(), "an unknown event opens no case");
    counter.case_new("tennyu").unwrap();
    counter.person_save(person(None, "大王　花子")).unwrap();
    for (input, code) in [
        (answer("insurance_after", None, json!("kokuho")), "fact-unknown"),
        (answer("from", Some("p1"), json!("other_pref")), "fact-unknown"),
        (answer("relation", Some("p2"), json!("child")), "person-unknown"),
        (answer("visitor_person", None, json!("p2")), "person-unknown"),
    ] {
        assert_eq!(counter.answer(input).unwrap_err().code, code);
    }
    assert_eq!(counter.person_save(person(Some("p7"), "x")).unwrap_err().code, "person-unknown");
    assert_eq!(counter.person_remove("p7").unwrap_err().code, "person-unknown");
    let view = counter.answer(answer("visitor_person", None, json!("p1"))).unwrap();
    let facts = &view.case.as_ref().unwrap().facts;
    let visitor = facts.iter().find(|fact| fact.id == "visitor_person").unwrap();
    assert_eq!((visitor.text.as_str(), &visitor.value), ("大王　花子", &json!("p1")));
    counter.answer(answer("people", None, json!(true))).unwrap();
}

#[test]
fn a_closed_case_is_opened_to_look_and_to_print() {
    let (counter, home) = counter();
    let case = id(&counter.case_new("tennyu").unwrap());
    counter.case_end().unwrap();
    let view = counter.case_open(&case).unwrap();
    let shown = view.case.unwrap();
    assert!(shown.closed && !shown.can_undo && shown.questions.is_empty());
    for refused in [
        counter.answer(answer("from", None, json!("other_pref"))),
        counter.person_save(person(None, "大王　花子")),
        counter.undo(),
        counter.card_ask_pin(),
    ] {
        assert_eq!(refused.unwrap_err().code, "case-closed");
    }
    counter.preview("guide").unwrap();
    counter.case_end().unwrap();
    assert!(counter.staff_view().case.is_none());
    let kinds = journal(counter, &home);
    assert_eq!(kinds.iter().filter(|kind| *kind == "Closed").count(), 1, "{kinds:?}");
}

/// The facts with which the sample pack has something discreet to say.
const DISCREET: &str = "juki.shien";
const ASKED_ALONE: &str = "dv_support";

#[test]
fn what_is_discreet_stands_on_no_shared_screen_and_is_only_counted() {
    let (counter, _home) = counter();
    counter.case_new("tennyu").unwrap();
    let before = counter.person_save(person(None, "大王　花子")).unwrap().case.unwrap();
    assert_eq!(before.discreet_open, 0, "what nobody was asked is no matter of this household");

    let early = counter.answer(answer(ASKED_ALONE, None, json!(true))).unwrap_err();
    assert_eq!(early.code, "not-alone");
    counter.alone(true).unwrap();
    counter.answer(answer(ASKED_ALONE, None, json!(true))).unwrap();
    let view = counter.alone(false).unwrap();
    let case = view.case.as_ref().unwrap();
    assert_eq!(case.discreet_open, 1);
    assert_eq!(case.decisions.len(), before.decisions.len());
    let kept = kept();
    let pack = kept.pack();
    let on = "2026-11-20".parse().unwrap();
    let shown = serde_json::to_string(&view).unwrap();
    for word in [DISCREET, ASKED_ALONE, &title(pack, "ja", DISCREET, on), "支援措置"] {
        assert!(!shown.contains(word), "{word} is on the staff window");
    }
    let guide = counter.preview("guide").unwrap();
    let drawn: String = guide.into_iter().map(|page| page.svg).collect();
    assert!(!drawn.contains("支援措置"), "the sheet to keep names it");
}

#[test]
fn the_button_writes_the_files_once_the_settings_name_a_folder_and_says_when_they_are_old() {
    let home = tempfile::tempdir().unwrap();
    let off = counter_with(&pack_folder(), &home);
    set_up(&off);
    let view = off.case_new("tennyu").unwrap();
    assert_eq!(view.case.unwrap().handover, HandoverState::Off);
    assert_eq!(off.hand_over().unwrap_err().code, "no-handover-folder");
    off.sign_out().unwrap();

    let settings = home.path().join("settings.toml");
    let text = std::fs::read_to_string(&settings).unwrap() + "handover = \"out\"\n";
    std::fs::write(&settings, text).unwrap();
    let counter = Counter::start(Settings::read(home.path()), canonical_of, || {});
    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    counter.sign_in(input).unwrap();
    counter.case_new("tennyu").unwrap();
    counter.person_save(person(None, "葛\u{E0100}城　花子")).unwrap();
    let error = counter.hand_over().unwrap_err();
    assert_eq!(
        (error.code.as_str(), error.details["reason"].as_str()),
        ("handover-refused", "character-not-in-cp932")
    );
    let state = |counter: &Counter| counter.staff_view().case.unwrap().handover;
    assert!(!home.path().join("out").exists() && state(&counter) == HandoverState::Open);

    let named = PersonInput {
        birth_date: "1985-04-01".to_owned(),
        ..person(Some("p1"), "大王　花子")
    };
    counter.person_save(named).unwrap();
    counter.hand_over().unwrap();
    assert_eq!(state(&counter), HandoverState::Done);
    assert!(home.path().join("out/A-0002/.done").is_file());
    counter.answer(answer("from", None, json!("other_pref"))).unwrap();
    assert_eq!(state(&counter), HandoverState::Open);
    assert!(journal(counter, &home).ends_with(&[
        "Exported".to_owned(),
        "HandedOver".to_owned(),
        "Stated".to_owned(),
        "signed-out".to_owned(),
        "signed-in".to_owned()
    ]));
}
