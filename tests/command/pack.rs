//! `pack check`: the sample pack has no fault, and each fault made in a copy is found at its place.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::repository::{copy_folder, root, sample_pack};
use crate::terminal::{Terminal, text};

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

    /// Puts `new` in the place of the one `old`, and gives the line in which that stands.
    fn replace(&self, file: &str, old: &str, new: &str) -> usize {
        let path = self.packs.join(file);
        let before = fs::read_to_string(&path).unwrap();
        assert_eq!(before.matches(old).count(), 1, "{file} has more or less than one `{old}`");
        fs::write(&path, before.replacen(old, new, 1)).unwrap();
        line_of(&before, old)
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
    assert_eq!(document, json!({"findings": [], "not_decided": []}));
}

#[test]
fn a_fault_in_a_sheet_is_found_in_its_file_and_row() {
    let cases = [
        ("syntax", NATIONAL, "rules.csv", "\ninkan,inkan.toroku,", "\n\"inkan,inkan.toroku,"),
        ("syntax", CITY, "offices.csv", ",000-000-0003", ",000-000-0003,"),
        ("syntax", CITY, "offices.csv", "5番,000", "5番000"),
        ("unknown-column", NATIONAL, "deadlines.csv", "procedure", "procedrue"),
        ("id-twice", CITY, "offices.csv", "\ninsurance,", "\ncard,"),
        ("unknown-fact", NATIONAL, "rules.csv", "out_certificate,is,card", "out_certfcate,is,card"),
        ("unknown-fact", CITY, "tests.csv", "single-worker,3,,,move_date", "single-worker,3,,,mov"),
        (
            "wrong-value",
            NATIONAL,
            "rules.csv",
            "out_certificate,is,card",
            "out_certificate,is,cart",
        ),
        (
            "wrong-value",
            NATIONAL,
            "deadlines.csv",
            "kokuho-14,kokuho.shutoku,move_date,,14",
            "kokuho-14,kokuho.shutoku,move_date,,x",
        ),
        ("unknown-procedure", CITY, "papers.csv", "card.keizoku", "card.keizouku"),
        (
            "unknown-form",
            CITY,
            "papers.csv",
            "inkan.toroku,inkan-toroku",
            "inkan.toroku,inkan-tooroku",
        ),
        (
            "unknown-office",
            NATIONAL,
            "procedures.csv",
            "児童手当法7条・8条,child",
            "児童手当法7条・8条,cihld",
        ),
        (
            "unknown-source",
            NATIONAL,
            "rules.csv",
            "国民健康保険法9条,procedures",
            "国民健康保険法9条,proc",
        ),
        ("number-twice", NATIONAL, "questions.csv", "relation,8,", "relation,7,"),
    ];
    for (kind, folder, file, old, new) in cases {
        let broken = Broken::new();
        let sheet = format!("{folder}/{file}");
        let row = broken.replace(&sheet, old, new) + usize::from(old.starts_with('\n'));
        assert_found(&broken.findings(), kind, &sheet, row);
    }
}

#[test]
fn a_quotation_mark_that_is_never_closed_swallows_no_row_in_silence() {
    let broken = Broken::new();
    let sheet = format!("{NATIONAL}/closed_days.csv");
    let row = broken.replace(&sheet, "2027-08-11,山の日", "2027-08-11,\"山の日");
    assert_found(&broken.findings(), "syntax", &sheet, row);
}

#[test]
fn a_missing_text_is_found_in_the_row_that_needs_it() {
    let broken = Broken::new();
    broken.replace(
        &format!("{NATIONAL}/texts.csv"),
        "\nquestion.moving,ja,",
        "\nquestoin.moving,ja,",
    );
    let sheet = format!("{NATIONAL}/questions.csv");
    let row = broken.line(&sheet, "\nmoving,") + 1;
    assert_found(&broken.findings(), "missing-text", &sheet, row);
}

#[test]
fn a_test_that_fails_is_found_in_its_row_and_shows_the_case() {
    let broken = Broken::new();
    let sheet = format!("{CITY}/tests.csv");
    let expectation = "single-worker,12,,,,,juki.tennyu,required,2026-10-";
    let row = broken.replace(&sheet, &format!("{expectation}19"), &format!("{expectation}20"));
    let findings = broken.findings();
    assert_found(&findings, "test-failed", &sheet, row);
    assert_eq!(findings.len(), 1, "{findings:#?}");
    assert_eq!(findings[0]["example"]["case"]["from"], "same_pref");
}

#[test]
fn a_broken_pack_toml_is_found_in_its_row() {
    for (file, old, new) in [
        ("mihon-city/pack.toml", "version = 1\n", "version = one\n"),
        ("mihon-city/pack.toml", "author = ", "autor = "),
        ("national/pack.toml", "version = ", "version "),
    ] {
        let broken = Broken::new();
        let row = broken.replace(file, old, new);
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
    let row = broken.replace(&sheet, "out_certificate,is,card", "out_certfcate,is,card");
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
