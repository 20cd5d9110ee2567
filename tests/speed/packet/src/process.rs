//! What a process tells about itself: CPU time, memory, and the PDF it made.

use std::error::Error;
use std::fs;
use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};
use serde::{Deserialize, Serialize};

/// One engine's figures.
#[derive(Debug, Serialize, Deserialize)]
pub struct Figures {
    /// CPU of the whole process until its first packet was finished, in milliseconds.
    pub cold_ms: f64,
    /// Median CPU of the further packets, in milliseconds; 0 when there were none.
    pub warm_ms: f64,
    /// Largest resident set, in KiB.
    pub peak_kib: u64,
}

/// CPU time of this process, user and system.
pub fn cpu() -> Duration {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// A line of `/proc/self/status` in KiB.
pub fn memory(key: &str) -> Result<u64, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(key)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse()?)
}

/// Makes the packet `1 + runs` times, keeps the first as a file and prints the figures.
pub fn report(
    pdf: &str,
    runs: usize,
    mut packet: impl FnMut() -> Result<Vec<u8>, Box<dyn Error>>,
) -> Result<(), Box<dyn Error>> {
    let first = packet()?;
    let cold_ms = cpu().as_secs_f64() * 1e3;
    fs::write(pdf, &first)?;
    let mut times = Vec::new();
    for _ in 0..runs {
        let start = cpu();
        let again = packet()?;
        times.push((cpu() - start).as_secs_f64() * 1e3);
        if again != first {
            return Err("two packets of the same values differ".into());
        }
    }
    times.sort_by(f64::total_cmp);
    let warm_ms = times.get(times.len() / 2).copied().unwrap_or(0.0);
    let figures = Figures { cold_ms, warm_ms, peak_kib: memory("VmHWM")? };
    println!("{}", serde_json::to_string(&figures)?);
    Ok(())
}
