//! The test vectors of `docs/formats/prefill.md`: written with `KAKANAI_GOLDEN=write`, read by any implementation.
//!
//! Packing may differ from one deflate to the next, so a writer is held to the body and, given the packed bytes, to
//! every byte after them; a reader is held to everything.

use std::fs;
use std::path::PathBuf;

use kakanai_prefill::message::{Randomness, Sealer, pack, seal, unpack, unseal};
use kakanai_prefill::{
    Given, Medium, Parts, Purpose, Submission, encode, modules, open, submission,
};
use kakanai_rules::{FactSet, facts_file, parse_facts};
use serde_json::{Value, json};

use crate::sample::{
    HASH, MADE, MUNICIPALITY, PACK, SEED, UNTIL, family, joined, keys, making, root,
};

fn folder() -> PathBuf {
    root().join("prefill/vectors")
}

/// What stands in a vector file; in writing mode it becomes what it has to be.
fn golden(name: &str, made: impl FnOnce() -> Value) -> Value {
    let file = folder().join(format!("{name}.json"));
    if std::env::var("KAKANAI_GOLDEN").is_ok_and(|mode| mode == "write") {
        fs::create_dir_all(folder()).unwrap();
        fs::write(&file, format!("{:#}\n", made())).unwrap();
    }
    serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(value.as_str().unwrap()).unwrap()
}

fn texts(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
}

fn facts(vector: &Value) -> FactSet {
    parse_facts(&vector["facts"].to_string(), &PACK.vocabulary()).unwrap()
}

fn one_person() -> FactSet {
    let text = json!({
        "case": {"event": "tennyu", "from": "abroad", "landing_date": "2026-11-10", "phone": {"value": null, "answer": "declined"},
                 "also_events": ["none"], "move_date": {"value": null, "answer": "unknown"}},
        "people": [{"id": "p1", "name": "神\u{fa19}　葛\u{e0100}", "birth_date": "1950-00-00", "sex": "female", "moving": true}],
        "household_complete": false
    });
    parse_facts(&text.to_string(), &PACK.vocabulary()).unwrap()
}

fn sheet_vector(facts: &FactSet, medium: Medium) -> Value {
    let mut randomness = Randomness::new(&SEED);
    let made = submission(&PACK, facts, &making(medium), randomness.submission_id()).unwrap();
    let packed = pack(&made.body());
    let (key, public) = keys();
    let message = seal(&packed, &Sealer::Anybody(&public), MUNICIPALITY, &mut randomness).unwrap();
    let sheet = encode(&PACK, facts, &public, &making(medium)).unwrap();
    json!({
        "municipality": MUNICIPALITY,
        "private_key": hex::encode(key.secret()),
        "public_key": hex::encode(public.bytes()),
        "seed": hex::encode(SEED),
        "made_minutes": MADE,
        "valid_until": UNTIL.to_string(),
        "pack": {"id": PACK.id, "revision": PACK.version, "hash": hex::encode(HASH)},
        "lang": "ja",
        "facts": facts_file(facts),
        "body": hex::encode(made.body()),
        "packed": hex::encode(packed),
        "message": hex::encode(message),
        "version": sheet.version,
        "texts": sheet.texts,
    })
}

fn check_sheet(name: &str, of: &FactSet, medium: Medium) {
    let vector = golden(name, || sheet_vector(of, medium));
    let (key, public) = keys();
    assert_eq!(bytes(&vector["private_key"]), key.secret());
    assert_eq!(bytes(&vector["public_key"]), public.bytes());
    assert_eq!(bytes(&vector["seed"]), SEED);
    let (body, message) = (bytes(&vector["body"]), bytes(&vector["message"]));

    // As a reader.
    assert_eq!(joined(&texts(&vector["texts"])), message);
    let packed = unseal(&message, Purpose::Prefill, &[key], MUNICIPALITY).unwrap();
    assert_eq!(packed, bytes(&vector["packed"]));
    assert_eq!(unpack(&packed).unwrap(), body);
    let read = Submission::read(&body).unwrap();
    assert_eq!(read.body(), body);

    // As a writer.
    let mut randomness = Randomness::new(&SEED);
    let mut made =
        submission(&PACK, &facts(&vector), &making(medium), randomness.submission_id()).unwrap();
    // The vector keeps the version of the pack it was written with.
    made.pack.revision = vector["pack"]["revision"].as_u64().unwrap() as u32;
    assert_eq!(made.body(), body, "{name}");
    assert_eq!(unpack(&pack(&body)).unwrap(), body);
    let sealed = seal(&packed, &Sealer::Anybody(&public), MUNICIPALITY, &mut randomness).unwrap();
    assert_eq!(sealed, message);
    for text in texts(&vector["texts"]) {
        let version = vector["version"].as_u64().unwrap() as u8;
        assert!(modules(&text, version).is_ok());
    }
}

#[test]
fn the_vectors_of_sheets_are_read_and_written_as_they_stand() {
    check_sheet("family-phone", &family(), Medium::Phone);
    check_sheet("family-paper", &family(), Medium::Paper);
    check_sheet("one-person", &one_person(), Medium::Phone);
}

