//! How far a pack is translated: counted, not complained of, because a draft may be used as one.

use std::collections::BTreeMap;

use kakanai_rules::Pack;
use kakanai_rules::pack::Text;
use serde::Serialize;

use crate::home::home_pack;

/// The texts of one language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Translation {
    /// Language tag.
    pub lang: String,
    /// Rows, versions counted each.
    pub rows: usize,
    /// Rows that a native reader has checked.
    pub native_checked: usize,
    /// Rows that a machine drafted and nobody has checked.
    pub machine_draft: usize,
    /// Texts that residents read at home, which this language lacks: they are shown in Japanese.
    pub missing: usize,
}

/// Every language but Japanese.
pub fn summary(pack: &Pack) -> Vec<Translation> {
    let home = home_pack(pack);
    let japanese = || home.texts.get("ja").into_iter().flatten();
    let others = pack.texts.iter().filter(|(lang, _)| *lang != "ja");
    let of = |(lang, texts): (&String, &BTreeMap<String, Vec<Text>>)| {
        let rows = || texts.values().flatten();
        let from = |origin: &str| rows().filter(|text| text.origin == origin).count();
        Translation {
            lang: lang.clone(),
            rows: rows().count(),
            native_checked: from("native-checked"),
            machine_draft: from("machine-draft"),
            missing: japanese().filter(|(id, _)| !texts.contains_key(*id)).count(),
        }
    };
    others.map(of).collect()
}
