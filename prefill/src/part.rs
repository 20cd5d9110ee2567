//! Parts: a message cut into codes that may be read in any order, any number of times, and joined again.
//!
//! Part = `0x01 | set id (4) | index from 0 | n | chunk | CRC-32 (4, big-endian)`; the set id is the first four bytes
//! of the message's SHA-256. As text: [`MARK`], then each 7 bytes as 17 digits. Digits, because a scanner that acts
//! as a keyboard cannot damage them, whatever the layout or the input method.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::message::MESSAGE_MAX;

/// What every text begins with.
pub const MARK: &str = "46491";
/// Most parts of a message.
pub const PARTS_MAX: usize = 16;
/// Longest text that is looked at, in characters.
pub const TEXT_MAX: usize = 2_953;
/// Bytes of a part besides its chunk.
pub(crate) const HEADER_AND_CHECK: usize = 11;

const FORMAT: u8 = 1;
/// Digits of 1 to 7 bytes.
const DIGITS: [usize; 7] = [3, 5, 8, 10, 13, 15, 17];

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Added {
    /// Somebody else's code: an address, a payment slip.
    NotOurs,
    /// Ours by its mark, but not whole; or whole parts that do not join to a message.
    Damaged,
    /// Whole, of a format of a newer program.
    Newer,
    /// A part that was missing. `index` counts from 1, as printed.
    New {
        /// Which part.
        index: u8,
        /// Of how many.
        of: u8,
    },
    /// A part that was there already.
    Repeated {
        /// Which part.
        index: u8,
        /// Of how many.
        of: u8,
    },
    /// A part of another sheet; not taken. The caller asks whether to start over.
    Foreign,
    /// Says to be a part that is there, with other contents; not taken.
    Conflict {
        /// Which part.
        index: u8,
    },
}

/// Which parts are there.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Progress {
    /// The parts that are there, from 1, in order.
    pub have: Vec<u8>,
    /// Of how many; 0 while none is there.
    pub of: u8,
}

/// Collects the parts of one message.
#[derive(Clone, Default)]
pub struct Parts {
    set: Option<([u8; 4], u8)>,
    chunks: BTreeMap<u8, Vec<u8>>,
}

struct Part<'a> {
    set: [u8; 4],
    index: u8,
    of: u8,
    chunk: &'a [u8],
}

impl Parts {
    /// Nothing read yet.
    pub fn new() -> Parts {
        Parts::default()
    }

    /// Takes the text of a code, as a scanner or a decoder gives it; full-width digits and white space at the ends
    /// are folded.
    pub fn add(&mut self, text: &str) -> Added {
        let bytes = match bytes_of(text) {
            Ok(bytes) => bytes,
            Err(added) => return added,
        };
        let part = match whole(&bytes) {
            Ok(part) => part,
            Err(added) => return added,
        };
        let (index, of) = (part.index.saturating_add(1), part.of);
        if self.set.is_some_and(|set| set != (part.set, part.of)) {
            return Added::Foreign;
        }
        if let Some(chunk) = self.chunks.get(&part.index) {
            return if chunk == part.chunk {
                Added::Repeated { index, of }
            } else {
                Added::Conflict { index }
            };
        }
        let length: usize = self.chunks.values().map(Vec::len).sum();
        if length.saturating_add(part.chunk.len()) > MESSAGE_MAX {
            return Added::Damaged;
        }
        self.set = Some((part.set, of));
        self.chunks.insert(part.index, part.chunk.to_vec());
        if self.is_complete() && set_id(&self.joined()) != part.set {
            // Each part was whole, together they are not what was cut: nobody can say which is wrong.
            self.start_over();
            return Added::Damaged;
        }
        Added::New { index, of }
    }

    /// What is there.
    pub fn state(&self) -> Progress {
        Progress {
            have: self.chunks.keys().map(|index| index.saturating_add(1)).collect(),
            of: self.set.map_or(0, |(_, of)| of),
        }
    }

    /// The message, when every part is there.
    pub fn message(&self) -> Option<Vec<u8>> {
        self.is_complete().then(|| self.joined())
    }

    /// Forgets what was read.
    pub fn start_over(&mut self) {
        *self = Parts::default();
    }

