//! `journal`: every event, in one chain. Rows are added and never touched again; triggers refuse the
//! rest, so that a mistake in this crate fails instead of passing for history.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::account::{Actor, Role};
use crate::chain::{GENESIS, Hash, Header};
use crate::error::StoreError;
use crate::event::Recorded;
use crate::identity::{CaseId, Epoch, EventId};
use crate::tables::account::stored_id;
use crate::tables::stored_time;

pub(crate) const DDL: &str = "
CREATE TABLE journal (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  event_id BLOB NOT NULL UNIQUE CHECK (length(event_id) = 16),
  case_id BLOB REFERENCES case_file (id), -- NULL: belongs to no case
  case_rev INTEGER NOT NULL,
  epoch BLOB NOT NULL CHECK (length(epoch) = 16),
  at TEXT NOT NULL,
  account TEXT NOT NULL REFERENCES account (id),
  role TEXT NOT NULL,
  kind TEXT NOT NULL,
  sealed BLOB NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  CHECK ((case_id IS NULL) = (case_rev = 0))
) STRICT;

CREATE UNIQUE INDEX journal_case ON journal (case_id, case_rev) WHERE case_id IS NOT NULL;

CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER journal_keeps_values BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
";

/// Finds events by kind and time; derived from the rows, and made where an older build left it out.
pub(crate) const BY_KIND: &str =
    "CREATE INDEX IF NOT EXISTS journal_kind ON journal (kind, at) WHERE case_id IS NOT NULL;";

/// An event ready to be written: all of its row but its places and its hash.
pub(crate) struct Draft<'a> {
    pub(crate) event_id: EventId,
    pub(crate) case_id: Option<CaseId>,
    pub(crate) epoch: Epoch,
    pub(crate) at: Timestamp,
    pub(crate) actor: &'a Actor,
    pub(crate) kind: &'a str,
    pub(crate) sealed: &'a [u8],
}

/// A row as it is read for showing.
pub(crate) struct Entry {
    pub(crate) seq: u64,
    pub(crate) event_id: EventId,
    pub(crate) case_id: Option<CaseId>,
    pub(crate) case_rev: u64,
    pub(crate) epoch: Epoch,
    pub(crate) at: Timestamp,
    pub(crate) actor: Actor,
    pub(crate) kind: String,
    pub(crate) sealed: Vec<u8>,
}

