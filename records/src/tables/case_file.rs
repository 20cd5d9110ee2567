//! `case_file`: one row per case (案件), for lists. Its row number is the running part of the
//! reception number, so `AUTOINCREMENT` is what keeps a number from ever being used twice.

use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, params};

use crate::error::StoreError;
use crate::event::CaseHead;
use crate::identity::{CaseId, CounterLetter, ReceptionNumber};
use crate::tables::stored_time;

pub(crate) const DDL: &str = "
CREATE TABLE case_file (
  reception_no INTEGER PRIMARY KEY AUTOINCREMENT,
  counter TEXT NOT NULL CHECK (length(counter) = 1),
  id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
  opened_at TEXT NOT NULL,
  closed_at TEXT, -- NULL: not closed
  purged_at TEXT  -- NULL: not purged
) STRICT;
";

/// A case and its newest event.
const SELECT_HEADS: &str = "
SELECT f.reception_no, f.counter, f.id, f.opened_at, f.closed_at, f.purged_at,
       j.kind AS last_kind, j.case_rev AS events
FROM case_file f
JOIN journal j ON j.case_id = f.id
 AND j.case_rev = (SELECT max(case_rev) FROM journal WHERE case_id = f.id)
";

/// Adds a case and returns its row number.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    id: CaseId,
    counter: CounterLetter,
    opened_at: Timestamp,
) -> Result<i64, StoreError> {
    transaction.execute(
        "INSERT INTO case_file (counter, id, opened_at) VALUES (?1, ?2, ?3)",
        params![counter.to_string(), id.as_bytes(), opened_at.to_string()],
    )?;
    Ok(transaction.last_insert_rowid())
}

/// Notes that a case was closed.
pub(crate) fn set_closed(
    transaction: &Transaction<'_>,
    id: CaseId,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE case_file SET closed_at = ?2 WHERE id = ?1",
        params![id.as_bytes(), at.to_string()],
    )?;
    Ok(())
}

/// Notes that a case was purged.
pub(crate) fn set_purged(
    transaction: &Transaction<'_>,
    id: CaseId,
    at: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE case_file SET purged_at = ?2 WHERE id = ?1",
        params![id.as_bytes(), at.to_string()],
    )?;
    Ok(())
}

/// All cases in the order of their numbers.
pub(crate) fn heads(database: &Connection) -> Result<Vec<CaseHead>, StoreError> {
    let mut statement =
        database.prepare_cached(&format!("{SELECT_HEADS} ORDER BY f.reception_no"))?;
    let mut rows = statement.query([])?;
    let mut heads = Vec::new();
    while let Some(row) = rows.next()? {
        heads.push(read(row)?);
    }
    Ok(heads)
}

/// One case.
pub(crate) fn head(database: &Connection, id: CaseId) -> Result<CaseHead, StoreError> {
    let mut statement = database.prepare_cached(&format!("{SELECT_HEADS} WHERE f.id = ?1"))?;
    let mut rows = statement.query([id.as_bytes()])?;
    rows.next()?.map_or(Err(StoreError::CaseUnknown), read)
}

fn read(row: &Row<'_>) -> Result<CaseHead, StoreError> {
    let counter: String = row.get("counter")?;
    let number: i64 = row.get("reception_no")?;
    let opened_at: String = row.get("opened_at")?;
    let optional_time = |column| -> Result<Option<Timestamp>, StoreError> {
        row.get::<_, Option<String>>(column)?.as_deref().map(stored_time).transpose()
    };
    Ok(CaseHead {
        id: CaseId::from_bytes(row.get("id")?),
        reception: ReceptionNumber::new(
            counter.parse().map_err(|_| StoreError::damaged("a counter letter is none"))?,
            number.unsigned_abs(),
        ),
        opened_at: stored_time(&opened_at)?,
        closed_at: optional_time("closed_at")?,
        purged_at: optional_time("purged_at")?,
        last_kind: row.get("last_kind")?,
        events: row.get::<_, i64>("events")?.unsigned_abs(),
    })
}
