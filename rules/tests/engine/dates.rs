//! Days: ages, time added, unknown parts, dated versions.

use kakanai_rules::Engine;
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Dated, OfficeRow, Op};

use super::build::{Rows, case_fact, compare, number, shift};
use super::seen::{see, see_on};

#[test]
fn ages_are_counted_at_the_counter_by_law_and_by_school_year() {
    for (condition, on, birth, status) in [
        ("age >= 65", "2026-11-19", "1961-11-20", "not-needed"),
        ("age >= 65", "2026-11-20", "1961-11-20", "required"),
        ("legal_age >= 65", "2026-11-18", "1961-11-20", "not-needed"),
        ("legal_age >= 65", "2026-11-19", "1961-11-20", "required"),
        ("fiscal_age <= 18", "2026-11-20", "2008-04-02", "required"),
        ("fiscal_age <= 18", "2026-11-20", "2008-04-01", "not-needed"),
        ("fiscal_age is 7", "2026-04-01", "2020-04-01", "required"),
        ("fiscal_age is 7", "2026-03-31", "2020-04-01", "not-needed"),
        ("age in 64 65", "2026-11-20", "1961-11-20", "required"),
        ("age >= 26", "2026-11-20", "2000-00-00", "undecided"),
        ("age >= 25", "2026-11-20", "2000-00-00", "required"),
        ("age >= 27", "2026-11-20", "2000-00-00", "not-needed"),
        ("age >= 20", "2026-11-20", "0000-05-00", "undecided"),
        ("age >= 20", "2026-11-20", "unknown", "undecided"),
    ] {
        let pack = Rows::new().person("p").rule("p required", &[condition]).pack();
        let seen = see_on(&pack, on, &[&format!("p1: birth_date={birth}")]);
        assert_eq!(seen.status("p p1"), status, "{condition} on {on}, born {birth}");
    }
}

#[test]
fn an_age_can_be_asked_for_on_another_day() {
    let on = |fact: &str, age: i64| {
        let term = Term::Age {
            who: Who::Person,
            fact: fact.to_owned(),
            on: Box::new(case_fact("move_date")),
        };
        Rows::new()
            .ask("move_date birth_date")
            .person("p")
            .rule_if("p required", &[], compare(term, Op::GreaterOrEqual, number(age)))
            .pack()
    };
    for (fact, age, moved, status) in [
        ("age", 65, "2026-11-19", "not-needed"),
        ("age", 65, "2026-11-20", "required"),
        ("legal_age", 65, "2026-11-19", "required"),
        ("legal_age", 65, "2026-11-18", "not-needed"),
        ("fiscal_age", 66, "2027-04-01", "required"),
        ("fiscal_age", 66, "2027-03-31", "not-needed"),
        ("age", 65, "2026-11-00", "undecided"),
        ("age", 65, "2026-12-00", "required"),
    ] {
        let pack = on(fact, age);
        let line = format!("move_date={moved}");
        let seen = see(&pack, &[&line, "p1: birth_date=1961-11-20"]);
        assert_eq!(seen.status("p p1"), status, "{fact} {age} on {moved}");
    }
    let pack = on("age", 65);
    assert_eq!(see(&pack, &["p1: birth_date=1961-11-20"]).asks(), ["move_date"]);
    assert_eq!(see(&pack, &["p1:"]).needs("p p1"), ["p1.birth_date", "move_date"]);
}

#[test]
fn time_is_added_to_the_other_day() {
    for (condition, facts, status) in [
        ("counter_date > @move_date+14", "move_date=2026-11-05", "required"),
        ("counter_date > @move_date+14", "move_date=2026-11-06", "not-needed"),
        ("counter_date >= @move_date-30", "move_date=2026-12-20", "required"),
        ("counter_date >= @move_date-30", "move_date=2026-12-21", "not-needed"),
        ("counter_date < @move_date-6m", "move_date=2027-05-31", "required"),
        ("counter_date < @move_date-6m", "move_date=2027-05-20", "not-needed"),
        ("counter_date >= @move_date+1y", "move_date=2025-11-20", "required"),
        ("counter_date >= @move_date+1y", "move_date=2025-11-21", "not-needed"),
        ("move_date is @counter_date", "move_date=2026-11-20", "required"),
        ("move_date < @counter_date", "move_date=2026-11-00", "undecided"),
        ("move_date < @counter_date", "move_date=2026-10-00", "required"),
        ("move_date > @counter_date", "move_date=2026-10-00", "not-needed"),
        ("move_date > @counter_date", "move_date=0000-10-01", "undecided"),
        ("counter_date > @deadline.q", "move_date=2026-11-05", "required"),
        ("counter_date > @deadline.q", "move_date=2026-11-06", "not-needed"),
        ("counter_date > @deadline.q", "", "undecided"),
        ("counter_date > @deadline.none", "", "not-needed"),
        ("counter_date is @filed.q", "", "required"),
        ("counter_date is @filed.q", "already_done=q@2026-11-19", "not-needed"),
        ("counter_date is @filed.q", "already_done=q", "undecided"),
    ] {
        let pack = Rows::new()
            .household("q")
            .deadline("q 14 start=move_date", &[])
            .household("none")
            .household("p")
            .rule("p required", &[condition])
            .pack();
        assert_eq!(see(&pack, &[facts]).status("p"), status, "{condition}: {facts}");
    }
}

