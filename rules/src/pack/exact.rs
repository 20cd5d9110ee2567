//! The texts of a pack read into no more memory than they take.
//!
//! A list that grows as it is read has room for four, and a tree that is filled in order is half empty; nearly every
//! text of a pack has one version, and a pack has twenty thousand: they are most of what a counter holds in memory.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use crate::pack::Text;

type Texts = BTreeMap<String, Vec<Text>>;

/// The texts of one language.
struct Exact(Texts);

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        let read = BTreeMap::<String, Box<[Text]>>::deserialize(json)?;
        Ok(Self(read.into_iter().map(|(id, versions)| (id, versions.into_vec())).collect()))
    }
}

pub(super) fn texts<'de, D: Deserializer<'de>>(
    json: D,
) -> Result<BTreeMap<String, Texts>, D::Error> {
    let read = BTreeMap::<String, Exact>::deserialize(json)?;
    Ok(read.into_iter().map(|(lang, Exact(texts))| (lang, texts)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_takes_no_room_for_versions_that_it_has_not() {
        let json = r#"{"ja": {"a": [{"text": "あ"}], "b": [{"text": "い", "until": "2026-03-31"}, {"text": "う"}]}}"#;
        let read = texts(&mut serde_json::Deserializer::from_str(json)).unwrap();
        let room: Vec<(&str, usize, usize)> = read["ja"]
            .iter()
            .map(|(id, versions)| (id.as_str(), versions.len(), versions.capacity()))
            .collect();
        assert_eq!(room, [("a", 1, 1), ("b", 2, 2)]);
        assert_eq!(read["ja"]["b"][1].text, "う");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        for json in ["[]", r#"{"ja": []}"#, r#"{"ja": {"a": {"text": "あ"}}}"#] {
            assert!(texts(&mut serde_json::Deserializer::from_str(json)).is_err(), "{json}");
        }
    }
}
