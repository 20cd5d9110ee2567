//! `questions` and `determine` on a facts file written by hand: no store, no display.

use std::fs;

use serde_json::{Value, json};

use crate::answers::answered;
use crate::chance::Chance;
use crate::household::Household;
use crate::repository::{compiled_pack, sample_pack};
use crate::terminal::{Run, Terminal, text};

fn run(terminal: &Terminal, command: &str, facts: &str, more: &[&str]) -> Run {
    let file = terminal.write("facts.json", facts);
    let arguments =
        [&[command, "--pack", text(compiled_pack()), "--facts", text(&file)], more].concat();
    terminal.run(&arguments)
}

fn decision<'a>(document: &'a Value, procedure: &str, person: Option<&str>) -> &'a Value {
    let decisions = document["decisions"].as_array().unwrap();
    let matches = |decision: &&Value| {
        let people = decision["people"].as_array().unwrap();
        decision["procedure"] == procedure && person.is_none_or(|id| people.contains(&json!(id)))
    };
    decisions.iter().find(matches).unwrap_or_else(|| panic!("no {procedure}: {document}"))
}

#[test]
fn a_household_that_answered_everything_is_decided_with_reasons_and_last_days() {
    let terminal = Terminal::new();
    let facts = answered(&terminal, compiled_pack(), &Household::moving_in().file());
    let document = run(&terminal, "determine", &facts, &[]).done();
    assert_eq!(document["on"], "2026-11-20");
    assert_eq!(document["pack"]["id"], "mihon-city");
    assert_eq!(document["pack"]["base"]["id"], "national");

    for (procedure, person, status, deadline, raw) in [
        ("juki.tennyu", None, "required", Some("2026-11-30"), Some("2026-11-28")),
        ("juki.tennyu-tokurei", None, "not-needed", None, None),
        ("card.keizoku", Some("p1"), "required", Some("2027-02-18"), Some("2027-02-18")),
        ("card.keizoku", Some("p2"), "not-needed", None, None),
        ("inkan.toroku", Some("p1"), "required", None, None),
        ("inkan.toroku", Some("p2"), "not-needed", None, None),
        ("kokuho.shutoku", Some("p1"), "required", Some("2026-11-30"), Some("2026-11-28")),
        ("kokuho.shutoku", Some("p2"), "required", Some("2026-11-30"), Some("2026-11-28")),
        ("jidoteate.nintei", None, "required", Some("2026-11-30"), Some("2026-11-28")),
    ] {
        let decision = decision(&document, procedure, person);
        let found = (&decision["status"], &decision["deadline"], &decision["deadline_raw"]);
        assert_eq!(found, (&json!(status), &json!(deadline), &json!(raw)), "{decision}");
        assert!(!decision["because"].as_array().unwrap().is_empty(), "{decision}");
        assert!(!decision["law"].as_str().unwrap().is_empty(), "{decision}");
        assert_eq!(decision["needs"], json!([]), "{decision}");
    }
    for decision in document["decisions"].as_array().unwrap() {
        let open = decision["status"] == "undecided";
        assert_eq!(
            open,
            decision["discreet"] == true,
            "only what nobody asks stays open: {decision}"
        );
    }
}

#[test]
fn a_procedure_has_one_entry_for_the_household_or_one_for_each_person() {
    let terminal = Terminal::new();
    let document = run(&terminal, "determine", &Household::moving_in().file(), &[]).done();
    let decisions = document["decisions"].as_array().unwrap();
    let pack: Value = serde_json::from_slice(&fs::read(compiled_pack()).unwrap()).unwrap();
    let procedures = pack["procedures"].as_array().unwrap();
    for procedure in procedures {
        let entries = decisions.iter().filter(|one| one["procedure"] == procedure["id"]).count();
        let expected = if procedure["scope"] == "person" { 2 } else { 1 };
        assert_eq!(entries, expected, "{}", procedure["id"]);
    }
    assert!(decisions.len() > procedures.len());
}

#[test]
fn every_entry_of_a_decision_and_of_a_question_stands_there_as_the_contract_says() {
    let terminal = Terminal::new();
    let document = run(&terminal, "determine", &Household::moving_in().file(), &[]).done();
    for decision in document["decisions"].as_array().unwrap() {
        for entry in [
            "procedure",
            "status",
            "people",
            "deadline",
            "deadline_raw",
            "not_before",
            "overdue",
            "covered_by",
            "office",
            "done_at",
            "filed_by",
            "agent",
            "discreet",
            "signed_off",
            "fees",
            "bring",
            "papers",
            "because",
            "notes",
            "law",
            "needs",
        ] {
            assert!(decision.get(entry).is_some(), "{entry}: {decision}");
        }
    }
    let facts = r#"{"case":{},"people":[],"household_complete":false}"#;
    let document = run(&terminal, "questions", facts, &[]).done();
    let questions = document["questions"].as_array().unwrap();
    assert_eq!(questions[0]["fact"], "event");
    assert!(questions.iter().any(|question| question["type"] == "person-list"), "{document}");
    for question in questions {
        for entry in [
            "id",
            "number",
            "fact",
            "person",
            "type",
            "choices",
            "many",
            "text",
            "why",
            "staff_text",
            "short",
            "private",
            "at_home",
        ] {
            assert!(question.get(entry).is_some(), "{entry}: {question}");
        }
    }
}

