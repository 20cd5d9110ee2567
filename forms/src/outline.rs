//! The exact shape of one text as a single SVG path: names on the screens, drawn from the very outlines that the
//! papers print.
//!
//! The choice of fonts is the papers' own ([`FontSet`]). A cluster that no font has is named and stands as
//! an empty box: never a look-alike, and never silently left out.

use skrifa::outline::OutlinePen;

use crate::fonts::{Cluster, FontError, FontSet, Style};
use crate::layout::page::BASELINE;

/// Units of an [`Outline`] in one em.
const EM: f32 = 1000.0;

/// One text as a picture without fonts; lengths in thousandths of an em, y downwards.
#[derive(Clone, PartialEq)]
pub struct Outline {
    /// The `d` of an SVG path, to be filled by the non-zero rule.
    pub path: String,
    /// Width of the text: the sum of the advances.
    pub width: f32,
    /// Height of the picture: one em, and more where ink goes beyond it (marks above Latin capitals).
    pub height: f32,
    /// Where the baseline lies below the top.
    pub baseline: f32,
    /// The clusters that no font has, in order, each as often as it occurs.
    pub missing: Vec<String>,
}

/// The shape of `text` in the fonts that would print it.
///
/// # Errors
/// [`FontError`] when a font of the default set cannot be read.
pub fn text_outline(text: &str, style: Style, fonts: &FontSet) -> Result<Outline, FontError> {
    let mut pen = PathPen::default();
    let mut missing = Vec::new();
    for piece in fonts.pieces(text, style)? {
        match piece {
            Ok(cluster) => draw(&cluster, fonts, &mut pen)?,
            Err(unknown) => {
                missing
                    .push(unknown.code_points.iter().filter_map(|c| char::from_u32(*c)).collect());
                pen.empty_box();
            }
        }
    }
    let above = (BASELINE * EM).max(pen.top.ceil());
    let below = ((1.0 - BASELINE) * EM).max(pen.bottom.ceil());
    Ok(Outline {
        path: pen.lowered(above),
        width: pen.x,
        height: above + below,
        baseline: above,
        missing,
    })
}

fn draw(cluster: &Cluster, fonts: &FontSet, pen: &mut PathPen) -> Result<(), FontError> {
    let face = fonts.face(cluster.face)?;
    pen.scale = EM / f32::from(face.loaded()?.units);
    face.draw(cluster.shape.id, pen)?;
    pen.x += cluster.shape.advance * EM;
    Ok(())
}

/// One command of a path: its letter and its points, the baseline at y = 0 and y downwards.
type Command = (char, Vec<[f32; 2]>);

/// Collects outlines of glyphs one behind the other.
#[derive(Default)]
struct PathPen {
    commands: Vec<Command>,
    /// Where the next glyph starts.
    x: f32,
    /// From the glyph's font units.
    scale: f32,
    /// Farthest control point above and below the baseline.
    top: f32,
    bottom: f32,
}

impl PathPen {
    fn add(&mut self, letter: char, points: &[[f32; 2]]) {
        let place = |[x, y]: &[f32; 2]| [self.x + x * self.scale, -y * self.scale];
        let points: Vec<[f32; 2]> = points.iter().map(place).collect();
        for [_, y] in &points {
            self.top = self.top.max(-y);
            self.bottom = self.bottom.max(*y);
        }
        self.commands.push((letter, points));
    }

    /// A frame across one em, its inner edge running the other way round.
    fn empty_box(&mut self) {
        self.scale = 1.0;
        let (low, high) = (-40.0, 800.0);
        let frame = |edge: f32| [60.0 + edge, low + edge, 940.0 - edge, high - edge];
        let [left, bottom, right, top] = frame(0.0);
        let outer = [[left, bottom], [left, top], [right, top], [right, bottom]];
        let [left, bottom, right, top] = frame(45.0);
        let inner = [[left, bottom], [right, bottom], [right, top], [left, top]];
        for [start, rest @ ..] in [outer, inner] {
            self.add('M', &[start]);
            for corner in rest {
                self.add('L', &[corner]);
            }
            self.add('Z', &[]);
        }
        self.x += EM;
    }

    /// The path with its baseline `by` below the top.
    fn lowered(&self, by: f32) -> String {
        let mut path = String::new();
        for (letter, points) in &self.commands {
            path.push(*letter);
            let numbers: Vec<String> = points
                .iter()
                .flat_map(|[x, y]| [*x, y + by])
                .map(|number| {
                    // Writing 0 and not -0, and 12 and not 12.0: a name is sent with every view.
                    let tenths = (number * 10.0).round() / 10.0 + 0.0;
                    tenths.to_string()
                })
                .collect();
            path.push_str(&numbers.join(" "));
        }
        path
    }
}

impl OutlinePen for PathPen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[[x, y]]);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[[x, y]]);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[[cx, cy], [x, y]]);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        self.add('C', &[[cx0, cy0], [cx1, cy1], [x, y]]);
    }

    fn close(&mut self) {
        self.add('Z', &[]);
    }
}
