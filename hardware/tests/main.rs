//! The card and print code against the real stack: a real pcscd with a virtual card behind it, and a real
//! IPP printer without paper.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout)]

mod card;
mod child;
mod frames;
mod printer;
mod scanner;
