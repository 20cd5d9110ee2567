//! What follows from answers: taken as known, or chosen beforehand; a statement always wins.

use kakanai_rules::pack::FollowKind;
use kakanai_rules::{Answer, Detail, Source, Subject, Value};
use serde_json::json;

use super::build::Rows;
use super::seen::see;

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|word| (*word).to_owned()).collect()
}

#[test]
fn a_household_of_one_moves_as_a_whole_and_nobody_is_asked() {
    let pack = Rows::new()
        .ask("people event moving")
        .household("p")
        .rule("p required", &["event is tennyu", "moving is yes"])
        .follow("moving yes takes", &["event is tennyu", "people_count is 1"])
        .pack();
    for (lines, asks, status) in [
        (vec!["event=tennyu", "p1:"], vec![], "required"),
        (vec!["event=tennyu", "p1: moving=no"], vec![], "not-needed"),
        (vec!["event=tennyu", "p1: moving=unknown"], vec![], "undecided"),
        (vec!["event=tennyu", "p1:", "p2:"], vec!["p1.moving", "p2.moving"], "undecided"),
        (vec!["event=tennyu", "p1:", "incomplete"], vec!["people", "p1.moving"], "undecided"),
        (vec!["event=unknown", "p1:"], vec!["p1.moving"], "undecided"),
    ] {
        let seen = see(&pack, &lines);
        assert_eq!((seen.asks(), seen.status("p")), (words(&asks), status), "{lines:?}");
    }
}

#[test]
fn what_is_taken_is_shown_as_derived_and_can_be_changed() {
    let pack = Rows::new()
        .ask("event moving")
        .household("p")
        .rule("p required", &["moving is yes"])
        .follow("moving yes takes", &["event is tennyu"])
        .pack();
    let p1 = Subject::Person("p1".to_owned());
    let seen = see(&pack, &["event=tennyu", "p1:"]);
    let complete = seen.engine.complete(&seen.facts, seen.on);
    let taken = complete.get(&p1, "moving").unwrap();
    assert_eq!(
        (&taken.answer, taken.source),
        (&Answer::Known(Value::YesNo(true)), Source::Derived)
    );
    assert!(seen.engine.question_about(&seen.facts, seen.on, "ja", &p1, "moving").is_some());
    let said = see(&pack, &["event=tennyu", "p1: moving=no"]);
    let complete = said.engine.complete(&said.facts, said.on);
    assert_eq!(complete.all(&p1, "moving").len(), 1);
    assert_eq!(complete.value(&p1, "moving"), Some(&Value::YesNo(false)));
}

#[test]
fn a_fact_of_the_case_is_taken_from_the_member_who_meets_the_conditions() {
    let pack = Rows::new()
        .ask("new_head_name")
        .household("p")
        .with(|row| row.asks = words(&["new_head_name"]))
        .rule("p required", &[])
        .follow("new_head_name @name takes", &["relation is head"])
        .pack();
    for (lines, asks) in [
        (vec!["p1: name=見本太郎"], vec!["new_head_name"]),
        (vec!["p1: name=見本太郎 relation=head"], vec![]),
        (vec!["p1: relation=head"], vec!["new_head_name"]),
        (vec!["p1: name=見本太郎 relation=child", "p2: name=見本花子 relation=head"], vec![]),
        // Two heads with two names: nobody guesses.
        (
            vec!["p1: name=見本太郎 relation=head", "p2: name=見本花子 relation=head"],
            vec!["new_head_name"],
        ),
        (vec!["p1: name=見本太郎 relation=head", "p2: relation=head"], vec!["new_head_name"]),
    ] {
        assert_eq!(see(&pack, &lines).asks(), words(&asks), "{lines:?}");
    }
}

