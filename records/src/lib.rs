//! The case journal: one append-only, encrypted, hash-chained list of events per counter.
//!
//! A case (案件) is one visit, and what happened to it is a row of events that nothing ever changes.
//! Everything else a screen shows is a fold over those events, so what this crate promises is short:
//! an event that was acknowledged is on the disk, a stolen disk tells no resident's name, an edited
//! row is seen ([`Store::verify`]), and a purged case cannot be read again.
//!
//! The crate never reads the clock (times are passed in), never interprets a payload, never opens a
//! store without its key, and has no code that writes an unencrypted database. Layouts that another
//! program must agree with are written down in `FORMAT.md`.
//!
//! ```text
//! passphrase ──Argon2id──▶ opens a key slot (keys.json) ──▶ store key ──▶ SQLCipher (store.db)
//!                                                              └─HKDF──▶ seals case keys and audit events
//!                                                   case key (one per case) ──▶ seals the case's events
//! ```

mod account;
mod chain;
mod database;
mod error;
mod event;
mod folder;
mod identity;
mod key_slots;
mod opening_key;
mod passphrase;
mod safe_file;
mod seal;
mod store;
mod tables;

pub use account::{Account, Actor, Role};
pub use chain::ChainReport;
pub use database::SCHEMA_VERSION;
pub use error::StoreError;
pub use event::{
    CaseHead, JournalEntry, KIND_CHARS_MAX, NewEvent, PAYLOAD_BYTES_MAX, Payload, Recorded,
    RecordedEvent, audit,
};
pub use identity::{
    AccountId, CaseId, CounterLetter, Epoch, EventId, IdentityError, ReceptionNumber,
};
pub use opening_key::{HeldKey, KeyPurpose, OpeningSecret};
pub use passphrase::{PASSPHRASE_CHARS_MIN, Passphrase};
pub use store::{NewStore, Store};
