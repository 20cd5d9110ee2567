//! The sensor and what the camera makes of it before it goes over USB: noise, and the blocks of MJPEG.

use super::Chance;
use super::number::real;

/// Quantisation of brightness (ITU-T T.81, table K.1), at quality 50.
const STEPS: [[f32; 8]; 8] = [
    [16.0, 11.0, 10.0, 16.0, 24.0, 40.0, 51.0, 61.0],
    [12.0, 12.0, 14.0, 19.0, 26.0, 58.0, 60.0, 55.0],
    [14.0, 13.0, 16.0, 24.0, 40.0, 57.0, 69.0, 56.0],
    [14.0, 17.0, 22.0, 29.0, 51.0, 87.0, 80.0, 62.0],
    [18.0, 22.0, 37.0, 56.0, 68.0, 109.0, 103.0, 77.0],
    [24.0, 35.0, 55.0, 64.0, 81.0, 104.0, 113.0, 92.0],
    [49.0, 64.0, 78.0, 87.0, 103.0, 121.0, 120.0, 101.0],
    [72.0, 92.0, 95.0, 98.0, 112.0, 100.0, 103.0, 99.0],
];

type Block = [[f32; 8]; 8];

/// Adds noise.
pub(super) fn noise(deviation: f32, seed: u64, picture: &mut [f32]) {
    let mut chance = Chance::new(seed);
    for pixel in picture {
        *pixel += deviation * chance.normal();
    }
}

/// Quantises each block of 8 x 8 as JPEG does; what is left over at the edges stays as it is.
pub(super) fn blocks(quality: u8, width: u16, picture: &mut [f32]) {
    let columns = usize::from(width);
    let quality = f32::from(quality.clamp(1, 100));
    let scale = if quality < 50.0 { 50.0 / quality } else { 2.0 - quality / 50.0 };
    let waves = waves();
    for band in picture.chunks_exact_mut((columns * 8).max(8)) {
        for left in (0..columns / 8).map(|block| block * 8) {
            let mut block: Block = [[0.0; 8]; 8];
            for (row, line) in block.iter_mut().zip(band.chunks(columns)) {
                row.iter_mut()
                    .zip(line.iter().skip(left))
                    .for_each(|(to, from)| *to = from - 128.0);
            }
            let mut spectrum = turned(&times(&turned(&times(&block, &waves)), &waves));
            for (row, steps) in spectrum.iter_mut().zip(&STEPS) {
                for (value, step) in row.iter_mut().zip(steps) {
                    let step = (step * scale).max(1.0);
                    *value = (*value / step).round() * step;
                }
            }
            let back = turned(&waves);
            let block = turned(&times(&turned(&times(&spectrum, &back)), &back));
            for (row, line) in block.iter().zip(band.chunks_mut(columns)) {
                line.iter_mut().skip(left).zip(row).for_each(|(to, from)| *to = from + 128.0);
            }
        }
    }
}

/// Row `n` of the discrete cosine transform, one wave each.
fn waves() -> Block {
    std::array::from_fn(|wave| {
        std::array::from_fn(|at| {
            let angle = (2.0 * real(at) + 1.0) * real(wave) * std::f32::consts::PI / 16.0;
            angle.cos() * if wave == 0 { 0.125_f32.sqrt() } else { 0.5 }
        })
    })
}

/// Each row of the block against each row of the other.
fn times(block: &Block, other: &Block) -> Block {
    block.map(|row| other.map(|other| row.iter().zip(&other).map(|(a, b)| a * b).sum()))
}

fn turned(block: &Block) -> Block {
    let mut rows = block.map(|row| row.into_iter());
    std::array::from_fn(|_| {
        let mut column = [0.0; 8];
        column.iter_mut().zip(&mut rows).for_each(|(to, row)| *to = row.next().unwrap_or(0.0));
        column
    })
}
