//! The readers that are compared: ours, `rqrr` as it comes, and two of other languages in processes of their own.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;

use kakanai_hardware::scan::{Chain, Luma};
use kakanai_simulators::camera::Frame;
use rustix::time::{ClockId, clock_gettime};
use serde::Deserialize;

/// How long a reader may take for one frame before it is given up.
const PATIENCE: Duration = Duration::from_secs(60);

/// What one frame gave.
#[derive(Debug, Clone, Deserialize)]
pub struct Given {
    /// The codes.
    pub payloads: Vec<Vec<u8>>,
    /// Time of the processor, in milliseconds.
    pub cpu_ms: f64,
}

/// Something that reads frames.
pub trait Reader {
    /// What the tables call it.
    fn name(&self) -> &'static str;
    /// Reads one; none when it took longer than anybody waits.
    fn read(&mut self, frame: &Frame) -> Option<Given>;
}

/// The chain.
pub struct Ours;

/// `rqrr` without passes.
pub struct Rqrr;

/// A reader in Python.
pub struct Peer {
    name: &'static str,
    process: Child,
    answers: BufReader<ChildStdout>,
}

/// The frame as the product takes it.
pub fn luma(frame: &Frame) -> Luma {
    Luma::new(frame.width.into(), frame.height.into(), frame.pixels.clone())
}

impl Reader for Ours {
    fn name(&self) -> &'static str {
        "Kakanai"
    }

    fn read(&mut self, frame: &Frame) -> Option<Given> {
        let reading = Chain::default().read(&luma(frame));
        let payloads = reading.codes.into_iter().map(|code| code.payload).collect();
        Some(Given { payloads, cpu_ms: reading.cpu_ms })
    }
}

impl Reader for Rqrr {
    fn name(&self) -> &'static str {
        "rqrr 0.11"
    }

    fn read(&mut self, frame: &Frame) -> Option<Given> {
        let (tell, told) = channel();
        let frame = frame.clone();
        // One that does not come back ends with the program.
        std::thread::spawn(move || tell.send(rqrr(&frame)).unwrap_or(()));
        told.recv_timeout(PATIENCE).ok()
    }
}

fn rqrr(frame: &Frame) -> Given {
    let cpu = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 * 1e3 + time.tv_nsec as f64 / 1e6
    };
    let started = cpu();
    let (width, height) = (usize::from(frame.width), usize::from(frame.height));
    let pixel = |x, y| frame.pixels[y * width + x];
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, pixel);
    let read = |grid: &rqrr::Grid<_>| {
        let mut payload = Vec::new();
        grid.decode_to(&mut payload).ok().map(|_| payload)
    };
    let payloads = prepared.detect_grids().iter().filter_map(read).collect();
    Given { payloads, cpu_ms: cpu() - started }
}

impl Peer {
    /// Starts one in the Python of `./dev bench scan`.
    pub fn start(name: &'static str) -> Peer {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut process = Command::new(here.join("../target/scan-python/bin/python"))
            .arg(here.join("peers/readers.py"))
            .arg(name)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the Python of `./dev bench scan`");
        let answers = BufReader::new(process.stdout.take().expect("its output"));
        Peer { name, process, answers }
    }
}

impl Reader for Peer {
    fn name(&self) -> &'static str {
        self.name
    }

    fn read(&mut self, frame: &Frame) -> Option<Given> {
        let input = self.process.stdin.as_mut().expect("its input");
        let sides = [frame.width, frame.height].map(|side| u32::from(side).to_le_bytes());
        input.write_all(&sides.concat()).expect("a reader that listens");
        input.write_all(&frame.pixels).expect("a reader that listens");
        input.flush().expect("a reader that listens");
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        Some(serde_json::from_str(&line).expect("an answer in JSON"))
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        let _ = self.process.wait();
    }
}
