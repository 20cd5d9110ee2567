//! The texts of the resident's window: texts of the pack with the ids `window.<key>`.
//!
//! The place of a key in this list is the number of its sentence on both windows: new keys come at the end, and none is
//! ever taken out of the middle.

/// Every key.
pub const WINDOW_TEXTS: [&str; 100] = [
    "welcome.heading",
    "welcome.lead",
    "welcome.wait",
    "lang.choose",
    "lang.name",
    "display.open",
    "display.size",
    "display.contrast",
    "display.contrast.standard",
    "display.contrast.inverted",
    "display.contrast.medium",
    "display.contrast.low",
    "display.furigana",
    "display.close",
    "pin.heading",
    "pin.lead",
    "pin.tries",
    "pin.wrong",
    "pin.entered",
    "pin.erase",
    "pin.submit",
    "pin.decline",
    "pin.pad",
    "pin.checking",
    "pin.nocard",
    "lasttry.heading",
    "lasttry.lead",
    "lasttry.reassure",
    "lasttry.no",
    "lasttry.yes",
    "reading.heading",
    "reading.lead",
    "reading.items",
    "confirm.heading",
    "confirm.lead",
    "confirm.yes",
    "confirm.no",
    "working.heading",
    "working.reception",
    "working.identity",
    "working.reading",
    "working.certificate",
    "working.household",
    "working.questions",
    "working.check",
    "working.result",
    "working.papers",
    "working.printing",
    "working.finish",
    "working.other",
    "ask.heading",
    "ask.lead",
    "ask.next",
    "ask.none",
    "ask.back",
    "ask.decline",
    "ask.unknown",
    "ask.call",
    "ask.called",
    "ask.yes",
    "ask.no",
    "ask.left",
    "ask.private",
    "ask.required",
    "ask.digits",
    "ask.clear",
    "ask.more",
    "trouble.heading",
    "trouble.lead",
    "trouble.pin-blocked",
    "trouble.no-card",
    "trouble.card-removed",
    "trouble.timeout",
    "trouble.unknown-card",
    "trouble.no-pin",
    "list.heading",
    "list.lead",
    "list.here",
    "list.done",
    "list.later",
    "list.may",
    "list.deadline",
    "list.bring",
    "list.office",
    "list.empty",
    "papers.heading",
    "papers.count",
    "papers.sign",
    "papers.nosign",
    "papers.wrong",
    "thanks.heading",
    "thanks.lead",
    "progress",
    "draft.mark",
    "practice.mark",
    "shape.missing",
    "loading",
    "offline.heading",
    "offline.lead",
    "ask.each",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use kakanai_authoring::with_readings;

    use super::*;
    use crate::shelf::KeptPack;

    const LANGS: [&str; 9] = ["ja", "ja-x-easy", "en", "zh-Hans", "ko", "vi", "pt-BR", "fil", "ne"];

    /// The places of values, `{n}`, in the order of their names.
    fn places(text: &str) -> BTreeSet<&str> {
        text.split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect()
    }

    #[test]
    fn every_text_stands_in_every_language_with_the_same_values() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city");
        let kept = KeptPack::load(&folder).unwrap();
        let pack = kept.pack();
        for lang in LANGS {
            for key in WINDOW_TEXTS {
                let id = format!("window.{key}");
                let text =
                    |lang: &str| pack.texts[lang].get(&id).map(|texts| texts[0].text.clone());
                let (own, ja) = (text(lang).unwrap_or_default(), text("ja").unwrap());
                assert!(!own.is_empty(), "{lang}: {id}");
                assert_eq!(places(&own), places(&ja), "{lang}: {id}");
                if lang.starts_with("ja") {
                    let read = with_readings(&own, &pack.readings);
                    let bare = read.split(['{', '}']).filter(|part| !part.contains('|'));
                    let kanji = |letter: char| ('\u{4e00}'..='\u{9fff}').contains(&letter);
                    assert!(!bare.collect::<String>().contains(kanji), "{lang}: {read}");
                }
            }
            let of_window = pack.texts[lang].keys().filter_map(|id| id.strip_prefix("window."));
            let unknown: Vec<_> = of_window.filter(|key| !WINDOW_TEXTS.contains(key)).collect();
            assert!(unknown.is_empty(), "{lang}: texts that no window shows: {unknown:?}");
        }
    }
}
