//! The whole case through `kakanai case …`, with a real card service, a card and a real printer.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::case::{ACCOUNT, CASE, HANAKO, PASSPHRASE, Step, Store, TARO};
use crate::devices::{CardDesk, Printer, assert_modest};
use crate::pdf;
use crate::repository::{compiled_pack, files_below};
use crate::terminal::{Terminal, finished, start, text};

/// Answers every question that is asked until none is left; gives the number of steps.
fn answer_until_nothing_is_asked(terminal: &Terminal, store: &Store) -> usize {
    for steps in 0..40 {
        let shown = store.run(terminal, &Step::show()).done();
        let questions = shown["questions"].as_array().unwrap();
        let Some(first) = questions.first() else { return steps };
        if first["type"] == "person-list" {
            store.run(terminal, &Step::answer("p2", &["name", "birth_date", "relation"])).done();
            store.run(terminal, &Step::household_complete()).done();
            continue;
        }
        let subject = first["person"].as_str().unwrap_or("-");
        let of_subject: Vec<&Value> = questions
            .iter()
            .filter(|question| question["person"] == first["person"])
            .filter(|question| question["type"] != "person-list")
            .collect();
        store.run(terminal, &Step::reply(subject, &of_subject)).done();
    }
    panic!("the questions never end");
}

fn pdfs(folder: &std::path::Path) -> Vec<PathBuf> {
    let is_pdf = |file: &PathBuf| fs::read(file).unwrap().starts_with(b"%PDF");
    files_below(folder).into_iter().filter(is_pdf).collect()
}

fn assert_nowhere(secret: &str, folder: &std::path::Path) {
    let utf16: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for file in files_below(folder) {
        let bytes = fs::read(&file).unwrap();
        for form in [secret.as_bytes(), &utf16] {
            let found = bytes.windows(form.len()).any(|window| window == form);
            assert!(!found, "{} holds {secret} in plain text", file.display());
        }
    }
}

#[test]
fn a_resident_moves_in_with_a_card_and_walks_away_with_printed_papers() {
    let desk = CardDesk::ordinary(|_| ());
    let Printer { printer, folder: printer_folder } = Printer::start();
    let terminal = &desk.terminal;
    let store = Store::at(terminal.place("store"));
    let mut kinds: Vec<&str> = Vec::new();
    let mut take = |step: Step| {
        let document = store.run(terminal, &step).done();
        kinds.extend(step.events);
        document
    };

    let opened = take(Step::new());
    assert_eq!((&opened["reception"], &opened["events"]), (&json!(CASE), &json!(1)));
    assert_eq!(take(Step::read_card())["events"], 2);
    assert_modest(&desk.card.log());
    assert_eq!(desk.pins_sent(), 1);

    let steps = answer_until_nothing_is_asked(terminal, &store);
    assert!(steps >= 3, "{steps} steps");
    let shown = store.run(terminal, &Step::show()).done();
    assert_eq!(shown["questions"], json!([]));
    assert_eq!(shown["facts"]["people"][0]["name"], json!({"value": HANAKO, "source": "card"}));

    let decided = take(Step::decide());
    for (procedure, people) in [
        ("juki.tennyu", json!(["p1", "p2"])),
        ("card.keizoku", json!(["p1"])),
        ("inkan.toroku", json!(["p1"])),
        ("kokuho.shutoku", json!(["p2"])),
    ] {
        let required = |decision: &&Value| {
            decision["procedure"] == procedure
                && decision["status"] == "required"
                && decision["people"] == people
        };
        assert!(
            decided["decisions"].as_array().unwrap().iter().any(|d| required(&d)),
            "{procedure}: {decided}"
        );
    }

    let printed = take(Step::print(&printer.uri()));
    assert_eq!((&printed["packet"], &printed["job"]["state"]), (&Value::Null, &json!("completed")));
    let received = printer.received().unwrap();
    let [received] = received.as_slice() else { panic!("{received:?}") };
    let paper = pdf::text(received);
    for name in [HANAKO, TARO] {
        assert!(paper.contains(&pdf::without_spaces(name)), "{name} is not on the papers: {paper}");
    }

    let exported = terminal.place("facts.json");
    take(Step::export(&exported));
    let pack = text(compiled_pack());
    let again = ["determine", "--pack", pack, "--facts", text(&exported), "--on", "2026-11-20"];
    assert_eq!(terminal.run(&again).done(), decided, "the exported facts decide the same");
    fs::remove_file(&exported).unwrap();

    take(Step::close());
    store.run(terminal, &Step::decide()).refused(1, "case-closed");
    let journal = store.run(terminal, &Step::show()).done()["journal"].as_array().unwrap().clone();
    for (at, event) in journal.iter().enumerate() {
        let who = (&event["account"], &event["role"], &event["revision"]);
        assert_eq!(who, (&json!(ACCOUNT), &json!("administrator"), &json!(at + 1)));
    }
    let told: Vec<&str> = journal.iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(
        told.iter().filter(|kind| **kind == "Viewed").count(),
        steps + 3,
        "looking is an event"
    );
    let done: Vec<&str> =
        told.into_iter().filter(|kind| !["Viewed", "Stated"].contains(kind)).collect();
    assert_eq!(done, kinds);

    assert!(store.verify(terminal) > journal.len() as u64, "opening the store is an event too");
    for secret in [HANAKO, TARO, "見本町", PASSPHRASE] {
        assert_nowhere(secret, terminal.folder());
    }
    assert_eq!(pdfs(terminal.folder()), [] as [PathBuf; 0]);
    assert_eq!(pdfs(printer_folder.path()), std::slice::from_ref(received));
    assert_eq!(fs::read_dir(terminal.temporary()).unwrap().count(), 0, "a temporary file stayed");

    store.run(terminal, &Step::purge()).done();
    store.run(terminal, &Step::show()).refused(2, "case-purged");
    store.run(terminal, &Step::print(&printer.uri())).refused(2, "case-purged");
    store.verify(terminal);
}

