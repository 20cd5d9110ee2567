//! Card calls in a process of their own: libpcsclite takes the service's socket from the environment, which
//! a test must not change for its neighbours. The test program runs itself with one test selected.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use kakanai_hardware::card::{
    CardError, CodeB, LastTry, Pin, TIME_LIMIT, pin_tries_left_within,
    read_my_number_card_by_code_b_within, read_my_number_card_within, readers,
};
use kakanai_hardware::print::{PrinterUri, capabilities};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const REQUEST: &str = "KAKANAI_TEST_REQUEST";
const MARK: &str = "RESULT ";
const CARD_SEEN_WITHIN: Duration = Duration::from_secs(5);

/// What the child shall do.
#[derive(Clone, Serialize, Deserialize)]
pub enum Act {
    Readers,
    Tries,
    Read { pin: String, confirmed: bool },
    ReadByCode { code: String, confirmed: bool },
    Hold { exclusively: bool },
    Capabilities { printer: String },
}

/// A request to the child.
#[derive(Clone, Serialize, Deserialize)]
pub struct Request {
    pub act: Act,
    pub reader: Option<String>,
    pub time_limit: Duration,
    /// Wait until so many readers have a card: presence is seen up to half a second late.
    pub cards: usize,
}

impl Request {
    pub fn new(act: Act) -> Self {
        Self { act, reader: None, time_limit: TIME_LIMIT, cards: 1 }
    }

    pub fn reading(pin: &str) -> Self {
        Self::new(Act::Read { pin: pin.to_owned(), confirmed: false })
    }

    pub fn reading_by_code(code: &str) -> Self {
        Self::new(Act::ReadByCode { code: code.to_owned(), confirmed: false })
    }

    /// Runs the request against the service at `socket` and gives its result.
    pub fn run(self, socket: &Path) -> Value {
        Running::start(&self, socket, &[]).result()
    }
}

/// A child at work.
pub struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Running {
    pub fn start(request: &Request, socket: &Path, environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "child::the_child_process", "--ignored", "--nocapture"])
            .env(REQUEST, serde_json::to_string(request).unwrap())
            .env("PCSCLITE_CSOCK_NAME", socket)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// The next result line; the child may go on after it.
    pub fn next(&mut self) -> Value {
        let mut line = String::new();
        loop {
            line.clear();
            if self.out.read_line(&mut line).unwrap() == 0 {
                panic!("the child gave no result: {}", self.complaints());
            }
            if let Some((_, result)) = line.split_once(MARK) {
                return serde_json::from_str(result).unwrap();
            }
        }
    }

    /// The result line; the child must end well after it, and print nothing else that matters.
    pub fn result(mut self) -> Value {
        let result = self.next();
        drop(self.child.stdin.take());
        assert_eq!(self.complaints(), "");
        assert!(self.child.wait().unwrap().success());
        result
    }

    fn complaints(&mut self) -> String {
        let mut complaints = String::new();
        self.child.stderr.take().unwrap().read_to_string(&mut complaints).unwrap();
        complaints
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
#[ignore = "the child process of the other tests"]
fn the_child_process() {
    let Ok(request) = std::env::var(REQUEST) else { return };
    let request: Request = serde_json::from_str(&request).unwrap();
    wait_for_cards(request.cards);
    let reader = request.reader.as_deref();
    let result = match request.act {
        Act::Readers => outcome(readers()),
        Act::Tries => outcome(pin_tries_left_within(request.time_limit, reader)),
        Act::Read { pin, confirmed } => outcome(Pin::parse(pin).and_then(|pin| {
            read_my_number_card_within(request.time_limit, reader, pin, last_try(confirmed))
        })),
        Act::ReadByCode { code, confirmed } => outcome(CodeB::parse(code).and_then(|code| {
            let (limit, last_try) = (request.time_limit, last_try(confirmed));
            read_my_number_card_by_code_b_within(limit, reader, code, last_try)
        })),
        Act::Hold { exclusively } => return hold(exclusively),
        Act::Capabilities { printer } => {
            let printer: PrinterUri = printer.parse().unwrap();
            match capabilities(&printer) {
                Ok(able) => serde_json::to_value(able).unwrap(),
                Err(error) => json!({"code": error.code()}),
            }
        }
    };
    println!("{MARK}{result}");
}

fn last_try(confirmed: bool) -> LastTry {
    if confirmed { LastTry::Confirmed } else { LastTry::Refuse }
}

fn outcome<T: Serialize>(result: Result<T, CardError>) -> Value {
    match result {
        Ok(value) => serde_json::to_value(value).unwrap(),
        Err(error) => json!({"code": error.code(), "details": error.details()}),
    }
}

fn wait_for_cards(wanted: usize) {
    let deadline = Instant::now() + CARD_SEEN_WITHIN;
    let seen = || readers().unwrap().iter().filter(|reader| reader.card).count();
    while wanted > 0 && seen() < wanted {
        assert!(Instant::now() < deadline, "fewer than {wanted} cards seen");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Keeps the first card until standard input closes, as another program would.
fn hold(exclusively: bool) {
    let context = pcsc::Context::establish(pcsc::Scope::User).unwrap();
    let reader = context.list_readers_owned().unwrap().remove(0);
    let mode = if exclusively { pcsc::ShareMode::Exclusive } else { pcsc::ShareMode::Shared };
    let mut card = context.connect(&reader, mode, pcsc::Protocols::ANY).unwrap();
    let transaction = card.transaction().unwrap();
    println!("{MARK}\"held\"");
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
    drop(transaction);
}
