//! Pictures from files: PGM, PNG and JPEG, as brightness alone.
//!
//! The size is known and within its limit before anything of that size is allocated; what a file is, is told by its
//! first bytes, never by its name.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::{Luma, jpeg, pgm, png};

/// How large a picture may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file.
    pub bytes: u64,
    /// Pixels of the picture.
    pub pixels: u64,
    /// Pixels of one side.
    pub side: u32,
}

/// 32 MiB and 36 million pixels: photographs of any telephone in its usual setting, A4 at 600 dpi.
impl Default for Limits {
    fn default() -> Limits {
        Limits { bytes: 32 * 1024 * 1024, pixels: 36_000_000, side: 16_000 }
    }
}

/// Why a file gave no picture. [`ImageError::code`] is the contract.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// The file cannot be read.
    #[error("the file cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// It is neither PGM nor PNG nor JPEG.
    #[error("not a picture of a kind that is read (PGM, PNG, JPEG)")]
    Unknown,
    /// It is larger than the limits.
    #[error("the picture is larger than the limits")]
    TooLarge,
    /// It begins like a picture and is none.
    #[error("the picture is damaged")]
    Damaged,
}

impl ImageError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable(_) => "image-unreadable",
            Self::Unknown => "image-unknown",
            Self::TooLarge => "image-too-large",
            Self::Damaged => "image-damaged",
        }
    }
}

impl Limits {
    /// Whether a picture of this size may be taken; one without pixels is damaged.
    pub(super) fn allow(&self, width: u32, height: u32) -> Result<(), ImageError> {
        if width == 0 || height == 0 {
            return Err(ImageError::Damaged);
        }
        let pixels = u64::from(width) * u64::from(height);
        let within = width <= self.side && height <= self.side && pixels <= self.pixels;
        if within { Ok(()) } else { Err(ImageError::TooLarge) }
    }
}

/// Reads a picture file.
///
/// # Errors
/// [`ImageError`].
pub fn read_image(file: &Path, limits: &Limits) -> Result<Luma, ImageError> {
    let unreadable = |error: io::Error| ImageError::Unreadable(error.kind());
    let open = File::open(file).map_err(unreadable)?;
    let mut bytes = Vec::new();
    open.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(unreadable)?;
    read_image_bytes(&bytes, limits)
}

/// Reads a picture from the bytes of its file.
///
/// # Errors
/// [`ImageError`], never `Unreadable`.
pub fn read_image_bytes(bytes: &[u8], limits: &Limits) -> Result<Luma, ImageError> {
    if u64::try_from(bytes.len()).map_or(true, |length| length > limits.bytes) {
        return Err(ImageError::TooLarge);
    }
    match bytes {
        [b'P', b'2' | b'5', rest @ ..] => pgm::read(bytes.starts_with(b"P5"), rest, limits),
        [0x89, b'P', b'N', b'G', ..] => png::read(bytes, limits),
        [0xFF, 0xD8, 0xFF, ..] => jpeg::read(bytes, limits),
        _ => Err(ImageError::Unknown),
    }
}

/// The brightness of red, green and blue (ITU-R BT.601).
pub(super) fn brightness(colour: &[u8]) -> u8 {
    let weighted =
        colour.iter().zip([299_u32, 587, 114]).map(|(value, weight)| u32::from(*value) * weight);
    u8::try_from(weighted.sum::<u32>() / 1_000).unwrap_or(u8::MAX)
}