#[test]
fn expressions_add_time_on_both_sides() {
    let term = |fact: &str, added: &str| Term::Fact {
        who: Who::Case,
        fact: fact.to_owned(),
        shift: shift(added),
    };
    let later = compare(term("counter_date", "-14"), Op::Greater, term("move_date", "1"));
    let pack = Rows::new().household("p").rule_if("p required", &[], later).pack();
    assert_eq!(see(&pack, &["move_date=2026-11-04"]).status("p"), "required");
    assert_eq!(see(&pack, &["move_date=2026-11-05"]).status("p"), "not-needed");
}

#[test]
fn a_rule_version_is_chosen_by_its_date_fact() {
    let pack = Rows::new()
        .ask("move_date")
        .household("p")
        .rule("p required until=2026-03-31 by=move_date", &["event is tennyu"])
        .rule("p may-apply from=2026-04-01 by=move_date", &["event is tennyu"])
        .household("q")
        .rule("q required from=2026-11-20 until=2026-11-20", &[])
        .pack();
    for (moved, status) in [
        ("2026-03-31", "required"),
        ("2026-04-01", "may-apply"),
        ("2026-00-00", "undecided"),
        ("2026-02-00", "required"),
        ("unknown", "undecided"),
    ] {
        let seen = see(&pack, &[&format!("event=tennyu move_date={moved}")]);
        assert_eq!(seen.status("p"), status, "{moved}");
    }
    assert_eq!(see(&pack, &["event=tennyu"]).asks(), ["move_date"]);
    assert_eq!(see(&pack, &["event=tennyu"]).needs("p"), ["move_date"]);
    for (on, status) in
        [("2026-11-19", "not-needed"), ("2026-11-20", "required"), ("2026-11-21", "not-needed")]
    {
        assert_eq!(see_on(&pack, on, &[]).status("q"), status, "{on}");
    }
}

#[test]
fn texts_and_offices_have_versions_by_the_day_at_the_counter() {
    let office = |phone: &str, from: Option<&str>, until: Option<&str>| OfficeRow {
        id: "citizen".to_owned(),
        place: String::new(),
        phone: phone.to_owned(),
        dated: Dated {
            date_by: None,
            from: from.map(|day| day.parse().unwrap()),
            until: until.map(|day| day.parse().unwrap()),
        },
    };
    let pack = Rows::new()
        .text("procedure.p", "old", "until=2026-12-31")
        .text("procedure.p", "new", "from=2027-01-01")
        .text("note.p", "only later", "from=2027-01-01")
        .also(|pack| {
            pack.offices =
                vec![office("1", None, Some("2026-12-31")), office("2", Some("2027-01-01"), None)];
        })
        .pack();
    for (on, text, phone) in [("2026-12-31", "old", "1"), ("2027-01-01", "new", "2")] {
        let on = on.parse().unwrap();
        assert_eq!(pack.text("en", "procedure.p", on), Some(text));
        assert_eq!(pack.office("citizen", on).unwrap().phone, phone);
        // Nothing is left without a name: outside every version the last one stands in.
        assert_eq!(pack.text("ja", "note.p", on), Some("only later"));
    }
    assert_eq!(pack.text_or_id("ja", "note.none", "2026-11-20".parse().unwrap()), "note.none");
}

#[test]
fn days_beyond_the_calendar_leave_a_row_open() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &["counter_date > @move_date+9999y"])
        .deadline("p 9999y start=move_date", &[])
        .household("q")
        .rule_if("q required", &[], Expression::Constant(true))
        .deadline("q 9999y start=move_date", &[])
        .pack();
    let seen = see(&pack, &["move_date=2026-11-20"]);
    assert_eq!((seen.status("p"), seen.last_day("q")), ("undecided", "-".to_owned()));
    assert!(!Engine::new(&pack).determine(&seen.facts, seen.on, "ja").decisions.is_empty());
}
