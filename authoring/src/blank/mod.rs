//! The municipality's own blank form (白紙様式) under a form: a PDF of any origin becomes one cleaned page.
//!
//! The file comes from anywhere, so it is read once, here, in a child process with limits, and never at the counter.
//! What is kept beside `form.toml`: `blank.pdf` (one page, only what it draws), `blank.png` (the same for the screen)
//! and `blank.toml` (size and AcroForm fields). `form.toml` names the page by its SHA-256.

mod child;
mod clean;
mod error;
mod fields;
mod geometry;
mod graph;
mod picture;
mod put;
mod source;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use child::{CHILD, serve};
pub use error::{BlankError, Refused};
pub use put::{PutBlank, put_blank};

/// The largest file that is read, in bytes.
const FILE_BYTES_MAX: u64 = 32 * 1024 * 1024;
/// What a cleaned page may weigh: it travels inside the compiled pack.
const PAGE_BYTES_MAX: usize = 8 * 1024 * 1024;
/// Pages of a file.
const PAGES_MAX: usize = 500;
/// Levels of the page tree; real ones have two or three.
const TREE_DEPTH_MAX: usize = 64;
/// Objects of a file.
const OBJECTS_MAX: usize = 200_000;
/// What all streams of the page may inflate to, in bytes.
const INFLATED_MAX: usize = 64 * 1024 * 1024;
/// What the operators of the page may inflate to, in bytes.
const CONTENT_MAX: usize = 8 * 1024 * 1024;
/// Pixels of one picture on the page.
const PIXELS_MAX: i64 = 100_000_000;
/// Fields of the page.
const FIELDS_MAX: usize = 2000;
/// Millimetres in a point.
const MM_PER_PT: f32 = 25.4 / 72.0;

/// One page, cleaned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Cleaned {
    /// The page as a PDF of its own, base64.
    pub page: String,
    /// The page as a greyscale PNG, base64; none when it could not be drawn.
    pub picture: Option<String>,
    /// Width and height of the visible page in millimetres.
    pub size: [f32; 2],
    /// AcroForm fields of the page, from the top left.
    pub fields: Vec<BlankField>,
    /// What somebody should know.
    pub warnings: Vec<BlankWarning>,
}

/// An AcroForm field of the page; lengths in millimetres from the top left of the visible page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlankField {
    /// Full name, the parents' names before it; further places of one field end in `#2`, `#3`.
    pub name: String,
    /// `text`, `button`, `choice` or `signature`.
    pub kind: String,
    /// Left, top, width and height.
    #[serde(rename = "box")]
    pub area: [f32; 4],
    /// Most characters (MaxLen).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_len: Option<u16>,
    /// One character per cell (comb).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub comb: bool,
    /// `left`, `center` or `right`.
    pub align: String,
    /// Size of its text in points; none = as large as fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<f32>,
}

/// What somebody should know about a page that was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum BlankWarning {
    /// Fonts that are not in the file: a printer draws its own in their place.
    FontNotEmbedded {
        /// Their names.
        fonts: Vec<String>,
    },
    /// The file was locked against changes with an owner's password.
    OwnerLocked,
    /// The page is not as large as the form's paper.
    SizeDiffers {
        /// Width and height of the page in whole millimetres.
        page: [u32; 2],
        /// Those of the form's paper.
        paper: [u32; 2],
    },
    /// Layers that were hidden are drawn.
    HiddenLayers,
    /// Notes and stamps that lie over the page are not drawn.
    NotesDropped,
    /// A form of the XFA kind, which only its own viewer draws.
    Xfa,
    /// The screen shows the values without the page.
    NoPicture,
}
