//! Use cases without a case: a pack and a facts file in; questions, decisions and papers out. No store, no display.

use std::path::Path;

use jiff::civil::Date;
use kakanai_rules::{
    Detail, Determination, FactSet, Pack, Question, Subject, determine as determined,
};
use serde::Serialize;

use crate::characters::Settled;
use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::read_facts;
use crate::papers::{self, names, title};
use crate::printing::{JobWatch, Printed, Target, put_out};
use crate::settings::{Settings, today};

/// The name of a job that belongs to no case.
const JOB_NAME: &str = "kakanai";

/// What a use case without a case starts from.
#[derive(Debug, Clone, Copy)]
pub struct Inputs<'a> {
    /// Pack folder or compiled file.
    pub pack: &'a Path,
    /// Facts file.
    pub facts: &'a Path,
    /// The day at the counter; otherwise the file's `counter_date`, else today.
    pub on: Option<Date>,
}

/// Questions in the order in which they are asked.
#[derive(Debug, Serialize)]
pub struct Questions {
    /// The questions.
    pub questions: Vec<Question>,
}

/// The decisions of one day.
#[derive(Debug, Serialize)]
pub struct Decided {
    /// Every procedure.
    #[serde(flatten)]
    pub determination: Determination,
    /// What is not `not-needed`, one line each; discreet procedures stand in the document only.
    #[serde(skip)]
    pub lines: Vec<DecisionLine>,
}

/// A decision in a line.
#[derive(Debug)]
pub struct DecisionLine {
    /// Status id.
    pub status: &'static str,
    /// The procedure's title.
    pub title: String,
    /// Names of the people.
    pub people: Vec<String>,
    /// Last day.
    pub deadline: Option<String>,
}

/// The questions that still matter; with `all` also those that wait behind others.
///
/// # Errors
/// What is wrong with the pack or the facts file.
pub fn questions(inputs: &Inputs<'_>, lang: &str, all: bool) -> Result<Questions, DoorError> {
    let (pack, facts, on) = read(inputs)?;
    let detail = if all { Detail::All } else { Detail::Next };
    Ok(Questions { questions: kakanai_rules::questions(&pack, &facts, on, lang, detail) })
}

/// Decides every procedure.
///
/// # Errors
/// As [`questions`].
pub fn determine(inputs: &Inputs<'_>, lang: &str) -> Result<Decided, DoorError> {
    let (pack, facts, on) = read(inputs)?;
    Ok(Decided::new(&pack, &facts, determined(&pack, &facts, on, lang), lang))
}

/// Makes the papers, and prints them if the target names a printer.
///
/// # Errors
/// As [`questions`]; missing fonts; an unknown form; what the disk and the printer say.
pub fn print(inputs: &Inputs<'_>, target: &Target<'_>, lang: &str) -> Result<Printed, DoorError> {
    let (pack, facts, on) = read(inputs)?;
    let settings = Settings::load()?;
    let fonts = papers::fonts(&settings)?;
    let determination = determined(&pack, &facts, on, lang);
    let packet = papers::prepare(
        &pack,
        &facts,
        &determination,
        &fonts,
        target.forms,
        &Settled::default(),
        lang,
    )?;
    if packet.papers.is_empty() && packet.refusals.is_empty() {
        return Err(DoorError::of("nothing-to-print"));
    }
    put_out(&packet, &fonts, &settings, target, JOB_NAME, &mut NoCase)
}

impl Decided {
    pub(crate) fn new(
        pack: &Pack,
        facts: &FactSet,
        determination: Determination,
        lang: &str,
    ) -> Decided {
        let on = determination.on.full().unwrap_or(Date::ZERO);
        let lines = determination
            .decisions
            .iter()
            .filter(|decision| {
                decision.status != kakanai_rules::Status::NotNeeded && !decision.discreet
            })
            .map(|decision| DecisionLine {
                status: decision.status.id(),
                title: title(pack, lang, &decision.procedure, on),
                people: names(facts, &decision.people),
                deadline: decision.deadline.map(|day| day.to_string()),
            })
            .collect();
        Decided { determination, lines }
    }
}

/// Nobody's journal.
struct NoCase;

impl JobWatch for NoCase {
    fn record(&mut self, _: CaseEvent) -> Result<(), DoorError> {
        Ok(())
    }
}

fn read(inputs: &Inputs<'_>) -> Result<(Pack, FactSet, Date), DoorError> {
    let pack = kakanai_authoring::load(inputs.pack)?.pack;
    let facts = read_facts(inputs.facts, &pack)?;
    let stated = facts.get(&Subject::Case, "counter_date").is_some();
    if stated && inputs.on.is_none() && facts.day("counter_date").is_none() {
        return Err(DoorError::of("fact-wrong-value")
            .with("place", "case.counter_date")
            .with("fact", "counter_date")
            .with("expected", "a full date, YYYY-MM-DD"));
    }
    let on = inputs.on.or(facts.day("counter_date")).unwrap_or_else(today);
    Ok((pack, facts, on))
}
