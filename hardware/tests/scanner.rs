//! The scanner on a serial port against a scanner beyond a real pseudo-terminal.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use kakanai_hardware::scan::serial::{Scanner, ScannerEvent, ScannerPort};
use kakanai_simulators::scanner::VirtualScanner;
use tempfile::TempDir;

const PATIENCE: Duration = Duration::from_secs(10);

/// A scanner, who listens to it, and what was heard.
struct Desk {
    scanner: VirtualScanner,
    listener: Scanner,
    heard: Receiver<ScannerEvent>,
    port: PathBuf,
    _folder: TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let port = folder.path().join("scanner");
        let scanner = VirtualScanner::plug_in(&port).unwrap();
        let (tell, heard) = channel();
        let wanted = ScannerPort::Path(port.to_str().unwrap().to_owned());
        let listener = Scanner::open(wanted, move |event| tell.send(event).unwrap()).unwrap();
        let desk = Desk { scanner, listener, heard, port, _folder: folder };
        desk.hears_plugged_in();
        desk
    }

    fn next(&self) -> ScannerEvent {
        self.heard.recv_timeout(PATIENCE).expect("something is heard")
    }

    fn hears(&self, line: &str) {
        let event = self.next();
        assert!(
            event == ScannerEvent::Line(line.to_owned()),
            "{event:?} in place of {} bytes",
            line.len()
        );
    }

    fn hears_plugged_in(&self) {
        assert_eq!(self.next(), ScannerEvent::PluggedIn(self.port.to_str().unwrap().to_owned()));
    }
}

/// 506 digits, as a part of version 10 has.
fn part(index: u32) -> String {
    let digits =
        (0..501).map(|at| char::from_digit((at * 7 + index * 3 + at / 10) % 10, 10).unwrap());
    "46491".chars().chain(digits).collect()
}

#[test]
fn three_parts_with_cr_lf_and_both_arrive_digit_by_digit() {
    let mut desk = Desk::new();
    for (index, end) in (0..).zip(["\r", "\n", "\r\n"]) {
        desk.scanner.send(format!("{}{end}", part(index)).as_bytes()).unwrap();
    }
    (0..3).for_each(|index| desk.hears(&part(index)));
}

#[test]
fn a_code_cut_by_the_plug_is_dropped_and_the_next_ones_arrive() {
    let mut desk = Desk::new();
    desk.scanner.send(format!("{}\r", part(0)).as_bytes()).unwrap();
    desk.hears(&part(0));
    desk.scanner.send(&part(1).as_bytes()[..200]).unwrap();
    desk.scanner.unplug();
    assert_eq!(desk.next(), ScannerEvent::Unplugged);
    assert!(!desk.port.exists());

    desk.scanner.plug_in_again().unwrap();
    desk.hears_plugged_in();
    for index in [1, 2] {
        desk.scanner.send(format!("{}\r\n", part(index)).as_bytes()).unwrap();
        desk.hears(&part(index));
    }
}

#[test]
fn a_scanner_that_comes_later_and_leaves_many_times_is_found_each_time() {
    let mut desk = Desk::new();
    for index in 0..4 {
        desk.scanner.unplug();
        assert_eq!(desk.next(), ScannerEvent::Unplugged);
        desk.scanner.plug_in_again().unwrap();
        desk.hears_plugged_in();
        desk.scanner.send(format!("{}\n", part(index)).as_bytes()).unwrap();
        desk.hears(&part(index));
    }
}

#[test]
fn a_line_without_end_is_told_once_and_garbage_is_told_as_text() {
    let mut desk = Desk::new();
    // More than a pseudo-terminal holds: sent while it is read.
    let endless = "7".repeat(20_000);
    desk.scanner.send(endless.as_bytes()).unwrap();
    desk.scanner.send(b"\r\xFF\x00\x1B[2J\x83\x65\r\n\n\n").unwrap();
    desk.scanner.send(format!("{}\r", part(1)).as_bytes()).unwrap();
    assert_eq!(desk.next(), ScannerEvent::LineTooLong);
    desk.hears("\u{FFFD}\0\u{1B}[2J\u{FFFD}e");
    desk.hears(&part(1));
}

#[test]
fn stopping_gives_the_port_free_at_once() {
    let mut desk = Desk::new();
    drop(desk.listener);
    desk.scanner.send(b"46491\r").unwrap();
    assert_eq!(desk.heard.iter().count(), 0, "nobody listens, and nobody is left to tell");
    let (tell, heard) = channel();
    let wanted = ScannerPort::Path(desk.port.to_str().unwrap().to_owned());
    let _next = Scanner::open(wanted, move |event| tell.send(event).unwrap()).unwrap();
    assert!(matches!(heard.recv_timeout(PATIENCE), Ok(ScannerEvent::PluggedIn(_))));
}
