//! Questions as screens: for the clerk, for the resident, and the same sentence beside each other.

use jiff::civil::Date;
use kakanai_authoring::with_readings;
use kakanai_rules::{Decision, Engine, FactSet, Pack, Question, Status};

use super::{STAFF_LANG, name};
use crate::asks::{Ask, AskKind};
use crate::door::{
    AskView, ChoiceView, QuestionView, ResidentAsk, ResidentChoice, ResidentQuestion, SentencePair,
};
use crate::privacy::resident_types;
use crate::session::asks::{Sight, Turn};

/// Where a text names the person.
const NAME: &str = "{name}";
/// The person together with the polite ending that some languages put behind a name.
const NAMED: [&str; 3] = ["{name}さん", "{name} 님", "{name}님"];
/// Stands for the name where a question is about several people.
const EACH: &str = "window.ask.each";
/// A screen of the resident's of which the staff window tells nothing.
const VEILED: &str = "private";

/// What questions are put into words with.
pub struct Wording<'a> {
    pub engine: &'a Engine<'a>,
    pub facts: &'a FactSet,
    pub on: Date,
    /// The language of the resident's window.
    pub lang: &'a str,
}

/// How many articles stand with a question.
const LAWS: usize = 3;

impl<'a> Wording<'a> {
    fn pack(&self) -> &'a Pack {
        self.engine.pack()
    }

    fn text(&self, lang: &str, id: &str) -> &str {
        self.pack().text(lang, id, self.on).unwrap_or_default()
    }

    /// Fills the name in; `None` for a question about several people. Readings are put above the text's own words, never
    /// above a name.
    fn filled(&self, lang: &str, id: &str, person: Option<&str>, readings: bool) -> String {
        let text = self.text(lang, id);
        let text = if readings { self.read(text) } else { text.to_owned() };
        if !text.contains(NAME) {
            return text;
        }
        match person {
            Some(person) => text.replace(NAME, &name(self.facts, person)),
            None => {
                let each = self.text(lang, EACH);
                let each = if readings { self.read(each) } else { each.to_owned() };
                let text = NAMED.iter().fold(text, |text, named| text.replace(named, &each));
                text.replace(NAME, &each)
            }
        }
    }

    /// With readings, where the language of the resident's window has them.
    fn read(&self, text: &str) -> String {
        if self.is_japanese() {
            with_readings(text, &self.pack().readings)
        } else {
            text.to_owned()
        }
    }

    fn is_japanese(&self) -> bool {
        self.lang.starts_with(STAFF_LANG)
    }

    /// Whether nobody who speaks the language has checked the text.
    fn is_draft(&self, lang: &str, id: &str) -> bool {
        let text = self.pack().texts.get(lang).and_then(|texts| texts.get(id));
        text.is_some_and(|versions| versions.iter().any(|text| text.origin == "machine-draft"))
    }

    fn question_text(&self, lang: &str, question: &Question, readings: bool) -> String {
        let id = format!("question.{}", question.id);
        self.filled(lang, &id, question.person.as_deref(), readings)
    }

    /// The text of a row: the short one of this language, else the question.
    fn row(&self, lang: &str, question: &Question, readings: bool) -> String {
        let id = format!("question.{}.short", question.id);
        if self.pack().texts.get(lang).is_some_and(|texts| texts.contains_key(&id)) {
            self.filled(lang, &id, question.person.as_deref(), readings)
        } else {
            self.question_text(lang, question, readings)
        }
    }

    /// The id of the text above a screen, and whom it names.
    fn heading<'q>(ask: &'q Ask, first: &'q Question) -> (String, Option<&'q str>) {
        let person = first.person.as_deref().filter(|_| ask.kind != AskKind::People);
        match &ask.group {
            Some(group) => (format!("group.{group}"), person),
            None => (format!("question.{}", first.id), person),
        }
    }

    /// The heading of a screen beside its Japanese; the number is its first question's.
    pub fn said(&self, ask: &Ask) -> Option<SentencePair> {
        let first = ask.questions.first()?;
        let (id, person) = Wording::heading(ask, first);
        Some(SentencePair {
            number: first.number.to_string(),
            ja: self.filled(STAFF_LANG, &id, person, false),
            said: self.filled(self.lang, &id, person, false),
            lang: self.lang.to_owned(),
            draft: self.is_draft(self.lang, &id),
        })
    }

    fn pair(&self, question: &Question) -> Option<SentencePair> {
        (self.lang != STAFF_LANG).then(|| SentencePair {
            number: question.number.to_string(),
            ja: self.question_text(STAFF_LANG, question, false),
            said: self.question_text(self.lang, question, false),
            lang: self.lang.to_owned(),
            draft: self.is_draft(self.lang, &format!("question.{}", question.id)),
        })
    }

    /// A question as the clerk reads it.
    pub fn question(&self, question: Question) -> QuestionView {
        let person = question.person.as_deref();
        let filled = |text: &str| match person {
            Some(person) => text.replace(NAME, &name(self.facts, person)),
            None => text.to_owned(),
        };
        QuestionView {
            text: filled(&question.text),
            staff_text: filled(&question.staff_text),
            short: filled(&question.short),
            pair: self.pair(&question),
            person_name: person.map(|person| name(self.facts, person)),
            kind: if question.many { "choices".to_owned() } else { question.kind },
            choices: question
                .choices
                .into_iter()
                .map(|choice| ChoiceView { id: choice.id, text: choice.text })
                .collect(),
            suggested: question.suggested.unwrap_or_default(),
            why: question.why,
            id: question.id,
            number: question.number,
            fact: question.fact,
            person: question.person,
            private: question.private,
            group: question.group,
        }
    }

    /// The screens as the clerk has them: what the clerk asks first, then what the resident answers. A private one
    /// that the resident answers is told as there, and in no word more.
    pub fn staff_asks(
        &self,
        asks: &[Ask],
        sight: &Sight,
        open: bool,
        decided: &[Decision],
    ) -> Vec<AskView> {
        let view = |ask: &Ask, turn: Turn| self.staff_ask(ask, turn, decided);
        let of = |turn: Turn| asks.iter().filter(move |ask| sight.turn(ask) == turn);
        let veiled = |ask: &&Ask| ask.is_private() && !open;
        let elsewhere = of(Turn::Resident);
        let mut views: Vec<AskView> =
            of(Turn::Staff).filter_map(|ask| view(ask, Turn::Staff)).collect();
        views.extend(
            elsewhere
                .clone()
                .filter(|ask| !veiled(ask))
                .filter_map(|ask| view(ask, Turn::Resident)),
        );
        if elsewhere.clone().any(|ask| veiled(&ask)) {
            views.push(veiled_ask());
        }
        views
    }

    fn staff_ask(&self, ask: &Ask, turn: Turn, decided: &[Decision]) -> Option<AskView> {
        let (id, person) = Wording::heading(ask, ask.questions.first()?);
        let text = |suffix: &str| self.filled(STAFF_LANG, &format!("{id}{suffix}"), person, false);
        Some(AskView {
            id: ask.id.clone(),
            kind: ask.kind.id().to_owned(),
            text: text(""),
            staff_text: text(".staff"),
            why: text(".why"),
            laws: self.laws(ask, decided),
            private: ask.is_private(),
            turn: turn.id().to_owned(),
            questions: ask.questions.iter().cloned().map(|one| self.question(one)).collect(),
            pair: self.said(ask).filter(|_| self.lang != STAFF_LANG),
        })
    }

    /// The articles of the procedures that wait for an answer, or whose papers carry it.
    fn laws(&self, ask: &Ask, decided: &[Decision]) -> Vec<String> {
        let asked = |fact: &str| {
            ask.questions.iter().any(|question| {
                let mut gates = self.pack().gates.iter();
                question.fact == fact
                    || gates.any(|row| row.gate == question.fact && row.fact == fact)
            })
        };
        let waiting = decided.iter().filter(|decision| {
            let on_papers = || {
                let row = self.pack().procedure(&decision.procedure);
                row.is_some_and(|row| row.asks.iter().any(|fact| asked(fact)))
            };
            match decision.status {
                Status::Undecided => decision.needs.iter().any(|missing| asked(&missing.fact)),
                Status::Required | Status::MayApply => on_papers(),
                Status::NotNeeded => false,
            }
        });
        let mut laws: Vec<String> = Vec::new();
        for Decision { law, .. } in waiting {
            if laws.len() < LAWS && !law.is_empty() && !laws.contains(law) {
                laws.push(law.clone());
            }
        }
        laws
    }

    /// A screen as the resident has it.
    pub fn resident_ask(&self, ask: &Ask) -> Option<ResidentAsk> {
        let first = ask.questions.first()?;
        let (id, person) = Wording::heading(ask, first);
        let questions = ask.questions.iter();
        Some(ResidentAsk {
            kind: ask.kind.id().to_owned(),
            number: first.number.to_string(),
            text: self.filled(self.lang, &id, person, true),
            ja: self.beside(self.filled(STAFF_LANG, &id, person, false)),
            why: self.filled(self.lang, &format!("{id}.why"), person, true),
            questions: questions.map(|question| self.resident_question(ask, question)).collect(),
            id: ask.id.clone(),
        })
    }

    fn resident_question(&self, ask: &Ask, question: &Question) -> ResidentQuestion {
        let row = matches!(ask.kind, AskKind::Checklist | AskKind::Page);
        let text = |lang: &str, readings: bool| {
            if row {
                self.row(lang, question, readings)
            } else {
                self.question_text(lang, question, readings)
            }
        };
        let choices = question.choices.iter().map(|choice| {
            // People of the household are choices too, and have no text of their own.
            let id = format!("choice.{}.{}", question.fact, choice.id);
            let said = self.pack().text(self.lang, &id, self.on);
            ResidentChoice {
                text: said.map_or_else(|| choice.text.clone(), |said| self.read(said)),
                ja: if said.is_some() { self.beside(choice.text.clone()) } else { String::new() },
                id: choice.id.clone(),
            }
        });
        let pad = resident_types(&question.fact) || question.kind == "number";
        ResidentQuestion {
            text: text(self.lang, true),
            ja: self.beside(text(STAFF_LANG, false)),
            choices: choices.collect(),
            pad: if pad { "digits" } else { "none" }.to_owned(),
            kind: if question.many { "choices".to_owned() } else { question.kind.clone() },
            fact: question.fact.clone(),
            person_name: question.person.as_deref().map(|person| name(self.facts, person)),
            person: question.person.clone(),
        }
    }

    /// The Japanese beside another language.
    fn beside(&self, text: String) -> String {
        if self.is_japanese() { String::new() } else { text }
    }
}

/// The questions that the clerk may read now: a private one only while the clerk asks it or has opened it.
pub fn readable<'a>(
    asks: &'a [Ask],
    sight: &'a Sight,
    open: bool,
) -> impl Iterator<Item = &'a Question> {
    let may = move |ask: &&Ask| open || !ask.is_private() || sight.turn(ask) == Turn::Staff;
    asks.iter().filter(may).flat_map(|ask| &ask.questions)
}

fn veiled_ask() -> AskView {
    AskView {
        id: VEILED.to_owned(),
        kind: AskKind::One.id().to_owned(),
        text: String::new(),
        staff_text: String::new(),
        why: String::new(),
        laws: Vec::new(),
        private: true,
        turn: Turn::Resident.id().to_owned(),
        questions: Vec::new(),
        pair: None,
    }
}
