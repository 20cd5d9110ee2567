//! Cases: opening, appending, reading, closing and purging.
//!
//! Any role may do all of it; which step of the counter's work is whose is decided above this crate.

use jiff::Timestamp;
use rusqlite::Transaction;

use super::{Session, Store, opened_payload, writing};
use crate::database;
use crate::error::StoreError;
use crate::event::{CaseHead, NewEvent, Recorded, RecordedEvent, audit, check_payload};
use crate::identity::CaseId;
use crate::seal::{SealedFor, SealingKey};
use crate::tables::{case_file, case_key, journal, meta};

impl Store {
    /// Opens a case with its first event: key, reception number and event in one commit.
    ///
    /// # Errors
    /// [`StoreError::KindInvalid`], [`StoreError::PayloadTooLarge`], and what a disk does.
    pub fn open_case(
        &mut self,
        kind: &str,
        payload: &[u8],
        at: Timestamp,
    ) -> Result<CaseId, StoreError> {
        let event = NewEvent { kind, payload };
        event.check()?;
        let case = CaseId::generate(at)?;
        let key = SealingKey::generate()?;
        let sealed_key = self.keys.case_wrapping.seal_key(&SealedFor::case_key(case), &key)?;
        let transaction = writing(&mut self.database)?;
        let counter = meta::counter(&transaction)?;
        let reception_no = case_file::insert(&transaction, case, counter, at)?;
        case_key::insert(&transaction, reception_no, &sealed_key)?;
        self.session.write(&transaction, &key, Some(case), &event, at)?;
        transaction.commit()?;
        Ok(case)
    }

    /// Appends one event. Returns when it is on the disk.
    ///
    /// # Errors
    /// [`StoreError::CaseUnknown`], [`StoreError::CasePurged`], [`StoreError::KindInvalid`],
    /// [`StoreError::PayloadTooLarge`], and what a disk does; then nothing was written.
    pub fn append(
        &mut self,
        case: &CaseId,
        kind: &str,
        payload: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let event = NewEvent { kind, payload };
        event.check()?;
        self.commit(*case, at, |writer| writer.add(&event))
    }

    /// Appends several events in one commit: all are on the disk, or none is.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn append_all(
        &mut self,
        case: &CaseId,
        events: &[NewEvent<'_>],
        at: Timestamp,
    ) -> Result<Vec<Recorded>, StoreError> {
        events.iter().try_for_each(NewEvent::check)?;
        self.commit(*case, at, |writer| events.iter().map(|event| writer.add(event)).collect())
    }

    /// Appends the last event of the visit and marks the case as closed, in one commit. Later events
    /// are allowed (a paper is printed again); closing again moves the time retention counts from.
    ///
    /// # Errors
    /// As [`Store::append`].
    pub fn close_case(
        &mut self,
        case: &CaseId,
        kind: &str,
        payload: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        let event = NewEvent { kind, payload };
        event.check()?;
        self.commit(*case, at, |writer| {
            case_file::set_closed(writer.transaction, *case, at)?;
            writer.add(&event)
        })
    }

