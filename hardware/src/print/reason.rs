//! Reasons (`printer-state-reasons`, `job-state-reasons`): why paper does not come out.

use std::fmt;

use serde::{Serialize, Serializer};

/// One reason. Printers mark them `-error`, `-warning` or `-report`, each in its own way, so the mark is
/// dropped: an empty tray is `media-empty-warning` on some.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Out of paper.
    MediaEmpty,
    /// Paper runs low.
    MediaLow,
    /// Another paper has to be put in.
    MediaNeeded,
    /// Paper jam.
    MediaJam,
    /// A door or cover is open.
    DoorOpen,
    /// A tray is missing.
    InputTrayMissing,
    /// The output tray is full.
    OutputFull,
    /// Toner or ink is used up.
    MarkerEmpty,
    /// Toner or ink runs low.
    MarkerLow,
    /// The printer has been stopped by an operator.
    Paused,
    /// The device behind the queue does not answer.
    Offline,
    /// The job is being cancelled; the device has not let go of it yet.
    ProcessingToStopPoint,
    /// Any other keyword.
    Other(String),
}

const MARKS: [&str; 3] = ["-error", "-warning", "-report"];

impl Reason {
    /// The reason of a keyword; `None` for `none`.
    pub(super) fn of_keyword(keyword: &str) -> Option<Self> {
        let plain = MARKS.iter().find_map(|mark| keyword.strip_suffix(mark)).unwrap_or(keyword);
        Some(match plain {
            "none" => return None,
            "media-empty" => Self::MediaEmpty,
            "media-low" => Self::MediaLow,
            "media-needed" => Self::MediaNeeded,
            "media-jam" => Self::MediaJam,
            "door-open" | "cover-open" | "interlock-open" => Self::DoorOpen,
            "input-tray-missing" => Self::InputTrayMissing,
            "output-area-full" | "output-tray-missing" => Self::OutputFull,
            "marker-supply-empty" | "toner-empty" => Self::MarkerEmpty,
            "marker-supply-low" | "toner-low" => Self::MarkerLow,
            "paused" | "moving-to-paused" => Self::Paused,
            "offline" | "shutdown" | "timed-out" | "connecting-to-device" => Self::Offline,
            "processing-to-stop-point" => Self::ProcessingToStopPoint,
            other => Self::Other(other.to_owned()),
        })
    }

    /// The stable code, for texts in any language; a keyword of the printer's own for [`Reason::Other`].
    pub fn code(&self) -> &str {
        match self {
            Self::MediaEmpty => "media-empty",
            Self::MediaLow => "media-low",
            Self::MediaNeeded => "media-needed",
            Self::MediaJam => "media-jam",
            Self::DoorOpen => "door-open",
            Self::InputTrayMissing => "input-tray-missing",
            Self::OutputFull => "output-full",
            Self::MarkerEmpty => "marker-empty",
            Self::MarkerLow => "marker-low",
            Self::Paused => "paused",
            Self::Offline => "offline",
            Self::ProcessingToStopPoint => "processing-to-stop-point",
            Self::Other(keyword) => keyword,
        }
    }

    /// Whether a person can do something about it at the printer, so that waiting makes sense.
    pub fn waits_for_somebody(&self) -> bool {
        matches!(
            self,
            Self::MediaEmpty
                | Self::MediaNeeded
                | Self::MediaJam
                | Self::DoorOpen
                | Self::InputTrayMissing
                | Self::OutputFull
                | Self::MarkerEmpty
                | Self::Paused
        )
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_severity_makes_no_difference() {
        for keyword in
            ["media-empty", "media-empty-error", "media-empty-warning", "media-empty-report"]
        {
            assert_eq!(Reason::of_keyword(keyword), Some(Reason::MediaEmpty));
        }
        assert_eq!(Reason::of_keyword("cover-open-error"), Some(Reason::DoorOpen));
        assert_eq!(Reason::of_keyword("none"), None);
        let other = Reason::of_keyword("fuser-over-temp-warning");
        assert_eq!(other.as_ref().map(Reason::code), Some("fuser-over-temp"));
    }
}
