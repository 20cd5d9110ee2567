//! The use cases over a real encrypted store and a real printer.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod asks;
mod auto_read;
mod identity;
mod journal;
mod packs;
mod practice;
mod printing;
mod privacy;
mod register;
mod scanning;
mod sheets;
mod windows;
mod work;

use std::path::{Path, PathBuf};

use kakanai_counter::Passphrase;
use kakanai_counter::shelf::KeptPack;

fn pack_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city")
}

fn kept() -> KeptPack {
    KeptPack::load(&pack_folder()).unwrap()
}

fn passphrase() -> Passphrase {
    Passphrase::new("mihon-no-kasa".to_owned())
}
