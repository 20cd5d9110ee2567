//! CP932 (Windows-31J, what Japanese Windows programs call Shift_JIS), strictly: exact or refused.
//!
//! The mapping is that of the Encoding Standard (`encoding_rs::SHIFT_JIS`): JIS X 0208, the characters of NEC row 13
//! (①, ㈱, Ⅲ), the IBM extensions (髙, 﨑) and half-width kana. An encoder usually helps itself where it can: it writes
//! `&#…;` for what it does not have, and turns ¥ into a backslash. Nothing of that may happen to a name: what does not
//! come back as it went is refused with the character.

use std::borrow::Cow;

use encoding_rs::SHIFT_JIS;

use crate::cluster::clusters;

/// A text that CP932 cannot hold, with every character at fault, each once.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} characters are not in CP932", .clusters.len())]
pub struct NotInCp932 {
    /// The clusters as they stand in the text: a base character with its variation selector or combining mark.
    pub clusters: Vec<String>,
}

impl std::fmt::Debug for NotInCp932 {
    /// A name's characters are a resident's data; only their number is told.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("NotInCp932").field("clusters", &self.clusters.len()).finish()
    }
}

/// The bytes of `text`; decoded again they give `text`, code point for code point.
///
/// # Errors
/// [`NotInCp932`] with every character that would be lost or changed. A variation selector (異体字セレクタ) is one.
pub fn encode_cp932(text: &str) -> Result<Vec<u8>, NotInCp932> {
    if let Some(bytes) = exact(text) {
        return Ok(bytes);
    }
    let mut missing: Vec<String> = Vec::new();
    for cluster in clusters(text).filter(|cluster| exact(cluster).is_none()) {
        if !missing.iter().any(|known| known == cluster) {
            missing.push(cluster.to_owned());
        }
    }
    Err(NotInCp932 { clusters: missing })
}

/// The text of `bytes`, or `None` when they are not CP932.
pub fn decode_cp932(bytes: &[u8]) -> Option<String> {
    let text = SHIFT_JIS.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// `text` with those characters of JIS X 0208 that Unicode has twice as Windows writes them.
///
/// The long wave of 〜 and the minus of １−２ are one character in JIS X 0208 and two in Unicode; cards and other
/// systems write the one (U+301C, U+2212), CP932 holds the other (U+FF5E, U+FF0D). The glyph and the character are the
/// same. For addresses and telephone numbers; a name is never touched.
pub fn windows_forms(text: &str) -> Cow<'_, str> {
    let twin = |c: char| TWINS.iter().find(|(from, _)| *from == c).map(|(_, to)| *to);
    if text.chars().all(|c| twin(c).is_none()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.chars().map(|c| twin(c).unwrap_or(c)).collect())
}

/// The JIS X 0208 characters with two code points: as the JIS tables of Unicode say, and as CP932 says.
const TWINS: [(char, char); 7] = [
    ('\u{301C}', '\u{FF5E}'),
    ('\u{2016}', '\u{2225}'),
    ('\u{2212}', '\u{FF0D}'),
    ('\u{2014}', '\u{2015}'),
    ('\u{00A2}', '\u{FFE0}'),
    ('\u{00A3}', '\u{FFE1}'),
    ('\u{00AC}', '\u{FFE2}'),
];

