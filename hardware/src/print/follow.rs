//! Following a job until it is over.

use std::ops::ControlFlow;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{JobId, JobState, JobStatus, PrintError, PrinterUri, Reason, job};

const POLL_EVERY: Duration = Duration::from_millis(500);

/// Questions in a row that may go unanswered before the printer counts as gone.
const MISSED_POLLS: u32 = 3;

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

/// Who follows a job. A closure over [`JobStatus`] is one that gives a silent job up.
pub trait Follower {
    /// The job or its printer has changed.
    fn changed(&mut self, status: &JobStatus);

    /// The job has stood still for as long as [`Patience`] lasts; `explained` when a person could do something
    /// about it. `Continue` waits for as long again.
    fn silent(&mut self, _explained: bool) -> ControlFlow<()> {
        ControlFlow::Break(())
    }

    /// Asked at every look: whether the follower has had enough.
    fn leaves(&mut self) -> bool {
        false
    }
}

impl<F: FnMut(&JobStatus)> Follower for F {
    fn changed(&mut self, status: &JobStatus) {
        self(status);
    }
}

/// Asks for the job again and again until it is over; tells the follower each time something has changed.
///
/// To end it early, [`super::cancel`] the job from elsewhere. Giving up leaves the job with the printer.
///
/// # Errors
/// [`PrintError::JobAborted`], [`PrintError::JobCanceled`]; [`PrintError::NoAnswer`] when the job stood still
/// for longer than `patience` or the follower left; this and [`PrintError::Unreachable`] when the printer went
/// away and stayed away.
pub fn follow(
    printer: &PrinterUri,
    id: JobId,
    patience: Patience,
    mut follower: impl Follower,
) -> Result<JobStatus, PrintError> {
    let mut last: Option<JobStatus> = None;
    let mut since = Instant::now();
    let mut missed = 0;
    loop {
        if follower.leaves() {
            return Err(PrintError::NoAnswer);
        }
        let status = match job(printer, id) {
            Err(PrintError::Unreachable | PrintError::NoAnswer) if missed < MISSED_POLLS => {
                missed += 1;
                sleep(POLL_EVERY);
                continue;
            }
            answer => answer?,
        };
        missed = 0;
        if last.as_ref() != Some(&status) {
            follower.changed(&status);
            since = Instant::now();
        }
        match status.state {
            JobState::Completed => return Ok(status),
            JobState::Canceled => return Err(PrintError::JobCanceled),
            JobState::Aborted => return Err(PrintError::JobAborted { message: status.message }),
            _ => {}
        }
        let explained = status.printer_reasons.iter().any(Reason::waits_for_somebody);
        let limit = if explained { patience.explained } else { patience.unexplained };
        if since.elapsed() > limit {
            if follower.silent(explained).is_break() {
                return Err(PrintError::NoAnswer);
            }
            since = Instant::now();
        }
        last = Some(status);
        sleep(POLL_EVERY);
    }
}
