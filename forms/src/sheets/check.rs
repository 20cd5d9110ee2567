//! The staff's sheet of a case (手続きチェックシート): every procedure with its reasons, what is known and from where, and
//! room for the outcome by hand. With it the work goes on when the machine stops.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::code::{CodePicture, codes};
use crate::sheets::flow::{Flow, Row, SMALL, Set, Span, gap, ticked};
use crate::sheets::table::Table;

/// Size of what is not needed, in points.
const SMALL_PRINT: f32 = 7.5;
/// Side of a code of the slip with its quiet zone, in millimetres.
const CODE: f32 = 70.0;
/// Codes of the slip side by side.
const CODES_ABREAST: usize = 2;
/// Room to sign or write in, in millimetres.
const ROOM: f32 = 11.0;

/// What stands on the sheet; in the language of the staff.
#[derive(Clone, PartialEq)]
pub struct CheckSheet {
    /// Its title.
    pub title: String,
    /// Who hands it out, and the case, for the foot of the page.
    pub foot: String,
    /// The day at the counter in words.
    pub day: String,
    /// What the case is about, a line each.
    pub lead: Vec<String>,
    /// Names of the columns: outcome, procedure, deadline and office, reasons.
    pub names: [String; 4],
    /// The outcomes to tick (受付・後日・該当なし).
    pub outcomes: Vec<String>,
    /// Procedures under their state.
    pub parts: Vec<CheckPart>,
    /// Heading, names of the columns (procedure, whom, reason) and lines of what is not needed, in small print.
    pub not_needed: (String, [String; 3], Vec<[String; 3]>),
    /// Heading and names of the columns (fact, value, source) of what is known.
    pub facts: (String, [String; 3]),
    /// What is known, under whose name.
    pub known: Vec<(String, Vec<[String; 3]>)>,
    /// Who signs by hand.
    pub signatures: Vec<String>,
    /// Heading of the room for remarks.
    pub remarks: String,
    /// The case slip (受付票), or why there is none; `None` without a case.
    pub slip: Option<SlipPart>,
}

/// The case on its own sheet.
#[derive(Clone, PartialEq)]
pub struct SlipPart {
    /// Heading.
    pub heading: String,
    /// What it is for, a line each.
    pub words: Vec<String>,
    /// Its codes; none when there is no slip.
    pub codes: Vec<CodePicture>,
}

/// Procedures of one state.
#[derive(Clone, PartialEq)]
pub struct CheckPart {
    /// Heading.
    pub heading: String,
    /// The procedures.
    pub lines: Vec<CheckLine>,
}

/// One procedure.
#[derive(Clone, PartialEq)]
pub struct CheckLine {
    /// Its name.
    pub procedure: String,
    /// Whom it is for, the law, whether the section has signed it off: a line each.
    pub about: Vec<String>,
    /// Last day and office, a line each.
    pub place: Vec<String>,
    /// Reasons, what to bring, papers, what is missing: a line each.
    pub details: Vec<String>,
}

impl fmt::Debug for CheckSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CheckSheet({} parts)", self.parts.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn check_paper(sheet: &CheckSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("check", SMALL, fonts);
    let lead: Vec<Words> = sheet.lead.iter().map(Words::plain).collect();
    flow.title(&sheet.day, &Words::plain(&sheet.title), &lead)?;
    for part in &sheet.parts {
        procedures(&mut flow, sheet, part)?;
    }
    signatures(&mut flow, sheet)?;
    known(&mut flow, sheet)?;
    not_needed(&mut flow, sheet)?;
    slip(&mut flow, sheet)?;
    flow.paper(&sheet.title, Vec::new(), &sheet.foot)
}

fn procedures(
    flow: &mut Flow<'_>,
    sheet: &CheckSheet,
    part: &CheckPart,
) -> Result<(), LayoutError> {
    if part.lines.is_empty() {
        return Ok(());
    }
    let mut before = flow.heading(&Words::plain(&part.heading))?;
    let names: Vec<&str> = sheet.names.iter().map(String::as_str).collect();
    let mut table = Table::new(flow, &[20.0, 54.0, 44.0, 68.0], &names)?;
    let (regular, bold) = (flow.regular(), flow.bold());
    for line in &part.lines {
        let outcomes = squares(flow, &sheet.outcomes, table.inside(0), regular)?;
        let mut procedure = table.cell(flow, 1, &line.procedure, bold)?;
        procedure.extend(table.cell(flow, 1, &line.about.join("\n"), regular)?);
        let place = table.cell(flow, 2, &line.place.join("\n"), regular)?;
        let details = table.cell(flow, 3, &line.details.join("\n"), regular)?;
        let cells = vec![outcomes, procedure, place, details];
        table.row(flow, cells, std::mem::take(&mut before));
    }
    Ok(())
}

