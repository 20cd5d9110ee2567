//! Why something was not printed: stable codes for screens and the command line.

use super::Media;

/// Why a print call failed. [`PrintError::code`] is the contract; the text is for logs and developers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintError {
    /// Not the address of an IPP printer.
    #[error("a printer's address is ipp://host/path")]
    Uri,
    /// Not fit for a job's name, which must not carry personal data.
    #[error("a job's name is a case number")]
    Name,
    /// Nobody listens at the address.
    #[error("the printer cannot be reached")]
    Unreachable,
    /// The printer, or the device behind its queue, says nothing.
    #[error("the printer does not answer")]
    NoAnswer,
    /// What answered does not speak IPP.
    #[error("the answer is not IPP")]
    Protocol,
    /// The printer does not take PDF; it needs a queue of CUPS.
    #[error("the printer does not accept PDF")]
    RefusedFormat,
    /// The printer has no paper of this size.
    #[error("the printer does not offer {}", .media.name())]
    RefusedMedia {
        /// The size that was asked for.
        media: Media,
    },
    /// The printer has no such tray.
    #[error("the printer has no tray {tray}")]
    RefusedTray {
        /// The keyword that was asked for.
        tray: String,
    },
    /// The printer accepts no jobs at present.
    #[error("the printer accepts no jobs")]
    NotAccepting,
    /// The printer refused the request for another reason.
    #[error("the printer refused: status {status:04X}")]
    Refused {
        /// IPP status code, or the one of HTTP (below 0x0300).
        status: u16,
    },
    /// The printer does not know the job (any more).
    #[error("the printer does not know the job")]
    JobNotFound,
    /// The printer gave the job up.
    #[error("the printer gave the job up")]
    JobAborted {
        /// What the printer says about it, in its own words.
        message: Option<String>,
    },
    /// The job was cancelled.
    #[error("the job was cancelled")]
    JobCanceled,
}

impl PrintError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Uri => "printer-uri",
            Self::Name => "job-name",
            Self::Unreachable => "printer-unreachable",
            Self::NoAnswer => "printer-no-answer",
            Self::Protocol => "printer-protocol",
            Self::RefusedFormat => "printer-refused-format",
            Self::RefusedMedia { .. } => "printer-refused-media",
            Self::RefusedTray { .. } => "printer-refused-tray",
            Self::NotAccepting => "printer-not-accepting",
            Self::Refused { .. } => "printer-refused",
            Self::JobNotFound => "job-not-found",
            Self::JobAborted { .. } => "job-aborted",
            Self::JobCanceled => "job-canceled",
        }
    }
}
