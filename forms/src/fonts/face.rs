//! One font file: opened once when first needed, asked for exact clusters, never for look-alikes.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use skrifa::charmap::{Charmap, MapVariant, MappingIndex};
use skrifa::outline::pen::{ControlBoundsPen, SvgPen};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::prelude::{LocationRef, Size};
use skrifa::raw::tables::hmtx::Hmtx;
use skrifa::raw::{FileRef, TableProvider};
use skrifa::string::StringId;
use skrifa::{FontRef, GlyphId, MetadataProvider};
use unicode_normalization::char::compose;

use crate::fonts::bytes::Bytes;
use crate::fonts::vertical::vertical;
use crate::refusal::Lack;

/// Why a font cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// A font every paper needs is not installed.
    #[error("the font {name} is not installed")]
    NotFound {
        /// Family and style.
        name: String,
    },
    /// The file cannot be read.
    #[error("the font file {file} cannot be read")]
    Unreadable {
        /// File name without its folder.
        file: String,
    },
    /// The file is not a usable font.
    #[error("the font file {file} is not usable: {why}")]
    Malformed {
        /// File name without its folder.
        file: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The font's maker does not allow embedding, or not subsetting (OS/2 `fsType`).
    #[error("the font file {file} must not be embedded")]
    NotEmbeddable {
        /// File name without its folder.
        file: String,
    },
}

impl FontError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound { .. } => "font-not-found",
            Self::Unreadable { .. } => "font-unreadable",
            Self::Malformed { .. } => "font-malformed",
            Self::NotEmbeddable { .. } => "font-not-embeddable",
        }
    }
}

/// A font file that may be loaded.
#[derive(Debug)]
pub(crate) struct Face {
    path: PathBuf,
    /// The family wanted from a collection; single fonts need none.
    family: Option<&'static str>,
    /// From the municipality's own folder: the only place where private-use codes mean something.
    pub(super) own: bool,
    loaded: OnceLock<Result<Loaded, FontError>>,
}

/// A font in memory with what layout and writers need of it.
#[derive(Debug)]
pub(crate) struct Loaded {
    pub bytes: Bytes,
    pub index: u32,
    pub name: String,
    pub units: u16,
    pub ascent: i16,
    pub descent: i16,
    /// Left, bottom, right, top in font units.
    pub bounds: [i16; 4],
    mapping: MappingIndex,
}

/// A glyph and how far it moves the pen, in ems.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Shape {
    pub id: u16,
    pub advance: f32,
}

impl Face {
    pub(super) fn new(path: PathBuf, family: Option<&'static str>, own: bool) -> Self {
        Self { path, family, own, loaded: OnceLock::new() }
    }

    /// The font in memory; the file is opened on the first call.
    pub(crate) fn loaded(&self) -> Result<&Loaded, FontError> {
        self.loaded
            .get_or_init(|| Loaded::open(&self.path, self.family, self.own))
            .as_ref()
            .map_err(Clone::clone)
    }

    /// What finds glyphs in this font; `None` when it cannot be read again.
    pub(crate) fn shaper(&self) -> Result<Option<Shaper<'_>>, FontError> {
        let loaded = self.loaded()?;
        Ok(loaded.font().map(|font| {
            let (charmap, advances) = (loaded.mapping.charmap(&font), font.hmtx().ok());
            Shaper { loaded, own: self.own, font, charmap, advances }
        }))
    }

    /// The glyph that stands for `glyph` in a vertical column, if the font has one.
    pub(crate) fn vertical(&self, glyph: u16) -> Result<Option<u16>, FontError> {
        Ok(self.loaded()?.font().and_then(|font| vertical(&font, glyph)))
    }

    /// The outline of a glyph as an SVG path in font units, y upwards; empty for a space.
    pub(crate) fn outline(&self, glyph: u16) -> Result<String, FontError> {
        let mut pen = SvgPen::new();
        self.draw(glyph, &mut pen)?;
        Ok(pen.to_string())
    }

    /// Draws the outline of a glyph in font units, y upwards; nothing for a space.
    pub(crate) fn draw(&self, glyph: u16, pen: &mut impl OutlinePen) -> Result<(), FontError> {
        let font = self.loaded()?.font();
        match font.and_then(|font| font.outline_glyphs().get(GlyphId::from(glyph))) {
            None => Ok(()),
            Some(outline) => outline
                .draw(DrawSettings::unhinted(Size::unscaled(), LocationRef::default()), pen)
                .map(|_| ())
                .map_err(|_| malformed(&self.path, "a glyph cannot be drawn")),
        }
    }
}

/// Finds the glyphs of one font: its tables are looked up once, not for every cluster.
pub(crate) struct Shaper<'a> {
    loaded: &'a Loaded,
    own: bool,
    font: FontRef<'a>,
    charmap: Charmap<'a>,
    advances: Option<Hmtx<'a>>,
}

