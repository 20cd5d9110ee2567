//! Questions: only those that can matter, each once, in the author's order, the household before its members.

use kakanai_rules::{Detail, Sensitivity, Subject};

use super::build::{Rows, exists, member_fact};
use super::seen::see;
use kakanai_rules::expression::Expression;

fn words(list: &[&str]) -> Vec<String> {
    list.iter().map(|&word| word.to_owned()).collect()
}

#[test]
fn a_later_condition_is_asked_only_when_the_earlier_ones_hold() {
    let pack = Rows::new()
        .ask("same_lot event move_date from")
        .household("p")
        .rule("p required", &["event is tennyu", "from is abroad", "move_date < 2026-11-01"])
        .pack();
    for (facts, next, all) in [
        ("", vec!["event"], vec!["event", "move_date", "from"]),
        ("event=tennyu", vec!["from"], vec!["move_date", "from"]),
        ("event=tennyu from=abroad", vec!["move_date"], vec!["move_date"]),
        ("event=tennyu from=same_pref", vec![], vec![]),
        ("event=setai", vec![], vec![]),
        // Who does not know one condition may still rule the row out with another.
        ("event=unknown", vec!["from"], vec!["move_date", "from"]),
        ("event=tennyu from=declined", vec!["move_date"], vec!["move_date"]),
        ("event=unknown from=unknown move_date=unknown", vec![], vec![]),
        ("event=unknown from=unknown move_date=2026-00-00", vec![], vec![]),
    ] {
        let seen = see(&pack, &[facts]);
        assert_eq!((seen.asks(), seen.asks_all()), (words(&next), words(&all)), "{facts}");
    }
}

#[test]
fn the_household_is_asked_before_its_members_and_each_in_the_authors_order() {
    let pack = Rows::new()
        .ask("care_level moving people event same_lot")
        .person("p")
        .rule("p required", &["moving is yes"])
        .person("q")
        .rule("q required", &["care_level is none"])
        .household("h")
        .rule("h required", &["moving is yes"])
        .household("i")
        .rule("i required", &["same_lot is yes"])
        .household("j")
        .rule("j required", &["event is tennyu"])
        .pack();
    let seen = see(&pack, &["p1:", "p2:", "incomplete"]);
    let order =
        ["people", "event", "same_lot", "p1.care_level", "p2.care_level", "p1.moving", "p2.moving"];
    assert_eq!(seen.asks(), order);
    let people = seen.questions(Detail::Next).remove(0);
    assert_eq!((people.kind.as_str(), people.number, people.person), ("person-list", 3, None));
}

#[test]
fn an_incomplete_household_is_asked_for_only_where_a_member_could_matter() {
    let pack = Rows::new()
        .ask("people event move_date moving")
        .household("p")
        .rule("p required", &["event is tennyu", "moving is yes"])
        .household("q")
        .rule("q required until=2026-11-19", &["moving is yes"])
        .household("r")
        .rule_if(
            "r required",
            &["event is tenkyo"],
            exists(Expression::Holds(member_fact("moving"))),
        )
        .pack();
    for (facts, asks) in [
        ("event=tennyu", vec!["people"]),
        ("event=tenkyo", vec!["people"]),
        ("event=setai", vec![]),
    ] {
        assert_eq!(see(&pack, &[facts, "incomplete"]).asks(), words(&asks), "{facts}");
    }
    let found = see(&pack, &["event=tennyu", "p1: moving=yes", "incomplete"]);
    assert!(found.asks().is_empty(), "one member is enough");
}

#[test]
fn what_papers_lack_is_asked_last_and_only_when_required() {
    let pack = Rows::new()
        .ask("phone name new_address event same_lot move_date moving")
        .household("p")
        .with(|row| row.asks = words(&["phone", "name", "new_address"]))
        .rule("p required", &["event is tennyu"])
        .deadline("p 14 start=move_date", &[])
        .household("q")
        .with(|row| row.asks = words(&["honseki"]))
        .rule("q may-apply", &["event is tennyu"])
        .household("r")
        .rule("r required", &["same_lot is yes"])
        .pack();
    assert_eq!(see(&pack, &["p1: moving=yes"]).asks(), ["event", "same_lot"]);
    let seen = see(&pack, &["event=tennyu", "p1: moving=yes", "p2: moving=no"]);
    assert_eq!(seen.asks(), ["same_lot", "phone", "new_address", "move_date", "p1.name"]);
    let enough = see(
        &pack,
        &[
            "event=tennyu same_lot=no phone=declined new_address=x move_date=unknown",
            "p1: moving=yes name=unknown",
        ],
    );
    assert!(enough.asks().is_empty());
    assert!(see(&pack, &["event=setai same_lot=no", "p1:"]).asks().is_empty());
}

