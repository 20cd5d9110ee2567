//! Opening keys of an open store: added and retired by who may manage accounts, used by everybody who signs in.
//!
//! A retired key opens until the longest validity of what was sealed to it has ended; then its secret half is
//! destroyed as the key of a purged case is.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::Transaction;
use zeroize::Zeroizing;

use super::{Store, writing};
use crate::account::Role;
use crate::database;
use crate::error::StoreError;
use crate::event::{NewEvent, audit};
use crate::opening_key::{HeldKey, KeyPurpose, OpeningSecret};
use crate::seal::SealedFor;
use crate::tables::opening_key;

impl Store {
    /// All opening keys, oldest first, destroyed ones included.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn opening_keys(&self) -> Result<Vec<HeldKey>, StoreError> {
        Ok(opening_key::all(&self.database)?.into_iter().map(|(held, _)| held).collect())
    }

    /// The secret halves that open on the day `on`, newest first.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn opening_secrets(&self, on: Date) -> Result<Vec<OpeningSecret>, StoreError> {
        let wrapping = self.keys.store.opening_key_wrapping()?;
        let rows = opening_key::all(&self.database)?.into_iter().rev();
        rows.filter(|(held, _)| held.opens_on(on))
            .filter_map(|(held, sealed)| Some((held, sealed?)))
            .map(|(held, sealed)| {
                let place = SealedFor::opening_key(held.purpose, &held.public);
                let opened = wrapping
                    .open(&place, &sealed)
                    .map_err(|_| StoreError::damaged("an opening key does not open"))?;
                let mut secret = Zeroizing::new([0; 32]);
                if opened.len() != secret.len() {
                    return Err(StoreError::damaged("an opening key has the wrong length"));
                }
                secret.copy_from_slice(&opened);
                Ok(OpeningSecret { purpose: held.purpose, secret })
            })
            .collect()
    }

    /// Keeps a key pair. Supervisors and administrators may.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`], [`StoreError::KeyExists`], and what a disk does.
    pub fn add_opening_key(
        &mut self,
        purpose: KeyPurpose,
        public: &[u8; 32],
        secret: &[u8; 32],
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let place = SealedFor::opening_key(purpose, public);
        let sealed = self.keys.store.opening_key_wrapping()?.seal(&place, secret)?;
        let sealed = sealed
            .try_into()
            .map_err(|_| StoreError::damaged("a sealed key has the wrong length"))?;
        let about = (audit::OPENING_KEY_ADDED, purpose, public);
        self.change_key(about, at, |transaction| {
            opening_key::insert(transaction, purpose, public, &sealed, at)
        })
    }

    /// Retires a key: it opens until `until`, and [`Store::destroy_retired_keys`] destroys it after that day. A later
    /// or an earlier day may be set again while it is not destroyed. Supervisors and administrators may.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`], [`StoreError::KeyUnknown`], also for a destroyed one; and what a disk does.
    pub fn retire_opening_key(
        &mut self,
        public: &[u8; 32],
        until: Date,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let (held, _) = opening_key::one(&self.database, public)?;
        if held.destroyed {
            return Err(StoreError::KeyUnknown);
        }
        let about = (audit::OPENING_KEY_RETIRED, held.purpose, public);
        self.change_key(about, at, |transaction| opening_key::retire(transaction, public, until))
    }

    /// Destroys the secret halves whose last day is before `on`, whoever is signed in, and returns how many. Returns
    /// when no page of the database and no frame of its log holds them.
    ///
    /// # Errors
    /// What a disk does; after [`StoreError::Busy`] the keys are destroyed, and the next opening of the store wipes
    /// the log.
    pub fn destroy_retired_keys(&mut self, on: Date, at: Timestamp) -> Result<usize, StoreError> {
        let over = |held: &HeldKey| !held.destroyed && !held.opens_on(on);
        let over: Vec<HeldKey> = self.opening_keys()?.into_iter().filter(over).collect();
        if over.is_empty() {
            return Ok(0);
        }
        let transaction = writing(&mut self.database)?;
        for held in &over {
            let payload = about_key(held.purpose, &held.public);
            let event =
                NewEvent { kind: audit::OPENING_KEY_DESTROYED, payload: payload.as_bytes() };
            self.session.write(&transaction, &self.keys.audit, None, &event, at)?;
            opening_key::destroy(&transaction, &held.public)?;
        }
        transaction.commit()?;
        database::truncate_log(&self.database)?;
        Ok(over.len())
    }

    /// Makes one change with its event, or none of it.
    fn change_key(
        &mut self,
        (kind, purpose, public): (&str, KeyPurpose, &[u8; 32]),
        at: Timestamp,
        change: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        if !self.session.actor.role.may_manage(Role::Staff) {
            return Err(StoreError::NotAllowed);
        }
        let payload = about_key(purpose, public);
        let transaction = writing(&mut self.database)?;
        change(&transaction)?;
        let event = NewEvent { kind, payload: payload.as_bytes() };
        self.session.write(&transaction, &self.keys.audit, None, &event, at)?;
        transaction.commit()?;
        Ok(())
    }
}

/// What an event about a key says: purpose and public half.
fn about_key(purpose: KeyPurpose, public: &[u8; 32]) -> String {
    format!("{{\"purpose\":\"{}\",\"public\":\"{}\"}}", purpose.as_str(), hex::encode(public))
}
