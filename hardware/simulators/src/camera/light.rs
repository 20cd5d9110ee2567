//! How light falls: shadow, falling light, glare, and the grid of a screen.

use super::number::real;

/// The light on a scene.
#[derive(Debug, Clone, Default)]
pub struct Light {
    /// A hand or a head between lamp and desk.
    pub shadow: Option<Shadow>,
    /// By which part the light falls from left to right (negative: from right to left).
    pub fall: f32,
    /// A lamp in glossy paper or glass.
    pub glare: Option<Glare>,
}

/// A shadow with a soft edge.
#[derive(Debug, Clone, Copy)]
pub struct Shadow {
    /// A point on its edge, in pixels.
    pub at: (f32, f32),
    /// The direction in which it lies, in degrees.
    pub towards: f32,
    /// What is left of the light in it.
    pub left: f32,
    /// Width of its edge, in pixels.
    pub soft: f32,
}

/// A bright spot.
#[derive(Debug, Clone, Copy)]
pub struct Glare {
    /// Its middle, in pixels.
    pub at: (f32, f32),
    /// Its radius, in pixels.
    pub radius: f32,
    /// How much of the picture is lost in its middle, 0 to 1.
    pub strength: f32,
}

/// Lights a picture.
pub(super) fn fall(light: &Light, width: u16, picture: &mut [f32]) {
    let columns = usize::from(width).max(1);
    let towards = light.shadow.map(|shadow| shadow.towards.to_radians().sin_cos());
    for (y, row) in picture.chunks_mut(columns).enumerate() {
        for (x, pixel) in row.iter_mut().enumerate() {
            let (x, y) = (real(x), real(y));
            *pixel *= 1.0 - light.fall * (x / f32::from(width) - 0.5);
            if let (Some(shadow), Some((sin, cos))) = (&light.shadow, towards) {
                let deep = (x - shadow.at.0) * cos + (y - shadow.at.1) * sin;
                let part = (deep / shadow.soft + 0.5).clamp(0.0, 1.0);
                *pixel *= 1.0 - (1.0 - shadow.left) * part;
            }
            if let Some(glare) = &light.glare {
                let (x, y) = ((x - glare.at.0) / glare.radius, (y - glare.at.1) / glare.radius);
                let away = x * x + y * y;
                if away < 9.0 {
                    *pixel += (252.0 - *pixel) * glare.strength * (-away).exp();
                }
            }
        }
    }
}

/// The pixel grid of a screen as the camera sees it: waves across and down that run a little apart.
pub(super) fn grid(period: f32, strength: f32, width: u16, picture: &mut [f32]) {
    let columns = usize::from(width).max(1);
    let wave = |at: usize, period: f32| (real(at) / period * std::f32::consts::TAU).cos();
    let across: Vec<f32> = (0..columns).map(|x| wave(x, period)).collect();
    for (y, row) in picture.chunks_mut(columns).enumerate() {
        let down = wave(y, period * 1.07);
        for (pixel, across) in row.iter_mut().zip(&across) {
            *pixel *= 1.0 - strength * (2.0 + down + across) / 4.0;
        }
    }
}
