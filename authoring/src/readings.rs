//! Readings (ふりがな): how the kanji of the texts are read.
//!
//! A reading belongs to a word, not to a place: of the words that begin at a place of a text the longest counts.
//! The page at home reads the same way; what no word covers stands there without furigana.

use std::collections::BTreeMap;

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

/// A text cut into the words that have a reading and the kanji that have none.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Words<'a> {
    /// Words with a reading, in their order.
    pub read: Vec<&'a str>,
    /// Runs of kanji that no word covers.
    pub unread: Vec<&'a str>,
}

/// Finds the words of a text.
pub fn words_of<'a>(text: &'a str, readings: &BTreeMap<String, String>) -> Words<'a> {
    let mut words = Words::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match longest(rest, readings) {
            Some(word) => {
                words.read.push(word);
                word.len()
            }
            None if is_kanji(first) => {
                let run = bare(rest, readings);
                words.unread.push(run);
                run.len()
            }
            None => first.len_utf8(),
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    words
}

/// A text with the readings of its words, `{窓口|まどぐち}`: as windows and pages draw furigana. A place `{n}` stays one.
pub fn with_readings(text: &str, readings: &BTreeMap<String, String>) -> String {
    let mut annotated = String::with_capacity(text.len().saturating_mul(2));
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length = match longest(rest, readings) {
            Some(word) => {
                let reading = readings.get(word).map_or("", String::as_str);
                annotated.extend(["{", word, "|", reading, "}"]);
                word.len()
            }
            None => {
                annotated.push(first);
                first.len_utf8()
            }
        };
        rest = rest.get(length..).unwrap_or_default();
    }
    annotated
}

/// The longest word with a reading that `text` begins with.
fn longest<'a>(text: &'a str, readings: &BTreeMap<String, String>) -> Option<&'a str> {
    let first = text.get(..text.chars().next()?.len_utf8())?;
    let words = readings.range(first.to_owned()..).map(|(word, _)| word);
    let words = words.take_while(|word| word.starts_with(first));
    let longest =
        words.filter(|word| text.starts_with(word.as_str())).max_by_key(|word| word.len())?;
    text.get(..longest.len())
}

/// The kanji that `text` begins with, up to the next word with a reading.
fn bare<'a>(text: &'a str, readings: &BTreeMap<String, String>) -> &'a str {
    let end = text.char_indices().find(|(start, c)| {
        let rest = text.get(*start..).unwrap_or_default();
        !is_kanji(*c) || longest(rest, readings).is_some()
    });
    text.get(..end.map_or(text.len(), |(start, _)| start)).unwrap_or_default()
}

fn is_hiragana(c: char) -> bool {
    matches!(c, 'ぁ'..='ゖ' | 'ー')
}

fn is_kanji(c: char) -> bool {
    matches!(
        c,
        '々' | '〆'
            | '\u{3400}'..='\u{4dbf}'
            | '\u{4e00}'..='\u{9fff}'
            | '\u{f900}'..='\u{faff}'
            | '\u{20000}'..='\u{3ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_words_that_begin_at_a_place_the_longest_counts() {
        let readings = [
            ("市", "し"),
            ("市民", "しみん"),
            ("市民課", "しみんか"),
            ("引っ越し", "ひっこし"),
            ("10日", "とおか"),
        ];
        let readings = readings.map(|(word, reading)| (word.to_owned(), reading.to_owned())).into();
        let found = words_of("市民課で10日前に市の引っ越し、届", &readings);
        assert_eq!(found.read, ["市民課", "10日", "市", "引っ越し"]);
        assert_eq!(found.unread, ["前", "届"]);
        let found = words_of("窓口市民々", &readings);
        assert_eq!((found.read, found.unread), (vec!["市民"], vec!["窓口", "々"]));
        assert_eq!(words_of("", &readings), Words::default());
        assert_eq!(
            with_readings("市民課まで{n}番、10日前", &readings),
            "{市民課|しみんか}まで{n}番、{10日|とおか}前"
        );
    }
}
