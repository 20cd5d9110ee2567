//! The sheets around the forms, as files: the empty set, and the one paper that names what is discreet.

use std::fs;
use std::path::Path;

use crate::pdf;
use crate::repository::compiled_pack;
use crate::terminal::{Terminal, text};

/// A household that asks for protection; the words that may stand on its own sheet only.
const PROTECTED: &str = r#"{"case":{"event":"tenkyo","counter_date":"2026-11-20","move_date":"2026-11-10",
    "dv_support":true,"new_address":"みほん県みほん市中央一丁目2番地3","phone":"000-0000-0000"},
  "people":[{"id":"p1","name":"大王　花子","birth_date":"1985-04-01","sex":"female","relation":"head",
    "moving":true,"nationality":"jp","insurance_after":"kokuho","mynumber_card":"none"}]}"#;
const SECRET: [&str; 3] = ["支援措置", "相談支援センター", "dv_support"];

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn only_the_sheet_of_its_own_names_what_is_discreet() {
    let terminal = Terminal::new();
    let facts = terminal.write("facts.json", PROTECTED);
    for lang in ["ja", "en"] {
        let out = terminal.place(lang);
        let pack = text(compiled_pack());
        let run = terminal.run(&[
            "--lang",
            lang,
            "print",
            "--pack",
            pack,
            "--facts",
            text(&facts),
            "--out",
            text(&out),
        ]);
        let stdout = String::from_utf8_lossy(&run.stdout);
        let files = names(&out);
        for expected in ["check.pdf", "discreet.pdf", "guide.pdf", "packet.pdf"] {
            assert!(files.iter().any(|file| file == expected), "{expected} is not in {files:?}");
        }
        for secret in SECRET {
            assert!(!stdout.contains(secret) && !run.stderr.contains(secret), "{secret}");
        }
        for file in &files {
            let read = pdf::text(&out.join(file));
            let told = SECRET.iter().any(|secret| read.contains(secret));
            assert_eq!(told, file == "discreet.pdf", "{lang}, {file}: {read}");
        }
    }
}

#[test]
fn the_discreet_sheet_is_not_printed_together_with_others() {
    let terminal = Terminal::new();
    let facts = terminal.write("facts.json", PROTECTED);
    let run = terminal.run(&[
        "print",
        "--pack",
        text(compiled_pack()),
        "--facts",
        text(&facts),
        "--printer",
        "ipp://localhost:1/ipp/print",
        "--form",
        "discreet",
        "--form",
        "guide",
    ]);
    run.refused(2, "discreet-apart");
}

#[test]
fn the_empty_set_is_one_file_and_one_of_each() {
    let terminal = Terminal::new();
    let out = terminal.place("blank");
    let arguments = ["blank-set", "--pack", text(compiled_pack()), "--out", text(&out)];
    let document = terminal.run(&arguments).done();
    assert_eq!(document["packet"], "blank-set.pdf");
    let files = names(&out);
    let papers = document["papers"].as_array().unwrap();
    assert_eq!(files.len(), papers.len() + 1, "{files:?}");
    for expected in ["blank-set.pdf", "check.pdf", "juki-ido.pdf", "questions-tennyu.pdf"] {
        assert!(files.iter().any(|file| file == expected), "{expected} is not in {files:?}");
    }
    let whole = pdf::text(&out.join("blank-set.pdf"));
    assert!(whole.contains("住民異動届") && !whole.contains("支援措置"));
}
