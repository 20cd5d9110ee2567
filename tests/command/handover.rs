//! `handover` and `case handover`: files for robots, whole or not at all, also when the power goes.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::case::{CASE, Step, Store};
use crate::household::Household;
use crate::repository::{compiled_pack, copy_folder, sample_pack};
use crate::terminal::{Run, Terminal, text};
use crate::trace;

const DONE: &str = ".done";

fn arguments(facts: &Path, out: &Path) -> Vec<String> {
    let arguments = ["handover", "export", "--pack", text(compiled_pack()), "--facts", text(facts)];
    arguments.iter().chain(&["--out", text(out)]).map(|&argument| argument.to_owned()).collect()
}

fn export(terminal: &Terminal, facts: &Path, out: &Path) -> Run {
    terminal.run(&arguments(facts, out))
}

fn household() -> PathBuf {
    sample_pack().join("households/three-generations.json")
}

/// Every file below a folder, by its path; nothing for a folder that is not there.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            found.insert(path, bytes);
        }
    }
    found
}

/// Whether `.done` is there; then everything it names is there, and nothing else.
fn is_whole(folder: &Path) -> bool {
    let Ok(done) = fs::read(folder.join(DONE)) else { return false };
    let done: Value = serde_json::from_slice(&done).unwrap();
    let listed = done["files"].as_array().unwrap();
    for file in listed {
        let bytes = fs::read(folder.join(file["file"].as_str().unwrap())).unwrap();
        assert_eq!(file["bytes"], bytes.len(), "{file}");
    }
    assert_eq!(files(folder).len(), listed.len() + 1, "something else lies there");
    true
}

#[test]
fn a_household_is_handed_over_with_the_same_bytes_every_time_and_only_once() {
    let terminal = Terminal::new();
    let (out, other) = (terminal.place("out"), terminal.place("other"));
    let first = export(&terminal, &household(), &out).done();
    assert_eq!(
        (&first["folder"], &first["unchanged"]),
        (&json!("three-generations"), &json!(false))
    );
    let folder = out.join("three-generations");
    assert!(is_whole(&folder));
    for (file, _) in files(&folder) {
        assert_eq!(
            fs::metadata(&file).unwrap().permissions().mode() & 0o077,
            0,
            "{}",
            file.display()
        );
    }
    let written = fs::metadata(folder.join(DONE)).unwrap().modified().unwrap();
    let again = export(&terminal, &household(), &out).done();
    assert_eq!((&again["unchanged"], &again["files"]), (&json!(true), &first["files"]));
    assert_eq!(fs::metadata(folder.join(DONE)).unwrap().modified().unwrap(), written);
    export(&terminal, &household(), &other).done();
    let bytes = |out: &Path| files(out).into_values().collect::<Vec<_>>();
    assert!(bytes(&out) == bytes(&other));
}

#[test]
fn a_name_that_cp932_does_not_have_stops_everything_and_nothing_is_written() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let facts = terminal.write("facts.json", &Household::moving_in().file());
    let details = export(&terminal, &facts, &out).refused(1, "handover-refused");
    let refusals = details["refusals"].as_array().unwrap();
    let name =
        refusals.iter().find(|refusal| refusal["details"]["column"] == "jumin.name").unwrap();
    assert_eq!(
        (&name["code"], &name["details"]["person"], &name["details"]["characters"]),
        (&json!("character-not-in-cp932"), &json!("p1"), &json!("U+845B U+E0100, U+20BB7"))
    );
    assert!(!details.to_string().contains('\u{20BB7}'), "{details}");
    assert!(!out.exists());
}

#[test]
fn what_lies_there_already_is_not_written_over_with_something_else() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let mut facts: Value = serde_json::from_str(&fs::read_to_string(household()).unwrap()).unwrap();
    export(&terminal, &terminal.write("a.json", &facts.to_string()), &out).done();
    let before = files(&out);
    facts["case"]["phone"] = json!("000-0000-0009");
    let changed = terminal.write("a.json", &facts.to_string());
    export(&terminal, &changed, &out).refused(1, "handover-differs");
    assert!(files(&out) == before);
    fs::write(out.join("a").join(DONE), "{}").unwrap();
    export(&terminal, &changed, &out).refused(1, "handover-other-case");
    // Without its last file it is a part of something, which is made anew.
    fs::remove_file(out.join("a").join(DONE)).unwrap();
    fs::write(out.join("a/left.csv"), "").unwrap();
    export(&terminal, &changed, &out).done();
    assert!(is_whole(&out.join("a")));
}

#[test]
fn a_pack_without_hand_over_and_a_terminal_without_a_folder_say_so() {
    let terminal = Terminal::new();
    let mut pack: Value = serde_json::from_slice(&fs::read(compiled_pack()).unwrap()).unwrap();
    pack.as_object_mut().unwrap().remove("handover").unwrap();
    let pack = terminal.write("pack.json", &pack.to_string());
    let out = terminal.place("out");
    for command in
        [&["handover", "export", "--facts", text(&household())][..], &["handover", "sheet"]]
    {
        let run = terminal.run(&[command, &["--pack", text(&pack), "--out", text(&out)]].concat());
        run.refused(2, "pack-no-handover");
    }
    let store = Store::at(terminal.place("store"));
    store.run(&terminal, &Step::new()).done();
    store.run(&terminal, &Step::hand_over(None)).refused(2, "no-handover-folder");
}

