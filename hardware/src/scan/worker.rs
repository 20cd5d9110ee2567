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

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, Sender, channel};

    use super::*;

    const PATIENCE: Duration = Duration::from_secs(20);

    /// A reader that says which picture it has begun (by its width) and goes on when it is allowed to.
    struct Bench {
        worker: Worker,
        begun: Receiver<u32>,
        go_on: Sender<()>,
        told: Receiver<usize>,
    }

    impl Bench {
        fn new() -> Bench {
            let ((begin, begun), (go_on, allowed), (tell, told)) =
                (channel(), channel(), channel());
            let allowed = Mutex::new(allowed);
            let read = move |picture: &Luma| {
                begin.send(picture.width).unwrap();
                match picture.width {
                    // Stuck for ever.
                    666 => loop {
                        thread::park();
                    },
                    13 => panic!("a decoder stumbles"),
                    _ => allowed.lock().unwrap().recv().unwrap_or(()),
                }
                Reading { passes: usize::try_from(picture.width).unwrap(), ..Reading::default() }
            };
            let tell = move |reading: Reading| tell.send(reading.passes).unwrap_or(());
            Bench { worker: Worker::start_with(read, tell), begun, go_on, told }
        }

        fn offer(&self, width: u32) -> Option<u32> {
            self.worker.offer(Luma::new(width, 1, Vec::new())).map(|left| left.width)
        }

        fn begins(&self) -> u32 {
            self.begun.recv_timeout(PATIENCE).unwrap()
        }

        fn tells(&self) -> usize {
            self.told.recv_timeout(PATIENCE).unwrap()
        }

        /// Offers pictures as a camera does, until one of them is begun.
        fn offers_until_begun(&self, width: u32) {
            let started = Instant::now();
            while self.begun.try_recv() != Ok(width) {
                assert!(started.elapsed() < PATIENCE, "nobody takes the picture");
                self.offer(width);
                thread::sleep(Duration::from_millis(20));
            }
        }
    }

    #[test]
    fn only_the_newest_picture_is_read() {
        let bench = Bench::new();
        assert_eq!(bench.offer(1), None);
        assert_eq!(bench.begins(), 1);
        assert_eq!((bench.offer(2), bench.offer(3), bench.offer(4)), (None, Some(2), Some(3)));
        bench.go_on.send(()).unwrap();
        bench.go_on.send(()).unwrap();
        assert_eq!((bench.tells(), bench.begins(), bench.tells()), (1, 4, 4));
    }

    #[test]
    fn a_decoder_that_panics_has_read_nothing_and_the_next_picture_is_read() {
        let bench = Bench::new();
        bench.offer(13);
        assert_eq!(bench.tells(), 0);
        bench.go_on.send(()).unwrap();
        bench.offer(5);
        assert_eq!(bench.tells(), 5);
    }

    #[test]
    fn behind_a_stuck_picture_the_next_one_is_read_and_a_third_thread_never_starts() {
        let bench = Bench::new();
        bench.offer(666);
        assert_eq!(bench.begins(), 666);
        let stuck_since = Instant::now();
        bench.offers_until_begun(2);
        assert!(stuck_since.elapsed() >= STUCK_AFTER - Duration::from_millis(100));
        bench.go_on.send(()).unwrap();
        assert_eq!(bench.tells(), 2);

        // The second thread is stuck as well: pictures replace each other.
        while bench.begun.try_recv().is_ok() {}
        bench.go_on.send(()).unwrap();
        bench.offers_until_begun(666);
        let until = Instant::now() + STUCK_AFTER * 2;
        while Instant::now() < until {
            bench.offer(3);
            assert!(bench.worker.desk.state().threads <= 2);
            thread::sleep(Duration::from_millis(20));
        }
        assert!(bench.begun.try_iter().all(|width| width == 666), "no thread is left to begin it");
    }

    #[test]
    fn a_thread_that_was_given_up_ends_when_it_comes_back_and_tells_nothing() {
        let bench = Bench::new();
        bench.offer(1);
        assert_eq!(bench.begins(), 1);
        bench.offers_until_begun(2);
        assert_eq!(bench.worker.desk.state().threads, 2);
        bench.go_on.send(()).unwrap();
        bench.go_on.send(()).unwrap();
        assert_eq!(bench.tells(), 2);
        let until = Instant::now() + PATIENCE;
        while bench.worker.desk.state().threads > 1 {
            assert!(Instant::now() < until);
            thread::sleep(Duration::from_millis(5));
            let _ = bench.go_on.send(());
        }
        assert!(!bench.told.try_iter().any(|width| width == 1));
    }

    #[test]
    fn a_worker_that_is_dropped_tells_nobody() {
        let Bench { worker, begun, go_on, told } = Bench::new();
        worker.offer(Luma::new(1, 1, Vec::new()));
        assert_eq!(begun.recv_timeout(PATIENCE), Ok(1));
        drop(worker);
        go_on.send(()).unwrap();
        assert!(told.recv_timeout(PATIENCE).is_err(), "the thread ends and drops its end");
    }
}
