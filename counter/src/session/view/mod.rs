//! Views: what each window shows, made anew from the case each time.
//!
//! The resident's view is built from its own few facts; nothing of the staff view can slip into it.

mod ask;
mod conflict;
mod discreet;
mod identity;
mod left;
mod lists;
mod outcome;
mod papers;
mod printing;
mod privacy;
mod resident;
mod scan;
mod table;
mod window_text;

use std::sync::Arc;

use jiff::civil::Date;
use kakanai_forms::{FontSet, Style, code_points};
use kakanai_records::Store;
use kakanai_rules::{
    Answer, Decision, Detail, Engine, FactSet, Pack, Sensitivity, Status, Subject, Value,
    value_text,
};

use super::asks::{Turn, open_asks};
use super::{Desk, STAFF_LANG, Shared, displays, handover, practice};
use crate::case::Case;
use crate::certificate;
use crate::door::{
    CaseView, ChoiceView, Devices, DoorError, FactView, HandoverState, OtherValueView, PackLabel,
    PersonView, QuestionView, StaffPerson, StaffView, StoreState, TableView,
};
use crate::papers::{DISCREET, names};
use crate::privacy::subjects;
use crate::shelf::KeptPack;
use ask::Wording;
use privacy::{Veil, Veiled};

pub use lists::case_line;
pub use printing::printer;
pub use privacy::{check_alone, check_may_look, papers_meant};
pub use resident::{langs, resident, screen_name};
pub use scan::{birth_date_text, holder_view};

/// The choice that says that nothing else is handled at this visit.
const NOTHING: &str = "none";

/// The staff window.
pub fn staff(shared: &Shared, desk: &Desk, fonts: Result<&FontSet, DoorError>) -> StaffView {
    let (fonts, fonts_trouble) = (fonts.as_ref().ok().copied(), fonts.as_ref().err().cloned());
    let pack = shared.pack().as_ref().ok().map(|kept| kept.pack());
    let engine = desk.kept.as_ref().map(|kept| kept.engine());
    let kept = engine.map(Engine::pack);
    let fingerprint = |kept: &Arc<KeptPack>| kept.fingerprint.clone();
    let older = shared.pack().as_ref().ok().map(fingerprint) != desk.kept.as_ref().map(fingerprint);
    let (cases, list_trouble) = match desk.store.as_ref().map(lists::cases) {
        Some(Ok(cases)) => (cases, None),
        // A case on the desk can be gone on with; its own steps say what is wrong with the store.
        Some(Err(error)) => (Vec::new(), desk.case.is_none().then(|| error.into())),
        None => (Vec::new(), None),
    };
    StaffView {
        store: match (&desk.store, Store::exists(&shared.settings.store)) {
            (Some(_), _) => StoreState::Open,
            (None, true) => StoreState::Locked,
            (None, false) => StoreState::Missing,
        },
        accounts: Store::account_ids(&shared.settings.store)
            .unwrap_or_default()
            .iter()
            .map(|account| account.as_str().to_owned())
            .collect(),
        staff: desk.staff.as_ref().map(|staff| StaffPerson {
            account: staff.id.as_str().to_owned(),
            display_name: staff.display_name.clone(),
            role: staff.role.as_str().to_owned(),
        }),
        pack: pack.map(pack_label).unwrap_or_default(),
        devices: Devices {
            readers: desk.readers.clone(),
            reader_error: desk.reader_error.clone(),
            printer: shared.settings.printer.clone(),
        },
        demo: shared.settings.demo,
        events: pack.map(|pack| choices(pack, "event", shared.today())).unwrap_or_default(),
        cases,
        case: desk.case.as_ref().zip(engine).map(|(case, engine)| {
            let known = Known { pack: engine.pack(), engine, fonts };
            let shown = CaseView {
                handover: handover::state(shared, desk),
                pairs: resident::pairs(shared, desk, engine, case),
                ..case_view(&known, older, desk, case)
            };
            CaseView { left: left::of(&shown), ..shown }
        }),
        scan: scan::view(shared, desk),
        practice: practice::view(desk),
        staff_accounts: lists::accounts(desk),
        parked: desk.parked.as_ref().map(|parked| parked.line.clone()),
        displays: desk.displays.now.count,
        display_lost: desk.displays.lost,
        lock_minutes: shared.settings.lock_minutes,
        display: displays::drawn(
            desk.drawn.as_ref(),
            1,
            desk.displays.now.staff,
            shared.settings.staff_display_mm,
        ),
        langs: kept.or(pack).map(|pack| langs(pack, shared.today())).unwrap_or_default(),
        trouble: shared.pack().as_ref().err().cloned().or(fonts_trouble).or(list_trouble),
    }
}

