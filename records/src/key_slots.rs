//! `keys.json`: the key slots, each of which wraps the same store key. Layout: `FORMAT.md`.
//!
//! The file is read as untrusted: its size and the cost of its key derivations have upper bounds, and
//! whatever else is wrong with it is [`StoreError::KeysDamaged`]. There is no lockout: every guess
//! costs one Argon2id run, for us and for whoever copied the file.

use std::path::Path;

use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::identity::{AccountId, new_uuid_v7};
use crate::passphrase::Passphrase;
use crate::safe_file;
use crate::seal::{KEY_BYTES, SEALED_KEY_BYTES, SealedFor, SealingKey, StoreKey};

/// The format this build writes and the newest it reads. A new kind of slot raises it, because a
/// build that rewrites the file must not drop a slot it does not know.
const FORMAT: u32 = 1;
/// Largest file read: room for several hundred slots.
const FILE_BYTES_MAX: u64 = 256 * 1024;
/// Most memory one derivation may ask for, in KiB.
const MEMORY_KIB_MAX: u32 = 256 * 1024;
/// Most passes one derivation may ask for.
const PASSES_MAX: u32 = 16;
/// Most lanes one derivation may ask for.
const LANES_MAX: u32 = 4;

/// All slots of a store.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeySlots {
    format: u32,
    slots: Vec<KeySlot>,
}

