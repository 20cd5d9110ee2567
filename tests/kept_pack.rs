//! A case keeps the pack it was opened with: its rules are those of its day, and whoever changes them is found out.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::case::{Step, Store};
use crate::household::Household;
use crate::repository::{compiled_pack, files_below};
use crate::terminal::{Terminal, text};

const PROCEDURE: &str = "juki.tennyu";
const RULE: &str = "rule.tennyu";

fn read(pack: &Path) -> Value {
    serde_json::from_slice(&fs::read(pack).unwrap()).unwrap()
}

/// The pack with another version, another last day and another reason for moving in.
fn changed(pack: &Path, to: PathBuf) -> PathBuf {
    let mut pack = read(pack);
    pack["version"] = json!(pack["version"].as_u64().unwrap() + 1);
    for row in pack["deadlines"].as_array_mut().unwrap() {
        if row["procedure"] == PROCEDURE {
            row["length"]["amount"] = json!(10);
        }
    }
    for text in pack["texts"]["ja"][RULE].as_array_mut().unwrap() {
        text["text"] = json!("決まりが変わったためです。");
    }
    fs::write(&to, pack.to_string()).unwrap();
    to
}

/// Version of the pack, last day and first reason of moving in.
fn of(document: &Value) -> (u64, String, String) {
    let decisions = document["decisions"].as_array().unwrap();
    let decision = decisions.iter().find(|one| one["procedure"] == PROCEDURE).unwrap();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    (
        document["pack"]["version"].as_u64().unwrap(),
        word(&decision["deadline"]),
        word(&decision["because"][0]["text"]),
    )
}

/// A case with the facts of a household, opened in this store.
fn open(terminal: &Terminal, store: &Store) {
    let facts = terminal.write("facts.json", &Household::moving_in().file());
    let mut step = Step::new();
    step.arguments.extend(["--facts".to_owned(), text(&facts).to_owned()]);
    store.run(terminal, &step).done();
}

/// The same command on another case.
fn on_case(step: Step, case: &str) -> Step {
    let mut step = step;
    step.arguments[1] = case.to_owned();
    step
}

#[test]
fn an_open_case_is_decided_by_the_rules_of_its_day_and_a_new_case_by_the_new_ones() {
    let terminal = Terminal::new();
    let mut store = Store::at(terminal.place("store"));
    open(&terminal, &store);
    let before = store.run(&terminal, &Step::decide()).done();

    store.pack = changed(compiled_pack(), terminal.place("new-pack.json"));
    assert_eq!(store.run(&terminal, &Step::decide()).done(), before);
    let shown = store.run(&terminal, &Step::show()).done();
    assert_eq!(shown["determination"], before, "and it says by which version");

    open(&terminal, &store);
    let after = store.run(&terminal, &on_case(Step::decide(), "A-0002")).done();
    let ((old, deadline, reason), (new, new_deadline, new_reason)) = (of(&before), of(&after));
    assert_eq!((new, deadline.as_str()), (old + 1, "2026-11-30"));
    assert_eq!(new_deadline, "2026-11-24");
    assert_ne!(reason, new_reason);
    assert!(new_reason.starts_with("決まりが変わったため"), "{new_reason}");

    // The pack of the terminal may be gone altogether.
    store.pack = compiled_pack().to_owned();
    assert_eq!(store.run(&terminal, &on_case(Step::decide(), "A-0002")).done(), after);
    assert_eq!(files_below(&store.folder.join("packs")).len(), 2, "each pack is kept once");
}

#[test]
fn a_kept_pack_that_was_changed_or_is_gone_is_refused() {
    let terminal = Terminal::new();
    let mut store = Store::at(terminal.place("store"));
    open(&terminal, &store);
    let files = files_below(&store.folder.join("packs"));
    let [kept] = files.as_slice() else { panic!("{files:?}") };
    let whole = fs::read(kept).unwrap();
    assert!(whole == fs::read(compiled_pack()).unwrap(), "what is kept is the compiled pack");

    let version = read(kept)["version"].clone();
    store.pack = changed(compiled_pack(), terminal.place("new-pack.json"));
    let other = changed(kept, terminal.place("other.json"));
    let refused = || {
        for step in [Step::decide(), Step::show(), Step::answer("-", &["phone"])] {
            let details = store.run(&terminal, &step).refused(2, "pack-differs");
            assert_eq!(details["expected"], format!("mihon-city {version}"), "{details}");
        }
    };
    fs::copy(other, kept).unwrap();
    refused();
    fs::write(kept, &whole[..whole.len() / 2]).unwrap();
    refused();
    fs::remove_file(kept).unwrap();
    refused();
    fs::write(kept, whole).unwrap();
    store.run(&terminal, &Step::decide()).done();
}