impl Shaper<'_> {
    /// The glyph of exactly this cluster.
    ///
    /// A base with marks is drawn by the precomposed character when Unicode says the two are the same
    /// (canonical equivalence); the text of the cluster stays what it was.
    pub(crate) fn shape(&self, cluster: &str) -> Result<Shape, Lack> {
        let charmap = &self.charmap;
        let mut chars = cluster.chars();
        let Some(base) = chars.next() else {
            return Err(Lack::Missing);
        };
        if is_private(base) && !self.own {
            return Err(Lack::PrivateUse);
        }
        let rest: Vec<char> = chars.collect();
        let glyph = match rest.as_slice() {
            [] => charmap.map(base),
            [selector] if is_selector(*selector) => match charmap.map_variant(base, *selector) {
                Some(MapVariant::Variant(glyph)) => Some(glyph),
                Some(MapVariant::UseDefault) => charmap.map(base),
                None if charmap.map(base).is_some() => return Err(Lack::VariantMissing),
                None => None,
            },
            marks => marks
                .iter()
                .try_fold(base, |base, mark| compose(base, *mark))
                .and_then(|composed| charmap.map(composed)),
        };
        let shape = glyph.and_then(|glyph| self.measure(glyph)).filter(|shape| {
            !self.own || is_space(base) || self.loaded.has_ink(&self.font, shape.id)
        });
        shape.ok_or(if is_private(base) { Lack::PrivateUse } else { Lack::Missing })
    }

    fn measure(&self, glyph: GlyphId) -> Option<Shape> {
        let id = u16::try_from(glyph.to_u32()).ok().filter(|id| *id != 0)?;
        let units = self.advances.as_ref()?.advance(GlyphId::from(id))?;
        Some(Shape { id, advance: f32::from(units) / f32::from(self.loaded.units) })
    }
}

impl Loaded {
    fn open(path: &Path, family: Option<&'static str>, own: bool) -> Result<Self, FontError> {
        let unreadable = |_| FontError::Unreadable { file: file_name(path) };
        let bytes = Bytes::open(path, own).map_err(unreadable)?;
        let unusable = |_| malformed(path, "not a font");
        let index = position(&bytes, path, family)?;
        let font = FontRef::from_index(&bytes, index).map_err(unusable)?;
        let head = font.head().map_err(|_| malformed(path, "no head table"))?;
        let metrics = font.hhea().map_err(|_| malformed(path, "no hhea table"))?;
        if head.units_per_em() == 0 || !font.charmap().has_map() {
            return Err(malformed(path, "no character map"));
        }
        const RESTRICTED: u16 = 0x0002;
        const NO_SUBSETTING: u16 = 0x0100;
        const BITMAP_ONLY: u16 = 0x0200;
        let rights = font.os2().map(|os2| os2.fs_type()).unwrap_or(0);
        if rights & 0x000F == RESTRICTED || rights & (NO_SUBSETTING | BITMAP_ONLY) != 0 {
            return Err(FontError::NotEmbeddable { file: file_name(path) });
        }
        let name = font
            .localized_strings(StringId::POSTSCRIPT_NAME)
            .english_or_first()
            .map(|name| name.chars().filter(char::is_ascii_graphic).collect::<String>())
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| "Font".to_owned());
        let bounds = [head.x_min(), head.y_min(), head.x_max(), head.y_max()];
        let (units, ascent, descent) =
            (head.units_per_em(), metrics.ascender().to_i16(), metrics.descender().to_i16());
        let mapping = MappingIndex::new(&font);
        Ok(Self { index, name, units, ascent, descent, bounds, mapping, bytes })
    }

    pub(crate) fn font(&self) -> Option<FontRef<'_>> {
        FontRef::from_index(&self.bytes, self.index).ok()
    }

    /// The advance of a glyph in font units.
    pub(crate) fn advance(&self, font: &FontRef<'_>, glyph: u16) -> Option<u16> {
        font.hmtx().ok()?.advance(GlyphId::from(glyph))
    }

    /// Fonts of 外字 keep empty slots; an empty slot is no character.
    fn has_ink(&self, font: &FontRef<'_>, glyph: u16) -> bool {
        let mut pen = ControlBoundsPen::default();
        font.outline_glyphs().get(GlyphId::from(glyph)).is_some_and(|outline| {
            let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
            outline.draw(settings, &mut pen).is_ok() && pen.bounding_box().is_some()
        })
    }
}

/// Where the wanted face lies in the file.
fn position(bytes: &[u8], path: &Path, family: Option<&str>) -> Result<u32, FontError> {
    let file = FileRef::new(bytes).map_err(|_| malformed(path, "not a font"))?;
    let mut faces = (0..).zip(file.fonts().flatten());
    let wanted = match family {
        Some(family) => faces.find(|(_, font)| has_family(font, family)),
        None => faces.next(),
    };
    wanted.map(|(index, _)| index).ok_or_else(|| malformed(path, "the wanted face is not in it"))
}

fn has_family(font: &FontRef<'_>, family: &str) -> bool {
    font.localized_strings(StringId::FAMILY_NAME).any(|name| name.to_string() == family)
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn malformed(path: &Path, why: &'static str) -> FontError {
    FontError::Malformed { file: file_name(path), why }
}

fn is_selector(character: char) -> bool {
    matches!(character, '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}')
}

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

fn is_space(character: char) -> bool {
    character.is_whitespace()
}
