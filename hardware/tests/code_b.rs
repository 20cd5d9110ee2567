//! Reading a virtual card with the code that is printed on it (照合番号B), through a real pcscd.

use std::fs;
use std::time::Duration;

use kakanai_simulators::card::{CardOptions, LogEntry, Persona, Verify};
use serde_json::{Value, json};

use crate::card::{Desk, ISSUER_DOMAIN, assert_modest, options, persona, personas, refusal};
use crate::child::{Act, Request};

/// Of the persona `ordinary`: 昭和60年4月1日, 2035, 2285.
const RIGHT: &str = "60040120352285";
const WRONG: &str = "60040120352286";

fn codes_sent(log: &[LogEntry]) -> usize {
    log.iter().filter(|entry| entry.verify == Some(Verify::CodeB)).count()
}

#[test]
fn every_sample_persona_is_read_without_a_pin_and_nothing_but_the_basic_four_is_selected() {
    let files = fs::read_dir(personas()).unwrap().map(|entry| entry.unwrap().path());
    let mut read = 0;
    for file in files {
        let whole: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let code = Persona::load(&file).unwrap().code_b().unwrap();
        let desk = Desk::with(&file, CardOptions::default());

        let reading = desk.run(Request::reading_by_code(&code));

        for item in ["name", "address", "birth_date"] {
            assert_eq!(reading["items"][item], whole[item], "{item}: {}", file.display());
        }
        assert_eq!(
            (&reading["document"], &reading["tries_left"]),
            (&json!("mynumber"), &json!(10))
        );
        let log = desk.card.log();
        assert_modest(&log);
        let selected: Vec<&str> = log.iter().filter_map(|e| e.select_ef.as_deref()).collect();
        assert_eq!(selected, ["0002"], "{}", file.display());
        assert_eq!((codes_sent(&log), desk.pins_sent()), (1, 0));
        assert_eq!(log.last().unwrap().select_aid.as_deref(), Some(ISSUER_DOMAIN));
        read += 1;
    }
    assert!(read >= 7);
}

#[test]
fn a_wrong_code_uses_one_of_its_own_tries_and_none_of_the_pin() {
    let desk = Desk::ordinary(CardOptions::default());
    assert_eq!(refusal(&desk.run(Request::reading_by_code(WRONG))), ("code-b-wrong", Some(9)));
    let log = desk.card.log();
    assert_modest(&log);
    assert_eq!((codes_sent(&log), desk.pins_sent()), (1, 0));
    assert_eq!((desk.card.code_b_tries_left(), desk.card.tries_left()), (9, 3));
    assert_eq!(desk.run(Request::reading_by_code(RIGHT))["tries_left"], 9);
    assert_eq!(desk.card.code_b_tries_left(), 10);
}

#[test]
fn a_blocked_code_is_never_sent_and_the_last_try_waits_for_a_word() {
    let desk = Desk::ordinary(options(|card| card.code_b_tries = Some(1)));
    let last = desk.run(Request::reading_by_code(WRONG));
    assert_eq!(refusal(&last), ("code-b-last-try", Some(1)));
    assert_eq!(codes_sent(&desk.card.log()), 0);

    let confirmed = Request::new(Act::ReadByCode { code: WRONG.to_owned(), confirmed: true });
    assert_eq!(refusal(&desk.run(confirmed.clone())), ("code-b-blocked", Some(0)));
    assert_eq!(refusal(&desk.run(confirmed)), ("code-b-blocked", Some(0)));
    assert_eq!(codes_sent(&desk.card.log()), 1);
    assert_eq!(desk.run(Request::reading("1234"))["items"]["sex"], "female", "the PIN goes on");
}

#[test]
fn a_card_pulled_at_any_command_is_removed_and_its_code_is_not_sent_again() {
    for at in 1..=6 {
        let desk = Desk::ordinary(options(|card| card.remove_at = Some(at)));
        let result = desk.run(Request::reading_by_code(RIGHT));
        if at == 6 {
            assert_eq!(result["items"]["name"], "大王　花子", "all was read before the card left");
        } else {
            assert_eq!(refusal(&result).0, "card-removed", "pulled at {at}");
            assert_eq!(result["details"]["try_may_be_used"] == true, at == 3, "pulled at {at}");
        }
        assert_eq!(desk.card.log().len() as u64, at, "nothing is asked of a card that is gone");
        assert_modest(&desk.card.log());
    }
}

#[test]
fn a_card_that_says_nothing_to_the_code_does_not_hang_the_caller() {
    let desk = Desk::ordinary(options(|card| card.mute_at = Some(3)));
    let limit = Duration::from_millis(700);
    let result = desk.run(Request { time_limit: limit, ..Request::reading_by_code(RIGHT) });
    assert_eq!(
        (refusal(&result).0, &result["details"]["try_may_be_used"]),
        ("timeout", &json!(true))
    );
}

#[test]
fn input_that_is_no_code_never_reaches_the_card() {
    let desk = Desk::ordinary(CardOptions::default());
    for typed in ["1234", "123456789018", "6004012035228", "60130120352285"] {
        assert_eq!(refusal(&desk.run(Request::reading_by_code(typed))).0, "code-b-format");
    }
    assert!(desk.card.log().is_empty());
}

#[test]
fn a_card_without_a_pin_says_so_as_far_as_it_can_and_opens_to_its_printed_code() {
    for (tries, pin, refused) in [(0, "blocked-or-none", "pin-blocked"), (3, "usable", "pin-none")]
    {
        let desk = Desk::with(&persona("face"), options(|card| card.tries = Some(tries)));
        let ready = desk.run(Request::new(Act::Tries));
        assert_eq!((&ready["tries_left"], &ready["pin"]), (&json!(tries), &json!(pin)));
        assert_eq!(refusal(&desk.run(Request::reading("1234"))).0, refused);
        assert_eq!(
            desk.run(Request::reading_by_code("22110320352285"))["items"]["name"],
            "見本　松子"
        );
    }
}
