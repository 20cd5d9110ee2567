//! Jobs: what is sent, and what the printer says about it.

use std::str::FromStr;

use serde::Serialize;

use super::{PrintError, Reason};

/// Longest name; IPP allows 255 bytes, a queue's list shows about this much.
const NAME_LEN_MAX: usize = 64;

/// The name of a job: the case number and nothing else.
///
/// It shows on the printer's panel and stays in logs of queues and printers, so a resident's name must
/// not fit in: ASCII letters, digits, `-`, `_` and `.` only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobName(String);

impl JobName {
    /// The name as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for JobName {
    type Err = PrintError;

    fn from_str(text: &str) -> Result<Self, PrintError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if text.is_empty() || text.len() > NAME_LEN_MAX || !text.bytes().all(plain) {
            return Err(PrintError::Name);
        }
        Ok(Self(text.to_owned()))
    }
}

/// A paper size. Sent with every job: the default of many printers is Letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Media {
    /// 297 by 420 mm.
    A3,
    /// 210 by 297 mm.
    A4,
    /// 148 by 210 mm.
    A5,
    /// JIS B4, 257 by 364 mm.
    B4,
    /// JIS B5, 182 by 257 mm.
    B5,
}

/// How far a page may be from a size and still be of it, in millimetres.
const SIZE_TOLERANCE: f32 = 1.0;

impl Media {
    pub(super) const ALL: [Self; 5] = [Self::A3, Self::A4, Self::A5, Self::B4, Self::B5];

    /// The size of a page of so many millimetres, upright or lying; `None` for any other.
    pub fn of_page(width: f32, height: f32) -> Option<Self> {
        let (short, long) = (width.min(height), width.max(height));
        Self::ALL.into_iter().find(|media| {
            let [x, y] = media.hundredths().map(|side| f32::from(side) / 100.0);
            (short - x).abs() < SIZE_TOLERANCE && (long - y).abs() < SIZE_TOLERANCE
        })
    }

    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A3 => "A3",
            Self::A4 => "A4",
            Self::A5 => "A5",
            Self::B4 => "B4",
            Self::B5 => "B5",
        }
    }

    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::A3 => "iso_a3_297x420mm",
            Self::A4 => "iso_a4_210x297mm",
            Self::A5 => "iso_a5_148x210mm",
            Self::B4 => "jis_b4_257x364mm",
            Self::B5 => "jis_b5_182x257mm",
        }
    }

    /// Short and long side in hundredths of a millimetre, as `media-col` has them.
    pub(super) fn hundredths(self) -> [u16; 2] {
        match self {
            Self::A3 => [29_700, 42_000],
            Self::A4 => [21_000, 29_700],
            Self::A5 => [14_800, 21_000],
            Self::B4 => [25_700, 36_400],
            Self::B5 => [18_200, 25_700],
        }
    }
}

/// Longest keyword of IPP.
const TRAY_LEN_MAX: usize = 255;

/// A tray by its IPP keyword (`media-source`: `tray-1`, `manual`, …).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Tray(String);

impl Tray {
    /// The keyword.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Tray {
    type Err = PrintError;

    fn from_str(text: &str) -> Result<Self, PrintError> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
        if text.is_empty() || text.len() > TRAY_LEN_MAX || !text.bytes().all(plain) {
            return Err(PrintError::RefusedTray { tray: text.to_owned() });
        }
        Ok(Self(text.to_owned()))
    }
}

/// Which sides of the paper are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sides {
    /// 片面
    OneSided,
    /// 両面, turned over the long edge.
    TwoSidedLongEdge,
    /// 両面, turned over the short edge.
    TwoSidedShortEdge,
}

impl Sides {
    pub(super) const ALL: [Self; 3] =
        [Self::OneSided, Self::TwoSidedLongEdge, Self::TwoSidedShortEdge];

    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::OneSided => "one-sided",
            Self::TwoSidedLongEdge => "two-sided-long-edge",
            Self::TwoSidedShortEdge => "two-sided-short-edge",
        }
    }
}

/// What is to be printed.
#[derive(Debug, Clone)]
pub struct PrintJob<'a> {
    /// The case number.
    pub name: JobName,
    /// The document, sent byte for byte.
    pub pdf: &'a [u8],
    /// The paper.
    pub media: Media,
    /// The tray it lies in; `None` leaves that to the printer.
    pub tray: Option<Tray>,
    /// The sides.
    pub sides: Sides,
}

/// The printer's number of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct JobId(pub i32);

/// The state of a job (RFC 8011).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Waiting for its turn.
    Pending,
    /// Held back.
    PendingHeld,
    /// On the way to the paper; also when the tray is empty, or the device silent.
    Processing,
    /// Stopped in the middle.
    ProcessingStopped,
    /// Cancelled.
    Canceled,
    /// Given up by the printer.
    Aborted,
    /// The printer has all of it.
    Completed,
}

impl JobState {
    pub(super) fn of_code(code: i32) -> Option<Self> {
        Some(match code {
            3 => Self::Pending,
            4 => Self::PendingHeld,
            5 => Self::Processing,
            6 => Self::ProcessingStopped,
            7 => Self::Canceled,
            8 => Self::Aborted,
            9 => Self::Completed,
            _ => return None,
        })
    }

    /// Whether nothing more will happen.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Canceled | Self::Aborted | Self::Completed)
    }
}

/// A job and its printer at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JobStatus {
    /// The job's state.
    pub state: JobState,
    /// The job's reasons.
    pub reasons: Vec<Reason>,
    /// The printer's reasons: an empty tray shows only here.
    pub printer_reasons: Vec<Reason>,
    /// Sides that are done, where the printer counts them.
    pub sides_done: Option<i32>,
    /// The job's message, in the printer's own words.
    pub message: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_the_size_of_its_paper_upright_and_lying() {
        for (page, media) in [
            ((210.0, 297.0), Some(Media::A4)),
            ((297.0, 210.0), Some(Media::A4)),
            ((420.0, 297.0), Some(Media::A3)),
            ((182.0, 257.0), Some(Media::B5)),
            ((215.9, 279.4), None),
        ] {
            assert_eq!(Media::of_page(page.0, page.1), media, "{page:?}");
        }
    }

    #[test]
    fn a_residents_name_does_not_fit_into_a_jobs_name() {
        assert_eq!(
            "2026-000123.A_1".parse::<JobName>().map(|name| name.0).as_deref(),
            Ok("2026-000123.A_1")
        );
        let long = "1".repeat(65);
        for text in ["", "大王　花子", "HANAKO DAIO", "a\nb", &long] {
            assert_eq!(text.parse::<JobName>(), Err(PrintError::Name), "{text}");
        }
    }
}
