//! Sheets of codes at the counter: read in any order, named for what they are, taken in only by the clerk.

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use kakanai_counter::case::Case;
use kakanai_counter::door::{
    ConflictSettleInput, ScanAcceptInput, ScanAsk, ScanTextInput, SheetInto, SheetKind,
    SheetStanding, SheetView, SignInInput, StaffView,
};
use kakanai_counter::event::{CaseEvent, Item};
use kakanai_counter::shelf::canonical_of;
use kakanai_counter::slip::{Slip, slip};
use kakanai_counter::{Counter, Settings};
use kakanai_prefill::{
    Making, Medium, Modules, Purpose, Sheet, encode, keypair, modules, pair_for,
};
use kakanai_records::{KeyPurpose, Store};
use kakanai_rules::{FactSet, Source, Subject, Value, parse_facts};
use kakanai_simulators::scanner::VirtualScanner;
use kakanai_text::PartialDate;
use tempfile::TempDir;

use crate::windows::set_up;
use crate::{kept, pack_folder, passphrase};

const ON: &str = "2026-11-20";
const SMALL: &str = r#"{"case": {"event": "tennyu", "from": "other_pref",
    "previous_address": "別見本市中央一丁目２番３号", "new_address": "みほん市鷹ノ巣1-2"},
  "people": [{"id": "p1", "name": "見本　花子", "name_kana": "ミホン　ハナコ", "birth_date": "1985-04-01", "moving": true}]}"#;
const OTHER: &str = r#"{"case": {"event": "tenkyo"},
  "people": [{"id": "p1", "name": "大王　一郎", "birth_date": "1950-00-00"}]}"#;

/// A terminal of the town: its store holds the keys.
struct Terminal {
    counter: Counter,
    home: TempDir,
}

impl Terminal {
    fn new(letter: char) -> Terminal {
        Terminal::with(letter, "scanner = \"none\"\n", true)
    }

    fn with(letter: char, settings: &str, keys: bool) -> Terminal {
        let home = tempfile::tempdir().unwrap();
        let pack = pack_folder().display().to_string();
        let text = format!("pack = {pack:?}\non = {ON:?}\ncounter = \"{letter}\"\n{settings}");
        std::fs::write(home.path().join("settings.toml"), text).unwrap();
        let counter = Counter::start(Settings::read(home.path()), canonical_of, || {});
        set_up(&counter);
        let terminal = Terminal { counter, home };
        if keys {
            terminal.in_the_store(|store| {
                for (purpose, key) in [
                    (KeyPurpose::Prefill, keypair(&[7; 32]).0),
                    (KeyPurpose::Slip, pair_for(Purpose::Slip, &[8; 32]).0),
                ] {
                    let public = key.public().bytes();
                    store.add_opening_key(purpose, public, key.secret(), Timestamp::now()).unwrap();
                }
            });
        }
        terminal
    }

    /// Works in the store itself while nobody is signed in.
    fn in_the_store<T>(&self, work: impl FnOnce(&mut Store) -> T) -> T {
        self.counter.sign_out().unwrap();
        let (folder, account) = (self.home.path().join("store"), "mihon".parse().unwrap());
        let mut store = Store::open(&folder, &account, &passphrase(), Timestamp::now()).unwrap();
        let done = work(&mut store);
        store.sign_out(Timestamp::now()).unwrap();
        let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
        self.counter.sign_in(input).unwrap();
        done
    }

    fn hears(&self, text: &str) -> StaffView {
        let input = ScanTextInput { text: text.to_owned(), by: "wedge".to_owned() };
        self.counter.scan_text(&input).unwrap()
    }

    fn reads(&self, texts: &[String]) -> SheetView {
        let view = self.hears(&texts.join("\n"));
        let told = view.scan.told.as_ref().map(|told| told.code.clone());
        view.scan.sheet.unwrap_or_else(|| panic!("{told:?}"))
    }

