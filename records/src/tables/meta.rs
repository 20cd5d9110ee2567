//! `meta`: the one row that says which counter this is. The schema version is `PRAGMA user_version`.

use jiff::Timestamp;
use rusqlite::{Connection, Transaction, params};

use crate::error::StoreError;
use crate::identity::CounterLetter;

pub(crate) const DDL: &str = "
CREATE TABLE meta (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  counter TEXT NOT NULL CHECK (length(counter) = 1),
  created_at TEXT NOT NULL
) STRICT;
";

/// Writes the row of a new store.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    counter: CounterLetter,
    created_at: Timestamp,
) -> Result<(), StoreError> {
    transaction.execute(
        "INSERT INTO meta (only, counter, created_at) VALUES (1, ?1, ?2)",
        params![counter.to_string(), created_at.to_string()],
    )?;
    Ok(())
}

/// The letter of this counter.
pub(crate) fn counter(database: &Connection) -> Result<CounterLetter, StoreError> {
    let letter: String = database.query_row("SELECT counter FROM meta", [], |row| row.get(0))?;
    letter.parse().map_err(|_| StoreError::damaged("the counter letter is none"))
}
