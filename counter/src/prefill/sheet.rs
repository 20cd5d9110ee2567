//! A facts file as a resident's sheet of codes, and such a sheet as a facts file.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Span, Timestamp};
use kakanai_prefill::{
    Making, Medium, Progress, Purpose, Refused, VALID_DAYS, encode as encoded, modules,
    municipality, open,
};
use kakanai_rules::{Pack, Subject, facts_file};
use serde::Serialize;
use serde_json::Value as Json;

use super::files::{opening_key, picture, public_key, write_new};
use crate::door::DoorError;
use crate::file::read_facts;
use crate::scanning::{Via, collect, texts_of_file, texts_of_image_file};

/// Minutes of a sheet count from 2025-01-01T00:00Z.
const EPOCH_SECONDS: i64 = 1_735_689_600;
/// The file with the texts of the codes.
const TEXTS: &str = "texts.txt";

/// What a sheet is made of.
#[derive(Debug, Clone, Copy)]
pub struct Encoding<'a> {
    /// Pack folder or compiled file.
    pub pack: &'a Path,
    /// Facts file.
    pub facts: &'a Path,
    /// The public key's file.
    pub key: &'a Path,
    /// Folder for pictures and texts.
    pub out: &'a Path,
    /// Made at noon of this day in Japan; otherwise now.
    pub on: Option<Date>,
    /// Codes for paper instead of a phone.
    pub paper: bool,
    /// The last day; otherwise thirty days later.
    pub valid_until: Option<Date>,
    /// Language tag of the page.
    pub lang: &'a str,
}

/// A sheet that was written.
#[derive(Debug, Serialize)]
pub struct Encoded {
    /// The codes in order.
    pub parts: Vec<EncodedPart>,
    /// File with the texts, one a line.
    pub texts: &'static str,
    /// Bytes of the sealed message.
    pub bytes: usize,
    /// Version of every code, level M.
    pub version: u8,
    /// When it was made, RFC 3339 in UTC.
    pub made: String,
    /// Its last day.
    pub valid_until: String,
}

/// One code.
#[derive(Debug, Serialize)]
pub struct EncodedPart {
    /// Its picture.
    pub file: String,
    /// Its digits.
    pub text: String,
}

/// Where a sheet is read from.
#[derive(Debug, Clone, Copy)]
pub struct Decoding<'a> {
    /// Pack folder or compiled file.
    pub pack: &'a Path,
    /// The private key's file.
    pub key: &'a Path,
    /// Pictures with its codes.
    pub images: &'a [PathBuf],
    /// A file with the texts of its codes, one a line.
    pub texts: Option<&'a Path>,
}

/// A sheet that was read.
#[derive(Serialize)]
pub struct Decoded {
    /// The facts file.
    pub facts: Json,
    /// When it was made, RFC 3339 in UTC.
    pub made: String,
    /// Its last day.
    pub valid_until: String,
    /// Submission id, hexadecimal.
    pub submission: String,
    /// Language tag of the page.
    pub lang: String,
    /// The page's pack.
    pub pack: PackOfSheet,
    /// What the resident would rather say at the counter, or does not know.
    pub at_counter: Vec<OpenQuestion>,
    /// Numbers of questions that this pack asks no more.
    pub withdrawn: Vec<u32>,
    /// Answers that become no fact.
    pub refused: Vec<RefusedAnswer>,
    /// The codes.
    pub parts: Progressed,
}

/// The pack of the page that made a sheet.
#[derive(Debug, Serialize)]
pub struct PackOfSheet {
    /// Its version.
    pub version: u32,
    /// The first four bytes of its SHA-256.
    pub hash: String,
    /// It is the pack that was given.
    pub same: bool,
}

/// A question that the counter asks.
#[derive(Debug, Serialize)]
pub struct OpenQuestion {
    /// Fact id.
    pub fact: String,
    /// About whom; null for the household.
    pub person: Option<String>,
}

/// An answer that becomes no fact.
#[derive(Debug, Serialize)]
pub struct RefusedAnswer {
    /// Question number.
    pub number: u32,
    /// About whom; null for the household.
    pub person: Option<String>,
    /// Stable code.
    pub why: &'static str,
}

/// Which codes were read.
#[derive(Debug, Serialize)]
pub struct Progressed {
    /// From 1.
    pub have: Vec<u8>,
    /// Of how many.
    pub of: u8,
}

