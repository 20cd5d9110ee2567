//! Lines out of the bytes of a serial port, however they are cut into packets.

/// Bytes of a line. The largest code of digits has 7,089, the largest of ours 2,953.
const LONGEST: usize = 4 * 1024;

/// What a scanner sent up to CR, LF or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// A line without its end.
    Whole(Vec<u8>),
    /// A line that was longer than any of ours; its bytes are gone.
    TooLong,
}

/// The line that is not ended yet.
#[derive(Debug, Default)]
pub(super) struct Lines {
    held: Vec<u8>,
    too_long: bool,
}

impl Lines {
    /// Takes what arrived and gives every line that it ended. Empty lines, as between CR and LF, are none.
    pub(super) fn push(&mut self, bytes: &[u8]) -> Vec<Line> {
        let mut ended = Vec::new();
        for byte in bytes {
            match byte {
                b'\r' | b'\n' => {
                    let line = std::mem::take(&mut self.held);
                    if std::mem::take(&mut self.too_long) {
                        ended.push(Line::TooLong);
                    } else if !line.is_empty() {
                        ended.push(Line::Whole(line));
                    }
                }
                _ if self.too_long => {}
                _ if self.held.len() == LONGEST => {
                    self.too_long = true;
                    self.held.clear();
                }
                byte => self.held.push(*byte),
            }
        }
        ended
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all(chunks: &[&[u8]]) -> Vec<Line> {
        let mut lines = Lines::default();
        chunks.iter().flat_map(|chunk| lines.push(chunk)).collect()
    }

    #[test]
    fn cr_lf_and_both_end_a_line_and_nothing_is_no_line() {
        let whole = |text: &str| Line::Whole(text.as_bytes().to_vec());
        let sent: &[u8] = b"464911\r464912\n464913\r\n\r\n\n\r464914";
        assert_eq!(all(&[sent]), [whole("464911"), whole("464912"), whole("464913")]);
    }

    #[test]
    fn a_line_of_4_kib_is_whole_and_one_more_byte_is_too_much() {
        let longest = vec![b'7'; LONGEST];
        assert_eq!(all(&[&longest, b"\r"]), [Line::Whole(longest.clone())]);
        assert_eq!(
            all(&[&longest, b"7", &longest, b"\r", b"1\r"]),
            [Line::TooLong, Line::Whole(b"1".to_vec())]
        );
    }

    proptest! {
        #[test]
        fn packets_make_no_difference(
            bytes in proptest::collection::vec(prop_oneof![Just(b'\r'), Just(b'\n'), any::<u8>()], 0..400),
            size in 1_usize..70,
        ) {
            let chunks: Vec<&[u8]> = bytes.chunks(size).collect();
            prop_assert_eq!(all(&chunks), all(&[&bytes]));
        }

        #[test]
        fn what_is_held_is_bounded(bytes in proptest::collection::vec(any::<u8>(), 0..20_000)) {
            let mut lines = Lines::default();
            lines.push(&bytes);
            prop_assert!(lines.held.len() <= LONGEST);
        }
    }
}
