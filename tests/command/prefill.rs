//! `prefill keygen|encode|decode|key`: a household's answers as pictures of codes and back, through the real command.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::case::{ACCOUNT, PASSPHRASE};
use crate::repository::{compiled_pack, root};
use crate::terminal::{Run, Terminal, text};

const DAY: &str = "2026-11-20";

fn family() -> PathBuf {
    root().join("tests/facts/family-77.json")
}

struct Keys {
    private: PathBuf,
    public: PathBuf,
    id: String,
}

fn keygen(terminal: &Terminal, folder: &str, slip: bool) -> Keys {
    let folder = terminal.place(folder);
    let mut arguments = vec!["prefill", "keygen", "--out", text(&folder)];
    arguments.extend(slip.then_some("--slip"));
    let made = terminal.run(&arguments).done();
    let file = |name: &str| folder.join(made[name].as_str().unwrap());
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(made["fingerprint"].as_str().unwrap().replace(' ', "").starts_with(&id));
    Keys { private: file("private"), public: file("public"), id }
}

fn encode(terminal: &Terminal, keys: &Keys, out: &str, more: &[&str]) -> Run {
    let (out, family) = (terminal.place(out), family());
    let mut arguments = vec!["prefill", "encode", "--pack", text(compiled_pack()), "--on", DAY];
    arguments.extend(["--facts", text(&family), "--key", text(&keys.public), "--out", text(&out)]);
    arguments.extend(more);
    terminal.run(&arguments)
}

fn decode(terminal: &Terminal, key: &Path, sources: &[&str]) -> Run {
    let mut arguments = vec!["prefill", "decode", "--pack", text(compiled_pack())];
    arguments.extend(["--key", text(key)]);
    arguments.extend(sources);
    terminal.run(&arguments)
}

fn part(terminal: &Terminal, out: &str, number: usize) -> String {
    text(&terminal.place(out).join(format!("part-{number}.png"))).to_owned()
}

/// Values of a facts file without who said them.
fn values(facts: &Value) -> Value {
    match facts {
        Value::Object(members) => match members.get("source") {
            Some(_) => members["value"].clone(),
            None => members.iter().map(|(key, value)| (key.clone(), values(value))).collect(),
        },
        Value::Array(items) => items.iter().map(values).collect(),
        other => other.clone(),
    }
}

#[test]
fn a_family_goes_through_pictures_of_codes_and_comes_out_as_it_was() {
    let terminal = Terminal::new();
    let keys = keygen(&terminal, "keys", false);
    let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&keys.private), 0o600);

    let made = encode(&terminal, &keys, "phone", &[]).done();
    let parts = made["parts"].as_array().unwrap();
    assert!(parts.len() <= 4 && made["version"].as_u64().unwrap() <= 10, "{made}");
    assert_eq!(
        (&made["made"], &made["valid_until"]),
        (&"2026-11-20T03:00:00Z".into(), &"2026-12-20".into())
    );
    let paper = encode(&terminal, &keys, "paper", &["--paper"]).done();
    assert!(paper["parts"].as_array().unwrap().len() <= 3, "{paper}");

    // In any order, one of them twice.
    let pictures: Vec<String> =
        (1..=parts.len()).rev().chain([1]).map(|number| part(&terminal, "phone", number)).collect();
    let pictures: Vec<&str> = pictures.iter().map(String::as_str).collect();
    let read = decode(&terminal, &keys.private, &pictures).done();
    assert_eq!(read["parts"]["have"].as_array().unwrap().len(), parts.len());
    assert_eq!((&read["lang"], &read["pack"]["same"]), (&"ja".into(), &true.into()));
    for list in ["at_counter", "withdrawn", "refused"] {
        assert!(read[list].as_array().unwrap().is_empty(), "{list}");
    }
    let mut expected: Value = serde_json::from_str(&fs::read_to_string(family()).unwrap()).unwrap();
    expected["case"].as_object_mut().unwrap().remove("counter_date");
    expected["household_complete"] = true.into();
    assert_eq!(values(&read["facts"]), expected);
    assert_eq!(read["facts"]["people"][0]["name"]["source"], "qr");

    let texts = terminal.place("paper").join("texts.txt");
    let from_texts = decode(&terminal, &keys.private, &["--text", text(&texts)]).done();
    assert_eq!(from_texts["facts"], read["facts"]);
    assert_ne!(from_texts["submission"], read["submission"]);
}

