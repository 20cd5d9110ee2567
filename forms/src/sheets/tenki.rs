//! The sheet to copy from (転記シート): headings and values in the order in which a core system asks for them, with a
//! square to tick for each, for the day on which no file can be handed over.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::flow::{Flow, SMALL, Span, ticked};
use crate::sheets::table::Table;

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct TenkiSheet {
    /// Its title.
    pub title: String,
    /// Who hands it out, and the case, for the foot of the page.
    pub foot: String,
    /// The day at the counter in words.
    pub day: String,
    /// Names of the columns: number, heading, value, copied.
    pub names: [String; 4],
    /// Parts, one for each screen or file of the core system.
    pub sections: Vec<TenkiSection>,
}

/// One part.
#[derive(Clone, PartialEq)]
pub struct TenkiSection {
    /// Its heading.
    pub title: String,
    /// Headings with values.
    pub rows: Vec<TenkiRow>,
}

/// One value to copy.
#[derive(Clone, PartialEq)]
pub struct TenkiRow {
    /// What the core system calls it.
    pub heading: String,
    /// The value exactly as it is to be entered.
    pub value: String,
}

impl fmt::Debug for TenkiSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "TenkiSheet({} sections)", self.sections.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn tenki_paper(sheet: &TenkiSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("tenki", SMALL, fonts);
    flow.title(&sheet.day, &Words::plain(sheet.title.clone()), &[])?;
    let names: Vec<&str> = sheet.names.iter().map(String::as_str).collect();
    let (regular, bold) = (flow.regular(), flow.bold());
    for section in &sheet.sections {
        let mut before = flow.heading(&Words::plain(section.title.clone()))?;
        let mut table = Table::new(&mut flow, &[10.0, 56.0, 106.0, 14.0], &names)?;
        for (number, row) in (1..).zip(&section.rows) {
            let number = table.cell(&mut flow, 0, &format!("{number}"), regular)?;
            let heading = table.cell(&mut flow, 1, &row.heading, regular)?;
            let value = table.cell(&mut flow, 2, &row.value, bold)?;
            let copied = Span { x: table.inside(3).x + 4.5, ..table.inside(3) };
            let mut square = table.cell(&mut flow, 3, "　", regular)?;
            ticked(&mut square, copied.x, regular.size, false);
            table.row(&mut flow, vec![number, heading, value, square], std::mem::take(&mut before));
        }
    }
    flow.paper(&sheet.title, Vec::new(), &sheet.foot)
}
