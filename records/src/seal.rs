//! Keys and sealed boxes.
//!
//! A sealed box is `nonce (24) || ciphertext || tag (16)`, XChaCha20-Poly1305 with a random nonce.
//! Its associated data says what the box is for, so that a box moved to another row does not open.
//! The store key itself goes to SQLCipher only; what seals rows is derived from it (HKDF-SHA-256),
//! so that no key has two uses.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::chain::fields;
use crate::error::StoreError;
use crate::identity::{CaseId, EventId};
use crate::opening_key::KeyPurpose;

/// Bytes of every key.
pub(crate) const KEY_BYTES: usize = 32;
/// Bytes of a nonce.
const NONCE_BYTES: usize = 24;
/// Bytes of a box that holds a key: nonce, key, tag.
pub(crate) const SEALED_KEY_BYTES: usize = NONCE_BYTES + KEY_BYTES + 16;

/// The box did not open: another key, another place, or changed bytes. Which one cannot be told.
#[derive(Debug)]
pub(crate) struct DoesNotOpen;

/// Associated data of one sealed box: a domain and length-prefixed fields.
pub(crate) struct SealedFor(Vec<u8>);

impl SealedFor {
    /// A key slot that wraps the store key for `account`.
    pub(crate) fn key_slot(slot: &[u8; 16], account: &str) -> Self {
        Self::new(b"kakanai/key-slot/v1", &[slot, account.as_bytes()])
    }

    /// The key of `case`, kept in the store.
    pub(crate) fn case_key(case: CaseId) -> Self {
        Self::new(b"kakanai/case-key/v1", &[case.as_bytes()])
    }

    /// The secret half of an opening key.
    pub(crate) fn opening_key(purpose: KeyPurpose, public: &[u8; 32]) -> Self {
        Self::new(b"kakanai/opening-key/v1", &[purpose.as_str().as_bytes(), public])
    }

    /// The payload of one event.
    pub(crate) fn event(event: EventId, case: Option<CaseId>, kind: &str) -> Self {
        let case = case.as_ref().map_or(&[][..], |case| case.as_bytes());
        Self::new(b"kakanai/event/v1", &[event.as_bytes(), case, kind.as_bytes()])
    }

    fn new(domain: &[u8], parts: &[&[u8]]) -> Self {
        let mut bytes = domain.to_vec();
        bytes.extend(fields(parts));
        Self(bytes)
    }
}

/// A key that seals and opens boxes. Wiped when dropped.
pub(crate) struct SealingKey(Zeroizing<[u8; KEY_BYTES]>);

impl SealingKey {
    /// A new random key.
    pub(crate) fn generate() -> Result<Self, StoreError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        getrandom::fill(key.as_mut())?;
        Ok(Self(key))
    }

    /// Takes over key bytes that were derived or opened elsewhere.
    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; KEY_BYTES]>) -> Self {
        Self(bytes)
    }

    /// Seals `plain` for one place.
    pub(crate) fn seal(&self, place: &SealedFor, plain: &[u8]) -> Result<Vec<u8>, StoreError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce)?;
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &place.0 })
            .map_err(|_| StoreError::PayloadTooLarge)?;
        let mut boxed = nonce.to_vec();
        boxed.extend(sealed);
        Ok(boxed)
    }

    /// Opens a box that was sealed for `place`.
    pub(crate) fn open(
        &self,
        place: &SealedFor,
        boxed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, DoesNotOpen> {
        let (nonce, sealed) = boxed.split_first_chunk::<NONCE_BYTES>().ok_or(DoesNotOpen)?;
        self.cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: &place.0 })
            .map(Zeroizing::new)
            .map_err(|_| DoesNotOpen)
    }

    /// Seals another key.
    pub(crate) fn seal_key(
        &self,
        place: &SealedFor,
        key: &SealingKey,
    ) -> Result<[u8; SEALED_KEY_BYTES], StoreError> {
        self.wrap(place, &key.0)
    }

    /// Opens a sealed key.
    pub(crate) fn open_key(
        &self,
        place: &SealedFor,
        boxed: &[u8],
    ) -> Result<SealingKey, DoesNotOpen> {
        self.unwrap(place, boxed).map(SealingKey)
    }

    /// Wraps the store key, for a key slot.
    pub(crate) fn wrap_store_key(
        &self,
        place: &SealedFor,
        key: &StoreKey,
    ) -> Result<[u8; SEALED_KEY_BYTES], StoreError> {
        self.wrap(place, &key.0)
    }

    /// Opens the store key of a key slot.
    pub(crate) fn unwrap_store_key(
        &self,
        place: &SealedFor,
        boxed: &[u8],
    ) -> Result<StoreKey, DoesNotOpen> {
        self.unwrap(place, boxed).map(StoreKey)
    }

    fn wrap(
        &self,
        place: &SealedFor,
        key: &[u8; KEY_BYTES],
    ) -> Result<[u8; SEALED_KEY_BYTES], StoreError> {
        let boxed = self.seal(place, key)?;
        boxed.try_into().map_err(|_| StoreError::damaged("a sealed key has the wrong length"))
    }

    fn unwrap(
        &self,
        place: &SealedFor,
        boxed: &[u8],
    ) -> Result<Zeroizing<[u8; KEY_BYTES]>, DoesNotOpen> {
        let opened = self.open(place, boxed)?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        if opened.len() != KEY_BYTES {
            return Err(DoesNotOpen);
        }
        key.copy_from_slice(&opened);
        Ok(key)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }
}

