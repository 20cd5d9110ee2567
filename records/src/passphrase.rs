//! A person's passphrase, from the keyboard to the key derivation and nowhere else.

use zeroize::Zeroizing;

use crate::error::StoreError;

/// Fewest characters a new passphrase may have.
pub const PASSPHRASE_CHARS_MIN: usize = 8;

/// A passphrase (パスフレーズ). Wiped when dropped; has neither `Debug` nor `Serialize`.
///
/// It counts byte for byte as typed: nothing is trimmed, folded or normalised.
pub struct Passphrase(Zeroizing<String>);

impl Passphrase {
    /// Takes over the typed text.
    pub fn new(typed: String) -> Self {
        Self(Zeroizing::new(typed))
    }

    /// The bytes for the key derivation.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Refuses a passphrase that may not protect a key slot. Only asked of new passphrases: an old
    /// one that opens its slot is right whatever its length.
    pub(crate) fn check_length(&self) -> Result<(), StoreError> {
        if self.0.chars().count() < PASSPHRASE_CHARS_MIN {
            return Err(StoreError::PassphraseTooShort);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_characters_not_bytes() {
        let check = |text: &str| Passphrase::new(text.to_owned()).check_length().is_ok();
        assert!(check("みほんし窓口の傘"));
        assert!(!check("みほん市"));
        assert!(!check("seven77"));
    }
}
