//! Which sockets the command opens: the card service's, the chosen printer's, no other; and it listens on none.

use std::collections::BTreeSet;

use crate::case::{Step, Store};
use crate::devices::{CardDesk, Printer};
use crate::household::Household;
use crate::repository::compiled_pack;
use crate::terminal::{Terminal, text};
use crate::trace;

/// Calls that make a program reachable.
const LISTENING: [&str; 4] = ["bind", "listen", "accept", "accept4"];

/// Where a program connected to, and which of the listening calls it made.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sockets {
    local: BTreeSet<String>,
    internet: BTreeSet<String>,
    listening: Vec<String>,
}

fn between<'a>(line: &'a str, start: &str, end: &str) -> &'a str {
    let rest = line.split_once(start).unwrap_or_else(|| panic!("no {start} in {line}")).1;
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} in {line}")).0
}

fn sockets(calls: &str) -> Sockets {
    let mut sockets = Sockets::default();
    for line in calls.lines() {
        let Some((before, arguments)) = line.split_once('(') else { continue };
        let call = before.rsplit(' ').next().unwrap_or_default();
        if LISTENING.contains(&call) {
            sockets.listening.push(line.to_owned());
        } else if arguments.contains("AF_UNIX") && arguments.contains("sun_path=") {
            sockets.local.insert(between(line, "sun_path=\"", "\"").to_owned());
        } else if arguments.contains("sa_family=AF_INET,") {
            let port = between(line, "sin_port=htons(", ")");
            sockets.internet.insert(format!("{}:{port}", between(line, "inet_addr(\"", "\"")));
        } else {
            assert!(
                !arguments.contains("sa_family=")
                    && (call != "socket" || allowed_family(arguments)),
                "a socket of another kind: {line}"
            );
        }
    }
    sockets
}

fn allowed_family(arguments: &str) -> bool {
    ["AF_UNIX,", "AF_INET,"].iter().any(|family| arguments.starts_with(family))
}

fn of(terminal: &Terminal, arguments: &[String], input: &str) -> Sockets {
    let (run, calls) = trace::calls(terminal, arguments, input, "network,execve");
    run.done();
    sockets(&calls)
}

fn owned(arguments: &[&str]) -> Vec<String> {
    arguments.iter().map(|&argument| argument.to_owned()).collect()
}

#[test]
fn print_connects_to_the_chosen_printer_and_to_nothing_else() {
    let terminal = Terminal::new();
    let printer = Printer::start();
    let facts = terminal.write("facts.json", &Household::of_public_servant().file());
    let uri = printer.numeric_uri();
    let inputs = ["--pack", text(compiled_pack()), "--facts", text(&facts)];

    let printing = owned(&[&["print"], &inputs[..], &["--printer", &uri]].concat());
    let address = between(&uri, "ipp://", "/").to_owned();
    let printer_only = Sockets { internet: BTreeSet::from([address]), ..Sockets::default() };
    assert_eq!(of(&terminal, &printing, ""), printer_only);

    for command in [&["determine"][..], &["questions"], &["print", "--out", "papers"]] {
        let arguments = owned(&[command, &inputs].concat());
        assert_eq!(of(&terminal, &arguments, ""), Sockets::default(), "{command:?}");
    }
}

#[test]
fn a_case_connects_to_the_card_service_and_the_chosen_printer_and_to_nothing_else() {
    let desk = CardDesk::ordinary(|_| ());
    let printer = Printer::start();
    let uri = printer.numeric_uri();
    let store = Store::at(desk.terminal.place("store"));
    let nothing = Sockets::default;
    let card_service = || {
        let socket = text(desk.reader.csock_name()).to_owned();
        Sockets { local: BTreeSet::from([socket]), ..nothing() }
    };
    let chosen_printer = || {
        let address = between(&uri, "ipp://", "/").to_owned();
        Sockets { internet: BTreeSet::from([address]), ..nothing() }
    };
    for (step, expected) in [
        (Step::new(), nothing()),
        (Step::read_card(), card_service()),
        (Step::answer_all("-"), nothing()),
        (Step::answer_all("p1"), nothing()),
        (Step::household_complete(), nothing()),
        (Step::show(), nothing()),
        (Step::decide(), nothing()),
        (Step::print(&uri), chosen_printer()),
        (Step::export(&desk.terminal.place("facts.json")), nothing()),
        (Step::close(), nothing()),
        (Step::purge(), nothing()),
    ] {
        let (arguments, input) = store.command(&step);
        assert_eq!(of(&desk.terminal, &arguments, &input), expected, "{:?}", step.arguments);
    }
}

#[test]
fn a_socket_is_seen_in_a_trace() {
    let found = sockets(
        "7 execve(\"/bin/kakanai\", [\"kakanai\"], 0x1 /* 5 vars */) = 0\n\
         7 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_TCP) = 5\n\
         7 connect(5, {sa_family=AF_INET, sin_port=htons(631), sin_addr=inet_addr(\"192.0.2.7\")}, 16 <unfinished ...>\n\
         8 connect(6, {sa_family=AF_UNIX, sun_path=\"/run/pcscd/pcscd.comm\"}, 110) = 0\n\
         8 <... connect resumed>) = 0\n\
         7 listen(5, 128) = 0\n",
    );
    assert!(found.internet.contains("192.0.2.7:631"));
    assert!(found.local.contains("/run/pcscd/pcscd.comm"));
    assert_eq!(found.listening.len(), 1);
}
