//! The tables, one file each: what a row is, how it is written and how it is read.
//!
//! `journal` is the truth. `case_file` and `account` are indexes over it, kept in the same commit;
//! keys (`case_key`, `opening_key`) are the one thing that is ever destroyed.

pub(crate) mod account;
pub(crate) mod case_file;
pub(crate) mod case_key;
pub(crate) mod journal;
pub(crate) mod meta;
pub(crate) mod opening_key;

use jiff::Timestamp;

use crate::error::StoreError;

/// The tables that each schema version added, those that others refer to first. A new store gets all of them, an
/// older one what it lacks.
pub(crate) const SCHEMA: [&[&str]; 2] =
    [&[meta::DDL, account::DDL, case_file::DDL, case_key::DDL, journal::DDL], &[opening_key::DDL]];

/// A time as a row holds it.
pub(crate) fn stored_time(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::damaged("a row holds a time that is none"))
}