    /// All cases, in the order of their reception numbers.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn cases(&self) -> Result<Vec<CaseHead>, StoreError> {
        case_file::heads(&self.database)
    }

    /// One case as a list shows it.
    ///
    /// # Errors
    /// [`StoreError::CaseUnknown`], [`StoreError::Damaged`], and what a disk does.
    pub fn case(&self, case: &CaseId) -> Result<CaseHead, StoreError> {
        case_file::head(&self.database, *case)
    }

    /// The events of a case, opened, in order. Reading them is for the caller to log.
    ///
    /// # Errors
    /// [`StoreError::CaseUnknown`], [`StoreError::CasePurged`], [`StoreError::Damaged`], and what a
    /// disk does.
    pub fn events(&self, case: &CaseId) -> Result<Vec<RecordedEvent>, StoreError> {
        let key = self.case_key(*case)?;
        let entries = journal::of_case(&self.database, *case)?;
        entries.into_iter().map(|entry| recorded_event(&key, entry)).collect()
    }

    /// Events of one kind since a time, of all cases whose keys are there, oldest first. Reading them is for the
    /// caller to log.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], and what a disk does.
    pub fn events_of_kind(
        &self,
        kind: &str,
        since: Timestamp,
    ) -> Result<Vec<(CaseId, RecordedEvent)>, StoreError> {
        let mut found = Vec::new();
        for entry in journal::of_kind(&self.database, kind, since)? {
            let Some(case) = entry.case_id else { continue };
            match self.case_key(case) {
                Ok(key) => found.push((case, recorded_event(&key, entry)?)),
                Err(StoreError::CasePurged) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    /// Destroys the key of a case (消去), so that its events can never be read again, and records why.
    /// The chain goes on holding: it is made over sealed bytes. Returns when no page of the database
    /// and no frame of its log holds the key. Copies of the store made before still do.
    ///
    /// The reason stays readable for ever: it holds ids, never names.
    ///
    /// # Errors
    /// [`StoreError::CaseUnknown`], [`StoreError::CasePurged`], [`StoreError::PayloadTooLarge`], and
    /// what a disk does. After [`StoreError::Busy`] the case is purged but a foreign reader kept an
    /// old log frame alive; the next opening of the store wipes it.
    pub fn purge_case(
        &mut self,
        case: &CaseId,
        reason: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        check_payload(reason)?;
        let recorded = self.commit_purge(*case, reason, at)?;
        database::truncate_log(&self.database)?;
        Ok(recorded)
    }

    /// The commit of a purge, after which the log still holds older images of the key's page.
    pub(super) fn commit_purge(
        &mut self,
        case: CaseId,
        reason: &[u8],
        at: Timestamp,
    ) -> Result<Recorded, StoreError> {
        case_key::sealed(&self.database, case)?;
        let event = NewEvent { kind: audit::CASE_PURGED, payload: reason };
        let transaction = writing(&mut self.database)?;
        let recorded =
            self.session.write(&transaction, &self.keys.audit, Some(case), &event, at)?;
        case_key::destroy(&transaction, case)?;
        case_file::set_purged(&transaction, case, at)?;
        transaction.commit()?;
        Ok(recorded)
    }

    /// Runs `write` for one case in one commit.
    fn commit<T>(
        &mut self,
        case: CaseId,
        at: Timestamp,
        write: impl FnOnce(&CaseWriter<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let key = self.case_key(case)?;
        let transaction = writing(&mut self.database)?;
        let session = &self.session;
        let written =
            write(&CaseWriter { transaction: &transaction, session, key: &key, case, at })?;
        transaction.commit()?;
        Ok(written)
    }

    fn case_key(&self, case: CaseId) -> Result<SealingKey, StoreError> {
        let sealed = case_key::sealed(&self.database, case)?;
        self.keys
            .case_wrapping
            .open_key(&SealedFor::case_key(case), &sealed)
            .map_err(|_| StoreError::damaged("a case key does not open"))
    }
}

/// A commit under way for one case.
struct CaseWriter<'a> {
    transaction: &'a Transaction<'a>,
    session: &'a Session,
    key: &'a SealingKey,
    case: CaseId,
    at: Timestamp,
}

impl CaseWriter<'_> {
    fn add(&self, event: &NewEvent<'_>) -> Result<Recorded, StoreError> {
        self.session.write(self.transaction, self.key, Some(self.case), event, self.at)
    }
}

fn recorded_event(key: &SealingKey, entry: journal::Entry) -> Result<RecordedEvent, StoreError> {
    Ok(RecordedEvent {
        payload: opened_payload(key, &entry)?,
        seq: entry.seq,
        event_id: entry.event_id,
        case_rev: entry.case_rev,
        at: entry.at,
        actor: entry.actor,
        kind: entry.kind,
    })
}
