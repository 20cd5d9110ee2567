//! What a laid-out page is: marks at places, in millimetres from the top left. No writer is known here.
//!
//! Pages hold residents' data; none of these types has a `Debug` that shows it.

use crate::fonts::{Cluster, FaceId};
use crate::template::{Area, Blank};

/// Millimetres in a point.
pub(crate) const MM_PER_PT: f32 = 25.4 / 72.0;

/// How far the baseline lies below the top of the em box of Japanese fonts, in ems.
pub(crate) const BASELINE: f32 = 0.88;

/// One finished paper: a form filled for a household or one person, or the guide sheet.
#[derive(Clone)]
pub struct Paper {
    /// Form id.
    pub form: String,
    /// Printed name of the form; the only thing that goes into a document's title.
    pub title: String,
    /// Ids of the people on it.
    pub people: Vec<String>,
    /// Its sheets, then continuation pages (別紙).
    pub pages: Vec<Page>,
}

/// One page.
#[derive(Clone, PartialEq)]
pub struct Page {
    /// Width in millimetres.
    pub width: f32,
    /// Height in millimetres.
    pub height: f32,
    /// What is drawn, in order.
    pub marks: Vec<Mark>,
}

/// Something drawn.
#[derive(Clone, PartialEq)]
pub enum Mark {
    /// The municipality's own page, under everything else.
    Blank(Blank),
    /// A straight rule.
    Line {
        /// x1, y1, x2, y2 in millimetres.
        points: [f32; 4],
        /// Thickness in points.
        width: f32,
        /// Broken.
        dashed: bool,
    },
    /// A rectangle.
    Rect {
        /// Where.
        area: Area,
        /// Thickness of the frame in points; 0 draws none.
        width: f32,
        /// Grey of the ground, 0 black to 1 white.
        fill: Option<f32>,
    },
    /// The ellipse of a circled choice.
    Ellipse {
        /// The box it touches.
        area: Area,
        /// Thickness in points.
        width: f32,
    },
    /// The tick of a chosen square (レ点), as a stroke through three points.
    Tick {
        /// The square.
        area: Area,
        /// Thickness in points.
        width: f32,
    },
    /// Glyphs on one baseline.
    Run(Run),
    /// A barcode or a QR code.
    Modules(Modules),
}

impl Mark {
    /// The same mark further down. The municipality's page stays where it is.
    pub(crate) fn lowered(self, by: f32) -> Mark {
        match self {
            Mark::Line { points: [x1, y1, x2, y2], width, dashed } => {
                Mark::Line { points: [x1, y1 + by, x2, y2 + by], width, dashed }
            }
            Mark::Blank(blank) => Mark::Blank(blank),
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
}

/// Dark rectangles in whole modules, so that no writer rounds one against another.
#[derive(Clone, PartialEq)]
pub struct Modules {
    /// Field it belongs to.
    pub field: String,
    /// Where its columns and rows stand; quiet zones lie around it.
    pub area: Area,
    /// Modules across.
    pub columns: u16,
    /// Modules down; 1 in a barcode.
    pub rows: u16,
    /// `[x, y, width, height]` in modules from the top left.
    pub dark: Vec<[u16; 4]>,
}

/// Glyphs of one font and size on one baseline.
#[derive(Clone, PartialEq)]
pub struct Run {
    /// Field the run belongs to.
    pub field: String,
    /// Font.
    pub face: FaceId,
    /// Size in points.
    pub size: f32,
    /// Left end in millimetres.
    pub x: f32,
    /// Baseline in millimetres from the top.
    pub y: f32,
    /// Grey of the glyphs, 0 black to 1 white.
    pub grey: f32,
    /// Turned clockwise by a quarter: the baseline runs down the page from `x`, `y`.
    pub turned: bool,
    /// The clusters its glyphs stand for, one after the other, exactly as they came.
    pub text: String,
    /// The glyphs.
    pub glyphs: Vec<Glyph>,
}

/// One glyph. A packet holds tens of thousands: none has an allocation of its own.
#[derive(Clone, Copy, PartialEq)]
pub struct Glyph {
    /// Glyph id in its font; 0 never gets past a writer.
    pub id: u16,
    /// Bytes of the cluster it stands for, within the run's text.
    pub bytes: u32,
    /// The font's own advance in ems.
    pub advance: f32,
    /// Distance to the next glyph in millimetres.
    pub step: f32,
}

impl Run {
    /// A run of clusters that all stand in `face`, from `at` on, `gap` millimetres apart beyond their advances.
    pub(crate) fn of(
        field: &str,
        face: FaceId,
        clusters: &[Cluster],
        size: f32,
        at: (f32, f32),
        gap: f32,
    ) -> Run {
        let glyph = |cluster: &Cluster| Glyph {
            id: cluster.shape.id,
            bytes: u32::try_from(cluster.text.len()).unwrap_or(u32::MAX),
            advance: cluster.shape.advance,
            step: cluster.shape.advance * size * MM_PER_PT + gap,
        };
        Run {
            field: field.to_owned(),
            face,
            size,
            x: at.0,
            y: at.1,
            grey: 0.0,
            turned: false,
            text: clusters.iter().map(|cluster| cluster.text.as_str()).collect(),
            glyphs: clusters.iter().map(glyph).collect(),
        }
    }

    /// Each glyph with the cluster it stands for.
    pub fn drawn(&self) -> impl Iterator<Item = (&Glyph, &str)> {
        let mut rest = self.text.as_str();
        self.glyphs.iter().map(move |glyph| {
            let length = usize::try_from(glyph.bytes).unwrap_or(usize::MAX);
            let (cluster, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
            rest = after;
            (glyph, cluster)
        })
    }
}

/// The three points of a tick inside its square.
pub(crate) fn tick_points(area: Area) -> [(f32, f32); 3] {
    let at = |x: f32, y: f32| (area.x + area.w * x, area.y + area.h * y);
    [at(0.12, 0.45), at(0.40, 0.85), at(1.02, -0.08)]
}

/// Puts clusters on a baseline, `gap` millimetres apart beyond their advances; one run per font.
pub(crate) fn runs(
    field: &str,
    clusters: &[Cluster],
    size: f32,
    mut x: f32,
    y: f32,
    gap: f32,
    marks: &mut Vec<Mark>,
) {
    for same_font in clusters.chunk_by(|left, right| left.face == right.face) {
        let Some(first) = same_font.first() else { continue };
        let run = Run::of(field, first.face, same_font, size, (x, y), gap);
        for glyph in &run.glyphs {
            x += glyph.step;
        }
        marks.push(Mark::Run(run));
    }
}
