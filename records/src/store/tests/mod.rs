//! What cannot be tested from outside: edits below the store's own API, and what its pages hold.

mod full_disk;
mod purge;
mod tamper;

use std::path::Path;

use jiff::Timestamp;
use proptest::test_runner::{RngAlgorithm, TestRng};

use super::{NewStore, Store};
use crate::account::Role;
use crate::identity::CaseId;
use crate::passphrase::Passphrase;

const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn passphrase() -> Passphrase {
    Passphrase::new("みほんし窓口の傘".to_owned())
}

fn new_store(dir: &Path) -> Store {
    let new = NewStore {
        counter: 'A'.try_into().unwrap(),
        account: "hanako".parse().unwrap(),
        display_name: "見本 花子".to_owned(),
        role: Role::Supervisor,
    };
    Store::create(dir, new, &passphrase(), AT).unwrap()
}

fn reopened(dir: &Path) -> Store {
    Store::open(dir, &"hanako".parse().unwrap(), &passphrase(), AT).unwrap()
}

fn open_cases(store: &mut Store, count: usize) -> Vec<CaseId> {
    (0..count).map(|_| store.open_case("CaseOpened", b"event: tennyu", AT).unwrap()).collect()
}

/// A random source whose seed a failing run shows.
fn seeded(seed: u64) -> TestRng {
    println!("seed {seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}
