//! The marks of a page as operators of printpdf.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Line, LineDashPattern, LinePoint, Mm, Op,
    PaintMode, PdfFontHandle, Point, Pt, Rect, TextItem, TextMatrix,
};

use crate::fonts::FaceId;
use crate::layout::page::{MM_PER_PT, tick_points};
use crate::layout::{Glyph, Mark, Page, Run};
use crate::pdf::codes::Codes;
use crate::pdf::subset::Subset;
use crate::pdf::{PdfError, Placement, font_id};
use crate::template::Area;

/// How far the handles of a quarter ellipse stand from its ends.
const QUARTER: f32 = 0.552_284_8;

/// What the graphics state holds, so that nothing is set twice.
struct Pen<'a> {
    ops: Vec<Op>,
    subsets: &'a BTreeMap<FaceId, Subset>,
    codes: &'a mut Codes,
    /// Page height in millimetres: PDF counts from the bottom.
    height: f32,
    width: Option<f32>,
    dashed: bool,
    fill: f32,
}

/// The operators of one page, set off for one printer. A page without an offset is written as if there were none.
pub(super) fn placed(
    page: &Page,
    subsets: &BTreeMap<FaceId, Subset>,
    codes: &mut Codes,
    placement: Placement,
) -> Result<Vec<Op>, PdfError> {
    let ops = self::page(page, subsets, codes)?;
    let Some(matrix) = placement.matrix(page.height / MM_PER_PT) else { return Ok(ops) };
    let matrix = CurTransMat::Raw(matrix);
    let mut placed = vec![Op::SaveGraphicsState, Op::SetTransformationMatrix { matrix }];
    placed.extend(ops);
    placed.push(Op::RestoreGraphicsState);
    Ok(placed)
}

/// The operators of one page.
fn page(
    page: &Page,
    subsets: &BTreeMap<FaceId, Subset>,
    codes: &mut Codes,
) -> Result<Vec<Op>, PdfError> {
    let mut pen = Pen {
        ops: Vec::new(),
        subsets,
        codes,
        height: page.height,
        width: None,
        dashed: false,
        fill: 0.0,
    };
    for mark in &page.marks {
        pen.mark(mark)?;
    }
    Ok(pen.ops)
}