/// One way to the store key.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
enum KeySlot {
    /// The passphrase of one account.
    Passphrase(PassphraseSlot),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PassphraseSlot {
    id: Uuid,
    account: AccountId,
    kdf: KeyDerivation,
    #[serde(with = "hex")]
    salt: [u8; 16],
    #[serde(with = "hex")]
    wrapped: [u8; SEALED_KEY_BYTES],
}

/// How a passphrase becomes a key: Argon2id, version 0x13.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "name", rename_all = "kebab-case", deny_unknown_fields)]
enum KeyDerivation {
    Argon2id { memory_kib: u32, passes: u32, lanes: u32 },
}

/// Only what must be known before the rest may be read.
#[derive(Deserialize)]
struct FormatOnly {
    format: u32,
}

impl KeyDerivation {
    /// What new slots use.
    const CURRENT: Self = Self::Argon2id { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    fn derive(&self, passphrase: &Passphrase, salt: &[u8]) -> Result<SealingKey, StoreError> {
        let Self::Argon2id { memory_kib, passes, lanes } = *self;
        if memory_kib > MEMORY_KIB_MAX || passes > PASSES_MAX || lanes > LANES_MAX {
            return Err(StoreError::KeysDamaged("a key derivation asks for too much"));
        }
        let params = Params::new(memory_kib, passes, lanes, Some(KEY_BYTES))
            .map_err(|_| StoreError::KeysDamaged("a key derivation asks for too little"))?;
        let mut key = Zeroizing::new([0; KEY_BYTES]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(passphrase.as_bytes(), salt, key.as_mut())
            .map_err(|_| StoreError::KeysDamaged("a key derivation cannot be done"))?;
        Ok(SealingKey::from_bytes(key))
    }
}

impl PassphraseSlot {
    fn place(&self) -> SealedFor {
        SealedFor::key_slot(self.id.as_bytes(), self.account.as_str())
    }
}

impl KeySlots {
    /// No slots yet.
    pub(crate) fn new() -> Self {
        Self { format: FORMAT, slots: Vec::new() }
    }

    /// Reads the file.
    pub(crate) fn read(path: &Path) -> Result<Self, StoreError> {
        let bytes = safe_file::read_bounded(path, FILE_BYTES_MAX)?
            .ok_or(StoreError::KeysDamaged("keys.json is too large"))?;
        let FormatOnly { format } = serde_json::from_slice(&bytes)
            .map_err(|_| StoreError::KeysDamaged("keys.json names no format"))?;
        if format > FORMAT {
            return Err(StoreError::SchemaNewer {
                file: "keys.json",
                found: format.into(),
                supported: FORMAT.into(),
            });
        }
        let slots: Self = serde_json::from_slice(&bytes)
            .map_err(|_| StoreError::KeysDamaged("keys.json is not in its format"))?;
        let mut accounts = slots.accounts();
        let count = accounts.len();
        accounts.dedup();
        if format != FORMAT || accounts.len() != count {
            return Err(StoreError::KeysDamaged("keys.json is not in its format"));
        }
        Ok(slots)
    }

    /// Writes the file, replacing the old one as a whole.
    pub(crate) fn write(&self, path: &Path) -> Result<(), StoreError> {
        let mut text = serde_json::to_vec_pretty(self)
            .map_err(|_| StoreError::KeysDamaged("keys.json cannot be written"))?;
        text.push(b'\n');
        if u64::try_from(text.len()).is_ok_and(|bytes| bytes > FILE_BYTES_MAX) {
            return Err(StoreError::KeysDamaged("keys.json would be too large"));
        }
        Ok(safe_file::replace(path, &text)?)
    }

    /// The accounts that have a slot, sorted.
    pub(crate) fn accounts(&self) -> Vec<AccountId> {
        let account = |KeySlot::Passphrase(slot): &KeySlot| slot.account.clone();
        let mut accounts: Vec<_> = self.slots.iter().map(account).collect();
        accounts.sort();
        accounts
    }

    /// Opens the slot of `account`.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], also when the account has no slot.
    pub(crate) fn open(
        &self,
        account: &AccountId,
        passphrase: &Passphrase,
    ) -> Result<StoreKey, StoreError> {
        let slot = self
            .slots
            .iter()
            .map(|KeySlot::Passphrase(slot)| slot)
            .find(|slot| slot.account == *account)
            .ok_or(StoreError::WrongPassphrase)?;
        slot.kdf
            .derive(passphrase, &slot.salt)?
            .unwrap_store_key(&slot.place(), &slot.wrapped)
            .map_err(|_| StoreError::WrongPassphrase)
    }

    /// Puts a slot for `account` in the place of any older one.
    pub(crate) fn set(
        &mut self,
        account: &AccountId,
        passphrase: &Passphrase,
        key: &StoreKey,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        passphrase.check_length()?;
        let mut salt = [0; 16];
        getrandom::fill(&mut salt)?;
        let mut slot = PassphraseSlot {
            id: new_uuid_v7(at)?,
            account: account.clone(),
            kdf: KeyDerivation::CURRENT,
            salt,
            wrapped: [0; SEALED_KEY_BYTES],
        };
        slot.wrapped = slot.kdf.derive(passphrase, &salt)?.wrap_store_key(&slot.place(), key)?;
        self.remove(account);
        self.slots.push(KeySlot::Passphrase(slot));
        Ok(())
    }

    /// Destroys the slot of `account`.
    pub(crate) fn remove(&mut self, account: &AccountId) {
        self.slots.retain(|KeySlot::Passphrase(slot)| slot.account != *account);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: Timestamp = Timestamp::UNIX_EPOCH;

    fn passphrase(text: &str) -> Passphrase {
        Passphrase::new(text.to_owned())
    }

    fn hanako() -> AccountId {
        "hanako".parse().unwrap()
    }

    fn written() -> serde_json::Value {
        let mut slots = KeySlots::new();
        let key = StoreKey::generate().unwrap();
        slots.set(&hanako(), &passphrase("correct horse"), &key, AT).unwrap();
        serde_json::to_value(&slots).unwrap()
    }

    fn read(text: &[u8]) -> Result<KeySlots, StoreError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        std::fs::write(&path, text).unwrap();
        KeySlots::read(&path)
    }

    fn code<T>(result: Result<T, StoreError>) -> &'static str {
        result.err().map_or("fine", |error| error.code())
    }

    #[test]
    fn a_slot_opens_for_its_own_account_and_passphrase_only() {
        let mut slots = KeySlots::new();
        let key = StoreKey::generate().unwrap();
        slots.set(&hanako(), &passphrase("correct horse"), &key, AT).unwrap();
        let opened = slots.open(&hanako(), &passphrase("correct horse")).unwrap();
        assert_eq!(*opened.to_hex(), *key.to_hex());
        assert_eq!(code(slots.open(&hanako(), &passphrase("correct mule"))), "wrong-passphrase");
        let taro: AccountId = "taro".parse().unwrap();
        assert_eq!(code(slots.open(&taro, &passphrase("correct horse"))), "wrong-passphrase");

        let KeySlot::Passphrase(slot) = &mut slots.slots[0];
        slot.account = taro.clone();
        assert_eq!(code(slots.open(&taro, &passphrase("correct horse"))), "wrong-passphrase");
    }

    #[test]
    fn a_short_passphrase_makes_no_slot() {
        let key = StoreKey::generate().unwrap();
        let set = KeySlots::new().set(&hanako(), &passphrase("seven77"), &key, AT);
        assert_eq!(code(set), "passphrase-too-short");
    }

    #[test]
    fn a_derivation_that_asks_for_too_much_is_refused_before_it_is_done() {
        for (field, value) in [("memory_kib", u32::MAX), ("passes", u32::MAX), ("lanes", 5)] {
            let mut file = written();
            file["slots"][0]["kdf"][field] = value.into();
            let slots = read(file.to_string().as_bytes()).unwrap();
            let opened = slots.open(&hanako(), &passphrase("correct horse"));
            assert_eq!(code(opened), "keys-damaged", "{field}");
        }
    }

    #[test]
    fn a_damaged_file_is_told_apart_from_a_newer_one() {
        let changed = |pointer: &str, value: serde_json::Value| {
            let mut file = written();
            *file.pointer_mut(pointer).unwrap() = value;
            code(read(file.to_string().as_bytes()))
        };
        assert_eq!(changed("/format", 2.into()), "schema-newer");
        assert_eq!(changed("/format", 0.into()), "keys-damaged");
        assert_eq!(changed("/slots/0/kind", "recovery-sheet".into()), "keys-damaged");
        assert_eq!(changed("/slots/0/salt", "00".into()), "keys-damaged");
        assert_eq!(changed("/slots/0/account", "../x".into()), "keys-damaged");
        let twice = written().pointer("/slots/0").unwrap().clone();
        assert_eq!(changed("/slots", vec![twice.clone(), twice].into()), "keys-damaged");
        assert_eq!(code(read(b"")), "keys-damaged");
        assert_eq!(code(read(&vec![b' '; 300 * 1024])), "keys-damaged");
        assert_eq!(code(read(&[b'['; 200 * 1024])), "keys-damaged");
    }
}