#[test]
fn everybody_a_required_procedure_may_be_for_is_asked() {
    let pack = Rows::new()
        .ask("moving name")
        .household("p")
        .with(|row| row.asks = words(&["name"]))
        .rule("p required", &["moving is yes"])
        .pack();
    let seen = see(&pack, &["p1: moving=yes", "p2:", "p3: moving=no"]);
    assert_eq!(seen.asks(), ["p2.moving", "p1.name"]);
}

#[test]
fn a_discreet_or_retired_question_is_never_asked() {
    let pack = Rows::new()
        .fact("secret case yes-no")
        .sensitive(Sensitivity::Discreet)
        .fact("hidden case yes-no")
        .sensitive(Sensitivity::Private)
        .ask("secret hidden same_lot event move_date")
        .also(|pack| {
            pack.questions
                .iter_mut()
                .filter(|row| row.fact == "same_lot")
                .for_each(|row| row.retired = true)
        })
        .household("p")
        .rule("p required", &["secret is yes", "event is tennyu"])
        .household("q")
        .rule("q required", &["same_lot is yes", "move_date < 2026-11-01"])
        .household("r")
        .rule("r required", &["hidden is yes"])
        .pack();
    let seen = see(&pack, &[]);
    // What cannot be asked does not stand in the way of what can still rule the row out.
    assert_eq!(seen.asks(), ["hidden", "event", "move_date"]);
    assert_eq!(seen.asks_all(), ["hidden", "event", "move_date"]);
    assert!(seen.questions(Detail::Next)[0].private);
    assert_eq!(seen.needs("p"), ["secret", "event"]);
    for fact in ["secret", "same_lot"] {
        let question = seen.engine.question_about(&seen.facts, seen.on, "ja", &Subject::Case, fact);
        assert_eq!(question, None, "{fact}");
    }
}

#[test]
fn an_exception_is_asked_once_something_would_be_needed() {
    let pack = Rows::new()
        .ask("same_lot event public_housing")
        .household("p")
        .rule("p required", &["event is tennyu"])
        .rule("p may-apply", &["public_housing is yes"])
        .rule("p except", &["same_lot is yes"])
        .pack();
    for (facts, asks) in [
        ("", vec!["event"]),
        ("event=tennyu", vec!["same_lot"]),
        ("event=setai", vec!["public_housing"]),
        ("event=setai public_housing=yes", vec!["same_lot"]),
        ("event=setai public_housing=no", vec![]),
        ("event=setai public_housing=unknown", vec!["same_lot"]),
        // Nobody knows whether it is required: only the exception can still settle it.
        ("event=unknown", vec!["same_lot"]),
        ("event=unknown same_lot=no", vec![]),
    ] {
        assert_eq!(see(&pack, &[facts]).asks(), words(&asks), "{facts}");
    }
}

#[test]
fn a_gate_is_asked_instead_and_fills_everybody_who_said_nothing_else() {
    let pack = Rows::new()
        .fact("any_card case yes-no")
        .ask("any_card mynumber_card")
        .gate("any_card mynumber_card none", &[])
        .person("p")
        .rule("p required", &["mynumber_card is valid"])
        .pack();
    let open = see(&pack, &["p1:", "p2:"]);
    assert_eq!(open.asks(), ["any_card"]);
    assert_eq!(open.needs("p p1"), ["p1.mynumber_card"]);
    for (gate, people, asks, status) in [
        ("any_card=no", ["p1:", "p2:"], vec![], ["not-needed", "not-needed"]),
        ("any_card=no", ["p1:", "p2: mynumber_card=valid"], vec![], ["not-needed", "required"]),
        ("any_card=no", ["p1:", "p2: mynumber_card=unknown"], vec![], ["not-needed", "undecided"]),
        (
            "any_card=yes",
            ["p1:", "p2:"],
            vec!["p1.mynumber_card", "p2.mynumber_card"],
            ["undecided", "undecided"],
        ),
        (
            "any_card=unknown",
            ["p1:", "p2: mynumber_card=none"],
            vec!["p1.mynumber_card"],
            ["undecided", "not-needed"],
        ),
        (
            "",
            ["p1: mynumber_card=valid", "p2: mynumber_card=none"],
            vec![],
            ["required", "not-needed"],
        ),
    ] {
        let seen = see(&pack, &[gate, people[0], people[1]]);
        assert_eq!(seen.asks(), words(&asks), "{gate} {people:?}");
        assert_eq!(["p p1", "p p2"].map(|who| seen.status(who)), status, "{gate} {people:?}");
    }
    let seen = see(&pack, &["any_card=no", "p1:", "p2: mynumber_card=valid"]);
    let complete = seen.engine.complete(&seen.facts, seen.on);
    let p1 = complete.get(&Subject::Person("p1".to_owned()), "mynumber_card").unwrap();
    assert_eq!(p1.source, kakanai_rules::Source::Derived);
    assert_eq!(complete.all(&Subject::Person("p2".to_owned()), "mynumber_card").len(), 1);
}

