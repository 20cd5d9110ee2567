//! `readers` and `card read` against a real pcscd.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

use kakanai_simulators::card::{CardOptions, Log, VirtualCard};
use kakanai_simulators::reader::{READER_NAME, Readers, VirtualReader};
use serde_json::{Value, json};

use crate::devices::{CardDesk, ISSUER_DOMAIN, assert_modest, codes_sent, pins_sent};
use crate::repository::{persona, root};
use crate::terminal::{Run, Terminal, finished, start};

fn read(desk: &CardDesk, pin: &str) -> Run {
    read_with(desk, pin, &[])
}

fn read_with(desk: &CardDesk, pin: &str, more: &[&str]) -> Run {
    read_from(desk, "--pin-stdin", pin, more)
}

fn read_by_code(desk: &CardDesk, code: &str) -> Run {
    read_from(desk, "--code-b-stdin", code, &[])
}

fn read_from(desk: &CardDesk, secret: &str, typed: &str, more: &[&str]) -> Run {
    let arguments = [&["card", "read", secret], more].concat();
    let run = desk.terminal.run_with(&arguments, &format!("{typed}\n"));
    assert_eq!(run.stderr, "", "nothing of a card reading belongs into a log");
    assert_modest(&desk.card.log());
    run
}

#[test]
fn readers_are_listed_with_the_card_in_them() {
    let mut desk = CardDesk::ordinary(|_| ());
    let slots = |first: bool| {
        let name = |slot: u8| format!("{READER_NAME} 00 0{slot}");
        json!({"readers": [{"name": name(0), "card": first}, {"name": name(1), "card": false}]})
    };
    assert_eq!(desk.terminal.run(&["readers"]).done(), slots(true));
    assert!(desk.card.log().is_empty(), "looking costs no command");
    desk.card.remove();
    desk.wait_for_cards(0);
    assert_eq!(desk.terminal.run(&["readers"]).done(), slots(false));
    read(&desk, "1234").refused(3, "no-card");
}

#[test]
fn every_sample_persona_is_read_code_point_for_code_point_with_as_few_commands_as_can_be() {
    let folder = root().join("hardware/simulators/personas");
    let mut files: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 6);
    for file in files {
        let desk = CardDesk::of(&file, CardOptions::default());
        let mut items: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let fields = items.as_object_mut().unwrap();
        if fields.contains_key("face") {
            continue;
        }
        let pin = fields.remove("pin").unwrap_or(json!("1234"));
        let unknown_code = fields.get("sex") == Some(&json!("5"));
        if unknown_code {
            fields.remove("sex");
        }
        let warnings = if unknown_code { json!(["sex-code-unknown"]) } else { json!([]) };
        let bytes: usize =
            fields.values().filter_map(Value::as_str).map(|item| item.len() + 4).sum();

        let reading = read(&desk, pin.as_str().unwrap()).done();

        let expected =
            json!({"document": "mynumber", "items": items, "tries_left": 3, "warnings": warnings});
        assert_eq!(reading, expected, "{}", file.display());
        let log = desk.card.log();
        let (last, dialogue) = log.split_last().unwrap();
        assert_eq!(last.select_aid.as_deref(), Some(ISSUER_DOMAIN), "{}", file.display());
        assert_eq!(dialogue.len(), 6 + bytes / 256, "{}", file.display());
        assert_eq!(pins_sent(&log), 1);
    }
}

#[test]
fn a_wrong_pin_is_told_with_the_tries_that_are_left_and_sent_once() {
    let desk = CardDesk::ordinary(|_| ());
    let details = read(&desk, "0000").refused(1, "pin-wrong");
    assert_eq!(details["tries_left"], 2);
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 2));
}

#[test]
fn the_last_try_is_not_used_until_somebody_says_so() {
    let desk = CardDesk::ordinary(|card| card.tries = Some(1));
    read(&desk, "1234").refused(1, "pin-last-try");
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (0, 1));
    let reading = read_with(&desk, "1234", &["--yes-last-try"]).done();
    assert_eq!(
        (&reading["items"]["name"], &reading["tries_left"]),
        (&json!("大王　花子"), &json!(1))
    );
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 3));
}

