//! Expressions that are read and expressions that are refused.

use std::collections::BTreeSet;

use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Op, Shift, Unit};
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Value, Vocabulary};
use proptest::prelude::*;

use super::*;
use crate::finding::{Finding, Place};
use crate::row::Row;

fn with_names<T>(run: impl FnOnce(&Names<'_>) -> T) -> T {
    let own = [FactDef {
        id: "school_child".to_owned(),
        subject: SubjectKind::Person,
        kind: FactType::YesNo,
        values: Vec::new(),
        sensitivity: Sensitivity::Plain,
    }];
    let vocabulary = Vocabulary::new(&own, []);
    let procedure = |id: &str, scope: &str| {
        let place = Place { sheet: "procedures.csv".to_owned(), row: 2 };
        let cells = [("id", id), ("scope", scope)];
        Row::new(place, 0, cells.map(|(column, text)| (column.to_owned(), text.to_owned())))
    };
    let procedures = [procedure("juki.tennyu", "household"), procedure("card.keizoku", "person")];
    run(&Names::new(&vocabulary, BTreeSet::from(["school_child".to_owned()]), &procedures))
}

fn fact(who: Who, fact: &str) -> Term {
    Term::Fact { who, fact: fact.to_owned(), shift: Shift::default() }
}

fn moved(fact: &str, amount: i32, unit: Unit) -> Term {
    Term::Fact { who: Who::Case, fact: fact.to_owned(), shift: Shift { amount, unit } }
}

fn choice(who: Who, name: &str, values: &[&str]) -> Expression {
    let values = values.iter().map(|value| Value::Choice((*value).to_owned())).collect();
    Expression::Among { term: fact(who, name), values }
}

fn number(left: Term, op: Op, right: i64) -> Expression {
    Expression::Compare { left, op, right: Term::Value(Value::Number(right)) }
}

fn members(body: Expression, op: Op, count: i64) -> Expression {
    Expression::Members { body: Box::new(body), op, count }
}

fn not(inner: Expression) -> Expression {
    Expression::Not(Box::new(inner))
}

#[test]
fn what_may_be_written_becomes_a_tree() {
    use Who::{Case, Member, Person};
    let compare = |left: Term, op: Op, right: Term| Expression::Compare { left, op, right };
    let holds = |who: Who, name: &str| Expression::Holds(fact(who, name));
    let day = |text: &str| Term::Value(Value::Date(text.parse().unwrap()));
    let age_on =
        |who: Who, name: &str, on: Term| Term::Age { who, fact: name.to_owned(), on: Box::new(on) };
    let head = || choice(Member(0), "relation", &["head"]);
    let table = [
        ("true", Expression::Constant(true)),
        ("new_household", holds(Case, "new_household")),
        ("!person.moving", not(holds(Person, "moving"))),
        ("(((person.school_child)))", holds(Person, "school_child")),
        (r#"event == "tennyu""#, choice(Case, "event", &["tennyu"])),
        (r#""tennyu" == event"#, choice(Case, "event", &["tennyu"])),
        (r#"event != 'tennyu'"#, not(choice(Case, "event", &["tennyu"]))),
        (r#"from in ["abroad", "same_pref"]"#, choice(Case, "from", &["abroad", "same_pref"])),
        (r#""juminhyo" in person.certificates"#, choice(Person, "certificates", &["juminhyo"])),
        (
            r#"person.nationality_code in ["JPN"]"#,
            Expression::Among {
                term: fact(Person, "nationality_code"),
                values: vec![Value::Text("JPN".to_owned())],
            },
        ),
        (
            r#"move_date in [date("2026-10-01")]"#,
            Expression::Among {
                term: fact(Case, "move_date"),
                values: vec![Value::Date("2026-10-01".parse().unwrap())],
            },
        ),
        ("person.age >= 20", number(fact(Person, "age"), Op::GreaterOrEqual, 20)),
        ("20 <= person.legal_age", number(fact(Person, "legal_age"), Op::GreaterOrEqual, 20)),
        ("person.fiscal_age != 15", number(fact(Person, "fiscal_age"), Op::NotIn, 15)),
        ("moped_cc > -1", number(fact(Case, "moped_cc"), Op::Greater, -1)),
        (
            "person.insurance_before == person.insurance_after",
            compare(fact(Person, "insurance_before"), Op::In, fact(Person, "insurance_after")),
        ),
        (
            "move_date + days(14) >= counter_date",
            compare(
                moved("move_date", 14, Unit::Days),
                Op::GreaterOrEqual,
                fact(Case, "counter_date"),
            ),
        ),
        (
            "counter_date < move_date - months(6)",
            compare(fact(Case, "counter_date"), Op::Less, moved("move_date", -6, Unit::Months)),
        ),
        (
            r#"date("2026-10-01") <= move_date"#,
            compare(fact(Case, "move_date"), Op::GreaterOrEqual, day("2026-10-01")),
        ),
        (
            r#"counter_date > deadline("juki.tennyu") + years(1)"#,
            compare(
                fact(Case, "counter_date"),
                Op::Greater,
                moved("deadline.juki.tennyu", 1, Unit::Years),
            ),
        ),
        (
            r#"filed("juki.tennyu") == deadline("card.keizoku")"#,
            compare(fact(Case, "filed.juki.tennyu"), Op::In, fact(Person, "deadline.card.keizoku")),
        ),
        (
            r#"filed("card.keizoku") < counter_date"#,
            compare(fact(Case, "filed.card.keizoku"), Op::Less, fact(Case, "counter_date")),
        ),
        (
            "fiscal_age_on(person, move_date + days(1)) <= 15",
            number(
                age_on(Person, "fiscal_age", moved("move_date", 1, Unit::Days)),
                Op::LessOrEqual,
                15,
            ),
        ),
        (
            r#"people.exists(p, p.relation == "head" && legal_age_on(p, date("2026-04-01")) < 18)"#,
            members(
                Expression::All(vec![
                    head(),
                    number(age_on(Member(0), "legal_age", day("2026-04-01")), Op::Less, 18),
                ]),
                Op::GreaterOrEqual,
                1,
            ),
        ),
        ("people.all(p, p.moving)", members(not(holds(Member(0), "moving")), Op::In, 0)),
        ("people.exists_one(p, p.moving)", members(holds(Member(0), "moving"), Op::In, 1)),
        (
            "2 <= people.filter(p, !p.moving && p.age >= 15).size()",
            members(
                Expression::All(vec![
                    not(holds(Member(0), "moving")),
                    number(fact(Member(0), "age"), Op::GreaterOrEqual, 15),
                ]),
                Op::GreaterOrEqual,
                2,
            ),
        ),
        (
            "people.exists(p, p != person && people.all(q, q == p || q.moving || new_household))",
            members(
                Expression::All(vec![
                    not(Expression::Same(Member(0), Person)),
                    members(
                        not(Expression::Any(vec![
                            Expression::Same(Member(0), Member(1)),
                            holds(Member(0), "moving"),
                            holds(Case, "new_household"),
                        ])),
                        Op::In,
                        0,
                    ),
                ]),
                Op::GreaterOrEqual,
                1,
            ),
        ),
        (
            "new_household && (same_lot && has_dog) && (has_moped || (has_motorbike || honseki_here))",
            Expression::All(vec![
                holds(Case, "new_household"),
                holds(Case, "same_lot"),
                holds(Case, "has_dog"),
                Expression::Any(vec![
                    holds(Case, "has_moped"),
                    holds(Case, "has_motorbike"),
                    holds(Case, "honseki_here"),
                ]),
            ]),
        ),
    ];
    with_names(|names| {
        for (text, expected) in table {
            let read = read(text, Scope { person: true }, names);
            assert_eq!(read.map_err(|fault| fault.words.text), Ok(expected), "{text}");
        }
    });
}

/// The finding for an expression that is refused.
fn refused(text: &str, person: bool, names: &Names<'_>) -> Option<Finding> {
    let place = Place { sheet: "rules.csv".to_owned(), row: 2 };
    let fault = read(text, Scope { person }, names).err()?;
    Some(fault.finding(&place, "expression", text))
}

#[test]
fn everything_else_is_refused_with_its_place_and_what_to_write() {
    let table = [
        // The text; where; what is wrong; what to do.
        (
            "person.ege >= 20",
            "1文字目「person.ege」",
            "項目は語彙にもこのパックにもありません",
            "「age」のことですか",
        ),
        ("new_household && evnet == \"x\"", "18文字目「evnet」", "「evnet」", "「event」"),
        ("age >= 20", "1文字目「age」", "一人ひとりの項目", "person.age と"),
        ("people.exists(q, moving)", "18文字目「moving」", "一人ひとりの項目", "q.moving と"),
        ("person.event == \"tennyu\"", "1文字目「person.event」", "世帯の項目", "event とだけ"),
        ("event == \"tenyu\"", "1文字目「event == \"tenyu\"」", "比べられません", "tennyu, tenkyo"),
        ("event == 3", "1文字目「event == 3」", "比べられません", "tennyu"),
        ("event < \"tennyu\"", "1文字目", "比べられません", "== か != か in"),
        (
            "person.moving == true",
            "1文字目「person.moving == true」",
            "比べられません",
            "! を付けて",
        ),
        ("person.age == \"20\"", "1文字目", "比べられません", "数字と"),
        ("person.age == 20.5", "15文字目「20.5」", "ここには使えません", "式に書けるもの"),
        ("move_date >= \"2026-10-01\"", "1文字目", "比べられません", "date(\"2026-10-01\")"),
        (
            "move_date >= date(\"2026-13-01\")",
            "14文字目「date(\"2026-13-01\")」",
            "日付を読めません",
            "のように",
        ),
        (
            "person.certificates == \"juminhyo\"",
            "1文字目",
            "比べられません",
            "\"値\" in certificates",
        ),
        (
            "person.certificates in [\"juminhyo\"]",
            "1文字目",
            "比べられません",
            "\"値\" in certificates",
        ),
        ("\"jumin\" in person.certificates", "1文字目「\"jumin\"」", "比べられません", "juminhyo"),
        ("from in []", "1文字目「from in []」", "比べられません", "same_city"),
        ("event in from", "1文字目", "in の使い方", "項目 in"),
        ("event", "1文字目「event」", "はい・いいえ の項目ではありません", "比べて"),
        ("\"tennyu\"", "1文字目", "これだけでは条件になりません", "比べて"),
        ("move_date == event", "1文字目", "「move_date」（date）と「event」（choice）", "同じ種類"),
        ("person.moving == new_household", "1文字目", "比べられません", "同じ種類"),
        ("1 == 1", "1文字目「1 == 1」", "ここには使えません", "式に書けるもの"),
        ("person == \"p1\"", "1文字目", "ここには使えません", "式に書けるもの"),
        ("visitor_person == person", "1文字目", "比べられません", "式では使えません"),
        ("already_done == \"x\"", "1文字目", "比べられません", "filed("),
        (
            "move_date + days(14) + days(1) > counter_date",
            "1文字目「move_date + days(14) + days(1)」",
            "一度だけ",
            "のように",
        ),
        ("move_date + 14 > counter_date", "1文字目「move_date + 14」", "一度だけ", "days(14)"),
        ("move_date + days(99999) > counter_date", "1文字目", "一度だけ", "days(14)"),
        ("person.age + 1 > 20", "1文字目", "足し引き", "のように"),
        (
            "deadline(juki.tennyu) > move_date",
            "1文字目「deadline(juki.tennyu)」",
            "手続きの名前がありません",
            "deadline(\"juki.tennyu\")",
        ),
        ("age_on(move_date, person) > 3", "1文字目", "age_on の使い方", "age_on(p, move_date)"),
        (
            "people.filter(p, p.moving)",
            "1文字目「people.filter(p, p.moving)」",
            "filter だけ",
            ".size() >= 2",
        ),
        ("people.map(p, p.age).size() > 1", "1文字目", "ここには使えません", "式に書けるもの"),
        ("people.size() > 1", "1文字目「people.size()」", "ここには使えません", "式に書けるもの"),
        (
            "from.exists(p, p.moving)",
            "1文字目「from.exists(p, p.moving)」",
            "ここには使えません",
            "式に書けるもの",
        ),
        ("people.exists(event, event.moving)", "1文字目", "「event」という名前", "別の名前"),
        ("people.exists(p, people.exists(p, p.moving))", "18文字目", "「p」という名前", "別の名前"),
        ("has(person.age)", "1文字目「has(person.age)」", "ここには使えません", "式に書けるもの"),
        ("person.moving ? same_lot : has_dog", "1文字目", "ここには使えません", "式に書けるもの"),
        ("person[\"age\"] > 3", "1文字目", "ここには使えません", "式に書けるもの"),
        ("{\"a\": 1} == person", "1文字目", "ここには使えません", "式に書けるもの"),
        ("juki.tennyu", "1文字目", "「juki」という項目", "つづりを"),
        ("person.moving &&", "17文字目", "式を読めません", "かっこ"),
        ("person.moving and same_lot", "15文字目", "式を読めません", "&&"),
        ("name = \"x\"", "6文字目", "式を読めません", "=="),
        ("event == “tennyu”", "10文字目", "式を読めません", "引用符"),
        ("(person.moving", "15文字目", "式を読めません", "かっこ"),
    ];
    with_names(|names| {
        for (text, at, what, hint) in table {
            let finding = refused(text, true, names).unwrap_or_else(|| panic!("accepted: {text}"));
            assert!(finding.text.starts_with(at), "{text}: {}", finding.text);
            assert!(finding.text.contains(what), "{text}: {}", finding.text);
            assert!(finding.hint.contains(hint), "{text}: {}", finding.hint);
            assert!(!finding.text_en.is_empty() && !finding.hint_en.is_empty(), "{text}");
        }
    });
}

#[test]
fn a_fact_of_the_case_has_no_person() {
    with_names(|names| {
        for (text, what) in [
            ("person.moving", "person は使えません"),
            ("counter_date > deadline(\"card.keizoku\")", "一人ひとり違います"),
        ] {
            let finding = refused(text, false, names).unwrap();
            assert!(finding.text.contains(what), "{text}: {}", finding.text);
        }
        assert_eq!(refused("people.exists(p, p.moving)", false, names), None);
    });
}

#[test]
fn an_expression_has_an_end() {
    with_names(|names| {
        let nested =
            |depth: usize| format!("{}same_lot{}", "(has_dog || ".repeat(depth), ")".repeat(depth));
        let deep =
            |depth: usize| format!("{}person.moving{}", "!(".repeat(depth), ")".repeat(depth));
        let people =
            "people.exists(a, people.exists(b, people.exists(c, people.exists(d, a.moving))))";
        assert_eq!(refused(&nested(10), true, names), None);
        for text in [
            nested(40),
            deep(30),
            people.to_owned(),
            format!("same_lot{}", " || same_lot".repeat(100)),
        ] {
            let finding = refused(&text, true, names).unwrap_or_else(|| panic!("accepted: {text}"));
            assert!(!finding.text.is_empty(), "{text}");
        }
    });
}

proptest! {
    #[test]
    fn no_text_panics(text in ".{0,60}") {
        with_names(|names| refused(&text, true, names));
    }

    #[test]
    fn no_row_of_words_panics(words in prop::collection::vec(prop::sample::select(vec![
        "person", ".", "moving", "age", "event", "people", "exists", "(", ")", "p", ",", "&&", "||", "!", "==", "in",
        "[", "]", "\"tennyu\"", "'", "\"", "1", "-", "+", "days", "date", "size", "filter", "all", "{", "}", ":", "?",
        "true", "null", "\\", "`", "あ", "\n", "//", "0x", "1u", "1.5", "b\"", "r'", "\u{a0}", "map", "has",
    ]), 0..24), space in any::<bool>()) {
        let text = words.join(if space { " " } else { "" });
        with_names(|names| refused(&text, true, names));
    }
}
