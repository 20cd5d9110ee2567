//! The resident's window: made from its own few facts, so that nothing of the staff view can slip into it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use kakanai_authoring::home::sort_languages;
use kakanai_authoring::with_readings;
use kakanai_forms::FontSet;
use kakanai_rules::{Engine, Pack, Value, value_text};

use super::ask::Wording;
use super::window_text::WINDOW_TEXTS;
use super::{STAFF_LANG, lang};
use crate::asks::Ask;
use crate::case::Case;
use crate::door::{
    ChoiceView, DisplayView, PrintStep, ProgressView, ResidentItem, ResidentScreen, ResidentView,
    SentencePair,
};
use crate::event::Item;
use crate::papers::{self, Packet};
use crate::session::asks::{Turn, open_asks};
use crate::session::displays;
use crate::session::{Desk, Shared, Shown};

/// Facts that the resident confirms after a card was read.
const CONFIRMED: [&str; 4] = ["name", "address", "birth_date", "sex"];
/// The steps of a visit as the resident counts them: who comes, the questions, the result, the papers.
const STEPS: u8 = 4;
/// Steps of the clerk in which nothing is asked of the resident any more.
const AFTER_QUESTIONS: [&str; 3] = ["papers", "print", "finish"];

/// The resident's window.
pub fn resident(shared: &Shared, desk: &Desk, fonts: Option<&FontSet>) -> ResidentView {
    let current = shared.pack().as_ref().ok().map(|kept| kept.engine());
    let Some(engine) = desk.kept.as_ref().map(|kept| kept.engine()).or(current) else {
        return nobody(shared);
    };
    let pack = engine.pack();
    let on = day(shared, desk);
    let lang = spoken(desk, pack);
    let screen = Window { desk, engine, lang, on, fonts }.screen();
    ResidentView {
        municipality: pack.name.clone(),
        demo: shared.settings.demo,
        practice: desk.practice.is_some(),
        lang: lang.to_owned(),
        langs: langs(pack, on),
        display: display(shared, desk),
        texts: texts(pack, lang, on),
        texts_ja: if is_japanese(lang) {
            BTreeMap::new()
        } else {
            window_texts(pack, STAFF_LANG, on).collect()
        },
        draft: is_draft(pack, lang),
        progress: desk.case.as_ref().map(|case| progress(engine, desk, case)),
        called: desk.other.call.is_some(),
        screen,
    }
}

/// The window of a terminal that has no pack.
fn nobody(shared: &Shared) -> ResidentView {
    ResidentView {
        municipality: String::new(),
        demo: shared.settings.demo,
        practice: false,
        lang: STAFF_LANG.to_owned(),
        langs: Vec::new(),
        display: displays::drawn(None, 2, None, None),
        texts: BTreeMap::new(),
        texts_ja: BTreeMap::new(),
        draft: false,
        progress: None,
        called: false,
        screen: ResidentScreen::Welcome,
    }
}

fn day(shared: &Shared, desk: &Desk) -> Date {
    let case = desk.case.as_ref().map(|case| case.counter_date);
    case.unwrap_or_else(|| shared.today())
}

fn is_japanese(lang: &str) -> bool {
    lang.starts_with(STAFF_LANG)
}

/// The language of the resident's window: the case's, or what was chosen before one was open.
pub fn spoken<'a>(desk: &'a Desk, pack: &Pack) -> &'a str {
    match &desk.case {
        Some(case) => lang(pack, case),
        None => {
            let chosen = desk.other.lang.as_deref();
            chosen.filter(|lang| pack.texts.contains_key(*lang)).unwrap_or(STAFF_LANG)
        }
    }
}

/// The languages that the window speaks, each named in itself.
pub fn langs(pack: &Pack, on: Date) -> Vec<ChoiceView> {
    let speaks = |lang: &&str| {
        pack.texts.get(*lang).is_some_and(|texts| texts.contains_key("window.welcome.heading"))
    };
    let mut langs: Vec<&str> = pack.texts.keys().map(String::as_str).filter(speaks).collect();
    sort_languages(&mut langs);
    let named = |lang: &str| ChoiceView {
        id: lang.to_owned(),
        text: pack.text(lang, "window.lang.name", on).unwrap_or(lang).to_owned(),
    };
    langs.into_iter().map(named).collect()
}

