//! The card, print and scan code against the real stack: a real pcscd with a virtual card behind it, a real
//! IPP printer without paper, a real pseudo-terminal with a scanner behind it; and frames of a camera that is none.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]
#![allow(clippy::print_stdout)]

mod card;
mod child;
mod code_b;
mod frames;
mod image;
mod printer;
mod scanner;
