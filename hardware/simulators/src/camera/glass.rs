//! The lens: out of focus.

use super::number::{real, whole};

/// Gaussian blur, across and down.
pub(super) fn blur(deviation: f32, width: u16, picture: &mut [f32]) {
    if deviation < 0.1 {
        return;
    }
    let columns = usize::from(width).max(1);
    let reach = whole((3.0 * deviation).ceil()).max(1);
    let weight = |at: usize| (-(real(at) / deviation).powi(2) / 2.0).exp();
    let sum = weight(0) + 2.0 * (1..=reach).map(weight).sum::<f32>();
    let weights: Vec<f32> = (0..=reach).map(|at| weight(at) / sum).collect();
    let mut turned = vec![0.0; picture.len()];
    across(picture, columns, &weights, &mut turned);
    down(&turned, columns, &weights, picture);
}

fn across(picture: &[f32], columns: usize, weights: &[f32], out: &mut [f32]) {
    let reach = weights.len() - 1;
    let mut line = Vec::with_capacity(columns + 2 * reach);
    for (row, out) in picture.chunks(columns).zip(out.chunks_mut(columns)) {
        let (first, last) = (row.first().copied(), row.last().copied());
        line.clear();
        line.extend(std::iter::repeat_n(first.unwrap_or(0.0), reach));
        line.extend(row);
        line.extend(std::iter::repeat_n(last.unwrap_or(0.0), reach));
        out.fill(0.0);
        for (at, weight) in weights.iter().enumerate() {
            let left = line.iter().skip(reach - at);
            let right = line.iter().skip(reach + at);
            let twice = if at == 0 { 0.5 } else { 1.0 };
            for (out, (left, right)) in out.iter_mut().zip(left.zip(right)) {
                *out += weight * twice * (left + right);
            }
        }
    }
}

fn down(picture: &[f32], columns: usize, weights: &[f32], out: &mut [f32]) {
    let rows: Vec<&[f32]> = picture.chunks(columns).collect();
    let last = rows.len().saturating_sub(1);
    for (y, out) in out.chunks_mut(columns).enumerate() {
        out.fill(0.0);
        for (at, weight) in weights.iter().enumerate() {
            let twice = if at == 0 { 0.5 } else { 1.0 };
            let above = rows.get(y.saturating_sub(at)).copied().unwrap_or_default();
            let below = rows.get((y + at).min(last)).copied().unwrap_or_default();
            for (out, (above, below)) in out.iter_mut().zip(above.iter().zip(below)) {
                *out += weight * twice * (above + below);
            }
        }
    }
}
