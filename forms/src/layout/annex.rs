//! Continuation pages (別紙): values too long for their boxes, in full and large enough to read.
//!
//! The box on the form says 別紙のとおり; the pages follow the form's own in the same paper. A value is
//! never cut here either: what no line could hold without a break is broken between clusters.

use crate::fonts::{Cluster, FontError, FontSet, Style, Unknown};
use crate::layout::fit::{PADDING, count, lines, place_line, width};
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Page};
use crate::template::{Align, Area};

/// What the box says instead, the longer if it fits.
pub(super) const NOTICES: [&str; 2] = ["別紙のとおり", "別紙"];

/// Size of the values in points; nothing on the page is smaller than [`SMALL`].
const TEXT: f32 = 12.0;
const SMALL: f32 = 10.0;
const TITLE: f32 = 18.0;
/// Distance of baselines in ems.
const LEADING: f32 = 1.5;
/// Millimetres.
const MARGIN: f32 = 20.0;
const TITLE_TOP: f32 = 16.0;
const TOP: f32 = 38.0;
const BOTTOM: f32 = 22.0;
const BAND: f32 = 8.0;
const GAP: f32 = 4.0;
const INDENT: f32 = 2.0;
const GROUND: f32 = 0.92;

/// One value that goes to the continuation pages.
pub(super) struct Annexed {
    /// Field id.
    pub field: String,
    /// What the field is called on the form.
    pub label: String,
    /// Number of the person inside rows; 0 elsewhere.
    pub row: usize,
    /// The value between its forced line breaks.
    pub paragraphs: Vec<Vec<Cluster>>,
}

/// What stands on every continuation page.
pub(super) struct Heads<'a> {
    /// Printed name of the form.
    pub title: &'a str,
    /// Case number, empty without one: it leads a loose page back to its form.
    pub case: &'a str,
    /// Width and height of the form's page in millimetres.
    pub page: (f32, f32),
}

/// The continuation pages, or the clusters of a label that no font has.
pub(super) fn pages(
    annexed: &[Annexed],
    heads: &Heads<'_>,
    fonts: &FontSet,
) -> Result<Result<Vec<Page>, Vec<Unknown>>, FontError> {
    let mut writer = Writer { fonts, heads, pages: Vec::new(), y: 0.0, unknown: Vec::new() };
    for value in annexed {
        writer.value(value)?;
    }
    let total = writer.pages.len();
    for number in 1..=total {
        writer.head(number, total)?;
    }
    let Writer { pages, unknown, .. } = writer;
    let (width, height) = heads.page;
    let page = |marks| Page { width, height, marks };
    Ok(if unknown.is_empty() { Ok(pages.into_iter().map(page).collect()) } else { Err(unknown) })
}

struct Writer<'a> {
    fonts: &'a FontSet,
    heads: &'a Heads<'a>,
    pages: Vec<Vec<Mark>>,
    /// Where the next thing on the last page begins.
    y: f32,
    unknown: Vec<Unknown>,
}

