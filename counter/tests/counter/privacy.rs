//! What is private from the hall and what is discreet: what each window may not say.

use std::path::Path;

use kakanai_counter::Counter;
use kakanai_counter::door::{AnswerInput, AnswersInput, CaseView, ResidentScreen, TableCell};
use kakanai_counter::papers::title;
use kakanai_records::Store;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use crate::asks::{add, answer_as_clerk, case, moving_in};
use crate::windows::answer;
use crate::{kept, passphrase};

/// Answers what the resident is asked, as long as it is their turn; how many steps it took.
fn answer_as_resident(counter: &Counter, mut say: impl FnMut(&str) -> Option<bool>) -> usize {
    for steps in 0..60 {
        let ResidentScreen::Questions { asks, .. } = counter.resident_view().screen else {
            return steps;
        };
        let answers = asks[0].questions.iter().map(|question| {
            let said = say(&question.fact);
            let value = match (question.kind.as_str(), said) {
                (_, None) => Value::Null,
                ("yes-no", Some(yes)) => json!(yes),
                ("choice", Some(yes)) => {
                    let choices = &question.choices;
                    json!(choices[if yes { choices.len() - 1 } else { 0 }].id)
                }
                ("choices", Some(yes)) => {
                    let choices = &question.choices;
                    json!([choices[if yes { choices.len() - 1 } else { 0 }].id])
                }
                ("date", _) => json!("2026-11-01"),
                ("number", _) => json!(1),
                _ => json!("09000000000"),
            };
            AnswerInput {
                said: said.is_none().then(|| "declined".to_owned()),
                ..answer(&question.fact, question.person.as_deref(), value)
            }
        });
        counter.resident_answers(AnswersInput { answers: answers.collect() }).unwrap();
    }
    panic!("the questions have no end");
}

/// A family whose public questions are answered.
fn family() -> (Counter, tempfile::TempDir) {
    let (counter, home) = moving_in();
    add(&counter, "見本　花子", "1986-07-15", "spouse");
    add(&counter, "見本　次郎", "2015-05-05", "child");
    counter.answer(answer("people", None, json!(true))).unwrap();
    answer_as_clerk(&counter);
    // Nothing private: whether the resident got as far as this is no matter of the veil.
    counter.answer(answer("phone", None, json!("09000000000"))).unwrap();
    (counter, home)
}

/// What the staff window shows of the household behind the veil.
fn behind_the_veil(case: &CaseView) -> Value {
    let papers: Vec<_> = case.papers.iter().filter(|paper| !paper.masked).map(|p| &p.id).collect();
    json!({
        "decisions": serde_json::to_value(&case.decisions).unwrap(),
        "facts": serde_json::to_value(&case.facts).unwrap(),
        "people": serde_json::to_value(&case.people).unwrap(),
        "table": serde_json::to_value(&case.table).unwrap(),
        "conflicts": serde_json::to_value(&case.conflicts).unwrap(),
        "consequences": serde_json::to_value(&case.consequences).unwrap(),
        "papers": papers.into_iter().filter(|id| !is_sheet(id)).collect::<Vec<_>>(),
    })
}

/// Sheets are made of everything, so they are masked when something is hidden.
fn is_sheet(id: &str) -> bool {
    ["guide", "counters", "fees", "check", "tenki"].contains(&id)
}

#[test]
fn behind_the_veil_the_window_is_the_same_whatever_was_answered() {
    let (counter, _home) = family();
    let run = |say: &mut dyn FnMut(&str) -> Option<bool>| {
        let steps = answer_as_resident(&counter, |fact| say(fact));
        let seen = case(counter.staff_view());
        assert!(steps > 0, "nothing private was asked");
        for _ in 0..steps {
            counter.undo().unwrap();
        }
        seen
    };
    let declined = run(&mut |_| None);
    let masked = |case: &CaseView| case.facts.iter().filter(|fact| fact.masked).count();
    assert!(masked(&declined) > 0, "it shows that something was answered");
    assert!(!declined.private_open);
    let reference = behind_the_veil(&declined);
    let hidden = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Config {
        cases: 4,
        max_shrink_iters: 0,
        failure_persistence: None,
        ..Config::default()
    });
    runner
        .run(&proptest::collection::vec(proptest::bool::weighted(0.4), 64), |draws| {
            let mut draws = draws.into_iter().cycle();
            let seen = run(&mut |_| draws.next());
            hidden.set(hidden.get().max(seen.private_hidden));
            for (part, shown) in behind_the_veil(&seen).as_object().unwrap() {
                proptest::prop_assert_eq!(shown, &reference[part], "{}", part);
            }
            Ok(())
        })
        .unwrap();
    assert!(hidden.get() > 0, "no draw hid a decision: the test proves nothing");
}

