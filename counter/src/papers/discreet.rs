//! What stands on the sheet for one pair of eyes (配慮シート): the only paper that names discreet procedures and facts.

use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::discreet::DiscreetSheet;
use kakanai_rules::{Decision, Determination, Status, Subject};

use super::check::said;
use super::discretion::Discretion;
use super::speech::Speech;

/// The sheet of a case; `None` when nothing in it is discreet.
pub(super) fn discreet(
    speech: &Speech<'_>,
    determination: &Determination,
    discretion: &Discretion,
) -> Option<DiscreetSheet> {
    // What hangs on facts that nobody was asked stays undecided in every case: that is no matter of this one.
    let decided = |decision: &&Decision| {
        decision.discreet && matches!(decision.status, Status::Required | Status::MayApply)
    };
    let matters: Vec<_> = determination
        .decisions
        .iter()
        .filter(decided)
        .map(|decision| (speech.procedure(&decision.procedure), lines(speech, decision)))
        .collect();
    let facts = known(speech, discretion);
    if matters.is_empty() && facts.is_empty() {
        return None;
    }
    Some(DiscreetSheet {
        title: speech.words("sheet.discreet.title"),
        municipality: speech.pack.name.clone(),
        day: speech.day(determination.on).text,
        lead: vec![speech.words("sheet.discreet.lead")],
        matters,
        facts: (speech.words("sheet.discreet.facts"), facts),
    })
}

fn lines(speech: &Speech<'_>, decision: &Decision) -> Vec<Words> {
    let office = speech.office(&decision.office);
    let phone = Words::plain(speech.phone(&decision.office));
    let row = speech.pack.procedure(&decision.procedure);
    let notes = row.into_iter().flat_map(|row| &row.notes).map(|note| speech.words(note));
    let bring = decision.bring.iter().map(|thing| {
        let thing = speech.words(&format!("bring.{}", thing.id));
        Words::both(format!("□ {}", thing.text), format!("□ {}", thing.japanese()))
    });
    let first = [speech.days(decision), Words::joined(&[office, phone], "　", "　")];
    first.into_iter().chain(bring).chain(notes).filter(|words| !words.is_empty()).collect()
}

fn known(speech: &Speech<'_>, discretion: &Discretion) -> Vec<Words> {
    let people = speech.facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    let mut told = Vec::new();
    for subject in std::iter::once(Subject::Case).chain(people) {
        for fact in discretion.known(speech.facts, &subject) {
            let Some(stated) = speech.facts.get(&subject, &fact) else { continue };
            let label = speech.ja(&format!("fact.{fact}"));
            let value = said(speech, speech.facts, &fact, &stated.answer);
            told.push(Words::plain(format!("{label}：{value}")));
        }
    }
    told
}
