//! The clerk's work around a case: outcomes, steps, parking, locking, accounts.

use kakanai_counter::Counter;
use kakanai_counter::door::{
    AccountInput, CaseNewInput, CaseView, DecisionView, DoorError, OutcomeInput, PersonInput,
    SignInInput, SignedInput, StaffView, StepInput,
};
use kakanai_counter::shelf::canonical_of;
use kakanai_counter::{Passphrase, Settings};
use serde_json::json;
use tempfile::TempDir;

use crate::windows::{answer, counter_with, journal, person, set_up};
use crate::{pack_folder, passphrase};

fn counter() -> (Counter, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let counter = counter_with(&pack_folder(), &home);
    set_up(&counter);
    (counter, home)
}

fn case(view: StaffView) -> CaseView {
    view.case.unwrap()
}

fn code(refused: Result<StaffView, DoorError>) -> String {
    refused.unwrap_err().code
}

fn step(counter: &Counter, step: &str) -> Result<StaffView, DoorError> {
    counter.step(&StepInput { step: step.to_owned() })
}

/// A case in which moving in is required.
fn moved_in(counter: &Counter) -> DecisionView {
    counter.case_new("tennyu").unwrap();
    let born = "1985-04-01".to_owned();
    counter.person_save(PersonInput { birth_date: born, ..person(None, "大王　花子") }).unwrap();
    counter.answer(answer("mynumber_card", Some("p1"), json!("valid"))).unwrap();
    counter.answer(answer("from", None, json!("other_pref"))).unwrap();
    let view = case(counter.answer(answer("move_date", None, json!("2026-11-14"))).unwrap());
    decision(&view)
}

fn decision(view: &CaseView) -> DecisionView {
    view.decisions.iter().find(|one| one.procedure == "juki.tennyu").unwrap().clone()
}

fn became(of: &DecisionView, outcome: &str, until: Option<&str>, note: &str) -> OutcomeInput {
    OutcomeInput {
        procedure: of.procedure.clone(),
        people: of.ids.clone(),
        outcome: outcome.to_owned(),
        until: until.map(str::to_owned),
        note: note.to_owned(),
    }
}

#[test]
fn every_outcome_is_kept_changed_and_taken_back_and_a_wrong_one_is_refused() {
    let (counter, _home) = counter();
    let tennyu = moved_in(&counter);
    assert_eq!((tennyu.done_at.as_str(), tennyu.status.as_str()), ("here", "required"));
    assert!(tennyu.outcome.is_none());
    for (outcome, until, note) in [
        ("taken", None, ""),
        ("paper-to-follow", Some("2026-12-04"), "転出証明書"),
        ("missing", None, "在留カード"),
        ("section", None, "福祉課"),
        ("declined", None, ""),
        ("already-done", None, "前の窓口"),
    ] {
        let view = counter.outcome(became(&tennyu, outcome, until, note)).unwrap();
        let kept = decision(&case(view)).outcome.unwrap();
        assert_eq!((kept.outcome.as_str(), kept.note.as_str()), (outcome, note));
        assert_eq!(kept.until.as_deref(), until);
    }
    let view = counter.outcome(became(&tennyu, "", None, "")).unwrap();
    assert!(decision(&case(view)).outcome.is_none());

    let other = DecisionView { procedure: "juki.none".to_owned(), ..tennyu.clone() };
    let strangers = DecisionView { ids: vec!["p9".to_owned()], ..tennyu.clone() };
    for (input, refused) in [
        (became(&tennyu, "lost", None, ""), "outcome-unknown"),
        (became(&tennyu, "paper-to-follow", None, ""), "outcome-until"),
        (became(&tennyu, "paper-to-follow", Some("2026-11-19"), ""), "outcome-until"),
        (became(&tennyu, "paper-to-follow", Some("soon"), ""), "outcome-until"),
        (became(&tennyu, "taken", Some("2026-12-04"), ""), "outcome-until"),
        (became(&tennyu, "missing", None, &"あ".repeat(201)), "outcome-note"),
        (became(&tennyu, "missing", None, "a\nb"), "outcome-note"),
        (became(&other, "taken", None, ""), "procedure-unknown"),
        (became(&strangers, "taken", None, ""), "procedure-unknown"),
    ] {
        assert_eq!(code(counter.outcome(input)), refused);
    }
    counter.case_end().unwrap();
    assert_eq!(code(counter.outcome(became(&tennyu, "taken", None, ""))), "no-case");
}

#[test]
fn what_is_left_is_counted_and_its_first_is_the_identity() {
    let (counter, _home) = counter();
    moved_in(&counter);
    let view = case(counter.staff_view());
    let left: Vec<_> = view.left.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(&left[..2], ["identity", "questions"]);
    assert!(left.contains(&"papers") && left.contains(&"outcomes"), "{left:?}");
    let questions = view.left.iter().find(|one| one.what == "questions").unwrap().count;
    assert_eq!(usize::try_from(questions).unwrap(), view.questions.len());
}

