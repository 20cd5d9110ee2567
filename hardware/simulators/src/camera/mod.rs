//! A camera: frames of brightness as a webcam at a counter takes them, from sheets and screens with QR codes.
//!
//! One seed, one frame, byte for byte. What is played: distance, roll and tilt, bent paper, defocus, shadow and
//! falling light, glare, pale print, the pixel grid of a screen, noise and the blocks of MJPEG. A synthetic frame
//! flatters every decoder: it shows which decoder is better, not what a camera will read.

mod chance;
mod glass;
mod light;
mod number;
mod sensor;
mod set;
mod sheet;
mod view;

pub use chance::Chance;
pub use set::{Category, Sample, hostile, sample, samples};
pub use sheet::{Level, Sheet, digits};
pub use view::Placement;

use light::Light;

/// One frame of brightness, row by row from the top; 0 is black.
#[derive(Clone, PartialEq, Eq)]
pub struct Frame {
    /// Pixels in a row.
    pub width: u16,
    /// Rows.
    pub height: u16,
    /// One byte a pixel.
    pub pixels: Vec<u8>,
}

/// Everything that one frame depends on.
#[derive(Debug, Clone)]
pub struct Scene {
    /// Pixels in a row, and rows.
    pub size: (u16, u16),
    /// What lies before the camera, the topmost last.
    pub sheets: Vec<(Sheet, Placement)>,
    /// Brightness of the desk.
    pub desk: f32,
    /// Brightness of ink and of paper.
    pub print: (f32, f32),
    /// How the light falls.
    pub light: Light,
    /// Standard deviation of the blur, in pixels.
    pub blur: f32,
    /// Period (pixels) and strength (0 to 1) of the grid of a screen.
    pub grid: Option<(f32, f32)>,
    /// Standard deviation of the noise, in steps of brightness.
    pub noise: f32,
    /// Quality of MJPEG, 1 to 100.
    pub quality: Option<u8>,
    /// Seed of the noise.
    pub seed: u64,
}

/// The light of a scene is set by its parts.
pub mod lighting {
    pub use super::light::{Glare, Light, Shadow};
}

impl Scene {
    /// A desk with nothing on it in good light, through a good lens.
    pub fn empty(size: (u16, u16), seed: u64) -> Scene {
        Scene {
            size,
            sheets: Vec::new(),
            desk: 120.0,
            print: (25.0, 225.0),
            light: Light::default(),
            blur: 0.45,
            grid: None,
            noise: 2.0,
            quality: None,
            seed,
        }
    }

    /// Takes the frame.
    pub fn take(&self) -> Frame {
        let (width, height) = self.size;
        let mut picture = view::draw(self);
        light::fall(&self.light, width, &mut picture);
        if let Some((period, strength)) = self.grid {
            light::grid(period, strength, width, &mut picture);
        }
        glass::blur(self.blur, width, &mut picture);
        sensor::noise(self.noise, self.seed, &mut picture);
        if let Some(quality) = self.quality {
            sensor::blocks(quality, width, &mut picture);
        }
        Frame { width, height, pixels: picture.into_iter().map(number::byte).collect() }
    }
}

impl std::fmt::Debug for Frame {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Frame({} x {})", self.width, self.height)
    }
}
