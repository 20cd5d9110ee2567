//! Signing in, and who may change whose account.

use kakanai_records::{Role, Store};

use crate::{PASSPHRASE, account, code, new_store, now, open, passphrase};

const TAROS: &str = "taro's own words";

fn add(store: &mut Store, id: &str, role: Role) -> &'static str {
    let name = "見本 太郎".to_owned();
    code(store.add_account(account(id), name, role, &passphrase(TAROS), now()))
}

#[test]
fn a_wrong_passphrase_and_an_unknown_account_look_the_same() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let wrong = open(folder.path(), "hanako", "not her passphrase").err().unwrap();
    let unknown = open(folder.path(), "taro", PASSPHRASE).err().unwrap();
    assert_eq!(wrong.code(), "wrong-passphrase");
    assert_eq!(wrong.to_string(), unknown.to_string());
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "fine");
}

#[test]
fn one_sign_in_opens_the_store_and_says_who_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    assert_eq!(add(&mut store, "taro", Role::Staff), "fine");
    let case = store.open_case("CaseOpened", b"", now()).unwrap();
    store.sign_out(now()).unwrap();

    let ids: Vec<_> =
        Store::account_ids(folder.path()).unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(ids, ["hanako", "taro"]);
    let mut store = open(folder.path(), "taro", TAROS).unwrap();
    assert_eq!((store.actor().account.as_str(), store.actor().role), ("taro", Role::Staff));
    store.append(&case, "Answered", b"", now()).unwrap();
    let by: Vec<_> =
        store.events(&case).unwrap().iter().map(|event| event.actor.account.clone()).collect();
    assert_eq!(by, [account("hanako"), account("taro")]);
    assert_eq!(store.counter().unwrap().to_string(), "A");
}

#[test]
fn only_who_may_manage_accounts_does() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    assert_eq!(add(&mut store, "boss", Role::Administrator), "not-allowed");
    assert_eq!(add(&mut store, "taro", Role::Staff), "fine");
    assert_eq!(add(&mut store, "taro", Role::Staff), "account-exists");
    assert_eq!(code(store.deactivate_account(&account("hanako"), now())), "not-allowed");
    assert_eq!(code(store.deactivate_account(&account("jiro"), now())), "account-unknown");
    drop(store);

    let mut store = open(folder.path(), "taro", TAROS).unwrap();
    assert_eq!(add(&mut store, "jiro", Role::Staff), "not-allowed");
    assert_eq!(code(store.deactivate_account(&account("hanako"), now())), "not-allowed");
    let new = passphrase("a new passphrase");
    assert_eq!(code(store.reset_passphrase(&account("hanako"), &new, now())), "not-allowed");
}

#[test]
fn a_changed_passphrase_replaces_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Staff);
    let change = |store: &mut Store, present, new| {
        code(store.change_passphrase(&passphrase(present), &passphrase(new), now()))
    };
    assert_eq!(change(&mut store, "not her passphrase", "another umbrella"), "wrong-passphrase");
    assert_eq!(change(&mut store, PASSPHRASE, "short"), "passphrase-too-short");
    assert_eq!(change(&mut store, PASSPHRASE, "another umbrella"), "fine");
    drop(store);
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "wrong-passphrase");
    assert_eq!(code(open(folder.path(), "hanako", "another umbrella")), "fine");
}

#[test]
fn a_forgotten_passphrase_is_reset_and_an_ended_account_stays_ended() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    add(&mut store, "taro", Role::Staff);
    store.reset_passphrase(&account("taro"), &passphrase("a new passphrase"), now()).unwrap();
    drop(store);
    assert_eq!(code(open(folder.path(), "taro", TAROS)), "wrong-passphrase");
    assert_eq!(code(open(folder.path(), "taro", "a new passphrase")), "fine");

    let mut store = open(folder.path(), "hanako", PASSPHRASE).unwrap();
    store.deactivate_account(&account("taro"), now()).unwrap();
    assert_eq!(add(&mut store, "taro", Role::Staff), "account-exists");
    let new = passphrase("yet another one");
    assert_eq!(code(store.reset_passphrase(&account("taro"), &new, now())), "account-unknown");
    let active: Vec<_> = store.accounts().unwrap().iter().map(|account| account.active).collect();
    assert_eq!(active, [true, false]);

    let entries = store.journal(1..=u64::MAX).unwrap();
    let about = entries.iter().find(|entry| entry.kind == "account-deactivated").unwrap();
    let detail = about.detail.as_deref().unwrap();
    assert_eq!(detail, br#"{"account":"taro","role":"staff"}"#);
    drop(store);
    assert_eq!(code(open(folder.path(), "taro", "a new passphrase")), "wrong-passphrase");
}

#[test]
fn an_ended_account_does_not_come_back_with_an_old_key_file() {
    let folder = tempfile::tempdir().unwrap();
    let mut store = new_store(folder.path(), Role::Supervisor);
    add(&mut store, "taro", Role::Staff);
    let keys = folder.path().join("keys.json");
    let old = std::fs::read(&keys).unwrap();
    store.deactivate_account(&account("taro"), now()).unwrap();
    drop(store);
    std::fs::write(&keys, old).unwrap();
    assert_eq!(code(open(folder.path(), "taro", TAROS)), "wrong-passphrase");
    assert_eq!(code(open(folder.path(), "hanako", PASSPHRASE)), "fine");
}