#[test]
fn the_data_sheet_and_its_samples_are_written_from_the_pack() {
    let terminal = Terminal::new();
    let out = terminal.place("sheet");
    let made = terminal
        .run(&["handover", "sheet", "--pack", text(compiled_pack()), "--out", text(&out)])
        .done();
    let listed = made["files"].as_array().unwrap();
    assert_eq!(files(&out).len(), listed.len());
    assert!(
        listed.contains(&json!("data-sheet.ja.md")) && listed.contains(&json!("sample/setai.csv"))
    );
}

/// A store with one case of the sample card's household.
fn opened(terminal: &Terminal) -> Store {
    let store = Store::at(terminal.place("store"));
    for step in [Step::new(), Step::answer_all("-"), Step::named("p1"), Step::answer_all("p1")] {
        store.run(terminal, &step).done();
    }
    store
}

#[test]
fn a_case_is_handed_over_again_only_when_it_is_newer() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let store = opened(&terminal);
    let older = Store::at(terminal.place("older"));
    let hand_over = |store: &Store| store.run(&terminal, &Step::hand_over(Some(&out)));
    let first = hand_over(&store).done();
    assert_eq!(first["folder"], CASE);
    let folder = out.join(CASE);
    let done: Value = serde_json::from_slice(&fs::read(folder.join(DONE)).unwrap()).unwrap();
    let shown = store.run(&terminal, &Step::show()).done();
    assert_eq!(done["case_id"], shown["case"]["case"]);
    let kinds: Vec<_> = shown["journal"]
        .as_array()
        .unwrap()
        .iter()
        .map(|event| event["kind"].as_str().unwrap())
        .collect();
    assert!(kinds.ends_with(&["Exported", "HandedOver", "Viewed"]), "{kinds:?}");
    assert_eq!(hand_over(&store).done()["unchanged"], true);

    copy_folder(&store.folder, &older.folder);
    store.run(&terminal, &Step::answer_all("p2")).done();
    store.run(&terminal, &Step::household_complete()).done();
    let later = hand_over(&store).done();
    assert!(later["revision"].as_u64() > first["revision"].as_u64() && is_whole(&folder));
    let jumin = later["files"].as_array().unwrap().iter().find(|file| file["file"] == "jumin.csv");
    assert_eq!(jumin.unwrap()["rows"], 2);
    let before = files(&out);
    hand_over(&older).refused(1, "handover-newer");
    assert!(files(&out) == before);

    store.run(&terminal, &Step::close()).done();
    assert_eq!(hand_over(&store).done()["unchanged"], true, "a closed case is handed over too");
}

#[test]
fn done_is_the_last_name_that_appears_and_every_file_was_flushed_before() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let arguments = arguments(&household(), &out);
    let (run, calls) =
        trace::calls(&terminal, &arguments, "", "openat,fsync,rename,renameat,renameat2,unlink");
    let made = run.done();
    let of = |name: &str| calls.lines().filter(|call| call.contains(name)).collect::<Vec<_>>();
    let renamed: Vec<&str> =
        of("rename").into_iter().filter(|call| call.contains("three-generations")).collect();
    assert_eq!(renamed.len(), made["files"].as_array().unwrap().len() + 1);
    let (last, earlier) = renamed.split_last().unwrap();
    assert!(
        last.contains("/.done\"") && !earlier.iter().any(|call| call.contains(DONE)),
        "{renamed:#?}"
    );
    // Between the opening of a part and its renaming lies a flush.
    for rename in &renamed {
        let part = rename.split('"').nth(1).unwrap();
        let lines: Vec<&str> = calls.lines().collect();
        let place = |what: &str| {
            lines.iter().position(|line| line.contains(part) && line.contains(what)).unwrap()
        };
        let (open, renamed) = (place("openat"), place("rename"));
        assert!(lines[open..renamed].iter().any(|line| line.contains("fsync")), "{part}");
    }
    // The folder itself is flushed before and after `.done`.
    let lines: Vec<&str> = calls.lines().collect();
    let end = lines.iter().position(|line| line == last).unwrap();
    assert!(lines[end..].iter().any(|line| line.contains("fsync")), "{calls}");
}

#[test]
fn a_robot_that_waits_for_done_sees_a_whole_case_or_none_whenever_the_program_dies() {
    let terminal = Terminal::new();
    let plain = terminal.write("a.json", &fs::read_to_string(household()).unwrap());
    let files_of_a_case = export(&terminal, &plain, &terminal.place("plain")).done();
    let renames = u64::try_from(files_of_a_case["files"].as_array().unwrap().len() + 1).unwrap();
    for (call, times) in [("rename", renames), ("fsync", 2 * renames)] {
        for when in 1..=times {
            let out = terminal.place(&format!("{call}-{when}"));
            trace::killed_in(&terminal, &arguments(&plain, &out), "", (call, when));
            let folder = out.join("a");
            let whole = is_whole(&folder);
            assert!(!whole || call == "fsync", "{call} {when}");
            let again = export(&terminal, &plain, &out).done();
            assert_eq!(again["unchanged"], whole);
            assert!(is_whole(&folder), "{call} {when}: the next attempt mends it");
        }
    }
}
