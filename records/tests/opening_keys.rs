//! Opening keys: who may change them, how long they open, and that nothing of a destroyed one is left on the disk.

use std::fs;

use jiff::civil::Date;
use kakanai_records::{KeyPurpose, Role, Store};

use crate::{PASSPHRASE, account, code, new_store, now, open, passphrase};

const PUBLIC: [u8; 32] = [0xaa; 32];
const SECRET: [u8; 32] = [0x5c; 32];
const UNTIL: Date = Date::constant(2027, 9, 30);

fn secrets(store: &Store, on: &str) -> Vec<(KeyPurpose, [u8; 32])> {
    let secrets = store.opening_secrets(on.parse().unwrap()).unwrap();
    secrets.iter().map(|key| (key.purpose, *key.secret)).collect()
}

#[test]
fn a_key_opens_for_everybody_who_signs_in_until_its_last_day() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    store.add_opening_key(KeyPurpose::Slip, &[1; 32], &[2; 32], now()).unwrap();
    let name = "見本 太郎".to_owned();
    let words = passphrase("taro's own words");
    store.add_account(account("taro"), name, Role::Staff, &words, now()).unwrap();
    store.retire_opening_key(&PUBLIC, UNTIL, now()).unwrap();
    drop(store);

    let mut store = open(folder.path(), "taro", "taro's own words").unwrap();
    let both = [(KeyPurpose::Slip, [2; 32]), (KeyPurpose::Prefill, SECRET)];
    assert_eq!(secrets(&store, "2027-09-30"), both);
    assert_eq!(secrets(&store, "2027-10-01"), both[..1]);
    let held = store.opening_keys().unwrap();
    assert_eq!((held[0].opens_until, held[0].destroyed), (Some(UNTIL), false));
    assert_eq!(held[1].opens_until, None);

    let added = store.add_opening_key(KeyPurpose::Prefill, &[3; 32], &[4; 32], now());
    assert_eq!(code(added), "not-allowed");
    assert_eq!(code(store.retire_opening_key(&PUBLIC, UNTIL, now())), "not-allowed");
}

#[test]
fn a_key_is_kept_once_and_a_strangers_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Administrator);
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    let again = store.add_opening_key(KeyPurpose::Slip, &PUBLIC, &SECRET, now());
    assert_eq!(code(again), "key-exists");
    assert_eq!(code(store.retire_opening_key(&[9; 32], UNTIL, now())), "key-not-held");
}

#[test]
fn every_change_stands_in_the_audit_without_the_secret() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    store.retire_opening_key(&PUBLIC, UNTIL, now()).unwrap();
    assert_eq!(store.destroy_retired_keys(UNTIL, now()).unwrap(), 0);
    assert_eq!(store.destroy_retired_keys(UNTIL.tomorrow().unwrap(), now()).unwrap(), 1);
    assert_eq!(store.destroy_retired_keys(UNTIL.tomorrow().unwrap(), now()).unwrap(), 0);
    let journal = store.journal(1..=u64::MAX).unwrap();
    let kinds: Vec<&str> = journal.iter().map(|entry| entry.kind.as_str()).collect();
    let changes = ["opening-key-added", "opening-key-retired", "opening-key-destroyed"];
    assert_eq!(kinds[2..], changes);
    for entry in &journal[2..] {
        let payload = entry.detail.as_ref().unwrap();
        let text = std::str::from_utf8(payload).unwrap();
        assert_eq!(text, format!("{{\"purpose\":\"prefill\",\"public\":\"{}\"}}", "aa".repeat(32)));
    }
    assert!(store.verify().unwrap().first_bad.is_none());
    assert_eq!(code(store.log("opening-key-added", b"", now())), "kind-invalid");
}

#[test]
fn a_destroyed_key_opens_no_more_and_is_not_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    store.retire_opening_key(&PUBLIC, UNTIL, now()).unwrap();
    store.destroy_retired_keys("2028-01-01".parse().unwrap(), now()).unwrap();
    assert!(secrets(&store, "2027-01-01").is_empty());
    let held = store.opening_keys().unwrap();
    assert!(held[0].destroyed && held[0].public == PUBLIC);
    assert_eq!(code(store.retire_opening_key(&PUBLIC, UNTIL, now())), "key-not-held");
    let again = store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now());
    assert_eq!(code(again), "key-exists");
    // The log was emptied with it: no older image of the page is left.
    let log = folder.path().join("store.db-wal");
    assert_eq!(fs::metadata(log).map_or(0, |file| file.len()), 0);
}

#[test]
fn no_file_of_the_store_shows_a_key() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    drop(store);
    for file in fs::read_dir(folder.path()).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        for key in [PUBLIC, SECRET] {
            let text = hex::encode(key).into_bytes();
            assert!(!bytes.windows(16).any(|part| part == &key[..16]));
            assert!(!bytes.windows(32).any(|part| part == &text[..32]));
        }
    }
}

#[test]
fn a_store_of_schema_one_is_read_and_takes_keys() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    let case = store.open_case("CaseOpened", "転入".as_bytes(), now()).unwrap();
    drop(store);
    let database = crate::format::opened(folder.path());
    database.execute_batch("DROP TABLE opening_key; PRAGMA user_version = 1;").unwrap();
    drop(database);

    let mut store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    assert_eq!(&*store.events(&case).unwrap()[0].payload, "転入".as_bytes());
    assert!(store.opening_keys().unwrap().is_empty());
    store.add_opening_key(KeyPurpose::Prefill, &PUBLIC, &SECRET, now()).unwrap();
    assert!(store.verify().unwrap().first_bad.is_none());
    drop(store);
    let store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    assert_eq!(secrets(&store, "2026-11-20"), [(KeyPurpose::Prefill, SECRET)]);
}
