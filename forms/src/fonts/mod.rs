//! Fonts: which files there are, and which one draws which value.
//!
//! Labels are BIZ UD. A value is drawn in the font its template names; if that lacks one cluster, the
//! whole value moves to the first font of the chain (IPAmj Mincho, Noto Serif CJK JP, the
//! municipality's own fonts) that has every cluster; only if none has all, cluster by cluster. What no
//! font has is a [`Refusal`](crate::Refusal): never a box, never a look-alike.

mod bytes;
mod face;
mod vertical;

use std::fs;
use std::path::{Path, PathBuf};

use compact_str::CompactString;
use kakanai_text::clusters;
use serde::Deserialize;

use face::Face;
pub use face::FontError;
pub(crate) use face::Shape;
use face::Shaper;

use crate::refusal::Lack;

/// Where Debian's font packages put the fonts of the default set.
pub const DEBIAN_FOLDERS: [&str; 4] = [
    "/usr/share/fonts/truetype/bizud-gothic",
    "/usr/share/fonts/truetype/bizud-mincho",
    "/usr/share/fonts/truetype/ipamj",
    "/usr/share/fonts/opentype/noto",
];

/// The styles a template may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Style {
    /// BIZ UDGothic: labels, notes.
    Gothic,
    /// BIZ UDGothic Bold: titles, headings.
    GothicBold,
    /// BIZ UDMincho: values, so that they stand off from the labels.
    Mincho,
}

/// One font of a [`FontSet`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(pub(crate) usize);

/// The fonts of one counter, in the order in which they are asked.
#[derive(Debug)]
pub struct FontSet {
    faces: Vec<Face>,
    absent: Vec<&'static str>,
    /// Position of the first font of the chain that follows the three styles.
    chain: usize,
}

/// A cluster with the glyph that draws it.
#[derive(Clone, PartialEq)]
pub(crate) struct Cluster {
    pub face: FaceId,
    pub shape: Shape,
    /// Nearly always short enough to need no allocation: a packet is made of tens of thousands.
    pub text: CompactString,
}

/// A cluster no font has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The cluster's code points.
    pub code_points: Vec<u32>,
    /// Why it cannot be drawn.
    pub why: Lack,
    /// The font that would draw the base form.
    pub base_font: Option<String>,
}

const STYLES: [(&str, &str); 3] = [
    ("BIZUDGothic-Regular.ttf", "BIZ UDGothic"),
    ("BIZUDGothic-Bold.ttf", "BIZ UDGothic Bold"),
    ("BIZUDMincho-Regular.ttf", "BIZ UDMincho"),
];
const CHAIN: [(&str, &str, Option<&str>); 3] = [
    ("ipamjm.ttf", "IPAmj Mincho", None),
    ("NotoSerifCJK-Regular.ttc", "Noto Serif CJK JP", Some("Noto Serif CJK JP")),
    ("NotoSansCJK-Regular.ttc", "Noto Sans CJK JP", Some("Noto Sans CJK JP")),
];

impl FontSet {
    /// The fonts of the default set below `folders`, then every font file below `own`, the
    /// municipality's folders, in the order of their names. No file is read yet.
    ///
    /// # Errors
    /// [`FontError::NotFound`] when one of the three styles is not there. Fonts of the chain may be
    /// absent: see [`FontSet::absent`].
    pub fn open(folders: &[PathBuf], own: &[PathBuf]) -> Result<Self, FontError> {
        let found = font_files(folders);
        let file = |name: &str| {
            found.iter().find(|path| path.file_name().is_some_and(|file| file == name)).cloned()
        };
        let mut faces = Vec::new();
        for (name, family) in STYLES {
            let path = file(name).ok_or_else(|| FontError::NotFound { name: family.to_owned() })?;
            faces.push(Face::new(path, None, false));
        }
        let chain = faces.len();
        let mut absent = Vec::new();
        for (name, family, face) in CHAIN {
            match file(name) {
                Some(path) => faces.push(Face::new(path, face, false)),
                None => absent.push(family),
            }
        }
        faces.extend(font_files(own).into_iter().map(|path| Face::new(path, None, true)));
        Ok(Self { faces, absent, chain })
    }

    /// The default set of the Debian packages.
    ///
    /// # Errors
    /// As [`FontSet::open`].
    pub fn debian() -> Result<Self, FontError> {
        Self::open(&DEBIAN_FOLDERS.map(PathBuf::from), &[])
    }

    /// Fonts of the default chain that are not installed; names that need them will be refused.
    pub fn absent(&self) -> &[&'static str] {
        &self.absent
    }

    /// Reads every font now and reports the unusable ones, for a check before the counter opens.
    pub fn check(&self) -> Vec<FontError> {
        self.faces.iter().filter_map(|face| face.loaded().err()).collect()
    }

    pub(crate) fn face(&self, id: FaceId) -> Result<&Face, FontError> {
        self.faces.get(id.0).ok_or_else(|| FontError::NotFound { name: format!("#{}", id.0) })
    }

