//! Random packs and households. Both are kept as the short rows of `build` and `seen`, so that what a failing
//! property prints can be read.

use std::collections::BTreeMap;

use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::Op;
use kakanai_rules::{Pack, Sensitivity};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use super::build::{
    Rows, among, case_fact, compare, member_fact, members, not, number, person_fact,
};

/// Every fact with what somebody may say about it; the first ones are the simplest.
const CASE: [(&str, &[&str]); 8] = [
    ("event", &["tennyu", "tenkyo", "setai", "unknown"]),
    ("also_events", &["", "tennyu", "tenkyo,setai"]),
    ("already_done", &["", "p0@2026-11-10", "p1"]),
    ("a", &["yes", "no", "unknown", "declined"]),
    ("colour", &["red", "blue", "green", "unknown"]),
    ("day", &["2026-11-20", "2026-11-01", "2027-01-10", "2026-11-00", "2026-00-00", "unknown"]),
    ("g1", &["no", "yes", "unknown"]),
    ("g2", &["no", "yes", "declined"]),
];
const PERSON: [(&str, &[&str]); 6] = [
    ("moving", &["yes", "no", "unknown", "declined"]),
    ("kind", &["x", "y", "z", "unknown"]),
    (
        "birth_date",
        &["1986-01-20", "2006-11-21", "2006-11-00", "2006-00-00", "0000-00-00", "unknown"],
    ),
    ("start", &["2026-11-20", "2026-10-31", "2026-12-31", "2026-11-00", "declined"]),
    ("wants", &["", "map", "map,seal", "unknown"]),
    ("copies", &["0", "1", "2", "unknown"]),
];
/// Facts that a gate answered no may fill.
const GATED: [&str; 4] = ["moving", "kind", "a", "g2"];
const ASKED: [&str; 12] = [
    "people",
    "g1",
    "g2",
    "event",
    "a",
    "colour",
    "day",
    "moving",
    "kind",
    "birth_date",
    "start",
    "wants",
];

const ABOUT_CASE: [&str; 20] = [
    "a is yes",
    "event is tennyu",
    "event not-in tennyu setai",
    "colour in red green",
    "colour is-not red",
    "a is no",
    "day <= @counter_date",
    "day > 2026-11-10",
    "day is 2026-11-20",
    "counter_date > @day+14",
    "counter_date <= @day-1m",
    "counter_date > @deadline.p0",
    "counter_date > @deadline.p0-14",
    "day < @deadline.p0",
    "counter_date <= @deadline.p0+1m",
    "counter_date <= @deadline.p1+7",
    "day > @filed.p0",
    "some is yes",
    "some is no",
    "colour is @tint",
];
const ABOUT_PERSON: [&str; 13] = [
    "moving is yes",
    "kind in x y",
    "kind is-not x",
    "age >= 20",
    "legal_age < 20",
    "fiscal_age in 20 21",
    "start < @day",
    "start > @counter_date-6m",
    "wants is map",
    "wants is-not seal",
    "mine is yes",
    "mine is no",
    "copies >= 1",
];

/// What may follow, in the order in which it can be settled. None of it contradicts a gate or another row.
const FOLLOWS: [(&str, &[&str]); 7] = [
    ("tint blue takes", &["kind is x"]),
    ("colour red takes", &["a is yes"]),
    ("colour @tint takes", &["a is no"]),
    ("copies 1 takes", &["moving is yes", "people_count is 1"]),
    ("start @day takes", &["kind is y"]),
    ("moving yes suggests", &["a is yes"]),
    ("colour green suggests", &["kind is z"]),
];
/// The facts that follow, each after those that it follows from.
pub const FOLLOWING: [&str; 4] = ["tint", "colour", "copies", "start"];

const GATE_CONDITIONS: [&[&str]; 3] = [&[], &["event is tennyu"], &["a is no"]];

