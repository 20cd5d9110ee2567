//! The fonts of one document: which glyphs it uses, cut down to them once per font.

use std::collections::BTreeMap;

use printpdf::{FontMetrics, ParsedFont, PdfFontMetricsStub};
use sha2::{Digest, Sha256};
use subsetter::{GlyphRemapper, subset};

use crate::fonts::{FaceId, FontSet};
use crate::layout::{Mark, Paper, Run};
use crate::pdf::PdfError;

/// The glyphs of one font that a document uses, with one canonical text each.
///
/// ToUnicode holds one text per glyph, but fonts draw several characters with one glyph (a kanji and its
/// radical twin, a base and a default variation sequence). The first text seen is canonical; a run that
/// needs another says so with ActualText.
#[derive(Default)]
pub(super) struct Used {
    texts: BTreeMap<u16, String>,
}

/// One font cut down.
pub(super) struct Subset {
    pub font: ParsedFont,
    remapper: GlyphRemapper,
    texts: BTreeMap<u16, String>,
}

/// Collects the glyphs of all papers, per font.
pub(super) fn used(papers: &[Paper]) -> Result<BTreeMap<FaceId, Used>, PdfError> {
    let mut fonts: BTreeMap<FaceId, Used> = BTreeMap::new();
    for paper in papers {
        for run in paper.pages.iter().flat_map(|page| &page.marks).filter_map(run) {
            let texts = &mut fonts.entry(run.face).or_default().texts;
            for (glyph, text) in run.drawn() {
                if glyph.id == 0 {
                    let (form, field) = (paper.form.clone(), run.field.clone());
                    return Err(PdfError::MissingGlyph { form, field });
                }
                texts.entry(glyph.id).or_insert_with(|| text.to_owned());
            }
        }
    }
    Ok(fonts)
}

pub(super) fn run(mark: &Mark) -> Option<&Run> {
    if let Mark::Run(run) = mark { Some(run) } else { None }
}

impl Subset {
    /// Cuts a font down to the used glyphs.
    pub fn cut(face: FaceId, used: Used, fonts: &FontSet) -> Result<Self, PdfError> {
        let face = fonts.face(face)?;
        let loaded = face.loaded()?;
        let broken = || PdfError::Subset { font: loaded.name.clone() };
        let font = loaded.font().ok_or_else(broken)?;
        let glyphs: Vec<u16> = used.texts.keys().copied().collect();
        let remapper = GlyphRemapper::new_from_glyphs_sorted(&glyphs);
        let program = subset(&loaded.bytes, loaded.index, &remapper).map_err(|_| broken())?;
        let mut widths = BTreeMap::new();
        for glyph in &glyphs {
            let new = remapper.get(*glyph).filter(|new| *new != 0).ok_or_else(broken)?;
            widths.insert(new, loaded.advance(&font, *glyph).ok_or_else(broken)?);
        }
        let name = format!("{}+{}", tag(&loaded.name, &glyphs), loaded.name);
        let [x_min, y_min, x_max, y_max] = loaded.bounds;
        let mut font = ParsedFont::with_glyph_data(
            program,
            0,
            Some(name),
            BTreeMap::new(),
            widths,
            loaded.units,
            FontMetrics { ascent: loaded.ascent, descent: loaded.descent },
        );
        font.pdf_font_metrics = PdfFontMetricsStub {
            units_per_em: loaded.units,
            x_min,
            y_min,
            x_max,
            y_max,
            ..PdfFontMetricsStub::default()
        };
        Ok(Self { font, remapper, texts: used.texts })
    }

    /// The glyph's id in the subset; never 0.
    pub fn glyph(&self, old: u16) -> Option<u16> {
        self.remapper.get(old).filter(|new| *new != 0)
    }

    /// The text ToUnicode gives for a glyph.
    pub fn text(&self, old: u16) -> &str {
        self.texts.get(&old).map_or("", String::as_str)
    }
}

/// Six letters that differ for different glyph sets (ISO 32000-1, 9.6.4), the same on every run.
fn tag(name: &str, glyphs: &[u16]) -> String {
    let mut hash = Sha256::new();
    hash.update(name.as_bytes());
    for glyph in glyphs {
        hash.update(glyph.to_be_bytes());
    }
    hash.finalize().iter().take(6).map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[cfg(test)]
mod tests {
    use skrifa::outline::DrawSettings;
    use skrifa::outline::pen::SvgPen;
    use skrifa::prelude::{LocationRef, Size};
    use skrifa::{FontRef, GlyphId, MetadataProvider};

    use super::*;
    use crate::fonts::Style;

    fn outline(font: &FontRef<'_>, glyph: u16) -> String {
        let mut pen = SvgPen::new();
        let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
        let outline = font.outline_glyphs().get(GlyphId::from(glyph)).unwrap();
        outline.draw(settings, &mut pen).unwrap();
        pen.to_string()
    }

    #[test]
    fn a_glyph_keeps_its_outline_when_its_font_is_cut_down() {
        let fonts = FontSet::debian().unwrap();
        for name in ["大王花子髙﨑", "𠮷渡邉\u{E010F}葛\u{E0102}", "𠮷葛\u{E0100}邉\u{E010E}"]
        {
            let clusters = fonts.clusters(name, Style::Mincho).unwrap().unwrap();
            let face = clusters[0].face;
            let mut used = Used::default();
            for cluster in &clusters {
                used.texts.insert(cluster.shape.id, cluster.text.to_string());
            }
            let subset = Subset::cut(face, used, &fonts).unwrap();
            let program = FontRef::new(&subset.font.original_bytes).unwrap();
            let whole = fonts.face(face).unwrap().loaded().unwrap().font().unwrap();
            for cluster in &clusters {
                assert_eq!(cluster.face, face, "one font draws the whole name");
                let drawn = outline(&program, subset.glyph(cluster.shape.id).unwrap());
                assert!(drawn.len() > 20 && drawn == outline(&whole, cluster.shape.id), "{name}");
            }
        }
    }
}
