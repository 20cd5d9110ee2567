//! A case over a real encrypted store: what was kept is what comes back.

use std::path::Path;

use jiff::Timestamp;
use kakanai_counter::characters::Settled;
use kakanai_counter::event::Statement;
use kakanai_counter::papers::Visit;
use kakanai_counter::{Case, CaseEvent, papers};
use kakanai_records::{NewStore, Role, Store};
use kakanai_rules::{Answer, Fact, Source, Subject, Value};

use crate::{kept, passphrase};

fn now() -> Timestamp {
    "2026-11-20T01:00:00Z".parse().unwrap()
}

fn store(folder: &Path) -> Store {
    let new = NewStore {
        counter: 'A'.try_into().unwrap(),
        account: "madoguchi".parse().unwrap(),
        display_name: "見本 太郎".to_owned(),
        role: Role::Administrator,
    };
    Store::create(folder, new, &passphrase(), now()).unwrap()
}

fn stated(person: Option<&str>, fact: &str, value: Value) -> CaseEvent {
    let statement = Fact { answer: Answer::Known(value), source: Source::Staff, settles: true };
    let subject = Subject::from(person.map(str::to_owned));
    CaseEvent::Stated {
        people: person.map(str::to_owned).into_iter().collect(),
        statements: vec![Statement { subject, fact: fact.to_owned(), statement }],
        household_complete: None,
    }
}

fn choice(id: &str) -> Value {
    Value::Choice(id.to_owned())
}

#[test]
fn a_case_resumes_as_it_was_left_and_each_step_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("store");
    let mut opened = store(&dir);
    let mut case =
        Case::open(&mut opened, kept().used(), "2026-11-20".parse().unwrap(), Vec::new(), now())
            .unwrap();
    let steps = [
        stated(None, "event", choice("tennyu")),
        stated(None, "from", choice("other_pref")),
        stated(Some("p1"), "insurance_after", choice("kokuho")),
        CaseEvent::PersonRemoved { person: "p1".to_owned() },
    ];
    let mut states = vec![case.facts.clone()];
    for step in steps {
        case.record(&mut opened, step, now()).unwrap();
        states.push(case.facts.clone());
    }
    let id = case.id;
    drop((case, opened));

    let mut opened =
        Store::open(&dir, &"madoguchi".parse().unwrap(), &passphrase(), now()).unwrap();
    let mut case = Case::resume(&mut opened, id, now()).unwrap();
    assert_eq!(case.next_person(), "p2", "the id of a removed person is not given again");
    while let Some(state) = states.pop() {
        assert_eq!(case.facts, state);
        assert_eq!(case.can_undo(), !states.is_empty());
        if case.can_undo() {
            case.undo(&mut opened, now()).unwrap();
        }
    }
    assert_eq!(case.undo(&mut opened, now()).unwrap_err().code(), "nothing-to-undo");
    for event in opened.events(&id).unwrap() {
        assert_eq!(
            (event.actor.account.as_str(), event.actor.role),
            ("madoguchi", Role::Administrator)
        );
    }
    assert_eq!(opened.verify().unwrap().first_bad, None);
}

#[test]
fn a_closed_case_is_looked_at_printed_again_and_exported_and_says_nothing_new() {
    let folder = tempfile::tempdir().unwrap();
    let kept = kept();
    let mut opened = store(&folder.path().join("store"));
    let mut case =
        Case::open(&mut opened, kept.used(), "2026-11-20".parse().unwrap(), Vec::new(), now())
            .unwrap();
    case.record(&mut opened, stated(None, "event", choice("tennyu")), now()).unwrap();
    case.close(&mut opened, now()).unwrap();
    case.close(&mut opened, now()).unwrap();
    let closed = case.facts.clone();
    for step in [
        stated(None, "from", choice("other_pref")),
        CaseEvent::PersonRemoved { person: "p1".to_owned() },
        CaseEvent::Withdrawn { revision: 2 },
        CaseEvent::DocumentConfirmed { correct: true },
        CaseEvent::Decided { decisions: Vec::new() },
    ] {
        let error = case.record(&mut opened, step, now()).unwrap_err();
        assert_eq!(error.code(), "case-closed");
    }
    assert_eq!(case.undo(&mut opened, now()).unwrap_err().code(), "case-closed");
    assert!(!case.can_undo());
    for step in [
        CaseEvent::Viewed {},
        CaseEvent::Printed {
            papers: Vec::new(),
            printer: "x".to_owned(),
            job: Some(1),
            part: 1,
            pages: None,
        },
        CaseEvent::PrintFinished { job: 1, state: "completed".to_owned() },
        CaseEvent::CameOut { yes: true, job: None },
        CaseEvent::Exported { what: "facts".to_owned() },
        CaseEvent::HandedOver { files: vec!["setai.csv".to_owned()], fingerprint: "00".to_owned() },
    ] {
        case.record(&mut opened, step, now()).unwrap();
    }
    let mut case = Case::resume(&mut opened, case.id, now()).unwrap();
    assert!(case.closed && case.facts == closed);
    assert_eq!(
        case.decide(&mut opened, kept.engine(), "ja", now()).unwrap_err().code(),
        "case-closed"
    );
    let kinds: Vec<String> =
        opened.events(&case.id).unwrap().into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "Closed").count(), 1);
}

#[test]
fn the_relation_is_printed_as_the_resident_record_writes_it() {
    let kept = kept();
    let facts = kakanai_rules::parse_facts(
        r#"{"case":{"event":"tennyu","from":"other_pref","move_date":"2026-11-07","out_certificate":"paper",
            "planned_out_date":"2026-11-05","new_address":"みほん県みほん市見本町一丁目２番３号","phone":"000-0000-0000"},
            "people":[
             {"id":"p1","name":"大王　花子","birth_date":"1985-04-01","sex":"female","relation":"head","moving":true,
              "insurance_after":"shaho","mynumber_card":"none","seal_registration":false},
             {"id":"p2","name":"大王　太郎","birth_date":"1984-02-03","sex":"male","relation":"spouse","moving":true,
              "insurance_after":"shaho","mynumber_card":"none","seal_registration":false}]}"#,
        kept.engine().vocabulary(),
    )
    .unwrap();
    let decided = kept.engine().determine(&facts, "2026-11-20".parse().unwrap(), "ja");
    let fonts = kakanai_forms::FontSet::debian().unwrap();
    let visit = Visit {
        slip: &kakanai_counter::slip::Slip::NoCase,
        outcomes: &kakanai_counter::event::Outcomes::new(),
        engine: kept.engine(),
        facts: &facts,
        determination: &decided,
        lang: "ja",
        case: "A-0001",
        settled: &Settled::default(),
    };
    let packet = papers::prepare(&visit, &fonts, &[]).unwrap();
    assert!(packet.refusals.is_empty(), "{:?}", packet.refusals);
    let notice = packet.papers.iter().find(|paper| paper.form == "juki-ido").unwrap();
    let printed: Vec<String> = notice
        .paper
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .filter_map(|mark| match mark {
            kakanai_forms::Mark::Run(run) => Some(run.text.clone()),
            _ => None,
        })
        .collect();
    for text in ["世帯主", "夫", "大王　花子", "大王　太郎"] {
        assert!(printed.iter().any(|run| run == text), "{text} in {printed:?}");
    }
    assert_eq!(packet.papers.last().map(|paper| paper.form.as_str()), Some(papers::GUIDE));
}
