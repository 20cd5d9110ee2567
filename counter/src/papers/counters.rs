//! What stands on the sheet of counters (窓口案内シート).

use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::counters::{Counter, CountersSheet};
use kakanai_rules::Determination;

use super::Signatures;
use super::speech::{Speech, indoors};
use super::visit::{Matter, Stage, matters};
use crate::event::Outcomes;

/// The sheet of a household; `None` when there is nowhere to go and nothing was done.
pub(super) fn counters(
    speech: &Speech<'_>,
    determination: &Determination,
    outcomes: &Outcomes,
    signatures: Signatures,
) -> Option<CountersSheet> {
    let matters = matters(determination, outcomes);
    let of = |stage: Stage| matters.iter().filter(move |matter| matter.stage == stage);
    let told = |matter: &Matter<'_>| {
        let own = speech.matter(&matter.decision.procedure, &matter.people);
        let covered = matter.covers.iter().map(|(id, people)| speech.matter(id, people));
        std::iter::once(own).chain(covered).collect::<Vec<_>>()
    };
    let today: Vec<Words> = of(Stage::Today).flat_map(told).collect();
    let done = Counter {
        done: true,
        place: speech.words("sheet.counters.this"),
        phone: Words::default(),
        matters: today,
    };
    let done = Some(done).filter(|counter| !counter.matters.is_empty());

    let mut offices: Vec<(&str, Vec<Words>)> = Vec::new();
    for matter in of(Stage::Later) {
        let office = matter.decision.office.as_str();
        match offices.iter_mut().find(|(id, _)| *id == office) {
            Some((_, words)) => words.extend(told(matter)),
            None => offices.push((office, told(matter))),
        }
    }
    let place = |id: &str| speech.pack.office(id, speech.on).and_then(|row| indoors(&row.place));
    offices.sort_by_key(|(id, _)| (place(id).is_none(), place(id)));
    let counter = |(office, matters): (&str, Vec<Words>)| Counter {
        done: false,
        place: speech.office(office),
        phone: match speech.phone(office) {
            phone if phone.is_empty() => Words::default(),
            phone => speech.words("sheet.phone").filled("{phone}", &Words::plain(phone)),
        },
        matters,
    };
    let (inside, outside): (Vec<_>, Vec<_>) =
        offices.into_iter().partition(|(id, _)| place(id).is_some());
    let inside: Vec<Counter> = inside.into_iter().map(counter).collect();
    let outside: Vec<Counter> = outside.into_iter().map(counter).collect();
    if done.is_none() && inside.is_empty() && outside.is_empty() {
        return None;
    }
    let mut lead = vec![speech.words("sheet.counters.lead")];
    if signatures.places > 0 {
        lead.push(signatures.told(speech, "sheet.signatures"));
    }
    Some(CountersSheet {
        title: speech.words("sheet.counters.title"),
        municipality: speech.pack.name.clone(),
        day: speech.day(determination.on).text,
        lead,
        parts: vec![
            (speech.words("sheet.counters.done"), done.into_iter().collect()),
            (speech.words("sheet.counters.inside"), inside),
            (speech.words("sheet.counters.outside"), outside),
        ],
    })
}
