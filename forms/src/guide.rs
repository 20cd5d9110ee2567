//! The sheet the resident keeps (手続きのご案内): what is still to be done, where, by when, with what in hand.
//!
//! Set so that a person of 75 reads it without help: nothing below 14 pt, one thought per line, what is
//! still to do first and what is done last. The caller decides what may stand on it: discreet facts and
//! procedures must never be handed in.

use std::fmt;

use kakanai_text::PartialDate;

use crate::fonts::{Cluster, FontSet, Style};
use crate::layout::LayoutError;
use crate::layout::date::date_texts;
use crate::layout::fit::{PADDING, lines, place_line, width};
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Modules, Page, Paper};
use crate::refusal::{Place, Refusal, Refusals};
use crate::template::{Align, Area, Calendar, Digits};

/// Nothing on the sheet is smaller, in points.
const TEXT: f32 = 14.0;
const HEADING: f32 = 17.0;
const TITLE: f32 = 26.0;
/// Distance of baselines in ems.
const LINE: f32 = 1.38;
/// The page and its margins in millimetres.
const WIDTH: f32 = 210.0;
const HEIGHT: f32 = 297.0;
const MARGIN: f32 = 18.0;
const TOP: f32 = 14.0;
const BOTTOM: f32 = 276.0;
const INSIDE: f32 = WIDTH - 2.0 * MARGIN;
/// Width of the column of small headings (どこで, いつまで).
const COLUMN: f32 = 27.0;

/// What stands on the sheet.
#[derive(Clone, PartialEq)]
pub struct GuideSheet {
    /// Its title.
    pub title: String,
    /// Who hands it out.
    pub municipality: String,
    /// The day at the counter.
    pub today: PartialDate,
    /// How many people it is for; no names.
    pub household: usize,
    /// Settled by today's papers.
    pub done: Vec<GuideLine>,
    /// Still to be done.
    pub later: Vec<GuideLine>,
    /// Not certain: worth asking.
    pub may: Vec<GuideLine>,
}

/// One procedure on the sheet.
#[derive(Clone, PartialEq)]
pub struct GuideLine {
    /// Its name in plain words.
    pub procedure: String,
    /// Whom it is for, as the resident says it (世帯主, お子さん, a name); empty when it is for all.
    pub for_whom: String,
    /// Office and floor.
    pub office: String,
    /// By when, in words.
    pub deadline: Option<String>,
    /// What to bring.
    pub bring: Vec<String>,
    /// Anything else.
    pub note: Option<String>,
}

impl fmt::Debug for GuideSheet {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "GuideSheet({}+{}+{})", self.done.len(), self.later.len(), self.may.len())
    }
}

/// One line of the sheet, its marks counted from its own top.
struct Row {
    height: f32,
    marks: Vec<Mark>,
}

/// Lays the sheet out on as many A4 pages as it needs.
///
/// # Errors
/// [`LayoutError`] when a font is missing or no font has a character of the sheet.
pub fn guide_paper(sheet: &GuideSheet, fonts: &FontSet) -> Result<Paper, LayoutError> {
    let mut writer = Writer { fonts, refusals: Vec::new() };
    let mut groups = vec![writer.head(sheet)?];
    groups.extend(writer.section("これからしていただく手続き", &sheet.later, "later")?);
    groups.extend(writer.section(
        "あてはまるかもしれない手続き（窓口でおたずねください）",
        &sheet.may,
        "may",
    )?);
    groups.extend(writer.finished(&sheet.done)?);
    let mut pages = paginate(groups);
    let total = pages.len();
    for (number, page) in (1..).zip(&mut pages) {
        let foot = format!("{}　{number}／{total}ページ", sheet.municipality);
        let area = Area { x: MARGIN, y: BOTTOM + 4.0, w: INSIDE, h: TEXT * MM_PER_PT };
        page.marks.push(rule(area.y - 1.5));
        let row = writer.line("foot", &foot, Style::Gothic, TEXT, area, Align::Center)?;
        page.marks
            .extend(row.into_iter().flat_map(|row| row.marks).map(|mark| lowered(mark, area.y)));
    }
    if !writer.refusals.is_empty() {
        return Err(Refusals(writer.refusals).into());
    }
    let people = Vec::new();
    Ok(Paper { form: "guide".to_owned(), title: sheet.title.clone(), people, pages })
}

struct Writer<'a> {
    fonts: &'a FontSet,
    refusals: Vec<Refusal>,
}