    fn accepts(&self, into: SheetInto, even_so: bool) -> Result<StaffView, String> {
        let input = ScanAcceptInput { into, even_so, people: Vec::new() };
        self.counter.scan_accept(&input).map_err(|error| error.code)
    }

    fn case(&self, id: &str) -> Case {
        self.in_the_store(|store| Case::read(store, id.parse().unwrap()).unwrap())
    }
}

fn code(view: &StaffView) -> &str {
    &view.scan.told.as_ref().unwrap().code
}

fn facts(text: &str) -> FactSet {
    parse_facts(text, kept().engine().vocabulary()).unwrap()
}

fn family() -> FactSet {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/facts/family-77.json");
    facts(&std::fs::read_to_string(file).unwrap())
}

fn minutes(at: &str) -> u32 {
    let seconds = at.parse::<Timestamp>().unwrap().as_second() - 1_735_689_600;
    u32::try_from(seconds / 60).unwrap()
}

fn sealed(facts: &FactSet, seed: u8, made: &str, until: &str, key: u8) -> Sheet {
    let kept = kept();
    let mut hash = [0; 4];
    hash.copy_from_slice(&hex_of(&kept.fingerprint)[..4]);
    let making = Making {
        made_minutes: minutes(made),
        valid_until: until.parse().unwrap(),
        lang: "en",
        pack_hash: hash,
        seed: &[seed; 32],
        medium: Medium::Phone,
    };
    encode(kept.pack(), facts, &keypair(&[key; 32]).1, &making).unwrap()
}

fn hex_of(digits: &str) -> Vec<u8> {
    let pairs = digits.as_bytes().chunks(2);
    pairs.map(|two| u8::from_str_radix(std::str::from_utf8(two).unwrap(), 16).unwrap()).collect()
}

fn sheet(facts: &FactSet, seed: u8) -> Sheet {
    sealed(facts, seed, "2026-11-18T12:05:00Z", "2026-12-18", 7)
}

fn full_width(text: &str) -> String {
    text.chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect()
}

#[test]
fn parts_come_in_any_order_and_each_reading_is_named_for_what_it_is() {
    let terminal = Terminal::new('A');
    let (texts, others) = (sheet(&family(), 1).texts, sheet(&facts(OTHER), 2).texts);
    let last = texts.len();
    let view = terminal.hears(&texts[last - 1]);
    let told = view.scan.told.as_ref().unwrap();
    assert_eq!((told.code.as_str(), told.details["part"].as_str()), ("new-part", "3"));
    let parts = view.scan.parts.unwrap();
    assert_eq!((parts.have, parts.of, parts.missing), (vec![3], 3, vec![1, 2]));
    assert_eq!(code(&terminal.hears("https://www.city.mihon.example.jp/")), "not-ours");
    assert_eq!(code(&terminal.hears(&texts[0][..100])), "damaged");
    let again = terminal.hears(&texts[last - 1]);
    assert_eq!(code(&again), "repeated-part");
    assert!(again.scan.told.unwrap().count > told.count, "twice the same is two readings");
    let foreign = terminal.hears(&others[0]);
    assert_eq!(code(&foreign), "foreign-sheet");
    assert_eq!(foreign.scan.told.unwrap().ask, Some(ScanAsk::StartOver));
    assert_eq!(foreign.scan.parts.unwrap().have, [3], "another resident's part is not taken");

    terminal.hears(&full_width(&texts[1]));
    let view = terminal.hears(&format!("{}\r", texts[0]));
    assert_eq!(code(&view), "sheet-ready");
    let sheet = view.scan.sheet.unwrap();
    assert_eq!(
        (sheet.kind, sheet.people.len(), sheet.standing),
        (SheetKind::Resident, 4, SheetStanding::Valid)
    );
    assert_eq!(
        (sheet.made.as_str(), sheet.valid_until.as_str()),
        ("2026-11-18 21:05", "2026-12-18")
    );
    assert_eq!((sheet.lang.as_str(), sheet.pack.standing.as_str()), ("en", "same"));
    assert!(
        sheet.withdrawn_and_refused_are_empty() && view.case.is_none(),
        "nothing is in a case yet"
    );

    let view = terminal.counter.scan_reset(false).unwrap();
    assert!(view.scan.sheet.is_none() && view.scan.parts.is_none());
    terminal.hears(&texts[0]);
    terminal.hears(&others[0]);
    let view = terminal.counter.scan_reset(true).unwrap();
    let kept = view.scan.sheet.map(|sheet| sheet.people[0].name.clone());
    assert_eq!(kept.as_deref(), Some("大王　一郎"), "the part left aside begins the new sheet");
}

