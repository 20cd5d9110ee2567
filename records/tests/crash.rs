//! Real `SIGKILL`: every event that was acknowledged before the kill is there after it.
//!
//! The page cache survives a kill, so kills prove the order of writes and locks; that an event was also
//! flushed is seen in the system calls.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use kakanai_records::Role;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};

use crate::{PASSPHRASE, new_store, now, open};

const CHILD: &str = "KAKANAI_RECORDS_TEST_WRITER";
const KILLS: u32 = 12;
const KILLS_IN_CALLS: u32 = 12;

/// Not a test of its own: appends until it is killed, and says so after each append.
#[test]
fn child_appends_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let mut store = open(folder.as_ref(), "hanako", PASSPHRASE).unwrap();
    let mut out = std::io::stdout();
    let mut acknowledge = |seq: u64| {
        out.write_all(format!("\ndone {seq}\n").as_bytes()).unwrap();
        out.flush().unwrap();
    };
    let case = store.open_case("CaseOpened", b"", now()).unwrap();
    for step in 0_u32.. {
        let payload = step.to_be_bytes().repeat(1 + (step as usize % 300));
        acknowledge(store.append(&case, "Answered", &payload, now()).unwrap().seq);
        if step % 10 == 9 {
            let gone = store.open_case("CaseOpened", b"", now()).unwrap();
            acknowledge(store.purge_case(&gone, b"test", now()).unwrap().seq);
        }
    }
}

fn writer(folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "crash::child_appends_until_it_is_killed", "--nocapture"])
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

/// Runs a writer that `stop` ends after some acknowledgements; returns the last one.
fn last_acknowledged(
    mut command: Command,
    mut stop: impl FnMut(&mut std::process::Child, u32),
) -> Option<u64> {
    let mut child = command.spawn().unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut last = None;
    let mut count = 0;
    for line in lines {
        if let Some(seq) = line.unwrap().strip_prefix("done ") {
            last = seq.parse().ok();
            count += 1;
            stop(&mut child, count);
        }
    }
    assert!(!child.wait().unwrap().success(), "the writer was not killed");
    last
}

/// Opens the store after a kill and checks it; returns how many events it holds.
fn check(folder: &Path, acknowledged: Option<u64>) -> u64 {
    let store = open(folder, "hanako", PASSPHRASE).unwrap();
    let report = store.verify().unwrap();
    assert_eq!(report.first_bad, None);
    assert!(report.events > acknowledged.unwrap_or(0), "an acknowledged event is missing");
    for case in store.cases().unwrap() {
        if case.purged_at.is_none() {
            assert_eq!(store.events(&case.id).unwrap().len() as u64, case.events);
        }
    }
    report.events
}

fn seeded(seed: u64) -> TestRng {
    println!("seed {seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    TestRng::from_seed(RngAlgorithm::ChaCha, &bytes)
}

#[test]
fn a_process_killed_at_any_moment_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let mut random = seeded(1);
    for _ in 0..KILLS {
        let after = 1 + random.next_u32() % 40;
        let delay = Duration::from_micros(u64::from(random.next_u32() % 8_000));
        let last = last_acknowledged(writer(folder.path()), |child, count| {
            if count == after {
                // The moment of the kill, not a wait for anything.
                thread::sleep(delay);
                child.kill().unwrap();
            }
        });
        assert!(last.is_some());
        let events = check(folder.path(), last);
        println!("killed after {after} acknowledgements and {delay:?}: {events} events");
    }
}

/// The writer under `strace`, killed when it makes one of `calls` for the `when`th time; what it traced
/// goes to `log`. `None`, with a notice, where there is no `strace`.
#[cfg(target_os = "linux")]
fn traced_writer(
    folder: &Path,
    traced: &str,
    (calls, when): (&str, u32),
    log: &Path,
) -> Option<Command> {
    if Command::new("strace").arg("-V").stdout(Stdio::null()).status().is_err() {
        eprintln!("SKIPPED: strace is not installed, system calls are not looked at");
        return None;
    }
    let plain = writer(folder);
    let mut command = Command::new("strace");
    command
        .args(["-f", "-q", "-e", &format!("trace={traced}")])
        .args(["-e", &format!("inject={calls}:signal=KILL:when={when}"), "-o"])
        .arg(log)
        .arg(plain.get_program())
        .args(plain.get_args())
        .env(CHILD, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    Some(command)
}

#[cfg(target_os = "linux")]
#[test]
fn a_process_killed_inside_a_write_or_a_flush_loses_nothing_it_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let mut random = seeded(2);
    let mut cut_short = 0;
    for kill in 0..KILLS_IN_CALLS {
        let (calls, most) =
            [("pwrite64", 200), ("fsync,fdatasync", 60), ("ftruncate", 6)][kill as usize % 3];
        let when = 1 + random.next_u32() % most;
        let nowhere = Path::new("/dev/null");
        let command = traced_writer(folder.path(), calls, (calls, when), nowhere);
        let Some(command) = command else { return };
        let last = last_acknowledged(command, |_, _| ());
        let events = check(folder.path(), last);
        cut_short += u32::from(last.is_some());
        println!("killed in {calls} number {when}: {events} events, acknowledged {last:?}");
    }
    assert!(cut_short > 0, "no kill came after an acknowledgement");
}

#[cfg(target_os = "linux")]
#[test]
fn nothing_is_acknowledged_before_the_disk_was_told_to_flush_it() {
    let folder = tempfile::tempdir().unwrap();
    drop(new_store(folder.path(), Role::Staff));
    let log = folder.path().join("calls");
    let flushes = "fsync,fdatasync";
    let traced = format!("write,{flushes}");
    let Some(command) = traced_writer(folder.path(), &traced, (flushes, 60), &log) else {
        return;
    };
    last_acknowledged(command, |_, _| ());

    let mut flushed = false;
    let mut acknowledged = 0;
    for call in std::fs::read_to_string(&log).unwrap().lines() {
        if call.contains("sync(") {
            flushed = true;
        } else if call.contains("done ") {
            assert!(flushed, "acknowledged without a flush: {call}");
            flushed = false;
            acknowledged += 1;
        }
    }
    assert!(acknowledged > 10, "{acknowledged} acknowledgements are too few to tell");
}
