//! What is done to a picture before a decoder sees it: each pass undoes one thing that cameras do.
//!
//! Whole numbers only, one look at each pixel, sizes as they come.

use super::Luma;

/// Side of a cell of the contrast stretch, in pixels.
const CELL: usize = 64;
/// Contrast below which a cell is even, and noise is not stretched.
const EVEN: u8 = 12;
/// Half the side of the window of the local threshold, in pixels of the enlarged picture.
const WINDOW: usize = 24;
/// How much darker than its surroundings a dark pixel is.
const BIAS: u8 = 6;

/// Local contrast, stretched between the darkest and the lightest pixel of the 3 x 3 cells around each.
/// For pale paper, shadow, a dim screen.
pub(super) fn stretch(picture: &Luma) -> Luma {
    let (columns, rows) = (picture.columns(), picture.rows());
    let (across, down) = (columns.div_ceil(CELL), rows.div_ceil(CELL));
    let mut cells = vec![(u8::MAX, u8::MIN); across * down];
    for (y, row) in picture.lines().enumerate() {
        let line = cells.iter_mut().skip(y / CELL * across);
        for (cell, part) in line.zip(row.chunks(CELL)) {
            for pixel in part {
                *cell = (cell.0.min(*pixel), cell.1.max(*pixel));
            }
        }
    }
    let around = |x: usize, y: usize| {
        let near = (y.saturating_sub(1)..=y + 1).filter(|y| *y < down).flat_map(|y| {
            (x.saturating_sub(1)..=x + 1).filter(|x| *x < across).map(move |x| y * across + x)
        });
        near.filter_map(|at| cells.get(at))
            .fold((u8::MAX, u8::MIN), |all, cell| (all.0.min(cell.0), all.1.max(cell.1)))
    };
    let ranges: Vec<(u8, u8)> = (0..down)
        .flat_map(|y| (0..across).map(move |x| (x, y)))
        .map(|(x, y)| around(x, y))
        .collect();
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for (y, row) in picture.lines().enumerate() {
        let line = ranges.iter().skip(y / CELL * across);
        for ((darkest, lightest), part) in line.zip(row.chunks(CELL)) {
            let span = lightest.saturating_sub(*darkest);
            let table: [u8; 256] = std::array::from_fn(|value| {
                let above = value.saturating_sub(usize::from(*darkest)) * 255;
                let value = if span < EVEN { value } else { above / usize::from(span) };
                u8::try_from(value).unwrap_or(u8::MAX)
            });
            pixels.extend(part.iter().filter_map(|pixel| table.get(usize::from(*pixel))));
        }
    }
    Luma { pixels, ..*picture }
}

/// Light and dark exchanged. For codes that are light on dark.
pub(super) fn invert(mut picture: Luma) -> Luma {
    picture.pixels.iter_mut().for_each(|pixel| *pixel = u8::MAX - *pixel);
    picture
}

/// Twice as wide and as high, between the pixels their mean. For small modules.
pub(super) fn enlarge(picture: &Luma) -> Luma {
    let mut pixels = Vec::with_capacity(picture.pixels.len().saturating_mul(4));
    let mut lines = picture.lines().peekable();
    let mut between = Vec::new();
    while let Some(row) = lines.next() {
        widen(row, &mut pixels);
        let next = lines.peek().copied().unwrap_or(row);
        between.clear();
        between.extend(row.iter().zip(next).map(|(a, b)| a.midpoint(*b)));
        widen(&between, &mut pixels);
    }
    Luma {
        width: picture.width.saturating_mul(2),
        height: picture.height.saturating_mul(2),
        pixels,
    }
}

fn widen(row: &[u8], pixels: &mut Vec<u8>) {
    let next = row.iter().skip(1).chain(row.last());
    pixels.extend(row.iter().zip(next).flat_map(|(a, b)| [*a, a.midpoint(*b)]));
}

