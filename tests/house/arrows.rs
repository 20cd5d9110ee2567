//! Which room may use which: the table of the design, section 2.

use std::fs;

use toml::{Table, Value};

use crate::repository::{root, texts};

/// Folder, package, and the rooms that it may use.
const ROOMS: &[(&str, &str, &[&str])] = &[
    ("text", "kakanai-text", &[]),
    ("rules", "kakanai-rules", &["text"]),
    ("prefill", "kakanai-prefill", &["rules", "text"]),
    ("wasm", "kakanai-wasm", &["rules", "prefill", "text"]),
    ("forms", "kakanai-forms", &["rules", "text"]),
    ("authoring", "kakanai-authoring", &["rules", "forms", "text"]),
    ("hardware", "kakanai-hardware", &["text"]),
    ("hardware/simulators", "kakanai-simulators", &["text", "hardware"]),
    ("records", "kakanai-records", &["rules", "text"]),
    ("handover", "kakanai-handover", &["rules", "text"]),
    (
        "counter",
        "kakanai-counter",
        &["text", "rules", "prefill", "forms", "authoring", "hardware", "records", "handover"],
    ),
    ("src-tauri", "kakanai-app", &["counter"]),
    ("cli", "kakanai-cli", &["counter", "authoring"]),
    ("verify", "kakanai-verify", &[]),
];

/// What only one room touches: the room, and the packages (a star ends a family of them).
const RESERVED: &[(&str, &[&str])] = &[
    ("records", &["rusqlite", "libsqlite3-sys", "sqlx", "postgres", "tokio-postgres"]),
    ("hardware", &["pcsc", "ipp", "rxing", "rqrr", "nokhwa", "serialport", "serialport2"]),
    ("src-tauri", &["tauri", "tauri-*", "wry", "tao", "webkit2gtk", "webview2-com"]),
    (
        "text",
        &["encoding_rs", "encoding", "encoding_rs_io", "oem_cp", "codepage-strings", "chardetng"],
    ),
    ("forms", &["printpdf", "lopdf-of-printpdf", "skrifa", "subsetter"]),
    // Reads PDFs of strangers, in a process of its own.
    ("authoring", &["lopdf", "hayro"]),
];

/// What a pure room may not use: clock, files, network, randomness, tasks, and what needs them.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::thread",
    "std::process",
    "SystemTime",
    "Instant::now",
    "Timestamp::now",
    "Zoned::now",
    "getrandom",
    "rand::",
    "tokio",
    "async fn",
];
const PURE: &[&str] = &["text", "rules", "prefill", "handover"];

fn manifest(folder: &str) -> Table {
    let file = root().join(folder).join("Cargo.toml");
    let text =
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn members() -> Vec<String> {
    let members = manifest("")["workspace"]["members"].as_array().unwrap().clone();
    members.iter().map(|member| member.as_str().unwrap().to_owned()).collect()
}

/// The packages that a room's own program or library needs, on any system, to be built or to run.
fn dependencies(folder: &str) -> Vec<String> {
    let manifest = manifest(folder);
    let mut tables = vec![manifest.clone()];
    if let Some(targets) = manifest.get("target").and_then(Value::as_table) {
        tables.extend(targets.values().filter_map(Value::as_table).cloned());
    }
    let kinds = ["dependencies", "build-dependencies"];
    let named = tables.iter().flat_map(|table| kinds.map(|kind| table.get(kind)));
    let named = named.flatten().filter_map(Value::as_table);
    named.flat_map(|table| table.iter().map(package)).collect()
}

/// A dependency under another name is still what it is.
fn package((name, value): (&String, &Value)) -> String {
    value.get("package").and_then(Value::as_str).unwrap_or(name).to_owned()
}

fn is_of(package: &str, family: &str) -> bool {
    family.strip_suffix('*').map_or(package == family, |start| package.starts_with(start))
}

#[test]
fn every_room_uses_only_the_rooms_that_the_table_allows() {
    let mut wrong = Vec::new();
    for folder in members().iter().filter(|folder| *folder != "tests") {
        let Some((_, name, may_use)) = ROOMS.iter().find(|(room, ..)| room == folder) else {
            wrong.push(format!("{folder} is a room that the table does not know"));
            continue;
        };
        assert_eq!(manifest(folder)["package"]["name"].as_str(), Some(*name));
        let ours = dependencies(folder);
        for other in ours.iter().filter(|package| package.starts_with("kakanai-")) {
            let room =
                ROOMS.iter().find(|(_, package, _)| package == other).map(|(room, ..)| *room);
            if !room.is_some_and(|room| may_use.contains(&room)) {
                wrong.push(format!("{folder} uses {other}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that the table of rooms does not allow; write the decision first (docs/decisions): {wrong:#?}"
    );
}

#[test]
fn nobody_needs_the_tests() {
    for folder in members() {
        assert!(
            !dependencies(&folder).iter().any(|package| package == "kakanai-tests"),
            "{folder}"
        );
    }
    assert!(dependencies("tests").is_empty(), "tests are no part of any program");
}

#[test]
fn databases_devices_windows_fonts_and_encodings_have_one_room_each() {
    let mut wrong = Vec::new();
    for folder in members().iter().filter(|folder| *folder != "tests") {
        for package in dependencies(folder) {
            for (room, families) in RESERVED.iter().filter(|(room, _)| room != folder) {
                if families.iter().any(|family| is_of(&package, family)) {
                    wrong.push(format!("{folder} uses {package}, which is for {room} alone"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_package_of_ours_comes_from_this_workspace() {
    let workspace = manifest("");
    for (name, value) in workspace["workspace"]["dependencies"].as_table().unwrap() {
        if name.starts_with("kakanai-") {
            let path = value["path"].as_str().unwrap();
            assert!(members().iter().any(|member| member == path), "{name}: {path}");
        } else {
            assert!(value.get("path").is_none() && value.get("git").is_none(), "{name}");
        }
    }
}

#[test]
fn pure_rooms_have_no_clock_no_files_no_network_and_no_chance() {
    let mut wrong = Vec::new();
    for (file, text) in texts(&[".rs"]) {
        if !PURE.iter().any(|room| file.starts_with(&format!("{room}/src/"))) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for word in IMPURE {
            let uses = |line: &&str| !line.trim_start().starts_with("//") && has_word(line, word);
            wrong.extend(code.lines().filter(uses).map(|line| format!("{file}: {line}")));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Whether `word` stands in a line, not as the end of a longer one.
fn has_word(line: &str, word: &str) -> bool {
    let alone = |(at, _)| !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(alone)
}
