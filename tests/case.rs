//! One whole case at the command line: a resident moves in with a My Number card and a child.
//!
//! The steps stand here once, for everybody who plays the case or a part of it.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::answers;
use crate::repository::compiled_pack;
use crate::terminal::{Run, Terminal, text};

/// Who the sample card belongs to.
pub const HANAKO: &str = "大王　花子";
/// The child that came along.
pub const TARO: &str = "大王　太郎";
/// The reception number of the first case of a store.
pub const CASE: &str = "A-0001";

pub const ACCOUNT: &str = "mihon";
pub const PASSPHRASE: &str = "a long enough passphrase";
const PIN: &str = "1234";

/// What the story is about: person (`-` = the case), fact, answer. Every other question is answered by
/// [`answers::said`].
const ANSWERS: &[(&str, &str, &str)] = &[
    ("-", "event", "tennyu"),
    ("-", "from", "other_pref"),
    ("-", "move_date", "2026-11-14"),
    ("-", "planned_out_date", "2026-11-13"),
    ("-", "out_certificate", "paper"),
    ("-", "any_card", "yes"),
    ("-", "any_seal", "yes"),
    ("-", "new_address", "みほん県みほん市見本町二丁目３番４号"),
    ("-", "new_address_katagaki", "みほん荘１０２号室"),
    ("-", "previous_address", "三重県みほん市見本町１丁目２番３号"),
    ("-", "new_head_name", HANAKO),
    ("-", "previous_head_name", HANAKO),
    ("-", "phone", "?"),
    ("p1", "moving", "yes"),
    ("p1", "relation", "head"),
    ("p1", "nationality", "jp"),
    ("p1", "name_kana", "ダイオウ　ハナコ"),
    ("p1", "insurance_after", "kokuho"),
    ("p1", "mynumber_card", "valid"),
    ("p1", "seal_registration", "yes"),
    ("p1", "child_allowance_earner", "yes"),
    ("p1", "public_servant", "yes"),
    ("p2", "moving", "yes"),
    ("p2", "relation", "child"),
    ("p2", "name", TARO),
    ("p2", "name_kana", "ダイオウ　タロウ"),
    ("p2", "birth_date", "2019-06-01"),
    ("p2", "sex", "male"),
    ("p2", "insurance_after", "kokuho"),
    ("p2", "mynumber_card", "none"),
    ("p2", "child_allowance_earner", "no"),
];

/// A command on a case: what follows `kakanai case`, and what it adds to the journal of the case.
#[derive(Clone, Default)]
pub struct Step {
    pub arguments: Vec<String>,
    /// Lines on standard input after the passphrase.
    pub more_input: String,
    pub events: &'static [&'static str],
}

/// Where the store of a case is, and the pack that its terminal works with.
pub struct Store {
    pub folder: PathBuf,
    pub pack: PathBuf,
}

