//! What stands on the sheet to copy from (転記シート): the values that are handed over, in the order of the core
//! system's screens, for the day on which no file is taken.

use kakanai_forms::sheets::tenki::{TenkiRow, TenkiSection, TenkiSheet};
use kakanai_rules::{Determination, Engine};

use super::speech::Speech;
use crate::handover::transcription;

/// The sheet of a case; `None` when the pack hands nothing over for its event.
pub(super) fn tenki(
    engine: &Engine<'_>,
    speech: &Speech<'_>,
    determination: &Determination,
    case: &str,
) -> Option<TenkiSheet> {
    let number = Some(case).filter(|case| !case.is_empty());
    let values = transcription(engine, speech.facts, determination, number);
    let sections: Vec<TenkiSection> = values
        .sections
        .into_iter()
        .map(|section| {
            let whose = section.person.map(|id| speech.japanese().people(&[id]).text);
            // What is not known is nothing to type.
            let rows = section.lines.into_iter().filter(|line| !line.value.is_empty());
            TenkiSection {
                title: match whose {
                    Some(name) => format!("{}　{name}", section.title),
                    None => section.title,
                },
                rows: rows
                    .map(|line| TenkiRow { heading: line.heading, value: line.value })
                    .collect(),
            }
        })
        .filter(|section: &TenkiSection| !section.rows.is_empty())
        .collect();
    if sections.is_empty() {
        return None;
    }
    let word = |name: &str| speech.ja(&format!("sheet.tenki.{name}"));
    Some(TenkiSheet {
        title: word("title"),
        foot: format!("{} {case}", speech.pack.name).trim_end().to_owned(),
        day: speech.japanese().day(determination.on).text,
        names: ["number", "heading", "value", "copied"].map(word),
        sections,
    })
}
