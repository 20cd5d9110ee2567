//! The case slip (受付票): the case on its own check sheet, so that any terminal of the municipality goes on from it.
//!
//! Sealed with the counter key, which every terminal has in its store. Nothing discreet travels; sources and documents
//! that were read do. Without the key there is no slip, and the sheet says so.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use kakanai_prefill::slip::{Contents, encode};
use kakanai_prefill::{EncodeError, Making, Medium, Modules, Purpose, VALID_DAYS, modules};
use kakanai_records::Store;
use kakanai_rules::Pack;

use crate::case::Case;
use crate::door::DoorError;
use crate::scanning::{made_minutes, opening_keys};

/// The slip of a case, as far as there is one.
#[derive(Debug, Clone, Default)]
pub enum Slip {
    /// No case: papers of a facts file.
    #[default]
    NoCase,
    /// This terminal has no counter key.
    NoKey,
    /// The case has more than sixteen codes hold, or a value that no slip carries.
    NotCarried,
    /// Its codes.
    Codes(Codes),
}

/// The codes of a slip.
#[derive(Debug, Clone)]
pub struct Codes {
    /// Their digits, in order.
    pub texts: Vec<String>,
    /// Their pictures, in order.
    pub pictures: Vec<Modules>,
}

impl Slip {
    /// Stable code of why there is none.
    pub fn refusal(&self) -> Option<&'static str> {
        match self {
            Slip::NoCase | Slip::NotCarried => Some("slip-not-carried"),
            Slip::NoKey => Some("slip-no-key"),
            Slip::Codes(_) => None,
        }
    }
}

/// Seals the case as it stands. `number` is its own; a case that goes on from another one keeps that one's.
///
/// # Errors
/// What the store says; no randomness.
pub fn slip(
    store: &Store,
    case: &Case,
    pack: &Pack,
    number: &str,
    lang: &str,
    on: Date,
) -> Result<Slip, DoorError> {
    let keys = opening_keys(store)?;
    let Some(key) = keys.iter().find(|key| key.public().purpose() == Purpose::Slip) else {
        return Ok(Slip::NoKey);
    };
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|_| DoorError::of("no-randomness"))?;
    let mut pack_hash = [0; 4];
    // A case from before fingerprints were kept names no pack by it: its slip is of another pack for everybody.
    let _ =
        hex::decode_to_slice(case.pack.fingerprint.get(..8).unwrap_or_default(), &mut pack_hash);
    let documents: Vec<(&str, &str)> =
        case.read_documents.iter().map(|(kind, whose)| (kind.as_str(), whose.as_str())).collect();
    let contents = Contents {
        reception: case.continues.as_deref().unwrap_or(number),
        counter_date: case.counter_date,
        facts: &case.facts,
        documents: &documents,
    };
    let making = Making {
        made_minutes: made_minutes(Timestamp::now(), on),
        valid_until: on.saturating_add(VALID_DAYS.days()),
        lang,
        pack_hash,
        seed: &seed,
        medium: Medium::Paper,
    };
    let sheet = match encode(pack, &contents, key, &making) {
        Ok(sheet) => sheet,
        Err(EncodeError::Key) => return Ok(Slip::NoKey),
        Err(_) => return Ok(Slip::NotCarried),
    };
    let pictures: Result<Vec<Modules>, _> =
        sheet.texts.iter().map(|text| modules(text, sheet.version)).collect();
    Ok(pictures
        .map_or(Slip::NotCarried, |pictures| Slip::Codes(Codes { texts: sheet.texts, pictures })))
}
