//! The veil over what is private from the hall (配慮項目): what the staff window shows while it is not opened.
//!
//! Behind the veil the window is made from the household without its private facts, so that it cannot tell what it
//! does not have: no decision, reason, table cell, question or paper depends on a private value. That something was
//! answered shows only for questions that everybody in this situation is asked.

use std::collections::BTreeMap;

use kakanai_forms::Refusal;
use kakanai_rules::{Decision, Detail, Engine, FactSet, Status, Subject};

use super::STAFF_LANG;
use crate::case::Case;
use crate::door::DoorError;
use crate::papers::{CHECK, COUNTERS, DISCREET, FEES, GUIDE, Packet, PacketPaper, TENKI};
use crate::privacy::Private;
use crate::session::{Desk, no_case};

/// What a paper's key becomes while nobody may read it.
const VEILED: &str = "private-";

/// What the staff window may show of one case.
pub struct Veil {
    private: Private,
    closed: Option<Closed>,
}

/// What is shown while private values are masked.
struct Closed {
    /// The household without its private facts, with what follows from the rest.
    facts: FactSet,
    /// Its decisions, discreet ones left out.
    decisions: Vec<Decision>,
    /// Private questions that do not hang on a private answer.
    asked_of_all: Vec<(Subject, String)>,
    /// Decisions that come out otherwise with the private facts.
    hidden: u32,
}

impl Veil {
    /// Hangs the veil, unless it was opened or nothing private is known. `decided`: all decisions that are not
    /// discreet.
    pub fn new(engine: &Engine<'_>, case: &Case, open: bool, decided: &[Decision]) -> Veil {
        let private = Private::of(engine.vocabulary());
        if open || !private.is_known_in(&case.facts) {
            return Veil { private, closed: None };
        }
        let on = case.counter_date;
        let without = private.taken_out(&case.facts);
        let mut decisions = engine.determine(&without, on, STAFF_LANG).decisions;
        decisions.retain(|decision| !decision.discreet);
        let questions = engine.questions(&without, on, STAFF_LANG, Detail::Next);
        let asked = questions.into_iter().filter(|question| question.private);
        let closed = Closed {
            facts: engine.complete(&without, on).into_owned(),
            hidden: count(hidden(decided, &decisions).count()),
            decisions,
            asked_of_all: asked
                .map(|question| (Subject::from(question.person), question.fact))
                .collect(),
        };
        Veil { private, closed: Some(closed) }
    }

    /// The facts that may be shown, if not all of them may.
    pub fn facts(&self) -> Option<&FactSet> {
        self.closed.as_ref().map(|closed| &closed.facts)
    }

    /// The decisions that may be shown, if not all of them may.
    pub fn decisions(&self) -> Option<&[Decision]> {
        self.closed.as_ref().map(|closed| closed.decisions.as_slice())
    }

    /// How many decisions are not shown as they are.
    pub fn hidden(&self) -> u32 {
        self.closed.as_ref().map_or(0, |closed| closed.hidden)
    }

    /// Facts of a subject of which the window may say that they were answered, and not what.
    pub fn masked<'a>(
        &'a self,
        stated: &'a FactSet,
        subject: &'a Subject,
    ) -> impl Iterator<Item = &'a str> {
        let asked = self.closed.iter().flat_map(|closed| &closed.asked_of_all);
        asked
            .filter(move |(of, fact)| of == subject && stated.get(subject, fact).is_some())
            .map(|(_, fact)| fact.as_str())
    }

    /// Whether the window may say that this is missing.
    pub fn tells_missing(&self, subject: &Subject, fact: &str) -> bool {
        let Some(closed) = &self.closed else { return true };
        let asked = |(of, asked): &(Subject, String)| of == subject && asked == fact;
        !self.private.fact(fact) || closed.asked_of_all.iter().any(asked)
    }

    /// How much of the papers is shown.
    pub fn over<'a>(&self, packet: &'a Packet, case: &Case, engine: &Engine<'_>) -> Veiled<'a> {
        let mut keys = BTreeMap::new();
        let mut sheets = Vec::new();
        if let Some(closed) = &self.closed {
            for paper in packet.papers.iter().chain(&packet.apart) {
                match paper.form.as_str() {
                    CHECK | TENKI => sheets.push(paper.id.as_str()),
                    GUIDE | COUNTERS | FEES if closed.hidden > 0 => sheets.push(paper.id.as_str()),
                    form => {
                        let template = engine.pack().forms.get(form);
                        let tells = template
                            .is_some_and(|template| self.private.is_told_by(template, &case.facts));
                        if template.is_some() && (tells || !is_due(&closed.decisions, paper)) {
                            let number = keys.len().saturating_add(1);
                            keys.insert(paper.id.as_str(), format!("{VEILED}{number}"));
                        }
                    }
                }
            }
        }
        Veiled { keys, sheets }
    }
}

