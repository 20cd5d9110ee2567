//! The two programs as others start them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use kakanai_simulators::reader::VirtualReader;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

fn persona(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("personas").join(name).with_extension("json")
}

fn eventually(what: &str, mut condition: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(10);
    while !condition() {
        assert!(Instant::now() < deadline, "not in time: {what}");
        sleep(Duration::from_millis(20));
    }
}

fn signal(child: &Child, signal: Signal) {
    kill_process(Pid::from_raw(child.id().try_into().unwrap()).unwrap(), signal).unwrap();
}

/// `kakanai-bench-devices` and its two pipes.
struct Bench {
    child: Child,
    lines: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    addresses: Value,
}

impl Bench {
    fn start(dir: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_kakanai-bench-devices"))
            .arg(dir)
            .arg("--persona")
            .arg(persona("ordinary"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().unwrap());
        let mut bench = Self { child, lines, answers, addresses: Value::Null };
        bench.addresses = bench.answer();
        bench
    }

    fn answer(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn obey(&mut self, line: &str) -> bool {
        writeln!(self.lines.as_mut().unwrap(), "{line}").unwrap();
        self.answer()["ok"].as_bool().unwrap()
    }

    /// Whether the ports of its reader and its printer are taken.
    fn ports_taken(&self, dir: &Path) -> (bool, bool) {
        let config = fs::read_to_string(dir.join("reader/reader.conf")).unwrap();
        let reader = config.lines().find_map(|line| line.strip_prefix("CHANNELID ")).unwrap();
        let printer = self.addresses["printer_uri"].as_str().unwrap();
        let printer = printer.strip_prefix("ipp://localhost:").unwrap().split('/').next().unwrap();
        let taken = |port: &str| TcpListener::bind(("0.0.0.0", port.parse().unwrap())).is_err();
        (taken(reader), taken(printer))
    }
}

#[test]
fn the_bench_is_driven_by_lines_and_stops_with_its_input() {
    let dir = tempfile::tempdir().unwrap();
    let mut bench = Bench::start(dir.path());
    let socket = bench.addresses["pcsclite_csock_name"].as_str().unwrap().to_owned();
    assert!(Path::new(&socket).exists());
    assert!(Path::new(bench.addresses["spool"].as_str().unwrap()).is_dir());
    assert!(Path::new(bench.addresses["card_log"].as_str().unwrap()).exists());
    assert_eq!(bench.ports_taken(dir.path()), (true, true));

    let other = format!("card insert {}", persona("variants").display());
    for line in [&other, "card remove", &other, "printer stop", "printer start", "printer empty"] {
        assert!(bench.obey(line), "{line}");
    }
    assert!(bench.obey("printer stop"));
    assert!(bench.obey("reader stop"));
    assert_eq!(bench.ports_taken(dir.path()), (false, false));
    assert!(!bench.obey(&other), "there is no reader");
    assert!(bench.obey("reader start") && bench.obey("printer start") && bench.obey(&other));
    for line in ["card insert /no/such/file", "card eat", "dance", ""] {
        assert!(!bench.obey(line), "{line}");
    }

    bench.lines = None;
    assert!(bench.child.wait().unwrap().success());
    assert_eq!(bench.ports_taken(dir.path()), (false, false));
}

#[test]
fn nothing_outlives_a_bench_that_is_terminated_or_killed() {
    for how in [Signal::TERM, Signal::KILL] {
        let dir = tempfile::tempdir().unwrap();
        let mut bench = Bench::start(dir.path());
        signal(&bench.child, how);
        let ended = bench.child.wait().unwrap();
        assert_eq!(ended.success(), how == Signal::TERM);
        eventually("the devices are gone", || bench.ports_taken(dir.path()) == (false, false));
    }
}

fn virtual_card(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kakanai-virtual-card"));
    command.args(arguments);
    command
}

#[test]
fn a_card_that_cannot_be_played_is_refused() {
    let ordinary = persona("ordinary");
    let ordinary = ordinary.to_str().unwrap();
    let refused = |arguments: &[&str]| -> Output {
        let output = virtual_card(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        output
    };
    for kind in ["licence", "residence1", "residence2"] {
        let output = refused(&["--persona", ordinary, "--card", kind]);
        assert!(String::from_utf8_lossy(&output.stderr).contains("mynumber"));
    }
    refused(&["--persona", "/no/such/file"]);
    refused(&["--persona", ordinary, "--tries", "4"]);
    refused(&["--persona", ordinary, "--pin", "12345"]);
}

#[test]
fn a_card_waits_for_its_reader_and_leaves_when_it_is_told_to() {
    let dir = tempfile::tempdir().unwrap();
    let port = VirtualReader::start(dir.path()).unwrap().port().to_string();
    let mut card = virtual_card(&["--port", &port, "--persona"]);
    let mut card = card.arg(persona("ordinary")).spawn().unwrap();
    let slot = TcpListener::bind(format!("127.0.0.1:{port}")).unwrap();
    for _ in 0..2 {
        let (mut reader, _) = slot.accept().unwrap();
        reader.write_all(&[0, 1, 4]).unwrap();
        let mut length = [0; 2];
        reader.read_exact(&mut length).unwrap();
        assert_eq!(length, [0, 9], "the card gives its ATR each time it is put in");
    }
    signal(&card, Signal::TERM);
    assert_eq!(card.wait().unwrap().code(), Some(0));
}