fn exact(text: &str) -> Option<Vec<u8>> {
    let (bytes, _, replaced) = SHIFT_JIS.encode(text);
    let comes_back = !replaced && decode_cp932(&bytes).as_deref() == Some(text);
    comes_back.then(|| bytes.into_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every byte sequence that CP932 gives a character, with the character.
    fn table() -> Vec<(Vec<u8>, char)> {
        let single = (0u8..=0xFF).map(|byte| vec![byte]);
        let lead = (0x81u8..=0x9F).chain(0xE0..=0xFC);
        let double = lead.flat_map(|lead| (0x40u8..=0xFC).map(move |trail| vec![lead, trail]));
        let mut table = Vec::new();
        for bytes in single.chain(double) {
            let Some(text) = decode_cp932(&bytes) else { continue };
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                table.push((bytes, c));
            }
        }
        table
    }

    #[test]
    fn every_character_of_cp932_comes_back_as_it_went() {
        let private = |c: char| ('\u{E000}'..='\u{F8FF}').contains(&c);
        let table = table();
        let mut characters = std::collections::BTreeSet::new();
        for (_, c) in table.iter().filter(|(_, c)| !private(*c)) {
            let text = c.to_string();
            let bytes = encode_cp932(&text).unwrap_or_else(|_| panic!("U+{:04X}", u32::from(*c)));
            assert_eq!(decode_cp932(&bytes), Some(text), "U+{:04X}", u32::from(*c));
            characters.insert(*c);
        }
        // As many as another implementation (CPython's cp932) decodes outside the private area.
        assert_eq!(characters.len(), 7518);
        // The private area is for characters of a town's own (外字): what stands there differs from machine to machine.
        for (_, c) in table.iter().filter(|(_, c)| private(*c)) {
            assert!(encode_cp932(&c.to_string()).is_err(), "U+{:04X}", u32::from(*c));
        }
    }

    #[test]
    fn bytes_are_those_of_windows() {
        let table: [(&str, &[u8]); 16] = [
            ("A", &[0x41]),
            ("ｱ", &[0xB1]),
            ("ﾞ", &[0xDE]),
            ("　", &[0x81, 0x40]),
            ("～", &[0x81, 0x60]),
            ("∥", &[0x81, 0x61]),
            ("－", &[0x81, 0x7C]),
            ("￠", &[0x81, 0x91]),
            ("￢", &[0x81, 0xCA]),
            ("①", &[0x87, 0x40]),
            ("㈱", &[0x87, 0x8A]),
            ("Ⅲ", &[0x87, 0x56]),
            ("∑", &[0x87, 0x94]),
            ("髙", &[0xFB, 0xFC]),
            ("﨑", &[0xFA, 0xB1]),
            ("德", &[0xFA, 0xBA]),
        ];
        for (text, bytes) in table {
            assert_eq!(encode_cp932(text).unwrap(), bytes, "{text}");
        }
        assert_eq!(
            decode_cp932(&[0xEE, 0xE0]).as_deref(),
            Some("髙"),
            "the NEC selection reads too"
        );
        assert!(decode_cp932(&[0x81]).is_none() && decode_cp932(&[0xFD]).is_none());
    }

    #[test]
    fn what_would_be_changed_or_lost_is_refused_with_its_character() {
        for (text, missing) in [
            ("𠮷田", &["𠮷"][..]),
            ("葛\u{E0100}城", &["葛\u{E0100}"]),
            ("辻\u{FE00}", &["辻\u{FE00}"]),
            ("か\u{3099}", &["か\u{3099}"]),
            ("１〜２−３", &["〜", "−"]),
            ("¥100‾", &["¥", "‾"]),
            ("—‖", &["—", "‖"]),
            ("José é", &["é"]),
            ("김", &["김"]),
            ("外\u{E000}字", &["\u{E000}"]),
        ] {
            assert_eq!(encode_cp932(text).unwrap_err().clusters, missing, "{text}");
        }
        let error = encode_cp932("𠮷田").unwrap_err();
        assert!(!format!("{error:?}{error}").contains('𠮷'), "{error:?}");
    }

    #[test]
    fn windows_forms_hold_what_jis_has_once_and_unicode_twice() {
        assert_eq!(windows_forms("１〜２−３"), "１～２－３");
        for (from, to) in TWINS {
            assert!(
                encode_cp932(&from.to_string()).is_err() && encode_cp932(&to.to_string()).is_ok()
            );
        }
        assert!(matches!(windows_forms("１－２　葛\u{E0100}"), Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn any_text_comes_back_or_is_refused(text in "\\PC{0,40}|[ぁ-んァ-ヶ一-龥①-⑳ｱ-ﾝ〜−\u{E0100}-\u{E0110}]{0,20}") {
            match encode_cp932(&text) {
                Ok(bytes) => prop_assert_eq!(decode_cp932(&bytes), Some(text)),
                Err(error) => {
                    prop_assert!(!error.clusters.is_empty());
                    prop_assert!(error.clusters.iter().all(|cluster| text.contains(cluster)));
                }
            }
        }
    }
}