#[test]
fn what_is_no_whole_sheet_of_this_town_is_refused_by_its_code() {
    let terminal = Terminal::new();
    let keys = keygen(&terminal, "keys", false);
    let others = keygen(&terminal, "others", false);
    let slips = keygen(&terminal, "slips", true);
    encode(&terminal, &keys, "one", &[]).done();
    encode(&terminal, &keys, "two", &[]).done();
    let (first, second) = (part(&terminal, "one", 1), part(&terminal, "two", 2));

    let details = decode(&terminal, &keys.private, &[&first]).refused(1, "sheet-incomplete");
    assert_eq!((&details["have"], &details["of"]), (&1.into(), &3.into()));
    decode(&terminal, &keys.private, &[&first, &second]).refused(1, "foreign-sheet");
    let all = terminal.place("one").join("texts.txt");
    let whole = ["--text", text(&all)];
    decode(&terminal, &others.private, &whole).refused(1, "key-unknown");
    decode(&terminal, &keys.public, &whole).refused(2, "key-public");
    let none = terminal.write("none.txt", "https://example.jp/\n");
    decode(&terminal, &keys.private, &["--text", text(&none)]).refused(1, "no-code");

    encode(&terminal, &keys, "one", &[]).refused(2, "file-exists");
    encode(&terminal, &slips, "slip", &[]).refused(2, "key-purpose");
    let private = Keys { public: keys.private.clone(), ..keys };
    encode(&terminal, &private, "private", &[]).refused(2, "key-private");
    let long = ["--valid-until", "2027-05-20"];
    encode(&terminal, &others, "long", &long).refused(1, "validity-wrong");
}

#[test]
fn keys_are_kept_listed_and_retired_in_the_store() {
    let terminal = Terminal::new();
    let keys = keygen(&terminal, "keys", false);
    let slips = keygen(&terminal, "keys", true);
    let store = terminal.place("store");
    let run = |command: &[&str], more: &[&str]| {
        let place = ["--store", text(&store), "--account", ACCOUNT, "--passphrase-stdin"];
        let arguments: Vec<&str> = command.iter().chain(&place).chain(more).copied().collect();
        terminal.run_with(&arguments, &format!("{PASSPHRASE}\n"))
    };
    run(&["store", "new"], &[]).done();
    let (prefill, slip) = (text(&keys.private), text(&slips.private));
    run(&["prefill", "key", "add"], &[prefill]).done();
    run(&["prefill", "key", "add"], &[prefill]).refused(1, "key-exists");
    run(&["prefill", "key", "add"], &[slip]).refused(2, "key-purpose");
    run(&["prefill", "key", "add"], &["--slip", slip]).done();
    run(&["prefill", "key", "retire"], &["00000000"]).refused(2, "key-not-held");
    run(&["prefill", "key", "retire"], &[&keys.id, "--until", "9999-12-31"]).done();
    let listed = run(&["prefill", "key", "list"], &[]).done();
    let state = |at: usize, name: &str| listed["keys"][at][name].as_str().unwrap().to_owned();
    assert_eq!(
        [state(0, "id"), state(0, "purpose"), state(0, "state")],
        [keys.id.clone(), "prefill".to_owned(), "retired".to_owned()]
    );
    assert_eq!(
        [state(1, "id"), state(1, "purpose"), state(1, "state")],
        [slips.id, "slip".to_owned(), "open".to_owned()]
    );
    let over = run(&["prefill", "key", "retire"], &[&keys.id, "--until", "2020-01-01"]).done();
    assert_eq!(over["keys"][0]["state"], "destroyed");
    run(&["prefill", "key", "add"], &[prefill]).refused(1, "key-exists");
    // No secret in anything that was printed or kept in clear.
    let secret = fs::read_to_string(&keys.private).unwrap();
    let secret = secret.split(' ').nth(1).unwrap().trim();
    assert!(!listed.to_string().contains(secret));
}

#[test]
fn the_leaflet_of_the_sample_town_is_one_page_with_a_code_that_leads_to_the_page() {
    let terminal = Terminal::new();
    let (out, url) = (terminal.place("leaflet.pdf"), "https://example.jp/mihon/");
    let arguments =
        ["prefill", "leaflet", "--pack", text(compiled_pack()), "--url", url, "--out", text(&out)];
    terminal.run(&arguments).done();
    let picture = terminal.place("leaflet");
    let drawn = Command::new("pdftoppm")
        .args(["-r", "150", "-png", text(&out), text(&picture)])
        .status()
        .unwrap();
    assert!(drawn.success());
    let pages: Vec<PathBuf> = fs::read_dir(picture.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|file| file.extension().is_some_and(|end| end == "png"))
        .collect();
    let [page] = &pages[..] else { panic!("{pages:?}") };
    let read = terminal.run(&["scan", text(page)]).done();
    let hex: String = url.bytes().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(read["images"][0]["payloads_hex"], serde_json::json!([hex]));
}
