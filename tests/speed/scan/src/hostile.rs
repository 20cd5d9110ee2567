//! Frames without a code, tiled with finder patterns: what each reader spends on one, and how long the next good
//! frame waits behind it in our worker.

use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use kakanai_hardware::scan::Worker;
use kakanai_simulators::camera::{hostile, sample};

use crate::reader::{Reader, luma};
use crate::{SEED, row};

const MODULES: [u16; 4] = [12, 6, 4, 3];

/// Prints the table.
pub fn compare(mut readers: Vec<Box<dyn Reader>>) {
    println!("\nHostile frames, 1080p, seconds of CPU\n");
    row("pixels a module", MODULES.iter().map(u16::to_string));
    row("---", MODULES.iter().map(|_| "---:".to_owned()));
    for reader in &mut readers {
        let seconds = |pixels: &u16| match reader.read(&hostile(*pixels)) {
            Some(given) => format!("{:.2}", given.cpu_ms / 1e3),
            None => "given up after 60".to_owned(),
        };
        let cells: Vec<String> = MODULES.iter().map(seconds).collect();
        row(reader.name(), cells.into_iter());
    }
    let waits = MODULES.iter().map(|pixels| format!("{:.2}", wait(*pixels).as_secs_f64()));
    row("our worker: until the next good frame is read", waits);
}

/// From a hostile frame's arrival until the good frame behind it is read; a camera offers ten frames a second.
fn wait(pixels: u16) -> Duration {
    let good = sample(SEED, 0).expect("the first frame");
    let (tell, told) = channel();
    let worker = Worker::start(move |reading| tell.send(reading).unwrap_or(()));
    let started = Instant::now();
    worker.offer(luma(&hostile(pixels)));
    // It is taken before the next frame comes.
    std::thread::sleep(Duration::from_millis(100));
    loop {
        worker.offer(luma(&good.frame));
        let reading = told.recv_timeout(Duration::from_millis(100)).unwrap_or_default();
        if reading.codes.iter().any(|code| good.payloads.contains(&code.payload)) {
            return started.elapsed();
        }
    }
}
