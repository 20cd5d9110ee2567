//! CPU time of this thread: other programs on the machine do not count.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

fn now() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(u64::try_from(time.tv_sec).unwrap_or(0), u32::try_from(time.tv_nsec).unwrap_or(0))
}

/// Median CPU time in microseconds of `work`, from samples of at least two milliseconds each.
pub fn median_us(samples: usize, mut work: impl FnMut()) -> f64 {
    let mut runs = 1_u32;
    while time(runs, &mut work) < Duration::from_millis(2) {
        runs *= 2;
    }
    let mut times: Vec<f64> =
        (0..samples).map(|_| time(runs, &mut work).as_secs_f64() * 1e6 / f64::from(runs)).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn time(runs: u32, work: &mut impl FnMut()) -> Duration {
    let start = now();
    for _ in 0..runs {
        work();
    }
    now() - start
}
