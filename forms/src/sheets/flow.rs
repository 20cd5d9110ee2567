//! A running text on A4 pages: lines under lines, groups that stay together, page numbers.
//!
//! Every sheet is written with it. Text breaks as Japanese lets it (禁則処理), nothing is cut: a line that no
//! width can hold refuses the sheet.

use crate::fonts::{Cluster, FontSet, Style};
use crate::layout::LayoutError;
use crate::layout::fit::{PADDING, place_line, width};
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Page, Paper};
use crate::refusal::{Place, Refusal, Refusals};
use crate::sheets::Words;
use crate::sheets::breaking::lines;
use crate::template::{Align, Area};

/// The page in millimetres.
pub(super) const WIDTH: f32 = 210.0;
const HEIGHT: f32 = 297.0;
const TOP: f32 = 13.0;
/// Below this only the foot of the page stands.
const BOTTOM: f32 = 278.0;
/// Distance of baselines in ems.
const LINE: f32 = 1.38;

/// Sizes in points and the margin in millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub text: f32,
    pub heading: f32,
    pub title: f32,
    pub margin: f32,
}

/// For a resident of 75 years: nothing below 14 pt.
pub(super) const LARGE: Measure = Measure { text: 14.0, heading: 17.0, title: 25.0, margin: 17.0 };
/// For the staff: a whole case on few pages.
pub(super) const SMALL: Measure = Measure { text: 9.0, heading: 11.0, title: 16.0, margin: 12.0 };

/// How words are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Set {
    pub style: Style,
    pub size: f32,
    pub align: Align,
}

/// A stretch across the page in millimetres.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub x: f32,
    pub w: f32,
}

/// One line of the sheet, its marks counted from its own top.
#[derive(Clone)]
pub(super) struct Row {
    pub height: f32,
    pub marks: Vec<Mark>,
}

/// Rows that stay on one page when a page can hold them.
struct Group {
    rows: Vec<Row>,
    /// Begins a page.
    fresh: bool,
    /// What is said again when the group begins a page in the middle of a table.
    head: Option<usize>,
}

/// A sheet being written.
pub(super) struct Flow<'a> {
    pub measure: Measure,
    form: &'static str,
    fonts: &'a FontSet,
    refusals: Vec<Refusal>,
    groups: Vec<Group>,
    heads: Vec<Vec<Row>>,
}

impl<'a> Flow<'a> {
    pub fn new(form: &'static str, measure: Measure, fonts: &'a FontSet) -> Self {
        let (refusals, groups, heads) = (Vec::new(), Vec::new(), Vec::new());
        Self { measure, form, fonts, refusals, groups, heads }
    }

    /// The stretch between the margins.
    pub fn whole(&self) -> Span {
        let margin = self.measure.margin;
        Span { x: margin, w: WIDTH - 2.0 * margin }
    }

    pub fn regular(&self) -> Set {
        Set { style: Style::Gothic, size: self.measure.text, align: Align::Left }
    }

    pub fn bold(&self) -> Set {
        Set { style: Style::GothicBold, ..self.regular() }
    }

    /// Adds rows that should stay together.
    pub fn group(&mut self, rows: Vec<Row>) {
        self.groups.push(Group { rows, fresh: false, head: None });
    }

    /// What follows begins a page of its own.
    pub fn break_page(&mut self) {
        self.groups.push(Group { rows: Vec::new(), fresh: true, head: None });
    }

    /// Adds the head of a table; what it gives marks the groups of that table.
    pub fn table_head(&mut self, rows: Vec<Row>) -> usize {
        self.heads.push(rows);
        self.heads.len() - 1
    }

    /// Adds rows of a table: when they begin a page, the table's head stands above them.
    pub fn table_group(&mut self, rows: Vec<Row>, head: usize) {
        self.groups.push(Group { rows, fresh: false, head: Some(head) });
    }

    /// The head of a table as it stands before its first rows.
    pub fn head_rows(&self, head: usize) -> Vec<Row> {
        self.heads.get(head).cloned().unwrap_or_default()
    }

