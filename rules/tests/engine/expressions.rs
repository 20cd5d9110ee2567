//! Expressions: quantifiers over members, named conditions, what columns cannot say.

use kakanai_rules::expression::{Expression, Who};
use kakanai_rules::pack::Op;

use super::build::{
    Rows, among, case_fact, compare, every, exists, member_fact, members, not, number, person_fact,
};
use super::seen::see;

fn holds(fact: &str) -> Expression {
    Expression::Holds(member_fact(fact))
}

#[test]
fn members_are_counted_between_those_who_do_and_those_who_could() {
    let moving = || holds("moving");
    let rows: [(&str, Expression, &[&str], &str); 17] = [
        ("exists", exists(moving()), &["p1: moving=no", "p2: moving=yes"], "required"),
        ("exists", exists(moving()), &["p1: moving=no", "p2:"], "undecided"),
        ("exists", exists(moving()), &["p1: moving=no"], "not-needed"),
        ("exists", exists(moving()), &["p1: moving=no", "incomplete"], "undecided"),
        ("exists", exists(moving()), &["p1: moving=yes", "incomplete"], "required"),
        ("exists", exists(moving()), &[], "not-needed"),
        ("all", every(moving()), &["p1: moving=yes", "p2: moving=yes"], "required"),
        ("all", every(moving()), &["p1: moving=yes", "p2:"], "undecided"),
        ("all", every(moving()), &["p1: moving=no", "p2:"], "not-needed"),
        ("all", every(moving()), &["p1: moving=yes", "incomplete"], "undecided"),
        ("all", every(moving()), &["p1: moving=no", "incomplete"], "not-needed"),
        ("all", every(moving()), &[], "required"),
        ("two", members(moving(), Op::GreaterOrEqual, 2), &["p1: moving=yes", "p2:"], "undecided"),
        ("two", members(moving(), Op::GreaterOrEqual, 2), &["p1: moving=no", "p2:"], "not-needed"),
        ("one", members(moving(), Op::In, 1), &["p1: moving=yes", "p2: moving=no"], "required"),
        (
            "one",
            members(moving(), Op::In, 1),
            &["p1: moving=yes", "p2: moving=yes", "incomplete"],
            "not-needed",
        ),
        ("few", members(moving(), Op::Less, 2), &["p1: moving=yes", "incomplete"], "undecided"),
    ];
    for (name, expression, people, status) in rows {
        let pack = Rows::new().household("p").rule_if("p required", &[], expression).pack();
        assert_eq!(see(&pack, people).status("p"), status, "{name} {people:?}");
    }
}

#[test]
fn an_expression_is_weighed_with_the_columns_of_its_row() {
    let head_is_foreign = exists(Expression::All(vec![
        among(member_fact("relation"), &["head"]),
        among(member_fact("nationality"), &["foreign"]),
    ]));
    let pack = Rows::new()
        .person("p")
        .rule_if("p required", &["event is tennyu", "moving is yes"], head_is_foreign)
        .pack();
    let seen = see(
        &pack,
        &[
            "event=tennyu",
            "p1: relation=head nationality=foreign moving=no",
            "p2: moving=yes relation=child",
            "p3:",
        ],
    );
    assert_eq!(
        ["p p1", "p p2", "p p3"].map(|who| seen.status(who)),
        ["not-needed", "required", "undecided"]
    );
}

#[test]
fn a_quantifier_tells_the_person_from_the_others() {
    let other_head = exists(Expression::All(vec![
        not(Expression::Same(Who::Member(0), Who::Person)),
        among(member_fact("relation"), &["head"]),
    ]));
    let pack = Rows::new().person("p").rule_if("p required", &[], other_head).pack();
    let seen = see(&pack, &["p1: relation=head", "p2: relation=child"]);
    assert_eq!(["p p1", "p p2"].map(|who| seen.status(who)), ["not-needed", "required"]);
}

#[test]
fn quantifiers_nest() {
    // A member with a child relation while another member, not the same one, is a grandchild.
    let inner = exists(Expression::All(vec![
        not(Expression::Same(Who::Member(0), Who::Member(1))),
        among(member_fact("relation"), &["grandchild"]),
    ]));
    let nested = exists(Expression::All(vec![among(member_fact("relation"), &["child"]), inner]));
    let pack = Rows::new().household("p").rule_if("p required", &[], nested).pack();
    for (people, status) in [
        (vec!["p1: relation=child", "p2: relation=grandchild"], "required"),
        (vec!["p1: relation=grandchild", "p2: relation=grandchild"], "not-needed"),
        (vec!["p1: relation=child", "p2:"], "undecided"),
    ] {
        assert_eq!(see(&pack, &people).status("p"), status, "{people:?}");
    }
}

#[test]
fn also_events_count_in_expressions_too() {
    let pack = Rows::new()
        .household("p")
        .rule_if("p required", &[], among(case_fact("event"), &["tenkyo"]))
        .household("q")
        .rule_if("q required", &[], not(among(case_fact("event"), &["tenkyo"])))
        .pack();
    let seen = see(&pack, &["event=rikon also_events=tenkyo,setai"]);
    assert_eq!((seen.status("p"), seen.status("q")), ("required", "not-needed"));
}

#[test]
fn named_conditions_build_on_each_other() {
    let school_age = Expression::All(vec![
        compare(person_fact("fiscal_age"), Op::GreaterOrEqual, number(7)),
        compare(person_fact("fiscal_age"), Op::LessOrEqual, number(15)),
    ]);
    let moving_pupil = Expression::All(vec![
        Expression::Holds(person_fact("school_age")),
        Expression::Holds(person_fact("moving")),
    ]);
    let pack = Rows::new()
        .derived("moving_pupil person", moving_pupil)
        .derived("school_age person", school_age)
        .derived("pupils case", exists(holds("moving_pupil")))
        .person("p")
        .rule("p required", &["moving_pupil is yes"])
        .person("q")
        .rule("q required", &["moving_pupil is no"])
        .household("h")
        .rule("h required", &["pupils is yes"])
        .pack();
    let seen = see(
        &pack,
        &["p1: birth_date=2016-05-01 moving=yes", "p2: birth_date=1986-01-20", "p3: moving=yes"],
    );
    assert_eq!(
        ["p p1", "p p2", "p p3"].map(|who| seen.status(who)),
        ["required", "not-needed", "undecided"]
    );
    assert_eq!(
        ["q p1", "q p2", "q p3"].map(|who| seen.status(who)),
        ["not-needed", "required", "undecided"]
    );
    assert_eq!(seen.status("h"), "required");
    assert_eq!(seen.needs("p p3"), ["p3.birth_date"]);
}

#[test]
fn conditions_that_need_themselves_stay_open_and_end() {
    let pack = Rows::new()
        .derived("a person", Expression::Holds(person_fact("b")))
        .derived("b person", Expression::Holds(person_fact("a")))
        .derived(
            "c case",
            Expression::Any(vec![
                Expression::Holds(case_fact("c")),
                Expression::Holds(case_fact("new_household")),
            ]),
        )
        .person("p")
        .rule("p required", &["a is yes"])
        .household("h")
        .rule("h required", &["c is yes"])
        .household("d")
        .rule("d required", &["counter_date > @deadline.d"])
        .deadline("d 14 start=deadline.d", &[])
        .pack();
    let seen = see(&pack, &["new_household=yes", "p1:"]);
    let status = ["p p1", "h", "d"].map(|which| seen.status(which));
    assert_eq!(status, ["undecided", "undecided", "undecided"]);
    assert!(seen.asks_all().is_empty());
}
