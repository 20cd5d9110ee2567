//! The hand-over over the sample municipality: read back by another reader, nothing lost, nothing discreet, nothing half.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod captured;
mod read_back;
mod refused;
mod sheets;
mod support;
