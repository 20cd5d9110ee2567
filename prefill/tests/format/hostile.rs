//! 100,000 hostile inputs: random bytes, bent messages, bent bodies sealed to the key, bent texts. None panics, none is
//! slow, and what gets through became facts only where the pack allows it.

use std::time::{Duration, Instant};

use kakanai_prefill::message::{MESSAGE_MAX, Randomness, Sealer, key_id, pack, seal, unpack};
use kakanai_prefill::{
    Added, Medium, OpenError, OpeningKey, Parts, Purpose, Submission, open, pair_for, slip,
};
use kakanai_rules::{Sensitivity, Subject};

use crate::chance::Chance;
use crate::household::Household;
use crate::sample::{MUNICIPALITY, PACK, family, joined, keys, making, sheet};

const SEED: u64 = 0x4b61_6b61_6e61_6905;
/// Opening takes a scalar multiplication, so the sealed ones are fewer; together 100,000.
const RANDOM: usize = 20_000;
const MESSAGES: usize = 6_000;
const BODIES: usize = 44_000;
const SEALED: usize = 4_000;
const TEXTS: usize = 26_000;
/// No single input may take longer; a busy machine stands still for a second now and then.
const SLOWEST: Duration = Duration::from_secs(10);

/// Runs each input and tells the slowest.
fn timed(what: &str, count: usize, mut run: impl FnMut(&mut Chance)) {
    let mut chance = Chance(SEED);
    let mut slowest = Duration::ZERO;
    for _ in 0..count {
        let start = Instant::now();
        run(&mut chance);
        slowest = slowest.max(start.elapsed());
    }
    println!("{what}: {count} inputs from seed {SEED:#x}, the slowest {slowest:?}");
    assert!(slowest < SLOWEST, "{what}: {slowest:?}");
}

/// Changes, removes, doubles or adds a few bytes.
fn bent(bytes: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(4) {
        let at = chance.below(bytes.len());
        match chance.below(6) {
            0 if !bytes.is_empty() => bytes[at] = chance.next() as u8,
            1 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            2 if !bytes.is_empty() => drop(bytes.remove(at)),
            3 => bytes.insert(at, chance.next() as u8),
            4 => bytes.truncate(at),
            _ => {
                let end = (at + chance.below(40)).min(bytes.len());
                let copied = bytes[at..end].to_vec();
                bytes.splice(at..at, copied);
            }
        }
    }
    bytes
}

/// What came through: no fact that the home may not say, whatever the body said.
fn check(submission: &Submission) {
    let imported = submission.import(&PACK);
    let vocabulary = PACK.vocabulary();
    let people = imported.facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    for subject in people.chain([Subject::Case]) {
        for fact in imported.facts.known(&subject) {
            let asked = |row: &&kakanai_rules::pack::QuestionRow| row.fact == fact && !row.retired;
            assert!(PACK.questions.iter().find(asked).unwrap().at_home);
            assert_ne!(vocabulary.get(fact).unwrap().sensitivity, Sensitivity::Discreet);
        }
    }
}

fn samples() -> Vec<Vec<u8>> {
    let texts = |seed| sheet(&Household::any(seed, 4, 20).facts, Medium::Paper).texts;
    let family = joined(&sheet(&family(), Medium::Phone).texts);
    vec![family, joined(&texts(1)), joined(&texts(2))]
}

fn bodies() -> Vec<Vec<u8>> {
    let read = |message: &Vec<u8>| open(message, &[keys().0], MUNICIPALITY).unwrap().body();
    samples().iter().map(read).collect()
}

fn slip_key() -> OpeningKey {
    pair_for(Purpose::Slip, &[9; 32]).0
}

#[test]
fn random_bytes_are_refused() {
    let both = [keys().0, slip_key()];
    timed("random bytes", RANDOM, |chance| {
        let bytes = chance.bytes(MESSAGE_MAX / 8);
        assert!(open(&bytes, &both, MUNICIPALITY).is_err());
        assert!(slip::open(&bytes, &both, MUNICIPALITY).is_err());
        let _ = (unpack(&bytes), Submission::read(&bytes), key_id(&bytes));
    });
}

