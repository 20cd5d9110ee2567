//! What is shown of codes that are read, and of the sheet that waits.

use jiff::civil::Date;
use kakanai_rules::{FactSet, Pack, Subject, value_text};

use super::{STAFF_LANG, label, name};
use crate::case::Case;
use crate::door::{
    ChoiceView, HolderView, PartsView, ReceivedView, ScanView, SheetInto, SheetPackView,
    SheetPersonView, SheetQuestionView, SheetRefusedView, SheetStanding, SheetView, SlipView,
};
use crate::holder::{Candidate, Traits};
use crate::scanning::{Arrival, Opened, Place, Standing};
use crate::session::scanning::Waiting;
use crate::session::{Desk, Shared};
use crate::settings::local_time;
use crate::shelf::KeptPack;

/// Where reading codes stands.
pub fn view(shared: &Shared, desk: &Desk) -> ScanView {
    let scan = &desk.scan;
    let progress = scan.intake.progress();
    let kept = desk.kept.as_ref().or(shared.pack().as_ref().ok());
    let on = shared.today();
    ScanView {
        scanner: scan.scanner.clone(),
        parts: (progress.of > 0).then(|| PartsView {
            have: progress.have,
            of: progress.of,
            missing: scan.intake.missing(),
        }),
        told: scan.told.clone(),
        sheet: scan
            .waiting
            .as_ref()
            .zip(kept)
            .map(|(waiting, kept)| sheet(desk, waiting, kept, on)),
    }
}

fn sheet(desk: &Desk, waiting: &Waiting, kept: &KeptPack, on: Date) -> SheetView {
    let Waiting { opened, earlier } = waiting;
    let pack = kept.pack();
    let arrival = Arrival::of(opened, pack);
    let facts = &arrival.given.facts;
    let case = desk.case.as_ref().filter(|case| !case.closed);
    let place = case.map_or(Place::New, Place::Case);
    let people: Vec<SheetPersonView> =
        facts.people().iter().map(|person| sheet_person(&arrival, place, &person.id)).collect();
    let no_place = desk.check_not_printing().err();
    let event = facts.value(&Subject::Case, "event");
    let here = |id| desk.case.as_ref().is_some_and(|case| case.id == id);
    let received = earlier.iter().map(|earlier| ReceivedView {
        at: local_time(earlier.at),
        case: earlier.case.to_string(),
        reception: earlier.reception.clone(),
        here: here(earlier.case),
    });
    SheetView {
        kind: opened.kind(),
        answers: u32::try_from(arrival.answers()).unwrap_or(u32::MAX),
        event: event
            .map(|value| value_text(pack, STAFF_LANG, "event", value, on))
            .unwrap_or_default(),
        made: local_time(opened.made()),
        valid_until: opened.valid_until.to_string(),
        standing: match opened.standing(on) {
            Standing::Valid => SheetStanding::Valid,
            Standing::Expired => SheetStanding::Expired,
            Standing::FromFuture => SheetStanding::FromTheFuture,
        },
        lang: opened.lang.clone(),
        pack: sheet_pack(&arrival, opened, kept, on),
        at_counter: arrival
            .given
            .at_counter
            .iter()
            .map(|(subject, fact)| question(pack, facts, subject, fact, on))
            .collect(),
        refused: refused(&arrival, pack, on),
        received: received.collect(),
        into: if no_place.is_some() { Vec::new() } else { into(case, &people) },
        no_place,
        slip: opened.goes_on_from().map(|(case, day)| SlipView {
            case: case.to_owned(),
            counter_date: day.to_string(),
            documents: arrival
                .given
                .documents
                .iter()
                .map(|(kind, whose)| ChoiceView { id: kind.clone(), text: name(facts, whose) })
                .collect(),
        }),
        people,
    }
}

/// The case on the desk, unless nobody on the sheet is known in a household that has people already.
fn into(case: Option<&Case>, people: &[SheetPersonView]) -> Vec<SheetInto> {
    let Some(case) = case else { return vec![SheetInto::New] };
    let strangers =
        !case.facts.people().is_empty() && people.iter().all(|one| one.same_as.is_empty());
    if strangers {
        vec![SheetInto::New, SheetInto::Case]
    } else {
        vec![SheetInto::Case, SheetInto::New]
    }
}

fn sheet_person(arrival: &Arrival, place: Place<'_>, person: &str) -> SheetPersonView {
    let traits = Traits::of_person(&arrival.given.facts, person);
    let same_as = arrival.same_as(place, person);
    SheetPersonView {
        id: person.to_owned(),
        name: traits.name.unwrap_or_default().to_owned(),
        birth_date: birth_date_text(traits),
        same_as: match place {
            Place::Case(case) => {
                same_as.iter().map(|candidate| holder_view(&case.facts, candidate)).collect()
            }
            Place::New => Vec::new(),
        },
    }
}

/// A member of the household as a choice.
pub fn holder_view(facts: &FactSet, candidate: &Candidate) -> HolderView {
    let traits = Traits::of_person(facts, &candidate.person);
    HolderView {
        person: candidate.person.clone(),
        name: traits.name.unwrap_or_default().to_owned(),
        birth_date: birth_date_text(traits),
        why: candidate.likeness.id().to_owned(),
    }
}

/// A birth date as the staff read it; empty while unknown.
pub fn birth_date_text(traits: Traits<'_>) -> String {
    let text = |date| kakanai_rules::date_text(STAFF_LANG, date);
    traits.birth_date.map(text).unwrap_or_default()
}

fn sheet_pack(arrival: &Arrival, opened: &Opened, kept: &KeptPack, on: Date) -> SheetPackView {
    let pack = kept.pack();
    let same = kept.fingerprint.starts_with(&hex::encode(opened.pack.hash));
    let standing = match opened.pack.revision.cmp(&pack.version) {
        _ if same => "same",
        std::cmp::Ordering::Less => "older",
        std::cmp::Ordering::Greater => "newer",
        std::cmp::Ordering::Equal => "other",
    };
    let facts = &arrival.given.facts;
    let asked = if same { Vec::new() } else { arrival.newly_asked(pack, on, STAFF_LANG) };
    SheetPackView {
        standing: standing.to_owned(),
        version: opened.pack.revision,
        withdrawn: arrival.given.withdrawn.clone(),
        asked: asked
            .iter()
            .map(|one| question(pack, facts, &Subject::from(one.person.clone()), &one.fact, on))
            .collect(),
    }
}

fn question(
    pack: &Pack,
    facts: &FactSet,
    subject: &Subject,
    fact: &str,
    on: Date,
) -> SheetQuestionView {
    SheetQuestionView {
        fact: fact.to_owned(),
        label: label(pack, fact, on),
        person: subject.person().map(|person| name(facts, person)).unwrap_or_default(),
    }
}

fn refused(arrival: &Arrival, pack: &Pack, on: Date) -> Vec<SheetRefusedView> {
    let facts = &arrival.given.facts;
    let label = |what: &str| match what.parse::<u32>() {
        Ok(number) => {
            let row = pack.questions.iter().find(|row| row.number == number);
            row.map(|row| label(pack, &row.fact, on)).unwrap_or_default()
        }
        Err(_) => label(pack, what, on),
    };
    arrival
        .given
        .refused
        .iter()
        .map(|refused| SheetRefusedView {
            number: refused.what.parse().unwrap_or_default(),
            label: label(&refused.what),
            person: refused.person.as_deref().map(|id| name(facts, id)).unwrap_or_default(),
            why: refused.why.code().to_owned(),
        })
        .collect()
}
