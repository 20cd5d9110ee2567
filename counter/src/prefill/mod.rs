//! Pre-filling (事前入力) headless: keys, a household's answers as codes, and codes as a facts file again.

mod files;
mod keys;
mod sheet;

pub(crate) use files::public_key;

pub use keys::{Generated, HeldKeyLine, Keyring, ListedKeys, keygen};
pub use sheet::{Decoded, Decoding, Encoded, Encoding, decode, encode};