trait Empty {
    fn withdrawn_and_refused_are_empty(&self) -> bool;
}

impl Empty for SheetView {
    fn withdrawn_and_refused_are_empty(&self) -> bool {
        self.pack.withdrawn.is_empty() && self.refused.is_empty() && self.received.is_empty()
    }
}

#[test]
fn every_answer_is_in_the_case_as_it_was_given_and_one_step_takes_it_back() {
    let terminal = Terminal::new('A');
    let (family, texts) = (family(), sheet(&family(), 1).texts);
    terminal.reads(&texts);
    assert_eq!(terminal.accepts(SheetInto::Case, false).err().as_deref(), Some("no-case"));
    let view = terminal.accepts(SheetInto::New, false).unwrap();
    assert_eq!(code(&view), "sheet-taken");
    assert!(view.scan.sheet.is_none() && view.scan.parts.is_none());
    let shown = view.case.unwrap();
    assert_eq!((shown.event.id.as_str(), shown.lang.as_str()), ("tennyu", "en"));
    let case = terminal.case(&shown.id);
    let questions = kept().pack().questions.clone();
    let mut equal = 0;
    for subject in std::iter::once(Subject::Case)
        .chain(family.people().iter().map(|one| Subject::Person(one.id.clone())))
    {
        for (fact, given) in family.newest(&subject) {
            if questions.iter().any(|row| row.fact == fact && row.at_home) {
                let taken = case.facts.get(&subject, fact).unwrap_or_else(|| panic!("{fact}"));
                assert_eq!((&taken.answer, taken.source), (&given.answer, Source::Qr), "{fact}");
                equal += 1;
            }
        }
    }
    assert!(equal >= 70, "{equal} answers");

    let again = terminal.reads(&texts);
    assert_eq!(again.received[0].reception, "A-0001", "a second scan is shown");
    terminal.counter.case_open(&shown.id).unwrap();
    let here = terminal.counter.staff_view().scan.sheet.unwrap();
    assert!(here.received[0].here && here.people.iter().all(|one| one.same_as[0].why == "exact"));
    terminal.accepts(SheetInto::Case, false).unwrap();
    assert_eq!(terminal.case(&shown.id).facts, case.facts, "and changes nothing");

    terminal.counter.case_open(&shown.id).unwrap();
    terminal.counter.undo().unwrap();
    let view = terminal.counter.undo().unwrap();
    assert!(view.case.unwrap().people.is_empty(), "one step takes the sheet back");
    assert!(terminal.reads(&texts).received.is_empty(), "what was taken back was not received");
}

#[test]
fn a_sheet_outside_its_days_is_shown_and_taken_only_by_an_explicit_step() {
    let terminal = Terminal::new('A');
    let small = facts(SMALL);
    for (made, until, standing, refused) in [
        ("2026-09-01T00:00:00Z", "2026-10-01", SheetStanding::Expired, "sheet-expired"),
        (
            "2026-11-22T00:00:00Z",
            "2026-12-01",
            SheetStanding::FromTheFuture,
            "sheet-from-the-future",
        ),
    ] {
        terminal.counter.scan_reset(false).unwrap();
        let shown = terminal.reads(&sealed(&small, 3, made, until, 7).texts);
        assert_eq!((shown.standing, shown.people[0].name.as_str()), (standing, "見本　花子"));
        assert_eq!(terminal.accepts(SheetInto::New, false).err().as_deref(), Some(refused));
        assert!(terminal.counter.staff_view().scan.sheet.is_some(), "it still waits");
        terminal.accepts(SheetInto::New, true).unwrap();
    }
}

