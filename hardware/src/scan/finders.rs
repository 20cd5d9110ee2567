//! How many finder patterns a picture seems to have: the cheap look before an expensive decoder.
//!
//! A finder pattern cut through its middle is dark, light, dark, light, dark as 1:1:3:1:1 (ISO/IEC 18004), along a row
//! and along a column. Counting stops at a limit, so the count costs the same for any picture.

use super::{Code, Luma};

/// Every third row; a pattern whose middle is three modules of a pixel is still met.
const STEP: usize = 3;
/// Neighbours on each side with whose mean a pixel is compared; dark is 5 % below it, as for `rqrr`.
const REACH: usize = 48;

/// One pattern that was found.
struct Candidate {
    x: usize,
    y: usize,
    size: usize,
}

/// Width from which a pattern is one and not noise, in pixels: two a module.
const SURE: usize = 14;
/// Patterns that are looked for beside codes that were read; a picture with more is no sheet of codes.
const MOST_BESIDE: usize = 300;

/// The number of different places that look like a finder pattern, at most `limit`.
pub fn finder_candidates(picture: &Luma, limit: usize) -> usize {
    candidates(picture, limit).len()
}

/// Whether a code may lie beside those that were read: three patterns of about one size outside of all of them.
pub(super) fn has_unread(picture: &Luma, codes: &[Code]) -> bool {
    let found = candidates(picture, MOST_BESIDE);
    let beside: Vec<&Candidate> = found
        .iter()
        .filter(|one| one.size >= SURE && !codes.iter().any(|code| one.lies_in(code)))
        .collect();
    let alike = |one: &Candidate| beside.iter().filter(|other| one.is_like(other)).count();
    found.len() < MOST_BESIDE && beside.iter().any(|one| alike(one) >= 3)
}

fn candidates(picture: &Luma, limit: usize) -> Vec<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let mut runs = Vec::new();
    let columns = picture.columns();
    let mut column = Vec::new();
    for (y, row) in picture.lines().enumerate().step_by(STEP) {
        runs_of(row, &mut runs);
        for candidate in middles(&runs, y) {
            if found.iter().rev().any(|other| other.holds(&candidate)) {
                continue;
            }
            column.clear();
            let top = y.saturating_sub(candidate.size);
            let cut = picture.pixels.iter().skip(top * columns + candidate.x).step_by(columns);
            column.extend(cut.take(2 * candidate.size).copied());
            if crosses(&column, y - top, candidate.size) {
                found.push(candidate);
            }
            if found.len() >= limit {
                return found;
            }
        }
    }
    found
}

impl Candidate {
    /// Within the rectangle around a code, and a tenth more.
    fn lies_in(&self, code: &Code) -> bool {
        let within = |at: usize, of: [f32; 4]| {
            let at = f32::from(u16::try_from(at).unwrap_or(u16::MAX));
            let (from, to) =
                of.iter().fold((f32::MAX, f32::MIN), |(a, b), at| (a.min(*at), b.max(*at)));
            let more = (to - from) / 10.0;
            (from - more..=to + more).contains(&at)
        };
        within(self.x, code.corners.map(|(x, _)| x)) && within(self.y, code.corners.map(|(_, y)| y))
    }

    /// Of about the same size, however each is turned.
    fn is_like(&self, other: &Candidate) -> bool {
        self.size * 2 <= other.size * 3 && other.size * 2 <= self.size * 3
    }

    fn holds(&self, other: &Candidate) -> bool {
        let reach = self.size.max(other.size) / 2;
        self.x.abs_diff(other.x) <= reach && self.y.abs_diff(other.y) <= reach
    }
}

