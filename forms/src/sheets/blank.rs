//! The questions on paper (質問票), to be asked and ticked by hand when no machine runs.

use std::fmt;

use crate::fonts::FontSet;
use crate::layout::{LayoutError, Paper};
use crate::sheets::Words;
use crate::sheets::check::squares;
use crate::sheets::flow::{Flow, Row, SMALL, Span, gap, height, ticked};
use crate::sheets::table::Table;

/// Room to write in, in millimetres.
const ROOM: f32 = 8.0;

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct QuestionSheet {
    /// Its title.
    pub title: String,
    /// Who hands it out.
    pub foot: String,
    /// Introduction, a line each.
    pub lead: Vec<String>,
    /// Headings with their questions: to the household, to each person, private ones.
    pub parts: Vec<QuestionPart>,
}

/// Questions under a heading.
#[derive(Clone, PartialEq)]
pub struct QuestionPart {
    /// Heading.
    pub heading: String,
    /// Names of the columns: the question, then the answer or one column for each person.
    pub columns: Vec<String>,
    /// Begins a page of its own, so that it can be kept apart.
    pub apart: bool,
    /// The questions in the order in which they are asked.
    pub questions: Vec<BlankQuestion>,
}

/// One question.
#[derive(Clone, PartialEq)]
pub struct BlankQuestion {
    /// Number and question.
    pub text: String,
    /// Choices to tick; without choices there is room to write.
    pub choices: Vec<String>,
}

impl fmt::Debug for QuestionSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "QuestionSheet({} parts)", self.parts.len())
    }
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn question_paper(sheet: &QuestionSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut flow = Flow::new("questions", SMALL, fonts);
    let lead: Vec<Words> = sheet.lead.iter().map(Words::plain).collect();
    flow.title("", &Words::plain(&sheet.title), &lead)?;
    for part in sheet.parts.iter().filter(|part| !part.questions.is_empty()) {
        if part.apart {
            flow.break_page();
        }
        let mut before = flow.heading(&Words::plain(&part.heading))?;
        let names: Vec<&str> = part.columns.iter().map(String::as_str).collect();
        let people = names.len().saturating_sub(1);
        let mut shares = vec![if people > 1 { 96.0 } else { 110.0 }];
        shares.extend(std::iter::repeat_n(if people > 1 { 15.0 } else { 76.0 }, people));
        let mut table = Table::new(&mut flow, &shares, &names)?;
        for question in &part.questions {
            let cells = if people > 1 {
                for_people(&mut flow, &table, question, people)?
            } else {
                for_the_case(&mut flow, &table, question)?
            };
            table.row(&mut flow, cells, std::mem::take(&mut before));
        }
    }
    flow.paper(&sheet.title, Vec::new(), &sheet.foot)
}

fn for_the_case(
    flow: &mut Flow<'_>,
    table: &Table,
    question: &BlankQuestion,
) -> Result<Vec<Vec<Row>>, LayoutError> {
    let set = flow.regular();
    let mut text = table.cell(flow, 0, &question.text, flow.bold())?;
    let answer = squares(flow, &question.choices, table.inside(1), set)?;
    make_room(question, &mut text);
    Ok(vec![text, answer])
}

/// The question, its choices below it, and a square for each person beside each choice.
fn for_people(
    flow: &mut Flow<'_>,
    table: &Table,
    question: &BlankQuestion,
    people: usize,
) -> Result<Vec<Vec<Row>>, LayoutError> {
    let (set, inside) = (flow.regular(), table.inside(0));
    let indented = Span { x: inside.x + 4.0, w: inside.w - 4.0 };
    let mut text = table.cell(flow, 0, &question.text, flow.bold())?;
    let mut squares: Vec<Vec<Row>> =
        (0..people).map(|_| text.iter().map(|row| gap(row.height)).collect()).collect();
    for choice in &question.choices {
        let lines = flow.text("choice", choice, set, indented)?;
        for (column, rows) in (1..).zip(&mut squares) {
            let span = table.inside(column);
            let mut beside: Vec<Row> = lines.iter().map(|line| gap(line.height)).collect();
            ticked(&mut beside, span.x + span.w / 2.0 - set.size * 0.15, set.size, false);
            rows.extend(beside);
        }
        text.extend(lines);
    }
    make_room(question, &mut text);
    let mut cells = vec![text];
    cells.extend(squares);
    Ok(cells)
}

/// What is answered in writing needs room for a hand.
fn make_room(question: &BlankQuestion, rows: &mut Vec<Row>) {
    if question.choices.is_empty() && height(rows) < ROOM {
        rows.push(gap(ROOM - height(rows)));
    }
}