/// Makes the codes of a sheet.
///
/// # Errors
/// What is wrong with pack, facts or key; what may not travel; `file-exists`.
pub fn encode(encoding: &Encoding<'_>) -> Result<Encoded, DoorError> {
    let pack = kakanai_authoring::load(encoding.pack)?.pack;
    let facts = read_facts(encoding.facts, &pack)?;
    let key = public_key(encoding.key)?;
    if key.purpose() != Purpose::Prefill {
        return Err(DoorError::of("key-purpose"));
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| DoorError::of("no-randomness"))?;
    let japan = TimeZone::fixed(Offset::constant(9));
    let noon = encoding.on.and_then(|day| day.at(12, 0, 0, 0).to_zoned(japan.clone()).ok());
    let made = noon.map_or_else(Timestamp::now, |noon| noon.timestamp());
    let minutes = made.as_second().saturating_sub(EPOCH_SECONDS) / 60;
    let until = made.to_zoned(japan).date().saturating_add(Span::new().days(VALID_DAYS));
    let making = Making {
        made_minutes: minutes.try_into().map_err(|_| DoorError::of("validity-wrong"))?,
        valid_until: encoding.valid_until.unwrap_or(until),
        lang: encoding.lang,
        pack_hash: pack_hash(&pack),
        seed: &seed,
        medium: if encoding.paper { Medium::Paper } else { Medium::Phone },
    };
    let sheet = encoded(&pack, &facts, &key, &making)?;
    let part = |(place, text): (usize, &String)| {
        let file = format!("part-{}.png", place.saturating_add(1));
        let code = modules(text, sheet.version).map_err(|_| DoorError::of("too-long"))?;
        write_new(encoding.out, &file, &picture(&code)?)?;
        Ok(EncodedPart { file, text: text.clone() })
    };
    let parts = sheet.texts.iter().enumerate().map(part).collect::<Result<_, DoorError>>()?;
    let texts: String = sheet.texts.iter().map(|text| format!("{text}\n")).collect();
    write_new(encoding.out, TEXTS, texts.as_bytes())?;
    Ok(Encoded {
        parts,
        texts: TEXTS,
        bytes: sheet.message_len,
        version: sheet.version,
        made: moment(making.made_minutes),
        valid_until: making.valid_until.to_string(),
    })
}

/// Reads a sheet of codes.
///
/// # Errors
/// What is wrong with pack or key; why the codes are not a whole sheet, and why it does not open.
pub fn decode(decoding: &Decoding<'_>) -> Result<Decoded, DoorError> {
    let pack = kakanai_authoring::load(decoding.pack)?.pack;
    let key = opening_key(decoding.key)?;
    let mut texts = decoding.texts.map(texts_of_file).transpose()?.unwrap_or_default();
    for image in decoding.images {
        texts.extend(texts_of_image_file(image)?);
    }
    let via = if decoding.images.is_empty() { Via::Text } else { Via::Image };
    let Progress { have, of } = progress(&texts);
    let message = collect(&texts, via)?;
    let submission = open(&message, &[key], municipality(&pack)?)?;
    let imported = submission.import(&pack);
    let question = |(subject, fact): &(Subject, String)| OpenQuestion {
        fact: fact.clone(),
        person: subject.person().map(str::to_owned),
    };
    let refused = |refused: &Refused| RefusedAnswer {
        number: refused.number,
        person: refused.person.clone(),
        why: refused.why.code(),
    };
    Ok(Decoded {
        facts: facts_file(&imported.facts),
        made: moment(submission.made_minutes),
        valid_until: submission.valid_until.to_string(),
        submission: hex::encode(submission.id),
        lang: submission.lang.clone(),
        pack: PackOfSheet {
            version: submission.pack.revision,
            hash: hex::encode(submission.pack.hash),
            same: submission.pack.hash == pack_hash(&pack),
        },
        at_counter: imported.at_counter.iter().map(question).collect(),
        withdrawn: imported.withdrawn,
        refused: imported.refused.iter().map(refused).collect(),
        parts: Progressed { have, of },
    })
}

fn progress(texts: &[String]) -> Progress {
    let mut parts = kakanai_prefill::Parts::new();
    for text in texts {
        parts.add(text);
    }
    parts.state()
}

/// The first four bytes of the compiled pack's SHA-256.
fn pack_hash(pack: &Pack) -> [u8; 4] {
    let print = kakanai_authoring::fingerprint(pack);
    let mut hash = [0; 4];
    let digits = print.get(..8).unwrap_or_default();
    // A fingerprint is hexadecimal; anything else would leave zeros, which name no pack.
    let _ = hex::decode_to_slice(digits, &mut hash);
    hash
}

fn moment(minutes: u32) -> String {
    let seconds = i64::from(minutes).saturating_mul(60).saturating_add(EPOCH_SECONDS);
    Timestamp::from_second(seconds).unwrap_or_default().to_string()
}
