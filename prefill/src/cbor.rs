//! CBOR as this format allows it: the deterministic encoding of RFC 8949 §4.2.1, and nothing else.
//!
//! The reader takes definite lengths, integers of 64 bits, text, bytes, arrays, maps, `true`, `false`, `null` and
//! `undefined`; floats, tags, other simple values, more than [`DEPTH_MAX`] levels, keys that stand twice or out of
//! order, lengths longer than needed and bytes after the end are refused. No allocation is larger than the input
//! justifies.

use minicbor::data::Type;
use minicbor::{Decoder, Encoder};

/// How many levels arrays and maps may lie in one another.
pub const DEPTH_MAX: usize = 8;

/// One value.
#[derive(Clone, PartialEq, Eq)]
pub enum Item {
    /// `true` or `false`.
    Bool(bool),
    /// An integer, either sign.
    Integer(i64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// A list.
    Array(Vec<Item>),
    /// Keys and values, in the order of the encoded keys.
    Map(Vec<(Item, Item)>),
    /// `null`.
    Null,
    /// `undefined` (0xf7).
    Undefined,
}

/// Why bytes are not a value of this format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CborError {
    /// Ends too early, or is not CBOR.
    #[error("not CBOR")]
    Malformed,
    /// A float, a tag, an indefinite length, or another kind that the format does not use.
    #[error("a kind of value that the format does not use")]
    Kind,
    /// Too many levels.
    #[error("too many levels")]
    Depth,
    /// A key twice or out of order, or a number written longer than needed.
    #[error("not the deterministic encoding")]
    NotDeterministic,
    /// Bytes after the end.
    #[error("bytes after the end")]
    Trailing,
}

/// Reads one value that fills the input.
pub fn read(bytes: &[u8]) -> Result<Item, CborError> {
    let mut decoder = Decoder::new(bytes);
    let item = item(&mut decoder, DEPTH_MAX)?;
    if decoder.position() != bytes.len() {
        return Err(CborError::Trailing);
    }
    // What else could be written in two ways shows when it is written again.
    if write(&item) != bytes {
        return Err(CborError::NotDeterministic);
    }
    Ok(item)
}

/// The deterministic encoding; maps are put in order.
pub fn write(item: &Item) -> Vec<u8> {
    let mut encoder = Encoder::new(Vec::new());
    put(&mut encoder, item);
    encoder.into_writer()
}

fn item(decoder: &mut Decoder<'_>, levels: usize) -> Result<Item, CborError> {
    let malformed = |_| CborError::Malformed;
    let left = decoder.input().len().saturating_sub(decoder.position());
    Ok(match decoder.datatype().map_err(malformed)? {
        Type::Bool => Item::Bool(decoder.bool().map_err(malformed)?),
        Type::U8
        | Type::U16
        | Type::U32
        | Type::U64
        | Type::I8
        | Type::I16
        | Type::I32
        | Type::I64 => Item::Integer(decoder.i64().map_err(malformed)?),
        Type::Bytes => Item::Bytes(decoder.bytes().map_err(malformed)?.to_vec()),
        Type::String => Item::Text(decoder.str().map_err(malformed)?.to_owned()),
        Type::Array => {
            let levels = levels.checked_sub(1).ok_or(CborError::Depth)?;
            let count = count(decoder.array().map_err(malformed)?, left)?;
            let items: Result<_, _> = (0..count).map(|_| item(decoder, levels)).collect();
            Item::Array(items?)
        }
        Type::Map => {
            let levels = levels.checked_sub(1).ok_or(CborError::Depth)?;
            let count = count(decoder.map().map_err(malformed)?, left / 2)?;
            Item::Map(pairs(decoder, count, levels)?)
        }
        Type::Null => {
            decoder.null().map_err(malformed)?;
            Item::Null
        }
        Type::Undefined => {
            decoder.undefined().map_err(malformed)?;
            Item::Undefined
        }
        _ => return Err(CborError::Kind),
    })
}

