//! The keys that open sheets, out of the key slots of the store.

use kakanai_prefill::OpeningKey;
use kakanai_records::Store;

use crate::door::DoorError;

/// Every key that sheets of this municipality may be sealed to.
///
/// # Errors
/// What the store says.
pub fn opening_keys(_store: &Store) -> Result<Vec<OpeningKey>, DoorError> {
    Ok(Vec::new())
}
