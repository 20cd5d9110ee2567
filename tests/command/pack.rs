//! `pack check`: the sample pack has no fault, and each fault made in a copy is found at its place.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::repository::{copy_folder, root, sample_pack};
use crate::terminal::{Terminal, program, text};

const NATIONAL: &str = "national/sheets";
const CITY: &str = "mihon-city/sheets";

/// A terminal with a copy of all packs to break.
struct Broken {
    terminal: Terminal,
    packs: PathBuf,
}

impl Broken {
    fn new() -> Self {
        let terminal = Terminal::new();
        let packs = terminal.place("packs");
        copy_folder(&root().join("packs"), &packs);
        Self { terminal, packs }
    }

    /// Puts `new` in the place of the one `old` in the one row that begins with `row`, and gives its line.
    fn replace(&self, file: &str, row: &str, old: &str, new: &str) -> usize {
        let path = self.packs.join(file);
        let before = fs::read_to_string(&path).unwrap();
        let rows: Vec<(usize, &str)> =
            (1..).zip(before.lines()).filter(|(_, line)| line.starts_with(row)).collect();
        let [(number, line)] = rows.as_slice() else { panic!("{file}: `{row}`: {rows:?}") };
        assert_eq!(line.matches(old).count(), 1, "{file}: `{old}` in {line}");
        let mut lines: Vec<&str> = before.lines().collect();
        let changed = line.replacen(old, new, 1);
        lines[number - 1] = &changed;
        fs::write(&path, lines.join("\n") + "\n").unwrap();
        *number
    }

    fn line(&self, file: &str, part: &str) -> usize {
        line_of(&fs::read_to_string(self.packs.join(file)).unwrap(), part)
    }

    fn pack(&self) -> PathBuf {
        self.packs.join("mihon-city")
    }

    fn findings(&self) -> Vec<Value> {
        let run = self.terminal.run(&["pack", "check", text(&self.pack())]);
        run.document(1)["findings"].as_array().unwrap().clone()
    }
}

fn line_of(text: &str, part: &str) -> usize {
    let (before, _) = text.split_once(part).unwrap_or_else(|| panic!("`{part}` is not there"));
    before.matches('\n').count() + 1
}

/// The finding of this kind in this row, with everything a supervisor needs.
fn assert_found(findings: &[Value], kind: &str, sheet: &str, row: usize) {
    let found = findings.iter().find(|finding| {
        finding["kind"] == kind && finding["sheet"] == sheet && finding["row"] == row
    });
    let Some(found) = found else { panic!("no {kind} in {sheet}, row {row}: {findings:#?}") };
    assert_eq!(found["severity"], "error", "{found}");
    for part in ["text", "hint"] {
        assert!(found[part].as_str().is_some_and(|words| !words.is_empty()), "{found}");
    }
    for part in ["column", "example"] {
        assert!(found.get(part).is_some(), "{found}");
    }
}

#[test]
fn the_sample_pack_has_no_fault() {
    let document = Terminal::new().run(&["pack", "check", text(&sample_pack())]).done();
    assert_eq!((&document["findings"], &document["not_decided"]), (&json!([]), &json!([])));
    let languages: Vec<_> =
        document["translations"].as_array().unwrap().iter().map(|each| &each["lang"]).collect();
    assert_eq!(languages, ["en", "fil", "ja-x-easy", "ko", "ne", "pt-BR", "vi", "zh-Hans"]);
}