/// The window's own words, without readings.
fn window_texts<'a>(
    pack: &'a Pack,
    lang: &'a str,
    on: Date,
) -> impl Iterator<Item = (String, String)> + 'a {
    WINDOW_TEXTS.iter().filter_map(move |key| {
        let text = pack.text(lang, &format!("window.{key}"), on)?;
        Some(((*key).to_owned(), text.to_owned()))
    })
}

fn texts(pack: &Pack, lang: &str, on: Date) -> BTreeMap<String, String> {
    let texts = window_texts(pack, lang, on);
    if is_japanese(lang) {
        texts.map(|(key, text)| (key, with_readings(&text, &pack.readings))).collect()
    } else {
        texts.collect()
    }
}

/// Nobody who speaks the language has checked the window's words.
fn is_draft(pack: &Pack, lang: &str) -> bool {
    let texts = pack.texts.get(lang).into_iter().flatten();
    let mut of_window = texts.filter(|(id, _)| id.starts_with("window."));
    of_window.any(|(_, versions)| versions.iter().any(|text| text.origin == "machine-draft"))
}

fn progress(engine: &Engine<'_>, desk: &Desk, case: &Case) -> ProgressView {
    let asks = open_asks(engine, case);
    let left: usize = asks.iter().map(|ask| ask.questions.len()).sum();
    let step = match case.step.as_deref() {
        Some("papers" | "print" | "finish") => 4,
        Some("check" | "result") => 3,
        Some("questions") => 2,
        Some(_) => 1,
        None if matches!(desk.print, PrintStep::Idle) => {
            if case.facts.people().is_empty() {
                1
            } else {
                2
            }
        }
        None => 4,
    };
    ProgressView { step, of: STEPS, questions_left: u32::try_from(left).unwrap_or(u32::MAX) }
}

/// How the window is drawn.
fn display(shared: &Shared, desk: &Desk) -> DisplayView {
    let set = shared.settings.resident_display_mm;
    displays::drawn(desk.other.display.as_ref(), 2, desk.displays.now.resident, set)
}

/// What the window shows at this moment.
pub struct Window<'a> {
    pub desk: &'a Desk,
    pub engine: &'a Engine<'a>,
    pub lang: &'a str,
    pub on: Date,
    /// The fonts that draw exact shapes.
    pub fonts: Option<&'a FontSet>,
}

