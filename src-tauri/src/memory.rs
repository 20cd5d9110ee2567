//! What was freed goes back to the system when the counter is quiet.
//!
//! glibc gives back only the end of its heap by itself. Laying out and drawing papers leaves holes below what stays:
//! megabytes that no other program can use.

use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// So long must nothing have happened: longer than between two keys of a clerk who types.
const QUIET: Duration = Duration::from_millis(250);
/// And so often it goes back when nothing happens: glibc overwrites the whole hole that a block grows into (see
/// `environment`), which takes from the system what had gone back.
const EVERY: Duration = Duration::from_secs(1);

/// Starts the thread that gives memory back, and gives what tells it that something happened.
pub fn give_back_when_quiet() -> Sender<()> {
    let (happened, heard) = mpsc::channel();
    thread::spawn(move || {
        loop {
            match heard.recv_timeout(EVERY) {
                Ok(()) => while heard.recv_timeout(QUIET).is_ok() {},
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            give_back();
        }
    });
    happened
}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
#[expect(unsafe_code, reason = "glibc's own call has no safe wrapper")]
fn give_back() {
    // SAFETY: it takes a number and touches only what is free; glibc locks its heaps itself (malloc_trim(3), MT-Safe).
    unsafe { libc::malloc_trim(0) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back() {}