#[test]
fn a_step_that_was_taken_back_is_as_if_never_said_and_stays_in_the_journal() {
    let terminal = Terminal::new();
    let store = Store::at(terminal.place("store"));
    store.make(&terminal);
    store.run(&terminal, &Step::new()).done();
    store.run(&terminal, &Step::answer("-", &["event", "from"])).done();
    let undo = Step { arguments: vec!["undo".to_owned(), CASE.to_owned()], ..Step::show() };
    assert_eq!(store.run(&terminal, &undo).done()["events"], 3);
    let shown = store.run(&terminal, &Step::show()).done();
    assert_eq!(shown["facts"]["case"], json!({}));
    let kinds: Vec<_> =
        shown["journal"].as_array().unwrap().iter().map(|e| e["kind"].clone()).collect();
    assert_eq!(kinds, ["CaseOpened", "Stated", "Withdrawn", "Viewed"]);
    store.run(&terminal, &undo).refused(1, "nothing-to-undo");
}

#[test]
fn a_store_opens_for_its_account_and_passphrase_only() {
    let terminal = Terminal::new();
    let store = Store::at(terminal.place("store"));
    let (arguments, input) = store.command(&Step::show());
    terminal.run_with(&arguments, &input).refused(3, "store-missing");
    store.run(&terminal, &Step::new()).done();
    terminal.run_with(&arguments, "not the passphrase\n").refused(1, "wrong-passphrase");
    terminal.run_with(&arguments, "").refused(1, "wrong-passphrase");
    let stranger = arguments.iter().map(|word| if word == ACCOUNT { "stranger" } else { word });
    let stranger: Vec<&str> = stranger.collect();
    terminal.run_with(&stranger, &input).refused(1, "wrong-passphrase");
    let unknown = arguments.iter().map(|word| if word == CASE { "A-0002" } else { word });
    let unknown: Vec<&str> = unknown.collect();
    terminal.run_with(&unknown, &input).refused(2, "case-unknown");
    let shown = terminal.run_with(&arguments, &input).done();
    let kinds: Vec<_> =
        shown["journal"].as_array().unwrap().iter().map(|e| e["kind"].clone()).collect();
    assert_eq!(kinds, ["CaseOpened", "Viewed"], "a refused look is no event of the case");
}

