//! The same pages as SVG with glyph outlines, so that the screen shows what the printer prints.

use std::collections::BTreeSet;
use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::fonts::{Cluster, FaceId, FontError, FontSet, Style, Unknown};
use crate::layout::fit::width;
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Page, runs, tick_points};
use crate::template::Blank;

/// Millimetres in a dot of the picture of a blank: 150 to the inch.
const MM_PER_DOT: f32 = 25.4 / 150.0;

/// Why no picture was made.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SvgError {
    /// No font has these clusters.
    #[error("{} characters are in no font", .0.len())]
    Unknown(Vec<Unknown>),
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
}

impl SvgError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "character-missing",
            Self::Font(error) => error.code(),
        }
    }
}

/// One name in its exact shape.
#[derive(Clone, PartialEq)]
pub struct NameShape {
    /// A complete SVG document, as tall as one em.
    pub svg: String,
    /// Width in points.
    pub width: f32,
    /// PostScript names of the fonts that draw it, in order of first use.
    pub fonts: Vec<String>,
}

/// A page as an SVG document; lengths in millimetres.
///
/// # Errors
/// [`FontError`] when a font of the page can no longer be read.
pub fn page_svg(page: &Page, fonts: &FontSet) -> Result<String, FontError> {
    let paper = "<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>";
    document(page.width, page.height, paper, &page.marks, fonts)
}

/// One text as a picture, for lists and headings on the screen: exact glyphs, no browser font. Drawn in
/// the colour of the text around it.
///
/// # Errors
/// [`SvgError::Unknown`] with every cluster no font has.
pub fn text_svg(
    text: &str,
    style: Style,
    size: f32,
    fonts: &FontSet,
) -> Result<NameShape, SvgError> {
    let clusters: Vec<Cluster> = fonts.clusters(text, style)?.map_err(SvgError::Unknown)?;
    let em = size * MM_PER_PT;
    let points = width(&clusters) * size;
    let mut marks = Vec::new();
    runs("name", &clusters, size, 0.0, em * BASELINE, 0.0, &mut marks);
    let mut names: Vec<String> = Vec::new();
    for run in
        marks.iter().filter_map(|mark| if let Mark::Run(run) = mark { Some(run) } else { None })
    {
        let name = &fonts.face(run.face)?.loaded()?.name;
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    let svg = document(points * MM_PER_PT, em, "", &marks, fonts)?;
    Ok(NameShape { svg, width: points, fonts: names })
}

fn document(
    width: f32,
    height: f32,
    ground: &str,
    marks: &[Mark],
    fonts: &FontSet,
) -> Result<String, FontError> {
    let mut outlines = BTreeSet::new();
    let mut definitions = String::new();
    let mut body = ground.to_owned();
    for mark in marks {
        draw(mark, fonts, &mut outlines, &mut definitions, &mut body)?;
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.3}mm\" height=\"{height:.3}mm\" \
         viewBox=\"0 0 {width:.3} {height:.3}\" fill=\"currentColor\"><defs>{definitions}</defs>{body}</svg>"
    ))
}