fn choices(pack: &Pack, fact: &str, on: Date) -> Vec<ChoiceView> {
    pack.choices
        .iter()
        .filter(|row| row.fact == fact && !row.retired)
        .map(|row| ChoiceView {
            id: row.value.clone(),
            text: pack
                .text(STAFF_LANG, &format!("choice.{}", row.id), on)
                .unwrap_or(&row.value)
                .to_owned(),
        })
        .collect()
}

/// What values are shown with: the pack's words, and the fonts that can draw them.
struct Known<'a> {
    pack: &'a Pack,
    engine: &'a Engine<'a>,
    fonts: Option<&'a FontSet>,
}

impl Known<'_> {
    /// The characters of a text that no font has. Without fonts nothing is printed anyway.
    fn lacking(&self, text: &str) -> Vec<String> {
        let lacking = self.fonts.and_then(|fonts| fonts.lacking(text, Style::Mincho).ok());
        let lacking = lacking.unwrap_or_default();
        lacking.iter().map(|unknown| code_points(&unknown.code_points)).collect()
    }
}

/// What one case shows behind the veil.
struct Shown<'a> {
    known: &'a Known<'a>,
    veil: &'a Veil,
    case: &'a Case,
    /// What may be shown.
    facts: &'a FactSet,
    on: Date,
}

impl Shown<'_> {
    fn people(&self) -> Vec<PersonView> {
        let person = |id: &str| PersonView {
            id: id.to_owned(),
            name: name(self.facts, id),
            lacking: self.known.lacking(&name(self.facts, id)),
            shape: None,
            facts: self.fact_views(&Subject::Person(id.to_owned())),
        };
        self.facts.people().iter().map(|one| person(&one.id)).collect()
    }

    /// What is known of a subject, in the order in which it is asked; discreet facts stand on no shared screen.
    fn fact_views(&self, subject: &Subject) -> Vec<FactView> {
        let pack = self.known.pack;
        let vocabulary = self.known.engine.vocabulary();
        let shown = |fact: &&str| {
            vocabulary.get(fact).is_none_or(|def| def.sensitivity != Sensitivity::Discreet)
                && self.facts.value(subject, fact).is_none_or(|value| value.shared(pack).is_some())
        };
        let mut stated: Vec<(&str, bool)> = self
            .facts
            .known(subject)
            .filter(shown)
            .map(|fact| (fact, false))
            .chain(self.veil.masked(&self.case.facts, subject).map(|fact| (fact, true)))
            .collect();
        stated.sort_by_key(|(fact, _)| {
            (pack.questions.iter().position(|row| row.fact == *fact).unwrap_or(usize::MAX), *fact)
        });
        let view = |(fact, masked)| match masked {
            true => self.masked(subject, fact),
            false => fact_view(self.known, self.facts, subject, fact, self.on),
        };
        stated.into_iter().filter_map(view).collect()
    }

    /// That something was answered, and by whom.
    fn masked(&self, subject: &Subject, fact: &str) -> Option<FactView> {
        Some(FactView {
            id: fact.to_owned(),
            label: label(self.known.pack, fact, self.on),
            text: String::new(),
            value: serde_json::Value::Null,
            source: self.case.facts.get(subject, fact)?.source.id().to_owned(),
            conflicts: Vec::new(),
            lacking: Vec::new(),
            masked: true,
        })
    }

    /// The questions that fill what is known; the event itself stays as the case was opened.
    fn answered(&self, wording: &Wording<'_>) -> Vec<QuestionView> {
        let mut answered = Vec::new();
        for subject in subjects(self.facts) {
            let masked = self.veil.masked(&self.case.facts, &subject);
            let known = self.facts.known(&subject).filter(|fact| *fact != "event").chain(masked);
            answered.extend(known.filter_map(|fact| {
                let on = self.on;
                let question =
                    self.known.engine.question_about(self.facts, on, STAFF_LANG, &subject, fact)?;
                Some(wording.question(question))
            }));
        }
        answered
    }

    fn table(&self) -> TableView {
        let on = self.on;
        // What is missing is looked for behind the veil too: what follows a private answer would tell it.
        let open = if self.case.closed {
            Vec::new()
        } else {
            self.known.engine.questions(self.facts, on, STAFF_LANG, Detail::All)
        };
        let sheet = table::Sheet {
            facts: self.facts,
            stated: &self.case.facts,
            veil: self.veil,
            open: &open,
            on,
        };
        table::table(self.known, &sheet)
    }
}

