//! Key pairs: made once on a machine that can be trusted, kept in the store of every terminal, retired in time.

use std::path::Path;

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_prefill::{PublicKey, Purpose, VALID_MAX_DAYS, pair_for};
use kakanai_records::{HeldKey, KeyPurpose, Passphrase};
use serde::Serialize;
use zeroize::Zeroizing;

use super::files::{opening_key, write_new};
use crate::door::DoorError;
use crate::register::{Place, Register};
use crate::settings::{local_time, today};

/// A key pair that was written.
#[derive(Debug, Serialize)]
pub struct Generated {
    /// `prefill | slip`.
    pub purpose: &'static str,
    /// File with the private key.
    pub private: String,
    /// File with the public key.
    pub public: String,
    /// Key id, as messages name it.
    pub id: String,
    /// For people to compare.
    pub fingerprint: String,
}

/// A key that a store holds.
#[derive(Debug, Serialize)]
pub struct HeldKeyLine {
    /// Key id, as messages name it.
    pub id: String,
    /// `prefill | slip`.
    pub purpose: &'static str,
    /// For people to compare.
    pub fingerprint: String,
    /// Local time `2026-11-20 10:42`.
    pub added: String,
    /// The last day on which it opens.
    pub opens_until: Option<String>,
    /// `open | retired | over | destroyed`.
    pub state: &'static str,
}

/// The keys of a store.
#[derive(Debug, Serialize)]
pub struct ListedKeys {
    /// Oldest first.
    pub keys: Vec<HeldKeyLine>,
}

/// Makes a key pair and writes it into a folder as `kakanai-prefill-private.key` and `…-public.key`.
///
/// # Errors
/// `file-exists`, `file-not-written`, `no-randomness`.
pub fn keygen(out: &Path, slip: bool) -> Result<Generated, DoorError> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(seed.as_mut()).map_err(|_| DoorError::of("no-randomness"))?;
    let (key, public) = pair_for(if slip { Purpose::Slip } else { Purpose::Prefill }, &seed);
    let purpose = public.purpose().id();
    let name = |half: &str| format!("kakanai-{purpose}-{half}.key");
    write_new(out, &name("private"), key.to_line().as_bytes())?;
    write_new(out, &name("public"), public.to_line().as_bytes())?;
    Ok(Generated {
        purpose,
        private: name("private"),
        public: name("public"),
        id: hex::encode(public.id()),
        fingerprint: public.fingerprint(),
    })
}

/// The opening keys of a store, as the command works with them.
pub struct Keyring(Register);

impl Keyring {
    /// Opens the store.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn open(place: &Place<'_>, passphrase: &Passphrase) -> Result<Keyring, DoorError> {
        Ok(Keyring(Register::open(place, passphrase)?))
    }

    /// Keeps the private key of a file; with `slip` it must be one of slips, else one of pre-filling.
    ///
    /// # Errors
    /// `key-form`, `key-public`, `key-purpose`, `key-exists`, `not-allowed`; what the store says.
    pub fn add(&mut self, file: &Path, slip: bool) -> Result<ListedKeys, DoorError> {
        let key = opening_key(file)?;
        let purpose = match (key.public().purpose(), slip) {
            (Purpose::Prefill, false) => KeyPurpose::Prefill,
            (Purpose::Slip, true) => KeyPurpose::Slip,
            _ => return Err(DoorError::of("key-purpose")),
        };
        let (public, now) = (*key.public().bytes(), Timestamp::now());
        let store = self.0.store();
        store.add_opening_key(purpose, &public, key.secret(), now)?;
        store.destroy_retired_keys(today(), now)?;
        self.list()
    }

    /// Retires the key of an id: it opens until `until`, else as long as a sheet made today can be valid.
    ///
    /// # Errors
    /// `key-not-held`, `not-allowed`; what the store says.
    pub fn retire(&mut self, id: &str, until: Option<Date>) -> Result<ListedKeys, DoorError> {
        let store = self.0.store();
        let keys = store.opening_keys()?;
        let held = keys.iter().find(|held| hex::encode(public_of(held).id()) == id);
        let held = held.ok_or_else(|| DoorError::of("key-not-held"))?;
        let longest = jiff::Span::new().days(VALID_MAX_DAYS);
        let until = until.unwrap_or_else(|| today().saturating_add(longest));
        let now = Timestamp::now();
        store.retire_opening_key(&held.public, until, now)?;
        store.destroy_retired_keys(today(), now)?;
        self.list()
    }

    /// The keys, without their secret halves.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&mut self) -> Result<ListedKeys, DoorError> {
        let on = today();
        let keys = self.0.store().opening_keys()?;
        Ok(ListedKeys { keys: keys.iter().map(|held| line(held, on)).collect() })
    }
}

fn public_of(held: &HeldKey) -> PublicKey {
    let purpose = match held.purpose {
        KeyPurpose::Prefill => Purpose::Prefill,
        KeyPurpose::Slip => Purpose::Slip,
    };
    PublicKey::from_bytes(purpose, held.public)
}

fn line(held: &HeldKey, on: Date) -> HeldKeyLine {
    let public = public_of(held);
    let state = match held.opens_until {
        _ if held.destroyed => "destroyed",
        None => "open",
        Some(_) if held.opens_on(on) => "retired",
        Some(_) => "over",
    };
    HeldKeyLine {
        id: hex::encode(public.id()),
        purpose: held.purpose.as_str(),
        fingerprint: public.fingerprint(),
        added: local_time(held.added_at),
        opens_until: held.opens_until.map(|day| day.to_string()),
        state,
    }
}
