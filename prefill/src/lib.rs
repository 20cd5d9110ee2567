//! Pre-filling (事前入力): the resident's answers become sealed QR codes, and the codes become facts again.
//!
//! Pure: no clock, files, network or randomness; days and 32 random bytes come in as arguments. The same code runs on
//! the page at home and at the counter. The layers, from the inside out: a body ([`Submission`], deterministic CBOR,
//! [`cbor`]), packed and sealed ([`message`]), cut into parts written in digits ([`Parts`]), drawn ([`modules`]).
//! `docs/formats/prefill.md` specifies all of them. Whatever a code contains is read as if a stranger had written it:
//! bounded, typed, refused with a stable code, never a panic.

mod answer;
pub mod cbor;
mod characters;
mod code;
mod import;
mod key;
pub mod message;
mod part;
mod refusal;
mod sheet;
pub mod slip;
mod submission;

pub use answer::{Answers, Given, Why};
pub use characters::TEXT_MAX;
pub use code::{Medium, Modules, NoCode, modules};
pub use import::{Imported, Refused};
pub use key::{KeyError, OpeningKey, PublicKey, Purpose, keypair, pair_for};
pub use part::{Added, MARK, PARTS_MAX, Parts, Progress};
pub use refusal::{EncodeError, OpenError};
pub use sheet::{Making, Sheet, encode, municipality, submission};
pub use submission::{FORMAT, PackMark, Submission, VALID_DAYS, VALID_MAX_DAYS, Validity, open};