fn draw(
    mark: &Mark,
    fonts: &FontSet,
    outlines: &mut BTreeSet<(FaceId, u16)>,
    definitions: &mut String,
    body: &mut String,
) -> Result<(), FontError> {
    // Writing into a String cannot fail.
    let _ = match mark {
        Mark::Blank(blank) => {
            body.push_str(&blank_svg(blank));
            Ok(())
        }
        Mark::Line { points: [x1, y1, x2, y2], width, dashed } => {
            let dash = if *dashed { " stroke-dasharray=\"0.8 0.6\"" } else { "" };
            let width = width * MM_PER_PT;
            write!(
                body,
                "<path d=\"M{x1:.3} {y1:.3}L{x2:.3} {y2:.3}\" stroke=\"#000\" stroke-width=\"{width:.3}\"{dash}/>"
            )
        }
        Mark::Rect { area, width, fill } => {
            let fill = fill.map_or_else(|| "none".to_owned(), grey);
            let width = width * MM_PER_PT;
            let stroke = if width > 0.0 { "#000" } else { "none" };
            write!(
                body,
                "<rect x=\"{:.3}\" y=\"{:.3}\" width=\"{:.3}\" height=\"{:.3}\" fill=\"{fill}\" \
                 stroke=\"{stroke}\" stroke-width=\"{width:.3}\"/>",
                area.x, area.y, area.w, area.h
            )
        }
        Mark::Ellipse { area, width } => {
            let (rx, ry) = (area.w / 2.0, area.h / 2.0);
            write!(
                body,
                "<ellipse cx=\"{:.3}\" cy=\"{:.3}\" rx=\"{rx:.3}\" ry=\"{ry:.3}\" fill=\"none\" \
                 stroke=\"#000\" stroke-width=\"{:.3}\"/>",
                area.x + rx,
                area.y + ry,
                width * MM_PER_PT
            )
        }
        Mark::Tick { area, width } => {
            let [(x1, y1), (x2, y2), (x3, y3)] = tick_points(*area);
            write!(
                body,
                "<path d=\"M{x1:.3} {y1:.3}L{x2:.3} {y2:.3}L{x3:.3} {y3:.3}\" fill=\"none\" \
                 stroke=\"#000\" stroke-width=\"{:.3}\"/>",
                width * MM_PER_PT
            )
        }
        Mark::Run(run) => {
            let scale = run.size * MM_PER_PT / f32::from(fonts.face(run.face)?.loaded()?.units);
            let (mut x, mut y) = (run.x, run.y);
            let turn = if run.turned { "rotate(90) " } else { "" };
            let fill = match run.grey {
                0.0 => String::new(),
                level => format!(" fill=\"{}\"", grey(level)),
            };
            for glyph in &run.glyphs {
                let (face, id) = (run.face.0, glyph.id);
                if outlines.insert((run.face, id)) {
                    let outline = fonts.face(run.face)?.outline(id)?;
                    let _ = write!(definitions, "<path id=\"g{face}-{id}\" d=\"{outline}\"/>");
                }
                let _ = write!(
                    body,
                    "<use href=\"#g{face}-{id}\"{fill} transform=\"translate({x:.3} {y:.3}) \
                     {turn}scale({scale:.6} -{scale:.6})\"/>"
                );
                if run.turned {
                    y += glyph.step;
                } else {
                    x += glyph.step;
                }
            }
            Ok(())
        }
        Mark::Modules(code) => {
            let (x, y) = (code.area.x, code.area.y);
            let across = code.area.w / f32::from(code.columns);
            let down = code.area.h / f32::from(code.rows);
            let _ = write!(
                body,
                "<g transform=\"translate({x:.3} {y:.3}) scale({across:.6} {down:.6})\" \
                 fill=\"#000\" shape-rendering=\"crispEdges\">"
            );
            for [x, y, w, h] in &code.dark {
                let _ = write!(body, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>");
            }
            write!(body, "</g>")
        }
    };
    Ok(())
}

/// A grey from 0 black to 1 white as a CSS colour.
fn grey(level: f32) -> String {
    let percent = level * 100.0;
    format!("rgb({percent:.0}% {percent:.0}% {percent:.0}%)")
}

/// The blank as a picture of an SVG in millimetres; nothing when it has no picture.
fn blank_svg(blank: &Blank) -> String {
    let picture = blank.picture();
    // Sixteen bytes of signature and chunk head, then width and height (PNG, 11.2.2); 32 characters are 24 bytes.
    let head = picture.get(..32).and_then(|head| STANDARD.decode(head).ok());
    let side = |at: usize| {
        let bytes = head.as_ref()?.get(at..at + 4)?;
        let dots = u32::from_be_bytes(bytes.try_into().ok()?);
        u16::try_from(dots).ok().map(|dots| f32::from(dots) * MM_PER_DOT)
    };
    match (side(16), side(20)) {
        (Some(width), Some(height)) => format!(
            "<image x=\"0\" y=\"0\" width=\"{width:.3}\" height=\"{height:.3}\" \
             preserveAspectRatio=\"none\" href=\"data:image/png;base64,{picture}\"/>"
        ),
        _ => String::new(),
    }
}
