//! The second decoder: `rqrr`, for codes that the first one sees and cannot read.
//!
//! Pairs every square with every other: minutes for a picture full of squares. It is asked only when there are few.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rqrr::{Grid, Point, PreparedImage};

use super::{Code, Deadline, Decoder, Luma, finder_candidates};

/// Squares in one picture beyond which it is not asked (clean frames gave up to 72).
const MOST_FINDERS: usize = 150;

/// `rqrr`, a port of quirc.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quirc;

impl Decoder for Quirc {
    fn name(&self) -> &'static str {
        "rqrr"
    }

    fn decode(&self, picture: &Luma, deadline: Deadline) -> Vec<Code> {
        let many = || finder_candidates(picture, MOST_FINDERS) >= MOST_FINDERS;
        if !picture.is_whole() || picture.pixels.is_empty() || deadline.is_over() || many() {
            return Vec::new();
        }
        catch_unwind(|| codes(picture)).unwrap_or_default()
    }
}

fn codes(picture: &Luma) -> Vec<Code> {
    let (columns, rows) = (picture.columns(), picture.rows());
    let pixel = |x: usize, y: usize| picture.pixels.get(y * columns + x).copied();
    let mut prepared =
        PreparedImage::prepare_from_greyscale(columns, rows, |x, y| pixel(x, y).unwrap_or(u8::MAX));
    let grids = prepared.detect_grids();
    let read = |grid: &Grid<_>| {
        let mut payload = Vec::new();
        grid.decode_to(&mut payload).ok()?;
        Some(Code { payload, corners: grid.bounds.map(corner) })
    };
    // A grid that makes the decoder stumble takes no other with it.
    grids.iter().filter_map(|grid| catch_unwind(AssertUnwindSafe(|| read(grid))).ok()?).collect()
}

fn corner(point: Point) -> (f32, f32) {
    let number = |value: i32| f32::from(i16::try_from(value).unwrap_or(i16::MAX));
    (number(point.x), number(point.y))
}
