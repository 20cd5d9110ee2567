//! Decodes off the thread that takes the pictures: only the newest picture counts, and one that takes for ever takes
//! neither the camera nor the machine with it.
//!
//! At most two threads: when one has been busy with a picture for a second, a second one goes on with the next, and
//! the first one ends when it comes back, its reading forgotten. While both are busy, pictures only replace each other.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use super::{Chain, Luma, Reading};

/// How long one picture may take before the next one goes elsewhere.
const STUCK_AFTER: Duration = Duration::from_secs(1);

type Read = dyn Fn(&Luma) -> Reading + Send + Sync;
type Tell = dyn Fn(Reading) + Send + Sync;

/// Reads the newest of the pictures it is offered.
pub struct Worker {
    desk: Arc<Desk>,
}

struct Desk {
    state: Mutex<State>,
    changed: Condvar,
    read: Box<Read>,
    tell: Box<Tell>,
}

#[derive(Default)]
struct State {
    newest: Option<Luma>,
    /// Since when the thread whose turn it is reads a picture.
    busy: Option<Instant>,
    /// Which thread takes pictures; an earlier one ends.
    turn: u64,
    threads: usize,
    stopped: bool,
}

impl Worker {
    /// Starts with the chain for frames. `tell` gets what each picture gave, on a thread of the worker.
    pub fn start(tell: impl Fn(Reading) + Send + Sync + 'static) -> Worker {
        let chain = Chain::default();
        Worker::start_with(move |picture| chain.read(picture), tell)
    }

    fn start_with(
        read: impl Fn(&Luma) -> Reading + Send + Sync + 'static,
        tell: impl Fn(Reading) + Send + Sync + 'static,
    ) -> Worker {
        let (read, tell) = (Box::new(read), Box::new(tell));
        let desk = Desk { state: Mutex::default(), changed: Condvar::new(), read, tell };
        let worker = Worker { desk: Arc::new(desk) };
        worker.take_turn(&mut worker.desk.state());
        worker
    }

    /// Offers a picture; gives back the one that nobody had looked at yet.
    pub fn offer(&self, picture: Luma) -> Option<Luma> {
        let mut state = self.desk.state();
        let left = state.newest.replace(picture);
        let stuck = state.busy.is_some_and(|since| since.elapsed() >= STUCK_AFTER);
        if stuck && state.threads < 2 {
            self.take_turn(&mut state);
        }
        self.desk.changed.notify_all();
        left
    }

    /// Starts the thread whose turn it is from now on.
    fn take_turn(&self, state: &mut State) {
        let turn = state.turn + 1;
        let desk = Arc::clone(&self.desk);
        let thread = thread::Builder::new().name("scan".to_owned());
        if thread.spawn(move || desk.work(turn)).is_ok() {
            state.turn = turn;
            state.busy = None;
            state.threads += 1;
        }
    }
}

/// Stops without waiting: a thread that is stuck ends by itself, and tells nobody.
impl Drop for Worker {
    fn drop(&mut self) {
        self.desk.state().stopped = true;
        self.desk.changed.notify_all();
    }
}

impl fmt::Debug for Worker {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Worker({} threads)", self.desk.state().threads)
    }
}

impl Desk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn work(&self, turn: u64) {
        while let Some(picture) = self.next(turn) {
            // A decoder reads what strangers print.
            let reading = catch_unwind(AssertUnwindSafe(|| (self.read)(&picture)));
            if self.has(turn) {
                (self.tell)(reading.unwrap_or_default());
            }
        }
        self.state().threads -= 1;
    }

    /// Waits for a picture; none when the worker stops or another thread has taken over.
    fn next(&self, turn: u64) -> Option<Luma> {
        let mut state = self.state();
        loop {
            if state.stopped || state.turn != turn {
                return None;
            }
            state.busy = None;
            if let Some(picture) = state.newest.take() {
                state.busy = Some(Instant::now());
                return Some(picture);
            }
            state = self.changed.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn has(&self, turn: u64) -> bool {
        let state = self.state();
        state.turn == turn && !state.stopped
    }
}
