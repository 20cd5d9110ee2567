//! Japanese text that every room needs: dates as documents carry them, eras (元号), clusters,
//! and the one encoding beside UTF-8 that a counter still meets (CP932).
//!
//! Pure: no clock, files, network or randomness. Nothing here normalises text: a name keeps every
//! code point it came with, variation selectors included.

mod cluster;
mod cp932;
mod date;
mod era;
mod likeness;

pub use cluster::{cluster_count, clusters};
pub use cp932::{NotInCp932, decode_cp932, encode_cp932, windows_forms};
pub use date::{DateError, PartialDate};
pub use era::{Era, EraDate};
pub use likeness::{is_like_address, is_like_name};
