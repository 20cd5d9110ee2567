//! Reading a virtual card through a real pcscd.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use kakanai_simulators::card::{CardOptions, Log, LogEntry, Verify, VirtualCard};
use kakanai_simulators::reader::{READER_NAME, Readers, VirtualReader};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::child::{Act, Request, Running};

const TEXT_AP: &str = "d3921000310001010408";
pub const ISSUER_DOMAIN: &str = "a0000001510000";

/// A reader with a card in its first slot. The card leaves before the reader stops.
pub struct Desk {
    pub card: VirtualCard,
    pub reader: VirtualReader,
    _dir: TempDir,
}

impl Desk {
    pub fn with(persona: &Path, options: CardOptions) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let reader = VirtualReader::start(dir.path()).unwrap();
        let mut card = VirtualCard::of_persona(persona, options, Log::default()).unwrap();
        card.insert(reader.port()).unwrap();
        Self { card, reader, _dir: dir }
    }

    pub fn ordinary(options: CardOptions) -> Self {
        Self::with(&persona("ordinary"), options)
    }

    pub fn run(&self, request: Request) -> Value {
        request.run(self.reader.csock_name())
    }

    /// Another person's card in the second slot.
    pub fn second_card(&self) -> VirtualCard {
        let mut card =
            VirtualCard::of_persona(&persona("variants"), CardOptions::default(), Log::default())
                .unwrap();
        card.insert(self.reader.second_port()).unwrap();
        card
    }

    pub fn pins_sent(&self) -> usize {
        pins_sent(&self.card.log())
    }
}

pub fn personas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("simulators/personas")
}

pub fn persona(name: &str) -> PathBuf {
    personas().join(name).with_extension("json")
}

pub fn pins_sent(log: &[LogEntry]) -> usize {
    log.iter().filter(|entry| entry.verify == Some(Verify::Pin)).count()
}

/// What holds for every dialogue, however it ends.
pub fn assert_modest(log: &[LogEntry]) {
    for entry in log {
        assert!(
            matches!(entry.select_ef.as_deref(), None | Some("0011" | "0002")),
            "a file that is none of our business was selected: {entry:?}"
        );
        assert!(
            matches!(entry.select_aid.as_deref(), None | Some(TEXT_AP | ISSUER_DOMAIN)),
            "another application was selected: {entry:?}"
        );
        assert!(entry.command.len() <= 2 * 260, "extended length: {entry:?}");
    }
    let secrets =
        log.iter().filter(|entry| matches!(entry.verify, Some(Verify::Pin | Verify::CodeB)));
    assert!(secrets.count() <= 1, "a secret was sent more than once");
}

/// The `(code, tries_left)` of a refused call.
pub fn refusal(result: &Value) -> (&str, Option<u64>) {
    let code = result["code"].as_str().unwrap_or_else(|| panic!("no error: {result}"));
    (code, result["details"]["tries_left"].as_u64())
}

pub fn options(change: impl FnOnce(&mut CardOptions)) -> CardOptions {
    let mut options = CardOptions::default();
    change(&mut options);
    options
}

#[test]
fn every_sample_persona_is_read_code_point_for_code_point() {
    let mut files: Vec<PathBuf> =
        fs::read_dir(personas()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 6);
    for file in files {
        let desk = Desk::with(&file, CardOptions::default());
        let mut items: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
        let fields = items.as_object_mut().unwrap();
        if fields.contains_key("face") {
            continue;
        }
        let pin =
            fields.remove("pin").map_or("1234".to_owned(), |pin| pin.as_str().unwrap().to_owned());
        let unknown_code = fields.get("sex") == Some(&json!("5"));
        if unknown_code {
            fields.remove("sex");
        }
        let warnings = if unknown_code { json!(["sex-code-unknown"]) } else { json!([]) };

        let reading = desk.run(Request::reading(&pin));

        let expected =
            json!({"document": "mynumber", "items": items, "tries_left": 3, "warnings": warnings});
        assert_eq!(reading, expected, "{}", file.display());
        let log = desk.card.log();
        assert_modest(&log);
        assert_eq!(pins_sent(&log), 1);
        assert_eq!(log.last().unwrap().select_aid.as_deref(), Some(ISSUER_DOMAIN));
        let longest = file.ends_with("longest-address.json");
        assert_eq!(log.len() - 1, if longest { 8 } else { 6 }, "{}", file.display());
    }
}

#[test]
fn the_tries_are_told_before_the_pin_is_asked_and_cost_none() {
    let desk = Desk::ordinary(options(|card| card.first_6f00 = true));
    let ready = desk.run(Request::new(Act::Tries));
    let reader = format!("{READER_NAME} 00 00");
    let expected =
        json!({"reader": reader, "document": "mynumber", "tries_left": 3, "pin": "usable"});
    assert_eq!(ready, expected);
    let log = desk.card.log();
    assert_modest(&log);
    assert_eq!(log[0].sw.as_deref(), Some("6f00"));
    assert_eq!(log.len(), 4, "one SELECT more than usual, and nothing else");
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (0, 3));
}