#[test]
fn another_town_and_hostile_texts_are_told_and_change_nothing() {
    let terminal = Terminal::new('A');
    let foreign = sealed(&facts(SMALL), 4, "2026-11-18T12:00:00Z", "2026-12-18", 9);
    assert_eq!(code(&terminal.hears(&foreign.texts.join("\n"))), "key-unknown");
    let whole = sheet(&facts(SMALL), 5).texts[0].clone();
    for (text, told) in [
        ("46491".to_owned(), "damaged"),
        (format!("46491{}", "9".repeat(2_000)), "damaged"),
        ("9".repeat(100_000), "not-ours"),
        ("\u{1b}[2J\u{7}=cmd|' /C calc'!A0".to_owned(), "not-ours"),
        (whole.replacen('4', "四", 1), "not-ours"),
        (format!("{whole}0"), "damaged"),
    ] {
        assert_eq!(code(&terminal.hears(&text)), told);
    }
    let view = terminal.counter.staff_view();
    assert!(view.scan.parts.is_none() && view.scan.sheet.is_none() && view.cases.is_empty());
    terminal.counter.sign_out().unwrap();
    let input = ScanTextInput { text: whole, by: "wedge".to_owned() };
    assert_eq!(terminal.counter.scan_text(&input).unwrap_err().code, "not-signed-in");
    assert!(terminal.counter.scan_frame(2, 2, &[0; 3]).is_err());
}

/// The card of somebody, as the reader would give it.
fn card(person: &str, name: &str, address: &str) -> CaseEvent {
    let birth_date: PartialDate = "1985-04-01".parse().unwrap();
    let item = |fact: &str, value| Item { fact: fact.to_owned(), value };
    let items = vec![
        item("name", Value::Text(name.to_owned())),
        item("birth_date", Value::Date(birth_date)),
        item("address", Value::Text(address.to_owned())),
    ];
    let (document, person) = ("mynumber".to_owned(), person.to_owned());
    CaseEvent::DocumentRead { document, person, items, warnings: Vec::new() }
}

fn records(terminal: &Terminal, id: &str, event: CaseEvent) {
    terminal.in_the_store(|store| {
        let mut case = Case::read(store, id.parse().unwrap()).unwrap();
        case.record(store, event, Timestamp::now()).unwrap();
    });
    terminal.counter.case_open(id).unwrap();
}

#[test]
fn what_the_card_says_otherwise_stands_beside_the_sheet_until_the_clerk_chooses() {
    let terminal = Terminal::new('A');
    terminal.reads(&sheet(&facts(SMALL), 6).texts);
    let id = terminal.accepts(SheetInto::New, false).unwrap().case.unwrap().id;
    records(&terminal, &id, card("p1", "見本　華子", "見本県別見本市中央1-2-4"));
    let conflicts = terminal.counter.staff_view().case.unwrap().conflicts;
    let shown: Vec<_> = conflicts
        .iter()
        .map(|one| {
            let values = one.candidates.iter().map(|it| (it.choice.as_str(), it.text.as_str()));
            (one.fact.as_str(), one.person.as_deref(), values.collect::<Vec<_>>())
        })
        .collect();
    assert_eq!(
        shown,
        [
            (
                "previous_address",
                None,
                vec![("qr", "別見本市中央一丁目２番３号"), ("card:p1", "見本県別見本市中央1-2-4")]
            ),
            ("name", Some("p1"), vec![("card", "見本　華子"), ("qr", "見本　花子")]),
        ]
    );
    let marked: String = conflicts[1].candidates[1]
        .pieces
        .iter()
        .filter(|one| one.differs)
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(marked, "花");
    let settle = |fact: &str, person: Option<&str>, choice: &str| {
        terminal.counter.conflict_settle(&ConflictSettleInput {
            fact: fact.to_owned(),
            person: person.map(str::to_owned),
            choice: choice.to_owned(),
        })
    };
    assert_eq!(settle("name", Some("p1"), "staff").unwrap_err().code, "conflict-unknown");
    settle("name", Some("p1"), "qr").unwrap();
    let view = settle("previous_address", None, "card:p1").unwrap();
    let case = view.case.unwrap();
    assert!(case.conflicts.is_empty());
    let fact = |facts: &[kakanai_counter::door::FactView], id: &str| {
        let fact = facts.iter().find(|fact| fact.id == id).unwrap();
        (fact.text.clone(), fact.source.clone())
    };
    assert_eq!(fact(&case.people[0].facts, "name"), ("見本　花子".to_owned(), "qr".to_owned()));
    let address = ("見本県別見本市中央1-2-4".to_owned(), "card".to_owned());
    assert_eq!(fact(&case.facts, "previous_address"), address);
    assert_eq!(terminal.counter.undo().unwrap().case.unwrap().conflicts.len(), 1);
}