#[test]
fn private_values_show_once_they_are_opened_and_the_opening_is_in_the_journal() {
    let (counter, home) = family();
    answer_as_resident(&counter, |_| Some(true));
    let closed = case(counter.staff_view());
    assert!(closed.private_hidden > 0);
    assert!(
        closed.facts.iter().filter(|fact| fact.masked).all(|fact| {
            fact.text.is_empty() && fact.value.is_null() && fact.source == "resident"
        })
    );
    let cells = |case: &CaseView| -> Vec<TableCell> {
        case.table.rows.iter().flat_map(|row| row.cells.clone()).collect()
    };
    assert!(cells(&closed).iter().any(|cell| cell.masked));
    assert!(cells(&closed).iter().filter(|cell| cell.masked).all(|cell| cell.text.is_empty()));
    let hidden = closed.papers.iter().chain(&closed.papers_apart).filter(|paper| paper.masked);
    let hidden: Vec<String> = hidden.map(|paper| paper.id.clone()).collect();
    assert!(hidden.contains(&"guide".to_owned()), "the list names every procedure");
    for paper in &hidden {
        assert_eq!(counter.preview(paper).unwrap_err().code, "private-closed", "{paper}");
    }

    let open = case(counter.private_open(true).unwrap());
    assert!(open.private_open && open.private_hidden == 0);
    assert!(open.facts.iter().all(|fact| !fact.masked));
    assert!(cells(&open).iter().all(|cell| !cell.masked));
    assert!(open.papers.iter().all(|paper| !paper.masked && !paper.title.is_empty()));
    assert!(open.facts.iter().any(|fact| fact.id == "any_disability" && fact.value == json!(true)));
    counter.preview("guide").unwrap();
    counter.private_open(true).unwrap();
    let again = case(counter.private_open(false).unwrap());
    assert_eq!(behind_the_veil(&again), behind_the_veil(&closed));
    assert_eq!(
        kinds(counter, home.path()).iter().filter(|kind| *kind == "PrivateOpened").count(),
        1
    );
}

/// Ends the session and gives the kinds of all events in the store.
fn kinds(counter: Counter, home: &Path) -> Vec<String> {
    counter.sign_out().unwrap();
    let at = jiff::Timestamp::now();
    let account = "mihon".parse().unwrap();
    let store = Store::open(&home.join("store"), &account, &passphrase(), at).unwrap();
    let events = store.verify().unwrap().events;
    store.journal(1..=events).unwrap().into_iter().map(|entry| entry.kind).collect()
}

#[test]
fn what_is_discreet_shows_to_one_pair_of_eyes_and_on_no_other_window_ever() {
    let (counter, home) = family();
    let kept = kept();
    let pack = kept.pack();
    let on = "2026-11-20".parse().unwrap();
    let secret = title(pack, "ja", "juki.shien", on);
    let words = ["dv_support", "juki.shien", secret.as_str(), "支援措置"];
    let silent = |what: &str, shown: &str| {
        for word in words {
            assert!(!shown.contains(word), "{word}: {what}");
        }
    };
    let early = counter.answer(answer("dv_support", None, json!(true)));
    assert_eq!(early.unwrap_err().code, "not-alone");
    silent("before", &crossing(&counter.staff_view()));

    let alone = case(counter.alone(true).unwrap()).discreet;
    assert!(alone.alone && alone.decisions.is_empty());
    let asked: Vec<_> = alone.questions.iter().map(|one| one.fact.as_str()).collect();
    assert_eq!(asked, ["dv_support"]);
    silent("alone, the other window", &crossing(&counter.resident_view()));
    let told = case(counter.answer(answer("dv_support", None, json!(true))).unwrap());
    assert!(told.discreet.decisions.iter().any(|decision| decision.procedure == "juki.shien"));
    assert_eq!(told.discreet.paper.as_deref(), Some("discreet"));
    assert!(told.papers_apart.iter().any(|paper| paper.form == "discreet"));
    counter.preview("discreet").unwrap();
    let consequences = told.consequences.join("");
    silent("consequences", &consequences);
    silent("table", &crossing(&told.table));
    for lang in ["ja", "vi"] {
        counter.lang(lang).unwrap();
        for shown in [true, false] {
            counter.list_show(shown).unwrap();
            silent("the other window", &crossing(&counter.resident_view()));
        }
    }

    let after = counter.alone(false).unwrap();
    silent("after", &crossing(&after));
    let after = case(after).discreet;
    assert!(!after.alone && after.questions.is_empty() && after.paper.is_none());
    assert_eq!(counter.preview("discreet").unwrap_err().code, "not-alone");
    answer_as_resident(&counter, |_| Some(true));
    counter.private_open(true).unwrap();
    silent("private values open", &crossing(&counter.staff_view()));
    silent("private values open, the other window", &crossing(&counter.resident_view()));
    counter.alone(true).unwrap();
    let id = case(counter.staff_view()).id;
    counter.case_end().unwrap();
    let again = counter.case_open(&id).unwrap();
    silent("opened again", &crossing(&again));
    assert_eq!(counter.alone(true).unwrap_err().code, "case-closed");
    let said = kinds(counter, home.path());
    assert_eq!(said.iter().filter(|kind| *kind == "AloneSaid").count(), 3, "{said:?}");
}

/// Anything that crosses the door, as it crosses.
fn crossing(view: &impl serde::Serialize) -> String {
    serde_json::to_string(view).unwrap()
}