#[test]
fn a_wrong_pin_uses_one_try_and_is_sent_once() {
    let desk = Desk::ordinary(CardOptions::default());
    assert_eq!(refusal(&desk.run(Request::reading("0000"))), ("pin-wrong", Some(2)));
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 2));
    assert_modest(&desk.card.log());
}

#[test]
fn the_counter_goes_on_in_the_next_reading_and_a_right_pin_fills_it() {
    let mut desk = Desk::ordinary(CardOptions::default());
    assert_eq!(refusal(&desk.run(Request::reading("0000"))), ("pin-wrong", Some(2)));
    desk.card.remove();
    desk.card.insert(desk.reader.port()).unwrap();
    assert_eq!(desk.run(Request::reading("1234"))["tries_left"], 2);
    assert_eq!(desk.card.tries_left(), 3);
}

#[test]
fn the_last_try_is_only_used_when_it_is_confirmed() {
    let desk = Desk::ordinary(options(|card| card.tries = Some(1)));
    assert_eq!(refusal(&desk.run(Request::reading("1234"))), ("pin-last-try", Some(1)));
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (0, 1));

    let confirmed = Request::new(Act::Read { pin: "1234".to_owned(), confirmed: true });
    assert_eq!(desk.run(confirmed)["tries_left"], 1);
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 3));
}

#[test]
fn a_wrong_last_try_blocks_and_a_blocked_pin_is_never_sent() {
    let desk = Desk::ordinary(options(|card| card.tries = Some(1)));
    let confirmed = Request::new(Act::Read { pin: "0000".to_owned(), confirmed: true });
    assert_eq!(refusal(&desk.run(confirmed.clone())), ("pin-blocked", Some(0)));
    assert_eq!(desk.pins_sent(), 1);
    assert_eq!(refusal(&desk.run(confirmed)), ("pin-blocked", Some(0)));
    assert_eq!(desk.pins_sent(), 1);
    let asked = desk.run(Request::new(Act::Tries));
    assert_eq!((&asked["tries_left"], &asked["pin"]), (&json!(0), &json!("blocked-or-none")));
}

#[test]
fn another_kind_of_card_is_not_asked_for_anything() {
    let desk = Desk::ordinary(options(|card| card.unknown = true));
    assert_eq!(refusal(&desk.run(Request::reading("1234"))).0, "unknown-card");
    assert_eq!(desk.card.log().len(), 1);
}

#[test]
fn a_broken_record_is_malformed_and_closed_all_the_same() {
    let desk = Desk::ordinary(options(|card| card.malformed = true));
    assert_eq!(refusal(&desk.run(Request::reading("1234"))).0, "malformed");
    let log = desk.card.log();
    assert_modest(&log);
    assert_eq!(log.last().unwrap().select_aid.as_deref(), Some(ISSUER_DOMAIN));
}

#[test]
fn among_several_cards_the_my_number_card_is_found() {
    let desk = Desk::ordinary(options(|card| card.unknown = true));
    let second = desk.second_card();
    let both = || Request { cards: 2, ..Request::reading("1234") };

    assert_eq!(desk.run(both())["items"]["birth_date"], "1931-12-31");
    assert_eq!(second.log().len(), 7, "finding it costs no command");
    assert_eq!(desk.pins_sent(), 0);

    let named = Request { reader: Some(format!("{READER_NAME} 00 00")), ..both() };
    assert_eq!(refusal(&desk.run(named)).0, "unknown-card");
    let missing = Request { reader: Some("No such reader".to_owned()), ..both() };
    assert_eq!(refusal(&desk.run(missing)).0, "no-reader");
}

#[test]
fn a_reader_that_another_program_holds_does_not_hide_the_next_one() {
    let desk = Desk::ordinary(CardOptions::default());
    let second = desk.second_card();
    let hold = Request { cards: 2, ..Request::new(Act::Hold { exclusively: true }) };
    let mut other = Running::start(&hold, desk.reader.csock_name(), &[]);
    assert_eq!(other.next(), "held");
    let reading = desk.run(Request { cards: 2, ..Request::reading("1234") });
    assert_eq!(reading["items"]["birth_date"], "1931-12-31");
    assert_eq!((pins_sent(&second.log()), desk.pins_sent()), (1, 0));
}

#[test]
fn a_pin_that_met_a_card_is_not_offered_to_the_next_one() {
    for (pin, code, remove_at) in [
        ("0000", "pin-wrong", None),
        ("1234", "card-removed", Some(4)),
        ("1234", "card-removed", Some(5)),
    ] {
        let desk = Desk::ordinary(options(|card| card.remove_at = remove_at));
        let second = desk.second_card();
        let result = desk.run(Request { cards: 2, ..Request::reading(pin) });
        assert_eq!(refusal(&result).0, code);
        assert_eq!(desk.pins_sent(), 1);
        assert!(second.log().is_empty(), "{:?}", second.log());
    }
}

