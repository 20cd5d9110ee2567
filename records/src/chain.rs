//! The hash chain over the journal (改ざん検知). A separate verifier is written against this page.
//!
//! ```text
//! hash(0) = 32 zero bytes
//! hash(n) = SHA-256( "kakanai/journal/v1" || hash(n-1) || header(n) || sealed(n) )
//! ```
//!
//! `header(n)` is the following fields of row *n*, in this order, each as its length in bytes (4 bytes,
//! big-endian) and then its bytes exactly as the row holds them, never parsed and written again:
//!
//! | # | column | bytes |
//! |---|---|---|
//! | 1 | `seq` | 8, big-endian |
//! | 2 | `event_id` | 16 |
//! | 3 | `case_id` | 16; 0 when the column is NULL |
//! | 4 | `case_rev` | 8, big-endian |
//! | 5 | `epoch` | 16 |
//! | 6 | `at` | RFC 3339 in UTC, as text |
//! | 7 | `account` | text |
//! | 8 | `role` | text |
//! | 9 | `kind` | text |
//!
//! `sealed(n)` is the sealed payload with its nonce and tag, so the chain holds after a purge. `seq` is
//! 1, 2, 3, … without gaps. The head is the last hash as 64 lower-case hexadecimal digits; for an
//! empty journal, of `hash(0)`.
//!
//! The chain shows an edit to everybody who knows a later head. It cannot stop somebody who holds the
//! store key from writing a whole new chain, or from cutting off its end with care: for that the head
//! has to be kept elsewhere too (paper, hub, exports).

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::tables::journal;

/// Domain of the chain; another layout would need another one.
const JOURNAL_DOMAIN: &[u8] = b"kakanai/journal/v1";

/// One link of the chain.
pub(crate) type Hash = [u8; 32];

/// What the first event's hash builds on.
pub(crate) const GENESIS: Hash = [0; 32];

/// The chained part of a row beside its sealed payload: the bytes of the columns, as stored.
#[derive(Clone, Copy)]
pub(crate) struct Header<'a> {
    pub(crate) seq: i64,
    pub(crate) event_id: &'a [u8],
    pub(crate) case_id: &'a [u8],
    pub(crate) case_rev: i64,
    pub(crate) epoch: &'a [u8],
    pub(crate) at: &'a [u8],
    pub(crate) account: &'a [u8],
    pub(crate) role: &'a [u8],
    pub(crate) kind: &'a [u8],
}

impl Header<'_> {
    fn canonical_bytes(&self) -> Vec<u8> {
        fields(&[
            &self.seq.to_be_bytes(),
            self.event_id,
            self.case_id,
            &self.case_rev.to_be_bytes(),
            self.epoch,
            self.at,
            self.account,
            self.role,
            self.kind,
        ])
    }

    /// The hash of this row after `previous`.
    pub(crate) fn link(&self, previous: &Hash, sealed: &[u8]) -> Hash {
        Sha256::new()
            .chain_update(JOURNAL_DOMAIN)
            .chain_update(previous)
            .chain_update(self.canonical_bytes())
            .chain_update(sealed)
            .finalize()
            .into()
    }
}

/// Joins fields so that no two lists give the same bytes: each as length (4 bytes, big-endian) and bytes.
pub(crate) fn fields(parts: &[&[u8]]) -> Vec<u8> {
    let mut joined = Vec::with_capacity(parts.iter().map(|part| 4 + part.len()).sum());
    for part in parts {
        // No column reaches 4 GiB: SQLite's largest value is 2 GB.
        joined.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
        joined.extend_from_slice(part);
    }
    joined
}

/// What a walk over the whole chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChainReport {
    /// How many events are sound, counted from the first.
    pub events: u64,
    /// The hash of the last sound event, as hexadecimal digits.
    pub head: String,
    /// The place of the first event that is changed, missing or not where it was written;
    /// `None` when all are sound.
    pub first_bad: Option<u64>,
}

/// Walks the chain from its first event to the first bad one or the end.
pub(crate) fn verify(database: &Connection) -> Result<ChainReport, StoreError> {
    let mut head = GENESIS;
    let mut events = 0;
    let outcome = journal::walk(database, |header, sealed, hash| {
        let sound = header.seq.unsigned_abs() == events + 1
            && header.seq > 0
            && header.link(&head, sealed).as_slice() == hash;
        if sound {
            events += 1;
            head = header.link(&head, sealed);
        }
        sound
    });
    let complete = match outcome {
        Ok(all_sound) => all_sound && journal::last_assigned(database)? == events,
        // A page that does not decrypt or a value that cannot be: the rows before it are sound.
        Err(StoreError::Damaged { .. }) => false,
        Err(error) => return Err(error),
    };
    Ok(ChainReport {
        events,
        head: hex::encode(head),
        first_bad: (!complete).then_some(events + 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_link_of_a_known_row_is_fixed_by_the_format() {
        let header = Header {
            seq: 1,
            event_id: &[1; 16],
            case_id: &[],
            case_rev: 0,
            epoch: &[2; 16],
            at: b"2026-11-20T00:00:00Z",
            account: b"hanako",
            role: b"staff",
            kind: b"store-created",
        };
        assert_eq!(header.canonical_bytes().len(), 9 * 4 + 8 + 16 + 8 + 16 + 20 + 6 + 5 + 13);
        assert_eq!(
            hex::encode(header.link(&GENESIS, b"sealed")),
            "3f66c36c107b25255456f93a60e74c8aae46e886a421027c97f2e7469f3e263a"
        );
    }

    #[test]
    fn fields_cannot_slide_into_each_other() {
        assert_ne!(fields(&[b"ab", b"c"]), fields(&[b"a", b"bc"]));
        assert_eq!(fields(&[b"ab", b""]), [0, 0, 0, 2, b'a', b'b', 0, 0, 0, 0]);
    }
}
