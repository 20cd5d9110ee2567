//! How much of the set of frames each reader reads, what it costs, and what hostile frames do to it.
//!
//! Everything in one run, in turn, frame by frame. `./dev bench scan` prepares the readers of other languages.

mod hostile;
mod reader;

use std::collections::BTreeMap;

use kakanai_simulators::camera::{Category, sample, samples};
use reader::{Ours, Peer, Reader, Rqrr};

const SEED: u64 = 20_261_120;

/// What one reader did with the set.
#[derive(Debug, Default)]
struct Score {
    read: BTreeMap<Category, usize>,
    wrong: usize,
    small: Vec<f64>,
    large: Vec<f64>,
}

fn main() {
    let seeds: Vec<u64> = std::env::args().skip(1).filter_map(|seed| seed.parse().ok()).collect();
    let seeds = if seeds.is_empty() { vec![SEED] } else { seeds };
    for seed in seeds {
        compare(seed);
    }
    hostile::compare(readers());
}

fn readers() -> Vec<Box<dyn Reader>> {
    let (zxing, zbar) = (Peer::start("zxing-cpp"), Peer::start("zbar"));
    vec![Box::new(Ours), Box::new(Rqrr), Box::new(zxing), Box::new(zbar)]
}

fn compare(seed: u64) {
    let mut readers = readers();
    let mut scores: Vec<Score> = readers.iter().map(|_| Score::default()).collect();
    let mut codes = BTreeMap::<Category, usize>::new();
    for sample in (0..samples()).filter_map(|number| sample(seed, number)) {
        *codes.entry(sample.category).or_default() += sample.payloads.len();
        for (reader, score) in readers.iter_mut().zip(&mut scores) {
            let Some(given) = reader.read(&sample.frame) else { continue };
            let known = sample.payloads.iter().filter(|payload| given.payloads.contains(payload));
            *score.read.entry(sample.category).or_default() += known.count();
            score.wrong +=
                given.payloads.iter().filter(|payload| !sample.payloads.contains(payload)).count();
            let times =
                if sample.frame.width == 1280 { &mut score.small } else { &mut score.large };
            times.push(given.cpu_ms);
        }
    }
    let names: Vec<&str> = readers.iter().map(|reader| reader.name()).collect();
    println!("\nSeed {seed}, {} frames, {} codes\n", samples(), codes.values().sum::<usize>());
    row("% of codes read", names.iter().map(|name| (*name).to_owned()));
    row("---", names.iter().map(|_| "---:".to_owned()));
    let part = |read: usize, of: usize| format!("{:.1}", 100.0 * read as f64 / of as f64);
    for (category, of) in &codes {
        let read = scores.iter().map(|score| score.read.get(category).copied().unwrap_or_default());
        row(&format!("{} ({of})", category.name()), read.map(|read| part(read, *of)));
    }
    let of = codes.values().sum();
    row(&format!("**all** ({of})"), scores.iter().map(|score| part(score.read.values().sum(), of)));
    row("payloads that are in no code", scores.iter().map(|score| score.wrong.to_string()));
    let times = |times: &[f64]| {
        let mut sorted = times.to_vec();
        sorted.sort_by(f64::total_cmp);
        let at = |part: f64| sorted[((sorted.len() - 1) as f64 * part).round() as usize];
        format!("{:.1} / {:.1}", at(0.5), at(0.95))
    };
    row("CPU ms 720p, median / 95 %", scores.iter().map(|score| times(&score.small)));
    row("CPU ms 1080p, median / 95 %", scores.iter().map(|score| times(&score.large)));
}

/// A row of a table.
fn row(head: &str, cells: impl Iterator<Item = String>) {
    println!("| {head} | {} |", cells.collect::<Vec<_>>().join(" | "));
}
