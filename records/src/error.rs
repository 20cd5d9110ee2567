//! What can go wrong with a store, each with a stable code a screen can act on.
//!
//! A message names the step, never a value: no account, case, payload or key is ever in an error.

use std::error::Error;
use std::io;

use rusqlite::ErrorCode;

/// Why a store did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The folder holds no store.
    #[error("there is no case journal in this folder")]
    Missing,
    /// The folder holds a store already; it is never overwritten.
    #[error("this folder holds a case journal already")]
    Exists,
    /// The account and the passphrase do not open this store. Deliberately the same for an unknown
    /// account, a deactivated one and a wrong passphrase.
    #[error("the account or the passphrase is wrong")]
    WrongPassphrase,
    /// `keys.json` is missing, unreadable or outside its limits; a copy of that file mends it.
    #[error("the key file is damaged: {0}")]
    KeysDamaged(&'static str),
    /// The database is not what its key says it is, or a row in it cannot be right.
    #[error("the case journal is damaged: {what}")]
    Damaged {
        /// Which expectation failed.
        what: &'static str,
        /// The engine's own report, where there is one.
        #[source]
        source: Option<rusqlite::Error>,
    },
    /// Another process, or another handle of this one, has the store open.
    #[error("the case journal is in use by another program")]
    Busy,
    /// The disk is full; nothing of the refused step was kept.
    #[error("the disk is full")]
    Full,
    /// The disk or folder cannot be written.
    #[error("the case journal cannot be written here")]
    ReadOnly,
    /// The disk failed, or the file system lacks what a store needs.
    #[error("the disk or the file system failed")]
    Io(#[source] Box<dyn Error + Send + Sync>),
    /// A newer build wrote this store.
    #[error("{file} has format {found}; this build reads up to {supported}")]
    SchemaNewer {
        /// The file that is newer than this build.
        file: &'static str,
        /// The format found.
        found: i64,
        /// The newest format this build reads.
        supported: i64,
    },
    /// No such case in this store.
    #[error("there is no such case")]
    CaseUnknown,
    /// The case was purged; its events can never be read or continued.
    #[error("the case has been purged")]
    CasePurged,
    /// The person signed in may not do this.
    #[error("this account may not do that")]
    NotAllowed,
    /// A new passphrase is shorter than [`PASSPHRASE_CHARS_MIN`](crate::PASSPHRASE_CHARS_MIN).
    #[error("the passphrase is too short")]
    PassphraseTooShort,
    /// The account exists already; account ids are never reused.
    #[error("there is an account of that id already")]
    AccountExists,
    /// No such account, or it is no longer active.
    #[error("there is no such active account")]
    AccountUnknown,
    /// The store holds this key already, or held it once.
    #[error("this key is here already")]
    KeyExists,
    /// No such opening key, or its secret half was destroyed.
    #[error("there is no such key")]
    KeyUnknown,
    /// A display name is empty, too long or holds control characters.
    #[error("a display name is 1 to 64 characters without control characters")]
    DisplayNameInvalid,
    /// An event kind is malformed, or reserved for the store itself.
    #[error("an event kind is 1 to 64 ASCII letters, digits, '-', '_' or '.', and not reserved")]
    KindInvalid,
    /// A payload is larger than [`PAYLOAD_BYTES_MAX`](crate::PAYLOAD_BYTES_MAX).
    #[error("the payload is too large")]
    PayloadTooLarge,
    /// The system gives no random numbers; no key may be made without them.
    #[error("the system gives no random numbers")]
    NoRandomness,
}

impl StoreError {
    /// The stable code of this failure (kebab-case), part of the command line's contract.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Missing => "store-missing",
            Self::Exists => "store-exists",
            Self::WrongPassphrase => "wrong-passphrase",
            Self::KeysDamaged(_) => "keys-damaged",
            Self::Damaged { .. } => "store-damaged",
            Self::Busy => "store-busy",
            Self::Full => "store-full",
            Self::ReadOnly => "store-read-only",
            Self::Io(_) => "store-io",
            Self::SchemaNewer { .. } => "schema-newer",
            Self::CaseUnknown => "case-unknown",
            Self::CasePurged => "case-purged",
            Self::NotAllowed => "not-allowed",
            Self::PassphraseTooShort => "passphrase-too-short",
            Self::AccountExists => "account-exists",
            Self::AccountUnknown => "account-unknown",
            Self::KeyExists => "key-exists",
            Self::KeyUnknown => "key-not-held",
            Self::DisplayNameInvalid => "display-name-invalid",
            Self::KindInvalid => "kind-invalid",
            Self::PayloadTooLarge => "payload-too-large",
            Self::NoRandomness => "no-randomness",
        }
    }

    /// A row or file that breaks an expectation of ours, without an engine error behind it.
    pub(crate) fn damaged(what: &'static str) -> Self {
        Self::Damaged { what, source: None }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Self::ReadOnly,
            Some(
                ErrorCode::SystemIoFailure
                | ErrorCode::CannotOpen
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::NoLargeFileSupport
                | ErrorCode::OutOfMemory,
            ) => Self::Io(Box::new(source)),
            _ => Self::Damaged {
                what: "the database refused a statement or holds a value of the wrong type",
                source: Some(source),
            },
        }
    }
}

impl From<io::Error> for StoreError {
    fn from(source: io::Error) -> Self {
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => Self::ReadOnly,
            _ => Self::Io(Box::new(source)),
        }
    }
}

impl From<getrandom::Error> for StoreError {
    fn from(_: getrandom::Error) -> Self {
        Self::NoRandomness
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn engine(code: i32) -> StoreError {
        StoreError::from(rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(code), None))
    }

    #[test]
    fn engine_errors_become_the_code_a_screen_can_act_on() {
        for (engine_code, code) in [
            (rusqlite::ffi::SQLITE_BUSY, "store-busy"),
            (rusqlite::ffi::SQLITE_FULL, "store-full"),
            (rusqlite::ffi::SQLITE_READONLY, "store-read-only"),
            (rusqlite::ffi::SQLITE_IOERR_FSYNC, "store-io"),
            (rusqlite::ffi::SQLITE_CORRUPT, "store-damaged"),
            (rusqlite::ffi::SQLITE_NOTADB, "store-damaged"),
        ] {
            assert_eq!(engine(engine_code).code(), code);
        }
    }

    #[test]
    fn file_errors_become_the_same_codes() {
        for (kind, code) in [
            (io::ErrorKind::StorageFull, "store-full"),
            (io::ErrorKind::PermissionDenied, "store-read-only"),
            (io::ErrorKind::ReadOnlyFilesystem, "store-read-only"),
            (io::ErrorKind::Other, "store-io"),
        ] {
            assert_eq!(StoreError::from(io::Error::from(kind)).code(), code);
        }
    }
}
