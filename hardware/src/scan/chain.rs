//! The chain of decoders: passes over one picture, the cheap and likely ones first.
//!
//! Passes are six over `rxing` and then one of `rqrr` as second opinion. What each is for stands at [`Pass`].

use std::time::Duration;

use super::pass::{blur, enlarge, halve, invert, local_threshold, sharpen, stretch};
use super::{Code, Deadline, Decoder, Luma, Quirc, Zxing};
use crate::clock::ThreadTime;

/// Pixels up to which enlarging pays: a frame of 1080p. In larger pictures modules are large enough.
const ENLARGED_UP_TO: usize = 1920 * 1080;

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One frame of a camera: the first pass that reads something is the last, because the next frame comes.
    Frame,
    /// A photograph or a scan, which comes once: every pass, and everything that they read.
    Picture,
}

/// What one picture gave.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The codes, each payload once, in the order in which they were found.
    pub codes: Vec<Code>,
    /// Time of the processor, in milliseconds.
    pub cpu_ms: f64,
    /// How many passes were made.
    pub passes: usize,
}

/// One look at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pass {
    /// As it is.
    Plain,
    /// Half the size: a photograph of many megapixels is noisier than it is sharp.
    Halved,
    /// Local contrast stretched: pale paper, shadow, a dim screen.
    Stretched,
    /// The same, light on dark.
    Inverted,
    /// Twice the size and a local threshold: small modules in uneven light.
    Enlarged,
    /// Sharpened: out of focus, small modules.
    Sharpened,
    /// Blurred: noise, the grid of a screen.
    Blurred,
    /// As it is, by the other decoder.
    SecondOpinion,
}

/// All decoders and passes.
#[derive(Debug, Clone, Copy)]
pub struct Chain {
    effort: Effort,
    time: Duration,
}

impl Default for Chain {
    fn default() -> Chain {
        Chain::new(Effort::Frame)
    }
}

impl Chain {
    /// A chain with the time that the effort is worth: 0.7 s for a frame, 5 s for a picture.
    pub fn new(effort: Effort) -> Chain {
        let time = match effort {
            Effort::Frame => Duration::from_millis(700),
            Effort::Picture => Duration::from_secs(5),
        };
        Chain { effort, time }
    }

    /// The same with another limit. It is looked at between passes and between the tries of a pass.
    #[must_use]
    pub fn within(self, time: Duration) -> Chain {
        Chain { time, ..self }
    }

    /// Reads the codes of one picture. Never fails: what cannot be read is not there.
    pub fn read(&self, picture: &Luma) -> Reading {
        self.read_with(picture, &Zxing, &Quirc)
    }

    fn read_with(&self, picture: &Luma, first: &dyn Decoder, second: &dyn Decoder) -> Reading {
        let started = ThreadTime::now();
        let deadline = Deadline::after(self.time);
        let mut reading = Reading::default();
        for pass in passes(picture) {
            let enough = self.effort == Effort::Frame && !reading.codes.is_empty();
            if enough || deadline.is_over() {
                break;
            }
            for code in pass.codes(picture, first, second, deadline) {
                if !reading.codes.iter().any(|known| known.payload == code.payload) {
                    reading.codes.push(code);
                }
            }
            reading.passes += 1;
        }
        reading.cpu_ms = started.elapsed().as_secs_f64() * 1_000.0;
        reading
    }
}

fn passes(picture: &Luma) -> Vec<Pass> {
    let size = if picture.pixels.len() > ENLARGED_UP_TO { Pass::Halved } else { Pass::Enlarged };
    vec![
        Pass::Plain,
        Pass::Stretched,
        Pass::Inverted,
        Pass::Sharpened,
        size,
        Pass::Blurred,
        Pass::SecondOpinion,
    ]
}

impl Pass {
    fn codes(
        self,
        picture: &Luma,
        first: &dyn Decoder,
        second: &dyn Decoder,
        deadline: Deadline,
    ) -> Vec<Code> {
        match self {
            Pass::Plain => first.decode(picture, deadline),
            Pass::Halved => scaled(first.decode(&halve(picture), deadline), 2.0),
            Pass::Stretched => first.decode(&stretch(picture), deadline),
            Pass::Inverted => first.decode(&invert(stretch(picture)), deadline),
            Pass::Enlarged => {
                scaled(first.decode(&local_threshold(&enlarge(picture)), deadline), 0.5)
            }
            Pass::Sharpened => first.decode(&sharpen(picture), deadline),
            Pass::Blurred => first.decode(&blur(picture), deadline),
            Pass::SecondOpinion => second.decode(picture, deadline),
        }
    }
}

/// Corners in pixels of the picture as it came.
fn scaled(mut codes: Vec<Code>, factor: f32) -> Vec<Code> {
    for code in &mut codes {
        code.corners = code.corners.map(|(x, y)| (x * factor, y * factor));
    }
    codes
}
