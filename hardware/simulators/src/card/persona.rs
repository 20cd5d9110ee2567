//! Personas: whose card it is. The file's form is described in `PERSONA.md`.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use crate::SimulatorError;

/// A fictitious person and the state of the card. An item that is absent is not on the chip either.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Persona {
    pub(super) name: Option<String>,
    pub(super) address: Option<String>,
    pub(super) birth_date: Option<BirthDate>,
    pub(super) sex: Option<SexCode>,
    #[serde(default)]
    pub(super) pin: PinDigits,
    #[serde(default = "full")]
    pub(super) tries: u8,
}

fn full() -> u8 {
    3
}

/// `YYYY-MM-DD`, kept as the digits that are on the chip.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct BirthDate(pub(super) [u8; 8]);

impl TryFrom<String> for BirthDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let form = text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).collect();
        match <[u8; 8]>::try_from(digits) {
            Ok(digits) if form && text.len() == 10 => Ok(Self(digits)),
            _ => Err("birth_date is written YYYY-MM-DD".to_owned()),
        }
    }
}

/// The code on the chip (JIS X 0303), or one that no standard knows.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct SexCode(pub(super) u8);

impl TryFrom<String> for SexCode {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(Self(match (text.as_str(), text.as_bytes()) {
            ("unknown", _) => b'0',
            ("male", _) => b'1',
            ("female", _) => b'2',
            ("not-applicable", _) => b'9',
            (_, [code]) if code.is_ascii_digit() => *code,
            _ => return Err("sex is male, female, unknown, not-applicable or one digit".to_owned()),
        }))
    }
}

/// The PIN of a fictitious person is no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct PinDigits(pub(super) [u8; 4]);

impl Default for PinDigits {
    fn default() -> Self {
        Self(*b"1234")
    }
}

impl TryFrom<String> for PinDigits {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl std::str::FromStr for PinDigits {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match <[u8; 4]>::try_from(text.as_bytes()) {
            Ok(digits) if digits.iter().all(u8::is_ascii_digit) => Ok(Self(digits)),
            _ => Err("a PIN has four digits".to_owned()),
        }
    }
}

impl Persona {
    /// Reads a persona file.
    ///
    /// # Errors
    /// [`SimulatorError::Persona`] when it cannot be read or is not one.
    pub fn load(file: &Path) -> Result<Self, SimulatorError> {
        let why = |why: String| SimulatorError::Persona { file: file.to_owned(), why };
        let text = fs::read_to_string(file).map_err(|error| why(error.to_string()))?;
        serde_json::from_str(&text).map_err(|error| why(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_persona_file_is_taken_literally_or_refused() {
        let persona: Persona =
            serde_json::from_str(r#"{"name":"大王　花子","birth_date":"1985-04-00","sex":"5"}"#)
                .unwrap();
        assert_eq!(persona.birth_date.map(|date| date.0), Some(*b"19850400"));
        assert_eq!(persona.sex.map(|code| code.0), Some(b'5'));
        assert_eq!((persona.pin.0, persona.tries), (*b"1234", 3));
        for text in [
            r#"{"nmae":"大王　花子"}"#,
            r#"{"birth_date":"19850401"}"#,
            r#"{"birth_date":"1985-4-001"}"#,
            r#"{"sex":"F"}"#,
            r#"{"pin":"12345"}"#,
        ] {
            assert!(serde_json::from_str::<Persona>(text).is_err(), "{text}");
        }
    }
}
