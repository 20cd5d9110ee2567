//! What requests look like: JSON read into types, everything else refused by name.

use jiff::civil::Date;
use kakanai_prefill::{Making, Medium, PublicKey, Purpose};
use kakanai_rules::{FactSet, Subject, Vocabulary, parse_facts};
use kakanai_text::PartialDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::error::CallError;

/// A request to decide or to ask.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// A facts file.
    pub facts: Json,
    /// The day at the counter.
    pub on: String,
    /// The language of texts.
    #[serde(default = "japanese")]
    pub lang: String,
    /// Also questions that wait behind others.
    #[serde(default)]
    pub all: bool,
}

/// A request for the question about one fact.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// A facts file.
    pub facts: Json,
    /// The day at the counter.
    pub on: String,
    /// The language of texts.
    #[serde(default = "japanese")]
    pub lang: String,
    /// The fact.
    pub fact: String,
    /// About whom; nobody = the case.
    #[serde(default)]
    pub person: Option<String>,
}

/// A request to seal the answers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    /// A facts file.
    pub facts: Json,
    /// The day on which the page is used; the answers do not depend on it.
    pub on: String,
    /// Minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// The last day.
    pub valid_until: String,
    /// The language of the page.
    pub lang: String,
    /// The first four bytes of the full pack's SHA-256, in hexadecimal.
    pub pack_hash: String,
    /// The municipality's public key, in hexadecimal.
    pub key: String,
    /// 32 random bytes, in hexadecimal.
    pub seed: String,
    /// Where the codes are shown.
    pub medium: Where,
}

/// Where codes are shown.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// On a phone.
    Phone,
    /// On paper.
    Paper,
}

fn japanese() -> String {
    "ja".to_owned()
}

/// Reads a request.
pub fn parse<T: DeserializeOwned>(text: &[u8]) -> Result<T, CallError> {
    serde_json::from_slice(text)
        .map_err(|error| CallError::RequestShape { line: error.line(), column: error.column() })
}

/// Reads a facts file.
pub fn facts(facts: &Json, vocabulary: &Vocabulary) -> Result<FactSet, CallError> {
    Ok(parse_facts(&facts.to_string(), vocabulary)?)
}

/// Reads a full date.
pub fn day(text: &str) -> Result<Date, CallError> {
    let day: Option<PartialDate> = text.parse().ok();
    day.and_then(PartialDate::full).ok_or(CallError::RequestDay)
}

impl About {
    /// Whom the question is about.
    pub fn subject(&self) -> Subject {
        Subject::from(self.person.clone())
    }
}

impl Sealing {
    /// The public key.
    pub fn key(&self) -> Result<PublicKey, CallError> {
        Ok(PublicKey::from_bytes(Purpose::Prefill, bytes(&self.key)?))
    }

    /// What the sheet needs besides the answers.
    pub fn making<'a>(&'a self, seed: &'a [u8; 32]) -> Result<Making<'a>, CallError> {
        // The day is read like that of every request, so that a wrong one is refused.
        day(&self.on)?;
        Ok(Making {
            made_minutes: self.made_minutes,
            valid_until: day(&self.valid_until)?,
            lang: &self.lang,
            pack_hash: bytes(&self.pack_hash)?,
            seed,
            medium: match self.medium {
                Where::Phone => Medium::Phone,
                Where::Paper => Medium::Paper,
            },
        })
    }
}

/// Bytes from hexadecimal, exactly as many as are needed.
pub fn bytes<const N: usize>(text: &str) -> Result<[u8; N], CallError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| CallError::RequestHex(N))?;
    Ok(bytes)
}
