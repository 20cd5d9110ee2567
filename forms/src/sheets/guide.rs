//! The list the resident keeps (ご家族の手続きリスト): what is urgent, what was applied for today, what is still to
//! be done, where, by when, with what in hand.
//!
//! Set so that a person of 75 reads it without help: nothing below 14 pt, one thought per line, what is most
//! urgent first. The caller decides what may stand on it: discreet facts and procedures must never be handed in.

use std::fmt;

use crate::fonts::{FontSet, Style};
use crate::layout::{LayoutError, Mark, Paper};
use crate::sheets::Words;
use crate::sheets::flow::{Flow, LARGE, Row, Set, Span, gap, height, separator, ticked};
use crate::template::Area;

/// Width of the column of small headings (どこで, いつまで) in millimetres.
const COLUMN: f32 = 29.0;
/// How far details stand in from the margin.
const INDENT: f32 = 6.0;

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct GuideSheet {
    /// Its title.
    pub title: Words,
    /// Who hands it out.
    pub municipality: String,
    /// The day at the counter in words.
    pub day: String,
    /// Introduction, one sentence a line: for how many people, how many signatures.
    pub lead: Vec<Words>,
    /// The small headings.
    pub names: GuideNames,
    /// The few things that cannot wait, told again from `later`.
    pub urgent: GuidePart,
    /// Settled by what was applied for today.
    pub done: GuidePart,
    /// Still to be done.
    pub later: GuidePart,
    /// Heading and things to bring for what is still to be done.
    pub bring: (Words, Vec<GuideThing>),
    /// What the household may apply for, with its condition.
    pub may: GuidePart,
    /// Not decided yet.
    pub open: GuidePart,
}

/// The small headings beside the details.
#[derive(Clone, PartialEq)]
pub struct GuideNames {
    /// いつまで
    pub deadline: Words,
    /// どこで
    pub place: Words,
    /// どなたの
    pub for_whom: Words,
    /// こんな方に
    pub condition: Words,
    /// ご注意
    pub note: Words,
}

/// A heading with its procedures; without procedures nothing is printed.
#[derive(Clone, PartialEq, Default)]
pub struct GuidePart {
    /// Heading.
    pub heading: Words,
    /// Procedures in order.
    pub lines: Vec<GuideLine>,
}

/// One procedure on the sheet. What is empty is left out.
#[derive(Clone, PartialEq, Default)]
pub struct GuideLine {
    /// Its name in plain words.
    pub procedure: Words,
    /// Whom it is for; empty when it is for all.
    pub for_whom: Words,
    /// By when, in words, with the day of the week.
    pub deadline: Words,
    /// Office, floor and window, telephone.
    pub place: Words,
    /// Under which condition it can be had.
    pub condition: Words,
    /// The one remark that matters to the resident.
    pub note: Words,
}

/// One thing to bring, named once.
#[derive(Clone, PartialEq)]
pub struct GuideThing {
    /// The thing.
    pub thing: Words,
    /// For whom and for which of the numbered procedures.
    pub for_what: Words,
}

impl fmt::Debug for GuideSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (done, later) = (self.done.lines.len(), self.later.lines.len());
        write!(out, "GuideSheet({done}+{later}+{})", self.may.lines.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn guide_paper(sheet: &GuideSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let flow = Flow::new("guide", LARGE, fonts);
    let mut writer = Writer { flow, names: &sheet.names };
    writer.flow.title(&sheet.day, &sheet.title, &sheet.lead)?;
    writer.urgent(&sheet.urgent)?;
    writer.listed(&sheet.done, true)?;
    writer.part(&sheet.later)?;
    writer.bring(&sheet.bring.0, &sheet.bring.1)?;
    writer.part(&sheet.may)?;
    writer.listed(&sheet.open, false)?;
    writer.flow.paper(sheet.title.japanese(), Vec::new(), &sheet.municipality)
}

struct Writer<'a> {
    flow: Flow<'a>,
    names: &'a GuideNames,
}

