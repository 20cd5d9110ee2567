//! The sheet of fees (手数料票): what is to be paid, how much it comes to, and what only the counter can say.
//!
//! A sum is printed only of amounts that are known; what is not known stands beside it in words.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::flow::{Flow, LARGE, Set, gap};
use crate::sheets::table::Table;
use crate::template::Align;

/// What stands on the sheet. Amounts come in words: `1,200円`, or that the counter says them.
#[derive(Clone, PartialEq)]
pub struct FeesSheet {
    /// Its title.
    pub title: Words,
    /// Who hands it out.
    pub municipality: String,
    /// The day at the counter in words.
    pub day: String,
    /// Introduction.
    pub lead: Vec<Words>,
    /// Names of the columns: what for, how many, each, together.
    pub names: [Words; 4],
    /// The fees.
    pub lines: Vec<FeeLine>,
    /// What it comes to, a line each.
    pub total: Vec<Words>,
}

/// One fee.
#[derive(Clone, PartialEq)]
pub struct FeeLine {
    /// What for.
    pub what: Words,
    /// For whom.
    pub for_whom: Words,
    /// How many, in words; empty while nobody knows.
    pub count: String,
    /// For one, in words.
    pub unit: Words,
    /// Together, in words.
    pub sum: Words,
}

impl fmt::Debug for FeesSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FeesSheet({} lines)", self.lines.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn fees_paper(sheet: &FeesSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("fees", LARGE, fonts);
    flow.title(&sheet.day, &sheet.title, &sheet.lead)?;
    flow.group(vec![gap(3.0)]);
    let names: Vec<String> = sheet.names.iter().map(both).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut table = Table::new(&mut flow, &[80.0, 24.0, 36.0, 36.0], &names)?;
    let (left, bold) = (flow.regular(), flow.bold());
    let right = Set { align: Align::Right, ..left };
    for line in &sheet.lines {
        let mut what = flow.words("fee", &line.what, bold, table.inside(0))?;
        what.extend(flow.words("fee", &line.for_whom, left, table.inside(0))?);
        let count = table.cell(&mut flow, 1, &line.count, right)?;
        let unit = flow.words("unit", &line.unit, right, table.inside(2))?;
        let sum = flow.words("sum", &line.sum, right, table.inside(3))?;
        table.row(&mut flow, vec![what, count, unit, sum], Vec::new());
    }
    let size = flow.measure.heading;
    let total = Set { align: Align::Right, size, ..bold };
    let mut rows = vec![gap(4.0)];
    for words in &sheet.total {
        rows.extend(flow.words("total", words, total, flow.whole())?);
    }
    flow.group(rows);
    flow.paper(sheet.title.japanese(), Vec::new(), &sheet.municipality)
}

fn both(words: &Words) -> String {
    match &words.ja {
        Some(ja) => format!("{}\n{ja}", words.text),
        None => words.text.clone(),
    }
}