impl Pen<'_> {
    fn mark(&mut self, mark: &Mark) -> Result<(), PdfError> {
        match mark {
            // Another writer's page: `background` puts it under these operators.
            Mark::Blank(_) => {}
            Mark::Line { points: [x1, y1, x2, y2], width, dashed } => {
                self.stroke(*width, *dashed);
                self.path(vec![self.corner(*x1, *y1), self.corner(*x2, *y2)], false);
            }
            Mark::Rect { area, width, fill } => {
                if let Some(fill) = fill {
                    self.fill(*fill);
                    self.rectangle(*area, PaintMode::Fill);
                }
                if *width > 0.0 {
                    self.stroke(*width, false);
                    self.rectangle(*area, PaintMode::Stroke);
                }
            }
            Mark::Ellipse { area, width } => {
                self.stroke(*width, false);
                self.path(self.ellipse(*area), true);
            }
            Mark::Tick { area, width } => {
                self.stroke(*width, false);
                let points = tick_points(*area);
                self.path(points.iter().map(|(x, y)| self.corner(*x, *y)).collect(), false);
            }
            Mark::Run(run) => self.run(run)?,
            Mark::Modules(code) => {
                self.fill(0.0);
                let area = code.area;
                let corner = self.point(area.x, area.y + area.h);
                let (width, height) = (Mm(area.w).into_pt(), Mm(area.h).into_pt());
                self.ops.push(self.codes.place(code, corner.x, corner.y, width, height));
            }
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<(), PdfError> {
        let gone = || PdfError::Writer { why: "a font has no subset".to_owned() };
        let subset = self.subsets.get(&run.face).ok_or_else(gone)?;
        self.fill(run.grey);
        let font = PdfFontHandle::External(font_id(run.face));
        let at = self.point(run.x, run.y);
        self.ops.push(Op::StartTextSection);
        self.ops.push(Op::SetFont { font, size: Pt(run.size) });
        let matrix = match run.turned {
            false => TextMatrix::Translate(at.x, at.y),
            true => TextMatrix::Raw([0.0, -1.0, 1.0, 0.0, at.x.0, at.y.0]),
        };
        self.ops.push(Op::SetTextMatrix { matrix });
        let plain = |(glyph, text): &(&Glyph, &str)| subset.text(glyph.id) == *text;
        let drawn: Vec<(&Glyph, &str)> = run.drawn().collect();
        for part in drawn.chunk_by(|left, right| plain(left) && plain(right)) {
            let actual = part.first().filter(|first| !plain(first));
            if let Some((_, text)) = actual {
                self.ops.push(Op::BeginMarkedContentWithProperties {
                    tag: "Span".to_owned(),
                    properties: actual_text(text),
                });
            }
            let mut codes = Vec::new();
            for (glyph, _) in part {
                let id = subset.glyph(glyph.id).ok_or_else(gone)?;
                let natural = glyph.advance * run.size * MM_PER_PT;
                let offset = (natural - glyph.step) / (run.size * MM_PER_PT) * 1000.0;
                let offset = if offset.abs() < 0.01 { 0.0 } else { offset };
                let text = subset.text(glyph.id).to_owned();
                codes.push(Codepoint::with_cid(id, offset, text));
            }
            self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codes)] });
            if actual.is_some() {
                self.ops.push(Op::EndMarkedContent);
            }
        }
        self.ops.push(Op::EndTextSection);
        Ok(())
    }

    fn stroke(&mut self, width: f32, dashed: bool) {
        if self.width != Some(width) {
            self.width = Some(width);
            self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
        }
        if self.dashed != dashed {
            self.dashed = dashed;
            let pattern: &[f32] = if dashed { &[2.3, 1.7] } else { &[] };
            let dash = LineDashPattern::new(0.0, pattern);
            self.ops.push(Op::SetLineDashPattern { dash });
        }
    }

    fn fill(&mut self, grey: f32) {
        if self.fill != grey {
            self.fill = grey;
            let col = Color::Greyscale(Greyscale::new(grey, None));
            self.ops.push(Op::SetFillColor { col });
        }
    }

    fn rectangle(&mut self, area: Area, mode: PaintMode) {
        let corner = self.point(area.x, area.y + area.h);
        self.ops.push(Op::DrawRectangle {
            rectangle: Rect {
                x: corner.x,
                y: corner.y,
                width: Mm(area.w).into_pt(),
                height: Mm(area.h).into_pt(),
                mode: Some(mode),
                winding_order: None,
            },
        });
    }

    fn path(&mut self, points: Vec<LinePoint>, is_closed: bool) {
        self.ops.push(Op::DrawLine { line: Line { points, is_closed } });
    }

    fn ellipse(&self, area: Area) -> Vec<LinePoint> {
        let (rx, ry) = (area.w / 2.0, area.h / 2.0);
        let (cx, cy) = (area.x + rx, area.y + ry);
        let end = |x: f32, y: f32| self.corner(cx + x * rx, cy + y * ry);
        let handle = |x: f32, y: f32| LinePoint { bezier: true, ..end(x, y) };
        vec![
            end(1.0, 0.0),
            handle(1.0, QUARTER),
            handle(QUARTER, 1.0),
            end(0.0, 1.0),
            handle(-QUARTER, 1.0),
            handle(-1.0, QUARTER),
            end(-1.0, 0.0),
            handle(-1.0, -QUARTER),
            handle(-QUARTER, -1.0),
            end(0.0, -1.0),
            handle(QUARTER, -1.0),
            handle(1.0, -QUARTER),
            end(1.0, 0.0),
        ]
    }

    fn corner(&self, x: f32, y: f32) -> LinePoint {
        LinePoint { p: self.point(x, y), bezier: false }
    }

    fn point(&self, x: f32, y: f32) -> Point {
        Point { x: Mm(x).into_pt(), y: Mm(self.height - y).into_pt() }
    }
}

/// The text a marked run stands for, as UTF-16 with its mark (ISO 32000-1, 14.9.4).
fn actual_text(text: &str) -> DictItem {
    let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
    let bytes = units.flat_map(u16::to_be_bytes).collect();
    DictItem::Dict { map: BTreeMap::from([("ActualText".to_owned(), DictItem::Bytes(bytes))]) }
}
