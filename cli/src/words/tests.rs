//! Every code that can reach the command has words of its own and stands in the contract.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::error;

/// Rooms whose errors reach the command.
const ROOMS: [&str; 7] = ["authoring", "cli", "counter", "forms", "hardware", "records", "rules"];

/// What only a window can run into, and what is told as a finding or as a detail of another error.
const ELSEWHERE: [&str; 6] = [
    "counter/src/identity.rs",
    "counter/src/session",
    "forms/src/template",
    "forms/src/refusal.rs",
    "forms/src/sample.rs",
    "forms/src/svg.rs",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let place = path.strip_prefix(root()).unwrap().to_owned();
        if ELSEWHERE.iter().any(|other| place.starts_with(other)) {
            continue;
        }
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The codes in the bodies of `code()` and in errors made by their code: read from the sources, so that an
/// error added tomorrow is met too.
fn codes() -> BTreeSet<String> {
    let mut files = Vec::new();
    for room in ROOMS {
        sources(&root().join(room).join("src"), &mut files);
    }
    let mut codes = BTreeSet::new();
    for file in files {
        let text = fs::read_to_string(file).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for body in text.split("pub fn code(&self) -> &'static str {").skip(1) {
            let body = body.split("\n    }\n").next().unwrap();
            codes.extend(body.split('"').skip(1).step_by(2).map(str::to_owned));
        }
        for maker in ["DoorError::of(\"", "Failure::new(\""] {
            let made = text.split(maker).skip(1);
            codes.extend(made.map(|rest| rest.split('"').next().unwrap().to_owned()));
        }
    }
    codes
}

#[test]
fn every_error_that_reaches_the_command_has_words_of_its_own_and_stands_in_the_contract() {
    let contract = fs::read_to_string(root().join("docs/formats/command-line.md")).unwrap();
    let codes = codes();
    assert!(codes.len() > 60, "{codes:?}");
    for code in codes.iter().filter(|code| *code != "internal") {
        assert_ne!(error(code), error(""), "{code} has no words");
        assert!(contract.contains(&format!("`{code}`")), "{code} is not in the contract");
    }
}