    /// Day, title and an introduction.
    pub fn title(&mut self, day: &str, title: &Words, lead: &[Words]) -> Result<(), LayoutError> {
        let whole = self.whole();
        let right = Set { align: Align::Right, ..self.regular() };
        let mut rows = self.text("day", day, right, whole)?;
        let size = self.measure.title;
        let centred = Set { style: Style::GothicBold, size, align: Align::Center };
        rows.extend(self.text("title", &title.text, centred, whole)?);
        if let Some(ja) = &title.ja {
            let size = self.measure.heading;
            let below = Set { style: Style::Gothic, size, align: Align::Center };
            rows.extend(self.text("title", ja, below, whole)?);
        }
        rows.push(gap(self.measure.text * 0.14));
        for words in lead.iter().filter(|words| !words.is_empty()) {
            rows.extend(self.words("lead", words, self.regular(), whole)?);
        }
        self.group(rows);
        Ok(())
    }

    /// A heading on grey ground. It belongs to what follows: put it into the same group.
    pub fn heading(&mut self, words: &Words) -> Result<Vec<Row>, LayoutError> {
        let whole = self.whole();
        let inside = Span { x: whole.x + 3.0, w: whole.w - 6.0 };
        let set = Set { style: Style::GothicBold, size: self.measure.heading, align: Align::Left };
        let mut rows = self.text("heading", &words.text, set, inside)?;
        if let Some(ja) = &words.ja {
            rows.extend(self.text("heading", ja, self.regular(), inside)?);
        }
        let h: f32 = rows.iter().map(|row| row.height).sum();
        if let Some(first) = rows.first_mut() {
            let ground = Area { x: whole.x, y: 0.0, w: whole.w, h };
            let bar = Area { w: 2.0, ..ground };
            first.marks.insert(0, Mark::Rect { area: ground, width: 0.0, fill: Some(0.9) });
            first.marks.insert(1, Mark::Rect { area: bar, width: 0.0, fill: Some(0.25) });
        }
        rows.insert(0, gap(self.measure.heading * 0.22));
        rows.push(gap(self.measure.heading * 0.08));
        Ok(rows)
    }

    /// Words in the reader's language, the Japanese below them. A language that no font can draw leaves the
    /// Japanese alone: the sheet is read at the counter all the same.
    pub fn words(
        &mut self,
        field: &str,
        words: &Words,
        set: Set,
        span: Span,
    ) -> Result<Vec<Row>, LayoutError> {
        let Some(ja) = &words.ja else { return self.text(field, &words.text, set, span) };
        let mut rows = Vec::new();
        if self.fonts.clusters(&words.text, set.style)?.is_ok() {
            rows = self.text(field, &words.text, set, span)?;
        }
        let below = if rows.is_empty() { set } else { Set { style: Style::Gothic, ..set } };
        rows.extend(self.text(field, ja, below, span)?);
        Ok(rows)
    }

    /// Text in as many rows as it needs; no text, no rows.
    pub fn text(
        &mut self,
        field: &str,
        words: &str,
        set: Set,
        span: Span,
    ) -> Result<Vec<Row>, LayoutError> {
        let mut paragraphs: Vec<Vec<Cluster>> = Vec::new();
        for paragraph in words.lines() {
            match self.fonts.clusters(paragraph, set.style)? {
                Ok(drawn) => paragraphs.push(drawn),
                Err(unknown) => {
                    let place = self.place(field);
                    self.refusals.extend(unknown.into_iter().map(|unknown| Refusal::Character {
                        place: place.clone(),
                        code_points: unknown.code_points,
                        why: unknown.why,
                        base_font: unknown.base_font,
                    }));
                    return Ok(Vec::new());
                }
            }
        }
        let em = set.size * MM_PER_PT;
        let Some(lines) = lines(&paragraphs, (span.w - 2.0 * PADDING) / em) else {
            let length = paragraphs.iter().map(Vec::len).sum();
            let place = self.place(field);
            self.refusals.push(Refusal::DoesNotFit { place, length, tried: vec![set.size] });
            return Ok(Vec::new());
        };
        let baseline = em * ((LINE - 1.0) / 2.0 + BASELINE);
        let area = Area { x: span.x, y: 0.0, w: span.w, h: 0.0 };
        let row = |line: &Vec<Cluster>| {
            let mut marks = Vec::new();
            let align = if width(line) > 0.0 { set.align } else { Align::Left };
            place_line(field, line, set.size, area, baseline, align, &mut marks);
            Row { height: em * LINE, marks }
        };
        Ok(lines.iter().map(row).collect())
    }