#[test]
fn a_step_is_an_event_when_it_changes_only_and_a_case_that_is_over_has_none() {
    let (counter, home) = counter();
    let id = case(counter.case_new("tennyu").unwrap()).id;
    for name in ["identity", "document", "document", "questions"] {
        assert_eq!(case(step(&counter, name).unwrap()).step, name);
    }
    assert_eq!(code(step(&counter, "coffee")), "step-unknown");
    counter.case_end().unwrap();
    step(&counter, "start").unwrap();
    counter.case_open(&id).unwrap();
    assert_eq!(case(step(&counter, "check").unwrap()).step, "questions");
    let kinds = journal(counter, &home);
    assert_eq!(kinds.iter().filter(|kind| *kind == "StepShown").count(), 3, "{kinds:?}");
}

#[test]
fn finishing_takes_what_is_done_here_and_ends_the_case_once() {
    let (counter, home) = counter();
    let tennyu = moved_in(&counter);
    let view = counter.answer(answer("seal_registration", Some("p1"), json!(true))).unwrap();
    let view = case(view);
    let id = view.id.clone();
    let required = |one: &&DecisionView| one.status == "required";
    let here = view.decisions.iter().filter(required).filter(|one| one.done_at == "here").count();
    assert!(here > 1, "more than moving in is done here");
    counter.outcome(became(&tennyu, "missing", None, "委任状")).unwrap();
    assert!(counter.finish().unwrap().case.is_none());

    let view = case(counter.case_open(&id).unwrap());
    assert!(view.closed && view.left.is_empty() && view.identity.checked.is_none());
    assert_eq!(decision(&view).outcome.unwrap().outcome, "missing", "what the clerk said stays");
    let taken = |one: &&DecisionView| {
        one.outcome.as_ref().is_some_and(|outcome| outcome.outcome == "taken")
    };
    let taken: Vec<_> = view.decisions.iter().filter(taken).collect();
    assert_eq!(taken.len(), here - 1);
    assert!(taken.iter().all(|one| one.done_at == "here" && one.status == "required"));
    let line = counter.staff_view().cases.into_iter().find(|line| line.id == id).unwrap();
    assert!(line.closed && line.today);

    counter.finish().unwrap();
    let kinds = journal(counter, &home);
    assert_eq!(kinds.iter().filter(|kind| *kind == "Closed").count(), 1, "{kinds:?}");
    let first_taken = kinds.iter().position(|kind| kind == "OutcomeSet").unwrap();
    assert!(first_taken < kinds.iter().position(|kind| kind == "Closed").unwrap());
}

#[test]
fn a_parked_case_leaves_the_desk_and_is_taken_up_again_where_it_was() {
    let (counter, home) = counter();
    moved_in(&counter);
    step(&counter, "questions").unwrap();
    let before = case(counter.staff_view());
    let view = counter.case_park().unwrap();
    assert!(view.case.is_none() && !view.cases[0].closed);
    assert_eq!(code(counter.case_park()), "no-case");

    let view = case(counter.case_open(&before.id).unwrap());
    assert_eq!(view.questions.len(), before.questions.len());
    assert!(!view.closed && view.step.is_empty());
    step(&counter, "questions").unwrap();
    counter.case_end().unwrap();
    counter.case_open(&before.id).unwrap();
    counter.case_park().unwrap();
    let kinds = journal(counter, &home);
    let of = |kind: &str| kinds.iter().filter(|one| *one == kind).count();
    assert_eq!((of("Parked"), of("StepShown"), of("Closed")), (1, 2, 1), "{kinds:?}");
}

#[test]
fn locked_windows_show_nothing_and_open_again_on_the_same_case_for_the_same_person_alone() {
    let (counter, _home) = counter();
    counter.account_save(colleague("mihon-no-kasa")).unwrap();
    let sign_in = |account: &str| {
        let input = SignInInput { account: account.to_owned(), passphrase: passphrase() };
        counter.sign_in(input).unwrap()
    };
    moved_in(&counter);
    let reception = case(counter.staff_view()).reception;
    let view = counter.lock().unwrap();
    assert!(view.case.is_none() && view.staff.is_none() && view.cases.is_empty());
    assert_eq!(view.parked.as_ref().unwrap().reception, reception);
    let shown = serde_json::to_string(&view).unwrap();
    assert!(!shown.contains("大王"), "a locked window names nobody");
    assert_eq!(code(counter.undo()), "not-signed-in");

    let view = sign_in("mihon");
    assert_eq!(view.case.as_ref().unwrap().reception, reception);
    assert!(view.parked.is_none());

    counter.lock().unwrap();
    let view = sign_in("tonari");
    assert!(view.case.is_none() && view.parked.is_none() && !view.cases.is_empty());
    counter.sign_out().unwrap();
    assert!(sign_in("mihon").case.is_none(), "somebody else has worked here since");

    assert!(counter.lock().unwrap().parked.is_none(), "an empty desk leaves nothing");
}