impl Step {
    fn of(arguments: &[&str], events: &'static [&'static str]) -> Self {
        let arguments = arguments.iter().map(|&argument| argument.to_owned()).collect();
        Self { arguments, more_input: String::new(), events }
    }

    pub fn new() -> Self {
        Self::of(&["new", "--on", "2026-11-20"], &["CaseOpened"])
    }

    pub fn read_card() -> Self {
        let step = Self::of(&["add", CASE, "--card", "--pin-stdin"], &["DocumentRead"]);
        Self { more_input: format!("{PIN}\n"), ..step }
    }

    /// The household's answers to these facts of one subject, in one step.
    pub fn answer(subject: &str, facts: &[&str]) -> Self {
        let said = |fact: &&str| {
            told(subject, fact).unwrap_or_else(|| panic!("nothing is told: {subject} {fact}"))
        };
        Self::say(subject, facts.iter().map(said).collect())
    }

    /// Answers these questions, all about one subject, in one step.
    pub fn reply(subject: &str, questions: &[&Value]) -> Self {
        let said = |question: &&Value| {
            let fact = question["fact"].as_str().unwrap();
            told(subject, fact).unwrap_or_else(|| answers::said(question))
        };
        Self::say(subject, questions.iter().map(said).collect())
    }

    /// Every answer about one subject that the story is about, in one step.
    pub fn answer_all(subject: &str) -> Self {
        let of_subject = ANSWERS.iter().filter(|(whose, ..)| *whose == subject);
        Self::answer(subject, &of_subject.map(|(_, fact, _)| *fact).collect::<Vec<_>>())
    }

    fn say(subject: &str, answers: Vec<String>) -> Self {
        let mut step = Self::of(&["answer", CASE], &["Stated"]);
        step.arguments.extend(answers);
        if subject != "-" {
            step.arguments.extend(["--person".to_owned(), subject.to_owned()]);
        }
        step
    }

    /// Nobody else belongs to the household.
    pub fn household_complete() -> Self {
        Self::of(&["answer", CASE, "people=complete"], &["Stated"])
    }

    pub fn decide() -> Self {
        Self::of(&["decide", CASE], &["Decided"])
    }

    pub fn print(printer: &str) -> Self {
        let events = &["Decided", "Printed", "PrintFinished"];
        Self::of(&["print", CASE, "--printer", printer], events)
    }

    /// Prints, and keeps the papers in a folder too.
    pub fn print_and_keep(printer: &str, folder: &Path) -> Self {
        let events = &["Decided", "Exported", "Printed", "PrintFinished"];
        let print = ["print", CASE, "--printer", printer, "--out", text(folder)];
        Self::of(&print, events)
    }

    pub fn show() -> Self {
        Self::of(&["show", CASE], &["Viewed"])
    }

    pub fn export(file: &Path) -> Self {
        Self::of(&["export", CASE, "--out", text(file)], &["Exported"])
    }

    /// Writes the files for robots, into `out` or where the settings say.
    pub fn hand_over(out: Option<&Path>) -> Self {
        let mut step = Self::of(&["handover", CASE], &["Exported", "HandedOver"]);
        if let Some(out) = out {
            step.arguments.extend(["--out".to_owned(), text(out).to_owned()]);
        }
        step
    }

    /// Types the name and the birth date of somebody without a card.
    pub fn named(person: &str) -> Self {
        let said = [format!("name={HANAKO}"), "birth_date=1985-04-01".to_owned()];
        Self::say(person, said.to_vec())
    }

    pub fn close() -> Self {
        Self::of(&["close", CASE], &["Closed"])
    }

    pub fn purge() -> Self {
        Self::of(&["purge", CASE, "--reason", "the time to keep it is over"], &["case-purged"])
    }
}

/// What the story says about a fact, as `case answer` takes it.
fn told(subject: &str, fact: &str) -> Option<String> {
    let found = ANSWERS.iter().find(|(whose, id, _)| (*whose, *id) == (subject, fact));
    found.map(|(_, fact, answer)| format!("{fact}={answer}"))
}

impl Store {
    /// A store that works with the sample municipality.
    pub fn at(folder: PathBuf) -> Self {
        Self { folder, pack: compiled_pack().to_owned() }
    }

    /// The arguments and the standard input of a step on this store.
    pub fn command(&self, step: &Step) -> (Vec<String>, String) {
        let arguments = [&["case".to_owned()], step.arguments.as_slice()].concat();
        (self.opening(arguments), format!("{PASSPHRASE}\n{}", step.more_input))
    }

    /// The arguments that open the store, after those of a command.
    fn opening(&self, mut arguments: Vec<String>) -> Vec<String> {
        let opening = ["--passphrase-stdin", "--account", ACCOUNT, "--store", text(&self.folder)];
        arguments.extend(opening.map(str::to_owned));
        arguments.extend(["--pack".to_owned(), text(&self.pack).to_owned()]);
        arguments
    }

    /// Makes the store with its first account.
    pub fn make(&self, terminal: &Terminal) {
        let arguments = self.opening(vec!["store".to_owned(), "new".to_owned()]);
        terminal.run_with(&arguments, &format!("{PASSPHRASE}\n")).done();
    }

    /// Runs a step.
    pub fn run(&self, terminal: &Terminal, step: &Step) -> Run {
        let (arguments, input) = self.command(step);
        terminal.run_with(&arguments, &input)
    }

    /// Checks the chain of the journal: how many events it has.
    pub fn verify(&self, terminal: &Terminal) -> u64 {
        let arguments = self.opening(vec!["store".to_owned(), "verify".to_owned()]);
        let report = terminal.run_with(&arguments, &format!("{PASSPHRASE}\n")).done();
        assert_eq!(report["first_bad"], Value::Null, "{report}");
        report["events"].as_u64().unwrap()
    }
}
