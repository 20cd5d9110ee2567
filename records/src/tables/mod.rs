//! The tables, one file each: what a row is, how it is written and how it is read.
//!
//! `journal` is the truth. `case_file` and `account` are indexes over it, kept in the same commit;
//! `case_key` is the one thing that is ever destroyed.

pub(crate) mod account;
pub(crate) mod case_file;
pub(crate) mod case_key;
pub(crate) mod journal;
pub(crate) mod meta;

use jiff::Timestamp;

use crate::error::StoreError;

/// The tables of schema version 1, those that others refer to first.
pub(crate) const SCHEMA: [&str; 5] =
    [meta::DDL, account::DDL, case_file::DDL, case_key::DDL, journal::DDL];

/// A time as a row holds it.
pub(crate) fn stored_time(text: &str) -> Result<Timestamp, StoreError> {
    text.parse().map_err(|_| StoreError::damaged("a row holds a time that is none"))
}
