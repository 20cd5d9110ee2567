//! Fitting text into a box by the template's fit list, and putting the lines there.
//!
//! Nothing is ever cut: either every cluster stands inside the box at an allowed size, or the sizes that
//! were tried come back.

use crate::fonts::Cluster;
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, runs};
use crate::layout::wrap::{Piece, wrap};
use crate::template::{Align, Area, FitStep, Setting, Valign};

/// Distance of baselines in ems.
pub(crate) const LEADING: f32 = 1.2;
/// What stays free left and right inside a box, in millimetres.
pub(crate) const PADDING: f32 = 0.7;
/// What stays free above and below several lines, in millimetres.
const AIR: f32 = 0.3;
/// How far sizes go down from step to step, in points.
const STEP: f32 = 0.5;

/// Lines that fit, at the size at which they fit.
pub(crate) struct Fitted<P = Cluster> {
    pub size: f32,
    pub lines: Vec<Vec<P>>,
}

/// Tries the fit list; `paragraphs` are the parts between forced line breaks.
///
/// # Errors
/// The sizes tried, from large to small.
pub(crate) fn fit<P: Piece>(
    paragraphs: &[Vec<P>],
    setting: &Setting,
) -> Result<Fitted<P>, Vec<f32>> {
    let (width, height) = (setting.area.w - 2.0 * PADDING, setting.area.h);
    let mut tried = Vec::new();
    for step in &setting.fit {
        let (most_lines, first) = match step {
            FitStep::OneLine => (1, setting.size),
            FitStep::TwoLines => {
                (2, setting.size.min(two_line_size(height - 2.0 * AIR)).max(setting.min_size))
            }
            FitStep::Shrink => (usize::MAX, setting.size),
            FitStep::Continue => continue,
        };
        let last = if *step == FitStep::Shrink { setting.min_size } else { first };
        for size in sizes(first, last) {
            if !tried.contains(&size) {
                tried.push(size);
            }
            let em = size * MM_PER_PT;
            let Some(lines) = lines(paragraphs, width / em) else { continue };
            let air = if lines.len() > 1 { 2.0 * AIR } else { 0.0 };
            if lines.len() <= most_lines && block(lines.len(), em) + air <= height + 0.01 {
                return Ok(Fitted { size, lines });
            }
        }
    }
    tried.sort_by(|left, right| right.total_cmp(left));
    Err(tried)
}

/// Height of a block of lines in millimetres.
pub(crate) fn block(lines: usize, em: f32) -> f32 {
    em * (1.0 + LEADING * count(lines.saturating_sub(1)))
}

/// Every paragraph in lines no wider than `width` ems.
pub(crate) fn lines<P: Piece>(paragraphs: &[Vec<P>], width: f32) -> Option<Vec<Vec<P>>> {
    let mut all = Vec::new();
    for paragraph in paragraphs {
        for line in wrap(paragraph, width)? {
            all.push(paragraph.get(line)?.to_vec());
        }
        if paragraph.is_empty() {
            all.push(Vec::new());
        }
    }
    Some(all)
}

/// Puts fitted lines into their box.
pub(crate) fn place(field: &str, fitted: &Fitted, setting: &Setting, marks: &mut Vec<Mark>) {
    let em = fitted.size * MM_PER_PT;
    let area = setting.area;
    let free = area.h - block(fitted.lines.len(), em);
    let top = area.y
        + match setting.valign {
            Valign::Top => 0.0,
            Valign::Middle => free / 2.0,
            Valign::Bottom => free,
        };
    let mut baseline = top + em * BASELINE;
    for line in &fitted.lines {
        place_line(field, line, fitted.size, area, baseline, setting.align, marks);
        baseline += em * LEADING;
    }
}

/// Puts one line on a baseline between the edges of `area`.
pub(crate) fn place_line(
    field: &str,
    line: &[Cluster],
    size: f32,
    area: Area,
    baseline: f32,
    align: Align,
    marks: &mut Vec<Mark>,
) {
    let used = width(line) * size * MM_PER_PT;
    let inside = area.w - 2.0 * PADDING;
    let gaps = count(line.len().saturating_sub(1));
    let (shift, gap) = match align {
        Align::Left => (0.0, 0.0),
        Align::Center => ((inside - used) / 2.0, 0.0),
        Align::Right => (inside - used, 0.0),
        Align::Justify if gaps > 0.0 => (0.0, (inside - used) / gaps),
        Align::Justify => ((inside - used) / 2.0, 0.0),
    };
    runs(field, line, size, area.x + PADDING + shift, baseline, gap, marks);
}

/// Width of a line in ems.
pub(crate) fn width<P: Piece>(line: &[P]) -> f32 {
    line.iter().map(P::length).sum()
}

/// A count as a length; paper has no room for more than a `u16` counts.
pub(crate) fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::from(u16::MAX), f32::from)
}

fn two_line_size(height: f32) -> f32 {
    let points = height / MM_PER_PT / (1.0 + LEADING);
    (points / STEP).floor() * STEP
}

/// From `first` down in half points, ending exactly with `last`.
fn sizes(first: f32, last: f32) -> impl Iterator<Item = f32> {
    let down = std::iter::successors(Some(first), |size| Some(size - STEP));
    down.take_while(move |size| *size > last).chain(std::iter::once(last))
}
