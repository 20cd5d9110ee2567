//! The supervisors' manual, followed to the letter: what the page says to type is typed, what it says comes out
//! comes out.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::repository::{copy_folder, root};
use crate::terminal::{Terminal, text};

/// A block of the page: its label and its lines.
struct Block {
    label: String,
    lines: Vec<String>,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(label) = line.strip_prefix("```") {
            let lines = lines.by_ref().take_while(|line| *line != "```").map(str::to_owned);
            blocks.push(Block { label: label.to_owned(), lines: lines.collect() });
        }
    }
    blocks
}

fn append(folder: &Path, sheet: &str, lines: &[String]) {
    let file = folder.join(sheet);
    let mut sheet = fs::read_to_string(&file).unwrap_or_default();
    for line in lines {
        sheet.push_str(line);
        sheet.push('\n');
    }
    fs::write(file, sheet).unwrap();
}

#[test]
fn a_procedure_is_added_as_the_manual_says() {
    let terminal = Terminal::new();
    let packs = terminal.place("packs");
    copy_folder(&root().join("packs"), &packs);
    let pack = packs.join("mihon-city");
    let page = fs::read_to_string(root().join("docs/manual/add-procedure.ja.md")).unwrap();
    let mut checks = 0;
    let mut found = BTreeSet::new();
    for Block { label, lines } in blocks(&page) {
        if let Some(sheet) = label.strip_prefix("csv ") {
            append(&pack, sheet, &lines);
        } else if label == "findings" {
            assert_eq!(found, lines.iter().cloned().collect(), "the findings the page shows");
            checks += 1;
        } else {
            assert_eq!(lines, ["kakanai pack check packs/mihon-city"]);
            let run = terminal.run(&["pack", "check", text(&pack)]);
            let answer: Value = serde_json::from_slice(&run.stdout).unwrap();
            let kind = |finding: &Value| finding["kind"].as_str().unwrap().to_owned();
            found = answer["findings"].as_array().unwrap().iter().map(kind).collect();
        }
    }
    assert_eq!(checks, 2);

    let facts = terminal.write(
        "facts.json",
        &json!({
            "case": {"event": "tennyu", "move_date": "2026-11-28"},
            "people": [{"id": "p1", "moving": true}],
        })
        .to_string(),
    );
    let arguments =
        ["determine", "--pack", text(&pack), "--facts", text(&facts), "--on", "2026-12-01"];
    let decided = terminal.run(&arguments).done();
    let decisions = decided["decisions"].as_array().unwrap();
    let radio = decisions.iter().find(|decision| decision["procedure"] == "bosai.radio").unwrap();
    assert_eq!(radio["status"], "may-apply");
    assert_eq!(radio["deadline"], "2027-01-27");
    assert_eq!(radio["signed_off"], false);
}
