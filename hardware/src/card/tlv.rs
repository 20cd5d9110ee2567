//! BER-TLV as cards use it: tags of up to three bytes, definite lengths of up to 65,535 bytes.
//!
//! Pure, allocates nothing, and never panics whatever the bytes are. It does not look into values.

/// The object at the start of some bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object<'a> {
    /// The tag's bytes as one number, e.g. `0xFF20`.
    pub tag: u32,
    /// Where the tag starts, from the first byte of what was parsed.
    pub offset: usize,
    /// The content.
    pub value: &'a [u8],
}

/// The tag and the lengths of an object whose value may not be at hand yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The tag's bytes as one number.
    pub tag: u32,
    /// Bytes of tag and length together.
    pub header_len: usize,
    /// Bytes of the value.
    pub value_len: usize,
}

/// Why bytes are not BER-TLV of this form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TlvError {
    /// The bytes end within a tag, a length or a value.
    #[error("the data ends within an object")]
    Truncated,
    /// A tag of more than three bytes.
    #[error("a tag is too long")]
    Tag,
    /// An indefinite length, or one of more than two bytes.
    #[error("a form of length that cards do not use")]
    Length,
}

const TAG_LEN_MAX: usize = 3;

/// Reads tag and length.
///
/// # Errors
/// [`TlvError`] when the bytes end too early or have a form that cards do not use.
pub fn header(bytes: &[u8]) -> Result<Header, TlvError> {
    let at = |index: usize| bytes.get(index).copied().ok_or(TlvError::Truncated);
    let first = at(0)?;
    let (mut tag, mut tag_len) = (u32::from(first), 1);
    if first & 0x1F == 0x1F {
        loop {
            if tag_len == TAG_LEN_MAX {
                return Err(TlvError::Tag);
            }
            let next = at(tag_len)?;
            tag = tag << 8 | u32::from(next);
            tag_len += 1;
            if next & 0x80 == 0 {
                break;
            }
        }
    }
    let (length_len, value_len) = match at(tag_len)? {
        short @ 0..=0x7F => (1, usize::from(short)),
        0x81 => (2, usize::from(at(tag_len + 1)?)),
        0x82 => (3, usize::from(u16::from_be_bytes([at(tag_len + 1)?, at(tag_len + 2)?]))),
        _ => return Err(TlvError::Length),
    };
    Ok(Header { tag, header_len: tag_len + length_len, value_len })
}

/// The objects in `bytes`, one behind the other; the first error is the last item.
pub fn objects(bytes: &[u8]) -> Objects<'_> {
    Objects { bytes, offset: 0 }
}

/// Iterator of [`objects`].
#[derive(Debug, Clone)]
pub struct Objects<'a> {
    bytes: &'a [u8],
    offset: usize,
}

impl<'a> Iterator for Objects<'a> {
    type Item = Result<Object<'a>, TlvError>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.bytes.get(self.offset..).filter(|rest| !rest.is_empty())?;
        let object = header(rest).and_then(|header| {
            let end = header.header_len + header.value_len;
            let value = rest.get(header.header_len..end).ok_or(TlvError::Truncated)?;
            Ok((Object { tag: header.tag, offset: self.offset, value }, end))
        });
        Some(match object {
            Ok((object, len)) => {
                self.offset += len;
                Ok(object)
            }
            Err(error) => {
                self.offset = self.bytes.len();
                Err(error)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn parse(bytes: &[u8]) -> Result<Vec<(u32, usize, Vec<u8>)>, TlvError> {
        objects(bytes)
            .map(|object| object.map(|object| (object.tag, object.offset, object.value.to_vec())))
            .collect()
    }

    #[test]
    fn every_form_of_tag_and_length_is_read() {
        let long = [vec![0xDF, 0x22, 0x81, 0x80], vec![7; 0x80]].concat();
        let longer = [vec![0xDF, 0x22, 0x82, 0x01, 0x00], vec![7; 0x100]].concat();
        let cases: [(&[u8], _); 7] = [
            (&[], Ok(vec![])),
            (&[0xC1, 0x00], Ok(vec![(0xC1, 0, vec![])])),
            (&[0xC1, 1, 9, 0xC2, 1, 8], Ok(vec![(0xC1, 0, vec![9]), (0xC2, 3, vec![8])])),
            (&[0x5F, 0x81, 0x02, 1, 5], Ok(vec![(0x005F_8102, 0, vec![5])])),
            (&[0xDF, 0x25, 0x81, 0x01, 0x31], Ok(vec![(0xDF25, 0, vec![0x31])])),
            (&long, Ok(vec![(0xDF22, 0, vec![7; 0x80])])),
            (&longer, Ok(vec![(0xDF22, 0, vec![7; 0x100])])),
        ];
        for (bytes, expected) in cases {
            assert_eq!(parse(bytes), expected, "{bytes:02X?}");
        }
    }

    #[test]
    fn what_cards_do_not_use_is_refused() {
        let cases: [(&[u8], _); 9] = [
            (&[0xDF], TlvError::Truncated),
            (&[0xDF, 0x22], TlvError::Truncated),
            (&[0xC1, 2, 0], TlvError::Truncated),
            (&[0xC1, 0x81], TlvError::Truncated),
            (&[0xC1, 0x82, 1], TlvError::Truncated),
            (&[0x5F, 0x81, 0x82, 0x03, 0], TlvError::Tag),
            (&[0x30, 0x80, 0, 0], TlvError::Length),
            (&[0x30, 0x83, 0, 0, 1, 0], TlvError::Length),
            (&[0x30, 0xFF], TlvError::Length),
        ];
        for (bytes, expected) in cases {
            assert_eq!(parse(bytes), Err(expected), "{bytes:02X?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(
            values in proptest::collection::vec(
                (0xDF20u16..0xDF7F, proptest::collection::vec(any::<u8>(), 0..700)), 0..6),
        ) {
            let mut bytes = Vec::new();
            let mut expected = Vec::new();
            for (tag, value) in values {
                expected.push((u32::from(tag), bytes.len(), value.clone()));
                bytes.extend(tag.to_be_bytes());
                bytes.push(0x82);
                bytes.extend(u16::try_from(value.len()).unwrap().to_be_bytes());
                bytes.extend(value);
            }
            prop_assert_eq!(parse(&bytes), Ok(expected));
        }

        #[test]
        fn objects_of_any_bytes_end_and_stay_inside(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut end = 0;
            for object in objects(&bytes).flatten() {
                prop_assert!(object.offset >= end);
                end = object.offset + object.value.len() + 2;
                prop_assert!(end <= bytes.len());
            }
        }
    }
}
