//! Prefill format 1, from outside: households of the sample pack, changed sheets, hostile bytes, test vectors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod chance;
mod family;
mod hostile;
mod household;
mod sample;
mod size;
mod slip;
mod table;
mod vectors;
