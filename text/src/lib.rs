//! Japanese text that every room needs: dates as documents carry them, eras (元号) and clusters.
//!
//! Pure: no clock, files, network or randomness. Nothing here normalises text: a name keeps every
//! code point it came with, variation selectors included.

mod cluster;
mod date;
mod era;

pub use cluster::{cluster_count, clusters};
pub use date::{DateError, PartialDate};
pub use era::{Era, EraDate};
