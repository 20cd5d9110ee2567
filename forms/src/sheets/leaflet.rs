//! The leaflet that explains pre-filling at home (事前入力のご案内): four steps, where the page is, whom to ask.
//!
//! One A4 page for the counter of a library and the wall of a lift: read at arm's length by a person of 75 years, so
//! nothing below 14 pt, one thought a step. Holds nobody's data.

use std::fmt;

use crate::fonts::{FontSet, Style};
use crate::layout::{LayoutError, Mark, Modules, Paper, squares};
use crate::sheets::flow::{Flow, Measure, Row, Set, Span, gap, height};
use crate::template::{Align, Area};

/// Large enough for arm's length.
const MEASURE: Measure = Measure { text: 16.0, heading: 20.0, title: 30.0, margin: 17.0 };
/// The page's address and the small print; still readable at 75.
const SMALL: f32 = 14.0;
/// Side of the code with its quiet zone, in millimetres.
const CODE: f32 = 62.0;
/// Between the steps and the code, in millimetres.
const GUTTER: f32 = 6.0;
/// Side of the block with a step's number, in millimetres.
const BLOCK: f32 = 15.0;
/// Size of a step's number, in points.
const NUMBER: f32 = 30.0;

/// What stands on the leaflet.
#[derive(Clone, PartialEq)]
pub struct LeafletSheet {
    /// What it is about.
    pub title: String,
    /// Why it pays, one sentence.
    pub lead: String,
    /// The steps: heading and text.
    pub steps: Vec<[String; 2]>,
    /// What stands above the code.
    pub open: String,
    /// The page's address, as code and as text.
    pub url: String,
    /// What happens with the answers; that nobody has to.
    pub remarks: Vec<String>,
    /// Whom to ask.
    pub ask: String,
    /// Name and telephone of who is asked.
    pub office: String,
    /// Who hands it out.
    pub municipality: String,
}

impl fmt::Debug for LeafletSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "LeafletSheet({} steps)", self.steps.len())
    }
}

/// Lays the leaflet out on one A4 page.
///
/// # Errors
/// [`LayoutError`] when a font is missing, no font has a character of it, or the address is too long for a code.
pub fn leaflet_paper(sheet: &LeafletSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("leaflet", MEASURE, fonts);
    title(&mut flow, sheet)?;
    let whole = flow.whole();
    let beside = Span { w: whole.w - CODE - GUTTER, ..whole };
    let code = Span { x: beside.x + beside.w + GUTTER, w: CODE };
    let (first, rest) = sheet.steps.split_at(sheet.steps.len().min(2));
    let mut rows = Vec::new();
    for (number, step) in (1..).zip(first) {
        rows.extend(block(&mut flow, number, step, beside)?);
    }
    let panel = code_panel(&mut flow, sheet, code)?;
    rows = abreast(rows, panel);
    flow.group(rows);
    for (number, step) in (first.len() + 1..).zip(rest) {
        let rows = block(&mut flow, number, step, whole)?;
        flow.group(rows);
    }
    remarks(&mut flow, sheet)?;
    flow.paper(&sheet.title, Vec::new(), &sheet.municipality)
}

fn title(flow: &mut Flow<'_>, sheet: &LeafletSheet) -> Result<(), LayoutError> {
    let whole = flow.whole();
    let size = flow.measure.title;
    let centred = Set { style: Style::GothicBold, size, align: Align::Center };
    let mut rows = vec![gap(5.0)];
    rows.extend(flow.text("title", &sheet.title, centred, whole)?);
    rows.push(gap(5.0));
    let h = height(&rows);
    if let Some(first) = rows.first_mut() {
        let ground = Area { x: whole.x, y: 0.0, w: whole.w, h };
        let bar = Area { y: h - 2.0, h: 2.0, ..ground };
        first.marks.insert(0, Mark::Rect { area: ground, width: 0.0, fill: Some(0.9) });
        first.marks.insert(1, Mark::Rect { area: bar, width: 0.0, fill: Some(0.25) });
    }
    rows.push(gap(4.0));
    let lead = Set { align: Align::Center, ..flow.regular() };
    rows.extend(flow.text("lead", &sheet.lead, lead, whole)?);
    rows.push(gap(5.0));
    flow.group(rows);
    Ok(())
}

