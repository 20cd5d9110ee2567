//! The laid-out pages as plain data, for engines that know neither templates nor our layout.

use std::error::Error;

use kakanai_forms::{FaceId, FontSet, Mark, Paper, Run};
use serde::{Deserialize, Serialize};

use crate::ours;

/// Millimetres in a point.
const MM_PER_PT: f32 = 25.4 / 72.0;

/// Everything the other engines draw.
#[derive(Serialize, Deserialize)]
pub struct Packet {
    /// Font files by the number that texts name.
    pub fonts: Vec<String>,
    /// Pages of A4 in points; y counts from the bottom.
    pub pages: Vec<Page>,
    /// Every value and label in the order of drawing, for the comparison with the extracted text.
    pub words: Vec<String>,
}

/// One page.
#[derive(Default, Serialize, Deserialize)]
pub struct Page {
    /// Font, size, x, y, text at its natural advance.
    pub texts: Vec<(usize, f32, f32, f32, String)>,
    /// x1, y1, x2, y2, width.
    pub lines: Vec<[f32; 5]>,
    /// x, y, width, height, width of the frame (0 = none), grey of the ground (-1 = none).
    pub rects: Vec<[f32; 6]>,
    /// x, y, width, height, width of the stroke.
    pub ellipses: Vec<[f32; 5]>,
    /// Dark boxes of codes: x, y, width, height.
    pub modules: Vec<[f32; 4]>,
}

/// Lays the packet out once and writes it down.
pub fn packet() -> Result<Packet, Box<dyn Error>> {
    let fonts = FontSet::debian()?;
    let papers = ours::papers(&ours::templates()?, &fonts)?;
    let mut packet = Packet { fonts: Vec::new(), pages: Vec::new(), words: Vec::new() };
    let mut faces: Vec<FaceId> = Vec::new();
    for page in papers.iter().flat_map(|paper: &Paper| &paper.pages) {
        let up = |y: f32| (page.height - y) / MM_PER_PT;
        let mut plain = Page::default();
        for mark in &page.marks {
            match mark {
                Mark::Line { points: [x1, y1, x2, y2], width, .. } => {
                    plain.lines.push([x1 / MM_PER_PT, up(*y1), x2 / MM_PER_PT, up(*y2), *width]);
                }
                Mark::Rect { area, width, fill } => plain.rects.push([
                    area.x / MM_PER_PT,
                    up(area.y + area.h),
                    area.w / MM_PER_PT,
                    area.h / MM_PER_PT,
                    *width,
                    fill.unwrap_or(-1.0),
                ]),
                Mark::Ellipse { area, width } => plain.ellipses.push([
                    area.x / MM_PER_PT,
                    up(area.y + area.h),
                    area.w / MM_PER_PT,
                    area.h / MM_PER_PT,
                    *width,
                ]),
                Mark::Tick { area, width } => {
                    let at = |x: f32, y: f32| [(area.x + area.w * x) / MM_PER_PT, up(area.y + area.h * y)];
                    let points = [at(0.12, 0.45), at(0.40, 0.85), at(1.02, -0.08)];
                    for pair in points.windows(2) {
                        if let [[x1, y1], [x2, y2]] = pair {
                            plain.lines.push([*x1, *y1, *x2, *y2, *width]);
                        }
                    }
                }
                Mark::Run(run) => {
                    let face = faces.iter().position(|known| *known == run.face).unwrap_or_else(|| {
                        faces.push(run.face);
                        faces.len() - 1
                    });
                    texts(run, face, up(run.y), &mut plain);
                    packet.words.push(run.text.clone());
                }
                Mark::Blank(_) => return Err("the packet has no blank pages".into()),
                Mark::Modules(code) => {
                    let width = code.area.w / f32::from(code.columns);
                    let height = code.area.h / f32::from(code.rows);
                    for [x, y, w, h] in code.dark.iter().map(|dark| dark.map(f32::from)) {
                        plain.modules.push([
                            (code.area.x + x * width) / MM_PER_PT,
                            up(code.area.y + (y + h) * height),
                            w * width / MM_PER_PT,
                            h * height / MM_PER_PT,
                        ]);
                    }
                }
            }
        }
        packet.pages.push(plain);
    }
    packet.fonts = faces.iter().map(|face| file(*face)).collect::<Result<_, _>>()?;
    Ok(packet)
}

/// A run in pieces that stand at their natural advance; what is set apart gets a place for each character.
fn texts(run: &Run, face: usize, y: f32, page: &mut Page) {
    let mut x = run.x;
    let mut piece = String::new();
    let mut start = x;
    for (glyph, text) in run.drawn() {
        if piece.is_empty() {
            start = x;
        }
        piece.push_str(text);
        x += glyph.step;
        if (glyph.step - glyph.advance * run.size * MM_PER_PT).abs() > 0.001 {
            page.texts.push((face, run.size, start / MM_PER_PT, y, std::mem::take(&mut piece)));
        }
    }
    if !piece.is_empty() {
        page.texts.push((face, run.size, start / MM_PER_PT, y, piece));
    }
}

/// The file of a font: the default set in its order.
fn file(face: FaceId) -> Result<String, Box<dyn Error>> {
    const FILES: [&str; 4] = [
        "bizud-gothic/BIZUDGothic-Regular.ttf",
        "bizud-gothic/BIZUDGothic-Bold.ttf",
        "bizud-mincho/BIZUDMincho-Regular.ttf",
        "ipamj/ipamjm.ttf",
    ];
    let shown = format!("{face:?}");
    let known = FILES.iter().enumerate().find(|(number, _)| shown == format!("FaceId({number})"));
    let (_, file) = known.ok_or_else(|| format!("{shown} is none of the fonts of this benchmark"))?;
    Ok(format!("/usr/share/fonts/truetype/{file}"))
}