impl Writer<'_> {
    fn head(&mut self, sheet: &GuideSheet) -> Result<Vec<Row>, LayoutError> {
        let whole = Area { x: MARGIN, y: 0.0, w: INSIDE, h: 0.0 };
        let texts = date_texts(sheet.today, Calendar::Era, Digits::Arabic);
        let today = texts.map(|texts| texts.whole()).unwrap_or_default();
        let mut rows = self.line("today", &today, Style::Gothic, TEXT, whole, Align::Right)?;
        rows.extend(self.line(
            "title",
            &sheet.title,
            Style::GothicBold,
            TITLE,
            whole,
            Align::Center,
        )?);
        rows.push(gap(2.0));
        let household = match sheet.household {
            1 => "お一人分のご案内です。".to_owned(),
            people => format!("ご家族{people}人分のご案内です。"),
        };
        let words = format!("{household}この紙は捨てずに、窓口へお持ちください。");
        rows.extend(self.line("household", &words, Style::Gothic, TEXT, whole, Align::Left)?);
        rows.push(gap(2.0));
        Ok(rows)
    }

    /// A section's groups: the heading stays with its first procedure.
    fn section(
        &mut self,
        heading: &str,
        procedures: &[GuideLine],
        field: &str,
    ) -> Result<Vec<Vec<Row>>, LayoutError> {
        let mut groups = Vec::new();
        for (number, procedure) in (1..).zip(procedures) {
            let mut rows =
                if number == 1 { self.heading(heading)? } else { vec![gap(1.5), separator()] };
            let title = format!("{number}．{}", procedure.procedure);
            let whole = Area { x: MARGIN, y: 0.0, w: INSIDE, h: 0.0 };
            rows.extend(self.line(
                field,
                &title,
                Style::GothicBold,
                HEADING,
                whole,
                Align::Left,
            )?);
            rows.extend(self.detail(field, "どなたの", &procedure.for_whom, Style::Gothic)?);
            rows.extend(self.detail(field, "どこで", &procedure.office, Style::Gothic)?);
            let deadline = procedure.deadline.as_deref().unwrap_or_default();
            rows.extend(self.detail(field, "いつまで", deadline, Style::GothicBold)?);
            rows.extend(self.bring(field, &procedure.bring)?);
            let note = procedure.note.as_deref().unwrap_or_default();
            rows.extend(self.detail(field, "ご注意", note, Style::Gothic)?);
            groups.push(rows);
        }
        Ok(groups)
    }

    /// What today's papers settle: one group, so that a reader sees the whole list at once.
    fn finished(&mut self, procedures: &[GuideLine]) -> Result<Vec<Vec<Row>>, LayoutError> {
        if procedures.is_empty() {
            return Ok(Vec::new());
        }
        let mut rows = self.heading("きょうの届出で済む手続き")?;
        for procedure in procedures {
            let whom = match procedure.for_whom.as_str() {
                "" => String::new(),
                whom => format!("（{whom}）"),
            };
            rows.extend(self.ticked("done", &format!("{}{whom}", procedure.procedure))?);
            let note = procedure.note.as_deref().unwrap_or_default();
            rows.extend(self.indented("done", note, 8.0, Style::Gothic)?);
        }
        Ok(vec![rows])
    }

    fn heading(&mut self, words: &str) -> Result<Vec<Row>, LayoutError> {
        let whole = Area { x: MARGIN + 3.0, y: 0.0, w: INSIDE - 6.0, h: 0.0 };
        let mut rows =
            self.line("heading", words, Style::GothicBold, HEADING, whole, Align::Left)?;
        let height: f32 = rows.iter().map(|row| row.height).sum();
        if let Some(first) = rows.first_mut() {
            let ground = Area { x: MARGIN, y: 0.0, w: INSIDE, h: height };
            let bar = Area { w: 2.2, ..ground };
            first.marks.insert(0, Mark::Rect { area: ground, width: 0.0, fill: Some(0.88) });
            first.marks.insert(1, Mark::Rect { area: bar, width: 0.0, fill: Some(0.0) });
        }
        rows.insert(0, gap(4.0));
        rows.push(gap(2.0));
        Ok(rows)
    }

    /// A small heading with its words beside it; nothing at all when there are no words.
    fn detail(
        &mut self,
        field: &str,
        name: &str,
        words: &str,
        style: Style,
    ) -> Result<Vec<Row>, LayoutError> {
        let rows = self.indented(field, words, COLUMN + 6.0, style)?;
        self.named(field, name, rows)
    }

    fn bring(&mut self, field: &str, things: &[String]) -> Result<Vec<Row>, LayoutError> {
        let mut rows = Vec::new();
        for thing in things {
            let mut lines = self.indented(field, thing, COLUMN + 13.0, Style::Gothic)?;
            if let Some(first) = lines.first_mut() {
                let area = square(MARGIN + COLUMN + 7.0);
                first.marks.push(Mark::Rect { area, width: 0.8, fill: None });
            }
            rows.extend(lines);
        }
        self.named(field, "持ち物", rows)
    }

    fn named(
        &mut self,
        field: &str,
        name: &str,
        mut rows: Vec<Row>,
    ) -> Result<Vec<Row>, LayoutError> {
        if let Some(first) = rows.first_mut() {
            let column = Area { x: MARGIN + 6.0, y: 0.0, w: COLUMN, h: 0.0 };
            let name = self.line(field, name, Style::Gothic, TEXT, column, Align::Left)?;
            first.marks.extend(name.into_iter().flat_map(|row| row.marks));
        }
        Ok(rows)
    }

    fn ticked(&mut self, field: &str, words: &str) -> Result<Vec<Row>, LayoutError> {
        let mut rows = self.indented(field, words, 8.0, Style::Gothic)?;
        if let Some(first) = rows.first_mut() {
            let area = square(MARGIN + 2.0);
            first.marks.push(Mark::Rect { area, width: 0.8, fill: None });
            first.marks.push(Mark::Tick { area, width: 1.8 });
        }
        Ok(rows)
    }

    fn indented(
        &mut self,
        field: &str,
        words: &str,
        indent: f32,
        style: Style,
    ) -> Result<Vec<Row>, LayoutError> {
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let area = Area { x: MARGIN + indent, y: 0.0, w: INSIDE - indent, h: 0.0 };
        self.line(field, words, style, TEXT, area, Align::Left)
    }

    /// Words in as many rows as they need.
    fn line(
        &mut self,
        field: &str,
        words: &str,
        style: Style,
        size: f32,
        area: Area,
        align: Align,
    ) -> Result<Vec<Row>, LayoutError> {
        let place = || Place {
            form: "guide".to_owned(),
            field: field.to_owned(),
            label: field.to_owned(),
            person: None,
        };
        let mut paragraphs: Vec<Vec<Cluster>> = Vec::new();
        for paragraph in words.lines() {
            match self.fonts.clusters(paragraph, style)? {
                Ok(drawn) => paragraphs.push(drawn),
                Err(unknown) => {
                    self.refusals.extend(unknown.into_iter().map(|unknown| Refusal::Character {
                        place: place(),
                        code_points: unknown.code_points,
                        why: unknown.why,
                        base_font: unknown.base_font,
                    }));
                    return Ok(Vec::new());
                }
            }
        }
        let em = size * MM_PER_PT;
        let Some(lines) = lines(&paragraphs, (area.w - 2.0 * PADDING) / em) else {
            let length = paragraphs.iter().map(Vec::len).sum();
            self.refusals.push(Refusal::DoesNotFit { place: place(), length, tried: vec![size] });
            return Ok(Vec::new());
        };
        let baseline = em * ((LINE - 1.0) / 2.0 + BASELINE);
        let row = |line: &Vec<Cluster>| {
            let mut marks = Vec::new();
            let align = if width(line) > 0.0 { align } else { Align::Left };
            place_line(field, line, size, area, baseline, align, &mut marks);
            Row { height: em * LINE, marks }
        };
        Ok(lines.iter().map(row).collect())
    }
}