/// The papers that the staff window means by these keys.
pub fn papers_meant(desk: &Desk, keys: &[String]) -> Result<Vec<String>, DoorError> {
    behind_veil(desk, |veiled| keys.iter().map(|key| veiled.meant(key)).collect())
}

/// Refuses a look at a paper that is masked at this moment.
///
/// # Errors
/// `private-closed`, `not-alone`.
pub fn check_may_look(desk: &Desk, key: &str) -> Result<(), DoorError> {
    check_alone(desk, key)?;
    if behind_veil(desk, |veiled| veiled.is_masked(&veiled.meant(key)))? {
        return Err(DoorError::of("private-closed"));
    }
    Ok(())
}

/// Refuses the paper for one pair of eyes while others may be there.
///
/// # Errors
/// `no-case`, `not-alone`.
pub fn check_alone(desk: &Desk, key: &str) -> Result<(), DoorError> {
    let case = desk.case.as_ref().ok_or_else(no_case)?;
    if key == DISCREET && !desk.sight.alone(case) {
        return Err(DoorError::of("not-alone"));
    }
    Ok(())
}

fn behind_veil<T>(desk: &Desk, told: impl FnOnce(&Veiled<'_>) -> T) -> Result<T, DoorError> {
    let case = desk.case.as_ref().ok_or_else(no_case)?;
    let kept = desk.kept.as_ref().ok_or_else(no_case)?;
    let engine = kept.engine();
    let mut decided = engine.determine(&case.facts, case.counter_date, STAFF_LANG).decisions;
    decided.retain(|decision| !decision.discreet);
    let veil = Veil::new(engine, case, desk.sight.private_open(case), &decided);
    Ok(told(&veil.over(desk.packet()?, case, engine)))
}

/// Decisions that concern somebody and come out otherwise without the private facts.
fn hidden<'a>(
    decided: &'a [Decision],
    shown: &'a [Decision],
) -> impl Iterator<Item = &'a Decision> {
    let active =
        |decision: &&Decision| matches!(decision.status, Status::Required | Status::MayApply);
    decided.iter().filter(active).filter(|decision| {
        !shown.iter().any(|other| {
            (&other.procedure, &other.people, other.status)
                == (&decision.procedure, &decision.people, decision.status)
        })
    })
}

/// Whether the decisions that everybody may see ask for this paper.
fn is_due(decisions: &[Decision], paper: &PacketPaper) -> bool {
    let mut asked = decisions.iter().flat_map(|decision| &decision.papers);
    asked.any(|asked| {
        let everybody = asked.people.is_empty()
            || paper.people.iter().all(|person| asked.people.contains(person));
        asked.form == paper.form && everybody
    })
}

/// The papers of a case behind the veil.
#[derive(Default)]
pub struct Veiled<'a> {
    /// Papers that are there because of private answers, or print them: what they are called meanwhile.
    keys: BTreeMap<&'a str, String>,
    /// Sheets whose title tells nothing, and their content everything.
    sheets: Vec<&'a str>,
}

impl Veiled<'_> {
    /// Whether a paper may not be looked at.
    pub fn is_masked(&self, key: &str) -> bool {
        self.keys.contains_key(key) || self.sheets.contains(&key)
    }

    /// Whether not even its title may be read.
    pub fn is_nameless(&self, key: &str) -> bool {
        self.keys.contains_key(key)
    }

    /// The key under which the window knows a paper.
    pub fn shown(&self, key: &str) -> String {
        self.keys.get(key).cloned().unwrap_or_else(|| key.to_owned())
    }

    /// The paper behind a key that the window sends.
    pub fn meant(&self, shown: &str) -> String {
        let meant = self.keys.iter().find(|(_, called)| called.as_str() == shown);
        meant.map_or_else(|| shown.to_owned(), |(key, _)| (*key).to_owned())
    }

    /// Whether a form has a paper that may not be named.
    pub fn hides_form(&self, form: &str) -> bool {
        let of_form = |key: &&&str| key.split_once('/').map_or(**key, |(form, _)| form) == form;
        self.keys.keys().any(|key| of_form(&key))
    }

    /// A finding, without the place where the paper may not be named.
    pub fn refusal(&self, refusal: &Refusal) -> DoorError {
        let error = DoorError::from(refusal);
        if self.hides_form(&refusal.place().form) { DoorError::of(&error.code) } else { error }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
