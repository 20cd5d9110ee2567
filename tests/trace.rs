//! The command under `strace`: what it asks of the system, and death in the middle of it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::terminal::{Run, Terminal, finished, program, start};

/// Runs `kakanai --json` under strace and gives its system calls of the kinds `traced`, one a line.
pub fn calls(
    terminal: &Terminal,
    arguments: &[String],
    input: &str,
    traced: &str,
) -> (Run, String) {
    let log = terminal.place("trace.log");
    let run =
        finished(start(strace(terminal, arguments, &[&format!("trace={traced}")], &log), input));
    let calls = fs::read_to_string(&log).unwrap_or_default();
    assert!(
        run.code.is_some_and(|code| code <= 3) && !calls.is_empty(),
        "strace cannot trace a program here; this test needs ptrace (in a container: --cap-add=SYS_PTRACE) \
         and is not skipped: {}",
        run.stderr
    );
    fs::remove_file(&log).unwrap();
    (run, calls)
}

/// Runs `kakanai --json` and kills it when it makes the system call `call` for the `when`th time, before
/// the system has done anything of it.
pub fn killed_in(
    terminal: &Terminal,
    arguments: &[String],
    input: &str,
    (call, when): (&str, u64),
) -> Run {
    let what = [format!("trace={call}"), format!("inject={call}:signal=SIGKILL:when={when}")];
    let command = strace(terminal, arguments, &[&what[0], &what[1]], Path::new("/dev/null"));
    finished(start(command, input))
}

fn strace(terminal: &Terminal, arguments: &[String], what: &[&str], log: &Path) -> Command {
    let installed = Command::new("strace").arg("-V").output().is_ok();
    assert!(installed, "strace is needed (package strace); this test is not skipped without it");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-s", "256", "-o"]).arg(log);
    command.args(what.iter().flat_map(|expression| ["-e", expression]));
    command.arg(program()).arg("--json").args(arguments);
    terminal.surround(command)
}

/// How often the busiest thread made each call. strace counts calls by thread.
pub fn counts(calls: &str) -> BTreeMap<String, u64> {
    let mut by_thread: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for line in calls.lines() {
        let Some((thread, call)) = line.split_once(' ') else { continue };
        if let Some((name, _)) = call.trim_start().split_once('(') {
            *by_thread.entry((thread, name)).or_default() += 1;
        }
    }
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for ((_, name), count) in by_thread {
        let most = counts.entry(name.to_owned()).or_default();
        *most = (*most).max(count);
    }
    counts
}