    /// Notes that something has more than its place holds.
    pub fn does_not_fit(&mut self, field: &str, length: usize) {
        let place = self.place(field);
        self.refusals.push(Refusal::DoesNotFit { place, length, tried: Vec::new() });
    }

    fn place(&self, field: &str) -> Place {
        Place {
            form: self.form.to_owned(),
            field: field.to_owned(),
            label: field.to_owned(),
            person: None,
        }
    }

    /// The finished paper with a foot on every page: who hands it out, and n／N.
    pub fn paper(
        mut self,
        title: &str,
        people: Vec<String>,
        foot: &str,
    ) -> Result<Paper, LayoutError> {
        let groups = std::mem::take(&mut self.groups);
        let mut pages = self.pages(groups);
        let total = pages.len();
        let (whole, set) = (self.whole(), Set { align: Align::Center, ..self.regular() });
        for (number, page) in (1..).zip(&mut pages) {
            page.marks.push(rule(whole, BOTTOM + 2.5, 0.5));
            let words = format!("{foot}　{number}／{total}");
            let rows = self.text("foot", &words, set, whole)?;
            page.marks.extend(
                rows.into_iter().flat_map(|row| row.marks).map(|mark| mark.lowered(BOTTOM + 3.5)),
            );
        }
        if !self.refusals.is_empty() {
            return Err(Refusals(self.refusals).into());
        }
        Ok(Paper { form: self.form.to_owned(), title: title.to_owned(), people, pages })
    }

    /// Groups stay whole when a page can hold them; a longer one runs over.
    fn pages(&self, groups: Vec<Group>) -> Vec<Page> {
        let mut pages = vec![empty_page()];
        let mut y = TOP;
        for group in groups {
            let head = group.head.map(|head| self.head_rows(head)).unwrap_or_default();
            let height = height(&group.rows);
            let fits_a_page = TOP + self::height(&head) + height <= BOTTOM;
            let full = y + height > BOTTOM && fits_a_page;
            if y > TOP && (full || group.fresh) {
                y = new_page(&mut pages, &head);
            }
            for row in group.rows {
                // A gap at the top of a page is no gap.
                if y <= TOP && row.marks.is_empty() {
                    continue;
                }
                if y + row.height > BOTTOM {
                    y = new_page(&mut pages, &head);
                }
                y = put(&mut pages, row, y);
            }
        }
        pages
    }
}

fn new_page(pages: &mut Vec<Page>, head: &[Row]) -> f32 {
    pages.push(empty_page());
    head.iter().fold(TOP, |y, row| put(pages, row.clone(), y))
}

fn put(pages: &mut [Page], row: Row, y: f32) -> f32 {
    if let Some(page) = pages.last_mut() {
        page.marks.extend(row.marks.into_iter().map(|mark| mark.lowered(y)));
    }
    y + row.height
}

fn empty_page() -> Page {
    Page { width: WIDTH, height: HEIGHT, marks: Vec::new() }
}

pub(super) fn height(rows: &[Row]) -> f32 {
    rows.iter().map(|row| row.height).sum()
}

pub(super) fn gap(height: f32) -> Row {
    Row { height, marks: Vec::new() }
}

/// A thin rule across the page with air below it.
pub(super) fn separator(span: Span) -> Row {
    Row { height: 1.2, marks: vec![rule(span, 0.0, 0.4)] }
}

pub(super) fn rule(span: Span, y: f32, width: f32) -> Mark {
    Mark::Line { points: [span.x, y, span.x + span.w, y], width, dashed: false }
}

/// A square to tick, in the middle of a line of `size` points.
pub(super) fn square(x: f32, size: f32) -> Area {
    let side = size * MM_PER_PT * 0.82;
    Area { x, y: (size * MM_PER_PT * LINE - side) / 2.0, w: side, h: side }
}

/// Puts a square to tick before the first row.
pub(super) fn ticked(rows: &mut [Row], x: f32, size: f32, done: bool) {
    if let Some(first) = rows.first_mut() {
        let area = square(x, size);
        first.marks.push(Mark::Rect { area, width: size * 0.055, fill: None });
        if done {
            first.marks.push(Mark::Tick { area, width: size * 0.12 });
        }
    }
}