    fn is_complete(&self) -> bool {
        self.set.is_some_and(|(_, of)| self.chunks.len() == usize::from(of))
    }

    fn joined(&self) -> Vec<u8> {
        self.chunks.values().flatten().copied().collect()
    }
}

/// Cuts a message into texts.
pub(crate) fn split(message: &[u8], parts: usize) -> Vec<String> {
    let chunk = message.len().div_ceil(parts.max(1)).max(1);
    let chunks: Vec<&[u8]> = message.chunks(chunk).collect();
    let of = chunks.len().try_into().unwrap_or(u8::MAX);
    let set = set_id(message);
    (0..of).zip(chunks).map(|(index, chunk)| text(set, index, of, chunk)).collect()
}

fn text(set: [u8; 4], index: u8, of: u8, chunk: &[u8]) -> String {
    let mut part = vec![FORMAT];
    part.extend_from_slice(&set);
    part.extend_from_slice(&[index, of]);
    part.extend_from_slice(chunk);
    part.extend_from_slice(&crc32fast::hash(&part).to_be_bytes());
    let mut text = MARK.to_owned();
    for group in part.chunks(DIGITS.len()) {
        let digits = width(group.len());
        text.push_str(&format!("{:0digits$}", number(group)));
    }
    text
}

/// The part that bytes are, when they are whole.
fn whole(bytes: &[u8]) -> Result<Part<'_>, Added> {
    let (part, check) = bytes.split_last_chunk::<4>().ok_or(Added::Damaged)?;
    if crc32fast::hash(part) != u32::from_be_bytes(*check) {
        return Err(Added::Damaged);
    }
    let (header, chunk) = part.split_first_chunk::<7>().ok_or(Added::Damaged)?;
    let [format, s0, s1, s2, s3, index, of] = *header;
    if format != FORMAT {
        return Err(Added::Newer);
    }
    if chunk.is_empty() || index >= of || usize::from(of) > PARTS_MAX {
        return Err(Added::Damaged);
    }
    Ok(Part { set: [s0, s1, s2, s3], index, of, chunk })
}

/// The bytes that a text's digits are.
fn bytes_of(text: &str) -> Result<Vec<u8>, Added> {
    let text = text.trim();
    if text.chars().nth(TEXT_MAX).is_some() {
        return Err(Added::NotOurs);
    }
    let folded: String = text.chars().map(half_width).collect();
    let digits = folded.strip_prefix(MARK).ok_or(Added::NotOurs)?.as_bytes();
    let mut bytes = Vec::new();
    for group in digits.chunks(width(DIGITS.len())) {
        let length = DIGITS.iter().position(|digits| *digits == group.len());
        let length = length.ok_or(Added::Damaged)?.saturating_add(1);
        let number = parse(group).filter(|number| number >> (8 * length) == 0);
        let whole = number.ok_or(Added::Damaged)?.to_be_bytes();
        bytes.extend(whole.iter().skip(whole.len().saturating_sub(length)));
    }
    Ok(bytes)
}

/// Digits of so many bytes.
pub(crate) fn digits_for(bytes: usize) -> usize {
    bytes / DIGITS.len() * width(DIGITS.len()) + width(bytes % DIGITS.len())
}

fn width(bytes: usize) -> usize {
    bytes.checked_sub(1).and_then(|at| DIGITS.get(at)).copied().unwrap_or(0)
}

