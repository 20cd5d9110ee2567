//! The keys that open sheets, out of the key slots of the store.

use kakanai_prefill::{OpeningKey, Purpose};
use kakanai_records::{KeyPurpose, OpeningSecret, Store};

use crate::door::DoorError;
use crate::settings::today;

/// Every key that sheets and slips of this municipality may be sealed to, and that opens today; newest first.
///
/// # Errors
/// What the store says.
pub fn opening_keys(store: &Store) -> Result<Vec<OpeningKey>, DoorError> {
    let key = |kept: &OpeningSecret| {
        let purpose = match kept.purpose {
            KeyPurpose::Prefill => Purpose::Prefill,
            KeyPurpose::Slip => Purpose::Slip,
        };
        OpeningKey::from_bytes(purpose, &kept.secret)
    };
    Ok(store.opening_secrets(today())?.iter().map(key).collect())
}
