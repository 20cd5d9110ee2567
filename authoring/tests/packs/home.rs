//! The page at home decides what the counter decides.

use std::collections::BTreeSet;

use kakanai_authoring::home::home_pack;
use kakanai_rules::{Detail, Engine, parse_facts};

use super::sample::sample;

#[test]
fn every_test_in_every_language_is_decided_and_asked_at_home_as_at_the_counter() {
    let pack = sample();
    let home = home_pack(pack);
    assert_eq!(home.discreet_left(pack), None);
    let whole = home.whole();
    // One question a screen there, so nothing stands together.
    let mut apart = pack.clone();
    apart.questions.iter_mut().for_each(|row| row.group = None);
    let (counter, home) = (Engine::new(&apart), Engine::new(&whole));
    let languages: BTreeSet<&str> = pack.texts.keys().map(String::as_str).chain(["en"]).collect();
    let mut decided = 0;
    for test in &pack.tests {
        let facts = parse_facts(&test.facts.to_string(), counter.vocabulary()).unwrap();
        let on = test.on.full().unwrap();
        for lang in &languages {
            let mut expected = counter.determine(&facts, on, lang);
            expected.decisions.retain(|decision| !decision.discreet);
            assert_eq!(home.determine(&facts, on, lang), expected, "{} {lang}", test.id);
            decided += expected.decisions.len();
            let mut asked = counter.questions(&facts, on, lang, Detail::Next);
            asked.retain(|question| question.at_home);
            for question in &mut asked {
                question.staff_text.clear();
                question.short.clone_from(&question.text);
            }
            let mut found = home.questions(&facts, on, lang, Detail::Next);
            found.retain(|question| question.at_home);
            assert_eq!(found, asked, "{} {lang}", test.id);
        }
    }
    assert!(decided > 10_000, "{decided}");
}

#[test]
fn the_home_pack_is_a_small_part_of_the_pack() {
    let pack = sample();
    let home = home_pack(pack);
    let size = |pack| serde_json::to_vec(pack).unwrap().len();
    assert!(size(&home.core) * 4 < size(pack));
    assert!(
        home.core.forms.is_empty() && home.core.blanks.is_empty() && home.core.tests.is_empty()
    );
    assert!(home.texts["ja"].keys().all(|id| !id.ends_with(".staff") && !id.starts_with("sheet.")));
}