/// Lengths of dark and light runs in turn, beginning with a light one that may be empty.
fn runs_of(line: &[u8], runs: &mut Vec<usize>) {
    runs.clear();
    let mut dark = false;
    let mut length = 0;
    let mut sum: usize = line.iter().take(REACH).map(|pixel| usize::from(*pixel)).sum();
    let mut count = line.len().min(REACH);
    for (x, pixel) in line.iter().enumerate() {
        if let Some(enters) = line.get(x + REACH) {
            sum += usize::from(*enters);
            count += 1;
        }
        if let Some(leaves) = x.checked_sub(REACH + 1).and_then(|x| line.get(x)) {
            sum -= usize::from(*leaves);
            count -= 1;
        }
        if (usize::from(*pixel) * count * 20 < sum * 19) != dark {
            runs.push(length);
            dark = !dark;
            length = 0;
        }
        length += 1;
    }
    runs.push(length);
}

/// The middles of the five runs that are 1:1:3:1:1.
fn middles(runs: &[usize], y: usize) -> impl Iterator<Item = Candidate> {
    let mut starts = 0;
    runs.windows(5).enumerate().filter_map(move |(at, five)| {
        let &[a, b, c, d, e] = five else { return None };
        let size = a + b + c + d + e;
        let x = starts + a + b + c / 2;
        starts += a;
        // Runs begin with a light one.
        (at % 2 == 1 && is_pattern([a, b, c, d, e])).then_some(Candidate { x, y, size })
    })
}

/// Whether lengths are 1:1:3:1:1, each within three quarters of a module.
fn is_pattern([a, b, c, d, e]: [usize; 5]) -> bool {
    let size = a + b + c + d + e;
    let near = |length: usize, modules: usize| {
        // Lengths times 28 against modules of size/7: all whole numbers.
        (28 * length).abs_diff(4 * modules * size) <= 3 * size * modules.min(2)
    };
    size >= 7 && near(a, 1) && near(b, 1) && near(c, 3) && near(d, 1) && near(e, 1)
}

/// Whether the column through `middle` cuts a pattern of about the same size.
fn crosses(column: &[u8], middle: usize, size: usize) -> bool {
    let mut runs = Vec::new();
    runs_of(column, &mut runs);
    let near = |candidate: Candidate| {
        candidate.x.abs_diff(middle) <= size / 4
            && candidate.size <= 2 * size
            && size <= 2 * candidate.size
    };
    middles(&runs, 0).any(near)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A picture tiled with finder patterns, `pixels` a module, two modules apart.
    pub(in crate::scan) fn tiles(width: u32, height: u32, pixels: u32) -> Luma {
        let dark = |x: u32, y: u32| {
            let ring = (3 - i64::from(x)).abs().max((3 - i64::from(y)).abs());
            matches!(ring, 0 | 1 | 3)
        };
        let module = |at: u32| at / pixels % 9;
        let pixel = |at: u32| {
            let (x, y) = (module(at % width), module(at / width));
            if dark(x, y) { 0 } else { 255 }
        };
        Luma::new(width, height, (0..width * height).map(pixel).collect())
    }

    #[test]
    fn every_pattern_counts_once_at_any_size() {
        for pixels in [1, 2, 3, 5, 8, 12] {
            let side = 9 * pixels * 4;
            assert_eq!(finder_candidates(&tiles(side, side, pixels), 1_000), 16, "{pixels} pixels");
        }
    }

    #[test]
    fn counting_stops_at_the_limit() {
        assert_eq!(finder_candidates(&tiles(1920, 1080, 3), 150), 150);
    }

    #[test]
    fn an_even_picture_and_stripes_have_none() {
        let grey = Luma::new(640, 480, vec![128; 640 * 480]);
        assert_eq!(finder_candidates(&grey, 10), 0);
        let stripes = (0..640 * 480).map(|at| if at / 8 % 2 == 0 { 0 } else { 255 }).collect();
        assert_eq!(finder_candidates(&Luma::new(640, 480, stripes), 10), 0);
    }

    #[test]
    fn pictures_without_pixels_have_none() {
        for (width, height) in [(0, 0), (0, 9), (9, 0), (1, 1)] {
            assert_eq!(finder_candidates(&Luma::new(width, height, Vec::new()), 10), 0);
        }
    }
}
