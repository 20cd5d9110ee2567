//! One open store: one person signed in, one writer.
//!
//! Opening a store and signing in are the same act: the person's own passphrase opens a key slot, so
//! the store cannot be open without the journal knowing for whom. Here are creating, opening and the
//! audit; cases are in [`cases`], accounts in [`accounts`], keys of
//! sheets and slips in [`opening_keys`].

mod accounts;
mod cases;
mod opening_keys;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::account::{Account, Actor, Role, check_display_name};
use crate::chain::{self, ChainReport};
use crate::database;
use crate::error::StoreError;
use crate::event::{JournalEntry, NewEvent, Payload, Recorded, audit};
use crate::folder::{StoreFolder, WriterLock};
use crate::identity::{AccountId, CaseId, CounterLetter, Epoch, EventId};
use crate::key_slots::KeySlots;
use crate::passphrase::Passphrase;
use crate::seal::{SealedFor, SealingKey, StoreKey};
use crate::tables::{account, journal, meta};

/// What a new store needs to know: its counter and its first account.
pub struct NewStore {
    /// The letter of the counter; no other counter of the municipality may have it.
    pub counter: CounterLetter,
    /// The first account's id.
    pub account: AccountId,
    /// The name colleagues see.
    pub display_name: String,
    /// The first account's role; with [`Role::Staff`] no account can ever be added.
    pub role: Role,
}

/// An open store with one person signed in. Keys are wiped and the store is free for others when it is
/// dropped; [`Store::sign_out`] also says so in the journal.
pub struct Store {
    database: Connection,
    keys: StoreKeys,
    session: Session,
    folder: StoreFolder,
    // After `database`: the lock is let go once the last file is closed.
    _lock: WriterLock,
}

/// The store key and what is derived from it.
struct StoreKeys {
    store: StoreKey,
    case_wrapping: SealingKey,
    audit: SealingKey,
}

/// Who writes, since when: what every event of one opening has in common.
struct Session {
    actor: Actor,
    epoch: Epoch,
}

impl StoreKeys {
    fn new(store: StoreKey) -> Result<Self, StoreError> {
        let case_wrapping = store.case_key_wrapping()?;
        let audit = store.audit_sealing()?;
        Ok(Self { store, case_wrapping, audit })
    }
}

impl Session {
    fn new(account: &Account, at: Timestamp) -> Result<Self, StoreError> {
        let actor = Actor { account: account.id.clone(), role: account.role };
        Ok(Self { actor, epoch: Epoch::generate(at)? })
    }

    /// Seals one event and adds it to the journal.
    fn write(
        &self,
        transaction: &Transaction<'_>,
        key: &SealingKey,
        case: Option<CaseId>,
        event: &NewEvent<'_>,
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let event_id = EventId::generate(at)?;
        let sealed = key.seal(&SealedFor::event(event_id, case, event.kind), event.payload)?;
        let draft = journal::Draft {
            event_id,
            case_id: case,
            epoch: self.epoch,
            at,
            actor: &self.actor,
            kind: event.kind,
            sealed: &sealed,
        };
        journal::append(transaction, &draft)
    }
}

impl Store {
    /// Whether `dir` holds a store.
    pub fn exists(dir: &Path) -> bool {
        StoreFolder::new(dir).holds_store()
    }

    /// The accounts that can sign in, sorted: all that can be known without a passphrase.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::KeysDamaged`], [`StoreError::SchemaNewer`].
    pub fn account_ids(dir: &Path) -> Result<Vec<AccountId>, StoreError> {
        let folder = StoreFolder::new(dir);
        folder.check_openable()?;
        Ok(KeySlots::read(&folder.keys())?.accounts())
    }

    /// Makes a store in `dir` (made if need be) and signs its first account in.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the folder holds a store or a part of one;
    /// [`StoreError::PassphraseTooShort`], [`StoreError::DisplayNameInvalid`]; and what a disk does.
    pub fn create(
        dir: &Path,
        new: NewStore,
        passphrase: &Passphrase,
        at: Timestamp,
    ) -> Result<Self, StoreError> {
        passphrase.check_length()?;
        check_display_name(&new.display_name)?;
        let folder = StoreFolder::new(dir);
        let lock = folder.prepare_new()?;

        let keys = StoreKeys::new(StoreKey::generate()?)?;
        let mut slots = KeySlots::new();
        slots.set(&new.account, passphrase, &keys.store, at)?;
        let first = Account {
            id: new.account,
            display_name: new.display_name,
            role: new.role,
            active: true,
        };
        let session = Session::new(&first, at)?;
        database::create(&folder.unfinished_database(), &keys.store, |transaction| {
            meta::insert(transaction, new.counter, at)?;
            account::insert(transaction, &first, at)?;
            let created = NewEvent { kind: audit::STORE_CREATED, payload: b"" };
            session.write(transaction, &keys.audit, None, &created, at).map(drop)
        })?;
        folder.flush()?;
        slots.write(&folder.keys())?;
        Self::sign_in(folder, lock, keys, &first.id, at)
    }