#[test]
fn a_gate_with_conditions_counts_only_where_they_hold() {
    let pack = Rows::new()
        .fact("any_card case yes-no")
        .ask("event any_card mynumber_card")
        .gate("any_card mynumber_card none", &["event is tennyu"])
        .person("p")
        .rule("p required", &["mynumber_card is valid"])
        .pack();
    for (facts, asks, status) in [
        ("event=tennyu", vec!["any_card"], "undecided"),
        ("event=tennyu any_card=no", vec![], "not-needed"),
        ("event=setai", vec!["p1.mynumber_card"], "undecided"),
        ("event=setai any_card=no", vec!["p1.mynumber_card"], "undecided"),
        ("any_card=no", vec!["p1.mynumber_card"], "undecided"),
    ] {
        let seen = see(&pack, &[facts, "p1:"]);
        assert_eq!((seen.asks(), seen.status("p p1")), (words(&asks), status), "{facts}");
    }
}

#[test]
fn gates_follow_each_other_and_one_that_cannot_be_asked_is_no_gate() {
    let pack = Rows::new()
        .fact("any_medical case yes-no")
        .fact("any_disability case yes-no")
        .fact("unasked case yes-no")
        .ask("any_medical any_disability disability_mental pregnant")
        .gate("any_medical any_disability no", &[])
        .gate("any_disability disability_mental none", &["any_disability is no"])
        .gate("unasked pregnant no", &[])
        .person("p")
        .rule("p required", &["disability_mental is 1"])
        .person("q")
        .rule("q required", &["pregnant is yes"])
        .pack();
    let seen = see(&pack, &["any_medical=no", "p1:"]);
    assert_eq!(seen.status("p p1"), "not-needed");
    assert_eq!(seen.asks(), ["p1.pregnant"]);
    assert_eq!(see(&pack, &["unasked=no", "p1:"]).status("q p1"), "not-needed");
}

#[test]
fn a_gate_that_reads_what_a_later_one_fills_hides_nothing_from_the_rules() {
    let pack = Rows::new()
        .fact("any_card case yes-no")
        .fact("any_dog case yes-no")
        .gate("any_card mynumber_card none", &["has_dog is no"])
        .gate("any_dog has_dog no", &[])
        .household("p")
        .rule("p required", &["has_dog is no"])
        .pack();
    assert_eq!(see(&pack, &["any_dog=no any_card=no", "p1:"]).status("p"), "required");
}

#[test]
fn the_question_about_a_fact_can_be_had_when_it_is_closed() {
    let pack = Rows::new()
        .text("question.q-relation", "{name}さんの続柄は", "")
        .text("question.q-relation.why", "世帯のため", "")
        .text("question.q-relation.staff", "続柄", "")
        .text("choice.relation.head", "世帯主", "")
        .ask("relation visitor_person age")
        .household("p")
        .rule("p required", &["relation is head"])
        .pack();
    let seen = see(&pack, &["p1: relation=head name=見本太郎", "p2: relation=child"]);
    assert!(seen.asks().is_empty());
    let about = |subject: Subject, fact: &str| {
        seen.engine.question_about(&seen.facts, seen.on, "ja", &subject, fact)
    };
    let p2 = Subject::Person("p2".to_owned());
    let question = about(p2.clone(), "relation").unwrap();
    assert_eq!(
        (question.person.as_deref(), question.kind.as_str(), question.number),
        (Some("p2"), "choice", 1)
    );
    assert_eq!((question.why.as_str(), question.staff_text.as_str()), ("世帯のため", "続柄"));
    assert_eq!(
        (question.choices[0].id.as_str(), question.choices[0].text.as_str()),
        ("head", "世帯主")
    );
    let visitor = about(Subject::Case, "visitor_person").unwrap();
    let names: Vec<_> =
        visitor.choices.iter().map(|choice| (choice.id.as_str(), choice.text.as_str())).collect();
    assert_eq!(names, [("p1", "見本太郎"), ("p2", "p2")]);
    for (subject, fact) in [
        (p2, "sex"),
        (Subject::Person("p9".to_owned()), "relation"),
        (Subject::Case, "nothing"),
        (Subject::Case, "age"),
        (Subject::Case, "relation"),
    ] {
        assert_eq!(about(subject, fact), None, "{fact}");
    }
}