fn case_view(known: &Known<'_>, older: bool, desk: &Desk, case: &Case) -> CaseView {
    let Known { pack, engine, .. } = *known;
    let on = case.counter_date;
    let all = engine.complete(&case.facts, on);
    let event = all.value(&Subject::Case, "event");
    let event_id = event
        .map(|value| value.to_json().as_str().unwrap_or_default().to_owned())
        .unwrap_or_default();
    let decided = engine.determine(&case.facts, on, STAFF_LANG).decisions;
    let (discreet, open): (Vec<_>, Vec<_>) = decided.into_iter().partition(|one| one.discreet);
    let private_open = desk.sight.private_open(case);
    let veil = Veil::new(engine, case, private_open, &open);
    let facts = veil.facts().unwrap_or(&all);
    let shown = veil.decisions().map(<[Decision]>::to_vec).unwrap_or(open);
    let veiled = desk.packet().map(|packet| veil.over(packet, case, engine)).unwrap_or_default();
    let spoken = lang(pack, case);
    let wording = Wording { engine, facts, on, lang: spoken };
    let asks = open_asks(engine, case);
    let of_resident = desk.sight.of_resident(&asks);
    let turn = if of_resident.is_empty() { Turn::Staff } else { Turn::Resident };
    let view = Shown { known, veil: &veil, case, facts, on };
    // What hangs on facts that nobody is asked on this screen stays undecided in every case: that is no matter of
    // this household.
    let discreet_open = discreet
        .iter()
        .filter(|decision| matches!(decision.status, Status::Required | Status::MayApply))
        .count();
    CaseView {
        id: case.id.to_string(),
        reception: reception(desk, case),
        event: ChoiceView {
            text: event
                .map(|value| value_text(pack, STAFF_LANG, "event", value, on))
                .unwrap_or_default(),
            id: event_id,
        },
        counter_date: case.counter_date.to_string(),
        card: desk.card.clone(),
        older_pack: older.then(|| pack_label(pack)),
        continues: case.continues.clone(),
        lang: spoken.to_owned(),
        conflicts: conflict::views(known, facts, on),
        also_events: match facts.value(&Subject::Case, "also_events") {
            Some(Value::Choices(ids)) => choices(pack, "also_events", on)
                .into_iter()
                .filter(|one| one.id != NOTHING && ids.contains(&one.id))
                .collect(),
            _ => Vec::new(),
        },
        step: case.step.clone().unwrap_or_default(),
        identity: identity::view(engine, desk, case),
        certificate: certificate::view(engine, case, STAFF_LANG),
        asks: wording.staff_asks(&asks, &desk.sight, private_open, &shown),
        turn: turn.id().to_owned(),
        resident_answered: desk.sight.answered,
        call: desk.other.call.clone(),
        pairs: Vec::new(),
        private_open,
        private_hidden: veil.hidden(),
        discreet: discreet::view(&view, desk, &wording, &discreet),
        table: view.table(),
        signed: case.signed.iter().map(|key| veiled.shown(key)).collect(),
        left: Vec::new(),
        people: desk.shapes.of_people(view.people(), known.fonts),
        facts: view.fact_views(&Subject::Case),
        questions: ask::readable(&asks, &desk.sight, private_open)
            .map(|question| wording.question(question.clone()))
            .collect(),
        answered: if case.closed { Vec::new() } else { view.answered(&wording) },
        decisions: outcome::decisions(pack, case, facts, shown),
        discreet_open: u32::try_from(discreet_open).unwrap_or(u32::MAX),
        consequences: match veil.facts() {
            Some(_) => desk.consequences.public.clone(),
            None => desk.consequences.all.clone(),
        },
        papers: match &desk.packet {
            Some(Ok(packet)) => papers::views(known, &packet.papers, case, facts, &veiled),
            Some(Err(_)) | None => Vec::new(),
        },
        papers_apart: match &desk.packet {
            Some(Ok(packet)) => {
                let alone = desk.sight.alone(case);
                let apart = papers::views(known, &packet.apart, case, facts, &veiled).into_iter();
                apart.filter(|paper| alone || paper.form != DISCREET).collect()
            }
            Some(Err(_)) | None => Vec::new(),
        },
        refusals: match &desk.packet {
            Some(Ok(packet)) => printing::refusals(packet, &veiled),
            Some(Err(error)) => vec![error.clone()],
            None => Vec::new(),
        },
        characters: match &desk.packet {
            Some(Ok(packet)) => printing::characters(known, packet, facts, &veiled, on),
            _ => Vec::new(),
        },
        print: desk.print.clone(),
        handover: HandoverState::Off,
        print_jobs: printing::jobs(desk, &veiled),
        can_undo: case.can_undo(),
        confirmed_by_resident: case.confirmed == Some(true),
        closed: case.closed,
    }
}