/// The key of one store: random, wrapped by key slots, never written in clear. Wiped when dropped.
pub(crate) struct StoreKey(Zeroizing<[u8; KEY_BYTES]>);

impl StoreKey {
    /// A new random key.
    pub(crate) fn generate() -> Result<Self, StoreError> {
        SealingKey::generate().map(|key| Self(key.0))
    }

    /// The key as hexadecimal digits, for the one statement that hands it to SQLCipher.
    pub(crate) fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(hex::encode(*self.0))
    }

    /// The key that seals case keys.
    pub(crate) fn case_key_wrapping(&self) -> Result<SealingKey, StoreError> {
        self.derive(b"kakanai/derive/case-key/v1")
    }

    /// The key that seals opening keys.
    pub(crate) fn opening_key_wrapping(&self) -> Result<SealingKey, StoreError> {
        self.derive(b"kakanai/derive/opening-key/v1")
    }

    /// The key that seals events which no case key seals.
    pub(crate) fn audit_sealing(&self) -> Result<SealingKey, StoreError> {
        self.derive(b"kakanai/derive/audit/v1")
    }

    fn derive(&self, purpose: &[u8]) -> Result<SealingKey, StoreError> {
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Hkdf::<Sha256>::new(None, &*self.0)
            .expand(purpose, key.as_mut())
            .map_err(|_| StoreError::damaged("a derived key has the wrong length"))?;
        Ok(SealingKey(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(kind: &str) -> SealedFor {
        SealedFor::event(EventId::from_bytes([1; 16]), None, kind)
    }

    #[test]
    fn a_box_opens_only_for_its_place_and_unchanged() {
        let key = SealingKey::generate().unwrap();
        let boxed = key.seal(&place("Answered"), b"secret").unwrap();
        assert_eq!(*key.open(&place("Answered"), &boxed).unwrap(), b"secret");
        assert!(key.open(&place("Decided"), &boxed).is_err());
        assert!(SealingKey::generate().unwrap().open(&place("Answered"), &boxed).is_err());
        for i in 0..boxed.len() {
            let mut bent = boxed.clone();
            bent[i] ^= 1;
            assert!(key.open(&place("Answered"), &bent).is_err(), "byte {i}");
            assert!(key.open(&place("Answered"), &boxed[..i]).is_err(), "length {i}");
        }
    }

    #[test]
    fn the_same_text_never_gives_the_same_box() {
        let key = SealingKey::generate().unwrap();
        let boxes = [0, 1].map(|_| key.seal(&place("Answered"), b"secret").unwrap());
        assert_ne!(boxes[0], boxes[1]);
    }

    #[test]
    fn derived_keys_are_fixed_by_the_format() {
        let store = StoreKey(Zeroizing::new([7; KEY_BYTES]));
        let digits = |key: SealingKey| hex::encode(*key.0);
        let case_keys = digits(store.case_key_wrapping().unwrap());
        let audit = digits(store.audit_sealing().unwrap());
        assert_eq!(case_keys, "336fc93f72d6d4a4ee914440c889b570955cfc2c413f13242b484d42ab267a6a");
        assert_eq!(audit, "18c80f4af2f65b63326445ba48830f5664a87df291bbc06a289c90b980ef2f29");
    }
}
