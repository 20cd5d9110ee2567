//! Conditions in columns: three values, scopes, events of one visit, what was done before.

use kakanai_rules::Pack;

use super::build::Rows;
use super::seen::see;

/// One case procedure `p`, and the status that each line of facts gives it.
fn table(pack: &Pack, cases: &[(&str, &str)]) {
    for (facts, status) in cases {
        assert_eq!(see(pack, &[facts]).status("p"), *status, "{facts}");
    }
}

fn three() -> Rows {
    Rows::new().fact("a case yes-no").fact("b case yes-no").fact("c case yes-no").household("p")
}

#[test]
fn conditions_of_a_row_are_joined_by_and_in_three_values() {
    let pack = three().rule("p required", &["a is yes", "b is yes"]).pack();
    table(
        &pack,
        &[
            ("", "undecided"),
            ("a=yes", "undecided"),
            ("b=yes", "undecided"),
            ("a=yes b=yes", "required"),
            ("a=no", "not-needed"),
            ("b=no", "not-needed"),
            ("a=unknown b=no", "not-needed"),
            ("a=unknown b=yes", "undecided"),
            ("a=declined b=yes", "undecided"),
        ],
    );
}

#[test]
fn rows_of_a_procedure_are_joined_by_or_and_exceptions_override_them() {
    let pack = three()
        .rule("p required", &["a is yes"])
        .rule("p required", &["b is yes"])
        .rule("p except", &["c is yes"])
        .pack();
    table(
        &pack,
        &[
            ("c=no", "undecided"),
            ("a=yes c=no", "required"),
            ("b=yes c=no a=unknown", "required"),
            ("a=no c=no", "undecided"),
            ("a=no b=no", "not-needed"),
            ("a=no b=no c=no", "not-needed"),
            ("c=yes", "not-needed"),
            ("a=yes b=yes c=yes", "not-needed"),
            ("a=yes b=yes", "undecided"),
            ("a=yes c=unknown", "undecided"),
        ],
    );
}

#[test]
fn may_apply_waits_until_nothing_requires_it() {
    let pack = three()
        .rule("p may-apply", &["a is yes"])
        .rule("p required", &["b is yes"])
        .rule("p except", &["c is yes"])
        .pack();
    table(
        &pack,
        &[
            ("a=yes c=no", "undecided"),
            ("a=yes b=no c=no", "may-apply"),
            ("a=yes b=no", "undecided"),
            ("b=yes c=no", "required"),
            ("a=no b=yes c=no", "required"),
            ("a=no b=no", "not-needed"),
            ("a=unknown b=no c=no", "undecided"),
            ("a=yes b=no c=yes", "not-needed"),
        ],
    );
}

#[test]
fn a_row_without_conditions_always_holds_and_a_procedure_without_rows_is_never_needed() {
    let pack = Rows::new().household("p").household("q").rule("p required", &[]).pack();
    let seen = see(&pack, &["incomplete"]);
    assert_eq!(seen.status("p"), "required");
    assert_eq!(seen.status("q"), "not-needed");
}

#[test]
fn operators_compare_values_numbers_dates_and_lists() {
    let facts = [
        ("colour is red", "colour=red", "colour=blue"),
        ("colour in red green", "colour=green", "colour=blue"),
        ("colour is-not red", "colour=blue", "colour=red"),
        ("colour not-in red green", "colour=blue", "colour=green"),
        ("count is 2", "count=2", "count=3"),
        ("count < 2", "count=1", "count=2"),
        ("count <= 2", "count=2", "count=3"),
        ("count > 2", "count=3", "count=2"),
        ("count >= 2", "count=2", "count=1"),
        ("move_date < 2026-11-20", "move_date=2026-11-19", "move_date=2026-11-20"),
        ("move_date <= 2026-11-20", "move_date=2026-11-20", "move_date=2026-11-21"),
        ("move_date is 2026-11-20", "move_date=2026-11-20", "move_date=2026-11-21"),
        ("wants is seal", "wants=map,seal", "wants=map"),
        ("wants in seal book", "wants=book", "wants="),
        ("wants is-not seal", "wants=map", "wants=map,seal"),
        ("note is x", "note=x", "note=y"),
        ("colour is @other", "colour=red other=red", "colour=red other=blue"),
        ("count > @more", "count=3 more=2", "count=2 more=2"),
        ("count is @more", "count=2 more=2", "count=3 more=2"),
        (
            "new_household is @same_lot",
            "new_household=no same_lot=no",
            "new_household=yes same_lot=no",
        ),
    ];
    for (condition, holds, fails) in facts {
        let pack = Rows::new()
            .fact("colour case choice red green blue")
            .fact("other case choice red green blue")
            .fact("wants case choices map seal book")
            .fact("more case number")
            .fact("note case text")
            .fact("count case number")
            .household("p")
            .rule("p required", &[condition])
            .pack();
        let status = |facts: &str| see(&pack, &[facts]).status("p");
        assert_eq!(status(holds), "required", "{condition}: {holds}");
        assert_eq!(status(fails), "not-needed", "{condition}: {fails}");
        assert_eq!(status(""), "undecided", "{condition}");
    }
}

