//! Last days: how they are counted, which clock counts, when something can be done at the earliest.

use super::build::Rows;
use super::seen::{see, see_on};

/// Procedure `p`, always required, with one deadline row.
fn last_day(row: &str, closed: &str, facts: &str) -> String {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline(&format!("p {row}"), &[])
        .closed(closed)
        .pack();
    see(&pack, &[facts]).last_day("p")
}

#[test]
fn a_period_is_counted_as_its_row_says() {
    let from_3_june = "start=move_date";
    for (length, moved, last) in [
        ("14", "2026-06-03", "2026-06-17"),
        ("14 counted", "2026-06-03", "2026-06-16"),
        ("1 counted", "2026-06-03", "2026-06-03"),
        ("0", "2026-06-03", "2026-06-03"),
        ("-1", "2026-06-03", "2026-06-02"),
        ("-1m", "2026-07-31", "2026-06-30"),
        ("1m", "2026-06-15", "2026-07-15"),
        ("1m counted", "2026-06-15", "2026-07-14"),
        ("1m", "2026-01-30", "2026-02-28"),
        ("3m", "2026-06-30", "2026-09-30"),
        ("1y counted", "2026-06-15", "2027-06-14"),
        ("2y", "2026-06-15", "2028-06-15"),
    ] {
        let row = format!("{length} {from_3_june}");
        let facts = format!("move_date={moved}");
        assert_eq!(last_day(&row, "", &facts), last, "{length} from {moved}");
    }
}

#[test]
fn a_last_day_moves_on_from_closed_days_only_where_the_row_says_so() {
    let year_end = "0000-12-29 0000-12-30 0000-12-31 0000-01-01 0000-01-02 0000-01-03 2027-01-04";
    for (row, moved, last) in [
        ("14 moves", "2026-06-06", "2026-06-22"),
        ("14", "2026-06-06", "2026-06-20"),
        ("14 moves", "2026-06-05", "2026-06-19"),
        // Tuesday 29 December to Sunday 3 January are closed every year, Monday 4 January in 2027 alone.
        ("14 moves", "2026-12-15", "2027-01-05"),
        ("14 moves", "2026-12-14", "2026-12-28"),
        ("14 moves", "2027-12-15", "2028-01-04"),
        ("-1 moves", "2026-12-30", "2027-01-05"),
    ] {
        let row = format!("{row} start=move_date");
        let facts = format!("move_date={moved}");
        assert_eq!(last_day(&row, year_end, &facts), last, "{row} from {moved}");
    }
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 14 moves start=move_date", &[])
        .pack();
    let decision = see(&pack, &["move_date=2026-06-06"]).decision("p");
    assert_eq!(decision.deadline_raw.unwrap().to_string(), "2026-06-20");
}

#[test]
fn a_pack_without_any_open_day_does_not_loop() {
    let every_day: Vec<String> = (1..=12)
        .flat_map(|month| (1..=28).map(move |day| format!("0000-{month:02}-{day:02}")))
        .collect();
    let last = last_day("1 moves start=move_date", &every_day.join(" "), "move_date=2026-06-03");
    assert_eq!(last, "2026-06-29");
}

#[test]
fn of_clocks_that_run_together_the_earliest_counts() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 30 together start=planned_out_date", &[])
        .deadline("p 14 together start=move_date", &[])
        .ask("planned_out_date move_date")
        .pack();
    for (facts, last) in [
        ("planned_out_date=2026-11-01 move_date=2026-11-20", "2026-12-01"),
        ("planned_out_date=2026-11-10 move_date=2026-11-20", "2026-12-04"),
        // What is not known can only bring the last day forward: what is counted is shown.
        ("move_date=2026-11-20", "2026-12-04"),
        ("planned_out_date=unknown move_date=2026-11-20", "2026-12-04"),
        ("", "-"),
    ] {
        assert_eq!(see(&pack, &[facts]).last_day("p"), last, "{facts}");
    }
    assert_eq!(see(&pack, &["move_date=2026-11-20"]).asks(), ["planned_out_date"]);
}

