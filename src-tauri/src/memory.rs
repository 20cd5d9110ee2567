//! What was freed goes back to the system when the counter is quiet.
//!
//! glibc gives back only the end of its heap by itself. Reading the sheets of a pack, or drawing a paper, leaves many
//! holes below what stays: tens of megabytes that no other program can use.

use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::Duration;

/// So long must nothing have happened: longer than between two keys of a clerk who types.
const QUIET: Duration = Duration::from_millis(250);
/// So long after that, what the windows asked for on the news has been built and dropped, too.
const SETTLED: Duration = Duration::from_secs(1);

/// Starts the thread that gives memory back, and gives what tells it that something happened.
pub fn give_back_when_quiet() -> Sender<()> {
    let (happened, heard) = mpsc::channel();
    thread::spawn(move || {
        while heard.recv().is_ok() {
            loop {
                while heard.recv_timeout(QUIET).is_ok() {}
                give_back();
                if heard.recv_timeout(SETTLED).is_err() {
                    break;
                }
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