/// A pack in the making: everything that varies.
#[derive(Debug, Clone)]
pub struct Recipe {
    some: Expression,
    mine: Expression,
    procedures: Vec<Procedure>,
    gates: Vec<(&'static str, &'static [&'static str])>,
    follows: Vec<(&'static str, &'static [&'static str])>,
    asked: Vec<&'static str>,
    retired: Vec<&'static str>,
    discreet: bool,
}

#[derive(Debug, Clone)]
struct Procedure {
    personal: bool,
    rules: Vec<(String, Vec<&'static str>, Option<Expression>)>,
    deadlines: Vec<(String, Vec<&'static str>)>,
    bring: Option<(bool, &'static str)>,
    asks: Vec<&'static str>,
    covered: bool,
}

impl Recipe {
    pub fn pack(&self) -> Pack {
        let mut rows = Rows::new().fact("a case yes-no").fact("colour case choice red green blue");
        if self.discreet {
            rows = rows.sensitive(Sensitivity::Discreet);
        }
        rows = rows
            .fact("tint case choice red green blue")
            .fact("day case date")
            .fact("g1 case yes-no")
            .fact("g2 case yes-no")
            .fact("kind person choice x y z")
            .fact("start person date")
            .fact("wants person choices map seal")
            .derived("some case", self.some.clone())
            .derived("mine person", self.mine.clone())
            .ask(&self.asked.join(" "));
        for (gate, conditions) in &self.gates {
            rows = rows.gate(gate, conditions);
        }
        for (row, conditions) in &self.follows {
            rows = rows.follow(row, conditions);
        }
        for (place, procedure) in self.procedures.iter().enumerate() {
            rows = procedure.rows(rows, &format!("p{place}"));
        }
        let retired = |pack: &mut Pack| {
            for row in &mut pack.questions {
                row.retired = self.retired.contains(&row.fact.as_str());
            }
        };
        rows.also(retired).pack()
    }

    /// Some last day counts from another day where the first is not known.
    pub fn has_fallback(&self) -> bool {
        let mut deadlines = self.procedures.iter().flat_map(|procedure| &procedure.deadlines);
        deadlines.any(|(row, _)| row.contains("fallback="))
    }
}

impl Procedure {
    fn rows(&self, rows: Rows, id: &str) -> Rows {
        let mut rows = if self.personal { rows.person(id) } else { rows.household(id) };
        rows = rows.with(|row| {
            row.asks = self.asks.iter().map(|&fact| fact.to_owned()).collect();
            row.covered_by = self.covered.then(|| "p0".to_owned()).into_iter().collect();
        });
        for (row, conditions, expression) in &self.rules {
            let row = format!("{id} {row}");
            rows = match expression {
                Some(expression) => rows.rule_if(&row, conditions, expression.clone()),
                None => rows.rule(&row, conditions),
            };
        }
        for (row, conditions) in &self.deadlines {
            rows = rows.deadline(&format!("{id} {row}"), conditions);
        }
        if let Some((each, condition)) = self.bring {
            let who = if each { "each" } else { "visitor" };
            rows = rows.bring(&format!("{id} thing {who}"), &[condition]);
        }
        rows
    }
}

pub fn recipe() -> impl Strategy<Value = Recipe> {
    let gates = select(vec!["g1 moving no", "g1 kind x", "g2 a no", "g1 g2 no"]);
    let asked = Just(ASKED.to_vec()).prop_shuffle();
    (
        expression(false),
        expression(true),
        vec(procedure(), 1..=10),
        vec((gates, select(GATE_CONDITIONS.to_vec())), 0..=3),
        subsequence(FOLLOWS.to_vec(), 0..=FOLLOWS.len()),
        asked,
        subsequence(ASKED.to_vec(), 0..=2),
        any::<bool>(),
    )
        .prop_map(|(some, mine, procedures, gates, follows, asked, retired, discreet)| {
            Recipe { some, mine, procedures, gates, follows, asked, retired, discreet }
        })
}

/// As [`recipe`], with a question for every fact: whatever is missing can be asked.
pub fn askable_recipe() -> impl Strategy<Value = Recipe> {
    recipe().prop_map(|mut recipe| {
        recipe.retired.clear();
        recipe.discreet = false;
        recipe.asked.extend(["tint", "copies"]);
        recipe
    })
}

fn procedure() -> impl Strategy<Value = Procedure> {
    let dated = select(vec![
        "",
        "",
        "",
        " by=day from=2026-11-15",
        " by=start until=2026-11-19",
        " until=2026-11-19",
        " from=2026-11-20",
    ]);
    let effect = select(vec!["required", "required", "may-apply", "except"]);
    let conditions = |most: usize| vec(select([&ABOUT_CASE[..], &ABOUT_PERSON].concat()), 0..=most);
    let rule = (effect, dated.clone(), conditions(3), option::weighted(0.4, expression(true)))
        .prop_map(|(effect, dated, conditions, expression)| {
            (format!("{effect}{dated}"), conditions, expression)
        });
    let length = select(vec!["14", "14 moves", "30 counted", "2m", "-3"]);
    let together = select(vec!["", " together"]);
    let start = select(vec![
        "",
        " start=day",
        " start=start",
        " start=filed.p0",
        " start=deadline.p0",
        " start=day+1m fallback=counter_date",
        " start=start fallback=day",
    ]);
    let not_before = select(vec!["", "", " not_before=day-30"]);
    let deadline = (length, together, start, not_before, dated, conditions(2)).prop_map(
        |(length, together, start, not_before, dated, conditions)| {
            (format!("{length}{together}{start}{not_before}{dated}"), conditions)
        },
    );
    let condition = select([&ABOUT_CASE[..], &ABOUT_PERSON].concat());
    (
        any::<bool>(),
        vec(rule, 1..=4),
        vec(deadline, 0..=2),
        option::weighted(0.3, (any::<bool>(), condition)),
        subsequence(vec!["colour", "kind", "birth_date"], 0..=1),
        any::<bool>(),
    )
        .prop_map(|(personal, rules, deadlines, bring, asks, covered)| Procedure {
            personal,
            rules,
            deadlines,
            bring,
            asks,
            covered,
        })
}

/// An expression over the case and members; with `person` also over the person of the row.
fn expression(person: bool) -> BoxedStrategy<Expression> {
    let whole = || {
        prop_oneof![
            Just(Expression::Holds(case_fact("a"))),
            Just(among(case_fact("event"), &["tennyu", "setai"])),
            Just(among(case_fact("colour"), &["red"])),
            Just(compare(case_fact("day"), Op::Less, case_fact("counter_date"))),
        ]
    };
    let about = |fact: fn(&str) -> Term, who: Who| {
        let age = Term::Age { who, fact: "age".to_owned(), on: Box::new(case_fact("day")) };
        prop_oneof![
            Just(Expression::Holds(fact("moving"))),
            Just(among(fact("kind"), &["x", "z"])),
            Just(compare(fact("fiscal_age"), Op::GreaterOrEqual, number(20))),
            Just(compare(fact("start"), Op::LessOrEqual, case_fact("day"))),
            Just(compare(age, Op::Less, number(20))),
            Just(among(fact("wants"), &["seal"])),
        ]
    };
    let another = if person {
        not(Expression::Same(Who::Member(0), Who::Person))
    } else {
        Expression::Constant(true)
    };
    let of_member = prop_oneof![
        3 => about(member_fact, Who::Member(0)),
        1 => whole(),
        1 => Just(another),
    ];
    let of_member = vec(of_member, 1..=2).prop_map(Expression::All);
    let op = select(vec![Op::GreaterOrEqual, Op::In, Op::Less, Op::NotIn]);
    let count = (of_member, op, 0..3_i64).prop_map(|(body, op, count)| members(body, op, count));
    let leaf = if person {
        prop_oneof![2 => whole(), 2 => about(person_fact, Who::Person), 1 => count].boxed()
    } else {
        prop_oneof![2 => whole(), 1 => count].boxed()
    };
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            vec(inner.clone(), 1..=3).prop_map(Expression::All),
            vec(inner.clone(), 1..=3).prop_map(Expression::Any),
            inner.prop_map(not),
        ]
    })
    .boxed()
}

/// What a household says when asked: for each member (`None` = the case) and fact.
#[derive(Debug, Clone)]
pub struct Household {
    pub people: usize,
    pub complete: bool,
    pub said: BTreeMap<(Option<usize>, &'static str), &'static str>,
}

pub fn household() -> impl Strategy<Value = Household> {
    let case: Vec<_> = CASE
        .into_iter()
        .chain([("tint", CASE[4].1)])
        .map(|(fact, values)| select(values).prop_map(move |value| (fact, value)))
        .collect();
    let person: Vec<_> = PERSON
        .into_iter()
        .map(|(fact, values)| select(values).prop_map(move |value| (fact, value)))
        .collect();
    (case, vec(person, 0..=4), any::<bool>()).prop_map(|(case, people, complete)| {
        let mut said = BTreeMap::new();
        said.extend(case.into_iter().map(|(fact, value)| ((None, fact), value)));
        for (place, facts) in people.iter().enumerate() {
            said.extend(facts.iter().map(|(fact, value)| ((Some(place), *fact), *value)));
        }
        Household { people: people.len(), complete, said }
    })
}

/// What is left of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Left {
    Said,
    Nothing,
    Unknown,
    /// A date keeps its year, anything else is not known.
    Vague,
}

/// How much of a household's statements is left: by place of the statement, and whether each person is named.
pub fn left() -> impl Strategy<Value = (Vec<Left>, Vec<bool>)> {
    let one = prop_oneof![
        6 => Just(Left::Said),
        3 => Just(Left::Nothing),
        1 => Just(Left::Unknown),
        2 => Just(Left::Vague),
    ];
    // Nine statements about the case and six about each of up to four people.
    (vec(one, 33), vec(prop::bool::weighted(0.8), 4))
}

impl Household {
    /// Who says no to a gate says the same when asked for what it spares.
    pub fn in_line_with(mut self, pack: &Pack) -> Household {
        // Twice, for a gate that another gate fills.
        for row in pack.gates.iter().chain(&pack.gates) {
            if self.said.get(&(None, row.gate.as_str())) != Some(&"no") {
                continue;
            }
            let spared = self.said.iter_mut().filter(|((_, fact), _)| *fact == row.fact);
            let value = if row.fact == "kind" { "x" } else { "no" };
            spared.for_each(|(_, said)| *said = value);
        }
        self
    }

    /// Who says what would follow anyhow says the same; `follows` tells what follows from statements.
    pub fn in_line_with_what_follows(
        mut self,
        follows: impl Fn(&Household, Option<usize>, &str) -> Option<String>,
    ) -> Household {
        let words: Vec<&'static str> =
            CASE.iter().chain(&PERSON).flat_map(|(_, values)| values.iter().copied()).collect();
        for (place, fact) in FOLLOWING.into_iter().enumerate() {
            let mut before = self.clone();
            before.said.retain(|(_, said), _| !FOLLOWING[place..].contains(said));
            for ((who, _), value) in self.said.iter_mut().filter(|((_, said), _)| *said == fact) {
                let follows = follows(&before, *who, fact);
                let word = follows.and_then(|text| words.iter().find(|word| **word == text));
                *value = word.unwrap_or(value);
            }
        }
        self
    }

    /// The lines of `see` for all statements, people in order.
    pub fn lines(&self) -> Vec<String> {
        let line = |who: Option<usize>| {
            let said = self.said.iter().filter(|((about, _), _)| *about == who);
            let said: Vec<String> =
                said.map(|((_, fact), value)| format!("{fact}={value}")).collect();
            match who {
                Some(place) => format!("p{}: {}", place + 1, said.join(" ")),
                None => said.join(" "),
            }
        };
        let mut lines = vec![line(None)];
        lines.extend((0..self.people).map(|place| line(Some(place))));
        if !self.complete {
            lines.push("incomplete".to_owned());
        }
        lines
    }

    /// The lines for a part of the statements. Three kinds of facts stay as they are, because with them silence says
    /// something by design: what the visit is about besides the first event and what was done before are lists to
    /// which one adds; what a gate answered "no" would fill in; and the day a fallback stands in for, which counts
    /// when somebody does not know it, can only be kept or not yet said.
    pub fn part(&self, left: &(Vec<Left>, Vec<bool>), has_fallback: bool) -> Vec<String> {
        let gate_is_no =
            ["g1", "g2"].iter().any(|gate| self.said.get(&(None, *gate)) == Some(&"no"));
        let mut part = self.clone();
        part.said.clear();
        for (place, (&(who, fact), &value)) in self.said.iter().enumerate() {
            let stays = ["also_events", "already_done"].contains(&fact);
            let kept = match left.0[place] {
                _ if stays => Some(value),
                Left::Nothing if gate_is_no && GATED.contains(&fact) => Some(value),
                Left::Unknown | Left::Vague if has_fallback && ["day", "start"].contains(&fact) => {
                    None
                }
                Left::Said => Some(value),
                Left::Nothing => None,
                Left::Vague if fact == "day" && value.starts_with("2026") => Some("2026-00-00"),
                Left::Vague if fact == "birth_date" && value.starts_with("2006") => {
                    Some("2006-00-00")
                }
                Left::Vague | Left::Unknown => Some("unknown"),
            };
            if let Some(kept) = kept {
                part.said.insert((who, fact), kept);
            }
        }
        let mut lines = part.lines();
        // Only where the household was complete can it have been less so before.
        if lines.last().is_some_and(|line| line == "incomplete")
            || !left.1.iter().all(|&named| named)
        {
            lines.retain(|line| {
                let place = (1..=4).find(|place| line.starts_with(&format!("p{place}:")));
                line != "incomplete" && place.is_none_or(|place| left.1[place - 1])
            });
            lines.push("incomplete".to_owned());
        }
        lines
    }
}
