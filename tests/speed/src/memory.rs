//! Heap and allocations, counted.

use std::alloc::System;
use std::error::Error;
use std::hint::black_box;

use kakanai_rules::{Engine, Pack};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

use crate::SEED;
use crate::datalogic::DataLogic;
use crate::generator::{ON, pack};
use crate::tables::{Known, case};
use crate::zen::{Layout, Zen};

#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Bytes that `make` leaves on the heap.
fn held<T>(make: impl FnOnce() -> T) -> isize {
    let region = Region::new(HEAP);
    let kept = make();
    let change = region.change();
    black_box(&kept);
    let size = |bytes: usize| isize::try_from(bytes).unwrap_or(isize::MAX);
    size(change.bytes_allocated) - size(change.bytes_deallocated)
}

fn allocations(work: impl FnOnce()) -> usize {
    let region = Region::new(HEAP);
    work();
    let change = region.change();
    change.allocations + change.reallocations
}

fn kib(bytes: isize) -> String {
    format!("{}", bytes / 1024)
}

/// Sizes of packs and engines, and allocations of one answer.
pub fn table() -> Result<(), Box<dyn Error>> {
    println!("### Memory (KiB) and allocations of one answer, household of 4\n");
    println!(
        "| procedures | compiled pack, JSON | pack in memory | `Engine` beside it | zen-engine, two tables | datalogic-rs | allocations of `statuses` | of `step`, first answer | of `step`, half | of `determine`, half |"
    );
    println!("|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    for procedures in [20, 200, 2000] {
        let generated = pack(procedures, SEED);
        let text = serde_json::to_string(&generated)?;
        let in_memory = held(|| serde_json::from_str::<Pack>(&text));
        let engine = held(|| Engine::new(&generated));
        let zen = held(|| Zen::new(&generated, ON, Layout::Event));
        let datalogic = held(|| DataLogic::new(&generated, ON));
        let ready = Engine::new(&generated);
        let first = case(&generated, 4, 0, Known::First);
        let half = case(&generated, 4, 0, Known::Half);
        println!(
            "| {procedures} | {} | {} | {} | {} | {} | {} | {} | {} | {} |",
            text.len() / 1024,
            kib(in_memory),
            kib(engine),
            kib(zen),
            kib(datalogic),
            allocations(|| {
                black_box(ready.statuses(&half, ON));
            }),
            allocations(|| {
                black_box(ready.step(&first, ON, "ja"));
            }),
            allocations(|| {
                black_box(ready.step(&half, ON, "ja"));
            }),
            allocations(|| {
                black_box(ready.determine(&half, ON, "ja"));
            })
        );
    }
    println!();
    Ok(())
}