#[test]
fn bent_messages_are_refused() {
    let samples = samples();
    let both = [keys().0, slip_key()];
    timed("bent messages", MESSAGES, |chance| {
        let sample = chance.one(&samples).clone();
        let bytes = bent(&sample, chance);
        let opened = open(&bytes, &both, MUNICIPALITY);
        assert!(bytes == sample || opened.is_err());
    });
}

#[test]
fn bent_bodies_are_read_within_the_rules_or_refused() {
    let bodies = bodies();
    let mut taken = 0;
    timed("bent bodies", BODIES, |chance| {
        let sample = chance.one(&bodies).clone();
        if let Ok(submission) = Submission::read(&bent(&sample, chance)) {
            taken += 1;
            check(&submission);
        }
    });
    println!("{taken} of them were bodies of the format");
    assert!(taken > 0);
}

#[test]
fn bent_bodies_sealed_to_the_key_are_read_within_the_rules_or_refused() {
    let bodies = bodies();
    let (key, public) = keys();
    let keys = [key];
    timed("bent bodies, sealed", SEALED, |chance| {
        let sample = chance.one(&bodies).clone();
        let packed = match chance.below(3) {
            0 => pack(&bent(&sample, chance)),
            1 => bent(&pack(&sample), chance),
            _ => chance.bytes(600),
        };
        let seed = [chance.next() as u8; 32];
        let mut randomness = Randomness::new(&seed);
        let sealer = Sealer::Anybody(&public);
        let message = seal(&packed, &sealer, MUNICIPALITY, &mut randomness).unwrap();
        match open(&message, &keys, MUNICIPALITY) {
            Ok(submission) => check(&submission),
            Err(refusal) => assert!(!matches!(refusal, OpenError::Seal | OpenError::Key)),
        }
    });
}

#[test]
fn bent_texts_are_no_parts() {
    let texts = sheet(&family(), Medium::Phone).texts;
    let mut parts = Parts::new();
    timed("bent texts", TEXTS, |chance| {
        let text = chance.one(&texts).clone();
        let bytes = match chance.below(4) {
            0 => chance.bytes(4_000),
            1 => [b"46491", chance.bytes(600).as_slice()].concat(),
            2 => {
                let digits = (0..chance.below(900)).map(|_| b'0' + chance.below(10) as u8);
                b"46491".iter().copied().chain(digits).collect()
            }
            _ => bent(text.as_bytes(), chance),
        };
        let bent = String::from_utf8_lossy(&bytes).into_owned();
        let added = parts.add(&bent);
        let real = texts.iter().any(|text| bent.trim() == *text);
        assert!(real || matches!(added, Added::NotOurs | Added::Damaged), "{added:?}");
        if parts.message().is_some() {
            parts.start_over();
        }
    });
}

#[test]
fn a_slip_with_a_bent_body_is_read_or_refused() {
    let facts = family();
    let contents = slip::Contents {
        reception: "A-0042",
        counter_date: "2026-11-20".parse().unwrap(),
        facts: &facts,
        documents: &[("mynumber", "p1")],
    };
    let sheet = slip::encode(&PACK, &contents, &slip_key(), &making(Medium::Paper)).unwrap();
    let keys = [slip_key()];
    let packed =
        kakanai_prefill::message::unseal(&joined(&sheet.texts), Purpose::Slip, &keys, MUNICIPALITY);
    let body = unpack(&packed.unwrap()).unwrap();
    let mut taken = 0;
    timed("bent slips", SEALED / 2, |chance| {
        let mut randomness = Randomness::new(&[chance.next() as u8; 32]);
        let packed = pack(&bent(&body, chance));
        let sealer = Sealer::Holder(&keys[0]);
        let message = seal(&packed, &sealer, MUNICIPALITY, &mut randomness).unwrap();
        if let Ok(slip) = slip::open(&message, &keys, MUNICIPALITY) {
            taken += 1;
            let facts = slip.import(&PACK).facts;
            assert!(!facts.known(&Subject::Case).any(|fact| fact == "dv_support"));
        }
    });
    println!("{taken} of them were slips");
}
