//! What goes into the journal and what comes out of it.

use std::ops::Deref;

use jiff::Timestamp;
use zeroize::Zeroizing;

use crate::account::Actor;
use crate::error::StoreError;
use crate::identity::{CaseId, Epoch, EventId, ReceptionNumber};

/// Most bytes one payload may have: a signature picture fits, a scanned document does not.
pub const PAYLOAD_BYTES_MAX: usize = 8 * 1024 * 1024;

/// Most characters an event kind may have.
pub const KIND_CHARS_MAX: usize = 64;

/// The kinds that the store itself writes. Reserved: no caller can append them.
pub mod audit {
    /// The store was made; first event of every journal.
    pub const STORE_CREATED: &str = "store-created";
    /// An account signed in.
    pub const SIGNED_IN: &str = "signed-in";
    /// The account signed out.
    pub const SIGNED_OUT: &str = "signed-out";
    /// An account was added.
    pub const ACCOUNT_ADDED: &str = "account-added";
    /// An account was deactivated and its key slot destroyed.
    pub const ACCOUNT_DEACTIVATED: &str = "account-deactivated";
    /// Somebody changed the own passphrase.
    pub const PASSPHRASE_CHANGED: &str = "passphrase-changed";
    /// A supervisor set the passphrase of another account.
    pub const PASSPHRASE_RESET: &str = "passphrase-reset";
    /// A key that opens sheets or slips was added.
    pub const OPENING_KEY_ADDED: &str = "opening-key-added";
    /// The last day of an opening key was set.
    pub const OPENING_KEY_RETIRED: &str = "opening-key-retired";
    /// The secret half of a retired opening key was destroyed.
    pub const OPENING_KEY_DESTROYED: &str = "opening-key-destroyed";
    /// The key of a case was destroyed. The only event of a case that the case key does not seal.
    pub const CASE_PURGED: &str = "case-purged";

    /// All of them.
    pub(crate) const RESERVED: [&str; 11] = [
        STORE_CREATED,
        SIGNED_IN,
        SIGNED_OUT,
        ACCOUNT_ADDED,
        ACCOUNT_DEACTIVATED,
        PASSPHRASE_CHANGED,
        PASSPHRASE_RESET,
        OPENING_KEY_ADDED,
        OPENING_KEY_RETIRED,
        OPENING_KEY_DESTROYED,
        CASE_PURGED,
    ];
}

/// An event about to be written.
#[derive(Clone, Copy)]
pub struct NewEvent<'a> {
    /// What happened, as in `DocumentRead`. Stays readable after a purge: never put data into it.
    pub kind: &'a str,
    /// The sealed part; any bytes.
    pub payload: &'a [u8],
}

impl NewEvent<'_> {
    /// Refuses what the journal must not hold.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if self.kind.is_empty()
            || self.kind.len() > KIND_CHARS_MAX
            || !self.kind.chars().all(allowed)
            || audit::RESERVED.contains(&self.kind)
        {
            return Err(StoreError::KindInvalid);
        }
        check_payload(self.payload)
    }
}

/// Refuses a payload larger than a row should be.
pub(crate) fn check_payload(payload: &[u8]) -> Result<(), StoreError> {
    if payload.len() > PAYLOAD_BYTES_MAX { Err(StoreError::PayloadTooLarge) } else { Ok(()) }
}

/// The receipt of an event that is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recorded {
    /// The event's id.
    pub event_id: EventId,
    /// Its place in the journal: 1, 2, 3, … without gaps.
    pub seq: u64,
    /// Its place in the case: 1, 2, 3, …; 0 for an event that belongs to no case.
    pub case_rev: u64,
}

/// An opened payload. Wiped when dropped; has neither `Debug` nor `Serialize`, because it may hold
/// a resident's data.
pub struct Payload(Zeroizing<Vec<u8>>);

impl Payload {
    /// Takes over what came out of a seal.
    pub(crate) fn new(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }
}

impl Deref for Payload {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

/// An event of a case, opened. No `Debug`, because of the payload.
pub struct RecordedEvent {
    /// Place in the journal.
    pub seq: u64,
    /// The event's id.
    pub event_id: EventId,
    /// Place in the case.
    pub case_rev: u64,
    /// When it happened, by the counter's clock. For people; order is `seq`.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub kind: String,
    /// The data, as it was given.
    pub payload: Payload,
}

/// One line of the audit: who did what, when, in which case. Holds nothing of a case's data.
pub struct JournalEntry {
    /// Place in the journal.
    pub seq: u64,
    /// The event's id.
    pub event_id: EventId,
    /// The case, if the event belongs to one.
    pub case: Option<CaseId>,
    /// Place in the case; 0 without a case.
    pub case_rev: u64,
    /// The opening of the store in which it was written.
    pub epoch: Epoch,
    /// When it happened, by the counter's clock.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What happened.
    pub kind: String,
    /// The payload of an event that the store key seals: events without a case, and the reason of
    /// a purge. `None` for the events of a case: those are read with [`Store::events`].
    ///
    /// [`Store::events`]: crate::Store::events
    pub detail: Option<Payload>,
}

/// A case as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseHead {
    /// The case's id.
    pub id: CaseId,
    /// The number it is called by.
    pub reception: ReceptionNumber,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was last closed; retention counts from here.
    pub closed_at: Option<Timestamp>,
    /// When its key was destroyed.
    pub purged_at: Option<Timestamp>,
    /// The kind of its newest event.
    pub last_kind: String,
    /// How many events it has, the purge included.
    pub events: u64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_short_words_that_the_store_does_not_use_itself() {
        let code = |kind| NewEvent { kind, payload: b"" }.check().err().map(|e| e.code());
        for good in ["CaseOpened", "list-viewed", "handover.v2"] {
            assert_eq!(code(good), None, "{good}");
        }
        for bad in ["", "案件", "a b", "signed-in", "case-purged", &"k".repeat(65)] {
            assert_eq!(code(bad), Some("kind-invalid"), "{bad}");
        }
    }

    #[test]
    fn a_payload_has_a_largest_size() {
        assert!(check_payload(&vec![0; PAYLOAD_BYTES_MAX]).is_ok());
        assert!(check_payload(&vec![0; PAYLOAD_BYTES_MAX + 1]).is_err());
    }
}
