//! Time of the processor that a thread has used, which other programs do not lengthen.

use std::time::Duration;

/// A moment on the clock of this thread; where the system has none, on the wall clock.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ThreadTime {
    #[cfg(unix)]
    at: rustix::time::Timespec,
    #[cfg(not(unix))]
    at: std::time::Instant,
}

#[cfg(unix)]
impl ThreadTime {
    /// Now.
    pub(crate) fn now() -> ThreadTime {
        ThreadTime { at: rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime) }
    }

    /// What this thread has used since.
    pub(crate) fn elapsed(self) -> Duration {
        let used = ThreadTime::now().at - self.at;
        Duration::try_from(used).unwrap_or_default()
    }
}

#[cfg(not(unix))]
impl ThreadTime {
    /// Now.
    pub(crate) fn now() -> ThreadTime {
        ThreadTime { at: std::time::Instant::now() }
    }

    /// What has passed since.
    pub(crate) fn elapsed(self) -> Duration {
        self.at.elapsed()
    }
}