#[test]
fn the_last_try_that_was_wrong_blocks_the_pin_and_then_none_is_sent() {
    let desk = CardDesk::ordinary(|card| card.tries = Some(1));
    let run = read_with(&desk, "0000", &["--yes-last-try"]);
    let code = run.document(1)["error"]["code"].clone();
    assert!(code == "pin-wrong" || code == "pin-blocked", "{code}");
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 0));
    read_with(&desk, "1234", &["--yes-last-try"]).refused(1, "pin-blocked");
    assert_eq!(desk.pins_sent(), 1);
}

#[test]
fn what_is_no_pin_reaches_no_card() {
    let desk = CardDesk::ordinary(|_| ());
    for pin in ["", "123", "12345", "12a4", "１２３４", " 1234"] {
        read(&desk, pin).refused(2, "pin-format");
    }
    assert!(desk.card.log().is_empty());
}

#[test]
fn another_kind_of_card_is_unknown() {
    let desk = CardDesk::ordinary(|card| card.unknown = true);
    read(&desk, "1234").refused(1, "unknown-card");
    assert_eq!(desk.pins_sent(), 0);
}

#[test]
fn a_card_with_a_broken_record_is_malformed() {
    let desk = CardDesk::ordinary(|card| card.malformed = true);
    read(&desk, "1234").refused(3, "malformed");
}

#[test]
fn a_card_pulled_in_the_middle_is_removed_and_its_pin_is_not_sent_again() {
    for (at, try_may_be_used) in [(2, false), (4, true), (6, false)] {
        let desk = CardDesk::ordinary(|card| card.remove_at = Some(at));
        let details = read(&desk, "1234").refused(3, "card-removed");
        assert_eq!(details["try_may_be_used"] == true, try_may_be_used, "pulled at {at}");
        assert_eq!(desk.card.log().len() as u64, at, "nothing is asked of a card that is gone");
    }
}

#[test]
fn a_service_without_readers_has_no_reader() {
    let folder = tempfile::tempdir().unwrap();
    let service = VirtualReader::start_with(folder.path(), Readers::None).unwrap();
    let mut terminal = Terminal::new();
    terminal.use_service(service.csock_name());
    assert_eq!(terminal.run(&["readers"]).done(), json!({"readers": []}));
    terminal.run_with(&["card", "read", "--pin-stdin"], "1234\n").refused(3, "no-reader");
}

#[test]
fn a_reader_of_another_name_is_not_there() {
    let desk = CardDesk::ordinary(|_| ());
    read_with(&desk, "1234", &["--reader", "No such reader"]).refused(3, "no-reader");
    let named = format!("{READER_NAME} 00 00");
    let reading = read_with(&desk, "1234", &["--reader", &named, "--kind", "mynumber"]).done();
    assert_eq!(reading["items"]["sex"], "female");
}

#[test]
fn without_the_card_service_it_is_unavailable() {
    let terminal = Terminal::new();
    terminal.run(&["readers"]).refused(3, "service-unavailable");
    terminal.run_with(&["card", "read", "--pin-stdin"], "1234\n").refused(3, "service-unavailable");
}

#[test]
fn a_card_that_another_program_holds_makes_the_reader_busy() {
    let desk = CardDesk::ordinary(|_| ());
    let mut holder = Command::new(std::env::current_exe().unwrap());
    holder
        .args(["--exact", "command::card::holds_the_card", "--ignored", "--nocapture"])
        .env("PCSCLITE_CSOCK_NAME", desk.reader.csock_name())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped());
    let mut holder = holder.spawn().unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("held")));

    read(&desk, "1234").refused(3, "reader-busy");
    assert!(desk.card.log().is_empty());

    drop(holder.stdin.take());
    assert!(holder.wait().unwrap().success());
}

/// Not a test of its own: keeps the first card until standard input closes, as another program would.
#[test]
#[ignore = "the other program of the test above"]
fn holds_the_card() {
    let context = pcsc::Context::establish(pcsc::Scope::User).unwrap();
    let reader = context.list_readers_owned().unwrap().remove(0);
    let card = context.connect(&reader, pcsc::ShareMode::Exclusive, pcsc::Protocols::ANY).unwrap();
    println!("held");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    drop(card);
}