/// A step: its number in a block, heading and text beside it.
fn block(
    flow: &mut Flow<'_>,
    number: usize,
    [heading, text]: &[String; 2],
    span: Span,
) -> Result<Vec<Row>, LayoutError> {
    let inside = Span { x: span.x + BLOCK + 4.0, w: span.w - BLOCK - 4.0 };
    let bold = Set { size: flow.measure.heading, ..flow.bold() };
    let regular = flow.regular();
    let mut rows = flow.text("step", heading, bold, inside)?;
    rows.push(gap(0.8));
    rows.extend(flow.text("step", text, regular, inside)?);
    let missing = BLOCK - height(&rows);
    if missing > 0.0 {
        rows.push(gap(missing));
    }
    let set = Set { style: Style::GothicBold, size: NUMBER, align: Align::Center };
    let figure = flow.text("step", &number.to_string(), set, Span { x: span.x, w: BLOCK })?;
    let marks = figure.into_iter().flat_map(|row| row.marks);
    if let Some(first) = rows.first_mut() {
        let area = Area { x: span.x, y: 0.0, w: BLOCK, h: BLOCK };
        first.marks.push(Mark::Rect { area, width: 1.6, fill: Some(0.93) });
        first.marks.extend(marks);
    }
    rows.push(gap(6.0));
    Ok(rows)
}

/// The code, what stands above it and the address below.
fn code_panel(
    flow: &mut Flow<'_>,
    sheet: &LeafletSheet,
    span: Span,
) -> Result<Vec<Row>, LayoutError> {
    let bold = Set { align: Align::Center, ..flow.bold() };
    let mut rows = flow.text("open", &sheet.open, bold, span)?;
    let area = Area { x: span.x, y: 0.0, w: span.w, h: span.w };
    let Some((area, dark, modules)) = squares(&sheet.url, area) else {
        flow.does_not_fit("code", sheet.url.chars().count());
        return Ok(rows);
    };
    let (field, columns, down) = ("code".to_owned(), modules, modules);
    let code = Mark::Modules(Modules { field, area, columns, rows: down, dark });
    rows.push(Row { height: span.w, marks: vec![code] });
    let small = Set { style: Style::Gothic, size: SMALL, align: Align::Center };
    rows.extend(flow.text("url", &sheet.url, small, span)?);
    Ok(rows)
}

/// Two columns as one list of rows, as high as the higher of them.
fn abreast(left: Vec<Row>, right: Vec<Row>) -> Vec<Row> {
    let h = height(&left).max(height(&right));
    let mut marks = Vec::new();
    for column in [left, right] {
        let mut y = 0.0;
        for row in column {
            marks.extend(row.marks.into_iter().map(|mark| mark.lowered(y)));
            y += row.height;
        }
    }
    vec![Row { height: h, marks }]
}

fn remarks(flow: &mut Flow<'_>, sheet: &LeafletSheet) -> Result<(), LayoutError> {
    let whole = flow.whole();
    let inside = Span { x: whole.x + 5.0, w: whole.w - 10.0 };
    let (regular, bold) = (flow.regular(), flow.bold());
    let mut rows = vec![gap(4.0)];
    for remark in &sheet.remarks {
        rows.extend(flow.text("remark", remark, regular, inside)?);
        rows.push(gap(1.5));
    }
    rows.extend(flow.text("ask", &format!("{}　{}", sheet.ask, sheet.office), bold, inside)?);
    rows.push(gap(4.0));
    let h = height(&rows);
    if let Some(first) = rows.first_mut() {
        let frame = Area { x: whole.x, y: 0.0, w: whole.w, h };
        first.marks.push(Mark::Rect { area: frame, width: 1.0, fill: None });
    }
    flow.group(rows);
    Ok(())
}