fn colleague(own: &str) -> AccountInput {
    AccountInput {
        account: "tonari".to_owned(),
        display_name: "となり 次郎".to_owned(),
        role: "staff".to_owned(),
        passphrase: passphrase(),
        own_passphrase: Passphrase::new(own.to_owned()),
    }
}

#[test]
fn only_an_administrator_who_types_the_own_passphrase_makes_and_stops_accounts() {
    let (counter, home) = counter();
    assert_eq!(code(counter.account_save(colleague("wrong-passphrase"))), "wrong-passphrase");
    let role = AccountInput { role: "king".to_owned(), ..colleague("mihon-no-kasa") };
    assert_eq!(code(counter.account_save(role)), "role-unknown");
    let view = counter.account_save(colleague("mihon-no-kasa")).unwrap();
    let known = |view: &StaffView| {
        let account = view.staff_accounts.iter().find(|one| one.account == "tonari").unwrap();
        (account.display_name.clone(), account.role.clone(), account.active)
    };
    assert_eq!(known(&view), ("となり 次郎".to_owned(), "staff".to_owned(), true));

    let renamed = AccountInput { display_name: "x".to_owned(), ..colleague("mihon-no-kasa") };
    assert_eq!(code(counter.account_save(renamed)), "account-exists");
    let new = AccountInput {
        passphrase: Passphrase::new("atarashii-kasa".to_owned()),
        ..colleague("mihon-no-kasa")
    };
    counter.account_save(new).unwrap();
    assert_eq!(code(counter.account_stop("mihon")), "account-own");
    counter.sign_out().unwrap();

    let sign_in = |passphrase: &str| {
        let passphrase = Passphrase::new(passphrase.to_owned());
        counter.sign_in(SignInInput { account: "tonari".to_owned(), passphrase })
    };
    assert_eq!(code(sign_in("mihon-no-kasa")), "wrong-passphrase");
    let view = sign_in("atarashii-kasa").unwrap();
    assert!(view.staff_accounts.is_empty(), "staff see no list of accounts");
    assert_eq!(code(counter.account_save(colleague("atarashii-kasa"))), "not-allowed");
    assert_eq!(code(counter.account_stop("mihon")), "not-allowed");
    counter.sign_out().unwrap();

    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    counter.sign_in(input).unwrap();
    assert!(!known(&counter.account_stop("tonari").unwrap()).2);
    assert_eq!(code(counter.account_save(colleague("mihon-no-kasa"))), "account-exists");
    counter.sign_out().unwrap();
    assert_eq!(code(sign_in("atarashii-kasa")), "wrong-passphrase");
    let kinds = journal(counter_again(&home), &home);
    for kind in ["account-added", "passphrase-reset", "account-deactivated"] {
        assert_eq!(kinds.iter().filter(|one| *one == kind).count(), 1, "{kind}: {kinds:?}");
    }
}

/// The counter of a store after a start.
fn counter_again(home: &TempDir) -> Counter {
    let counter = Counter::start(Settings::read(home.path()), canonical_of, || {});
    let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
    counter.sign_in(input).unwrap();
    counter
}

#[test]
fn several_events_are_one_case_and_a_paper_tells_which_facts_its_fields_come_from() {
    let (counter, _home) = counter();
    let events = ["tennyu", "shussei"].map(str::to_owned).to_vec();
    let view = case(counter.case_new(CaseNewInput { events }).unwrap());
    assert_eq!(view.event.id, "tennyu");
    assert_eq!(view.also_events[0].text, "出生");

    let tennyu = moved_in(&counter);
    assert_eq!(tennyu.ids, ["p1"]);
    let view = case(counter.staff_view());
    let paper = view.papers.iter().find(|paper| paper.form == "juki-ido").unwrap();
    let name = paper.fields.iter().find(|field| field.fact == "name").unwrap();
    assert_eq!((name.person.as_deref(), name.text.as_str()), (Some("p1"), "大王　花子"));
    assert!(paper.fields.iter().any(|field| field.fact == "move_date" && field.person.is_none()));
    let signed = |papers: &[&str]| SignedInput {
        papers: papers.iter().map(|id| (*id).to_owned()).collect(),
        received: true,
    };
    assert_eq!(code(counter.signed(&signed(&["no-such-paper"]))), "paper-unknown");
    let view = case(counter.signed(&signed(&["juki-ido"])).unwrap());
    assert_eq!(view.signed, ["juki-ido"]);
    let back = SignedInput { received: false, ..signed(&["juki-ido"]) };
    assert!(case(counter.signed(&back).unwrap()).signed.is_empty());
}
