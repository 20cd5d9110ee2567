//! Readers and the card on them, for both faces: the tries are asked first, and one PIN means one VERIFY.
//!
//! Must never keep a PIN or a printed code, send one twice, or say in an error what stood on a card.

use kakanai_hardware::card::{
    self, CardError, CardReading, CardReady, CodeB, LastTry, Pin, Reader,
};
use serde::Serialize;
use zeroize::Zeroizing;

/// Digits printed on a card, as the clerk typed them; wiped when dropped.
pub struct CodeDigits(Zeroizing<String>);

impl CodeDigits {
    /// Takes what was typed.
    pub fn new(typed: String) -> CodeDigits {
        CodeDigits(Zeroizing::new(typed))
    }

    /// The digits, checked by whoever puts the code together.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The readers of this machine.
#[derive(Serialize)]
pub struct Readers {
    /// Each with the mark whether a card lies on it.
    pub readers: Vec<Reader>,
}

/// Lists the readers; none at all is no error.
///
/// # Errors
/// `service-unavailable`, `timeout`.
pub fn readers() -> Result<Readers, CardError> {
    Ok(Readers { readers: card::readers()? })
}

/// How many tries the PIN of the card has left; costs none.
pub(crate) fn tries_left(reader: Option<&str>) -> Result<CardReady, CardError> {
    card::pin_tries_left(reader)
}

/// Reads the basic four of a My Number card. `last_try` says that the resident chose to use the last try.
///
/// # Errors
/// What the card says, [`CardError::code`].
pub fn read(reader: Option<&str>, pin: Pin, last_try: bool) -> Result<CardReading, CardError> {
    card::read_my_number_card(reader, pin, confirmed(last_try))
}

/// Reads the basic four of a My Number card with the 照合番号B that is printed on it; `last_try` as in [`read`].
///
/// # Errors
/// What the card says, [`CardError::code`].
pub fn read_by_code_b(
    reader: Option<&str>,
    code: CodeB,
    last_try: bool,
) -> Result<CardReading, CardError> {
    card::read_my_number_card_by_code_b(reader, code, confirmed(last_try))
}

/// What the resident, or the clerk, said about the last try.
pub(crate) fn confirmed(last_try: bool) -> LastTry {
    if last_try { LastTry::Confirmed } else { LastTry::Refuse }
}