#[test]
fn the_earliest_clock_is_the_one_whose_office_day_comes_first() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 0 moves together start=planned_out_date", &[])
        .deadline("p 0 together start=move_date", &[])
        .pack();
    // Saturday moves to Monday; the other clock ends on Sunday and stays there.
    let seen = see(&pack, &["planned_out_date=2026-06-20 move_date=2026-06-21"]);
    assert_eq!(seen.last_day("p"), "2026-06-21");
}

#[test]
fn a_clock_that_could_already_have_ended_decides_nothing_yet() {
    let pack = Rows::new()
        .household("p")
        .deadline("p 30 together start=planned_out_date", &[])
        .deadline("p 14 together start=move_date", &[])
        .household("late")
        .rule("late required", &["counter_date > @deadline.p"])
        .pack();
    for (facts, status) in [
        ("move_date=2026-11-01", "required"),
        ("move_date=2026-11-10", "undecided"),
        ("move_date=2026-11-10 planned_out_date=2026-10-01", "required"),
        ("move_date=2026-11-10 planned_out_date=2026-11-01", "not-needed"),
    ] {
        assert_eq!(see(&pack, &[facts]).status("late"), status, "{facts}");
    }
}

#[test]
fn the_fallback_counts_only_when_the_person_does_not_know() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 14 start=move_date fallback=lived_here_since", &[])
        .ask("move_date lived_here_since")
        .pack();
    for (facts, last, asks) in [
        ("", "-", vec!["move_date"]),
        ("lived_here_since=2026-11-01", "-", vec!["move_date"]),
        ("move_date=2026-11-10 lived_here_since=2026-11-01", "2026-11-24", vec![]),
        ("move_date=unknown", "-", vec!["lived_here_since"]),
        ("move_date=declined lived_here_since=2026-11-01", "2026-11-15", vec![]),
        ("move_date=2026-11-00 lived_here_since=2026-11-01", "2026-11-15", vec![]),
        ("move_date=unknown lived_here_since=unknown", "-", vec![]),
    ] {
        let seen = see(&pack, &[facts]);
        assert_eq!(
            (seen.last_day("p").as_str(), seen.asks()),
            (last, asks.iter().map(|&fact| fact.to_owned()).collect()),
            "{facts}"
        );
    }
}

#[test]
fn conditions_and_versions_choose_the_deadline_row() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 14 start=move_date", &["event is tennyu"])
        .deadline("p 7 start=change_date", &["event is setai"])
        .household("q")
        .rule("q required", &[])
        .deadline("q 14 start=change_date by=move_date until=2026-10-31", &[])
        .deadline("q 21 start=change_date by=move_date from=2026-11-01", &[])
        .ask("event move_date change_date")
        .pack();
    for (facts, p, q) in [
        ("event=tennyu move_date=2026-11-10 change_date=2026-11-02", "2026-11-24", "2026-11-23"),
        ("event=setai move_date=2026-10-31 change_date=2026-11-02", "2026-11-09", "2026-11-16"),
        ("event=shomei move_date=2026-11-10", "-", "-"),
        // While another row could count instead, no day is shown.
        ("move_date=2026-11-10 change_date=2026-11-02", "-", "2026-11-23"),
        ("event=tennyu change_date=2026-11-02", "-", "-"),
        ("event=setai move_date=2026-00-00 change_date=2026-11-02", "2026-11-09", "-"),
    ] {
        let seen = see(&pack, &[facts]);
        assert_eq!((seen.last_day("p").as_str(), seen.last_day("q").as_str()), (p, q), "{facts}");
    }
    assert_eq!(see(&pack, &[""]).asks(), ["event", "move_date"]);
    assert_eq!(see(&pack, &["event=setai"]).asks(), ["move_date", "change_date"]);
    assert_eq!(see(&pack, &["event=shomei"]).asks(), ["move_date"]);
}