#[test]
fn a_fault_in_a_sheet_is_found_in_its_file_and_row() {
    let rules = |kind, row, old, new| (kind, NATIONAL, "rules.csv", row, old, new);
    let city = |kind, file, row, old, new| (kind, CITY, file, row, old, new);
    for (kind, folder, file, row, old, new) in [
        rules("syntax", "inkan,", "inkan,", "\"inkan,"),
        city("syntax", "offices.csv", "card,", "card,", "card,,"),
        city("syntax", "offices.csv", "card,", "3番,000", "3番000"),
        ("unknown-column", NATIONAL, "deadlines.csv", "id,", "procedure", "procedrue"),
        city("id-twice", "offices.csv", "insurance,", "insurance,", "card,"),
        rules("unknown-fact", "tennyu-tokurei,", "out_certificate,is", "out_certfcate,is"),
        city("unknown-fact", "tests.csv", "ab-single,1,", "event=", "evnet="),
        rules(
            "wrong-value",
            "tennyu-tokurei,",
            "out_certificate,is,card",
            "out_certificate,is,cart",
        ),
        ("wrong-value", NATIONAL, "deadlines.csv", "tennyu-14,", ",14,", ",x,"),
        city("unknown-procedure", "papers.csv", "keizoku,", "card.keizoku", "card.keizouku"),
        city("unknown-form", "papers.csv", "inkan,", "inkan-toroku", "inkan-tooroku"),
        ("unknown-office", NATIONAL, "procedures.csv", "jidoteate.shometsu,", ",child,", ",cihld,"),
        rules("unknown-source", "inkan,", "procedures", "proc"),
        ("number-twice", NATIONAL, "questions.csv", "relation,", ",8,", ",7,"),
    ] {
        let broken = Broken::new();
        let sheet = format!("{folder}/{file}");
        let row = broken.replace(&sheet, row, old, new);
        assert_found(&broken.findings(), kind, &sheet, row);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence() {
    let broken = Broken::new();
    let sheet = format!("{NATIONAL}/closed_days.csv");
    let row = broken.replace(&sheet, "2027-08-11,", "山の日", "\"山の日");
    assert_found(&broken.findings(), "syntax", &sheet, row);
}

#[test]
fn a_missing_text_is_found_in_the_row_that_needs_it() {
    let broken = Broken::new();
    let texts = format!("{NATIONAL}/texts.csv");
    broken.replace(&texts, "question.moving,ja,", "question.", "questoin.");
    let sheet = format!("{NATIONAL}/questions.csv");
    let row = broken.line(&sheet, "\nmoving,") + 1;
    assert_found(&broken.findings(), "missing-text", &sheet, row);
}

#[test]
fn a_test_that_fails_is_found_in_its_row_and_shows_the_case() {
    let broken = Broken::new();
    let sheet = format!("{CITY}/tests.csv");
    let row = broken.replace(&sheet, "ab-single,3,", "required,2026-11-24", "required,2026-11-25");
    let findings = broken.findings();
    assert_found(&findings, "test-failed", &sheet, row);
    let example = findings.iter().find(|finding| finding["kind"] == "test-failed").unwrap();
    assert_eq!(example["example"]["case"]["from"], "other_pref");
}

#[test]
fn findings_are_told_in_the_language_that_was_asked_for() {
    let broken = Broken::new();
    broken.replace(&format!("{CITY}/papers.csv"), "inkan,", "inkan-toroku", "inkan-tooroku");
    let japanese = broken.findings()[0].clone();
    let pack = broken.pack();
    let check = ["--lang", "en", "pack", "check", text(&pack)];
    let english = broken.terminal.run(&check).document(1)["findings"][0].clone();
    for (words, words_en) in [("text", "text_en"), ("hint", "hint_en")] {
        let words_in_english = japanese[words_en].as_str().unwrap();
        assert!(words_in_english.is_ascii() && words_in_english.len() > 10, "{japanese}");
        assert_eq!(english[words], japanese[words_en]);
        assert_ne!(japanese[words], japanese[words_en]);
    }

    let mut command = broken.terminal.surround(std::process::Command::new(program()));
    let lines = String::from_utf8(command.args(check).output().unwrap().stdout).unwrap();
    let japanese_letters =
        |line: &str| line.chars().any(|c| ('\u{3040}'..='\u{9FFF}').contains(&c));
    assert!(lines.starts_with("mihon-city/sheets/papers.csv, row "), "{lines}");
    assert!(!japanese_letters(&lines), "{lines}");
}

#[test]
fn a_broken_pack_toml_is_found_in_its_row() {
    for (file, row, old, new) in [
        ("mihon-city/pack.toml", "version = ", "version = ", "version = one"),
        ("mihon-city/pack.toml", "author = ", "author", "autor"),
        ("national/pack.toml", "version = ", "version = ", "version "),
    ] {
        let broken = Broken::new();
        let row = broken.replace(file, row, old, new);
        assert_found(&broken.findings(), "syntax", file, row);
    }
}

#[test]
fn a_broken_form_toml_is_found_in_its_row() {
    let file = "mihon-city/forms/inkan-toroku/form.toml";
    for (old, new) in
        [("scope = \"person\"", "scoope = \"person\""), ("[60, 51, 34, 34] }", "[60, 51, 34 }")]
    {
        let broken = Broken::new();
        let path = broken.packs.join(file);
        let before = fs::read_to_string(&path).unwrap();
        fs::write(&path, before.replacen(old, new, 1)).unwrap();
        assert_found(&broken.findings(), "syntax", file, line_of(&before, old));
    }
}

#[test]
fn a_pack_with_a_fault_is_not_used_and_the_place_is_told() {
    let broken = Broken::new();
    let sheet = format!("{NATIONAL}/rules.csv");
    let row = broken.replace(&sheet, "tennyu-tokurei,", "out_certificate,is", "out_certfcate,is");
    let facts = broken.terminal.write("facts.json", r#"{"case":{},"people":[]}"#);
    for command in ["questions", "determine"] {
        let run = broken.terminal.run(&[
            command,
            "--pack",
            text(&broken.pack()),
            "--facts",
            text(&facts),
        ]);
        let details = run.refused(2, "pack-invalid");
        assert_eq!((&details["file"], &details["row"]), (&json!(sheet), &json!(row)), "{details}");
        assert!(details["expected"].as_str().is_some_and(|hint| !hint.is_empty()), "{details}");
    }
}

#[test]
fn where_there_is_no_pack_or_no_base_that_is_said() {
    let broken = Broken::new();
    broken.terminal.run(&["pack", "check", "nowhere"]).refused(2, "pack-missing");
    fs::remove_file(broken.packs.join("national/pack.toml")).unwrap();
    let run = broken.terminal.run(&["pack", "check", text(&broken.pack())]);
    assert_eq!(run.refused(2, "pack-base")["base"], "national");
}

#[test]
fn a_compiled_pack_that_is_none_is_refused_in_its_row() {
    let terminal = Terminal::new();
    let file = terminal.write("pack.json", "{\n\"format\": nothing\n}\n");
    let findings = terminal.run(&["pack", "check", text(&file)]).document(1)["findings"].clone();
    assert_found(findings.as_array().unwrap(), "syntax", file_name(&file), 2);
}

fn file_name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}
