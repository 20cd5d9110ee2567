//! Line breaks of running text: as everywhere (禁則処理), and a person's name stays on one line where it can.

use std::ops::Range;

use crate::fonts::Cluster;
use crate::layout::fit::width;
use crate::layout::wrap::wrap;

/// What stands between the names of a list.
const BETWEEN: [&str; 7] = ["、", "，", "（", "）", "：", "。", ","];
/// What stands between family name and first name.
const INSIDE: &str = "\u{3000}";
/// A name takes at most this part of a line before it may be broken like any text.
const MOST: f32 = 0.6;

/// Every paragraph in lines no wider than `most` ems; `None` when a piece that may not be broken is wider.
pub(super) fn lines(paragraphs: &[Vec<Cluster>], most: f32) -> Option<Vec<Vec<Cluster>>> {
    let mut all = Vec::new();
    for paragraph in paragraphs {
        if paragraph.is_empty() {
            all.push(Vec::new());
        }
        let names = names(paragraph, most);
        let mut rest = 0;
        while rest < paragraph.len() {
            let text = paragraph.get(rest..)?;
            let ends = wrap(text, most)?;
            // The first name that a line break falls into begins a line of its own.
            let torn = names.iter().map(|name| (name.start, name.end)).find(|(start, end)| {
                *start > rest
                    && ends.iter().any(|line| {
                        let begins = rest + line.start;
                        *start < begins && begins < *end
                    })
            });
            let Some((name, _)) = torn else {
                for line in ends {
                    all.push(text.get(line)?.to_vec());
                }
                break;
            };
            let before = paragraph.get(rest..name)?;
            for line in wrap(before, most)? {
                all.push(before.get(line)?.to_vec());
            }
            rest = name;
        }
    }
    Some(all)
}

/// Where names stand: pieces of a list that hold the space between family name and first name.
fn names(text: &[Cluster], most: f32) -> Vec<Range<usize>> {
    let mut names = Vec::new();
    let mut start = 0;
    for end in 0..=text.len() {
        let ends = text.get(end).is_none_or(|cluster| BETWEEN.contains(&cluster.text.as_str()));
        if !ends {
            continue;
        }
        let blanks = text.get(start..end).unwrap_or_default().iter();
        start += blanks.take_while(|cluster| cluster.text == " ").count();
        let piece = text.get(start..end).unwrap_or_default();
        let inside = piece.iter().skip(1).any(|cluster| cluster.text == INSIDE);
        if inside && width(piece) <= most * MOST {
            // An opening bracket goes with the name that it opens for.
            let opened = start.checked_sub(1).and_then(|before| text.get(before));
            let with_bracket = opened.is_some_and(|cluster| cluster.text == "（");
            names.push(start - usize::from(with_bracket)..end);
        }
        start = end + 1;
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fonts::{FaceId, Shape};

    fn text(text: &str) -> Vec<Cluster> {
        let shape = Shape { id: 1, advance: 1.0 };
        let cluster = |text: &str| Cluster { face: FaceId(0), shape, text: text.into() };
        kakanai_text::clusters(text).map(cluster).collect()
    }

    fn broken(value: &str, most: f32) -> Vec<String> {
        let lines = lines(&[text(value)], most).unwrap();
        let line = |line: &Vec<Cluster>| line.iter().map(|one| one.text.as_str()).collect();
        lines.iter().map(line).collect()
    }

    #[test]
    fn a_name_is_not_torn_where_the_line_has_room_for_it() {
        let names = "大王　太郎さん、大王　花子さん、見本　一郎さん";
        assert_eq!(broken(names, 12.0), ["大王　太郎さん、", "大王　花子さん、", "見本　一郎さん"]);
        assert_eq!(broken(names, 17.0), ["大王　太郎さん、大王　花子さん、", "見本　一郎さん"]);
    }

    #[test]
    fn text_without_names_breaks_as_everywhere() {
        assert_eq!(broken("住所、氏名", 2.0), ["住", "所、", "氏名"]);
        assert_eq!(broken("", 2.0), [""]);
    }

    proptest::proptest! {
        #[test]
        fn nothing_is_lost(value in "[0-9 ぁ-ん一-三、。（）「」　]{0,60}", most in 3.0f32..20.0) {
            let Some(lines) = lines(&[text(&value)], most) else { return Ok(()) };
            let squeeze = |text: &str| text.split_whitespace().collect::<String>();
            let all: String = lines.iter().flatten().map(|one| one.text.as_str()).collect();
            proptest::prop_assert_eq!(squeeze(&all), squeeze(&value));
            for line in &lines {
                proptest::prop_assert!(width(line) <= most + 0.01);
            }
        }
    }
}
