//! The connection: SQLCipher with the raw store key, and the settings durability depends on.
//!
//! There is one way to open a database here, and it is with a key. A setting that did not take effect is
//! an error, because every promise of this crate leans on it.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::safe_file;
use crate::seal::StoreKey;
use crate::tables;

/// The database schema this build writes and the newest it opens.
pub const SCHEMA_VERSION: i64 = 2;

/// How long a statement waits for a foreign reader (a backup tool) to let go.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);

/// Makes a database at `path`, filled by `fill` in one transaction, and closes it again.
///
/// # Errors
/// The failing step's; a file that is left behind holds nothing that was acknowledged.
pub(crate) fn create(
    path: &Path,
    key: &StoreKey,
    fill: impl FnOnce(&Transaction<'_>) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    drop(safe_file::private_file(path)?);
    let mut database = keyed(path, key)?;
    let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
    upgrade(&transaction, 0)?;
    fill(&transaction)?;
    transaction.commit()?;
    database.close().map_err(|(_, error)| error.into())
}

/// Opens the database at `path` for writing.
///
/// # Errors
/// [`StoreError::Damaged`] when the key does not fit, [`StoreError::SchemaNewer`] when a newer build
/// wrote it.
pub(crate) fn open(path: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    if !path.is_file() {
        return Err(StoreError::damaged("store.db is missing"));
    }
    let mut database = keyed(path, key)?;
    let version = checked_version(&database)?;
    let journal: String =
        database.pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))?;
    if journal != "wal" {
        return Err(StoreError::Io("the file system offers no write-ahead log".into()));
    }
    database.execute_batch(tables::journal::BY_KIND)?;
    // Finishes what a power cut after a purge may have left undone.
    truncate_log(&database)?;
    if version < SCHEMA_VERSION {
        let transaction = database.transaction_with_behavior(TransactionBehavior::Immediate)?;
        upgrade(&transaction, version)?;
        transaction.commit()?;
    }
    Ok(database)
}

/// Moves the write-ahead log into the database and empties it, so that no older page image is left.
///
/// # Errors
/// [`StoreError::Busy`] when a foreign reader holds the log.
pub(crate) fn truncate_log(database: &Connection) -> Result<(), StoreError> {
    let busy: i64 =
        database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get("busy"))?;
    if busy == 0 { Ok(()) } else { Err(StoreError::Busy) }
}

fn keyed(path: &Path, key: &StoreKey) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let database = Connection::open_with_flags(path, flags)?;
    // The cipher's own messages go to stderr, where a counter app has no reader.
    database
        .execute_batch("PRAGMA cipher_log_level = NONE; PRAGMA cipher_memory_security = ON;")?;
    let statement = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", *key.to_hex()));
    // The engine's error would quote the statement, and with it the key.
    database
        .execute_batch(&statement)
        .map_err(|_| StoreError::damaged("the database does not take its key"))?;
    let cipher: String = database.query_row("PRAGMA cipher_version", [], |row| row.get(0))?;
    if cipher.is_empty() {
        return Err(StoreError::damaged("the database engine has no cipher"));
    }
    database.busy_timeout(BUSY_TIMEOUT)?;
    database.execute_batch(
        "PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA synchronous = FULL;
         PRAGMA temp_store = MEMORY;
         PRAGMA trusted_schema = OFF;",
    )?;
    for (setting, value) in [("foreign_keys", 1), ("secure_delete", 1), ("synchronous", 2)] {
        let found: i64 = database.pragma_query_value(None, setting, |row| row.get(0))?;
        if found != value {
            return Err(StoreError::damaged("the database engine ignores a setting"));
        }
    }
    Ok(database)
}

/// Adds what the schema versions after `from` added; rows stay as they are.
fn upgrade(transaction: &Transaction<'_>, from: i64) -> Result<(), StoreError> {
    let from = usize::try_from(from).unwrap_or_default();
    for tables in tables::SCHEMA.iter().skip(from) {
        transaction.execute_batch(&tables.concat())?;
    }
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION)?;
    Ok(())
}

fn checked_version(database: &Connection) -> Result<i64, StoreError> {
    let found: i64 = database.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > SCHEMA_VERSION {
        return Err(StoreError::SchemaNewer { file: "store.db", found, supported: SCHEMA_VERSION });
    }
    if found < 1 {
        return Err(StoreError::damaged("store.db has no schema"));
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made() -> (tempfile::TempDir, std::path::PathBuf, StoreKey) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let key = StoreKey::generate().unwrap();
        create(&path, &key, |_| Ok(())).unwrap();
        (folder, path, key)
    }

    #[test]
    fn another_key_or_a_changed_page_is_damage() {
        let (_folder, path, key) = made();
        let code = |key: &StoreKey| open(&path, key).map_err(|error| error.code()).err();
        assert_eq!(code(&StoreKey::generate().unwrap()), Some("store-damaged"));
        assert_eq!(code(&key), None);
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[2000] ^= 1;
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(code(&key), Some("store-damaged"));
    }

    #[test]
    fn a_newer_schema_is_refused_with_both_versions() {
        let (_folder, path, key) = made();
        open(&path, &key).unwrap().pragma_update(None, "user_version", 9).unwrap();
        let error = open(&path, &key).err().unwrap();
        assert_eq!(error.code(), "schema-newer");
        assert_eq!(error.to_string(), "store.db has format 9; this build reads up to 2");
    }

    #[test]
    fn an_empty_file_in_the_place_of_the_database_is_damage() {
        let (_folder, path, key) = made();
        std::fs::write(&path, b"").unwrap();
        assert_eq!(open(&path, &key).err().unwrap().code(), "store-damaged");
    }
}
