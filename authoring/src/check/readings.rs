//! Readings: in a pack that has any, every kanji of a text that residents read at home has one. The names of papers
//! are left out: a paper bears its name without readings too.

use std::collections::BTreeSet;

use super::scene::Scene;
use crate::finding::Finding;
use crate::home::home_pack;
use crate::readings::words_of;

/// Words without a reading, each told once, at the first text that has it.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let readings = &scene.pack.readings;
    if readings.is_empty() || !scene.whole {
        return Vec::new();
    }
    let home = home_pack(scene.pack);
    let shown =
        |lang: &str, id: &str| home.texts.get(lang).is_some_and(|texts| texts.contains_key(id));
    let japanese = scene.rows("texts").iter().filter(|row| {
        let (id, lang) = (row.cell("id"), row.cell("lang"));
        lang.starts_with("ja") && !id.starts_with("form.") && shown(lang, id)
    });
    let mut told = BTreeSet::new();
    let mut findings = Vec::new();
    for row in japanese {
        for word in words_of(row.cell("text"), readings).unread {
            if !told.insert(word) {
                continue;
            }
            let finding = row.place.warning(
                "reading-missing",
                "text",
                format!("「{word}」の読みがありません。"),
                "readings 表に、この言葉（前後の送りがなを含めてもよい）とひらがなの読みを加えてください。",
            );
            findings.push(finding.english(
                format!("\"{word}\" has no reading."),
                "Add the word, perhaps with the kana around it, and its reading to the sheet readings.",
            ));
        }
    }
    findings
}
