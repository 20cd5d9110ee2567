//! The use cases of the counter: open a case, read a document, answer, decide, print, hand over.
//!
//! Two faces stand over this room: the windows ([`Counter`], one method per button) and the command line
//! ([`headless`] for a pack and a facts file, [`register`] for cases, [`card`] for readers, [`scan`] for pictures of codes). Both take the same
//! steps ([`Case`], [`papers`], [`printing`]), and neither holds a rule of the domain. No Tauri, no screen, and no
//! sentence in any language: what leaves here is typed, errors are codes ([`door`]), and words come from the pack.

mod answer;
mod asks;
pub mod card;
pub mod case;
mod certificate;
pub mod characters;
pub mod conflict;
pub mod door;
mod error;
pub mod event;
mod file;
pub mod handover;
pub mod headless;
pub mod holder;
pub mod home_page;
mod identity;
pub mod papers;
mod practice;
pub mod prefill;
pub mod printers;
pub mod printing;
mod privacy;
mod proof;
pub mod register;
pub mod scan;
pub mod scanning;
mod session;
mod settings;
pub mod shelf;
pub mod slip;

pub use card::CodeDigits;
pub use case::{Case, CaseError};
pub use event::CaseEvent;
pub use kakanai_hardware::card::{CodeB, Pin};
pub use kakanai_hardware::print::Reason;
pub use kakanai_records::Passphrase;
pub use proof::{Proof, proof};
pub use session::{Counter, DisplaySize, Displays};
pub use settings::{Settings, SettingsError, local_time, today};