#[test]
fn an_address_written_otherwise_or_moved_on_the_card_already_is_no_difference() {
    let terminal = Terminal::new('A');
    terminal.reads(&sheet(&facts(SMALL), 6).texts);
    let id = terminal.accepts(SheetInto::New, false).unwrap().case.unwrap().id;
    for address in ["見本県別見本市中央１－２－３", "見本県みほん市鷹ノ巣１番２号"]
    {
        records(&terminal, &id, card("p1", "見本　花子", address));
        assert!(terminal.counter.staff_view().case.unwrap().conflicts.is_empty(), "{address}");
    }
}

/// The texts of the slip of a case, as its check sheet carries them.
fn slip_of(terminal: &Terminal, id: &str) -> Vec<String> {
    terminal.in_the_store(|store| {
        let case = Case::read(store, id.parse().unwrap()).unwrap();
        let number = store.case(&case.id).unwrap().reception.to_string();
        let made = slip(store, &case, kept().pack(), &number, "ja", ON.parse().unwrap()).unwrap();
        match made {
            Slip::Codes(codes) => codes.texts,
            none => panic!("{:?}", none.refusal()),
        }
    })
}

#[test]
fn heard_on_one_terminal_card_on_the_next_printed_on_a_third() {
    let [heard, carded, printed] = ['A', 'B', 'C'].map(Terminal::new);
    heard.reads(&sheet(&family(), 1).texts);
    let id = heard.accepts(SheetInto::New, false).unwrap().case.unwrap().id;
    let before = heard.case(&id);
    let texts = slip_of(&heard, &id);
    assert!(texts.len() <= 2, "{} codes", texts.len());

    let shown = carded.reads(&texts);
    let slip = shown.slip.unwrap();
    assert_eq!(
        (shown.kind, slip.case.as_str(), slip.counter_date.as_str()),
        (SheetKind::Slip, "A-0001", ON)
    );
    let id = carded.accepts(SheetInto::New, false).unwrap().case.unwrap().id;
    let person = &before.facts.people()[0].id;
    let name = match before.facts.value(&Subject::Person(person.clone()), "name").unwrap() {
        Value::Text(name) => name.clone(),
        _ => panic!("a name is a text"),
    };
    records(&carded, &id, card(person, &name, "見本県別見本市中央1-2-4"));

    let texts = slip_of(&carded, &id);
    let slip = printed.reads(&texts).slip.unwrap();
    assert_eq!((slip.case.as_str(), slip.documents[0].id.as_str()), ("A-0001", "mynumber"));
    let view = printed.accepts(SheetInto::New, false).unwrap();
    let case = view.case.unwrap();
    assert_eq!((case.continues.as_deref(), case.reception.as_str()), (Some("A-0001"), "C-0001"));
    assert!(matches!(case.card, kakanai_counter::door::CardStep::Read { .. }));
    printed.counter.private_open(true).unwrap();
    assert!(!printed.counter.preview("check").unwrap().is_empty());
    let after = printed.case(&case.id);
    for subject in
        [Subject::Case, Subject::Person("p2".to_owned()), Subject::Person("p4".to_owned())]
    {
        for (fact, stated) in before.facts.newest(&subject) {
            let kept = after.facts.get(&subject, fact).unwrap_or_else(|| panic!("{fact}"));
            assert_eq!((&kept.answer, kept.source), (&stated.answer, Source::Qr), "{fact}");
        }
    }
    let holder = Subject::Person(person.clone());
    assert_eq!(after.facts.get(&holder, "address").unwrap().source, Source::Card);
    assert_eq!(after.facts.get(&holder, "name").unwrap().source, Source::Card);

    let keyless = Terminal::with('D', "scanner = \"none\"\n", false);
    keyless.counter.case_new("tennyu").unwrap();
    assert!(
        !keyless.counter.preview("check").unwrap().is_empty(),
        "without a key no slip, and a sheet"
    );
    assert_eq!(code(&keyless.hears(&texts.join("\n"))), "key-unknown");
}

