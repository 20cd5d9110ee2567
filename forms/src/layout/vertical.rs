//! Vertical text (縦書き): columns from right to left, one cluster under another.
//!
//! Full-width signs that look different in columns (long marks, brackets, small kana, stops) take the
//! font's own vertical glyphs; what has none and cannot stand upright is turned, as Latin words are. Two
//! digits stand side by side (縦中横). The text of every glyph stays what it was.

use crate::fonts::{Cluster, FontError, FontSet, Style};
use crate::layout::fit::{Fitted, PADDING, block, count, fit, width};
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Run, runs};
use crate::layout::wrap::Piece;
use crate::template::{Align, Area, Setting, Valign};

/// Distance of column centres in ems.
const LEADING: f32 = crate::layout::fit::LEADING;
/// How far the middle of the em box lies above its baseline, in ems.
const MIDDLE: f32 = BASELINE - 0.5;
/// Glyphs at least this wide are set for a square of their own, in ems.
const SQUARE: f32 = 0.9;
/// What cannot stand upright in a column (UAX #50: R, Tr) when the font has no vertical glyph for it.
const TURNED: &str =
    "ーｰ〜～—―‐‑–−－-…‥（）「」『』【】〔〕［］｛｝〈〉《》｢｣()[]{}<>＝=：:；;→←｜|~_／/";

/// What stands in one place of a column.
#[derive(Clone)]
pub(crate) struct Cell {
    clusters: Vec<Cluster>,
    text: String,
    turned: bool,
    length: f32,
}

impl Piece for Cell {
    fn text(&self) -> &str {
        &self.text
    }

    fn length(&self) -> f32 {
        self.length
    }
}

/// The cells of a text whose clusters were shaped for a line.
pub(crate) fn cells(
    line: &[Cluster],
    style: Style,
    fonts: &FontSet,
) -> Result<Vec<Cell>, FontError> {
    let mut cells = Vec::new();
    for part in line.chunk_by(|left, right| sort(left) == sort(right)) {
        let Some(first) = part.first() else { continue };
        match (sort(first), part) {
            (Sort::Digit, [tens, ones]) => match pair(tens, ones, style, fonts)? {
                Some(pair) => cells.push(pair),
                None => cells.extend(part.iter().cloned().map(upright)),
            },
            (Sort::Latin, [_, _, ..]) => cells.extend(part.iter().cloned().map(turned)),
            (Sort::Digit | Sort::Latin, _) => cells.extend(part.iter().cloned().map(upright)),
            (Sort::Other, _) => {
                for cluster in part {
                    cells.push(other(cluster, fonts)?);
                }
            }
        }
    }
    Ok(cells)
}

/// Tries the fit list: a line is a column.
///
/// # Errors
/// The sizes tried, from large to small.
pub(crate) fn fit_columns(
    paragraphs: &[Vec<Cell>],
    setting: &Setting,
) -> Result<Fitted<Cell>, Vec<f32>> {
    let area = Area { w: setting.area.h, h: setting.area.w, ..setting.area };
    fit(paragraphs, &Setting { area, ..setting.clone() })
}

/// Puts fitted columns into their box.
pub(crate) fn place_columns(
    field: &str,
    fitted: &Fitted<Cell>,
    setting: &Setting,
    marks: &mut Vec<Mark>,
) {
    let em = fitted.size * MM_PER_PT;
    let area = setting.area;
    let free = area.w - block(fitted.lines.len(), em);
    let from_right = match setting.align {
        Align::Right => 0.0,
        Align::Center | Align::Justify => free / 2.0,
        Align::Left => free,
    };
    let mut middle = area.x + area.w - from_right - em / 2.0;
    for column in &fitted.lines {
        let rest = area.h - 2.0 * PADDING - width(column) * em;
        let gaps = count(column.len().saturating_sub(1));
        let (shift, gap) = match (setting.align, setting.valign) {
            (Align::Justify, _) if gaps > 0.0 => (0.0, rest / gaps),
            (_, Valign::Top) => (0.0, 0.0),
            (_, Valign::Middle) => (rest / 2.0, 0.0),
            (_, Valign::Bottom) => (rest, 0.0),
        };
        let mut y = area.y + PADDING + shift;
        for cell in column {
            place(field, cell, fitted.size, middle, y, marks);
            y += cell.length * em + gap;
        }
        middle -= em * LEADING;
    }
}

fn place(field: &str, cell: &Cell, size: f32, middle: f32, y: f32, marks: &mut Vec<Mark>) {
    let em = size * MM_PER_PT;
    if !cell.turned {
        let x = middle - width(&cell.clusters) * em / 2.0;
        let baseline = y + (cell.length - 1.0) * em / 2.0 + BASELINE * em;
        runs(field, &cell.clusters, size, x, baseline, 0.0, marks);
        return;
    }
    for cluster in &cell.clusters {
        let at = (middle - MIDDLE * em, y);
        let one = std::slice::from_ref(cluster);
        marks.push(Mark::Run(Run {
            turned: true,
            ..Run::of(field, cluster.face, one, size, at, 0.0)
        }));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Digit,
    Latin,
    Other,
}

fn sort(cluster: &Cluster) -> Sort {
    match cluster.text.chars().next() {
        Some('0'..='9' | '０'..='９') => Sort::Digit,
        Some(
            'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\'' | '.',
        ) => Sort::Latin,
        _ => Sort::Other,
    }
}

/// Two digits side by side, full-width ones in the shapes of narrow ones; `None` when they are too wide.
fn pair(
    tens: &Cluster,
    ones: &Cluster,
    style: Style,
    fonts: &FontSet,
) -> Result<Option<Cell>, FontError> {
    const ROOM: f32 = 1.05;
    let text = format!("{}{}", tens.text, ones.text);
    let mut clusters = vec![tens.clone(), ones.clone()];
    if width(&clusters) > ROOM {
        let narrow: String = text.chars().filter_map(narrow).collect();
        match fonts.clusters(&narrow, style)? {
            Ok(shapes) if shapes.len() == clusters.len() => {
                for (cluster, narrow) in clusters.iter_mut().zip(shapes) {
                    (cluster.face, cluster.shape) = (narrow.face, narrow.shape);
                }
            }
            _ => return Ok(None),
        }
    }
    let fits = width(&clusters) <= ROOM;
    Ok(fits.then_some(Cell { clusters, text, turned: false, length: 1.0 }))
}

fn narrow(digit: char) -> Option<char> {
    let value = digit.to_digit(10).or_else(|| u32::from(digit).checked_sub(u32::from('０')))?;
    char::from_digit(value, 10)
}

fn other(cluster: &Cluster, fonts: &FontSet) -> Result<Cell, FontError> {
    if cluster.shape.advance >= SQUARE
        && let Some(glyph) = fonts.vertical(cluster.face, cluster.shape.id)?
    {
        let mut cluster = cluster.clone();
        cluster.shape.id = glyph;
        return Ok(upright(cluster));
    }
    let turns = cluster.text.chars().next().is_some_and(|first| TURNED.contains(first));
    Ok(if turns { turned(cluster.clone()) } else { upright(cluster.clone()) })
}

fn upright(cluster: Cluster) -> Cell {
    let narrow_space = cluster.text.chars().all(char::is_whitespace);
    let length = if narrow_space { cluster.shape.advance } else { cluster.shape.advance.max(1.0) };
    Cell { text: cluster.text.to_string(), turned: false, length, clusters: vec![cluster] }
}

fn turned(cluster: Cluster) -> Cell {
    let length = cluster.shape.advance;
    Cell { text: cluster.text.to_string(), turned: true, length, clusters: vec![cluster] }
}