/// Groups stay whole when a page can hold them; a longer one runs over.
fn paginate(groups: Vec<Vec<Row>>) -> Vec<Page> {
    let mut pages = vec![empty_page()];
    let mut y = TOP;
    for group in groups {
        let height: f32 = group.iter().map(|row| row.height).sum();
        if y + height > BOTTOM && y > TOP && TOP + height <= BOTTOM {
            pages.push(empty_page());
            y = TOP;
        }
        for row in group {
            if y + row.height > BOTTOM {
                pages.push(empty_page());
                y = TOP;
            }
            if let Some(page) = pages.last_mut() {
                page.marks.extend(row.marks.into_iter().map(|mark| lowered(mark, y)));
            }
            y += row.height;
        }
    }
    pages
}

fn empty_page() -> Page {
    Page { width: WIDTH, height: HEIGHT, marks: Vec::new() }
}

fn gap(height: f32) -> Row {
    Row { height, marks: Vec::new() }
}

fn separator() -> Row {
    Row { height: 1.5, marks: vec![rule(0.0)] }
}

fn rule(y: f32) -> Mark {
    Mark::Line { points: [MARGIN, y, WIDTH - MARGIN, y], width: 0.5, dashed: false }
}

/// A square to tick, in the middle of a text row.
fn square(x: f32) -> Area {
    const SIDE: f32 = 4.0;
    Area { x, y: (TEXT * MM_PER_PT * LINE - SIDE) / 2.0, w: SIDE, h: SIDE }
}

fn lowered(mark: Mark, by: f32) -> Mark {
    match mark {
        Mark::Line { points: [x1, y1, x2, y2], width, dashed } => {
            Mark::Line { points: [x1, y1 + by, x2, y2 + by], width, dashed }
        }
        Mark::Rect { area, width, fill } => Mark::Rect { area: area.lowered(by), width, fill },
        Mark::Ellipse { area, width } => Mark::Ellipse { area: area.lowered(by), width },
        Mark::Tick { area, width } => Mark::Tick { area: area.lowered(by), width },
        Mark::Run(mut run) => {
            run.y += by;
            Mark::Run(run)
        }
        Mark::Modules(code) => Mark::Modules(Modules { area: code.area.lowered(by), ..code }),
    }
}
