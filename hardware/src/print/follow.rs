//! Following a job until it is over.

use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{JobId, JobState, JobStatus, PrintError, PrinterUri, job};

const POLL_EVERY: Duration = Duration::from_millis(500);

/// How long a job may stand still before [`follow`] gives up on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Without any reason a person could do something about: the printer does not answer.
    pub unexplained: Duration,
    /// With such a reason: somebody is fetching paper.
    pub explained: Duration,
}

impl Default for Patience {
    /// 20 seconds, and ten minutes.
    fn default() -> Self {
        Self { unexplained: Duration::from_secs(20), explained: Duration::from_secs(600) }
    }
}

/// Asks for the job again and again until it is over; tells `on_change` each time something has changed.
///
/// To end it early, [`super::cancel`] the job from elsewhere. Giving up leaves the job with the printer.
///
/// # Errors
/// [`PrintError::JobAborted`], [`PrintError::JobCanceled`]; [`PrintError::NoAnswer`] when the job stood still
/// for longer than `patience`; [`PrintError::Unreachable`] when the printer went away.
pub fn follow(
    printer: &PrinterUri,
    id: JobId,
    patience: Patience,
    mut on_change: impl FnMut(&JobStatus),
) -> Result<JobStatus, PrintError> {
    let mut last: Option<JobStatus> = None;
    let mut since = Instant::now();
    loop {
        let status = job(printer, id)?;
        if last.as_ref() != Some(&status) {
            on_change(&status);
            since = Instant::now();
        }
        match status.state {
            JobState::Completed => return Ok(status),
            JobState::Canceled => return Err(PrintError::JobCanceled),
            JobState::Aborted => return Err(PrintError::JobAborted { message: status.message }),
            _ => {}
        }
        let explained = status.printer_reasons.iter().any(|reason| reason.waits_for_somebody());
        let limit = if explained { patience.explained } else { patience.unexplained };
        if since.elapsed() > limit {
            return Err(PrintError::NoAnswer);
        }
        last = Some(status);
        sleep(POLL_EVERY);
    }
}
