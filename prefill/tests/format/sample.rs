//! The sample pack, the committed family of four, and how its sheet is made.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use jiff::civil::Date;
use kakanai_prefill::{Making, Medium, OpeningKey, Parts, PublicKey, Sheet, encode, keypair};
use kakanai_rules::{FactSet, Pack, parse_facts};

pub static PACK: LazyLock<Pack> =
    LazyLock::new(|| kakanai_authoring::load(&root().join("packs/mihon-city")).unwrap().pack);
pub const MUNICIPALITY: u32 = 990_019;
pub const UNTIL: Date = Date::constant(2026, 12, 20);
/// 2026-11-20T10:05+09:00.
pub const MADE: u32 = 990_785;
pub const HASH: [u8; 4] = [0x7a, 0x11, 0x0c, 0xe5];
pub const SEED: [u8; 32] = [0x5e; 32];

pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

pub fn family() -> FactSet {
    let text = fs::read_to_string(root().join("tests/facts/family-77.json")).unwrap();
    parse_facts(&text, &PACK.vocabulary()).unwrap()
}

pub fn keys() -> (OpeningKey, PublicKey) {
    keypair(&[0x11; 32])
}

pub fn making(medium: Medium) -> Making<'static> {
    Making {
        made_minutes: MADE,
        valid_until: UNTIL,
        lang: "ja",
        pack_hash: HASH,
        seed: &SEED,
        medium,
    }
}

pub fn sheet(facts: &FactSet, medium: Medium) -> Sheet {
    encode(&PACK, facts, &keys().1, &making(medium)).unwrap()
}

/// The message that texts carry.
pub fn joined(texts: &[String]) -> Vec<u8> {
    let mut parts = Parts::new();
    for text in texts {
        parts.add(text);
    }
    parts.message().unwrap()
}
