//! What crosses rooms, tested on the real parts: the built `kakanai`, a real pcscd, a real IPP printer, the real store.
//!
//! Nothing is skipped: what a test needs and does not find is a failure that says what to install. Nothing here
//! reaches into a room; what can be tested inside one is tested there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod answers;
mod blank;
mod case;
mod chance;
mod command;
mod devices;
mod house;
mod household;
mod kept_pack;
mod kill;
mod manual;
mod packs;
mod papers;
mod pdf;
mod picture;
mod repository;
mod sockets;
mod story;
mod terminal;
mod trace;