fn pack_label(pack: &Pack) -> PackLabel {
    PackLabel { id: pack.id.clone(), version: pack.version, name: pack.name.clone() }
}

/// The language of what the resident keeps: the sheet's, if the pack speaks it.
pub fn lang<'a>(pack: &Pack, case: &'a Case) -> &'a str {
    let spoken = |lang: &&str| pack.texts.contains_key(*lang);
    case.lang.as_deref().filter(spoken).unwrap_or(STAFF_LANG)
}

/// The number under which the case was taken in.
pub fn reception(desk: &Desk, case: &Case) -> String {
    desk.store
        .as_ref()
        .and_then(|store| store.case(&case.id).ok())
        .map(|head| head.reception.to_string())
        .unwrap_or_default()
}

fn name(facts: &FactSet, person: &str) -> String {
    names(facts, &[person.to_owned()]).concat()
}

fn label(pack: &Pack, fact: &str, on: Date) -> String {
    pack.text(STAFF_LANG, &format!("fact.{fact}"), on).unwrap_or(fact).to_owned()
}

fn fact_view(
    known: &Known<'_>,
    facts: &FactSet,
    subject: &Subject,
    id: &str,
    on: Date,
) -> Option<FactView> {
    let pack = known.pack;
    let fact = facts.get(subject, id)?;
    let word = |word: &str| pack.text_or_id(STAFF_LANG, word, on).to_owned();
    let said = |answer: &Answer| match answer {
        Answer::Known(Value::PersonId(person)) => name(facts, person),
        Answer::Known(value) => value
            .shared(pack)
            .map_or_else(String::new, |value| value_text(pack, STAFF_LANG, id, &value, on)),
        Answer::Unknown => word("word.unknown"),
        Answer::Declined => word("word.declined"),
    };
    let conflicts = facts
        .conflicts(subject, id)
        .into_iter()
        .map(|other| OtherValueView {
            text: said(&other.answer),
            source: other.source.id().to_owned(),
        })
        .collect();
    Some(FactView {
        id: id.to_owned(),
        label: label(pack, id, on),
        text: said(&fact.answer),
        value: match &fact.answer {
            Answer::Known(value) => {
                value.shared(pack).map_or(serde_json::Value::Null, |value| value.to_json())
            }
            Answer::Unknown | Answer::Declined => serde_json::Value::Null,
        },
        source: fact.source.id().to_owned(),
        conflicts,
        lacking: match &fact.answer {
            Answer::Known(Value::Text(text)) => known.lacking(text),
            _ => Vec::new(),
        },
        masked: false,
    })
}
