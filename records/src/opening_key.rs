//! Keys that open residents' sheets (事前入力) and case slips (受付票): what they are for and how long.

use jiff::Timestamp;
use jiff::civil::Date;
use zeroize::Zeroizing;

use crate::error::StoreError;

/// What an opening key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyPurpose {
    /// Sheets that residents made at home; one pair a municipality and year.
    Prefill,
    /// Slips from terminal to terminal; one pair a municipality.
    Slip,
}

impl KeyPurpose {
    /// The word that rows and the audit hold; never changed once released.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prefill => "prefill",
            Self::Slip => "slip",
        }
    }

    /// The purpose of a stored word.
    pub(crate) fn from_stored(word: &str) -> Result<Self, StoreError> {
        [Self::Prefill, Self::Slip]
            .into_iter()
            .find(|purpose| purpose.as_str() == word)
            .ok_or_else(|| StoreError::damaged("a row names an unknown purpose"))
    }
}

/// A key that the store holds; its secret half only leaves through
/// [`Store::opening_secrets`](crate::Store::opening_secrets).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldKey {
    /// What it is for.
    pub purpose: KeyPurpose,
    /// The public key of the pair.
    pub public: [u8; 32],
    /// Since when it is here.
    pub added_at: Timestamp,
    /// The last day on which it opens; `None` while it is not retired.
    pub opens_until: Option<Date>,
    /// The secret half is gone; the row says only that it was here.
    pub destroyed: bool,
}

impl HeldKey {
    /// Whether it opens on the day `on`.
    pub fn opens_on(&self, on: Date) -> bool {
        !self.destroyed && self.opens_until.is_none_or(|until| on <= until)
    }
}

/// A key with its secret half, wiped when dropped. It has no `Debug`.
pub struct OpeningSecret {
    /// What it is for.
    pub purpose: KeyPurpose,
    /// The secret half.
    pub secret: Zeroizing<[u8; 32]>,
}
