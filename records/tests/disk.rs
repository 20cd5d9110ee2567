//! The folder: what lies in it, who may open it, and what is said when something is wrong with it.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use kakanai_records::{NewStore, Role, Store};

use crate::{PASSPHRASE, account, code, new_store, now, open, passphrase};

const CHILD: &str = "KAKANAI_RECORDS_TEST_HOLDER";

#[test]
fn no_file_holds_a_word_of_a_case_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let case = store.open_case("CaseOpened", "大王　花子".as_bytes(), now()).unwrap();
    for _ in 0..50 {
        store.append(&case, "DocumentRead", "大王　花子、三重県".as_bytes(), now()).unwrap();
    }
    let mut names = Vec::new();
    let secrets =
        ["大王".as_bytes(), "見本".as_bytes(), b"DocumentRead", b"SQLite format 3", b"journal"];
    for file in fs::read_dir(folder.path()).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        for secret in secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{path:?} holds {:?}", String::from_utf8_lossy(secret));
        }
        names.push(path.file_name().unwrap().to_str().unwrap().to_owned());
    }
    names.sort();
    assert_eq!(names, ["keys.json", "store.db", "store.db-shm", "store.db-wal", "store.lock"]);
    assert!(fs::metadata(folder.path().join("store.db-wal")).unwrap().len() > 100_000);
}

#[test]
fn a_second_handle_is_told_that_the_store_is_busy() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "store-busy");
    store.log("list-viewed", b"", now()).unwrap();
    store.sign_out(now()).unwrap();
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "fine");
}

#[test]
fn a_second_process_is_told_that_the_store_is_busy_until_the_first_is_dead() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "disk::child_holds_the_store", "--nocapture"])
        .env(CHILD, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(holder.stdout.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap().contains("held")));
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "store-busy");
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "fine");
}

/// Not a test of its own: the other process of the test above.
#[test]
fn child_holds_the_store() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let _store = open(folder.as_ref(), "hanako", PASSPHRASE).unwrap();
    println!("held");
    std::io::stdin().lines().for_each(drop);
}

#[test]
fn a_store_is_never_made_over_another() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let again = |typed| {
        let new = NewStore {
            counter: 'B'.try_into().unwrap(),
            account: account("taro"),
            display_name: "見本 太郎".to_owned(),
            role: Role::Staff,
        };
        code(Store::create(folder.path(), new, &passphrase(typed), now()))
    };
    assert_eq!(again("short"), "passphrase-too-short");
    assert_eq!(again("long enough"), "store-exists");
    fs::remove_file(folder.path().join("keys.json")).unwrap();
    assert_eq!(again("long enough"), "store-exists", "a store that lost its keys is kept");
}

#[test]
fn what_is_missing_is_named() {
    let folder = tempfile::tempdir().unwrap();
    assert!(!Store::exists(folder.path()));
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "store-missing");
    assert_eq!(code(Store::account_ids(folder.path())), "store-missing");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "asking leaves no trace");

    let dir = folder.path().join("counter-a");
    drop(new_store(&dir, Role::Staff));
    assert!(Store::exists(&dir));
    let away = folder.path().join("away");
    fs::rename(dir.join("store.db"), &away).unwrap();
    assert_eq!(code(open(&dir, "hanako", PASSPHRASE)), "store-damaged");
    fs::rename(&away, dir.join("store.db")).unwrap();
    fs::rename(dir.join("keys.json"), &away).unwrap();
    assert_eq!(code(open(&dir, "hanako", PASSPHRASE)), "keys-damaged");
}

#[test]
fn a_key_file_of_another_store_does_not_open_this_one() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for folder in &folders {
        drop(new_store(folder.path(), Role::Staff));
    }
    let [from, to] = folders.each_ref().map(|folder| folder.path().join("keys.json"));
    fs::copy(from, to).unwrap();
    assert_eq!(code(open(folders[1].path(), "hanako", PASSPHRASE)), "store-damaged");
}

#[test]
fn making_a_store_that_was_cut_short_is_finished_or_begun_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name| folder.path().join(name);
    fs::write(path("store.db.new"), b"cut short before the keys were written").unwrap();
    drop(new_store(folder.path(), Role::Staff));
    assert!(!path("store.db.new").exists());

    fs::rename(path("store.db"), path("store.db.new")).unwrap();
    let store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    assert_eq!(store.verify().unwrap().events, 3);
    assert!(path("store.db").exists());
}