#[test]
fn a_deadline_can_start_with_another_one() {
    let pack = Rows::new()
        .household("first")
        .rule("first required", &[])
        .deadline("first 14 moves start=move_date", &[])
        .household("p")
        .rule("p required", &[])
        .deadline("p 60 start=deadline.first", &[])
        .ask("move_date")
        .pack();
    // 6 June + 14 = Saturday 20 June, moved to Monday 22 June.
    assert_eq!(see(&pack, &["move_date=2026-06-06"]).last_day("p"), "2026-08-21");
    assert_eq!(see(&pack, &[""]).asks(), ["move_date"]);
}

#[test]
fn what_cannot_be_done_yet_says_from_when() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &[])
        .deadline("p 14 start=move_date not_before=move_date", &[])
        .household("q")
        .rule("q required", &[])
        .deadline("q 0 not_before=move_date-6m", &["event is tenshutsu"])
        .pack();
    for (facts, p, q) in [
        ("event=tenshutsu move_date=2026-11-25", Some("2026-11-25"), None),
        ("event=tenshutsu move_date=2027-06-30", Some("2027-06-30"), Some("2026-12-30")),
        ("event=tennyu move_date=2027-06-30", Some("2027-06-30"), None),
        ("event=tenshutsu move_date=2026-11-20", None, None),
        ("event=tenshutsu", None, None),
    ] {
        let seen = see(&pack, &[facts]);
        let from = |which: &str| seen.decision(which).not_before.map(|day| day.to_string());
        assert_eq!((from("p").as_deref(), from("q").as_deref()), (p, q), "{facts}");
        assert_eq!(seen.last_day("q"), "-");
    }
}

#[test]
fn a_last_day_is_past_only_on_the_day_after() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &["event is tennyu"])
        .deadline("p 14 moves start=move_date", &[])
        .pack();
    for (on, overdue) in [("2026-06-22", false), ("2026-06-23", true)] {
        let seen = see_on(&pack, on, &["event=tennyu move_date=2026-06-06"]);
        assert_eq!(seen.decision("p").overdue, overdue, "{on}");
    }
    let not_needed =
        see_on(&pack, "2026-06-23", &["event=setai move_date=2026-06-06"]).decision("p");
    assert_eq!((not_needed.overdue, not_needed.deadline), (false, None));
}

#[test]
fn a_household_procedure_ends_with_the_earliest_of_its_people() {
    let pack = Rows::new()
        .household("p")
        .rule("p required", &["moving is yes"])
        .deadline("p 14 start=insurance_lost_date not_before=insurance_lost_date", &[])
        .ask("moving insurance_lost_date")
        .pack();
    let seen = see(
        &pack,
        &[
            "p1: moving=yes insurance_lost_date=2026-11-22",
            "p2: moving=yes insurance_lost_date=2026-11-21",
            "p3: moving=no insurance_lost_date=2026-01-01",
        ],
    );
    let decision = seen.decision("p");
    assert_eq!(decision.people, ["p1", "p2"]);
    assert_eq!(decision.deadline.unwrap().to_string(), "2026-12-05");
    assert_eq!(decision.not_before.unwrap().to_string(), "2026-11-22");
    let open =
        see(&pack, &["p1: moving=yes insurance_lost_date=2026-11-22", "p2: moving=yes", "p3:"]);
    assert_eq!(open.asks(), ["p3.moving", "p2.insurance_lost_date"]);
    assert_eq!(open.last_day("p"), "2026-12-06");
}

#[test]
fn a_person_compares_with_the_last_day_of_a_household_procedure_that_is_their_own() {
    let pack = Rows::new()
        .household("h")
        .rule("h required", &["moving is yes"])
        .deadline("h 14 start=insurance_lost_date", &[])
        .person("late")
        .rule("late required", &["counter_date > @deadline.h"])
        .ask("insurance_lost_date")
        .pack();
    let seen = see(
        &pack,
        &["p1: insurance_lost_date=2026-11-01", "p2: insurance_lost_date=2026-11-15", "p3:"],
    );
    let status = ["late p1", "late p2", "late p3"].map(|which| seen.status(which));
    assert_eq!(status, ["required", "not-needed", "undecided"]);
    assert_eq!(seen.asks(), ["p3.insurance_lost_date"]);
}
