//! The PIN (暗証番号) of 券面事項入力補助: the resident's secret.
//!
//! It is wiped from memory when it is dropped, and it cannot be printed, compared, copied or serialised.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use zeroize::Zeroizing;

use super::CardError;

/// Four ASCII digits. Boxed, so that moving it leaves no copy behind.
pub struct Pin(Box<Zeroizing<[u8; 4]>>);

impl Pin {
    /// Takes what was typed and wipes it. Bad input costs no try, because it never reaches a card.
    ///
    /// # Errors
    /// [`CardError::PinFormat`] unless it is exactly four ASCII digits.
    pub fn parse(typed: String) -> Result<Self, CardError> {
        Self::of_text(&Zeroizing::new(typed))
    }

    fn of_text(typed: &str) -> Result<Self, CardError> {
        let digits: &[u8; 4] = typed.as_bytes().try_into().map_err(|_| CardError::PinFormat)?;
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(CardError::PinFormat);
        }
        let mut pin = Box::new(Zeroizing::new([0; 4]));
        pin.copy_from_slice(digits);
        Ok(Self(pin))
    }

    pub(super) fn digits(&self) -> &[u8; 4] {
        &self.0
    }
}

/// So that a command can take a PIN as its argument. Errors never quote the input.
impl<'de> Deserialize<'de> for Pin {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's own message for a wrong type quotes the value, which may be the PIN as a number.
        deserializer
            .deserialize_string(PinVisitor)
            .map_err(|_| D::Error::custom(CardError::PinFormat.code()))
    }
}

struct PinVisitor;

impl Visitor<'_> for PinVisitor {
    type Value = Pin;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("four digits")
    }

    fn visit_str<E: Error>(self, typed: &str) -> Result<Pin, E> {
        Pin::of_text(typed).map_err(|_| E::custom(CardError::PinFormat.code()))
    }

    fn visit_string<E: Error>(self, typed: String) -> Result<Pin, E> {
        Pin::parse(typed).map_err(|_| E::custom(CardError::PinFormat.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_four_ascii_digits() {
        assert_eq!(Pin::parse("0123".to_owned()).map(|pin| *pin.digits()).ok(), Some(*b"0123"));
        for typed in ["", "123", "12345", "12a4", "１２３４", " 123", "123\n", "+123"] {
            assert_eq!(Pin::parse(typed.to_owned()).err(), Some(CardError::PinFormat));
        }
    }

    #[test]
    fn a_refused_argument_is_not_quoted() {
        assert!(serde_json::from_str::<Pin>("\"9753\"").is_ok());
        for argument in ["9753", "\"97531\"", "-9753", "[9753]", "9753.5", "\"9753x\"", "null"] {
            let message =
                serde_json::from_str::<Pin>(argument).err().map(|error| error.to_string());
            assert!(message.is_some_and(|text| !text.contains("9753")), "an argument was quoted");
        }
        let value = serde_json::json!(9753);
        let message = serde_json::from_value::<Pin>(value).err().map(|error| error.to_string());
        assert_eq!(message.as_deref(), Some("pin-format"));
    }
}
