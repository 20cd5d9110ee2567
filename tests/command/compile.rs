//! `pack compile` and `pack accept-base`: what a supervisor has written.

use std::fs;

use serde_json::{Value, json};

use crate::household::Household;
use crate::repository::{copy_folder, root, sample_pack};
use crate::terminal::{Terminal, text};

#[test]
fn a_compiled_pack_decides_and_asks_like_its_folder_byte_for_byte() {
    let terminal = Terminal::new();
    let file = terminal.place("mihon-city.json");
    let told = terminal.run(&["pack", "compile", text(&sample_pack()), text(&file)]).done();
    assert_eq!(told["pack"]["id"], "mihon-city");
    let compiled: Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(told["pack"]["version"], compiled["version"]);
    assert!(told["sha256"].as_str().is_some_and(|sum| sum.len() == 64), "{told}");

    let facts = terminal.write("facts.json", &Household::moving_in().file());
    for (command, more) in
        [("determine", &[][..]), ("determine", &["--lang", "en"]), ("questions", &["--all"])]
    {
        let of = |pack: &str| {
            let arguments = [&[command, "--pack", pack, "--facts", text(&facts)], more].concat();
            let run = terminal.run(&arguments);
            run.done();
            run.stdout
        };
        assert!(of(text(&sample_pack())) == of(text(&file)), "{command} {more:?}");
    }
    let findings = terminal.run(&["pack", "check", text(&file)]).done();
    assert_eq!(findings["findings"], json!([]));
    let again = terminal.place("again.json");
    let repeated = terminal.run(&["pack", "compile", text(&sample_pack()), text(&again)]).done();
    assert_eq!(repeated, told);
    assert!(fs::read(again).unwrap() == fs::read(file).unwrap());
}

#[test]
fn a_pack_with_a_fault_is_not_compiled_and_one_that_cannot_be_written_is_told() {
    let terminal = Terminal::new();
    let packs = terminal.place("packs");
    copy_folder(&root().join("packs"), &packs);
    let pack = packs.join("mihon-city");
    let nowhere = terminal.place("no-such-folder/pack.json");
    let run = terminal.run(&["pack", "compile", text(&pack), text(&nowhere)]);
    assert_eq!(run.refused(3, "file-not-written")["file"], "pack.json");

    fs::write(pack.join("sheets/papers.csv"), "id,procedure,form\nx,juki.tennyu,no-such\n")
        .unwrap();
    let file = terminal.place("pack.json");
    terminal.run(&["pack", "compile", text(&pack), text(&file)]).refused(2, "pack-invalid");
    assert!(!file.exists());
}

#[test]
fn a_row_of_the_base_that_has_changed_is_told_until_somebody_accepts_it() {
    let terminal = Terminal::new();
    let packs = terminal.place("packs");
    copy_folder(&root().join("packs"), &packs);
    let city = packs.join("mihon-city");
    let findings = || {
        let document = terminal.run(&["pack", "check", text(&city)]).done();
        let findings = document["findings"].as_array().unwrap().clone();
        findings.iter().map(|one| one["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let accept = || terminal.run(&["pack", "accept-base", text(&city)]).done()["rows"].clone();
    let rows = accept();
    assert!(rows.as_u64().is_some_and(|rows| rows > 0), "the city overrides rows of its base");
    assert_eq!(findings(), [] as [&str; 0]);

    let sheet = packs.join("national/sheets/procedures.csv");
    let before = fs::read_to_string(&sheet).unwrap();
    let accepted = fs::read_to_string(city.join("base-rows.csv")).unwrap();
    let overridden = accepted
        .lines()
        .find_map(|line| line.strip_prefix("procedures,")?.split(',').next())
        .expect("the city overrides a procedure");
    let line = before.lines().find(|line| line.starts_with(&format!("{overridden},"))).unwrap();
    let changed = before.replacen(line, &line.replacen("法", "法（改正後）", 1), 1);
    assert_ne!(changed, before, "{line}");
    fs::write(&sheet, changed).unwrap();
    assert_eq!(findings(), ["base-changed"]);
    assert_eq!(accept(), rows);
    assert_eq!(findings(), [] as [&str; 0]);
}
