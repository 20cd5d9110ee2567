//! Use cases without a case: a pack and a facts file in; questions, decisions, papers and hand-over files out. No
//! store, no display.

use std::path::Path;

use jiff::civil::Date;
use kakanai_rules::{
    Detail, Determination, Engine, FactSet, Pack, Question, Subject, determine as determined,
};
use serde::Serialize;

use crate::characters::Settled;
use crate::door::DoorError;
use crate::event::{CaseEvent, Outcomes};
use crate::file::{new_file, read_facts, write_over};
use crate::handover::{Delivery, Handing};
use crate::papers::{self, PaperError, Visit, names, title};
use crate::printing::{JobWatch, Printed, Target, put_out, put_out_as};
use crate::settings::{Settings, today};
use crate::slip::Slip;

/// The name of a job that belongs to no case.
const JOB_NAME: &str = "kakanai";

/// The file with every empty paper.
const BLANK_SET: &str = "blank-set.pdf";

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
    let engine = Engine::new(&pack);
    let determination = engine.determine(&facts, on, lang);
    let (facts, determination) = (&facts, &determination);
    let visit = Visit {
        engine: &engine,
        facts,
        determination,
        lang,
        case: "",
        settled: &Settled::default(),
        slip: &Slip::NoCase,
        outcomes: &Outcomes::new(),
    };
    let packet = papers::prepare(&visit, &fonts, target.forms)?;
    if packet.is_empty() {
        return Err(DoorError::of("nothing-to-print"));
    }
    put_out(&packet, &fonts, &settings, target, JOB_NAME, &mut NoCase)
}

/// Writes the hand-over files into a folder named after the facts file.
///
/// # Errors
/// As [`questions`]; `pack-no-handover`; what lies in the folder already; what the disk says.
pub fn hand_over(inputs: &Inputs<'_>, out: &Path, lang: &str) -> Result<Delivery, DoorError> {
    let (pack, facts, on) = read(inputs)?;
    let engine = Engine::new(&pack);
    let determination = engine.determine(&facts, on, lang);
    let name = folder_name(inputs.facts);
    let handing = Handing {
        engine: &engine,
        facts: &facts,
        determination: &determination,
        case: None,
        name: &name,
        revision: 0,
    };
    crate::handover::hand_over(&handing, out, &mut |_| Ok(()))
}

/// The facts file's name as a folder's: letters, digits, `.`, `-` and `_`.
fn folder_name(facts: &Path) -> String {
    let stem = facts.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let fits = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let name: String = stem.unwrap_or_default().chars().filter(fits).collect();
    let name = name.trim_start_matches('.');
    if name.is_empty() { "case".to_owned() } else { name.to_owned() }
}

/// Makes every paper of a pack empty, for the day on which no machine runs: each as a file, and all in one.
///
/// # Errors
/// What is wrong with the pack; missing fonts; what the disk and the printer say.
pub fn blank_set(
    pack: &Path,
    out: &Path,
    printer: Option<&str>,
    on: Option<Date>,
) -> Result<Printed, DoorError> {
    let target = Target { out: Some(out), printer, forms: &[] };
    target.check()?;
    let pack = kakanai_authoring::load(pack)?.pack;
    let settings = Settings::load()?;
    let fonts = papers::fonts(&settings)?;
    let packet = papers::blank_set(&pack, on.unwrap_or_else(today), &fonts)?;
    put_out_as(BLANK_SET, &packet, &fonts, &settings, &target, JOB_NAME, &mut NoCase)
}

/// A leaflet that was made.
#[derive(Debug, Serialize)]
pub struct Leaflet {
    /// Name of its file.
    pub file: String,
    /// Its pages.
    pub pages: usize,
}

/// Makes the leaflet that explains pre-filling at home, as a PDF file; an existing one is not overwritten.
///
/// # Errors
/// What is wrong with the pack; `leaflet-refused`, `file-exists`, `file-not-written`; missing fonts.
pub fn leaflet(pack: &Path, url: &str, out: &Path, on: Option<Date>) -> Result<Leaflet, DoorError> {
    let (folder, name) = new_file(out)?;
    let pack = kakanai_authoring::load(pack)?.pack;
    let fonts = papers::fonts(&Settings::load()?)?;
    let paper = papers::leaflet(&pack, url, on.unwrap_or_else(today), &fonts)?;
    let pdf = kakanai_forms::paper_pdf(&paper, &fonts).map_err(PaperError::Pdf)?;
    write_over(folder, name, &pdf)?;
    Ok(Leaflet { file: name.to_owned(), pages: paper.pages.len() })
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
