//! The sample papers of みほん市 through the real fonts, the real PDF writer, and poppler and qpdf as readers.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr
)]

mod annex;
mod codes;
mod combs;
mod golden;
mod names;
mod outline;
mod papers;
mod placed;
mod rules;
mod sheets;
mod support;
mod templates;
mod vertical;
