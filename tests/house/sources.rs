//! What holds for every source file: a module says what it is for, is one idea long, and is safe Rust.

use crate::repository::texts;

const LINES_MAX: usize = 800;
const LINES_WANTED_MAX: usize = 500;

/// Written by the build, not by hand.
fn is_generated(file: &str) -> bool {
    file.contains("/generated/")
}

#[test]
fn every_rust_file_begins_by_saying_what_it_is_for() {
    let silent: Vec<String> = texts(&[".rs"])
        .into_iter()
        .filter(|(file, _)| !is_generated(file))
        .filter(|(_, text)| !text.starts_with("//! "))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn no_source_file_is_longer_than_one_idea() {
    let lengths = |over: usize| -> Vec<String> {
        texts(&[".rs", ".ts", ".svelte", ".js", ".mjs"])
            .into_iter()
            .filter(|(file, _)| !is_generated(file))
            .map(|(file, text)| (file, text.lines().count()))
            .filter(|(_, lines)| *lines > over)
            .map(|(file, lines)| format!("{file}: {lines} lines"))
            .collect()
    };
    let too_long = lengths(LINES_MAX);
    assert!(too_long.is_empty(), "over {LINES_MAX} lines: {too_long:#?}");
    let long = lengths(LINES_WANTED_MAX);
    assert!(long.is_empty(), "over {LINES_WANTED_MAX} lines; take them apart: {long:#?}");
}

/// Calls of the system that have no safe form, with the lines they take. Neither touches what somebody else wrote, but
/// the fonts of installed packages (docs/decisions/0024).
const BEYOND_SAFE_RUST: [(&str, usize); 2] =
    [("forms/src/fonts/bytes.rs", 1), ("src-tauri/src/memory.rs", 1)];

#[test]
fn no_line_but_the_listed_ones_and_the_exports_for_the_page_at_home_leaves_safe_rust() {
    let word = concat!("un", "safe");
    let mut found = Vec::new();
    for (file, text) in texts(&[".rs"]) {
        if file.starts_with("wasm/") {
            continue;
        }
        let leaves = |line: &&str| {
            let code = line.split("//").next().unwrap_or_default();
            let mut words = code.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '-');
            words.any(|each| each == word)
        };
        match text.lines().filter(leaves).count() {
            0 => {}
            lines => found.push((file, lines)),
        }
    }
    found.sort();
    let listed = BEYOND_SAFE_RUST.map(|(file, lines)| (file.to_owned(), lines));
    assert_eq!(found, listed);
}

#[test]
fn every_crate_has_the_lints_of_the_workspace() {
    let manifests = texts(&["Cargo.toml"]);
    assert!(manifests.len() > 10);
    for (file, text) in manifests.iter().filter(|(file, _)| file != "Cargo.toml") {
        // A workspace of its own is no part of the product and cannot take over the product's settings.
        if text.contains("\n[workspace]\n") || file.starts_with("tests/speed/") {
            assert!(text.contains("\npublish = false\n"), "{file}");
            continue;
        }
        assert!(text.contains("[lints]\nworkspace = true"), "{file}");
        assert!(text.contains("publish.workspace = true"), "{file}");
    }
}
