//! The sheet for one pair of eyes (配慮シート): discreet procedures and facts, on paper of its own.
//!
//! Its title says nothing (個別のご案内). It is never put together with other papers.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::flow::{Flow, LARGE, Set, Span, gap, separator};

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct DiscreetSheet {
    /// A title that says nothing.
    pub title: Words,
    /// Who hands it out.
    pub municipality: String,
    /// The day at the counter in words.
    pub day: String,
    /// Introduction.
    pub lead: Vec<Words>,
    /// Procedures with what is to be said about each, in lines.
    pub matters: Vec<(Words, Vec<Words>)>,
    /// Heading, and what is known, in lines.
    pub facts: (Words, Vec<Words>),
}

impl fmt::Debug for DiscreetSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("DiscreetSheet")
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn discreet_paper(sheet: &DiscreetSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("discreet", LARGE, fonts);
    flow.title(&sheet.day, &sheet.title, &sheet.lead)?;
    let whole = flow.whole();
    let span = Span { x: whole.x + 6.0, w: whole.w - 6.0 };
    for (procedure, lines) in &sheet.matters {
        let set = Set { size: flow.measure.heading, ..flow.bold() };
        let mut rows = vec![gap(3.0), separator(whole)];
        rows.extend(flow.words("procedure", procedure, set, whole)?);
        for line in lines {
            rows.extend(flow.words("line", line, flow.regular(), span)?);
        }
        flow.group(rows);
    }
    let (heading, facts) = &sheet.facts;
    if !facts.is_empty() {
        let mut rows = flow.heading(heading)?;
        for fact in facts {
            rows.extend(flow.words("fact", fact, flow.regular(), span)?);
        }
        flow.group(rows);
    }
    flow.paper(sheet.title.japanese(), Vec::new(), &sheet.municipality)
}
