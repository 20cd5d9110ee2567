//! How many displays can be used, as the windows tell, and whether the resident's has gone.

use super::Counter;

/// Displays in use; they never hold back a step of the case.
pub(super) struct Displays {
    /// How many there are; 0 while none can be seen.
    pub count: u32,
    /// There was one of the resident's own, and it has gone.
    pub lost: bool,
}

impl Displays {
    /// Before anybody has counted.
    pub(super) const ONE: Displays = Displays { count: 1, lost: false };

    fn counted(&self, count: u32) -> Displays {
        Displays { count, lost: count < 2 && (self.lost || self.count >= 2) }
    }
}

impl Counter {
    /// Tells how many displays there are now.
    pub fn displays_counted(&self, count: u32) {
        {
            let displays = &mut self.desk().displays;
            if displays.count == count {
                return;
            }
            *displays = displays.counted(count);
        }
        self.notify();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_display_that_was_there_can_be_lost_and_comes_back() {
        let lost = |counts: &[u32]| {
            counts.iter().fold(Displays::ONE, |displays, count| displays.counted(*count)).lost
        };
        for (counts, expected) in [
            (&[1][..], false),
            (&[0, 1], false),
            (&[2], false),
            (&[2, 1], true),
            (&[2, 0], true),
            (&[2, 0, 1], true),
            (&[3, 2], false),
            (&[2, 1, 2], false),
        ] {
            assert_eq!(lost(counts), expected, "{counts:?}");
        }
    }
}
