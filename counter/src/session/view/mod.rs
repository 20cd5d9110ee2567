//! Views: what each window shows, made anew from the case each time.
//!
//! The resident's view is built from its own few facts; nothing of the staff view can slip into it.

mod conflict;
mod identity;
mod left;
mod outcome;
mod papers;
mod printing;
mod scan;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use kakanai_forms::{FontSet, Style, code_points};
use kakanai_records::{Account, CaseHead, Role, Store, StoreError};
use kakanai_rules::{
    Answer, Detail, Engine, FactSet, Pack, Question, Sensitivity, Status, Subject, Value,
    value_text,
};

use super::{Desk, STAFF_LANG, Shared, Shown, handover};
use crate::case::Case;
use crate::certificate;
use crate::door::{
    AccountView, CaseLine, CaseView, ChoiceView, Devices, DiscreetView, DisplayView, DoorError,
    FactView, HandoverState, OtherValueView, PackLabel, PersonView, PrintStep, QuestionView,
    ResidentItem, ResidentScreen, ResidentView, StaffPerson, StaffView, StoreState, TableView,
};
use crate::event::Item;
use crate::papers::{Packet, names};
use crate::settings::{local_day, local_time, today};
use crate::shelf::KeptPack;

pub use printing::printer;
pub use scan::{birth_date_text, holder_view};

/// Facts that the resident confirms after a card was read.
const CONFIRMED: [&str; 4] = ["name", "address", "birth_date", "sex"];

/// The staff window.
pub fn staff(shared: &Shared, desk: &Desk, fonts: Result<&FontSet, DoorError>) -> StaffView {
    let (fonts, fonts_trouble) = (fonts.as_ref().ok().copied(), fonts.as_ref().err().cloned());
    let pack = shared.pack.as_ref().ok().map(|kept| &kept.pack);
    let kept = desk.kept.as_ref().map(|kept| &kept.pack);
    let fingerprint = |kept: &Arc<KeptPack>| kept.fingerprint.clone();
    let older = shared.pack.as_ref().ok().map(fingerprint) != desk.kept.as_ref().map(fingerprint);
    let (cases, list_trouble) = match desk.store.as_ref().map(case_lines) {
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
        events: pack
            .map(|pack| choices(pack, "event", shared.settings.on.unwrap_or_else(today)))
            .unwrap_or_default(),
        cases,
        case: desk.case.as_ref().zip(kept).map(|(case, kept)| {
            let known = Known { pack: kept, fonts };
            let shown = case_view(&known, older, desk, case);
            let shown = CaseView { handover: handover::state(shared, desk), ..shown };
            CaseView { left: left::of(&shown), ..shown }
        }),
        scan: scan::view(shared, desk),
        practice: None,
        staff_accounts: accounts(desk),
        parked: desk.parked.as_ref().map(|parked| parked.line.clone()),
        displays: 1,
        lock_minutes: shared.settings.lock_minutes,
        display: usual_display(),
        langs: Vec::new(),
        trouble: shared.pack.as_ref().err().cloned().or(fonts_trouble).or(list_trouble),
    }
}

fn case_lines(store: &Store) -> Result<Vec<CaseLine>, StoreError> {
    Ok(store.cases()?.iter().rev().map(case_line).collect())
}

/// A case as a list shows it.
pub fn case_line(head: &CaseHead) -> CaseLine {
    CaseLine {
        id: head.id.to_string(),
        reception: head.reception.to_string(),
        opened_at: local_time(head.opened_at),
        closed: head.closed_at.is_some(),
        purged: head.purged_at.is_some(),
        today: local_day(head.opened_at) == today(),
    }
}

