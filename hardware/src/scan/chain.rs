//! The chain of decoders: passes over one picture, the cheap and likely ones first.
//!
//! Passes are six over `rxing` and then one of `rqrr` as second opinion. What each is for stands at [`Pass`].

use std::time::Duration;

use super::finders::has_unread;
use super::pass::{blur, enlarge, halve, invert, local_threshold, sharpen, stretch};
use super::{Code, Deadline, Decoder, Luma, Quirc, Zxing};
use crate::clock::ThreadTime;

/// Pixels of a frame of 1080p, up to which enlarging pays. In larger pictures modules are large enough.
const FRAME: usize = 1920 * 1080;

/// How much is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One frame of a camera: the first pass that reads something is the last, because the next frame comes.
    Frame,
    /// A photograph or a scan, which comes once: on to the last pass as long as a code seems to be left.
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
    /// A chain that spends at most about 0.7 s of the processor on a frame of 1080p, more on larger pictures by their
    /// size.
    pub fn new(effort: Effort) -> Chain {
        Chain { effort, time: Duration::from_millis(700) }
    }

    /// The same with another limit for 1080p. It is looked at between passes and between the tries of a pass.
    #[must_use]
    pub fn within(self, time: Duration) -> Chain {
        Chain { time, ..self }
    }

    /// Reads the codes of one picture. Never fails: what cannot be read is not there.
    pub fn read(&self, picture: &Luma) -> Reading {
        self.read_with(picture, &Zxing, &Quirc)
    }

    fn read_with(&self, picture: &Luma, first: &dyn Decoder, second: &dyn Decoder) -> Reading {
        let frames = u32::try_from(picture.pixels.len().div_ceil(FRAME)).unwrap_or(u32::MAX);
        let deadline = Deadline::after(self.time.saturating_mul(frames));
        let started = ThreadTime::now();
        let mut reading = Reading::default();
        for pass in passes(picture) {
            if deadline.is_over() || self.is_enough(picture, &reading.codes) {
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

    fn is_enough(&self, picture: &Luma, codes: &[Code]) -> bool {
        let done = || self.effort == Effort::Frame || !has_unread(picture, codes);
        !codes.is_empty() && done()
    }
}

fn passes(picture: &Luma) -> Vec<Pass> {
    let size = if picture.pixels.len() > FRAME { Pass::Halved } else { Pass::Enlarged };
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

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use super::*;

    /// Reads what it is told to, on the calls it is told to, and takes its time.
    #[derive(Default)]
    struct Scripted {
        calls: Mutex<usize>,
        reads: Vec<(usize, &'static str)>,
        takes: Duration,
    }

    impl Scripted {
        fn reading(reads: &[(usize, &'static str)]) -> Scripted {
            Scripted { reads: reads.to_vec(), ..Scripted::default() }
        }

        fn calls(&self) -> usize {
            *self.calls.lock().unwrap()
        }
    }

    impl Decoder for Scripted {
        fn name(&self) -> &'static str {
            "scripted"
        }

        fn decode(&self, picture: &Luma, _: Deadline) -> Vec<Code> {
            assert!(picture.is_whole());
            let mut calls = self.calls.lock().unwrap();
            *calls += 1;
            let started = ThreadTime::now();
            while started.elapsed() < self.takes {}
            let now = self.reads.iter().filter(|(call, _)| call == &*calls);
            now.map(|(_, text)| Code {
                payload: text.as_bytes().to_vec(),
                corners: [(8.0, 4.0); 4],
            })
            .collect()
        }
    }

    fn grey() -> Luma {
        Luma::new(200, 100, vec![128; 20_000])
    }

    fn texts(reading: &Reading) -> Vec<&str> {
        reading.codes.iter().map(|code| std::str::from_utf8(&code.payload).unwrap()).collect()
    }

    #[test]
    fn a_frame_ends_with_the_first_pass_that_reads_something() {
        let (first, second) =
            (Scripted::reading(&[(2, "a"), (2, "b"), (3, "c")]), Scripted::default());
        let reading = Chain::default().read_with(&grey(), &first, &second);
        assert_eq!((texts(&reading), reading.passes), (vec!["a", "b"], 2));
        assert_eq!((first.calls(), second.calls()), (2, 0));
    }

    #[test]
    fn a_picture_without_further_patterns_ends_like_a_frame() {
        let first = Scripted::reading(&[(2, "a"), (3, "b")]);
        let chain = Chain::new(Effort::Picture);
        let reading = chain.read_with(&grey(), &first, &Scripted::default());
        assert_eq!((texts(&reading), reading.passes), (vec!["a"], 2));
    }

    #[test]
    fn a_picture_with_patterns_beside_the_codes_gets_every_pass_and_each_payload_once() {
        let first = Scripted::reading(&[(1, "a"), (4, "a"), (6, "b")]);
        let second = Scripted::reading(&[(1, "c"), (1, "b")]);
        let picture = crate::scan::finders::tests::tiles(72, 72, 4);
        let reading = Chain::new(Effort::Picture).read_with(&picture, &first, &second);
        assert_eq!((texts(&reading), reading.passes), (vec!["a", "b", "c"], 7));
    }

    #[test]
    fn the_second_decoder_is_asked_when_the_first_one_is_at_its_end() {
        let (first, second) = (Scripted::default(), Scripted::reading(&[(1, "a")]));
        let reading = Chain::default().read_with(&grey(), &first, &second);
        assert_eq!((texts(&reading), first.calls(), second.calls()), (vec!["a"], 6, 1));
    }

    #[test]
    fn no_pass_begins_when_the_time_is_over() {
        let first = Scripted { takes: Duration::from_millis(40), ..Scripted::default() };
        let chain = Chain::default().within(Duration::from_millis(60));
        let reading = chain.read_with(&grey(), &first, &Scripted::default());
        assert_eq!(reading.passes, 2);
        let reading = chain.within(Duration::ZERO).read_with(&grey(), &first, &Scripted::default());
        assert_eq!((reading.passes, reading.codes.len()), (0, 0));
    }

    #[test]
    fn corners_are_those_of_the_picture_that_was_given() {
        let corners = |picture: &Luma, call| {
            let first = Scripted::reading(&[(call, "a")]);
            let reading = Chain::default().read_with(picture, &first, &Scripted::default());
            reading.codes[0].corners[0]
        };
        assert_eq!(corners(&grey(), 1), (8.0, 4.0));
        assert_eq!(corners(&grey(), 5), (4.0, 2.0), "enlarged");
        let photograph = Luma::new(2_000, 1_200, vec![128; 2_400_000]);
        assert_eq!(corners(&photograph, 5), (16.0, 8.0), "halved");
    }

    #[test]
    fn pictures_of_any_size_are_read_without_a_stumble() {
        for (width, height) in [(0, 0), (0, 5), (5, 0), (1, 1), (7, 300), (39, 40), (41, 41)] {
            let reading = Chain::default().read(&Luma::new(width, height, Vec::new()));
            assert!(reading.codes.is_empty());
        }
        let short = Luma { width: 100, height: 100, pixels: vec![0; 50] };
        assert!(Chain::default().read(&short).codes.is_empty());
    }
}