/// Messages and texts that no reader may take, with the code it says.
fn refused_vector() -> Value {
    let (_, public) = keys();
    let sealed = |packed: &[u8], town: u32| {
        let mut randomness = Randomness::new(&SEED);
        seal(packed, &Sealer::Anybody(&public), town, &mut randomness).unwrap()
    };
    let body = |change: &dyn Fn(&mut Submission)| {
        let mut made = submission(&PACK, &one_person(), &making(Medium::Phone), [1; 8]).unwrap();
        change(&mut made);
        made.body()
    };
    let plain = body(&|_| {});
    let good = sealed(&pack(&plain), MUNICIPALITY);
    let mut flipped = good.clone();
    flipped[60] ^= 1;
    let mut unsealed = good.clone();
    unsealed[0] = 0;
    let mut key = good.clone();
    key[1] ^= 1;
    let mut long_key = plain.clone();
    long_key.splice(1..2, [0x18, 0x00]);
    let trailing = [plain.clone(), vec![0]].concat();
    let mut format = plain.clone();
    format[2] = 2;
    let many = |made: &mut Submission| made.people = vec![Default::default(); 51];
    let message = |name: &str, message: Vec<u8>, code: &str| json!({"name": name, "message": hex::encode(message), "code": code});
    let of_body = |name: &str, body: Vec<u8>, code: &str| {
        message(name, sealed(&pack(&body), MUNICIPALITY), code)
    };
    let text =
        encode(&PACK, &one_person(), &public, &making(Medium::Phone)).unwrap().texts.remove(0);
    let digit = if text.ends_with('0') { "1" } else { "0" };
    json!({
        "municipality": MUNICIPALITY,
        "private_key": hex::encode(keys().0.secret()),
        "messages": [
            message("empty", vec![], "message-size"),
            message("longer than sixteen codes", vec![1; 5_025], "message-size"),
            message("not sealed", unsealed, "suite-unknown"),
            message("another key", key, "key-unknown"),
            message("one bit changed", flipped, "seal-broken"),
            message("another town's info", sealed(&pack(&plain), 990_027), "seal-broken"),
            message("not deflate", sealed(&[0xff, 0xff], MUNICIPALITY), "unpack-broken"),
            message("deflate goes on", sealed(&[pack(&plain), vec![0]].concat(), MUNICIPALITY), "unpack-broken"),
            of_body("a bomb", vec![0; 33_000], "unpack-limit"),
            of_body("indefinite length", vec![0xbf, 0xff], "body-encoding"),
            of_body("a float", vec![0xa1, 0x00, 0xf9, 0x3c, 0x00], "body-encoding"),
            of_body("a tag", vec![0xa1, 0x00, 0xc1, 0x01], "body-encoding"),
            of_body("a key twice", vec![0xa2, 0x00, 0x01, 0x00, 0x01], "body-encoding"),
            of_body("a number longer than needed", long_key, "body-encoding"),
            of_body("bytes after the end", trailing, "body-encoding"),
            of_body("format 2", format, "format-unknown"),
            of_body("another town's body", body(&|made| made.municipality = 990_027), "other-municipality"),
            of_body("valid for 181 days", body(&|made| made.valid_until = "2027-05-20".parse().unwrap()), "validity-wrong"),
            of_body("fifty-one people", body(&many), "body-malformed"),
        ],
        "texts": [
            {"name": "an address", "text": "https://example.jp/", "code": "not-ours"},
            {"name": "the mark alone", "text": "46491", "code": "damaged"},
            {"name": "the last digit changed", "text": format!("{}{digit}", &text[..text.len() - 1]), "code": "damaged"},
            {"name": "a group too large for its bytes", "text": format!("4649199999999999999999{}", &text[22..]), "code": "damaged"},
        ],
        "answers": [
            {"name": "discreet", "body": hex::encode(body(&|made| { made.case.insert(110, Given::YesNo(true)); })), "number": 110, "code": "not-at-home"},
            {"name": "control character", "body": hex::encode(body(&|made| { made.case.insert(20, Given::Text("み\u{7}".to_owned())); })), "number": 20, "code": "text-not-allowed"},
            {"name": "unknown option", "body": hex::encode(body(&|made| { made.case.insert(1, Given::Integer(99)); })), "number": 1, "code": "option-unknown"},
            {"name": "a person's answer for the household", "body": hex::encode(body(&|made| { made.case.insert(27, Given::Text("み".to_owned())); })), "number": 27, "code": "wrong-subject"},
        ],
    })
}

#[test]
fn the_vectors_of_refusals_are_refused_for_their_reason() {
    let vector = golden("refused", refused_vector);
    let key = [keys().0];
    for case in vector["messages"].as_array().unwrap() {
        let refusal = open(&bytes(&case["message"]), &key, MUNICIPALITY).unwrap_err();
        assert_eq!(refusal.code(), case["code"], "{}", case["name"]);
    }
    for case in vector["texts"].as_array().unwrap() {
        let added = Parts::new().add(case["text"].as_str().unwrap());
        let code = match added {
            kakanai_prefill::Added::NotOurs => "not-ours",
            kakanai_prefill::Added::Damaged => "damaged",
            _ => "taken",
        };
        assert_eq!(code, case["code"], "{}", case["name"]);
    }
    for case in vector["answers"].as_array().unwrap() {
        let imported = Submission::read(&bytes(&case["body"])).unwrap().import(&PACK);
        let number = case["number"].as_u64().unwrap() as u32;
        let refused: Vec<_> =
            imported.refused.iter().map(|refused| (refused.number, refused.why.code())).collect();
        assert_eq!(refused, [(number, case["code"].as_str().unwrap())], "{}", case["name"]);
    }
}