/// A picture of a code, 6 pixels a module.
fn drawn(text: &str, version: u8) -> (u32, Vec<u8>) {
    let Modules { size, bits } = modules(text, version).unwrap();
    let side = (size + 8) * 6;
    let dark = |x: usize, y: usize| {
        let (x, y) = ((x / 6).checked_sub(4), (y / 6).checked_sub(4));
        matches!((x, y), (Some(x), Some(y)) if x < size && y < size && bits[y * size + x])
    };
    let pixels = (0..side * side).map(|at| if dark(at % side, at / side) { 0 } else { 255 });
    (u32::try_from(side).unwrap(), pixels.collect())
}

fn until(what: &str, mut done: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !done() {
        assert!(begun.elapsed() < Duration::from_secs(60), "{what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn scanner_camera_and_images_bring_the_same_parts() {
    let folder = tempfile::tempdir().unwrap();
    let port = folder.path().join("scanner");
    let mut scanner = VirtualScanner::plug_in(&port).unwrap();
    let settings = format!("scanner = {:?}\n", port.display().to_string());
    let terminal = Terminal::with('A', &settings, true);
    let Sheet { texts, version, .. } = sheet(&family(), 1);
    let scan = || terminal.counter.staff_view().scan;
    until("the scanner is connected", || scan().scanner.state == "connected");
    scanner.send(format!("{}\r\n", texts[0]).as_bytes()).unwrap();
    until("the scanner's part arrives", || scan().parts.is_some_and(|parts| parts.have == [1]));
    let (side, pixels) = drawn(&texts[1], version);
    terminal.counter.scan_frame(side, side, &pixels).unwrap();
    until("the camera's part arrives", || scan().parts.is_some_and(|parts| parts.have == [1, 2]));
    let (side, pixels) = drawn(&texts[2], version);
    let file = [format!("P5 {side} {side} 255\n").into_bytes(), pixels].concat();
    let view = terminal.counter.scan_image(&file).unwrap();
    assert_eq!(
        (code(&view), view.scan.told.as_ref().unwrap().via.as_str()),
        ("sheet-ready", "image")
    );
    assert_eq!(code(&terminal.counter.scan_image(b"no picture").unwrap()), "image-unknown");
    let white = b"P5 8 8 255\n".iter().copied().chain([255; 64]).collect::<Vec<u8>>();
    assert_eq!(code(&terminal.counter.scan_image(&white).unwrap()), "no-code");
    scanner.unplug();
    until("the scanner is gone", || scan().scanner.state == "unplugged");
    terminal.counter.sign_out().unwrap();
    assert_eq!(scan().scanner.state, "none");
}
