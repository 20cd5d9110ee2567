//! `opening_key`: the private keys that open residents' sheets and case slips, sealed. A destroyed one is overwritten
//! with zero bytes; its row stays, so that a sheet made too long ago is told from another town's.

use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::error::StoreError;
use crate::opening_key::{HeldKey, KeyPurpose};
use crate::seal::SEALED_KEY_BYTES;
use crate::tables::stored_time;

pub(crate) const DDL: &str = "
CREATE TABLE opening_key (
  public BLOB PRIMARY KEY NOT NULL CHECK (length(public) = 32),
  purpose TEXT NOT NULL CHECK (purpose IN ('prefill', 'slip')),
  added_at TEXT NOT NULL,
  opens_until TEXT, -- NULL: not retired
  sealed BLOB NOT NULL CHECK (length(sealed) = 72)
) STRICT;
";

/// What stands in the place of a destroyed key.
const DESTROYED: [u8; SEALED_KEY_BYTES] = [0; SEALED_KEY_BYTES];

const SELECT: &str = "SELECT public, purpose, added_at, opens_until, sealed FROM opening_key";

/// A row with its sealed key; `None` once destroyed.
pub(crate) type SealedRow = (HeldKey, Option<[u8; SEALED_KEY_BYTES]>);

/// Adds a key.
///
/// # Errors
/// [`StoreError::KeyExists`], also for one that was destroyed.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    purpose: KeyPurpose,
    public: &[u8; 32],
    sealed: &[u8; SEALED_KEY_BYTES],
    added_at: Timestamp,
) -> Result<(), StoreError> {
    let added = transaction.execute(
        "INSERT INTO opening_key (public, purpose, added_at, sealed) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (public) DO NOTHING",
        params![public, purpose.as_str(), added_at.to_string(), sealed],
    )?;
    if added == 1 { Ok(()) } else { Err(StoreError::KeyExists) }
}

/// All keys, oldest first.
pub(crate) fn all(database: &Connection) -> Result<Vec<SealedRow>, StoreError> {
    let mut statement = database.prepare_cached(&format!("{SELECT} ORDER BY rowid"))?;
    let mut rows = statement.query([])?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push(read(row)?);
    }
    Ok(keys)
}

/// One key.
///
/// # Errors
/// [`StoreError::KeyUnknown`].
pub(crate) fn one(database: &Connection, public: &[u8; 32]) -> Result<SealedRow, StoreError> {
    database
        .prepare_cached(&format!("{SELECT} WHERE public = ?1"))?
        .query_row([public], |row| Ok(read(row)))
        .optional()?
        .ok_or(StoreError::KeyUnknown)?
}

/// Sets the last day on which a key opens.
pub(crate) fn retire(
    transaction: &Transaction<'_>,
    public: &[u8; 32],
    until: Date,
) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE opening_key SET opens_until = ?2 WHERE public = ?1",
        params![public, until.to_string()],
    )?;
    Ok(())
}

/// Overwrites a key.
pub(crate) fn destroy(transaction: &Transaction<'_>, public: &[u8; 32]) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE opening_key SET sealed = ?2 WHERE public = ?1",
        params![public, DESTROYED],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<SealedRow, StoreError> {
    let (purpose, added_at): (String, String) = (row.get("purpose")?, row.get("added_at")?);
    let until: Option<String> = row.get("opens_until")?;
    let until = until.map(|day| day.parse()).transpose();
    let sealed: [u8; SEALED_KEY_BYTES] = row.get("sealed")?;
    let held = HeldKey {
        purpose: KeyPurpose::from_stored(&purpose)?,
        public: row.get("public")?,
        added_at: stored_time(&added_at)?,
        opens_until: until.map_err(|_| StoreError::damaged("a row holds a day that is none"))?,
        destroyed: sealed == DESTROYED,
    };
    Ok((held, (sealed != DESTROYED).then_some(sealed)))
}
