//! The command's face: what is refused, and what the journal says about a job.

use std::path::PathBuf;

use kakanai_counter::door::DoorError;
use kakanai_counter::printing::Target;
use kakanai_counter::register::{Place, Register};
use kakanai_simulators::printer::{Model, VirtualPrinter};
use tempfile::TempDir;

use crate::{pack_folder, passphrase};

/// A register with one case of 転入 for one person.
struct Office {
    register: Register,
    folder: TempDir,
}

const CASE: &str = "A-0001";
const FACTS: &str = r#"{"case":{"event":"tennyu","from":"other_pref","move_date":"2026-11-14"},
    "people":[{"id":"p1","name":"大王　花子","moving":true}]}"#;

impl Office {
    fn new() -> Office {
        let folder = tempfile::tempdir().unwrap();
        let (store, pack) = (folder.path().join("store"), pack_folder());
        let place = Place { store: Some(&store), account: Some("mihon"), pack: Some(&pack) };
        let mut register = Register::open_or_create(&place, &passphrase()).unwrap();
        let facts = folder.path().join("facts.json");
        std::fs::write(&facts, FACTS).unwrap();
        register.new_case(Some(&facts), Some("2026-11-20".parse().unwrap())).unwrap();
        Office { register, folder }
    }

    fn answer(&mut self, person: Option<&str>, answer: &str) -> Result<u64, DoorError> {
        let answers = [answer.to_owned()];
        Ok(self.register.entry(CASE)?.answer(person, &answers)?.events)
    }

    /// The kinds of the last events, without the look itself.
    fn last(&mut self, count: usize) -> Vec<String> {
        let shown = self.register.entry(CASE).unwrap().show("ja").unwrap();
        let kinds: Vec<String> = shown.journal.into_iter().map(|line| line.kind).collect();
        kinds[kinds.len() - 1 - count..kinds.len() - 1].to_vec()
    }

    fn export(&mut self) -> serde_json::Value {
        let file: PathBuf = self.folder.path().join("out.json");
        self.register.entry(CASE).unwrap().export(&file).unwrap();
        let facts = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
        let names = std::fs::read_dir(self.folder.path()).unwrap();
        let part = |name: String| name.ends_with(".part");
        assert!(!names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).any(part));
        facts
    }
}

#[test]
fn an_answer_about_the_wrong_subject_or_nobody_is_refused_and_not_kept() {
    let mut office = Office::new();
    for (person, answer, code, detail) in [
        (None, "insurance_after=kokuho", "fact-unknown", ("place", "case.insurance_after")),
        (Some("p1"), "event=tennyu", "fact-unknown", ("expected", "about the case")),
        (Some("p1"), "evnet=tennyu", "fact-unknown", ("fact", "evnet")),
        (Some("p1"), "event=?", "fact-unknown", ("place", "p1.event")),
        (Some("p9"), "relation=child", "person-unknown", ("person", "p9")),
        (None, "visitor_person=p9", "person-unknown", ("person", "p9")),
    ] {
        let error = office.answer(person, answer).unwrap_err();
        assert_eq!(error.code, code, "{answer}");
        assert_eq!(error.details.get(detail.0).map(String::as_str), Some(detail.1), "{answer}");
    }
    assert_eq!(office.answer(None, "visitor_person=p1").unwrap(), 3);
    assert_eq!(office.answer(Some("p2"), "relation=child").unwrap(), 4, "the next person is added");
    let people = office.export()["people"].as_array().unwrap().len();
    assert_eq!(people, 2);
}

#[test]
fn a_closed_case_takes_no_answer_and_is_exported() {
    let mut office = Office::new();
    office.register.entry(CASE).unwrap().close().unwrap();
    assert_eq!(office.answer(None, "from=same_pref").unwrap_err().code, "case-closed");
    let error = office.register.entry(CASE).unwrap().undo().unwrap_err();
    assert_eq!(error.code, "case-closed");
    assert!(office.register.entry(CASE).unwrap().decide("ja").is_err());
    let again = office.register.entry(CASE).unwrap().close().unwrap();
    assert_eq!(again.events, 3);
    assert_eq!(office.export()["case"]["from"]["value"], "other_pref");
    assert_eq!(office.last(1), ["Exported"]);
}

#[test]
fn a_job_stands_in_the_journal_with_its_end_also_when_it_fails() {
    let mut office = Office::new();
    let folder = tempfile::tempdir().unwrap();
    let printer = VirtualPrinter::start(folder.path(), Model::Office).unwrap();
    let uri = printer.uri();
    let guide = ["guide".to_owned()];
    let target = Target { out: None, printer: Some(&uri), forms: &guide };

    printer.break_fuser().unwrap();
    let error = office.register.entry(CASE).unwrap().print(&target, "ja").unwrap_err();
    assert_eq!(error.code, "job-aborted");
    assert_eq!(office.last(3), ["Decided", "Printed", "PrintFinished"]);
    let nobody = Target { printer: Some("ipp://127.0.0.1:1/ipp/print"), ..target };
    let error = office.register.entry(CASE).unwrap().print(&nobody, "ja").unwrap_err();
    assert_eq!(error.code, "printer-unreachable");
    assert_eq!(office.last(1), ["Decided"], "what was not submitted was not printed");

    let mended = tempfile::tempdir().unwrap();
    let printer = VirtualPrinter::start(mended.path(), Model::Office).unwrap();
    let uri = printer.uri();
    let target = Target { printer: Some(&uri), ..target };
    office.register.entry(CASE).unwrap().close().unwrap();
    let printed = office.register.entry(CASE).unwrap().print(&target, "ja").unwrap();
    assert!(printed.made.job.is_some() && printed.refused.is_empty());
    assert_eq!(office.last(3), ["Closed", "Printed", "PrintFinished"]);
}