/// Half as wide and as high. For photographs of far more pixels than a code has modules.
pub(super) fn halve(picture: &Luma) -> Luma {
    let columns = picture.columns();
    let pairs = picture.pixels.chunks_exact(columns.max(1) * 2);
    let pixels = pairs.flat_map(|pair| {
        let (upper, lower) = pair.split_at(columns);
        upper.chunks_exact(2).zip(lower.chunks_exact(2)).map(|(upper, lower)| {
            let sum: u16 = upper.iter().chain(lower).map(|pixel| u16::from(*pixel)).sum();
            u8::try_from(sum / 4).unwrap_or(u8::MAX)
        })
    });
    let pixels = pixels.collect();
    Luma { width: picture.width / 2, height: picture.height / 2, pixels }
}

/// Black where a pixel is darker than the mean of the window around it. For uneven light at small modules.
pub(super) fn local_threshold(picture: &Luma) -> Luma {
    let mut cut = mean(picture, WINDOW);
    for (mean, pixel) in cut.pixels.iter_mut().zip(&picture.pixels) {
        let dark = pixel.saturating_add(BIAS) < *mean;
        *mean = if dark { u8::MIN } else { u8::MAX };
    }
    cut
}

/// What differs from the surroundings, five times as strong. For a lens out of focus: telephones held closer than a
/// webcam of fixed focus can see.
pub(super) fn sharpen(picture: &Luma) -> Luma {
    // Two means one after the other are nearly a Gaussian of deviation 2.
    let mut sharp = mean(&mean(picture, 2), 2);
    for (mean, pixel) in sharp.pixels.iter_mut().zip(&picture.pixels) {
        let strong = 5 * i32::from(*pixel) - 4 * i32::from(*mean);
        *mean = u8::try_from(strong.clamp(0, 255)).unwrap_or(u8::MAX);
    }
    sharp
}

/// Each pixel the mean of the window that reaches so far on every side.
fn mean(picture: &Luma, reach: usize) -> Luma {
    let rows: Vec<&[u8]> = picture.lines().collect();
    // Sums of the columns over the rows of the window.
    let mut sums = vec![0_u32; picture.columns()];
    let mut height = 0_u32;
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    let enter = |sums: &mut Vec<u32>, row: &[u8]| {
        sums.iter_mut().zip(row).for_each(|(sum, pixel)| *sum += u32::from(*pixel));
    };
    for row in rows.iter().take(reach) {
        enter(&mut sums, row);
        height += 1;
    }
    for y in 0..rows.len() {
        if let Some(row) = rows.get(y + reach) {
            enter(&mut sums, row);
            height += 1;
        }
        if let Some(leaves) = y.checked_sub(reach + 1).and_then(|y| rows.get(y)) {
            sums.iter_mut().zip(*leaves).for_each(|(sum, pixel)| *sum -= u32::from(*pixel));
            height -= 1;
        }
        means(&sums, height, reach, &mut pixels);
    }
    Luma { pixels, ..*picture }
}

fn means(sums: &[u32], height: u32, reach: usize, pixels: &mut Vec<u8>) {
    let mut sum: u32 = sums.iter().take(reach).sum();
    let mut count = height * u32::try_from(sums.len().min(reach)).unwrap_or(0);
    let leaving = std::iter::repeat_n(None, reach + 1).chain(sums.iter().map(Some));
    let entering = sums.iter().skip(reach).map(Some).chain(std::iter::repeat(None));
    for (leaves, enters) in leaving.zip(entering).take(sums.len()) {
        if let Some(enters) = enters {
            sum += enters;
            count += height;
        }
        if let Some(leaves) = leaves {
            sum -= leaves;
            count -= height;
        }
        pixels.push(u8::try_from(sum / count.max(1)).unwrap_or(u8::MAX));
    }
}