#[test]
fn of_two_programs_that_read_at_once_both_succeed_one_after_the_other() {
    let desk = CardDesk::ordinary(|card| card.delay = std::time::Duration::from_millis(20));
    let command = || desk.terminal.command(&["card", "read", "--pin-stdin"]);
    let both = [start(command(), "1234\n"), start(command(), "1234\n")];
    for run in both.map(finished) {
        assert_eq!(run.done()["items"]["birth_date"], "1985-04-01");
    }
    assert_eq!(desk.pins_sent(), 2);
}

#[test]
fn the_reader_with_the_right_card_is_found_among_two() {
    let desk = CardDesk::ordinary(|card| card.unknown = true);
    let mut second =
        VirtualCard::of_persona(&persona("variants"), CardOptions::default(), Log::default())
            .unwrap();
    second.insert(desk.reader.second_port()).unwrap();
    desk.wait_for_cards(2);
    assert_eq!(read(&desk, "1234").done()["items"]["birth_date"], "1931-12-31");
    assert_eq!((desk.pins_sent(), pins_sent(&second.log())), (0, 1));
}

/// Of the persona `ordinary`: 昭和60年4月1日, 2035, 2285.
const CODE_B: &str = "60040120352285";

#[test]
fn the_code_printed_on_the_card_opens_the_basic_four_without_a_pin() {
    let desk = CardDesk::ordinary(|_| ());
    let reading = read_by_code(&desk, CODE_B).done();
    assert_eq!(reading["items"]["name"], "大王　花子");
    assert_eq!(reading["tries_left"], 10);
    let log = desk.card.log();
    let selected: Vec<&str> = log.iter().filter_map(|entry| entry.select_ef.as_deref()).collect();
    assert_eq!(selected, ["0002"]);
    assert_eq!((codes_sent(&log), desk.pins_sent(), desk.card.tries_left()), (1, 0, 3));
}

#[test]
fn a_wrong_code_costs_a_try_of_the_code_only_and_a_blocked_one_is_not_sent() {
    let desk = CardDesk::ordinary(|_| ());
    let details = read_by_code(&desk, "60040120350000").refused(1, "code-b-wrong");
    assert_eq!(details["tries_left"], 9);
    assert_eq!((desk.card.code_b_tries_left(), desk.card.tries_left()), (9, 3));

    for (tries, code) in [(0, "code-b-blocked"), (1, "code-b-last-try")] {
        let desk = CardDesk::ordinary(|card| card.code_b_tries = Some(tries));
        read_by_code(&desk, CODE_B).refused(1, code);
        assert_eq!(codes_sent(&desk.card.log()), 0);
    }
}

#[test]
fn what_is_no_code_reaches_no_card_and_exactly_one_secret_is_asked_for() {
    let desk = CardDesk::ordinary(|_| ());
    for code in ["", "1234", "123456789018", "6004012035228５"] {
        read_by_code(&desk, code).refused(2, "code-b-format");
    }
    for secrets in [&["card", "read"][..], &["card", "read", "--pin-stdin", "--code-b-stdin"]] {
        desk.terminal.run_with(secrets, "1234\n").refused(2, "usage");
    }
    assert!(desk.card.log().is_empty());
}

#[test]
fn a_card_pulled_while_the_code_is_with_it_is_removed_and_the_code_is_not_sent_again() {
    let desk = CardDesk::ordinary(|card| card.remove_at = Some(3));
    let details = read_by_code(&desk, CODE_B).refused(3, "card-removed");
    assert_eq!(details["try_may_be_used"], true);
    assert_eq!(codes_sent(&desk.card.log()), 1);
}

#[test]
fn a_card_without_a_pin_is_read_by_its_printed_code() {
    let desk = CardDesk::with("face", CardOptions { tries: Some(3), ..CardOptions::default() });
    read(&desk, "1234").refused(1, "pin-none");
    let desk = CardDesk::with("face", CardOptions::default());
    read(&desk, "1234").refused(1, "pin-blocked");
    let desk = CardDesk::with("face", CardOptions::default());
    assert_eq!(read_by_code(&desk, "22110320352285").done()["items"]["name"], "見本　松子");
}
