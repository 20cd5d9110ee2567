//! Pages → PDF through printpdf, in the one way that keeps names exact, files small and bytes the same.
//!
//! The whole packet is collected first, each font is cut down once, every glyph carries its text, dates
//! are fixed and the document id is the hash of its content: the same papers give the same bytes, and the
//! archive compares. Glyph 0 is an error. Titles carry form names only; nothing personal is in metadata.

mod background;
mod codes;
mod draw;
mod subset;

use std::collections::BTreeMap;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use printpdf::{
    DictItem, FontId, Mm, PdfDocument, PdfFont, PdfPage, PdfSaveOptions, PrintpdfFontMeta,
};
use sha2::{Digest, Sha256};

use crate::fonts::{FaceId, FontError, FontSet};
use crate::layout::Paper;
use crate::layout::page::MM_PER_PT;
use crate::template::Blank;
use codes::Codes;
use subset::Subset;

/// Why no PDF was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PdfError {
    /// A run holds glyph 0, the box that stands for a missing character.
    #[error("form {form}, field {field}: glyph 0 cannot be written")]
    MissingGlyph {
        /// Form id.
        form: String,
        /// Field id.
        field: String,
    },
    /// A font cannot be cut down to the glyphs used.
    #[error("the font {font} cannot be subset")]
    Subset {
        /// PostScript name.
        font: String,
    },
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
    /// A page to print on cannot be read.
    #[error("the blank page cannot be read")]
    Blank,
    /// The writer gave up.
    #[error("the PDF cannot be written: {why}")]
    Writer {
        /// What the writer said; it knows glyphs and numbers, no text of a resident.
        why: String,
    },
}

impl PdfError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::MissingGlyph { .. } => "glyph-missing",
            Self::Subset { .. } => "font-subset",
            Self::Font(error) => error.code(),
            Self::Blank => "blank-broken",
            Self::Writer { .. } => "pdf-writer",
        }
    }
}

/// One PDF of one paper.
///
/// # Errors
/// As [`packet_pdf`].
pub fn paper_pdf(paper: &Paper, fonts: &FontSet) -> Result<Vec<u8>, PdfError> {
    packet_pdf(std::slice::from_ref(paper), &paper.title, fonts)
}

/// Where one printer sets what it prints, as against where it should: kept with the printer, never with a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Placement {
    /// To the right, in millimetres.
    pub dx: f32,
    /// Down, in millimetres.
    pub dy: f32,
    /// Enlargement from the top left corner; 1 = original size.
    pub scale: f32,
}

impl Placement {
    /// The matrix for a page of this height in points; `None` where nothing moves. PDF counts from the bottom:
    /// scaling from the top left moves the origin up by what the page shrinks.
    fn matrix(self, height: f32) -> Option<[f32; 6]> {
        let Placement { dx, dy, scale } = self;
        let up = height * (1.0 - scale) - dy / MM_PER_PT;
        (self != Placement::default()).then_some([scale, 0.0, 0.0, scale, dx / MM_PER_PT, up])
    }
}

impl Default for Placement {
    fn default() -> Self {
        Self { dx: 0.0, dy: 0.0, scale: 1.0 }
    }
}

/// One PDF of all papers of a visit, in order. `title` must hold nothing personal.
///
/// # Errors
/// [`PdfError`]; nothing is written then.
pub fn packet_pdf(papers: &[Paper], title: &str, fonts: &FontSet) -> Result<Vec<u8>, PdfError> {
    packet_pdf_for(papers, title, fonts, Placement::default())
}

/// As [`packet_pdf`], with every page moved and scaled for one printer.
///
/// # Errors
/// As [`packet_pdf`].
pub fn packet_pdf_for(
    papers: &[Paper],
    title: &str,
    fonts: &FontSet,
    placement: Placement,
) -> Result<Vec<u8>, PdfError> {
    let mut subsets = BTreeMap::new();
    for (face, used) in subset::used(papers)? {
        subsets.insert(face, Subset::cut(face, used, fonts)?);
    }
    let mut document = PdfDocument::new(title);
    document.metadata.info.producer = "Kakanai".to_owned();
    for (face, subset) in &subsets {
        let font = PdfFont::with_meta(subset.font.clone(), PrintpdfFontMeta::default());
        document.resources.fonts.map.insert(font_id(*face), font);
    }
    let mut codes = Codes::default();
    for page in papers.iter().flat_map(|paper| &paper.pages) {
        let ops = draw::placed(page, &subsets, &mut codes, placement)?;
        document.pages.push(PdfPage::new(Mm(page.width), Mm(page.height), ops));
    }
    document.resources.xobjects.map.extend(codes.objects());
    let grounds: Vec<Option<&Blank>> =
        papers.iter().flat_map(|paper| &paper.pages).map(background::of).collect();
    write(&document, &grounds, placement)
}

/// The font's name in page resources; fixed, where printpdf would draw a random one.
fn font_id(face: FaceId) -> FontId {
    FontId(format!("K{}", face.0))
}

fn write(
    document: &PdfDocument,
    grounds: &[Option<&Blank>],
    placement: Placement,
) -> Result<Vec<u8>, PdfError> {
    let writer = |why: String| PdfError::Writer { why };
    let options = PdfSaveOptions {
        optimize: false,
        subset_fonts: false,
        secure: true,
        image_optimization: None,
    };
    let mut warnings = Vec::new();
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(warning) = warnings.first() {
        return Err(writer(warning.msg.clone()));
    }
    file.version = "1.7".to_owned();
    let mut hash = Sha256::new();
    let under = background::wrap(&mut file, grounds, placement)?;
    for object in file.objects.values_mut() {
        let Ok(stream) = object.as_stream_mut() else { continue };
        hash.update(&stream.content);
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
        let packed = encoder.write_all(&stream.content).and_then(|()| encoder.finish());
        stream.set_content(packed.map_err(|error| writer(error.to_string()))?);
        stream.dict.set("Filter", "FlateDecode");
    }
    // Streams of other writers stay packed as they are.
    background::put(&mut file, under)?;
    grounds.iter().flatten().for_each(|blank| hash.update(blank.sha256()));
    let digest = hash.finalize();
    let id = DictItem::Bytes(digest.iter().take(16).copied().collect());
    file.trailer.set("ID", DictItem::Array(vec![id.clone(), id]).to_lopdf());
    let language = DictItem::String { data: b"ja".to_vec(), literal: true };
    // printpdf marks every file PDF/X; these are not.
    if let Ok(info) = file.trailer.get(b"Info").and_then(|info| info.as_reference())
        && let Ok(info) = file.get_dictionary_mut(info)
    {
        info.remove(b"GTS_PDFXVersion");
    }
    file.catalog_mut().map_err(|error| writer(error.to_string()))?.set("Lang", language.to_lopdf());
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|error| writer(error.to_string()))?;
    Ok(bytes)
}