#[test]
fn a_second_program_does_not_get_into_a_store_that_is_open() {
    let terminal = Terminal::new();
    let store = Store::at(terminal.place("store"));
    store.run(&terminal, &Step::new()).done();

    // Holds the store while it waits for the second line of its input.
    let (arguments, _) = store.command(&Step::read_card());
    let mut command = terminal.command(&arguments);
    let (reader, mut writer) = std::io::pipe().unwrap();
    std::io::Write::write_all(&mut writer, format!("{PASSPHRASE}\n").as_bytes()).unwrap();
    command.stdin(reader).stdout(std::process::Stdio::piped());
    let holder = command.spawn().unwrap();
    drop(command);
    let open_files = PathBuf::from(format!("/proc/{}/fd", holder.id()));
    let deadline = Instant::now() + Duration::from_secs(20);
    let holds = || {
        let files = fs::read_dir(&open_files)
            .unwrap()
            .filter_map(|file| fs::read_link(file.ok()?.path()).ok());
        files.into_iter().any(|file| file.ends_with("store.db-wal"))
    };
    while !holds() {
        assert!(Instant::now() < deadline, "the store is not opened");
    }
    store.run(&terminal, &Step::show()).refused(3, "store-busy");

    drop(writer);
    finished(holder).refused(2, "pin-format");
    store.run(&terminal, &Step::show()).done();
}

#[test]
fn no_try_of_a_pin_is_spent_on_a_case_that_is_not_there_and_none_is_lost_on_one_that_is() {
    let desk = CardDesk::ordinary(|_| ());
    let store = Store::at(desk.terminal.place("store"));
    store.run(&desk.terminal, &Step::new()).done();
    let (arguments, input) = store.command(&Step::read_card());
    let unknown: Vec<&str> =
        arguments.iter().map(|word| if word == CASE { "A-0009" } else { word }).collect();
    desk.terminal.run_with(&unknown, &input).refused(2, "case-unknown");
    assert!(desk.card.log().is_empty());

    let wrong =
        finished(start(desk.terminal.command(&arguments), &format!("{PASSPHRASE}\n0000\n")));
    assert_eq!(wrong.refused(1, "pin-wrong")["tries_left"], 2);
    let shown = store.run(&desk.terminal, &Step::show()).done();
    assert_eq!(shown["journal"].as_array().unwrap().len(), 2, "nothing was read: {shown}");
    store.run(&desk.terminal, &Step::read_card()).done();
}

#[test]
fn when_the_printer_of_a_case_cannot_be_reached_the_case_can_be_printed_again() {
    let desk = CardDesk::ordinary(|_| ());
    let Printer { mut printer, folder: _folder } = Printer::start();
    let store = Store::at(desk.terminal.place("store"));
    for step in [
        Step::new(),
        Step::read_card(),
        Step::answer_all("-"),
        Step::answer_all("p1"),
        Step::household_complete(),
    ] {
        store.run(&desk.terminal, &step).done();
    }
    printer.switch_off();
    store.run(&desk.terminal, &Step::print(&printer.uri())).refused(3, "printer-unreachable");
    let shown = store.run(&desk.terminal, &Step::show()).done();
    let printed = |event: &Value| event["kind"] == "Printed";
    assert!(
        !shown["journal"].as_array().unwrap().iter().any(printed),
        "what was not sent is not printed"
    );
    printer.switch_on().unwrap();
    let document = store.run(&desk.terminal, &Step::print(&printer.uri())).done();
    assert_eq!(document["job"]["state"], "completed");
    let paper = pdf::text(&printer.received().unwrap()[0]);
    assert!(paper.contains(&pdf::without_spaces(HANAKO)));
}

#[test]
fn papers_that_the_printer_gave_up_are_in_the_journal_with_how_it_ended() {
    let terminal = Terminal::new();
    let Printer { printer, folder: _folder } = Printer::start();
    let store = Store::at(terminal.place("store"));
    for step in [Step::new(), Step::answer_all("-"), Step::answer_all("p1")] {
        store.run(&terminal, &step).done();
    }
    printer.break_fuser().unwrap();
    store.run(&terminal, &Step::print(&printer.uri())).refused(3, "job-aborted");
    let shown = store.run(&terminal, &Step::show()).done();
    let journal = shown["journal"].as_array().unwrap();
    let kinds: Vec<_> = journal.iter().skip(3).map(|event| event["kind"].clone()).collect();
    assert_eq!(kinds, ["Decided", "Printed", "PrintFinished", "Viewed"], "what left the terminal");
}