impl Writer<'_> {
    /// A frame that the eye meets first.
    fn urgent(&mut self, part: &GuidePart) -> Result<(), LayoutError> {
        if part.lines.is_empty() {
            return Ok(());
        }
        let whole = self.flow.whole();
        let inside = Span { x: whole.x + 4.0, w: whole.w - 8.0 };
        let heading = Set { size: self.flow.measure.heading, ..self.flow.bold() };
        let mut rows = vec![gap(2.0)];
        rows.extend(self.flow.words("urgent", &part.heading, heading, inside)?);
        for line in &part.lines {
            rows.push(gap(1.2));
            let mut procedure = line.procedure.clone();
            if !line.for_whom.is_empty() {
                procedure.text = format!("{}（{}）", procedure.text, line.for_whom.text);
            }
            let indented = Span { x: inside.x + 6.5, w: inside.w - 6.5 };
            let mut lines =
                self.flow.words("urgent", &line.deadline, self.flow.bold(), indented)?;
            ticked(&mut lines, inside.x + 0.8, self.flow.measure.text, false);
            lines.extend(self.flow.words("urgent", &procedure, self.flow.bold(), indented)?);
            lines.extend(self.flow.words("urgent", &line.place, self.flow.regular(), indented)?);
            rows.extend(lines);
        }
        rows.push(gap(2.0));
        let h = height(&rows);
        if let Some(first) = rows.first_mut() {
            let area = Area { x: whole.x, y: 0.0, w: whole.w, h };
            first.marks.insert(0, Mark::Rect { area, width: 1.6, fill: None });
        }
        rows.insert(0, gap(2.0));
        self.flow.group(rows);
        Ok(())
    }

    /// Numbered procedures with their details; the heading stays with the first.
    fn part(&mut self, part: &GuidePart) -> Result<(), LayoutError> {
        for (number, line) in (1..).zip(&part.lines) {
            let mut rows = if number == 1 {
                self.flow.heading(&part.heading)?
            } else {
                vec![gap(1.6), separator(self.flow.whole())]
            };
            rows.extend(self.procedure(&format!("{number}．"), line)?);
            self.flow.group(rows);
        }
        Ok(())
    }

    fn procedure(&mut self, number: &str, line: &GuideLine) -> Result<Vec<Row>, LayoutError> {
        let whole = self.flow.whole();
        let set = Set { size: self.flow.measure.heading - 1.0, ..self.flow.bold() };
        let hanging = Span { x: whole.x + 10.0, w: whole.w - 10.0 };
        let mut rows = self.flow.words("procedure", &line.procedure, set, hanging)?;
        let beside = self.flow.text("procedure", number, set, Span { w: 14.0, ..whole })?;
        put_beside(&mut rows, beside);
        let names = self.names;
        let (regular, bold) = (self.flow.regular(), self.flow.bold());
        rows.extend(self.detail(&names.for_whom, &line.for_whom, regular)?);
        rows.extend(self.detail(&names.deadline, &line.deadline, bold)?);
        rows.extend(self.detail(&names.condition, &line.condition, regular)?);
        rows.extend(self.detail(&names.place, &line.place, regular)?);
        rows.extend(self.detail(&names.note, &line.note, regular)?);
        Ok(rows)
    }

    /// A small heading with its words beside it; nothing at all when there are no words.
    fn detail(&mut self, name: &Words, words: &Words, set: Set) -> Result<Vec<Row>, LayoutError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let whole = self.flow.whole();
        let indent = INDENT + COLUMN;
        let span = Span { x: whole.x + indent, w: whole.w - indent };
        let mut rows = self.flow.words("detail", words, set, span)?;
        let column = Span { x: whole.x + INDENT, w: COLUMN };
        let plain = Set { style: Style::Gothic, ..set };
        let beside = self.flow.words("name", name, plain, column)?;
        put_beside(&mut rows, beside);
        Ok(rows)
    }

    /// One line for each procedure, with a ticked square for what is done.
    fn listed(&mut self, part: &GuidePart, done: bool) -> Result<(), LayoutError> {
        let whole = self.flow.whole();
        let span = Span { x: whole.x + 9.0, w: whole.w - 9.0 };
        for (number, line) in (1..).zip(&part.lines) {
            let mut rows = if number == 1 { self.flow.heading(&part.heading)? } else { Vec::new() };
            let mut procedure = line.procedure.clone();
            if !line.for_whom.is_empty() {
                procedure.text = format!("{}（{}）", procedure.text, line.for_whom.text);
            }
            let mut lines = self.flow.words("procedure", &procedure, self.flow.regular(), span)?;
            if done {
                ticked(&mut lines, whole.x + 2.0, self.flow.measure.text, true);
            } else {
                let dot = Span { x: whole.x + 2.0, w: 8.0 };
                let dot = self.flow.text("procedure", "・", self.flow.regular(), dot)?;
                put_beside(&mut lines, dot);
            }
            lines.extend(self.flow.words("note", &line.note, self.flow.regular(), span)?);
            rows.extend(lines);
            self.flow.group(rows);
        }
        Ok(())
    }

    fn bring(&mut self, heading: &Words, things: &[GuideThing]) -> Result<(), LayoutError> {
        let whole = self.flow.whole();
        let span = Span { x: whole.x + 9.0, w: whole.w - 9.0 };
        let further = Span { x: span.x + 5.0, w: span.w - 5.0 };
        for (number, thing) in (1..).zip(things) {
            let mut rows = if number == 1 { self.flow.heading(heading)? } else { vec![gap(0.8)] };
            let mut lines = self.flow.words("thing", &thing.thing, self.flow.bold(), span)?;
            ticked(&mut lines, whole.x + 2.0, self.flow.measure.text, false);
            rows.extend(lines);
            rows.extend(self.flow.words(
                "for_what",
                &thing.for_what,
                self.flow.regular(),
                further,
            )?);
            self.flow.group(rows);
        }
        Ok(())
    }
}

/// Puts rows beside rows, line by line, to be read before them; further lines follow below.
fn put_beside(rows: &mut Vec<Row>, beside: Vec<Row>) {
    for (number, row) in beside.into_iter().enumerate() {
        match rows.get_mut::<usize>(number) {
            Some(line) => {
                line.height = line.height.max(row.height);
                line.marks.splice(0..0, row.marks);
            }
            None => rows.push(row),
        }
    }
}