/// Each pixel the weighted mean (1 2 1) of its 3 x 3 neighbours. For noise and the grid of a screen.
pub(super) fn blur(picture: &Luma) -> Luma {
    let rows: Vec<&[u8]> = picture.lines().collect();
    let mut sums = Vec::with_capacity(picture.columns());
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for (y, row) in rows.iter().enumerate() {
        let above = y.checked_sub(1).and_then(|y| rows.get(y)).unwrap_or(row);
        let below = rows.get(y + 1).unwrap_or(row);
        sums.clear();
        sums.extend(row.iter().zip(above.iter().zip(*below)).map(|(here, (above, below))| {
            2 * u16::from(*here) + u16::from(*above) + u16::from(*below)
        }));
        let left = sums.first().into_iter().chain(&sums);
        let right = sums.iter().skip(1).chain(sums.last());
        pixels.extend(sums.iter().zip(left.zip(right)).map(|(here, (left, right))| {
            u8::try_from((2 * here + left + right + 8) / 16).unwrap_or(u8::MAX)
        }));
    }
    Luma { pixels, ..*picture }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pictures() -> impl Strategy<Value = Luma> {
        (0_u32..200, 0_u32..200, any::<u64>()).prop_map(|(width, height, seed)| {
            let value = |at: u64| (seed ^ at).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_le_bytes()[7];
            Luma::new(width, height, (0..u64::from(width * height)).map(value).collect())
        })
    }

    proptest! {
        #[test]
        fn every_pass_gives_a_whole_picture_of_the_size_it_says(picture in pictures()) {
            let same = [stretch(&picture), invert(picture.clone()), local_threshold(&picture), sharpen(&picture), blur(&picture)];
            for made in same {
                prop_assert!(made.is_whole());
                prop_assert_eq!((made.width, made.height), (picture.width, picture.height));
            }
            let (large, small) = (enlarge(&picture), halve(&picture));
            prop_assert!(large.is_whole() && small.is_whole());
            prop_assert_eq!((large.width, large.height), (2 * picture.width, 2 * picture.height));
            prop_assert_eq!((small.width, small.height), (picture.width / 2, picture.height / 2));
        }
    }

    #[test]
    fn faint_contrast_becomes_full_contrast_and_even_paper_stays_even() {
        let faint = Luma::new(
            128,
            64,
            (0..128 * 64).map(|at| if at % 2 == 0 { 100 } else { 120 }).collect(),
        );
        assert!(stretch(&faint).pixels.iter().all(|pixel| matches!(pixel, 0 | 255)));
        let even = Luma::new(128, 64, vec![100; 128 * 64]);
        assert_eq!(stretch(&even), even);
    }

    #[test]
    fn a_threshold_follows_the_light_across_the_picture() {
        // Light falls from left to right; every fourth pixel is 30 darker.
        let value = |at: usize| {
            u8::try_from(230 - at % 300 / 2 - if at.is_multiple_of(4) { 30 } else { 0 }).unwrap()
        };
        let picture = Luma::new(300, 100, (0..30_000).map(value).collect());
        let cut = local_threshold(&picture);
        assert!(cut.pixels.iter().enumerate().all(|(at, pixel)| (*pixel == 0) == (at % 4 == 0)));
    }

    #[test]
    fn an_edge_out_of_focus_becomes_steep_and_even_paper_stays_even() {
        let ramp = |at: i32| u8::try_from((60 + 15 * (at % 40 - 16)).clamp(60, 180)).unwrap();
        let picture = Luma::new(40, 40, (0..1_600).map(ramp).collect());
        let sharp = sharpen(&picture);
        let widest = |picture: &Luma| {
            picture.pixels[800..840].windows(2).map(|two| two[0].abs_diff(two[1])).max()
        };
        assert!(widest(&sharp) > widest(&picture).map(|step| 2 * step), "{:?}", widest(&sharp));
        assert_eq!((sharp.pixels[800], sharp.pixels[839]), (60, 180));
    }

    #[test]
    fn an_enlarged_picture_halved_is_nearly_the_picture() {
        let ramp =
            Luma::new(64, 64, (0..64 * 64).map(|at| u8::try_from(at % 64 * 3).unwrap()).collect());
        let again = halve(&enlarge(&ramp));
        assert!(again.pixels.iter().zip(&ramp.pixels).all(|(a, b)| a.abs_diff(*b) <= 2));
    }

    #[test]
    fn blur_leaves_an_even_picture_alone_and_spreads_a_spot() {
        let mut picture = Luma::new(5, 5, vec![0; 25]);
        assert_eq!(blur(&picture), picture);
        picture.pixels[12] = 160;
        let spread = blur(&picture);
        assert_eq!((spread.pixels[12], spread.pixels[11], spread.pixels[6]), (40, 20, 10));
    }
}
