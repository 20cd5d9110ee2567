//! Accounts and passphrases of an open store.
//!
//! A change concerns two files. The journal entry is written but not yet committed when `keys.json` is
//! replaced, so that whatever fails first undoes the rest. A power cut between the two leaves at worst
//! a slot without an account, which signs nobody in; an account without a slot, whose passphrase can be
//! reset; or a new passphrase that the journal does not mention.

use jiff::Timestamp;
use rusqlite::Transaction;
use serde::Serialize;

use super::{Session, Store, StoreKeys, writing};
use crate::account::{Account, Role, check_display_name};
use crate::error::StoreError;
use crate::event::{NewEvent, audit};
use crate::identity::AccountId;
use crate::key_slots::KeySlots;
use crate::passphrase::Passphrase;
use crate::tables::account;

/// What an event about an account says: ids, no names.
#[derive(Serialize)]
struct AboutAccount<'a> {
    account: &'a AccountId,
    role: Role,
}

impl Store {
    /// All accounts by id, deactivated ones included.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        account::all(&self.database)
    }

    /// Adds an account with its first passphrase. Supervisors and administrators may, and only an
    /// administrator makes an administrator.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`], [`StoreError::AccountExists`], [`StoreError::PassphraseTooShort`],
    /// [`StoreError::DisplayNameInvalid`], and what a disk does.
    pub fn add_account(
        &mut self,
        id: AccountId,
        display_name: String,
        role: Role,
        passphrase: &Passphrase,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        self.check_may_manage(role)?;
        check_display_name(&display_name)?;
        let new = Account { id, display_name, role, active: true };
        self.change(audit::ACCOUNT_ADDED, &new, at, |transaction, slots, keys| {
            account::insert(transaction, &new, at)?;
            slots.set(&new.id, passphrase, &keys.store, at)
        })
    }

    /// Ends an account: its slot is destroyed, its id stays taken. The store key stays the same, so
    /// this does not lock out somebody who once copied an open store.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`], also for the own account; [`StoreError::AccountUnknown`]; and what
    /// a disk does.
    pub fn deactivate_account(&mut self, id: &AccountId, at: Timestamp) -> Result<(), StoreError> {
        let whom = self.manageable(id)?;
        self.change(audit::ACCOUNT_DEACTIVATED, &whom, at, |transaction, slots, _| {
            account::deactivate(transaction, id)?;
            slots.remove(id);
            Ok(())
        })
    }

    /// Changes the passphrase of the person signed in, who types the present one again.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], [`StoreError::PassphraseTooShort`], and what a disk does.
    pub fn change_passphrase(
        &mut self,
        present: &Passphrase,
        new: &Passphrase,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let me = self.session.actor.account.clone();
        KeySlots::read(&self.folder.keys())?.open(&me, present)?;
        let me = account::active(&self.database, &me)?.ok_or(StoreError::AccountUnknown)?;
        self.change(audit::PASSPHRASE_CHANGED, &me, at, |_, slots, keys| {
            slots.set(&me.id, new, &keys.store, at)
        })
    }

    /// Whether it is still the person signed in who sits here: their passphrase, typed again.
    ///
    /// # Errors
    /// [`StoreError::WrongPassphrase`], [`StoreError::KeysDamaged`].
    pub fn confirm_passphrase(&self, present: &Passphrase) -> Result<(), StoreError> {
        let me = &self.session.actor.account;
        KeySlots::read(&self.folder.keys())?.open(me, present).map(drop)
    }

    /// Sets the passphrase of somebody else, who forgot it. The same people may who may add the account.
    ///
    /// # Errors
    /// [`StoreError::NotAllowed`], also for the own account; [`StoreError::AccountUnknown`],
    /// [`StoreError::PassphraseTooShort`]; and what a disk does.
    pub fn reset_passphrase(
        &mut self,
        id: &AccountId,
        new: &Passphrase,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        let whom = self.manageable(id)?;
        self.change(audit::PASSPHRASE_RESET, &whom, at, |_, slots, keys| {
            slots.set(id, new, &keys.store, at)
        })
    }

    fn check_may_manage(&self, role: Role) -> Result<(), StoreError> {
        if self.session.actor.role.may_manage(role) { Ok(()) } else { Err(StoreError::NotAllowed) }
    }

    /// The active account of somebody else whom the person signed in may manage.
    fn manageable(&self, id: &AccountId) -> Result<Account, StoreError> {
        self.check_may_manage(Role::Staff)?;
        if *id == self.session.actor.account {
            return Err(StoreError::NotAllowed);
        }
        let whom = account::active(&self.database, id)?.ok_or(StoreError::AccountUnknown)?;
        self.check_may_manage(whom.role)?;
        Ok(whom)
    }

    /// Makes one change to rows and slots, with its event, or none of it.
    fn change(
        &mut self,
        kind: &str,
        whom: &Account,
        at: Timestamp,
        edit: impl FnOnce(&Transaction<'_>, &mut KeySlots, &StoreKeys) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let path = self.folder.keys();
        let before = KeySlots::read(&path)?;
        let mut after = before.clone();
        let transaction = writing(&mut self.database)?;
        edit(&transaction, &mut after, &self.keys)?;
        record(&self.session, &self.keys, &transaction, kind, whom, at)?;
        after.write(&path)?;
        transaction.commit().map_err(|error| {
            // If this fails too, the commit's error is still the one to show.
            let _ = before.write(&path);
            error.into()
        })
    }
}

fn record(
    session: &Session,
    keys: &StoreKeys,
    transaction: &Transaction<'_>,
    kind: &str,
    whom: &Account,
    at: Timestamp,
) -> Result<(), StoreError> {
    let about = AboutAccount { account: &whom.id, role: whom.role };
    let payload = serde_json::to_vec(&about)
        .map_err(|_| StoreError::damaged("an account cannot be written down"))?;
    let event = NewEvent { kind, payload: &payload };
    session.write(transaction, &keys.audit, None, &event, at).map(drop)
}
