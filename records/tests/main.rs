//! The case journal from outside: what a counter does with it, what lies on its disk, and what a killed
//! process leaves behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod accounts;
mod crash;
mod disk;
mod format;
mod journal;
mod opening_keys;

use std::path::Path;

use jiff::Timestamp;
use kakanai_records::{AccountId, NewStore, Passphrase, Role, Store, StoreError};

const PASSPHRASE: &str = "みほんし窓口の傘";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-20T01:02:03.000000004Z")
}

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned())
}

fn account(id: &str) -> AccountId {
    id.parse().unwrap()
}

fn new_store(dir: &Path, role: Role) -> Store {
    let new = NewStore {
        counter: 'A'.try_into().unwrap(),
        account: account("hanako"),
        display_name: "見本 花子".to_owned(),
        role,
    };
    Store::create(dir, new, &passphrase(PASSPHRASE), now()).unwrap()
}

fn open(dir: &Path, id: &str, typed: &str) -> Result<Store, StoreError> {
    Store::open(dir, &account(id), &passphrase(typed), now())
}

fn code<T>(result: Result<T, StoreError>) -> &'static str {
    result.err().map_or("fine", |error| error.code())
}