/// Words to tick, one below the other.
pub(super) fn squares(
    flow: &mut Flow<'_>,
    words: &[String],
    span: Span,
    set: Set,
) -> Result<Vec<Row>, LayoutError> {
    let beside = set.size * 0.42;
    let words_span = Span { x: span.x + beside, w: span.w - beside };
    let mut rows = Vec::new();
    for word in words {
        let mut lines = flow.text("choice", word, set, words_span)?;
        ticked(&mut lines, span.x + 0.3, set.size, false);
        rows.extend(lines);
    }
    Ok(rows)
}

fn signatures(flow: &mut Flow<'_>, sheet: &CheckSheet) -> Result<(), LayoutError> {
    let names: Vec<&str> = sheet.signatures.iter().map(String::as_str).collect();
    let shares = vec![1.0; names.len()];
    let mut table = Table::new(flow, &shares, &names)?;
    table.row(flow, vec![vec![gap(ROOM)]; names.len()], vec![gap(4.0)]);
    let mut remarks = Table::new(flow, &[1.0], &[&sheet.remarks])?;
    remarks.row(flow, vec![vec![gap(ROOM * 2.0)]], vec![gap(2.0)]);
    Ok(())
}

/// What is known, two facts a line.
fn known(flow: &mut Flow<'_>, sheet: &CheckSheet) -> Result<(), LayoutError> {
    let (heading, names) = &sheet.facts;
    let mut before = flow.heading(&Words::plain(heading))?;
    let names: Vec<&str> = names.iter().chain(names).map(String::as_str).collect();
    let shares = [38.0, 40.0, 15.0, 38.0, 40.0, 15.0];
    let (regular, bold) = (flow.regular(), flow.bold());
    let set = Set { size: SMALL_PRINT, ..regular };
    for (whose, facts) in sheet.known.iter().filter(|(_, facts)| !facts.is_empty()) {
        before.push(gap(1.5));
        before.extend(flow.text("whose", whose, bold, flow.whole())?);
        let mut table = Table::new(flow, &shares, &names)?;
        for pair in facts.chunks(2) {
            let mut cells = Vec::new();
            for (column, words) in pair.iter().flatten().enumerate() {
                cells.push(table.cell(flow, column, words, set)?);
            }
            table.row(flow, cells, std::mem::take(&mut before));
        }
    }
    Ok(())
}

fn slip(flow: &mut Flow<'_>, sheet: &CheckSheet) -> Result<(), LayoutError> {
    let Some(slip) = &sheet.slip else { return Ok(()) };
    let mut rows = flow.heading(&Words::plain(&slip.heading))?;
    let (set, whole) = (flow.regular(), flow.whole());
    for words in &slip.words {
        rows.extend(flow.text("slip", words, set, whole)?);
    }
    for pair in slip.codes.chunks(CODES_ABREAST) {
        rows.push(gap(1.0));
        rows.extend(codes(flow, pair, CODE, whole, set)?);
    }
    flow.group(rows);
    Ok(())
}

fn not_needed(flow: &mut Flow<'_>, sheet: &CheckSheet) -> Result<(), LayoutError> {
    let (heading, names, lines) = &sheet.not_needed;
    if lines.is_empty() {
        return Ok(());
    }
    let mut before = flow.heading(&Words::plain(heading))?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut table = Table::new(flow, &[64.0, 46.0, 76.0], &names)?;
    let set = Set { size: SMALL_PRINT, ..flow.regular() };
    for line in lines {
        let mut cells = Vec::new();
        for (column, words) in line.iter().enumerate() {
            cells.push(table.cell(flow, column, words, set)?);
        }
        table.row(flow, cells, std::mem::take(&mut before));
    }
    Ok(())
}
