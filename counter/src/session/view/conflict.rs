//! Sources that disagree, side by side, with what differs marked.

use jiff::civil::Date;
use kakanai_rules::{FactSet, Pack, Value, value_text};
use kakanai_text::clusters;

use super::{Known, STAFF_LANG, label, name};
use crate::conflict::{Candidate, conflicts};
use crate::door::{CandidateView, ConflictView, PieceView};

/// Everything that disagrees.
pub fn views(known: &Known<'_>, facts: &FactSet, on: Date) -> Vec<ConflictView> {
    let pack = known.pack;
    let view = |conflict: crate::conflict::Conflict| {
        let person = conflict.subject.person().map(str::to_owned);
        let texts: Vec<String> = conflict
            .values
            .iter()
            .map(|candidate| text(pack, facts, &conflict.fact, &candidate.value, on))
            .collect();
        let candidates = conflict.values.iter().zip(&texts).enumerate();
        let candidates = candidates.map(|(place, (candidate, text))| {
            let other = if place == 0 { texts.get(1) } else { texts.first() };
            CandidateView {
                choice: candidate.choice.clone(),
                pieces: pieces(text, other.map_or("", String::as_str)),
                lacking: known.lacking(text),
                text: text.clone(),
                source: candidate.source.id().to_owned(),
                source_label: source_label(pack, facts, candidate, on),
                counts: place == 0,
            }
        });
        ConflictView {
            label: label(pack, &conflict.fact, on),
            person_name: person.as_deref().map(|person| name(facts, person)),
            candidates: candidates.collect(),
            fact: conflict.fact.clone(),
            person,
        }
    };
    conflicts(known.engine.vocabulary(), facts).into_iter().map(view).collect()
}

fn text(pack: &Pack, facts: &FactSet, fact: &str, value: &Value, on: Date) -> String {
    match value {
        Value::PersonId(person) => name(facts, person),
        value => value
            .shared(pack)
            .map_or_else(String::new, |value| value_text(pack, STAFF_LANG, fact, &value, on)),
    }
}

fn source_label(pack: &Pack, facts: &FactSet, candidate: &Candidate, on: Date) -> String {
    let source = format!("sheet.source.{}", candidate.source.id());
    let source = pack.text_or_id(STAFF_LANG, &source, on).to_owned();
    match &candidate.document_of {
        Some(person) => format!("{source}（{}）", name(facts, person)),
        None => source,
    }
}

/// The text with what lies between its common beginning and end with another marked.
fn pieces(text: &str, other: &str) -> Vec<PieceView> {
    let (one, two): (Vec<&str>, Vec<&str>) = (clusters(text).collect(), clusters(other).collect());
    let before = one.iter().zip(&two).take_while(|(a, b)| a == b).count();
    let (one, two) = (one.get(before..).unwrap_or_default(), two.get(before..).unwrap_or_default());
    let after = one.iter().rev().zip(two.iter().rev()).take_while(|(a, b)| a == b).count();
    let (middle, end) = one.split_at(one.len().saturating_sub(after));
    let start: String = clusters(text).take(before).collect();
    [(start, false), (middle.concat(), true), (end.concat(), false)]
        .into_iter()
        .filter(|(text, _)| !text.is_empty())
        .map(|(text, differs)| PieceView { text, differs })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn what_differs_is_marked_and_the_pieces_are_the_text() {
        for (text, other, marked) in [
            ("大王　花子", "大王　華子", "花"),
            ("大王　花子", "大王　花子", ""),
            ("みほん市中央1-2-3", "みほん市中央1-2", "-3"),
            ("みほん市中央1-2", "みほん市中央1-2-3", ""),
            ("葛\u{E0100}城", "葛城", "葛\u{E0100}"),
            ("abab", "ab", "ab"),
            ("", "x", ""),
        ] {
            let pieces = pieces(text, other);
            let join = |differs: Option<bool>| -> String {
                let wanted = pieces.iter().filter(|one| differs.is_none_or(|it| it == one.differs));
                wanted.map(|one| one.text.as_str()).collect()
            };
            assert_eq!((join(None).as_str(), join(Some(true)).as_str()), (text, marked));
        }
    }
}
