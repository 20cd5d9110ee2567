//! The table of `docs/benchmarks.md`: the sample family in this format beside two others, in bytes and codes.
//!
//! `cargo run --example sizes -p kakanai-prefill`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::{DeflateEncoder, ZlibEncoder};
use kakanai_prefill::cbor::{Item, write};
use kakanai_prefill::message::pack;
use kakanai_prefill::{Making, Medium, encode, keypair, submission};
use kakanai_rules::{facts_file, parse_facts};
use qrcode::{EcLevel, QrCode, Version};
use serde_json::Value as Json;

/// JSON as CBOR with text keys.
fn item(json: &Json) -> Item {
    match json {
        Json::Null => Item::Null,
        Json::Bool(value) => Item::Bool(*value),
        Json::Number(number) => Item::Integer(number.as_i64().unwrap_or_default()),
        Json::String(text) => Item::Text(text.clone()),
        Json::Array(items) => Item::Array(items.iter().map(item).collect()),
        Json::Object(members) => Item::Map(
            members.iter().map(|(key, value)| (Item::Text(key.clone()), item(value))).collect(),
        ),
    }
}

/// Facts as plain values: what another format would carry too.
fn plain(json: &Json) -> Json {
    match json {
        Json::Object(members) => match members.get("value") {
            Some(value) => value.clone(),
            None => members.iter().map(|(key, value)| (key.clone(), plain(value))).collect(),
        },
        Json::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

fn deflated(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn zlib(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Base45 (RFC 9285): two bytes in three characters.
fn base45(bytes: &[u8]) -> String {
    const SIGNS: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
    let sign = |number: usize| SIGNS.get(number % 45).copied().map_or(' ', char::from);
    let group = |pair: &[u8]| {
        let number = pair.iter().fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        let digits = [number, number / 45, number / 2025].map(sign);
        digits.into_iter().take(pair.len() + 1).collect::<String>()
    };
    bytes.chunks(2).map(group).collect()
}

/// Whether one code of `version`, level M, holds `data` in the mode that fits it best.
fn fits(data: &[u8], version: i16) -> bool {
    QrCode::with_version(data, Version::Normal(version), EcLevel::M).is_ok()
}

/// The version of one code that holds everything.
fn one_code(data: &[u8]) -> String {
    let version = (1..=40).find(|version| fits(data, *version));
    version.map_or_else(|| "—".to_owned(), |version| version.to_string())
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let pack_used = kakanai_authoring::load(&root.join("packs/mihon-city"))?.pack;
    let text = fs::read_to_string(root.join("tests/facts/family-77.json"))?;
    let facts = parse_facts(&text, &pack_used.vocabulary())?;
    let (_, public) = keypair(&[1; 32]);
    let making = |medium| Making {
        made_minutes: 990_785,
        valid_until: jiff::civil::date(2026, 12, 20),
        lang: "ja",
        pack_hash: [1, 2, 3, 4],
        seed: &[2; 32],
        medium,
    };
    let body = submission(&pack_used, &facts, &making(Medium::Phone), [3; 8])?.body();
    let phone = encode(&pack_used, &facts, &public, &making(Medium::Phone))?;
    let paper = encode(&pack_used, &facts, &public, &making(Medium::Paper))?;

    let json = plain(&facts_file(&facts)).to_string();
    let packed_json = deflated(json.as_bytes())?;
    let cbor = write(&item(&serde_json::from_str(&json)?));
    let packed_cbor = zlib(&cbor)?;
    let base45 = base45(&packed_cbor);

    println!("| | raw | packed | sealed | as text | one code, level M | codes 10-M | codes 13-M |");
    println!("|---|---|---|---|---|---|---|---|");
    let digits: usize = paper.texts.iter().map(String::len).sum();
    println!(
        "| **prefill format 1**: CBOR with numbers, deflate, HPKE, digits | {} | {} | **{}** | {digits} | — | **{}** | **{}** |",
        body.len(),
        pack(&body).len(),
        phone.message_len,
        phone.texts.len(),
        paper.texts.len(),
    );
    println!(
        "| JSON, deflate, bytes | {} | {} | not sealed | {} | {} | no parts | no parts |",
        json.len(),
        packed_json.len(),
        packed_json.len(),
        one_code(&packed_json),
    );
    println!(
        "| CBOR with text keys, zlib, base45 | {} | {} | not sealed | {} | {} | no parts | no parts |",
        cbor.len(),
        packed_cbor.len(),
        base45.len(),
        one_code(base45.as_bytes()),
    );
    Ok(())
}