/// Adds an event after the last one, with its place, its revision and its hash.
pub(crate) fn append(
    transaction: &Transaction<'_>,
    draft: &Draft<'_>,
) -> Result<Recorded, StoreError> {
    let seq = last_seq(transaction)? + 1;
    let case_rev = match draft.case_id {
        Some(case) => last_rev(transaction, case)? + 1,
        None => 0,
    };
    let at = draft.at.to_string();
    let hash = Header {
        seq,
        event_id: draft.event_id.as_bytes(),
        case_id: draft.case_id.as_ref().map_or(&[], |case| case.as_bytes()),
        case_rev,
        epoch: draft.epoch.as_bytes(),
        at: at.as_bytes(),
        account: draft.actor.account.as_str().as_bytes(),
        role: draft.actor.role.as_str().as_bytes(),
        kind: draft.kind.as_bytes(),
    }
    .link(&last_hash(transaction)?, draft.sealed);
    transaction
        .prepare_cached(
            "INSERT INTO journal
             (seq, event_id, case_id, case_rev, epoch, at, account, role, kind, sealed, hash)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?
        .execute(params![
            seq,
            draft.event_id.as_bytes(),
            draft.case_id.map(|case| *case.as_bytes()),
            case_rev,
            draft.epoch.as_bytes(),
            at,
            draft.actor.account.as_str(),
            draft.actor.role.as_str(),
            draft.kind,
            draft.sealed,
            hash,
        ])?;
    Ok(Recorded {
        event_id: draft.event_id,
        seq: seq.unsigned_abs(),
        case_rev: case_rev.unsigned_abs(),
    })
}

/// The rows of one case, in order.
pub(crate) fn of_case(database: &Connection, case: CaseId) -> Result<Vec<Entry>, StoreError> {
    let mut statement =
        database.prepare_cached("SELECT * FROM journal WHERE case_id = ?1 ORDER BY case_rev")?;
    collect(statement.query([case.as_bytes()])?)
}

/// The rows of cases with this kind since a time, oldest first.
pub(crate) fn of_kind(
    database: &Connection,
    kind: &str,
    since: Timestamp,
) -> Result<Vec<Entry>, StoreError> {
    let mut statement = database.prepare_cached(
        "SELECT * FROM journal WHERE case_id IS NOT NULL AND kind = ?1 AND at >= ?2 ORDER BY seq",
    )?;
    collect(statement.query([kind, since.to_string().as_str()])?)
}

/// The rows whose place is in `range`, in order.
pub(crate) fn in_range(
    database: &Connection,
    range: &RangeInclusive<u64>,
) -> Result<Vec<Entry>, StoreError> {
    let bound = |place: u64| i64::try_from(place).unwrap_or(i64::MAX);
    let mut statement = database
        .prepare_cached("SELECT * FROM journal WHERE seq BETWEEN ?1 AND ?2 ORDER BY seq")?;
    collect(statement.query([bound(*range.start()), bound(*range.end())])?)
}

/// Shows every row's header, sealed payload and hash to `visit`, in order and as the bytes the row
/// holds, until `visit` says `false`. Returns whether it never did.
pub(crate) fn walk(
    database: &Connection,
    mut visit: impl FnMut(&Header<'_>, &[u8], &[u8]) -> bool,
) -> Result<bool, StoreError> {
    let mut statement = database.prepare(
        "SELECT seq, event_id, coalesce(case_id, x''), case_rev, epoch, at, account, role, kind,
                sealed, hash
         FROM journal ORDER BY seq",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let bytes = |column: usize| -> Result<&[u8], StoreError> {
            row.get_ref(column)?
                .as_bytes()
                .map_err(|_| StoreError::damaged("a row holds a value of the wrong type"))
        };
        let header = Header {
            seq: row.get(0)?,
            event_id: bytes(1)?,
            case_id: bytes(2)?,
            case_rev: row.get(3)?,
            epoch: bytes(4)?,
            at: bytes(5)?,
            account: bytes(6)?,
            role: bytes(7)?,
            kind: bytes(8)?,
        };
        if !visit(&header, bytes(9)?, bytes(10)?) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The highest place ever given out; more than the last row's when the end was cut off.
pub(crate) fn last_assigned(database: &Connection) -> Result<u64, StoreError> {
    last_seq(database).map(i64::unsigned_abs)
}

fn last_seq(database: &Connection) -> Result<i64, StoreError> {
    let last = database
        .prepare_cached("SELECT seq FROM sqlite_sequence WHERE name = 'journal'")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(0))
}

fn last_rev(database: &Connection, case: CaseId) -> Result<i64, StoreError> {
    Ok(database
        .prepare_cached("SELECT coalesce(max(case_rev), 0) FROM journal WHERE case_id = ?1")?
        .query_row([case.as_bytes()], |row| row.get(0))?)
}

fn last_hash(database: &Connection) -> Result<Hash, StoreError> {
    let last = database
        .prepare_cached("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| row.get(0))
        .optional()?;
    Ok(last.unwrap_or(GENESIS))
}

fn collect(mut rows: rusqlite::Rows<'_>) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    while let Some(row) = rows.next()? {
        entries.push(read(row)?);
    }
    Ok(entries)
}

fn read(row: &Row<'_>) -> Result<Entry, StoreError> {
    let at: String = row.get("at")?;
    let role: String = row.get("role")?;
    Ok(Entry {
        seq: row.get::<_, i64>("seq")?.unsigned_abs(),
        event_id: EventId::from_bytes(row.get("event_id")?),
        case_id: row.get::<_, Option<_>>("case_id")?.map(CaseId::from_bytes),
        case_rev: row.get::<_, i64>("case_rev")?.unsigned_abs(),
        epoch: Epoch::from_bytes(row.get("epoch")?),
        at: stored_time(&at)?,
        actor: Actor { account: stored_id(row.get("account")?)?, role: Role::from_stored(&role)? },
        kind: row.get("kind")?,
        sealed: row.get("sealed")?,
    })
}