#[test]
fn a_fact_that_is_missing_is_asked_and_leaves_undecided_what_hangs_on_it() {
    let terminal = Terminal::new();
    let facts = Household::moving_in().without("move_date").file();
    let document = run(&terminal, "determine", &facts, &[]).done();
    let tennyu = decision(&document, "juki.tennyu", None);
    assert_eq!(tennyu["status"], "undecided");
    assert_eq!(tennyu["needs"], json!([{"fact": "move_date", "person": null}]));
    let questions = run(&terminal, "questions", &facts, &[]).done();
    assert_eq!(questions["questions"][0]["fact"], "move_date");
    let said = r#"{"case":{"event":"tennyu","from":"other_pref","move_date":{"value":null,"answer":"unknown"}},"people":[{"id":"p1","moving":true}]}"#;
    let questions = run(&terminal, "questions", said, &[]).done();
    let asked = |question: &Value| question["fact"] == "move_date";
    assert!(!questions["questions"].as_array().unwrap().iter().any(asked), "asked twice");
    let document = run(&terminal, "determine", said, &[]).done();
    assert_eq!(decision(&document, "juki.tennyu", None)["status"], "undecided");
}

#[test]
fn the_day_at_the_counter_can_be_given_and_wins_over_the_file() {
    let terminal = Terminal::new();
    let facts = Household::moving_in().file();
    let before = run(&terminal, "determine", &facts, &["--on", "2026-11-13"]).done();
    assert_eq!(before["on"], "2026-11-13");
    assert_eq!(decision(&before, "juki.tennyu", None)["status"], "not-needed");
    let late = run(&terminal, "determine", &facts, &["--on", "2026-12-01"]).done();
    assert_eq!(decision(&late, "juki.tennyu", None)["overdue"], true);
}

#[test]
fn a_facts_file_with_a_fault_is_refused_at_its_place() {
    let terminal = Terminal::new();
    for (facts, code, place) in [
        (r#"{"case":{"evnet":"tennyu"},"people":[]}"#, "fact-unknown", "case.evnet"),
        (r#"{"people":[{"id":"p1","event":"tennyu"}]}"#, "fact-unknown", "people[0].event"),
        (r#"{"case":{"event":"tenyu"}}"#, "fact-wrong-value", "case.event"),
        (r#"{"case":{"move_date":"14.11.2026"}}"#, "fact-wrong-value", "case.move_date"),
        (r#"{"case":{"move_date":"2026-02-30"}}"#, "fact-wrong-value", "case.move_date"),
        (r#"{"case":{"new_household":"yes"}}"#, "fact-wrong-value", "case.new_household"),
        (r#"{"case":{"phone":12}}"#, "fact-wrong-value", "case.phone"),
        (r#"{"case":{"moped_cc":"fifty"}}"#, "fact-wrong-value", "case.moped_cc"),
        (r#"{"people":[{"id":"p1","moving":1}]}"#, "fact-wrong-value", "people[0].moving"),
        (r#"{"people":[{"id":"p1"},{"id":"p1"}]}"#, "person-twice", "people[1].id"),
        (r#"{"people":[{"name":"見本　太郎"}]}"#, "facts-shape", "people[0].id"),
        (r#"{"poeple":[]}"#, "facts-shape", "poeple"),
        ("[]", "facts-shape", "file"),
        ("{\"case\":\n {\"event\" \"tennyu\"}}", "facts-shape", "line 2, column 11"),
    ] {
        for command in ["questions", "determine"] {
            let details = run(&terminal, command, facts, &[]).refused(2, code);
            assert_eq!(details["place"], place, "{facts}");
            assert!(!details.to_string().contains("見本"), "a value stands in an error: {details}");
        }
    }
    let pack = sample_pack();
    let missing = ["determine", "--pack", text(&pack), "--facts", "nowhere.json"];
    assert_eq!(terminal.run(&missing).refused(2, "facts-unreadable")["file"], "nowhere.json");
}

#[test]
fn the_order_of_facts_changes_no_decision_and_no_question() {
    let terminal = Terminal::new();
    let mut chance = Chance::seeded(2);
    for household in [Household::moving_in(), Household::moving_in().without("from")] {
        let answers = |household: &Household| {
            ["determine", "questions"]
                .map(|command| run(&terminal, command, &household.file(), &[]).stdout)
        };
        let expected = answers(&household);
        for _ in 0..8 {
            let shuffled = household.clone().shuffled(&mut chance);
            assert_ne!(shuffled.file(), household.file());
            assert!(answers(&shuffled) == expected, "{}", shuffled.file());
        }
    }
}

#[test]
fn the_same_question_gets_the_same_answer_byte_for_byte() {
    let terminal = Terminal::new();
    let facts = Household::moving_in().without("phone").file();
    for (command, more) in [
        ("determine", &[][..]),
        ("questions", &[]),
        ("questions", &["--all"]),
        ("determine", &["--lang", "en"]),
    ] {
        let once = || run(&terminal, command, &facts, more).stdout;
        assert_eq!(once(), once(), "{command}");
    }
}