#[test]
fn a_card_pulled_at_any_command_is_removed_and_its_pin_is_not_sent_again() {
    for at in 1..=7 {
        let desk = Desk::ordinary(options(|card| card.remove_at = Some(at)));
        let result = desk.run(Request::reading("1234"));
        if at == 7 {
            assert_eq!(result["items"]["name"], "大王　花子", "all was read before the card left");
        } else {
            assert_eq!(refusal(&result).0, "card-removed", "pulled at {at}");
            assert_eq!(result["details"]["try_may_be_used"] == true, at == 4, "pulled at {at}");
        }
        assert_eq!(desk.card.log().len() as u64, at, "nothing is asked of a card that is gone");
        assert_modest(&desk.card.log());
    }
}

#[test]
fn a_try_that_was_counted_without_an_answer_is_seen_at_the_next_reading() {
    let mut desk = Desk::ordinary(options(|card| card.remove_at = Some(4)));
    let lost = desk.run(Request::reading("0000"));
    assert_eq!(refusal(&lost), ("card-removed", None));
    assert_eq!(lost["details"]["try_may_be_used"], true);
    assert_eq!((desk.pins_sent(), desk.card.tries_left()), (1, 2));

    desk.card.insert(desk.reader.port()).unwrap();
    assert_eq!(desk.run(Request::new(Act::Tries))["tries_left"], 2);
    assert_eq!(desk.pins_sent(), 1);
}

#[test]
fn an_empty_reader_has_no_card() {
    let mut desk = Desk::ordinary(CardOptions::default());
    desk.card.remove();
    let deadline = Instant::now() + Duration::from_secs(5);
    let listing = || desk.run(Request { cards: 0, ..Request::new(Act::Readers) });
    while listing()[0]["card"] == true {
        assert!(Instant::now() < deadline, "the card is still seen");
    }
    let names = [format!("{READER_NAME} 00 00"), format!("{READER_NAME} 00 01")];
    let empty = names.map(|name| json!({"name": name, "card": false}));
    assert_eq!(listing(), json!(empty));
    let request = || Request { cards: 0, ..Request::reading("1234") };
    assert_eq!(refusal(&desk.run(request())).0, "no-card");
}

#[test]
fn a_service_without_readers_has_no_reader() {
    let dir = tempfile::tempdir().unwrap();
    let service = VirtualReader::start_with(dir.path(), Readers::None).unwrap();
    let run = |act| Request { cards: 0, ..Request::new(act) }.run(service.csock_name());
    assert_eq!(run(Act::Readers), json!([]));
    assert_eq!(refusal(&run(Act::Tries)).0, "no-reader");
}

#[test]
fn without_a_service_it_is_unavailable() {
    let dir = tempfile::tempdir().unwrap();
    let run = |act| Request { cards: 0, ..Request::new(act) }.run(&dir.path().join("nothing"));
    assert_eq!(refusal(&run(Act::Readers)).0, "service-unavailable");
    assert_eq!(refusal(&run(Act::Tries)).0, "service-unavailable");
}

#[test]
fn a_service_that_dies_during_a_reading_is_unavailable() {
    let Desk { card, reader, _dir } =
        Desk::ordinary(options(|card| card.delay = Duration::from_millis(200)));
    let reading = Running::start(&Request::reading("1234"), reader.csock_name(), &[]);
    let deadline = Instant::now() + Duration::from_secs(10);
    while card.log().is_empty() {
        assert!(Instant::now() < deadline, "the reading never began");
        std::thread::sleep(Duration::from_millis(5));
    }
    drop(reader);
    assert_eq!(refusal(&reading.result()).0, "service-unavailable");
    assert_eq!(pins_sent(&card.log()), 0);
}

#[test]
fn a_card_that_says_nothing_does_not_hang_the_caller() {
    for (mute_at, try_may_be_used) in [(3, false), (4, true)] {
        let desk = Desk::ordinary(options(|card| card.mute_at = Some(mute_at)));
        let limit = Duration::from_millis(700);
        let result = desk.run(Request { time_limit: limit, ..Request::reading("1234") });
        assert_eq!(refusal(&result).0, "timeout");
        assert_eq!(result["details"]["try_may_be_used"] == true, try_may_be_used);
        assert_eq!(desk.card.log().len() as u64, mute_at);
    }
}

#[test]
fn a_card_that_another_program_holds_makes_the_reader_busy() {
    for exclusively in [true, false] {
        let desk = Desk::ordinary(CardOptions::default());
        let socket = desk.reader.csock_name();
        let mut other = Running::start(&Request::new(Act::Hold { exclusively }), socket, &[]);
        assert_eq!(other.next(), "held");
        let limit = Duration::from_millis(700);
        let result = desk.run(Request { time_limit: limit, ..Request::reading("1234") });
        assert_eq!(refusal(&result).0, "reader-busy", "exclusively: {exclusively}");
        assert!(desk.card.log().is_empty());
    }
}

#[test]
fn input_that_is_no_pin_never_reaches_the_card() {
    let desk = Desk::ordinary(CardOptions::default());
    assert_eq!(refusal(&desk.run(Request::reading("12345"))).0, "pin-format");
    assert!(desk.card.log().is_empty());
}
