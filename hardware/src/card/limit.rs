//! A time limit for card work: a card that does not answer blocks the PC/SC call, so the call lives in a
//! thread of its own.
//!
//! When the caller has stopped waiting, the thread must not go on and use a try of the PIN behind
//! everybody's back: it asks [`Patience`] before each command, and giving up and going on exclude each other.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use super::CardError;

/// Whether the caller still waits, and what the card work is doing.
pub(super) struct Patience(Mutex<State>);

struct State {
    caller_waits: bool,
    step: Step,
}

/// What the card work is about to do.
#[derive(Clone, Copy)]
pub(super) enum Step {
    /// Waiting for the service, or for the card; another program has it or not.
    Connecting {
        /// The reader was in use by another program.
        in_use: bool,
    },
    /// Commands that cost nothing.
    Exchanging,
    /// The PIN is with the card.
    Verifying,
}

impl Patience {
    pub(super) fn new() -> Self {
        Self(Mutex::new(State { caller_waits: true, step: Step::Connecting { in_use: false } }))
    }

    /// Goes on to `step` unless the caller has given up.
    ///
    /// # Errors
    /// [`CardError::Timeout`] when nobody waits any more.
    pub(super) fn go_on(&self, step: Step) -> Result<(), CardError> {
        let mut state = self.lock();
        if !state.caller_waits {
            return Err(CardError::Timeout { try_may_be_used: false });
        }
        state.step = step;
        Ok(())
    }

    /// Whether a command may be sent within the present step.
    ///
    /// # Errors
    /// [`CardError::Timeout`] when nobody waits any more.
    pub(super) fn still_waited_for(&self) -> Result<(), CardError> {
        if self.lock().caller_waits {
            Ok(())
        } else {
            Err(CardError::Timeout { try_may_be_used: false })
        }
    }

    fn give_up(&self) -> CardError {
        let mut state = self.lock();
        state.caller_waits = false;
        match state.step {
            Step::Connecting { in_use: true } => CardError::ReaderBusy,
            Step::Connecting { in_use: false } | Step::Exchanging => {
                CardError::Timeout { try_may_be_used: false }
            }
            Step::Verifying => CardError::Timeout { try_may_be_used: true },
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Does `work` in a thread of its own and waits at most `time_limit` for it.
///
/// # Errors
/// Those of `work`; [`CardError::Timeout`] or [`CardError::ReaderBusy`] when the time is over.
pub(super) fn within<T: Send + 'static>(
    time_limit: Duration,
    work: impl FnOnce(&Patience) -> Result<T, CardError> + Send + 'static,
) -> Result<T, CardError> {
    let patience = Arc::new(Patience::new());
    let (sender, receiver) = sync_channel(1);
    let patience_of_work = Arc::clone(&patience);
    thread::Builder::new()
        .name("card".to_owned())
        .spawn(move || {
            // Nobody receives after the time limit.
            let _ = sender.send(work(&patience_of_work));
        })
        .map_err(|_| CardError::ServiceUnavailable)?;
    match receiver.recv_timeout(time_limit) {
        Ok(outcome) => outcome,
        Err(RecvTimeoutError::Timeout) => Err(patience.give_up()),
        Err(RecvTimeoutError::Disconnected) => Err(CardError::ServiceUnavailable),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;

    use super::*;

    const SHORT: Duration = Duration::from_millis(20);

    /// Runs work that reaches `step` and blocks there, and gives what the caller and then the work saw.
    fn blocked_at(step: Step) -> (CardError, Result<(), CardError>) {
        let (release, blocked) = channel::<()>();
        let (report, after) = channel();
        let seen: Result<(), CardError> = within(SHORT, move |patience| {
            patience.go_on(step)?;
            let _ = blocked.recv();
            let _ = report.send(patience.go_on(Step::Verifying));
            Ok(())
        });
        drop(release);
        (seen.unwrap_err(), after.recv().unwrap())
    }

    #[test]
    fn a_thread_that_nobody_waits_for_never_sends_the_pin() {
        let (seen, after) = blocked_at(Step::Exchanging);
        assert_eq!(seen, CardError::Timeout { try_may_be_used: false });
        assert_eq!(after, Err(CardError::Timeout { try_may_be_used: false }));
    }

    #[test]
    fn a_timeout_says_whether_the_pin_was_with_the_card_or_the_reader_in_use() {
        assert_eq!(blocked_at(Step::Verifying).0, CardError::Timeout { try_may_be_used: true });
        assert_eq!(blocked_at(Step::Connecting { in_use: true }).0, CardError::ReaderBusy);
    }
}
