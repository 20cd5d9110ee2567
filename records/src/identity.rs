//! Names of things: accounts, cases, events, counters and the reception numbers people say aloud.
//!
//! None of them says anything about a resident, so all may be logged and shown.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::error::StoreError;

/// Most characters an account id may have.
const ACCOUNT_ID_CHARS_MAX: usize = 32;

/// Why a text is not one of these names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// Not an account id.
    #[error(
        "an account id is 1 to 32 of a-z, 0-9, '-', '_' and '.', beginning with a letter or digit"
    )]
    Account,
    /// Not a counter letter.
    #[error("a counter letter is one of A to Z")]
    Counter,
    /// Not a reception number.
    #[error("a reception number is a counter letter, '-' and at least four digits, as in A-0001")]
    Reception,
    /// Not a case or event id.
    #[error("an id is a UUID")]
    Uuid,
}

impl IdentityError {
    /// The stable code of this failure (kebab-case).
    pub fn code(&self) -> &'static str {
        match self {
            Self::Account => "account-id-invalid",
            Self::Counter => "counter-letter-invalid",
            Self::Reception => "reception-number-invalid",
            Self::Uuid => "id-invalid",
        }
    }
}

/// The id of one personal account (職員アカウント). Nobody shares one: it says who did what.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct AccountId(String);

impl AccountId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for AccountId {
    type Error = IdentityError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let fits = text.len() <= ACCOUNT_ID_CHARS_MAX
            && text.starts_with(plain)
            && text.chars().all(|c| plain(c) || matches!(c, '-' | '_' | '.'));
        if fits { Ok(Self(text)) } else { Err(IdentityError::Account) }
    }
}

impl FromStr for AccountId {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from(text.to_owned())
    }
}

impl From<AccountId> for String {
    fn from(id: AccountId) -> Self {
        id.0
    }
}

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! uuid_v7 {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// A new id: its leading bits are `at` in milliseconds, the rest is random.
            pub(crate) fn generate(at: Timestamp) -> Result<Self, StoreError> {
                new_uuid_v7(at).map(Self)
            }

            /// The id whose 16 bytes a row holds.
            pub(crate) fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The 16 bytes, as rows, associated data and the chain hold them.
            pub fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = IdentityError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::try_parse(text).map(Self).map_err(|_| IdentityError::Uuid)
            }
        }
    };
}

uuid_v7!(
    /// The id of one case (案件), a UUIDv7.
    CaseId
);
uuid_v7!(
    /// The id of one event, a UUIDv7; the same wherever the event travels.
    EventId
);
uuid_v7!(
    /// One opening of the store. A restored backup gets a new one, so that it cannot pose as the
    /// journal it once was: order within a counter is `(epoch, seq)`.
    Epoch
);

/// A UUIDv7 of the given time. A clock set before 1970 counts as 1970: order never comes from ids.
pub(crate) fn new_uuid_v7(at: Timestamp) -> Result<Uuid, StoreError> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    let millis = u64::try_from(at.as_millisecond()).unwrap_or(0);
    Ok(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
}

/// The letter of a counter (窓口), A to Z: two counters that work offline never print one number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "char", into = "char")]
pub struct CounterLetter(char);

impl TryFrom<char> for CounterLetter {
    type Error = IdentityError;

    fn try_from(letter: char) -> Result<Self, Self::Error> {
        if letter.is_ascii_uppercase() { Ok(Self(letter)) } else { Err(IdentityError::Counter) }
    }
}

impl From<CounterLetter> for char {
    fn from(letter: CounterLetter) -> Self {
        letter.0
    }
}

impl FromStr for CounterLetter {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut chars = text.chars();
        match (chars.next(), chars.next()) {
            (Some(letter), None) => Self::try_from(letter),
            _ => Err(IdentityError::Counter),
        }
    }
}

impl fmt::Display for CounterLetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The number a case is called by (受付番号), as in `A-0001`: counter letter and a running number
/// that is never used again, not even after a purge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ReceptionNumber {
    counter: CounterLetter,
    number: u64,
}

impl ReceptionNumber {
    /// Puts a counter letter and a running number together.
    pub(crate) fn new(counter: CounterLetter, number: u64) -> Self {
        Self { counter, number }
    }
}

impl fmt::Display for ReceptionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}", self.counter, self.number)
    }
}

impl FromStr for ReceptionNumber {
    type Err = IdentityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (letter, digits) = text.split_once('-').ok_or(IdentityError::Reception)?;
        let counter = letter.parse().map_err(|_| IdentityError::Reception)?;
        if digits.len() < 4 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(IdentityError::Reception);
        }
        let number = digits.parse().map_err(|_| IdentityError::Reception)?;
        Ok(Self { counter, number })
    }
}

impl TryFrom<String> for ReceptionNumber {
    type Error = IdentityError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ReceptionNumber> for String {
    fn from(number: ReceptionNumber) -> Self {
        number.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn account_ids_keep_to_their_characters() {
        for good in ["a", "hanako", "t.mihon-2", "0123", &"x".repeat(32)] {
            assert_eq!(good.parse::<AccountId>().unwrap().as_str(), good);
        }
        for bad in ["", "Hanako", "花子", "a b", "-a", "../x", "a\0", &"x".repeat(33)] {
            assert_eq!(bad.parse::<AccountId>(), Err(IdentityError::Account), "{bad:?}");
        }
    }

    #[test]
    fn reception_numbers_read_back_as_printed() {
        for text in ["A-0001", "Z-9999", "B-12345"] {
            assert_eq!(text.parse::<ReceptionNumber>().unwrap().to_string(), text);
        }
        for bad in ["", "A", "A-1", "a-0001", "AB-0001", "A-+001", "A-00000000000000000000001x"] {
            assert_eq!(bad.parse::<ReceptionNumber>(), Err(IdentityError::Reception), "{bad:?}");
        }
    }

    #[test]
    fn ids_carry_their_time_and_version() {
        let at: Timestamp = "2026-11-20T01:02:03.004Z".parse().unwrap();
        let id = CaseId::generate(at).unwrap();
        assert_eq!(id.0.get_version_num(), 7);
        assert_eq!(id.as_bytes()[..6], at.as_millisecond().to_be_bytes()[2..]);
        assert_eq!(id.to_string().parse::<CaseId>().unwrap(), id);
        assert_ne!(id, CaseId::generate(at).unwrap());
        CaseId::generate(Timestamp::MIN).unwrap();
    }
}
