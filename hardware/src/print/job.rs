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

/// The paper. Sent with every job: the default of many printers is Letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A4, 210 by 297 mm.
    A4,
}

impl Media {
    pub(super) fn keyword(self) -> &'static str {
        match self {
            Self::A4 => "iso_a4_210x297mm",
        }
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