    /// Opens the store in `dir` and signs `account` in.
    ///
    /// Takes as long as one Argon2id run (a third of a second on a slow machine). There is no lockout:
    /// a guess costs that run each time.
    ///
    /// # Errors
    /// [`StoreError::Missing`]; [`StoreError::Busy`] while another handle has the store;
    /// [`StoreError::WrongPassphrase`], the same for an unknown or deactivated account;
    /// [`StoreError::KeysDamaged`], [`StoreError::Damaged`], [`StoreError::SchemaNewer`]; and what a
    /// disk does.
    pub fn open(
        dir: &Path,
        account: &AccountId,
        passphrase: &Passphrase,
        at: Timestamp,
    ) -> Result<Self, StoreError> {
        let folder = StoreFolder::new(dir);
        folder.check_openable()?;
        let lock = folder.lock()?;
        let key = KeySlots::read(&folder.keys())?.open(account, passphrase)?;
        Self::sign_in(folder, lock, StoreKeys::new(key)?, account, at)
    }

    fn sign_in(
        folder: StoreFolder,
        lock: WriterLock,
        keys: StoreKeys,
        id: &AccountId,
        at: Timestamp,
    ) -> Result<Self, StoreError> {
        folder.finish_creation()?;
        let database = database::open(&folder.database(), &keys.store)?;
        // A slot without an active account is one whose making or destroying a power cut undid.
        let account = account::active(&database, id)?.ok_or(StoreError::WrongPassphrase)?;
        let session = Session::new(&account, at)?;
        let mut store = Self { database, keys, session, folder, _lock: lock };
        store.write_audit(audit::SIGNED_IN, b"", at)?;
        Ok(store)
    }

    /// Writes the signing out and lets go of the store.
    ///
    /// # Errors
    /// What a disk does. The store is closed in any case.
    pub fn sign_out(mut self, at: Timestamp) -> Result<(), StoreError> {
        self.write_audit(audit::SIGNED_OUT, b"", at).map(drop)
    }

    /// Who is signed in.
    pub fn actor(&self) -> &Actor {
        &self.session.actor
    }

    /// The letter of this counter.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn counter(&self) -> Result<CounterLetter, StoreError> {
        meta::counter(&self.database)
    }

    /// Records an event that belongs to no case, such as a list that was viewed. Returns when it is on
    /// the disk. The payload holds ids, never names: who administers the store can read it for ever.
    ///
    /// # Errors
    /// [`StoreError::KindInvalid`], [`StoreError::PayloadTooLarge`], and what a disk does.
    pub fn log(
        &mut self,
        kind: &str,
        payload: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        NewEvent { kind, payload }.check()?;
        self.write_audit(kind, payload, at)
    }

    /// The audit (証跡): who did what and when, for the places in `seqs`, in order. Events of cases
    /// come without their data. Reading it is for the caller to log.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn journal(&self, seqs: RangeInclusive<u64>) -> Result<Vec<JournalEntry>, StoreError> {
        let entries = journal::in_range(&self.database, &seqs)?;
        entries.into_iter().map(|entry| self.audit_entry(entry)).collect()
    }

    fn audit_entry(&self, entry: journal::Entry) -> Result<JournalEntry, StoreError> {
        let sealed_by_store = entry.case_id.is_none() || entry.kind == audit::CASE_PURGED;
        let detail =
            sealed_by_store.then(|| opened_payload(&self.keys.audit, &entry)).transpose()?;
        Ok(JournalEntry {
            seq: entry.seq,
            event_id: entry.event_id,
            case: entry.case_id,
            case_rev: entry.case_rev,
            epoch: entry.epoch,
            at: entry.at,
            actor: entry.actor,
            kind: entry.kind,
            detail,
        })
    }

    /// Checks the hash chain from the first event to the last. What it proves and what not: the module
    /// `chain` and `FORMAT.md`.
    ///
    /// # Errors
    /// What a disk does. A damaged journal is a report, not an error.
    pub fn verify(&self) -> Result<ChainReport, StoreError> {
        chain::verify(&self.database)
    }

    fn write_audit(
        &mut self,
        kind: &str,
        payload: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let transaction = writing(&mut self.database)?;
        let event = NewEvent { kind, payload };
        let recorded = self.session.write(&transaction, &self.keys.audit, None, &event, at)?;
        transaction.commit()?;
        Ok(recorded)
    }
}

/// A transaction that will write; a foreign writer is met here and not half-way.
fn writing(database: &mut Connection) -> Result<Transaction<'_>, StoreError> {
    Ok(database.transaction_with_behavior(TransactionBehavior::Immediate)?)
}

/// Opens the payload of a journal row.
fn opened_payload(key: &SealingKey, entry: &journal::Entry) -> Result<Payload, StoreError> {
    let place = SealedFor::event(entry.event_id, entry.case_id, &entry.kind);
    key.open(&place, &entry.sealed)
        .map(Payload::new)
        .map_err(|_| StoreError::damaged("an event does not open with its key"))
}