/// Everybody who has an account, for administrators. A store that cannot be read tells so in its own steps.
fn accounts(desk: &Desk) -> Vec<AccountView> {
    let administers = desk.staff.as_ref().is_some_and(|me| me.role == Role::Administrator);
    let store = desk.store.as_ref().filter(|_| administers);
    let accounts = store.and_then(|store| store.accounts().ok()).unwrap_or_default();
    let view = |account: Account| AccountView {
        account: account.id.as_str().to_owned(),
        display_name: account.display_name,
        role: account.role.as_str().to_owned(),
        active: account.active,
    };
    accounts.into_iter().map(view).collect()
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

fn case_view(known: &Known<'_>, older: bool, desk: &Desk, case: &Case) -> CaseView {
    let pack = known.pack;
    let on = case.counter_date;
    let engine = Engine::new(pack);
    let facts = engine.complete(&case.facts, on);
    let event = facts.value(&Subject::Case, "event");
    let event_id = event
        .map(|value| value.to_json().as_str().unwrap_or_default().to_owned())
        .unwrap_or_default();
    let decided = engine.determine(&case.facts, on, STAFF_LANG).decisions;
    let (discreet, open): (Vec<_>, Vec<_>) = decided.into_iter().partition(|one| one.discreet);
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
        lang: lang(pack, case).to_owned(),
        conflicts: conflict::views(known, &facts, on),
        also_events: match facts.value(&Subject::Case, "also_events") {
            Some(Value::Choices(ids)) => {
                choices(pack, "also_events", on)
                    .into_iter()
                    .filter(|one| ids.contains(&one.id))
                    .collect()
            }
            _ => Vec::new(),
        },
        step: case.step.clone().unwrap_or_default(),
        identity: identity::view(&engine, desk, case),
        certificate: certificate::view(pack, case, STAFF_LANG),
        asks: Vec::new(),
        turn: "staff".to_owned(),
        resident_answered: 0,
        call: None,
        pairs: Vec::new(),
        private_open: true,
        private_hidden: 0,
        discreet: DiscreetView {
            alone: false,
            questions: Vec::new(),
            decisions: Vec::new(),
            paper: None,
        },
        table: TableView::default(),
        signed: case.signed.iter().cloned().collect(),
        left: Vec::new(),
        people: people(known, &facts, on),
        facts: fact_views(known, &facts, &Subject::Case, on),
        questions: if case.closed { Vec::new() } else { questions(&engine, case, &facts) },
        answered: if case.closed { Vec::new() } else { answered(&engine, case, &facts) },
        decisions: outcome::decisions(pack, case, &facts, open),
        discreet_open: u32::try_from(discreet_open).unwrap_or(u32::MAX),
        consequences: desk.consequences.clone(),
        papers: match &desk.packet {
            Some(Ok(packet)) => papers::views(known, &packet.papers, case, &facts),
            Some(Err(_)) | None => Vec::new(),
        },
        papers_apart: match &desk.packet {
            Some(Ok(packet)) => papers::views(known, &packet.apart, case, &facts),
            Some(Err(_)) | None => Vec::new(),
        },
        refusals: match &desk.packet {
            Some(Ok(packet)) => printing::refusals(packet),
            Some(Err(error)) => vec![error.clone()],
            None => Vec::new(),
        },
        characters: match &desk.packet {
            Some(Ok(packet)) => printing::characters(known, packet, &facts, on),
            _ => Vec::new(),
        },
        print: desk.print.clone(),
        handover: HandoverState::Off,
        print_jobs: printing::jobs(desk),
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
    let spoken = |lang: &&str| pack.text(lang, "word.yes", case.counter_date).is_some();
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

fn people(known: &Known<'_>, facts: &FactSet, on: Date) -> Vec<PersonView> {
    facts
        .people()
        .iter()
        .map(|person| {
            let subject = Subject::Person(person.id.clone());
            PersonView {
                id: person.id.clone(),
                name: name(facts, &person.id),
                lacking: known.lacking(&name(facts, &person.id)),
                shape: None,
                facts: fact_views(known, facts, &subject, on),
            }
        })
        .collect()
}

fn name(facts: &FactSet, person: &str) -> String {
    names(facts, &[person.to_owned()]).concat()
}

fn label(pack: &Pack, fact: &str, on: Date) -> String {
    pack.text(STAFF_LANG, &format!("fact.{fact}"), on).unwrap_or(fact).to_owned()
}

/// What is known of a subject, in the order in which it is asked; discreet facts stand on no shared screen.
fn fact_views(known: &Known<'_>, facts: &FactSet, subject: &Subject, on: Date) -> Vec<FactView> {
    let pack = known.pack;
    let vocabulary = pack.vocabulary();
    let shown = |fact: &&str| {
        vocabulary.get(fact).is_none_or(|def| def.sensitivity != Sensitivity::Discreet)
            && facts.value(subject, fact).is_none_or(|value| value.shared(pack).is_some())
    };
    let mut stated: Vec<&str> = facts.known(subject).filter(shown).collect();
    stated.sort_by_key(|fact| {
        (pack.questions.iter().position(|row| row.fact == *fact).unwrap_or(usize::MAX), *fact)
    });
    stated.into_iter().filter_map(|fact| fact_view(known, facts, subject, fact, on)).collect()
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
            Answer::Known(value) => value.to_json(),
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

fn questions(engine: &Engine<'_>, case: &Case, facts: &FactSet) -> Vec<QuestionView> {
    let open = engine.questions(&case.facts, case.counter_date, STAFF_LANG, Detail::Next);
    open.into_iter().map(|question| question_view(facts, question)).collect()
}

/// The questions that fill what is known; the event itself stays as the case was opened.
fn answered(engine: &Engine<'_>, case: &Case, facts: &FactSet) -> Vec<QuestionView> {
    let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
    std::iter::once(Subject::Case)
        .chain(people)
        .flat_map(|subject| {
            let known: Vec<&str> = facts.known(&subject).filter(|fact| *fact != "event").collect();
            known
                .into_iter()
                .filter_map(|fact| {
                    engine.question_about(facts, case.counter_date, STAFF_LANG, &subject, fact)
                })
                .collect::<Vec<_>>()
        })
        .map(|question| question_view(facts, question))
        .collect()
}

fn question_view(facts: &FactSet, question: Question) -> QuestionView {
    let person_name = question.person.as_deref().map(|person| name(facts, person));
    let filled = |text: String| text.replace("{name}", person_name.as_deref().unwrap_or_default());
    QuestionView {
        text: filled(question.text),
        why: question.why,
        staff_text: filled(question.staff_text),
        id: question.id,
        number: question.number,
        fact: question.fact,
        person: question.person,
        kind: if question.many { "choices".to_owned() } else { question.kind },
        choices: question
            .choices
            .into_iter()
            .map(|choice| ChoiceView { id: choice.id, text: choice.text })
            .collect(),
        private: question.private,
        short: String::new(),
        group: None,
        suggested: serde_json::Value::Null,
        pair: None,
        person_name,
    }
}

/// The resident's window.
pub fn resident(shared: &Shared, desk: &Desk) -> ResidentView {
    let current = shared.pack.as_ref().ok().map(|kept| &kept.pack);
    let pack = desk.kept.as_ref().map(|kept| &kept.pack).or(current);
    ResidentView {
        municipality: pack.map(|pack| pack.name.clone()).unwrap_or_default(),
        demo: shared.settings.demo,
        practice: false,
        lang: STAFF_LANG.to_owned(),
        langs: Vec::new(),
        display: usual_display(),
        texts: BTreeMap::new(),
        texts_ja: BTreeMap::new(),
        draft: false,
        progress: None,
        called: false,
        screen: match (&desk.shown, &desk.case, pack) {
            (Shown::Thanks, _, _) => ResidentScreen::Thanks,
            (_, None, _) | (_, _, None) => ResidentScreen::Welcome,
            (Shown::Pin { tries_left, wrong_before }, _, _) => {
                ResidentScreen::Pin { tries_left: *tries_left, wrong_before: *wrong_before }
            }
            (Shown::Reading, _, _) => ResidentScreen::Reading,
            (Shown::Trouble(error), _, _) => ResidentScreen::Trouble { error: error.clone() },
            (Shown::Confirm { items }, Some(case), Some(pack)) => {
                let items = confirmed_items(pack, items, case.counter_date);
                ResidentScreen::Confirm { items, document: "mynumber".to_owned() }
            }
            (Shown::Case, Some(case), Some(pack)) => step(pack, desk, case),
        },
    }
}

/// What the document said, not what was typed beside it.
fn confirmed_items(pack: &Pack, items: &[Item], on: Date) -> Vec<ResidentItem> {
    CONFIRMED
        .iter()
        .filter_map(|fact| {
            let item = items.iter().find(|item| item.fact == *fact)?;
            let text = value_text(pack, STAFF_LANG, fact, &item.value, on);
            Some(ResidentItem { label: label(pack, fact, on), text, shape: None })
        })
        .collect()
}

fn step(pack: &Pack, desk: &Desk, case: &Case) -> ResidentScreen {
    let questions_left = !case.closed && !case.questions(pack, STAFF_LANG, Detail::Next).is_empty();
    let mut given = desk
        .packet()
        .into_iter()
        .flat_map(Packet::for_all_eyes)
        .filter(|paper| case.printed.contains(&paper.id))
        .peekable();
    let step = match &desk.print {
        PrintStep::Done if given.peek().is_some() => {
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let signatures: Vec<usize> = given.map(|paper| paper.signatures).collect();
            return ResidentScreen::Papers {
                papers: count(signatures.len()),
                signatures: count(signatures.iter().sum()),
            };
        }
        PrintStep::Sending | PrintStep::Printing { .. } | PrintStep::AskCameOut => "printing",
        _ if case.facts.people().is_empty() => "reception",
        _ if questions_left => "questions",
        _ => "papers",
    };
    ResidentScreen::Working { step: step.to_owned(), saying: None }
}

/// Size 2 of black on white, with readings, on a display of 96 dots an inch.
fn usual_display() -> DisplayView {
    DisplayView {
        size: 2,
        contrast: "standard".to_owned(),
        furigana: true,
        pixels_per_mm: 96.0 / 25.4,
    }
}
