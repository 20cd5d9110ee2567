//! Readings (ふりがな): how the kanji of the texts are read.
//!
//! A reading belongs to a word, not to a place: of the words that begin at a place of a text the longest counts.
//! The page at home reads the same way; what no word covers stands there without furigana.

use crate::cells::Cells;

/// A row of `readings`: a word with kanji, and its reading in hiragana.
pub fn reading(cells: &mut Cells<'_>) -> Option<(String, String)> {
    let (word, reading) = (cells.text("id"), cells.text("reading"));
    if !word.contains(is_kanji) {
        cells.wrong("id", &word, "漢字のある言葉", "a word with kanji");
        return None;
    }
    if reading.is_empty() || !reading.chars().all(is_hiragana) {
        cells.wrong("reading", &reading, "ひらがな", "hiragana");
        return None;
    }
    Some((word, reading))
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー')
}

/// Whether the character is one that children cannot read yet.
fn is_kanji(c: char) -> bool {
    matches!(
        c,
        '々' | '〆' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}'
    )
}