    /// Every cluster of `text` with its glyph, or the clusters nothing can draw.
    pub(crate) fn clusters(
        &self,
        text: &str,
        style: Style,
    ) -> Result<Result<Vec<Cluster>, Vec<Unknown>>, FontError> {
        let (mut drawn, mut unknown) = (Vec::new(), Vec::new());
        for piece in self.pieces(text, style)? {
            match piece {
                Ok(cluster) => drawn.push(cluster),
                Err(lack) => unknown.push(lack),
            }
        }
        Ok(if unknown.is_empty() { Ok(drawn) } else { Err(unknown) })
    }

    /// Every cluster of `text` in order, with its glyph or why nothing can draw it.
    pub(crate) fn pieces(
        &self,
        text: &str,
        style: Style,
    ) -> Result<Vec<Result<Cluster, Unknown>>, FontError> {
        let order: Vec<FaceId> = self.order(style).collect();
        for face in &order {
            if let Some(whole) = self.whole(text, *face)? {
                return Ok(whole.into_iter().map(Ok).collect());
            }
        }
        drawn_clusters(text).map(|cluster| self.single(cluster, &order)).collect()
    }

    /// The glyph that stands for `glyph` in a vertical column, if the font has one.
    pub(crate) fn vertical(&self, face: FaceId, glyph: u16) -> Result<Option<u16>, FontError> {
        self.face(face)?.vertical(glyph)
    }

    /// The clusters of `text` that no font has, in order; empty when all of it can be drawn.
    ///
    /// # Errors
    /// [`FontError`] when a font of the default set cannot be read.
    pub fn lacking(&self, text: &str, style: Style) -> Result<Vec<Unknown>, FontError> {
        Ok(self.clusters(text, style)?.err().unwrap_or_default())
    }

    /// The style's font, then the chain.
    fn order(&self, style: Style) -> impl Iterator<Item = FaceId> {
        let first = match style {
            Style::Gothic => 0,
            Style::GothicBold => 1,
            Style::Mincho => 2,
        };
        std::iter::once(first).chain(self.chain..self.faces.len()).map(FaceId)
    }

    /// A font of the municipality's own that cannot be used has nothing; [`FontSet::check`] names it.
    /// A broken font of the default set stops the paper.
    fn shape(&self, id: FaceId, cluster: &str) -> Result<Result<Shape, Lack>, FontError> {
        Ok(self.shaper(id)?.map_or(Err(Lack::Missing), |shaper| shaper.shape(cluster)))
    }

    fn shaper(&self, id: FaceId) -> Result<Option<Shaper<'_>>, FontError> {
        let face = self.face(id)?;
        match face.shaper() {
            Err(_) if face.own => Ok(None),
            shaper => shaper,
        }
    }

    fn whole(&self, text: &str, face: FaceId) -> Result<Option<Vec<Cluster>>, FontError> {
        let Some(shaper) = self.shaper(face)? else { return Ok(None) };
        let mut drawn = Vec::new();
        for cluster in drawn_clusters(text) {
            match shaper.shape(cluster) {
                Ok(shape) => drawn.push(Cluster { face, shape, text: cluster.into() }),
                Err(_) => return Ok(None),
            }
        }
        Ok(Some(drawn))
    }

    fn single(
        &self,
        cluster: &str,
        order: &[FaceId],
    ) -> Result<Result<Cluster, Unknown>, FontError> {
        let mut why = Lack::Missing;
        for id in order {
            match self.shape(*id, cluster)? {
                Ok(shape) => {
                    return Ok(Ok(Cluster { face: *id, shape, text: cluster.into() }));
                }
                Err(lack) => why = why.max(lack),
            }
        }
        let base: String = cluster.chars().take(1).collect();
        let mut base_font = None;
        for id in order {
            if self.shape(*id, &base)?.is_ok() {
                base_font = Some(self.face(*id)?.loaded()?.name.clone());
                break;
            }
        }
        let code_points = cluster.chars().map(u32::from).collect();
        Ok(Err(Unknown { code_points, why, base_font }))
    }
}

/// The clusters of a text as fonts draw them: the marks of half-width kana (ｶﾞ) are glyphs of their own.
pub(crate) fn drawn_clusters(text: &str) -> impl Iterator<Item = &str> {
    clusters(text).flat_map(|cluster| {
        let kana = cluster.strip_suffix(['ﾞ', 'ﾟ']).filter(|kana| !kana.is_empty());
        let (first, mark) = kana.map_or((cluster, ""), |kana| cluster.split_at(kana.len()));
        [first, mark].into_iter().filter(|part| !part.is_empty())
    })
}

/// Every font file below the folders, sorted by path so that the order never depends on the disk.
fn font_files(folders: &[PathBuf]) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = folders.to_vec();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => open.push(entry.path()),
                Ok(_) if is_font(&entry.path()) => files.push(entry.path()),
                _ => {}
            }
        }
    }
    files.sort();
    files
}

fn is_font(path: &Path) -> bool {
    path.extension().is_some_and(|extension| {
        ["ttf", "otf", "ttc", "otc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}
