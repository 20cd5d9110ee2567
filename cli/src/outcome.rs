//! What a command ends with: one document or one error, and the exit code of the contract.

use std::io::{self, Write};
use std::process::ExitCode;

use kakanai_counter::door::DoorError;
use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::words;

/// How a failed command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// The answer is no.
    No,
    /// Wrong usage or wrong input file.
    Input,
    /// A device, the printer or the store failed.
    Device,
}

impl Exit {
    fn code(self) -> ExitCode {
        ExitCode::from(match self {
            Exit::No => 1,
            Exit::Input => 2,
            Exit::Device => 3,
        })
    }
}

/// A failed command.
#[derive(Debug)]
pub struct Failure {
    /// Stable code.
    pub code: String,
    /// Exit code.
    pub exit: Exit,
    /// Numbers and places; never a resident's data.
    pub details: Json,
}

/// A document, with the lines that stand for it without `--json`.
pub struct Answer {
    /// The document.
    pub json: Json,
    /// Lines for people.
    pub lines: Vec<String>,
    /// Whether the answer is no (exit code 1).
    pub no: bool,
}

/// The outcome of a command.
pub type Outcome = Result<Answer, Failure>;

impl Answer {
    /// What a use case gave, as a document.
    ///
    /// # Errors
    /// `internal` for what cannot be written as JSON.
    pub fn of(document: &impl Serialize, lines: Vec<String>) -> Outcome {
        let json =
            serde_json::to_value(document).map_err(|_| Failure::new("internal", Exit::Device))?;
        Ok(Answer::yes(json, lines))
    }

    /// A good answer.
    pub fn yes(json: Json, lines: Vec<String>) -> Answer {
        Answer { json, lines, no: false }
    }
}

impl Failure {
    /// A failure without details.
    pub fn new(code: &str, exit: Exit) -> Failure {
        Failure { code: code.to_owned(), exit, details: json!({}) }
    }

    /// Adds details.
    #[must_use]
    pub fn with(mut self, details: Json) -> Failure {
        self.details = details;
        self
    }
}

/// Errors of the use cases end by their code.
impl<E: Into<DoorError>> From<E> for Failure {
    fn from(error: E) -> Failure {
        let error: DoorError = error.into();
        let details: serde_json::Map<String, Json> = error
            .details
            .into_iter()
            .map(|(name, value)| {
                let value = match (value.parse::<u64>(), value.as_str()) {
                    (Ok(number), _) => json!(number),
                    (_, "true") => json!(true),
                    _ => json!(value),
                };
                (name, value)
            })
            .collect();
        Failure { exit: exit_of(&error.code), code: error.code, details: Json::Object(details) }
    }
}

fn exit_of(code: &str) -> Exit {
    const INPUT: [&str; 13] = [
        "blank-",
        "image-",
        "qr-text-",
        "pack-",
        "fact",
        "person-",
        "form-",
        "settings-",
        "account-",
        "answer-",
        "file-exists",
        "key-",
        "page-",
    ];
    match code {
        "blank-reader" | "page-io" | "page-size-unknown" => Exit::Device,
        "pin-wrong"
        | "pin-blocked"
        | "pin-last-try"
        | "pin-none"
        | "code-b-wrong"
        | "code-b-blocked"
        | "code-b-last-try"
        | "unknown-card"
        | "paper-refused"
        | "handover-newer"
        | "handover-differs"
        | "handover-other-case"
        | "no-base-form"
        | "substitute-missing"
        | "nothing-to-undo"
        | "card-holder"
        | "conflict-unknown"
        | "no-code"
        | "damaged"
        | "newer-format"
        | "foreign-sheet"
        | "part-conflict"
        | "sheet-incomplete"
        | "sheet-people"
        | "sheet-expired"
        | "sheet-from-the-future"
        | "message-size"
        | "suite-unknown"
        | "key-unknown"
        | "seal-broken"
        | "unpack-broken"
        | "unpack-limit"
        | "body-encoding"
        | "body-malformed"
        | "format-unknown"
        | "other-municipality"
        | "validity-wrong"
        | "key-exists"
        | "text-not-allowed"
        | "too-long"
        | "too-many-people"
        | "leaflet-refused"
        | "slip-no-key"
        | "slip-not-carried"
        | "case-closed"
        | "wrong-passphrase"
        | "passphrase-too-short"
        | "not-allowed" => Exit::No,
        "pin-format"
        | "code-b-format"
        | "key-form"
        | "key-private"
        | "key-public"
        | "key-purpose"
        | "key-unusable"
        | "key-not-held"
        | "municipality-code"
        | "language-wrong"
        | "value-without-number"
        | "printer-uri"
        | "case-unknown"
        | "case-purged"
        | "nothing-to-print"
        | "no-handover-folder"
        | "discreet-apart"
        | "nothing-to-settle"
        | "substitute-form"
        | "store-exists"
        | "display-name-invalid"
        | "counter-letter-invalid" => Exit::Input,
        code if INPUT.iter().any(|start| code.starts_with(start)) => Exit::Input,
        _ => Exit::Device,
    }
}

/// Prints the outcome and gives the exit code. A document that reaches nobody is no success.
pub fn tell(outcome: Outcome, json: bool) -> ExitCode {
    let (told, code) = match outcome {
        Ok(answer) => {
            let code = if answer.no { Exit::No.code() } else { ExitCode::SUCCESS };
            let told = if json {
                document(&answer.json)
            } else {
                let lines: String = answer.lines.iter().map(|line| format!("{line}\n")).collect();
                shown(io::stdout(), &lines)
            };
            (told, code)
        }
        Err(failure) => {
            let told = if json {
                document(&error(&failure.code, &failure.details))
            } else {
                shown(io::stderr(), &error_lines(&failure))
            };
            (told, failure.exit.code())
        }
    };
    if told.is_ok() { code } else { Exit::Device.code() }
}

/// Wrong usage; help and version are no failure.
pub fn usage(wrong: &clap::Error) -> ExitCode {
    let told = if wrong.use_stderr() && std::env::args().any(|argument| argument == "--json") {
        let text = wrong.render().to_string();
        document(&error(
            "usage",
            &json!({"usage": text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")}),
        ))
    } else {
        wrong.print()
    };
    match told {
        Err(_) => Exit::Device.code(),
        Ok(()) if wrong.use_stderr() => Exit::Input.code(),
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn error(code: &str, details: &Json) -> Json {
    let (message, hint) = words::error(code);
    json!({"error": {"code": code, "message": message, "hint": hint, "details": details}})
}

fn error_lines(failure: &Failure) -> String {
    let (message, hint) = words::error(&failure.code);
    let details = failure.details.as_object().into_iter().flatten();
    let details: String = details.map(|(name, value)| format!("  {name}: {value}\n")).collect();
    format!("{message}（{}）\n{hint}\n{details}", failure.code)
}

fn document(json: &Json) -> io::Result<()> {
    shown(io::stdout(), &format!("{json}\n"))
}

/// Writes all at once. Of a document longer than a pipe holds a kill can leave the first part; its line has no end then.
fn shown(mut out: impl Write, text: &str) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.flush()
}