impl Window<'_> {
    /// The screen.
    pub fn screen(&self) -> ResidentScreen {
        let desk = self.desk;
        match (&desk.shown, &desk.case) {
            (Shown::Thanks, _) => ResidentScreen::Thanks,
            (_, None) => ResidentScreen::Welcome,
            (Shown::Pin { tries_left, wrong_before }, _) => {
                ResidentScreen::Pin { tries_left: *tries_left, wrong_before: *wrong_before }
            }
            (Shown::Reading, _) => ResidentScreen::Reading,
            (Shown::Trouble(error), _) => ResidentScreen::Trouble { error: error.clone() },
            (Shown::Confirm { items }, Some(_)) => ResidentScreen::Confirm {
                items: self.confirmed_items(items),
                document: "mynumber".to_owned(),
            },
            (Shown::Case, Some(case)) => self.of_case(case),
        }
    }

    /// What the document said, not what was typed beside it.
    fn confirmed_items(&self, items: &[Item]) -> Vec<ResidentItem> {
        let item = |fact: &&str| {
            let item = items.iter().find(|item| item.fact == *fact)?;
            let label = self.engine.pack().text(self.lang, &format!("fact.{fact}"), self.on);
            let text = value_text(self.engine.pack(), self.lang, fact, &item.value, self.on);
            let drawn = matches!(item.value, Value::Text(_));
            let shape = drawn.then(|| self.desk.shapes.of(&text, self.fonts)).flatten();
            Some(ResidentItem { label: self.read(label.unwrap_or(fact)), text, shape })
        };
        CONFIRMED.iter().filter_map(item).collect()
    }

    fn read(&self, text: &str) -> String {
        if is_japanese(self.lang) {
            with_readings(text, &self.engine.pack().readings)
        } else {
            text.to_owned()
        }
    }

    fn of_case(&self, case: &Case) -> ResidentScreen {
        let engine = self.engine;
        if self.desk.other.list {
            let facts = engine.complete(&case.facts, self.on);
            let decided = engine.determine(&case.facts, self.on, self.lang);
            let entries = papers::list(self.engine, case, &facts, &decided, self.lang);
            return ResidentScreen::List { entries };
        }
        if let Some(papers) = self.papers(case) {
            return papers;
        }
        let asks = open_asks(engine, case);
        let over = case.step.as_deref().is_some_and(|step| AFTER_QUESTIONS.contains(&step));
        let printing = self.is_printing();
        let facts = engine.complete(&case.facts, self.on);
        let wording = Wording { engine, facts: &facts, on: self.on, lang: self.lang };
        let asked = self.desk.sight.of_resident(&asks);
        if !over && !printing && !asked.is_empty() {
            return ResidentScreen::Questions {
                asks: asked.into_iter().filter_map(|ask| wording.resident_ask(ask)).collect(),
                answered: self.desk.sight.answered,
            };
        }
        let step = if printing { "printing" } else { step(case, &asks) };
        let saying = asks
            .iter()
            .filter(|_| step == "questions")
            .find(|ask| !ask.is_private() && self.desk.sight.turn(ask) == Turn::Staff)
            .and_then(|ask| wording.said(ask));
        ResidentScreen::Working { step: step.to_owned(), saying }
    }

    fn is_printing(&self) -> bool {
        matches!(
            self.desk.print,
            PrintStep::Sending | PrintStep::Printing { .. } | PrintStep::AskCameOut
        )
    }

    /// The papers that lie before the resident.
    fn papers(&self, case: &Case) -> Option<ResidentScreen> {
        if !matches!(self.desk.print, PrintStep::Done) {
            return None;
        }
        let packet = self.desk.packet().into_iter().flat_map(Packet::for_all_eyes);
        let given = packet.filter(|paper| case.printed.contains(&paper.id));
        let signatures: Vec<usize> = given.map(|paper| paper.signatures).collect();
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        (!signatures.is_empty()).then(|| ResidentScreen::Papers {
            papers: count(signatures.len()),
            signatures: count(signatures.iter().sum()),
        })
    }
}

/// What the clerk is doing, as the resident reads it.
fn step(case: &Case, asks: &[Ask]) -> &'static str {
    match case.step.as_deref() {
        Some("start") => "reception",
        Some("identity") => "identity",
        Some("document") => "reading",
        Some("certificate") => "certificate",
        Some("household") => "household",
        Some("questions") => "questions",
        Some("check") => "check",
        Some("result") => "result",
        Some("papers" | "print") => "papers",
        Some("finish") => "finish",
        _ if case.facts.people().is_empty() => "reception",
        _ if !asks.is_empty() => "questions",
        _ => "papers",
    }
}

/// The name of a screen, as it crosses the door.
pub fn screen_name(screen: &ResidentScreen) -> &'static str {
    match screen {
        ResidentScreen::Welcome => "welcome",
        ResidentScreen::Working { .. } => "working",
        ResidentScreen::Questions { .. } => "questions",
        ResidentScreen::Pin { .. } => "pin",
        ResidentScreen::Reading => "reading",
        ResidentScreen::Confirm { .. } => "confirm",
        ResidentScreen::Trouble { .. } => "trouble",
        ResidentScreen::List { .. } => "list",
        ResidentScreen::Papers { .. } => "papers",
        ResidentScreen::Thanks => "thanks",
    }
}

