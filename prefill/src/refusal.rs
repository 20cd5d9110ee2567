//! Why answers are not encoded and why a sheet is not opened, each with a stable code.
//!
//! No value of a resident stands in any of them: they name the fact and the person's place.

/// Why a household's answers do not become a sheet.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EncodeError {
    /// The pack's municipality code is not six digits.
    #[error("the pack's municipality code is not six digits")]
    Municipality,
    /// The last day is before the sheet was made, or more than 180 days after.
    #[error("the last day must be within 180 days after the sheet was made")]
    Validity,
    /// The language tag is not one.
    #[error("this is not a language tag")]
    Language,
    /// The public key cannot be used.
    #[error("this public key cannot be used")]
    Key,
    /// A text with characters that may not stand in it, or longer than 200 characters.
    #[error("{fact}: a text of at most 200 characters without control characters is needed")]
    Text {
        /// The fact.
        fact: String,
        /// The person's place, from 0; `None` for the household.
        person: Option<usize>,
    },
    /// A choice that the pack gives no number, a person who is not there, or a value of another type.
    #[error("{fact}: this value has no number in the pack")]
    Value {
        /// The fact.
        fact: String,
        /// The person's place, from 0; `None` for the household.
        person: Option<usize>,
    },
    /// More people than a household may have.
    #[error("too many people")]
    People,
    /// More than sixteen codes would be needed.
    #[error("the answers do not fit into sixteen codes")]
    TooLong,
}

impl EncodeError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            EncodeError::Municipality => "municipality-code",
            EncodeError::Validity => "validity-wrong",
            EncodeError::Language => "language-wrong",
            EncodeError::Key => "key-unusable",
            EncodeError::Text { .. } => "text-not-allowed",
            EncodeError::Value { .. } => "value-without-number",
            EncodeError::People => "too-many-people",
            EncodeError::TooLong => "too-long",
        }
    }
}

/// Why a message is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Shorter than a seal or longer than sixteen codes.
    #[error("not the size of a sheet")]
    Size,
    /// Sealed in a way that this program does not know.
    #[error("sealed by a newer program")]
    Suite,
    /// Sealed to a key that is not here: another municipality, or a key retired since.
    #[error("made for another municipality, or too long ago")]
    Key,
    /// The seal does not hold: damaged, joined wrongly, or changed.
    #[error("the seal does not hold")]
    Seal,
    /// What lies under the seal does not unpack.
    #[error("the contents do not unpack")]
    UnpackBroken,
    /// It would unpack to more than 32 KiB.
    #[error("the contents are larger than any household's")]
    UnpackLimit,
    /// Unpacked, it is not the encoding of this format.
    #[error("the contents are not encoded as they should be: {0}")]
    Cbor(#[from] crate::cbor::CborError),
    /// A key is missing, unknown, or of the wrong type.
    #[error("the contents are not those of a sheet (key {0})")]
    Body(i64),
    /// A format of a newer program.
    #[error("written by a newer program")]
    Format,
    /// The contents name another municipality than the seal.
    #[error("made for another municipality")]
    Municipality,
    /// Valid for longer than allowed, or ended before it was made.
    #[error("valid for longer than allowed")]
    Validity,
}

impl OpenError {
    /// Stable code.
    pub fn code(self) -> &'static str {
        match self {
            OpenError::Size => "message-size",
            OpenError::Suite => "suite-unknown",
            OpenError::Key => "key-unknown",
            OpenError::Seal => "seal-broken",
            OpenError::UnpackBroken => "unpack-broken",
            OpenError::UnpackLimit => "unpack-limit",
            OpenError::Cbor(_) => "body-encoding",
            OpenError::Body(_) => "body-malformed",
            OpenError::Format => "format-unknown",
            OpenError::Municipality => "other-municipality",
            OpenError::Validity => "validity-wrong",
        }
    }
}
