//! What the screens may import and do: no code from elsewhere, no storage, no markup out of data.

use std::path::{Component, Path, PathBuf};

use crate::repository::texts;

/// Packages that the screens use, besides each other.
const PACKAGES: &[&str] = &["svelte", "@tauri-apps/api", "@digital-go-jp/design-tokens"];

/// What a screen never does: it keeps nothing of a resident, makes no markup of data, styles nothing inline (the
/// content security policy forbids it), runs no text as code, and asks nobody but the door.
const NEVER: &[&str] = &[
    "localStorage",
    "sessionStorage",
    "indexedDB",
    "document.cookie",
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "document.write",
    "{@html",
    "style=",
    "eval(",
    "new Function",
    "fetch(",
    "XMLHttpRequest",
    "WebSocket",
    "EventSource",
    "sendBeacon",
    "console.",
];

/// What the page at home does all the same, in one file each: it keeps answers when the resident says so, and fetches
/// its own parts.
const AT_HOME: &[(&str, &str)] = &[
    ("ui/src/home/keep.ts", "localStorage"),
    ("ui/src/home/boot.ts", "fetch("),
    ("ui/src/home/supply.svelte.ts", "#fetch("),
];

/// The module's other side, which the page at home shares with the tests.
const ENGINE: (&str, &str) = ("ui/src/home/rules.ts", "../../../wasm/engine.mjs");

fn screens() -> Vec<(String, String)> {
    let mut screens = texts(&[".ts", ".svelte", ".css", ".html", ".js"]);
    screens.retain(|(file, _)| {
        let page = file.starts_with("ui/") && file.ends_with(".html");
        page || (file.starts_with("ui/src/") && !file.ends_with(".test.ts"))
    });
    assert!(screens.len() > 20, "the screens are not found: {}", screens.len());
    screens
}

/// What a file imports: whatever stands in quotation marks behind `from`, `import`, `import(` or `url(`.
fn imports(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for word in ["from", "import", "@import", "url"] {
        for (at, _) in text.match_indices(word) {
            let alone =
                !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '.');
            let rest = text[at + word.len()..].trim_start_matches([' ', '(']);
            let Some(mark) = rest.chars().next().filter(|mark| ['"', '\''].contains(mark)) else {
                continue;
            };
            if let Some((import, _)) = rest[1..].split_once(mark)
                && alone
            {
                found.push(import.to_owned());
            }
        }
    }
    found
}

/// Whether a relative path from a file stays inside `ui/`.
fn stays_inside(file: &str, import: &str) -> bool {
    let mut place = PathBuf::new();
    for part in Path::new(file).parent().unwrap().join(import).components() {
        match part {
            Component::ParentDir if !place.pop() => return false,
            Component::Normal(name) => place.push(name),
            _ => {}
        }
    }
    place.starts_with("ui")
}

#[test]
fn the_screens_import_each_other_and_three_packages() {
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, text) in screens() {
        for import in imports(&text) {
            seen += 1;
            let package = PACKAGES.iter().any(|package| {
                import
                    .strip_prefix(package)
                    .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            });
            let own = import.starts_with('.') && stays_inside(&file, &import);
            if !package && !own && (file.as_str(), import.as_str()) != ENGINE {
                wrong.push(format!("{file}: {import}"));
            }
        }
    }
    assert!(seen > 100, "imports are not seen: {seen}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_screens_store_nothing_and_make_no_markup_of_data() {
    let mut wrong = Vec::new();
    for (file, text) in screens() {
        for word in NEVER {
            wrong.extend(
                text.lines()
                    .filter(|line| line.contains(word))
                    .filter(|line| {
                        !AT_HOME.iter().any(|(place, may)| place == &file && line.contains(may))
                    })
                    .map(|line| format!("{file}: {line}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_the_door_talks_to_the_program_and_no_screen_of_the_resident_knows_the_staff() {
    let mut wrong = Vec::new();
    for (file, text) in screens() {
        for import in imports(&text) {
            let door = import.starts_with("@tauri-apps/") && !file.starts_with("ui/src/door/");
            let mixed = file.starts_with("ui/src/resident/") && import.contains("/staff");
            if door || mixed {
                wrong.push(format!("{file}: {import}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn imports_are_seen_however_they_are_written() {
    let text = "import a from \"./a\";\nimport type { B } from '../b';\nimport \"./c.css\";\n\
                const d = import(\"./d\");\n@import \"e\";\n@import url('f');\nconst fromage = transform(\"g\");";
    let mut found = imports(text);
    found.sort();
    found.dedup();
    assert_eq!(found, ["../b", "./a", "./c.css", "./d", "e", "f"]);
    assert!(stays_inside("ui/src/staff/main.ts", "../door/window"));
    assert!(!stays_inside("ui/src/main.ts", "../../rules/x"));
    assert!(!stays_inside("ui/src/main.ts", "../../../x"));
}
