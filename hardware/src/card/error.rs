//! Why a card could not be read: stable codes for screens and the command line.
//!
//! No variant carries anything that came from the chip's items, from the PIN or from the 照合番号B.

use serde::Serialize;

use super::tlv::TlvError;

/// Why a card call failed. [`CardError::code`] is the contract; the text is for logs and developers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    /// No reader is attached, or none of the given name.
    #[error("no card reader")]
    NoReader,
    /// No card is in the reader.
    #[error("no card in the reader")]
    NoCard,
    /// The card left, or lost contact, while it was read.
    #[error("the card was removed while it was read")]
    CardRemoved {
        /// PIN or 照合番号B had been sent and no answer came: the chip may have counted a try.
        try_may_be_used: bool,
    },
    /// Not a My Number card.
    #[error("this kind of card is not known")]
    UnknownCard,
    /// The PIN was wrong.
    #[error("wrong PIN, {tries_left} tries left")]
    PinWrong {
        /// Tries left after this one.
        tries_left: u8,
    },
    /// No try is left; the resident has to have the PIN set anew (再設定).
    #[error("the PIN is blocked")]
    PinBlocked,
    /// One try is left and its use was not confirmed; the PIN was not sent.
    #[error("one try left, not confirmed")]
    PinLastTry,
    /// The card has no PIN at all (顔認証マイナンバーカード): [`PinState`](super::PinState) says how far that can be known.
    #[error("the card has no PIN")]
    PinNone,
    /// The 照合番号B was wrong.
    #[error("wrong code")]
    CodeBWrong {
        /// Tries left after this one, if the card says so.
        tries_left: Option<u8>,
    },
    /// No try of the 照合番号B is left.
    #[error("the code is blocked")]
    CodeBBlocked,
    /// One try of the 照合番号B is left and its use was not confirmed; the code was not sent.
    #[error("one try of the code left, not confirmed")]
    CodeBLastTry,
    /// The card's answers do not follow what is known of this card.
    #[error("the card's data is malformed")]
    Malformed(#[source] Malformation),
    /// Another program holds the reader or the card.
    #[error("another program uses the reader")]
    ReaderBusy,
    /// The PC/SC service (pcscd) is not running.
    #[error("the PC/SC service is not available")]
    ServiceUnavailable,
    /// The card, the reader or the service did not answer in time.
    #[error("no answer in time")]
    Timeout {
        /// PIN or 照合番号B had been sent and no answer came: the chip may have counted a try.
        try_may_be_used: bool,
    },
    /// What was typed is not a PIN of four digits; no try was used.
    #[error("a PIN has four digits")]
    PinFormat,
    /// What was typed is not a 照合番号B of fourteen digits; no try was used.
    #[error("a code has fourteen digits")]
    CodeBFormat,
}

impl CardError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NoReader => "no-reader",
            Self::NoCard => "no-card",
            Self::CardRemoved { .. } => "card-removed",
            Self::UnknownCard => "unknown-card",
            Self::PinWrong { .. } => "pin-wrong",
            Self::PinBlocked => "pin-blocked",
            Self::PinLastTry => "pin-last-try",
            Self::PinNone => "pin-none",
            Self::CodeBWrong { .. } => "code-b-wrong",
            Self::CodeBBlocked => "code-b-blocked",
            Self::CodeBLastTry => "code-b-last-try",
            Self::Malformed(_) => "malformed",
            Self::ReaderBusy => "reader-busy",
            Self::ServiceUnavailable => "service-unavailable",
            Self::Timeout { .. } => "timeout",
            Self::PinFormat => "pin-format",
            Self::CodeBFormat => "code-b-format",
        }
    }

    /// The `details` of the error object of the command line.
    pub fn details(&self) -> ErrorDetails {
        let (tries_left, try_may_be_used) = match *self {
            Self::PinWrong { tries_left } => (Some(tries_left), false),
            Self::CodeBWrong { tries_left } => (tries_left, false),
            Self::PinBlocked | Self::CodeBBlocked => (Some(0), false),
            Self::PinLastTry | Self::CodeBLastTry => (Some(1), false),
            Self::CardRemoved { try_may_be_used } | Self::Timeout { try_may_be_used } => {
                (None, try_may_be_used)
            }
            _ => (None, false),
        };
        ErrorDetails { tries_left, try_may_be_used }
    }

    /// The card left before the PIN was sent, or after its answer came.
    pub(super) const REMOVED: Self = Self::CardRemoved { try_may_be_used: false };
}

/// What an error says beyond its code; fields without meaning for it are absent in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ErrorDetails {
    /// Tries the PIN, or the 照合番号B, has left, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tries_left: Option<u8>,
    /// PIN or code was sent and its answer was lost: say that a try may be gone, ask the counter next time.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub try_may_be_used: bool,
}

/// What exactly did not follow the card's known form.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Malformation {
    /// A command was answered with a status that has no place there.
    #[error("status {status:04X} to {command}")]
    Status {
        /// Which command.
        command: &'static str,
        /// The status word.
        status: u16,
    },
    /// The record is not well-formed BER-TLV.
    #[error("not BER-TLV")]
    Tlv(#[from] TlvError),
    /// The record does not start with tag FF20.
    #[error("the outer object is missing")]
    NoRecord,
    /// The record says it is longer than any known card's.
    #[error("the record is too long")]
    TooLong,
    /// The card gave fewer bytes than the record says.
    #[error("the record ends early")]
    Truncated,
    /// An item is there twice.
    #[error("an item is there twice")]
    Duplicate,
    /// A text is not UTF-8.
    #[error("a text is not UTF-8")]
    NotUtf8,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn details_say_only_what_is_known() {
        let json = |error: CardError| serde_json::to_string(&error.details()).unwrap();
        assert_eq!(json(CardError::PinWrong { tries_left: 2 }), r#"{"tries_left":2}"#);
        assert_eq!(json(CardError::PinBlocked), r#"{"tries_left":0}"#);
        assert_eq!(json(CardError::CodeBWrong { tries_left: Some(9) }), r#"{"tries_left":9}"#);
        assert_eq!(json(CardError::CodeBWrong { tries_left: None }), "{}");
        assert_eq!(json(CardError::NoCard), "{}");
        assert_eq!(json(CardError::REMOVED), "{}");
        let lost = CardError::CardRemoved { try_may_be_used: true };
        assert_eq!(json(lost), r#"{"try_may_be_used":true}"#);
    }
}
