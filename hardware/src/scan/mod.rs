//! QR codes: from a picture to the bytes of its codes ([`Chain`], [`Worker`], [`read_image`]), and from handheld
//! scanners ([`serial`]), which decode by themselves.
//!
//! Says what a code holds and never what it means. A picture is looked at and forgotten: nothing here stores one,
//! writes one or logs one, and what a code holds appears in no error and in no `Debug`.

mod chain;
mod finders;
mod image;
mod jpeg;
mod lines;
mod pass;
mod pgm;
mod png;
mod quirc;
pub mod serial;
mod worker;
mod zxing;

use std::fmt;
use std::time::Duration;

use crate::clock::ThreadTime;

pub use chain::{Chain, Effort, Reading};
pub use finders::finder_candidates;
pub use image::{ImageError, Limits, read_image, read_image_bytes};
pub use quirc::Quirc;
pub use worker::Worker;
pub use zxing::Zxing;

/// A picture of brightness alone, one byte a pixel, row by row from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct Luma {
    /// Pixels in a row.
    pub width: u32,
    /// Rows.
    pub height: u32,
    /// 0 is black. What is missing at the end is white; what is too much is not looked at.
    pub pixels: Vec<u8>,
}

/// One code that was read.
#[derive(Clone, PartialEq)]
pub struct Code {
    /// What it holds, byte for byte; digits as ASCII digits.
    pub payload: Vec<u8>,
    /// Where it lies in the picture, in pixels: top left, top right, bottom right, bottom left as the code sees itself.
    pub corners: [(f32, f32); 4],
}

/// How long a decoder may go on, in time of the processor: what a busy machine does beside it takes none of it away.
/// It belongs to the thread that made it.
#[derive(Debug, Clone, Copy)]
pub struct Deadline {
    started: ThreadTime,
    time: Duration,
}

/// Something that finds codes in a picture.
pub trait Decoder: Send + Sync {
    /// The package that does it.
    fn name(&self) -> &'static str;

    /// All codes that it finds before the deadline; it may find out late that the time is over, and never panics.
    fn decode(&self, picture: &Luma, deadline: Deadline) -> Vec<Code>;
}

impl Luma {
    /// A picture with as many pixels as its size says.
    pub fn new(width: u32, height: u32, mut pixels: Vec<u8>) -> Luma {
        let luma = Luma { width, height, pixels: Vec::new() };
        pixels.resize(luma.columns().saturating_mul(luma.rows()), u8::MAX);
        Luma { pixels, ..luma }
    }

    /// Pixels in a row, as a length in memory.
    pub(crate) fn columns(&self) -> usize {
        usize::try_from(self.width).unwrap_or(0)
    }

    /// Rows, as a length in memory.
    pub(crate) fn rows(&self) -> usize {
        usize::try_from(self.height).unwrap_or(0)
    }

    /// The rows from the top.
    pub(crate) fn lines(&self) -> impl Iterator<Item = &[u8]> {
        self.pixels.chunks_exact(self.columns().max(1)).take(self.rows())
    }

    /// Whether there are exactly the pixels that the size says.
    pub(crate) fn is_whole(&self) -> bool {
        self.columns().checked_mul(self.rows()) == Some(self.pixels.len())
    }
}

/// The size only: a picture may show a resident.
impl fmt::Debug for Luma {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Luma({} x {})", self.width, self.height)
    }
}

/// The length only: a code may hold anything.
impl fmt::Debug for Code {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Code({} bytes at {:?})", self.payload.len(), self.corners)
    }
}

impl Deadline {
    /// So much time from now.
    pub fn after(time: Duration) -> Deadline {
        Deadline { started: ThreadTime::now(), time }
    }

    /// Whether the time is over.
    pub fn is_over(self) -> bool {
        self.started.elapsed() >= self.time
    }
}