/// The keys must rise strictly: that is the order of the format, and it leaves no key twice.
fn pairs(
    decoder: &mut Decoder<'_>,
    count: usize,
    levels: usize,
) -> Result<Vec<(Item, Item)>, CborError> {
    let mut pairs = Vec::new();
    let mut last: Option<Vec<u8>> = None;
    for _ in 0..count {
        let start = decoder.position();
        let key = item(decoder, levels)?;
        let encoded = decoder.input().get(start..decoder.position()).unwrap_or_default().to_vec();
        if last.is_some_and(|last| last >= encoded) {
            return Err(CborError::NotDeterministic);
        }
        last = Some(encoded);
        pairs.push((key, item(decoder, levels)?));
    }
    Ok(pairs)
}

/// A length that the rest of the input can hold; every item takes a byte at least.
fn count(declared: Option<u64>, left: usize) -> Result<usize, CborError> {
    let declared = declared.ok_or(CborError::Kind)?;
    usize::try_from(declared).ok().filter(|count| *count <= left).ok_or(CborError::Malformed)
}

fn put(encoder: &mut Encoder<Vec<u8>>, item: &Item) {
    // Writing into a vector cannot fail: the error type has no values.
    let _infallible = match item {
        Item::Bool(value) => encoder.bool(*value),
        Item::Integer(value) => encoder.i64(*value),
        Item::Bytes(bytes) => encoder.bytes(bytes),
        Item::Text(text) => encoder.str(text),
        Item::Null => encoder.null(),
        Item::Undefined => encoder.undefined(),
        Item::Array(items) => {
            let _infallible = encoder.array(items.len().try_into().unwrap_or(u64::MAX));
            items.iter().for_each(|item| put(encoder, item));
            return;
        }
        Item::Map(pairs) => {
            let mut pairs: Vec<(Vec<u8>, &Item)> =
                pairs.iter().map(|(key, value)| (write(key), value)).collect();
            pairs.sort_by(|one, other| one.0.cmp(&other.0));
            let _infallible = encoder.map(pairs.len().try_into().unwrap_or(u64::MAX));
            for (key, value) in pairs {
                encoder.writer_mut().extend_from_slice(&key);
                put(encoder, value);
            }
            return;
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(hex: &str) -> CborError {
        read(&hex::decode(hex).unwrap()).err().unwrap_or_else(|| panic!("{hex} is taken"))
    }

    #[test]
    fn every_trap_of_cbor_is_refused_for_its_reason() {
        for (hex, reason) in [
            ("", CborError::Malformed),
            ("18", CborError::Malformed),
            ("62e38182", CborError::Malformed),
            ("61ff", CborError::Malformed),
            ("9b7fffffffffffffff", CborError::Malformed),
            ("5affffffff00", CborError::Malformed),
            ("1bffffffffffffffff", CborError::Malformed),
            ("f90000", CborError::Kind),
            ("fa00000000", CborError::Kind),
            ("fb0000000000000000", CborError::Kind),
            ("c000", CborError::Kind),
            ("e0", CborError::Kind),
            ("f820", CborError::Kind),
            ("9fff", CborError::Kind),
            ("bfff", CborError::Kind),
            ("7fff", CborError::Kind),
            ("5fff", CborError::Kind),
            ("ff", CborError::Kind),
            ("8181818181818181", CborError::Malformed),
            ("81818181818181818100", CborError::Depth),
            ("a200000000", CborError::NotDeterministic),
            ("a201000000", CborError::NotDeterministic),
            ("1800", CborError::NotDeterministic),
            ("190001", CborError::NotDeterministic),
            ("3800", CborError::NotDeterministic),
            ("7800", CborError::NotDeterministic),
            ("9800", CborError::NotDeterministic),
            ("b800", CborError::NotDeterministic),
            ("0000", CborError::Trailing),
        ] {
            assert_eq!(refused(hex), reason, "{hex}");
        }
    }

    #[test]
    fn keys_stand_in_the_order_of_their_bytes() {
        let text = |text: &str| Item::Text(text.to_owned());
        let map = Item::Map(vec![
            (text("b"), Item::Null),
            (text("aa"), Item::Undefined),
            (Item::Integer(24), Item::Bool(true)),
            (Item::Integer(-1), Item::Bool(false)),
            (Item::Integer(3), Item::Array(vec![])),
        ]);
        let bytes = write(&map);
        assert_eq!(hex::encode(&bytes), "a503801818f520f46162f6626161f7");
        assert!(read(&bytes).is_ok());
    }
}
