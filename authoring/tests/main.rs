//! Packs as files, through reading, checking and the whole engine.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod packs {
    mod findings;
    mod home;
    mod households;
    mod sample;
}
