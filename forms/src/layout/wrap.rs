//! Line breaking by cluster: kinsoku (禁則処理, JIS X 4051), never inside a number, never between a base
//! and its selector (clusters are whole), inside a Latin word only when the word is longer than the line.

use std::ops::Range;

use crate::fonts::Cluster;

/// Never at the start of a line: closing brackets, stops, small kana, iteration and long marks.
const NOT_FIRST: &str = "、。，．・：；？！゛゜ヽヾゝゞ々〻ー’”）〕］｝〉》」』】〙〗°′″℃％‰\
ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ,.:;?!)]}%｡､｣･ｰﾞﾟ";

/// Never at the end of a line: opening brackets and signs that belong to what follows.
const NOT_LAST: &str = "‘“（〔［｛〈《「『【〘〖([{｢￥＄£¥$№＃#";

/// Signs that hold digits together: 12-3, 1,000, 5．5.
const INSIDE_NUMBERS: &str = "-－‐‑–−.,．，/／:：";

/// What is set one after another on a line: a cluster, or a cell of a vertical column.
pub(crate) trait Piece: Clone {
    /// The text it stands for.
    fn text(&self) -> &str;
    /// How much of the line it takes, in ems.
    fn length(&self) -> f32;
}

impl Piece for Cluster {
    fn text(&self) -> &str {
        &self.text
    }

    fn length(&self) -> f32 {
        self.shape.advance
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    Never,
    /// Inside a Latin word: only when nothing else will do.
    Reluctantly,
    Freely,
}

/// Whether a line may end after cluster `index`.
pub(crate) fn break_after(clusters: &[&str], index: usize) -> Break {
    let at = |index: usize| clusters.get(index).and_then(|cluster| cluster.chars().next());
    let (Some(before), Some(after)) = (at(index), at(index + 1)) else {
        return Break::Freely;
    };
    let before_that = index.checked_sub(1).and_then(at);
    let after_that = at(index + 2);
    if after.is_whitespace() {
        return Break::Never;
    }
    if before.is_whitespace() {
        return Break::Freely;
    }
    if NOT_FIRST.contains(after) || NOT_LAST.contains(before) {
        return Break::Never;
    }
    let joins = |sign: char, other: Option<char>| {
        INSIDE_NUMBERS.contains(sign) && other.is_some_and(is_digit)
    };
    let in_number = (is_digit(before) && is_digit(after))
        || (is_digit(before) && joins(after, after_that))
        || (is_digit(after) && joins(before, before_that));
    if in_number {
        return Break::Never;
    }
    if is_word(before) && is_word(after) { Break::Reluctantly } else { Break::Freely }
}

/// The lines of `text` in ems of width `width`, as ranges without their trailing spaces; `None` when a
/// piece that may not be broken is longer than the line.
pub(crate) fn wrap<P: Piece>(text: &[P], width: f32) -> Option<Vec<Range<usize>>> {
    let clusters: Vec<&str> = text.iter().map(P::text).collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let end = line_end(text, &clusters, start, width)?;
        lines.push(start..end - trailing_spaces(&clusters, start, end));
        start = end;
    }
    Some(lines)
}

fn line_end<P: Piece>(text: &[P], clusters: &[&str], start: usize, width: f32) -> Option<usize> {
    const ROUNDING: f32 = 0.001;
    let mut used = 0.0;
    let (mut free, mut reluctant) = (None, None);
    for (index, piece) in text.iter().enumerate().skip(start) {
        used += piece.length();
        if used > width + ROUNDING && !is_space(piece.text()) {
            return free.or(reluctant);
        }
        match break_after(clusters, index) {
            Break::Freely => free = Some(index + 1),
            Break::Reluctantly => reluctant = Some(index + 1),
            Break::Never => {}
        }
    }
    Some(text.len())
}

fn trailing_spaces(clusters: &[&str], start: usize, end: usize) -> usize {
    let line = clusters.get(start..end).unwrap_or_default();
    line.iter().rev().take_while(|cluster| is_space(cluster)).count()
}

fn is_space(cluster: &str) -> bool {
    cluster.chars().all(char::is_whitespace)
}

fn is_digit(character: char) -> bool {
    character.is_ascii_digit() || ('０'..='９').contains(&character)
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || ['\'', '’', '-', '.'].contains(&character)
        || ('\u{C0}'..'\u{250}').contains(&character)
        || ('\u{1E00}'..'\u{1F00}').contains(&character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FaceId, Shape};

    fn text(text: &str) -> Vec<Cluster> {
        kakanai_text::clusters(text)
            .map(|cluster| Cluster {
                face: FaceId(0),
                shape: Shape { id: 1, advance: if cluster.is_ascii() { 0.5 } else { 1.0 } },
                text: cluster.into(),
            })
            .collect()
    }

    fn lines(value: &str, width: f32) -> Option<Vec<String>> {
        let text = text(value);
        let line = |range: Range<usize>| text[range].iter().map(|c| c.text.as_str()).collect();
        wrap(&text, width).map(|lines| lines.into_iter().map(line).collect())
    }

    #[test]
    fn lines_break_where_japanese_lets_them() {
        let cases: [(&str, f32, &[&str]); 12] = [
            ("京都府京都市", 3.0, &["京都府", "京都市"]),
            ("住所、氏名", 2.0, &["住", "所、", "氏名"]),
            ("氏名「花子」", 3.0, &["氏名", "「花", "子」"]),
            ("カード", 2.0, &["カー", "ド"]),
            ("みほん町12番地", 4.5, &["みほん町", "12番地"]),
            ("中央１２３４番地", 4.0, &["中央", "１２３４", "番地"]),
            ("中央1-2-3番地", 3.5, &["中央", "1-2-3番", "地"]),
            ("金￥１００", 4.0, &["金", "￥１００"]),
            ("MIHON HANAKO", 3.0, &["MIHON", "HANAKO"]),
            ("ABCDEFGH", 2.0, &["ABCD", "EFGH"]),
            ("葛\u{E0100}葛\u{E0100}葛\u{E0100}", 2.0, &["葛\u{E0100}葛\u{E0100}", "葛\u{E0100}"]),
            ("大王　花子", 2.0, &["大王", "花子"]),
        ];
        for (value, width, expected) in cases {
            assert_eq!(lines(value, width).unwrap(), expected, "{value} in {width} em");
        }
    }

    #[test]
    fn what_may_not_be_broken_and_is_too_long_has_no_lines() {
        for (value, width) in [("ちょっと", 2.0), ("１２３４５", 4.0), ("佐々", 1.0)] {
            assert_eq!(lines(value, width), None, "{value} in {width} em");
        }
    }

    proptest::proptest! {
        #[test]
        fn lines_keep_every_cluster_and_never_exceed_the_width(
            value in "[0-9A-Z ぁ-ん一-三、。（）「」ー々　]{0,40}", width in 1.0f32..12.0
        ) {
            let Some(lines) = lines(&value, width) else { return Ok(()) };
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            proptest::prop_assert_eq!(squeeze(&lines.concat()), squeeze(&value));
            for line in &lines {
                let used: f32 = text(line).iter().map(|c| c.shape.advance).sum();
                proptest::prop_assert!(used <= width + 0.01);
            }
        }
    }
}