fn number(group: &[u8]) -> u64 {
    group.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

fn parse(digits: &[u8]) -> Option<u64> {
    digits.iter().try_fold(0_u64, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u64::from(digit.wrapping_sub(b'0')))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

/// An input method may have made a digit full-width.
fn half_width(c: char) -> char {
    match c {
        '０'..='９' => u32::from(c).checked_sub(0xfee0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// The first four bytes of a message's SHA-256.
fn set_id(message: &[u8]) -> [u8; 4] {
    let digest = Sha256::digest(message);
    digest.first_chunk().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(length: u16) -> Vec<u8> {
        (0..length).map(|at| (at % 251) as u8).collect()
    }

    fn made(part: &[u8]) -> String {
        let mut text = MARK.to_owned();
        let whole = [part, &crc32fast::hash(part).to_be_bytes()].concat();
        for group in whole.chunks(7) {
            text.push_str(&format!("{:0digits$}", number(group), digits = width(group.len())));
        }
        text
    }

    #[test]
    fn a_message_is_joined_again_whatever_its_length_and_number_of_parts() {
        for length in 1..=60 {
            for parts in 1..=16 {
                let message = message(length);
                let mut read = Parts::new();
                let texts = split(&message, parts);
                assert!(texts.len() <= parts);
                for text in texts.iter().rev() {
                    assert!(matches!(read.add(text), Added::New { .. }), "{length} in {parts}");
                }
                assert_eq!(read.message(), Some(message));
            }
        }
    }

    #[test]
    fn each_text_is_named_for_what_it_is() {
        let message = message(300);
        let texts = split(&message, 3);
        let mut parts = Parts::new();
        assert_eq!(parts.state(), Progress { have: vec![], of: 0 });
        assert_eq!(parts.add("https://example.jp/"), Added::NotOurs);
        assert_eq!(parts.add("4649"), Added::NotOurs);
        assert_eq!(parts.add(&MARK.repeat(600)), Added::NotOurs);
        assert_eq!(parts.add(MARK), Added::Damaged);
        assert_eq!(parts.add(&texts[0][..40]), Added::Damaged);
        assert_eq!(parts.add(&texts[2]), Added::New { index: 3, of: 3 });
        assert_eq!(parts.add(&format!(" {}\r\n", texts[0])), Added::New { index: 1, of: 3 });
        assert_eq!(parts.state(), Progress { have: vec![1, 3], of: 3 });
        assert_eq!(parts.add(&texts[2]), Added::Repeated { index: 3, of: 3 });
        assert_eq!(parts.add(&split(&message, 2)[0]), Added::Foreign);
        assert_eq!(parts.add(&split(&message[1..], 3)[1]), Added::Foreign);
        assert_eq!(
            parts.add(&text(set_id(&message), 0, 3, b"other")),
            Added::Conflict { index: 1 }
        );
        assert_eq!(parts.message(), None);
        let wide: String =
            texts[1].chars().map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap()).collect();
        assert_eq!(parts.add(&wide), Added::New { index: 2, of: 3 });
        assert_eq!(parts.message(), Some(message));
        parts.start_over();
        assert_eq!(parts.state(), Progress::default());
    }

    #[test]
    fn headers_that_no_sheet_has_are_refused() {
        let mut parts = Parts::new();
        for (part, added) in [
            (&[1, 0, 0, 0, 0, 0, 0, 9][..], Added::Damaged),
            (&[1, 0, 0, 0, 0, 1, 1, 9], Added::Damaged),
            (&[1, 0, 0, 0, 0, 0, 17, 9], Added::Damaged),
            (&[1, 0, 0, 0, 0, 0, 1], Added::Damaged),
            (&[1, 0, 0], Added::Damaged),
            (&[2, 0, 0, 0, 0, 0, 1, 9], Added::Newer),
            (&[1, 0, 0, 0, 0, 0, 1, 9], Added::Damaged),
        ] {
            assert_eq!(parts.add(&made(part)), added, "{part:?}");
            assert_eq!(parts.state().of, 0);
        }
    }

    #[test]
    fn a_group_whose_number_does_not_fit_its_bytes_is_refused() {
        for digits in [
            "256",
            "65536",
            "16777216",
            "4294967296",
            "1099511627776",
            "281474976710656",
            "72057594037927936",
            "99999999999999999",
        ] {
            assert_eq!(bytes_of(&format!("{MARK}{digits}")), Err(Added::Damaged), "{digits}");
        }
        for digits in [
            "255",
            "65535",
            "16777215",
            "4294967295",
            "1099511627775",
            "281474976710655",
            "72057594037927935",
        ] {
            let bytes = bytes_of(&format!("{MARK}{digits}")).unwrap();
            assert!(bytes.iter().all(|byte| *byte == 255), "{digits}");
        }
    }

    #[test]
    fn parts_that_together_are_too_long_are_refused() {
        let mut parts = Parts::new();
        let chunk = [7; 1_200];
        let added: Vec<Added> =
            (0..5).map(|index| parts.add(&text([0; 4], index, 16, &chunk))).collect();
        assert_eq!(added[3], Added::New { index: 4, of: 16 });
        assert_eq!(added[4], Added::Damaged);
    }
}
