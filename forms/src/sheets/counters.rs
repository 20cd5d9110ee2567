//! The sheet of counters (窓口案内シート): where the household goes, in which order, what for and for whom.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::flow::{Flow, LARGE, Set, Span, gap, separator, ticked};

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct CountersSheet {
    /// Its title.
    pub title: Words,
    /// Who hands it out.
    pub municipality: String,
    /// The day at the counter in words.
    pub day: String,
    /// Introduction.
    pub lead: Vec<Words>,
    /// Headings with the counters below them, in the order in which they are visited.
    pub parts: Vec<(Words, Vec<Counter>)>,
}

/// One counter to visit.
#[derive(Clone, PartialEq)]
pub struct Counter {
    /// Nothing is left to do here: the square is ticked.
    pub done: bool,
    /// Office with floor and window.
    pub place: Words,
    /// Telephone, named as such.
    pub phone: Words,
    /// What for: the procedure, and for whom.
    pub matters: Vec<Words>,
}

impl fmt::Debug for CountersSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "CountersSheet({} parts)", self.parts.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn counters_paper(sheet: &CountersSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("counters", LARGE, fonts);
    flow.title(&sheet.day, &sheet.title, &sheet.lead)?;
    let whole = flow.whole();
    let span = Span { x: whole.x + 11.0, w: whole.w - 11.0 };
    let further = Span { x: span.x + 5.0, w: span.w - 5.0 };
    let size = flow.measure.heading;
    for (heading, counters) in &sheet.parts {
        for (number, counter) in (1..).zip(counters) {
            let mut rows =
                if number == 1 { flow.heading(heading)? } else { vec![gap(1.6), separator(whole)] };
            let set = Set { size, ..flow.bold() };
            let mut lines = flow.words("place", &counter.place, set, span)?;
            ticked(&mut lines, whole.x + 2.5, size, counter.done);
            for matter in &counter.matters {
                let mut matter_lines = flow.words("matter", matter, flow.regular(), further)?;
                let dot = Span { x: span.x, w: 8.0 };
                let dot = flow.text("matter", "・", flow.regular(), dot)?;
                if let (Some(line), Some(dot)) = (matter_lines.first_mut(), dot.into_iter().next())
                {
                    line.marks.extend(dot.marks);
                }
                lines.extend(matter_lines);
            }
            if !counter.phone.is_empty() {
                lines.extend(flow.words("phone", &counter.phone, flow.regular(), span)?);
            }
            rows.extend(lines);
            flow.group(rows);
        }
    }
    flow.paper(sheet.title.japanese(), Vec::new(), &sheet.municipality)
}
