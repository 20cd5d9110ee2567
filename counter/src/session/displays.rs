//! The displays as the windows tell of them: how many, how large a millimetre is, whether the resident's has gone;
//! and how the staff window is drawn.

use crate::door::{DisplayInput, DisplayView, DoorError, StaffView};

use super::Counter;
use super::resident::CONTRASTS;

/// Steps of text size that the staff window has.
const STAFF_SIZES: std::ops::RangeInclusive<u8> = 1..=2;

/// CSS pixels in a millimetre where nothing better is known: 96 to the inch.
const USUAL_PIXELS_PER_MM: f64 = 96.0 / 25.4;

/// What the system tells of the display that a window stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DisplaySize {
    /// Its width in CSS pixels.
    pub pixels: u32,
    /// Its visible width in millimetres; 0 where the system does not know, as for projectors.
    pub millimetres: u32,
}

impl DisplaySize {
    /// CSS pixels in a millimetre. `set` is the width that the settings give, in millimetres: it is believed first.
    fn pixels_per_mm(self, set: Option<u32>) -> Option<f64> {
        let width = set.unwrap_or(self.millimetres);
        (width > 0).then(|| f64::from(self.pixels) / f64::from(width))
    }
}

/// Displays in use; they never hold back a step of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displays {
    /// How many there are; 0 while none can be seen.
    pub count: u32,
    /// The one with the staff window.
    pub staff: Option<DisplaySize>,
    /// The one with the resident's window.
    pub resident: Option<DisplaySize>,
}

/// What is known of them.
pub(super) struct Seen {
    pub now: Displays,
    /// There was one of the resident's own, and it has gone.
    pub lost: bool,
}

impl Seen {
    /// Before anybody has looked.
    pub(super) const ONE: Seen =
        Seen { now: Displays { count: 1, staff: None, resident: None }, lost: false };

    fn then(&self, now: Displays) -> Seen {
        let lost = now.count < 2 && (self.lost || self.now.count >= 2);
        Seen { now, lost }
    }
}

/// As a window is drawn until somebody chooses: size 2 of the resident's four or 1 of the staff's two, black on white,
/// with readings.
pub(super) fn drawn(
    chosen: Option<&DisplayInput>,
    usual_size: u8,
    display: Option<DisplaySize>,
    set: Option<u32>,
) -> DisplayView {
    let pixels_per_mm =
        display.and_then(|display| display.pixels_per_mm(set)).unwrap_or(USUAL_PIXELS_PER_MM);
    match chosen.cloned() {
        Some(DisplayInput { size, contrast, furigana }) => {
            DisplayView { size, contrast, furigana, pixels_per_mm }
        }
        None => DisplayView {
            size: usual_size,
            contrast: "standard".to_owned(),
            furigana: true,
            pixels_per_mm,
        },
    }
}

impl Counter {
    /// Tells which displays there are now.
    pub fn displays_seen(&self, now: Displays) {
        {
            let displays = &mut self.desk().displays;
            if displays.now == now {
                return;
            }
            *displays = displays.then(now);
        }
        self.notify();
    }

    /// Changes size and contrast of the staff window until the app ends.
    ///
    /// # Errors
    /// `display-unknown`.
    pub fn display(&self, input: &DisplayInput) -> Result<StaffView, DoorError> {
        if !STAFF_SIZES.contains(&input.size) || !CONTRASTS.contains(&input.contrast.as_str()) {
            return Err(DoorError::of("display-unknown"));
        }
        self.desk().drawn = Some(input.clone());
        Ok(self.staff_view())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_display_that_was_there_can_be_lost_and_comes_back() {
        let lost = |counts: &[u32]| {
            let of = |count| Displays { count, staff: None, resident: None };
            counts.iter().fold(Seen::ONE, |seen, count| seen.then(of(*count))).lost
        };
        for (counts, expected) in [
            (&[1][..], false),
            (&[2], false),
            (&[0, 1], false),
            (&[2, 1], true),
            (&[2, 0], true),
            (&[2, 0, 1], true),
            (&[3, 2], false),
            (&[2, 1, 2], false),
        ] {
            assert_eq!(lost(counts), expected, "{counts:?}");
        }
    }

    #[test]
    fn a_millimetre_is_measured_the_settings_are_believed_first_and_a_display_that_says_nothing_is_usual()
     {
        let of = |pixels, millimetres| Some(DisplaySize { pixels, millimetres });
        let usual = USUAL_PIXELS_PER_MM;
        for (display, set, expected) in [
            (of(1920, 480), None, 4.0),
            (of(1920, 480), Some(384), 5.0),
            (of(1920, 0), Some(384), 5.0),
            (of(1920, 0), None, usual),
            (of(1920, 480), Some(0), usual),
            (None, Some(384), usual),
        ] {
            let drawn = drawn(None, 2, display, set).pixels_per_mm;
            assert!((drawn - expected).abs() < 1e-9, "{display:?} {set:?}: {drawn}");
        }
    }
}