/// The sentences on the resident's window beside their Japanese, for the clerk; none in Japanese, and of private
/// questions none.
pub fn pairs(shared: &Shared, desk: &Desk, engine: &Engine<'_>, case: &Case) -> Vec<SentencePair> {
    let pack = engine.pack();
    let lang = spoken(desk, pack);
    if lang == STAFF_LANG {
        return Vec::new();
    }
    let on = day(shared, desk);
    let screen = Window { desk, engine, lang, on, fonts: None }.screen();
    let keys = sentences(&screen);
    let own = |key: &&'static str| {
        let place = WINDOW_TEXTS.iter().position(|known| known == key)?;
        let id = format!("window.{key}");
        let number = number(&screen, key).to_string();
        let text = |lang| pack.text(lang, &id, on).unwrap_or_default().replace("{n}", &number);
        Some(SentencePair {
            number: format!("W{}", place.saturating_add(1)),
            ja: text(STAFF_LANG),
            said: text(lang),
            lang: lang.to_owned(),
            draft: is_draft(pack, lang),
        })
    };
    let mut pairs: Vec<SentencePair> = keys.iter().filter_map(own).collect();
    if let ResidentScreen::Working { saying, .. } = &screen {
        pairs.extend(saying.clone());
    }
    if matches!(screen, ResidentScreen::Questions { .. }) {
        let facts = engine.complete(&case.facts, on);
        let wording = Wording { engine, facts: &facts, on, lang };
        let asks = open_asks(engine, case);
        let open = desk.sight.private_open(case);
        let asked = desk.sight.of_resident(&asks).into_iter();
        let told = asked.filter(|ask| open || !ask.is_private());
        pairs.extend(told.filter_map(|ask| wording.said(ask)));
    }
    pairs
}

/// The texts of the window that a screen leads with.
fn sentences(screen: &ResidentScreen) -> Vec<&'static str> {
    match screen {
        ResidentScreen::Welcome => vec!["welcome.heading", "welcome.lead", "welcome.wait"],
        ResidentScreen::Working { step, .. } => {
            let of_step = WINDOW_TEXTS.iter().copied();
            let working = of_step.filter(|key| key.strip_prefix("working.") == Some(step));
            std::iter::once("working.heading").chain(working).collect()
        }
        ResidentScreen::Questions { .. } => vec!["ask.heading", "ask.lead", "ask.private"],
        ResidentScreen::Pin { wrong_before: true, .. } => vec!["pin.wrong", "pin.tries"],
        ResidentScreen::Pin { tries_left: 1, .. } => vec!["lasttry.heading", "lasttry.lead"],
        ResidentScreen::Pin { .. } => vec!["pin.heading", "pin.lead", "pin.tries"],
        ResidentScreen::Reading => vec!["reading.heading", "reading.lead", "reading.items"],
        ResidentScreen::Confirm { .. } => {
            vec!["confirm.heading", "confirm.lead", "confirm.yes", "confirm.no"]
        }
        ResidentScreen::Trouble { .. } => vec!["trouble.heading", "trouble.lead"],
        ResidentScreen::List { .. } => vec!["list.heading", "list.lead"],
        ResidentScreen::Papers { signatures: 0, .. } => {
            vec!["papers.heading", "papers.count", "papers.nosign", "papers.wrong"]
        }
        ResidentScreen::Papers { .. } => {
            vec!["papers.heading", "papers.count", "papers.sign", "papers.wrong"]
        }
        ResidentScreen::Thanks => vec!["thanks.heading", "thanks.lead"],
    }
}

/// The number that a text of a screen tells.
fn number(screen: &ResidentScreen, key: &str) -> u32 {
    match (screen, key) {
        (ResidentScreen::Pin { tries_left, .. }, _) => u32::from(*tries_left),
        (ResidentScreen::Papers { papers, .. }, "papers.count") => *papers,
        (ResidentScreen::Papers { signatures, .. }, _) => *signatures,
        _ => 0,
    }
}
