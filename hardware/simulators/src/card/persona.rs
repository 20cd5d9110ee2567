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
    /// 顔認証マイナンバーカード: no PIN opens it.
    #[serde(default)]
    pub(super) face: bool,
    #[serde(default = "FourDigits::expiry_year")]
    pub(super) expiry_year: FourDigits,
    #[serde(default = "FourDigits::security_code")]
    pub(super) security_code: FourDigits,
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

/// Digits printed on the face of the card.
#[derive(Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct FourDigits([u8; 4]);

impl FourDigits {
    fn expiry_year() -> Self {
        Self(*b"2035")
    }

    fn security_code() -> Self {
        Self(*b"2285")
    }
}

impl TryFrom<String> for FourDigits {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        four_digits(&text).map(Self).ok_or_else(|| "it has four digits".to_owned())
    }
}

fn four_digits(text: &str) -> Option<[u8; 4]> {
    <[u8; 4]>::try_from(text.as_bytes()).ok().filter(|digits| digits.iter().all(u8::is_ascii_digit))
}

/// First days of 令和, 平成, 昭和, 大正 and 明治, and the year before the era's first.
const ERAS: [(&[u8; 8], u16); 5] = [
    (b"20190501", 2018),
    (b"19890108", 1988),
    (b"19261225", 1925),
    (b"19120730", 1911),
    (b"18680125", 1867),
];

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
        four_digits(text).map(Self).ok_or_else(|| "a PIN has four digits".to_owned())
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

    /// 照合番号B as it stands on the face: birth date YYMMDD in the year of its era, year of expiry, security code.
    /// `None` without a birth date in an era: no such code opens the card.
    pub fn code_b(&self) -> Option<String> {
        let birth = self.birth_date.as_ref()?.0;
        let (year, day) = birth.split_at_checked(4)?;
        let year: u16 = std::str::from_utf8(year).ok()?.parse().ok()?;
        let (_, before) = ERAS.into_iter().find(|(first, _)| birth >= **first)?;
        let digits = [day, &self.expiry_year.0, &self.security_code.0].concat();
        Some(format!("{:02}{}", year.checked_sub(before)? % 100, String::from_utf8(digits).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_printed_code_counts_years_in_the_era_of_birth() {
        for (birth_date, code) in [
            ("1985-04-01", Some("60040120352285")),
            ("1989-01-07", Some("64010720352285")),
            ("1989-01-08", Some("01010820352285")),
            ("2019-05-01", Some("01050120352285")),
            ("1931-12-31", Some("06123120352285")),
            ("1985-04-00", Some("60040020352285")),
            ("1850-01-01", None),
        ] {
            let persona: Persona =
                serde_json::from_str(&format!(r#"{{"birth_date":"{birth_date}"}}"#)).unwrap();
            assert_eq!(persona.code_b().as_deref(), code, "{birth_date}");
        }
    }

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
            r#"{"security_code":"228"}"#,
        ] {
            assert!(serde_json::from_str::<Persona>(text).is_err(), "{text}");
        }
    }
}