#[test]
fn one_row_may_follow_from_another_and_from_a_gate_in_any_order_of_the_sheet() {
    let rows = |pack: Rows| {
        pack.fact("any_stays case yes-no")
            .ask("any_stays moving relation new_head_name")
            .household("p")
            .with(|row| row.asks = words(&["new_head_name"]))
            .rule("p required", &["moving is yes"])
    };
    let gate = |pack: Rows| pack.gate("any_stays moving yes", &[]);
    let head =
        |pack: Rows| pack.follow("relation head takes", &["moving is yes", "people_count is 1"]);
    let name = |pack: Rows| pack.follow("new_head_name @name takes", &["relation is head"]);
    for pack in [
        name(head(gate(rows(Rows::new())))).pack(),
        gate(head(name(rows(Rows::new())))).pack(),
        head(gate(name(rows(Rows::new())))).pack(),
    ] {
        let seen = see(&pack, &["any_stays=no", "p1: name=見本太郎"]);
        assert_eq!((seen.asks(), seen.status("p")), (vec![], "required"));
        let complete = seen.engine.complete(&seen.facts, seen.on);
        let taken = complete.value(&Subject::Case, "new_head_name");
        assert_eq!(taken, Some(&Value::Text("見本太郎".to_owned())));
    }
}

#[test]
fn an_address_says_whether_the_town_its_prefecture_or_another_was_left() {
    let pack = Rows::new()
        .ask("from")
        .household("p")
        .rule("p required", &["from is other_pref"])
        .follow("from same_city takes", &["address starts @own_municipality"])
        .follow(
            "from same_pref takes",
            &["address starts @own_prefecture", "address not-starts @own_municipality"],
        )
        .follow(
            "from other_pref takes",
            &["address starts 東京都 みほん県", "address not-starts @own_prefecture"],
        )
        .pack();
    let from = |pack: &kakanai_rules::Pack, address: &str| {
        let seen = see(pack, &[&format!("p1: address={address}")]);
        let complete = seen.engine.complete(&seen.facts, seen.on);
        match complete.value(&Subject::Case, "from") {
            Some(Value::Choice(id)) => id.clone(),
            _ => seen.asks().concat(),
        }
    };
    for (address, expected) in [
        ("みほん県みほん市緑町１丁目", "same_city"),
        ("みほん県なぎさ市浜町２", "same_pref"),
        ("東京都千代田区", "other_pref"),
        // Without its prefecture, from abroad, or written otherwise, an address says nothing.
        ("みほん市緑町１丁目", "from"),
        ("Springfield", "from"),
        ("unknown", "from"),
    ] {
        assert_eq!(from(&pack, address), expected, "{address}");
    }
    let nowhere = kakanai_rules::Pack { prefecture: String::new(), ..pack };
    assert_eq!(from(&nowhere, "みほん県みほん市緑町１丁目"), "from");
}

#[test]
fn a_suggestion_is_chosen_beforehand_and_decides_nothing() {
    let pack = Rows::new()
        .ask("pension birth_date")
        .person("p")
        .rule("p required", &["pension is 2"])
        .follow("pension 2 suggests", &["insurance_after is shaho"])
        .follow("pension 1 suggests", &["insurance_after is-not kouki"])
        .pack();
    for (said, suggested) in [
        ("", None),
        ("insurance_after=shaho", Some(json!("2"))),
        ("insurance_after=kokuho", Some(json!("1"))),
        ("insurance_after=kouki", None),
    ] {
        let seen = see(&pack, &[&format!("p1: {said}")]);
        let asked = seen.questions(Detail::Next);
        assert_eq!(asked.len(), 1, "{said}");
        assert_eq!(asked[0].suggested, suggested, "{said}");
        assert_eq!(seen.status("p p1"), "undecided", "{said}");
    }
    assert!(pack.follows.iter().all(|row| row.kind == FollowKind::Suggests));
}

#[test]
fn the_size_of_the_household_is_a_range_until_all_are_named() {
    let pack = Rows::new()
        .ask("people")
        .household("one")
        .rule("one required", &["people_count is 1"])
        .household("several")
        .rule("several required", &["people_count >= 2"])
        .pack();
    for (lines, one, several, asks) in [
        (vec!["p1:"], "required", "not-needed", vec![]),
        (vec!["p1:", "p2:"], "not-needed", "required", vec![]),
        (vec!["p1:", "incomplete"], "undecided", "undecided", vec!["people"]),
        (vec!["p1:", "p2:", "incomplete"], "not-needed", "required", vec![]),
    ] {
        let seen = see(&pack, &lines);
        assert_eq!((seen.status("one"), seen.status("several")), (one, several), "{lines:?}");
        assert_eq!(seen.asks(), words(&asks), "{lines:?}");
    }
}
