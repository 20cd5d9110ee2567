//! The first decoder: zxing's C++ port in `rxing`, step by step, so that a deadline holds within one picture.
//!
//! `rxing`'s own reader tries every three finder patterns of a picture, with no limit: seconds for a poster full of
//! squares. The steps are the same here, and the clock is asked before each try.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rxing::common::{BitMatrix, DetectorRXingResult, HybridBinarizer};
use rxing::qrcode::cpp_port::decoder::Decode;
use rxing::qrcode::cpp_port::detector::{
    FindFinderPatterns, FinderPatternSet, GenerateFinderPatternSets, SampleQR,
};
use rxing::{BinaryBitmap, Luma8Source};

use super::{Code, Deadline, Decoder, Luma};

/// `rxing`, `qrcode::cpp_port`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Zxing;

impl Decoder for Zxing {
    fn name(&self) -> &'static str {
        "rxing"
    }

    fn decode(&self, picture: &Luma, deadline: Deadline) -> Vec<Code> {
        if !picture.is_whole() {
            return Vec::new();
        }
        let Ok(source) =
            Luma8Source::new_with_slice(&picture.pixels, picture.width, picture.height)
        else {
            return Vec::new();
        };
        let bitmap = BinaryBitmap::new(HybridBinarizer::new(source));
        let sets = catch_unwind(AssertUnwindSafe(|| {
            let mut finders = FindFinderPatterns(bitmap.get_black_matrix(), true, 0);
            if deadline.is_over() { Vec::new() } else { GenerateFinderPatternSets(&mut finders) }
        }));
        codes(bitmap.get_black_matrix(), &sets.unwrap_or_default(), deadline)
    }
}

/// Tries the sets, the most plausible first; a finder pattern belongs to one code.
fn codes(matrix: &BitMatrix, sets: &[FinderPatternSet], deadline: Deadline) -> Vec<Code> {
    let mut used = Vec::new();
    let mut codes = Vec::new();
    for set in sets {
        if deadline.is_over() {
            break;
        }
        let corners = [set.bl, set.tl, set.tr];
        if corners.iter().any(|corner| used.contains(corner)) {
            continue;
        }
        // The port has unwraps and assertions of its own.
        if let Ok(Some(code)) = catch_unwind(AssertUnwindSafe(|| code(matrix, set))) {
            used.extend(corners);
            codes.push(code);
        }
    }
    codes
}

fn code(matrix: &BitMatrix, set: &FinderPatternSet) -> Option<Code> {
    let sampled = SampleQR(matrix, set).ok()?;
    let decoded = Decode(sampled.getBits()).ok().filter(|decoded| decoded.isValid())?;
    let &[top_left, top_right, bottom_right, bottom_left] = sampled.getPoints() else {
        return None;
    };
    let corners = [top_left, top_right, bottom_right, bottom_left].map(|at| (at.x, at.y));
    Some(Code { payload: decoded.content().bytes().to_vec(), corners })
}
