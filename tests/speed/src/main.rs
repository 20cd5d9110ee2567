//! Benchmarks of the rules beside `zen-engine` and `datalogic-rs` on the same decisions.
//!
//! Prints tables in Markdown. Times are CPU times of the thread, and ratios are taken within one run. Ends
//! with an error when the engines disagree about one complete household. With the feature `memory` it prints
//! heap sizes and allocations instead, because counting them makes them slower.

// The memory table uses a part of what the others use.
#![cfg_attr(feature = "memory", allow(dead_code))]

mod chance;
mod clock;
mod datalogic;
mod generator;
mod household;
mod interview;
#[cfg(feature = "memory")]
mod memory;
mod plain;
mod tables;
mod zen;

use std::error::Error;
use std::process::ExitCode;

/// Where all numbers come from.
const SEED: u64 = 20_261_120;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(feature = "memory")]
fn run() -> Result<(), Box<dyn Error>> {
    println!("Seed {SEED}.\n");
    memory::table()
}

#[cfg(not(feature = "memory"))]
fn run() -> Result<(), Box<dyn Error>> {
    println!("Seed {SEED}.\n");
    tables::agreement()?;
    tables::bare()?;
    tables::full()?;
    tables::households()?;
    tables::missing()?;
    tables::questions()
}
