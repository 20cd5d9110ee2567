//! What holds for every command.

use std::fs;
use std::time::SystemTime;

use crate::terminal::{Terminal, finished, program, start};

#[test]
fn the_command_under_test_is_built_from_the_sources_that_lie_here() {
    let program = program();
    let built = fs::metadata(&program).unwrap().modified().unwrap();
    let list = fs::read_to_string(program.with_extension("d")).unwrap();
    let (_, sources) = list.split_once(": ").expect("a list of sources as cargo writes it");
    let changed = |source: &&str| {
        fs::metadata(source).and_then(|file| file.modified()).unwrap_or(SystemTime::now()) > built
    };
    let newer: Vec<&str> = sources.split_whitespace().filter(changed).collect();
    assert!(newer.is_empty(), "`kakanai` is older than {newer:?}: build it again");
}

#[test]
fn wrong_usage_is_one_document_with_exit_code_2() {
    let terminal = Terminal::new();
    for arguments in [
        &["nonsense"][..],
        &["determine", "--pack", "p"],
        &["card", "read"],
        &["card", "read", "--kind", "licence", "--pin-stdin"],
        &["case", "show", "A-0001"],
        &["print", "--pack", "p", "--facts", "f"],
        &["determine", "--pack", "p", "--facts", "f", "--on", "tomorrow"],
    ] {
        terminal.run(arguments).refused(2, "usage");
    }
}

#[test]
fn help_and_version_are_no_failure() {
    let terminal = Terminal::new();
    for argument in ["--help", "--version"] {
        let run = terminal.run(&[argument]);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
        assert!(!run.stdout.is_empty());
    }
}

#[test]
fn without_json_a_failure_is_told_on_standard_error_with_its_code() {
    let terminal = Terminal::new();
    let mut command = terminal.surround(std::process::Command::new(program()));
    command.args(["pack", "check", "nowhere"]);
    let run = finished(start(command, ""));
    assert_eq!((run.code, run.stdout.as_slice()), (Some(2), &[][..]));
    assert!(
        run.stderr.contains("pack-missing") && run.stderr.contains("ルールパック"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_reader_of_the_output_that_has_gone_away_is_no_crash() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let terminal = Terminal::new();
    let mut command = terminal.command(&["pack", "check", "nowhere"]);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(3), "the document reached nobody");
}
