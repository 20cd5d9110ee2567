//! `case_key`: the sealed key of each case. A purge overwrites it with zero bytes.
//!
//! The table is apart from `case_file` so that destroying a key destroys its only copy: rows are only
//! ever added at the end and overwritten by as many bytes, so SQLite never rebuilds a page of this table.
//! A rebuilt page may keep former images of rows in its unused part, which `secure_delete` does not wipe.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use crate::error::StoreError;
use crate::identity::CaseId;
use crate::seal::SEALED_KEY_BYTES;

pub(crate) const DDL: &str = "
CREATE TABLE case_key (
  reception_no INTEGER PRIMARY KEY REFERENCES case_file (reception_no),
  sealed BLOB NOT NULL CHECK (length(sealed) = 72)
) STRICT;
";

/// What stands in the place of a destroyed key.
const DESTROYED: [u8; SEALED_KEY_BYTES] = [0; SEALED_KEY_BYTES];

/// Adds the key of a new case, which must be the newest row.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    reception_no: i64,
    sealed: &[u8; SEALED_KEY_BYTES],
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO case_key (reception_no, sealed) VALUES (?1, ?2)",
        params![reception_no, sealed],
    )?;
    Ok(())
}

/// The sealed key of a case.
///
/// # Errors
/// [`StoreError::CaseUnknown`], [`StoreError::CasePurged`].
pub(crate) fn sealed(
    database: &Connection,
    case: CaseId,
) -> Result<[u8; SEALED_KEY_BYTES], StoreError> {
    let sealed: [u8; SEALED_KEY_BYTES] = database
        .prepare_cached(
            "SELECT k.sealed FROM case_key k JOIN case_file f USING (reception_no) WHERE f.id = ?1",
        )?
        .query_row([case.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::CaseUnknown)?;
    if sealed == DESTROYED { Err(StoreError::CasePurged) } else { Ok(sealed) }
}

/// Overwrites the key of a case.
pub(crate) fn destroy(transaction: &Transaction<'_>, case: CaseId) -> Result<(), StoreError> {
    transaction.execute(
        "UPDATE case_key SET sealed = ?2
         WHERE reception_no = (SELECT reception_no FROM case_file WHERE id = ?1)",
        params![case.as_bytes(), DESTROYED],
    )?;
    Ok(())
}
