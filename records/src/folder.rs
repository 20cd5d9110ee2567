//! The folder of a store: which files are in it, and the lock that keeps writers apart.
//!
//! `keys.json` decides: a folder that has it holds a store. A new database is finished under another
//! name first, then `keys.json` is put in place, then the database gets its name; a power cut in
//! between leaves either no store or one whose opening finishes the last step.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use crate::error::StoreError;
use crate::safe_file;

/// How often the lock is tried, and the pause between tries: half a second in all.
const LOCK_TRIES: u32 = 25;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The paths of one store.
#[derive(Clone)]
pub(crate) struct StoreFolder(PathBuf);

/// Holds the store for this handle; the operating system lets go of it when the process dies.
pub(crate) struct WriterLock(#[expect(dead_code, reason = "held, not read")] File);

impl StoreFolder {
    /// The store in `dir`, which need not exist.
    pub(crate) fn new(dir: &Path) -> Self {
        Self(dir.to_path_buf())
    }

    /// The key slots.
    pub(crate) fn keys(&self) -> PathBuf {
        self.0.join("keys.json")
    }

    /// The database.
    pub(crate) fn database(&self) -> PathBuf {
        self.0.join("store.db")
    }

    /// The database while a store is being made.
    pub(crate) fn unfinished_database(&self) -> PathBuf {
        self.0.join("store.db.new")
    }

    /// Whether there is a store to open.
    pub(crate) fn holds_store(&self) -> bool {
        self.keys().is_file()
    }

    /// Whether opening can go on, and if not, why.
    pub(crate) fn check_openable(&self) -> Result<(), StoreError> {
        match (self.holds_store(), self.database().is_file()) {
            (true, _) => Ok(()),
            (false, true) => Err(StoreError::KeysDamaged("keys.json is missing")),
            (false, false) => Err(StoreError::Missing),
        }
    }

    /// Makes the folder, refusing one that holds a store or half of one that once was whole.
    pub(crate) fn prepare_new(&self) -> Result<WriterLock, StoreError> {
        safe_file::private_folder(&self.0)?;
        let lock = self.lock()?;
        if self.holds_store() || self.database().exists() {
            return Err(StoreError::Exists);
        }
        match fs::remove_file(self.unfinished_database()) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
            _ => Ok(lock),
        }
    }

    /// Gives a finished database its name, if making the store was cut short before that.
    pub(crate) fn finish_creation(&self) -> Result<(), StoreError> {
        if !self.database().exists() && self.unfinished_database().exists() {
            fs::rename(self.unfinished_database(), self.database())?;
            self.flush()?;
        }
        Ok(())
    }

    /// Flushes the names of the files.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        Ok(safe_file::flush_folder(&self.0)?)
    }

    /// Takes the store for this handle alone. Waits a moment: a program that was just killed, or is just starting
    /// another one, lets go of it a little later.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another handle has it, here or in another process.
    pub(crate) fn lock(&self) -> Result<WriterLock, StoreError> {
        let file = safe_file::private_file(&self.0.join("store.lock"))?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(WriterLock(file)),
                Err(TryLockError::WouldBlock) => sleep(LOCK_PAUSE),
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(StoreError::Busy)
    }
}