impl Writer<'_> {
    fn value(&mut self, value: &Annexed) -> Result<(), FontError> {
        let lines = whole(&value.paragraphs, (self.inside() - 2.0 * INDENT) / (TEXT * MM_PER_PT));
        let pitch = TEXT * MM_PER_PT * LEADING;
        let needed = BAND + INDENT + pitch * count(lines.len());
        let room = self.bottom() - TOP;
        if self.pages.is_empty() || (self.y + needed > self.bottom() && needed <= room) {
            self.page();
        }
        let person =
            if value.row > 0 { format!("（{}人目）", value.row) } else { String::new() };
        self.band(&format!("{}{person}", value.label), pitch)?;
        for line in &lines {
            if self.y + pitch > self.bottom() {
                self.page();
                self.band(&format!("{}{person}（つづき）", value.label), pitch)?;
            }
            let em = TEXT * MM_PER_PT;
            let baseline = self.y + (pitch - em) / 2.0 + em * BASELINE;
            let x = MARGIN + INDENT - PADDING;
            let area = Area { x, y: self.y, w: self.inside(), h: pitch };
            if let Some(marks) = self.pages.last_mut() {
                place_line(&value.field, line, TEXT, area, baseline, Align::Left, marks);
            }
            self.y += pitch;
        }
        self.y += GAP;
        Ok(())
    }

    /// The heading of a value, never alone at the foot of a page.
    fn band(&mut self, label: &str, first_line: f32) -> Result<(), FontError> {
        if self.y + BAND + INDENT + first_line > self.bottom() {
            self.page();
        }
        let area = Area { x: MARGIN, y: self.y, w: self.inside(), h: BAND };
        if let Some(marks) = self.pages.last_mut() {
            marks.push(Mark::Rect { area, width: 0.0, fill: Some(GROUND) });
        }
        let page = self.pages.len();
        self.words(page, label, Style::GothicBold, SMALL, area, Align::Left)?;
        self.y += BAND + INDENT;
        Ok(())
    }

    fn head(&mut self, number: usize, total: usize) -> Result<(), FontError> {
        let heads = self.heads;
        let row = |y: f32, h: f32| Area { x: MARGIN, y, w: heads.page.0 - 2.0 * MARGIN, h };
        let title = row(TITLE_TOP, TITLE * MM_PER_PT);
        self.words(number, "別　紙", Style::GothicBold, TITLE, title, Align::Center)?;
        let form = row(TITLE_TOP + 10.0, TEXT * MM_PER_PT);
        self.words(number, heads.title, Style::Gothic, TEXT, form, Align::Center)?;
        if !heads.case.is_empty() {
            let case = format!("受付番号　{}", heads.case);
            let area = row(TITLE_TOP - 6.0, SMALL * MM_PER_PT);
            self.words(number, &case, Style::Gothic, SMALL, area, Align::Right)?;
        }
        let foot = row(self.bottom() + 4.0, SMALL * MM_PER_PT);
        let sheets = format!("別紙　{number}／{total}");
        self.words(number, &sheets, Style::Gothic, SMALL, foot, Align::Center)
    }

    /// Printed words on one page: in the middle of their area's height, smaller when they are too long.
    fn words(
        &mut self,
        page: usize,
        text: &str,
        style: Style,
        size: f32,
        area: Area,
        align: Align,
    ) -> Result<(), FontError> {
        let drawn = match self.fonts.clusters(text, style)? {
            Ok(drawn) => drawn,
            Err(unknown) => {
                self.unknown.extend(unknown);
                return Ok(());
            }
        };
        let room = (area.w - 2.0 * PADDING) / MM_PER_PT;
        let size = size.min(room / width(&drawn).max(1.0));
        let em = size * MM_PER_PT;
        let baseline = area.y + (area.h - em) / 2.0 + em * BASELINE;
        if let Some(marks) = page.checked_sub(1).and_then(|page| self.pages.get_mut(page)) {
            place_line("annex", &drawn, size, area, baseline, align, marks);
        }
        Ok(())
    }

    fn page(&mut self) {
        self.pages.push(Vec::new());
        self.y = TOP;
    }

    fn inside(&self) -> f32 {
        self.heads.page.0 - 2.0 * MARGIN
    }

    fn bottom(&self) -> f32 {
        self.heads.page.1 - BOTTOM
    }
}

/// Every paragraph in lines of `room` ems: by the rules of line breaking, else between any two clusters.
fn whole(paragraphs: &[Vec<Cluster>], room: f32) -> Vec<Vec<Cluster>> {
    let mut all = Vec::new();
    for paragraph in paragraphs {
        match lines(std::slice::from_ref(paragraph), room) {
            Some(lines) => all.extend(lines),
            None => {
                let mut line: Vec<Cluster> = Vec::new();
                for cluster in paragraph {
                    if width(&line) + cluster.shape.advance > room {
                        all.push(std::mem::take(&mut line));
                    }
                    line.push(cluster.clone());
                }
                all.push(line);
            }
        }
    }
    all
}
