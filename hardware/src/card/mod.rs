//! ID cards through PC/SC: which readers there are, how many tries a PIN has left, and the basic four
//! items (基本4情報) of a My Number card (マイナンバーカード).
//!
//! Every call opens a context of its own (on Windows a context dies with the last reader), works on the
//! card inside a transaction and in a thread of its own, and comes back within a time limit even when the
//! card never answers. It must never select 券面事項入力補助AP file 0001 (個人番号) or 0003 (its digest),
//! never use 照合番号A (the 個人番号 as a key), never send a PIN or a 照合番号B twice, and never log.

mod apdu;
mod basic_four;
mod code_b;
mod error;
mod limit;
mod my_number;
mod pin;
mod practice;
mod reading;
mod secret;
mod session;
pub mod tlv;

use std::time::Duration;

use limit::within;
use secret::Secret;
use session::{Connection, with_my_number_card};

pub use code_b::CodeB;
pub use error::{CardError, ErrorDetails, Malformation};
pub use pin::Pin;
pub use practice::{PRACTICE_READER, PracticeCard};
pub use reading::{CardReading, CardReady, Document, Items, PinState, Reader, Sex, Warning};

/// How long one call may take. A reading from a contactless card takes about 0.6 s.
pub const TIME_LIMIT: Duration = Duration::from_secs(10);

/// What to do when the PIN, or the 照合番号B, has one try left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastTry {
    /// Stop with [`CardError::PinLastTry`] or [`CardError::CodeBLastTry`] before anything is sent.
    Refuse,
    /// The resident has been told and wants to use the last try.
    Confirmed,
}

/// The readers of this machine and whether a card is in them; no reader at all is no error.
///
/// # Errors
/// [`CardError::ServiceUnavailable`] without a PC/SC service, [`CardError::Timeout`] after [`TIME_LIMIT`].
pub fn readers() -> Result<Vec<Reader>, CardError> {
    within(TIME_LIMIT, |_| session::readers())
}

/// How many tries the PIN of the card has left: ask this before asking the resident for the PIN.
///
/// Costs no try, and tells as well whether the card has a PIN at all, as far as that can be known ([`PinState`]). `reader` is a name from [`readers`]; `None` takes the reader with a My Number card.
///
/// # Errors
/// Any [`CardError`] but the ones about a PIN.
pub fn pin_tries_left(reader: Option<&str>) -> Result<CardReady, CardError> {
    pin_tries_left_within(TIME_LIMIT, reader)
}

/// [`pin_tries_left`] with a time limit of the caller's choice.
///
/// # Errors
/// As [`pin_tries_left`].
pub fn pin_tries_left_within(
    time_limit: Duration,
    reader: Option<&str>,
) -> Result<CardReady, CardError> {
    let reader = reader.map(str::to_owned);
    within(time_limit, move |patience| {
        with_my_number_card(reader.as_deref(), patience, |card: &mut Connection<'_>, reader| {
            let (tries_left, pin) = secret::pin_state(card)?;
            let reader = reader.to_owned();
            Ok(CardReady { reader, document: Document::MyNumber, tries_left, pin })
        })
    })
}

/// Reads the basic four items of a My Number card (券面事項入力補助AP).
///
/// The PIN is sent at most once, and not at all when no try is left or when the last one is not
/// confirmed. `reader` as in [`pin_tries_left`].
///
/// # Errors
/// Any [`CardError`] but [`CardError::PinFormat`].
pub fn read_my_number_card(
    reader: Option<&str>,
    pin: Pin,
    last_try: LastTry,
) -> Result<CardReading, CardError> {
    read_my_number_card_within(TIME_LIMIT, reader, pin, last_try)
}

/// [`read_my_number_card`] with a time limit of the caller's choice.
///
/// # Errors
/// As [`read_my_number_card`].
pub fn read_my_number_card_within(
    time_limit: Duration,
    reader: Option<&str>,
    pin: Pin,
    last_try: LastTry,
) -> Result<CardReading, CardError> {
    read_with(time_limit, reader, Secret::Pin(pin), last_try)
}

/// Reads the basic four items of a My Number card with the 照合番号B that is printed on it, without a PIN.
///
/// For those who forgot the PIN and for 顔認証マイナンバーカード. The code is sent at most once, and not at all when the card
/// says that no try is left, or one that is not confirmed. `reader` as in [`pin_tries_left`].
///
/// # Errors
/// Any [`CardError`] but the ones about a PIN.
pub fn read_my_number_card_by_code_b(
    reader: Option<&str>,
    code: CodeB,
    last_try: LastTry,
) -> Result<CardReading, CardError> {
    read_my_number_card_by_code_b_within(TIME_LIMIT, reader, code, last_try)
}

/// [`read_my_number_card_by_code_b`] with a time limit of the caller's choice.
///
/// # Errors
/// As [`read_my_number_card_by_code_b`].
pub fn read_my_number_card_by_code_b_within(
    time_limit: Duration,
    reader: Option<&str>,
    code: CodeB,
    last_try: LastTry,
) -> Result<CardReading, CardError> {
    read_with(time_limit, reader, Secret::CodeB(code), last_try)
}

fn read_with(
    time_limit: Duration,
    reader: Option<&str>,
    secret: Secret,
    last_try: LastTry,
) -> Result<CardReading, CardError> {
    let reader = reader.map(str::to_owned);
    within(time_limit, move |patience| {
        with_my_number_card(reader.as_deref(), patience, |card: &mut Connection<'_>, _| {
            my_number::read(card, &secret, last_try, patience)
        })
    })
}