#[test]
fn a_person_procedure_is_decided_for_every_person_alone() {
    let pack = Rows::new()
        .person("p")
        .rule("p required", &["event is tennyu", "moving is yes", "care_level is-not none"])
        .pack();
    let seen = see(
        &pack,
        &[
            "event=tennyu",
            "p1: moving=yes care_level=none",
            "p2: moving=yes care_level=yokaigo2",
            "p3: moving=yes",
            "p4: moving=no",
            "incomplete",
        ],
    );
    let status = ["p p1", "p p2", "p p3", "p p4"].map(|which| seen.status(which));
    assert_eq!(status, ["not-needed", "required", "undecided", "not-needed"]);
    assert_eq!(seen.decisions().len(), 4);
    assert!(see(&pack, &["event=tennyu"]).decisions().is_empty());
}

#[test]
fn a_household_row_holds_when_one_member_meets_all_of_it() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &["event is tennyu", "moving is yes", "school is elementary_public"])
        .pack();
    for (people, status, concerned) in [
        (vec!["p1: moving=yes school=none"], "not-needed", vec![]),
        (
            vec!["p1: moving=yes school=none", "p2: moving=no school=elementary_public"],
            "not-needed",
            vec![],
        ),
        (
            vec!["p1: moving=yes school=none", "p2: moving=yes school=elementary_public"],
            "required",
            vec!["p2"],
        ),
        (vec!["p1: moving=yes school=none", "p2: moving=yes"], "undecided", vec![]),
        (vec!["p1: moving=yes school=elementary_public", "p2: moving=yes"], "required", vec!["p1"]),
        (vec!["p1: moving=yes school=none", "incomplete"], "undecided", vec![]),
        (vec!["p1: moving=yes school=elementary_public", "incomplete"], "required", vec!["p1"]),
        (vec![], "not-needed", vec![]),
    ] {
        let mut lines = vec!["event=tennyu"];
        lines.extend(&people);
        let decision = see(&pack, &lines).decision("p");
        assert_eq!(
            (decision.status.id(), decision.people),
            (status, concerned.iter().map(|&id: &&str| id.to_owned()).collect()),
            "{people:?}"
        );
    }
    let other_event = see(&pack, &["event=shomei", "p1:", "incomplete"]);
    assert_eq!(other_event.status("p"), "not-needed");
}

#[test]
fn a_household_procedure_without_rows_about_people_is_for_those_who_move() {
    let pack = Rows::new().household("p").rule("p required", &["event is tennyu"]).pack();
    let seen = see(&pack, &["event=tennyu", "p1: moving=yes", "p2: moving=no", "p3:"]);
    assert_eq!(seen.decision("p").people, ["p1"]);
}

#[test]
fn any_event_of_the_visit_counts() {
    let is = |condition: &str| Rows::new().household("p").rule("p required", &[condition]).pack();
    table(
        &is("event in tennyu tenkyo"),
        &[
            ("event=konin also_events=tennyu", "required"),
            ("event=konin also_events=setai", "not-needed"),
            ("event=konin", "not-needed"),
            ("also_events=tenkyo,setai", "required"),
            ("also_events=setai", "undecided"),
            ("event=konin also_events=unknown", "undecided"),
        ],
    );
    table(
        &is("event not-in tennyu tenkyo"),
        &[
            ("event=konin also_events=tennyu", "not-needed"),
            ("event=konin also_events=setai", "required"),
            ("event=tenkyo also_events=setai", "not-needed"),
            ("also_events=tennyu", "not-needed"),
            ("also_events=setai", "undecided"),
        ],
    );
}

#[test]
fn what_was_done_before_is_not_needed_and_what_follows_from_it_stays_due() {
    let pack = Rows::new()
        .text("reason.already_done", "すみました", "")
        .household("first")
        .rule("first required", &["event is tennyu"])
        .household("then")
        .rule("then required", &["event is tennyu"])
        .deadline("then 14 start=filed.first", &[])
        .pack();
    let seen = see(&pack, &["event=tennyu already_done=first@2026-11-10"]);
    let first = seen.decision("first");
    assert_eq!(first.status.id(), "not-needed");
    assert_eq!(first.because[0].rule, "already_done");
    assert_eq!(first.because[0].text, "すみました（令和8年11月10日(火)）");
    assert_eq!((seen.status("then"), seen.last_day("then")), ("required", "2026-11-24".to_owned()));

    let today = see(&pack, &["event=tennyu"]);
    assert_eq!(
        (today.status("first"), today.last_day("then")),
        ("required", "2026-12-04".to_owned())
    );
    let some_day = see(&pack, &["event=tennyu already_done=first"]);
    assert_eq!(some_day.decision("first").because[0].text, "すみました");
    assert_eq!((some_day.status("then"), some_day.last_day("then")), ("required", "-".to_owned()));
    // Done also settles a procedure that would be undecided.
    assert_eq!(see(&pack, &["already_done=first"]).status("first"), "not-needed");
    assert_eq!(see(&pack, &["event=tennyu already_done="]).status("first"), "required");
}
