//! What must hold for every pack, household and order of answers.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::Scope;
use kakanai_rules::{
    Answer, Decision, Detail, Fact, FactDef, FactSet, Pack, Question, Sensitivity, Source, Status,
    Subject, Value,
};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use super::random::{Household, askable_recipe, household, left, recipe};
use super::seen::{Seen, see};

/// Runs a property with the seed of `KAKANAI_TEST_SEED`, else `usual`; printed.
fn check<S: Strategy>(
    usual: u64,
    cases: u32,
    strategy: S,
    property: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let seed = std::env::var("KAKANAI_TEST_SEED").ok().and_then(|seed| seed.parse().ok());
    let seed: u64 = seed.unwrap_or(usual);
    println!("seed {seed}");
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_be_bytes());
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    match TestRunner::new_with_rng(config, random).run(&strategy, property) {
        Ok(()) => {}
        Err(TestError::Fail(why, case)) => panic!("{why}\n{case:?}"),
        Err(TestError::Abort(why)) => panic!("{why}"),
    }
}

/// The household with what follows from its own statements.
fn settled(pack: &Pack, household: &Household) -> Household {
    household.clone().in_line_with_what_follows(|before, who, fact| {
        let seen = seen(pack, &before.lines());
        let subject = Subject::from(who.map(|place| format!("p{}", place + 1)));
        let complete = seen.engine.complete(&seen.facts, seen.on);
        Some(match complete.value(&subject, fact)? {
            Value::Choice(id) => id.clone(),
            Value::Number(number) => number.to_string(),
            Value::Date(day) => day.to_string(),
            other => panic!("{other:?}"),
        })
    })
}

fn seen<'p>(pack: &'p Pack, lines: &[String]) -> Seen<'p> {
    see(pack, &lines.iter().map(String::as_str).collect::<Vec<_>>())
}

/// Statuses by procedure and person.
fn statuses(seen: &Seen<'_>) -> BTreeMap<(String, Option<String>), Status> {
    let personal = |decision: &Decision| {
        let row = seen.engine.pack().procedure(&decision.procedure).unwrap();
        row.scope == Scope::Person
    };
    let key = |decision: &Decision| {
        let person = personal(decision).then(|| decision.people[0].clone());
        (decision.procedure.clone(), person)
    };
    seen.decisions().iter().map(|decision| (key(decision), decision.status)).collect()
}

fn json(seen: &Seen<'_>) -> String {
    serde_json::to_string(&seen.engine.determine(&seen.facts, seen.on, "ja")).unwrap()
}

#[test]
fn what_is_not_known_never_counts_as_no() {
    check(1, 1_000, (recipe(), household(), left()), |(recipe, household, left)| {
        let pack = recipe.pack();
        let household = settled(&pack, &household);
        let whole = statuses(&seen(&pack, &household.lines()));
        let lines = household.part(&left, recipe.has_fallback());
        for (about, status) in statuses(&seen(&pack, &lines)) {
            if status != Status::Undecided {
                prop_assert_eq!(Some(&status), whole.get(&about), "{:?} from {:?}", about, &lines);
            }
        }
        Ok(())
    });
}

/// Answers questions as the household would, until none is left; the `choose`-th of those open each time.
fn interview(
    seen: &mut Seen<'_>,
    household: &Household,
    choose: &[usize],
) -> Result<BTreeSet<(String, Option<String>)>, TestCaseError> {
    let mut asked = BTreeSet::new();
    // Every fact of the random packs, for everybody, and the members themselves.
    let most = 18 * (household.people + 1) + 1;
    for step in 0.. {
        let open = seen.questions(Detail::Next);
        if open.is_empty() {
            return Ok(asked);
        }
        prop_assert!(step < most, "no end");
        let choose = choose.get(step % choose.len().max(1)).copied().unwrap_or(0);
        let question = &open[choose % open.len()];
        let once = asked.insert((question.fact.clone(), question.person.clone()));
        prop_assert!(once, "asked twice: {} {:?}", question.fact, question.person);
        answer(seen, household, question);
    }
    Ok(asked)
}

fn answer(seen: &mut Seen<'_>, household: &Household, question: &Question) {
    if question.fact == "people" {
        (1..=household.people).for_each(|place| seen.facts.add_person(&format!("p{place}")));
        seen.facts.household_complete = true;
        return;
    }
    let place = |id: &String| id[1..].parse::<usize>().unwrap() - 1;
    let about = (question.person.as_ref().map(place), question.fact.as_str());
    let found = household.said.iter().find(|((who, fact), _)| (*who, *fact) == about);
    let said = format!("{}={}", question.fact, found.unwrap().1);
    match &question.person {
        Some(person) => seen.say(&[&format!("{person}: {said}")]),
        None => seen.say(&[&said]),
    }
}

/// What was said before any question: lists to which one adds are never asked for in these packs.
fn start<'p>(pack: &'p Pack, household: &Household) -> Seen<'p> {
    let mut seen = see(pack, &[]);
    for fact in ["also_events", "already_done"] {
        seen.say(&[&format!("{fact}={}", household.said[&(None, fact)])]);
    }
    if household.complete {
        (1..=household.people).for_each(|place| seen.facts.add_person(&format!("p{place}")));
    }
    seen.facts.household_complete = household.complete;
    seen
}

#[test]
fn nothing_is_asked_twice_and_what_stays_undecided_nobody_could_say() {
    check(
        2,
        300,
        (recipe(), household(), prop::collection::vec(0..8_usize, 0..8)),
        |(recipe, household, choose)| {
            let pack = recipe.pack();
            let mut seen = start(&pack, &household);
            let asked = interview(&mut seen, &household, &choose)?;
            for decision in seen.decisions() {
                for need in &decision.needs {
                    let about = (need.fact.clone(), need.person.clone());
                    let said = seen.facts.get(&Subject::from(need.person.clone()), &need.fact);
                    let settled =
                        asked.contains(&about) || said.is_some() || !askable(&pack, &need.fact);
                    prop_assert!(settled, "{:?} for {}", need, decision.procedure);
                }
            }
            Ok(())
        },
    );
}

fn askable(pack: &Pack, fact: &str) -> bool {
    let discreet = |def: &FactDef| def.id == fact && def.sensitivity == Sensitivity::Discreet;
    !pack.facts.iter().any(discreet)
        && pack.questions.iter().any(|row| row.fact == fact && !row.retired)
}

#[test]
fn questions_lead_to_what_all_answers_together_say_in_any_order() {
    let orders = prop::collection::vec(0..8_usize, 0..8);
    check(3, 400, (askable_recipe(), household(), orders), |(recipe, household, order)| {
        let pack = recipe.pack();
        let whole = Household { complete: true, ..household.clone().in_line_with(&pack) };
        let household = Household { complete: household.complete, ..settled(&pack, &whole) };
        let mut asked = start(&pack, &household);
        interview(&mut asked, &household, &order)?;
        let mut lines = household.lines();
        lines.retain(|line| line != "incomplete");
        let all = statuses(&seen(&pack, &lines));
        for (about, status) in statuses(&asked) {
            prop_assert_eq!(Some(&status), all.get(&about), "{:?}", about);
        }
        Ok(())
    });
}

#[test]
fn the_order_in_which_facts_are_stated_changes_nothing() {
    let shuffled = household().prop_flat_map(|household| {
        let said: Vec<_> = household.said.clone().into_iter().collect();
        (Just(household), Just(said).prop_shuffle())
    });
    check(4, 200, (recipe(), shuffled), |(recipe, (household, said))| {
        let pack = recipe.pack();
        let in_order = seen(&pack, &household.lines());
        let mut mixed = see(&pack, &[]);
        (1..=household.people).for_each(|place| mixed.facts.add_person(&format!("p{place}")));
        for ((who, fact), value) in said {
            match who {
                Some(place) => mixed.say(&[&format!("p{}: {fact}={value}", place + 1)]),
                None => mixed.say(&[&format!("{fact}={value}")]),
            }
        }
        mixed.facts.household_complete = household.complete;
        prop_assert_eq!(json(&mixed), json(&in_order));
        let asks = |seen: &Seen<'_>| (seen.asks(), seen.asks_all());
        prop_assert_eq!(asks(&mixed), asks(&in_order));
        Ok(())
    });
}

#[test]
fn what_was_stated_always_wins_over_what_follows() {
    check(8, 200, (recipe(), household(), left()), |(recipe, household, left)| {
        let pack = recipe.pack();
        let seen = seen(&pack, &household.part(&left, true));
        let complete = seen.engine.complete(&seen.facts, seen.on);
        let people = seen.facts.people().iter().map(|person| Subject::Person(person.id.clone()));
        for subject in people.chain([Subject::Case]) {
            for (fact, said) in seen.facts.newest(&subject) {
                prop_assert_eq!(complete.get(&subject, fact), Some(said), "{} {:?}", fact, subject);
            }
            let derived = complete.newest(&subject).filter(|(_, it)| it.source == Source::Derived);
            for (fact, _) in derived {
                prop_assert!(seen.facts.get(&subject, fact).is_none(), "{fact} {subject:?}");
            }
        }
        // What follows once is all there is to follow.
        let again = seen.engine.complete(&complete, seen.on);
        prop_assert_eq!(again.as_ref(), complete.as_ref());
        Ok(())
    });
}

#[test]
fn a_changed_answer_is_as_if_it_had_been_the_first() {
    check(5, 200, (recipe(), household(), household()), |(recipe, before, after)| {
        let pack = recipe.pack();
        let people = before.people.min(after.people);
        let trim = |household: &Household| {
            let mut household = household.clone();
            household.people = people;
            household.complete = after.complete;
            household.said.retain(|(who, _), _| who.is_none_or(|place| place < people));
            household
        };
        let at_once = seen(&pack, &trim(&after).lines());
        let mut changed = seen(&pack, &trim(&before).lines());
        changed.decisions();
        changed.say(&trim(&after).lines().iter().map(String::as_str).collect::<Vec<_>>());
        prop_assert_eq!(json(&changed), json(&at_once));
        Ok(())
    });
}

#[test]
fn one_step_says_what_decisions_and_questions_say() {
    check(6, 300, (recipe(), household(), left()), |(recipe, household, left)| {
        let pack = recipe.pack();
        let seen = seen(&pack, &household.part(&left, true));
        let step = seen.engine.step(&seen.facts, seen.on, "ja");
        let decisions = seen.decisions();
        prop_assert_eq!(step.states.len(), decisions.len());
        for (state, decision) in step.states.iter().zip(&decisions) {
            prop_assert_eq!(state.procedure, &decision.procedure);
            prop_assert_eq!(state.status, decision.status);
            prop_assert_eq!(state.last.map(Into::into), decision.deadline);
            let person = state.person.map(|place| seen.facts.people()[place].id.clone());
            prop_assert!(person.is_none_or(|id| decision.people == [id]));
            if let Some(rule) = state.decided_by {
                prop_assert_eq!(&decision.because[0].rule, rule);
            }
        }
        prop_assert_eq!(step.next, seen.questions(Detail::Next).into_iter().next());
        let statuses: Vec<Status> = decisions.iter().map(|decision| decision.status).collect();
        prop_assert_eq!(seen.engine.statuses(&seen.facts, seen.on), statuses);
        Ok(())
    });
}

#[test]
fn only_what_can_matter_is_asked() {
    check(7, 300, (recipe(), household(), left()), |(recipe, household, left)| {
        let pack = recipe.pack();
        let seen = seen(&pack, &household.part(&left, true));
        let decisions = seen.decisions();
        let needed: BTreeSet<(&str, Option<&String>)> = decisions
            .iter()
            .flat_map(|decision| &decision.needs)
            .map(|need| (need.fact.as_str(), need.person.as_ref()))
            .collect();
        // A required procedure lacks what its papers, last day, things to bring and rows about members read.
        let required = decisions.iter().filter(|decision| decision.status == Status::Required);
        let rows: String = required.map(|decision| rows_of(&pack, &decision.procedure)).collect();
        let read = |fact: &str| {
            let age = ["age", "legal_age", "fiscal_age"];
            rows.contains(&format!("\"{fact}\""))
                || fact == "birth_date"
                    && age.iter().any(|age| rows.contains(&format!("\"{age}\"")))
                || fact == "people" && rows.contains("members")
        };
        let matters =
            |fact: &str, person: Option<&String>| needed.contains(&(fact, person)) || read(fact);
        let spares = |gate: &str| {
            let mut spared = pack.gates.iter().filter(|row| row.gate == gate);
            spared.any(|row| needed.iter().any(|(fact, _)| *fact == row.fact) || read(&row.fact))
        };
        let guided = seen.questions(Detail::Next);
        let all = seen.questions(Detail::All);
        for question in &guided {
            let (fact, person) = (question.fact.as_str(), question.person.as_ref());
            prop_assert!(matters(fact, person) || spares(fact), "{fact} {person:?}");
            prop_assert!(all.contains(question), "not on the page: {fact} {person:?}");
        }
        let mut seen = seen;
        seen.facts = nobody_knows(&seen.facts, &guided);
        for question in &guided {
            let answered = seen.questions(Detail::Next);
            prop_assert!(!answered.contains(question), "asked although answered: {:?}", question);
        }
        Ok(())
    });
}

/// The facts after "I don't know" to every question.
fn nobody_knows(facts: &FactSet, questions: &[Question]) -> FactSet {
    let mut facts = facts.clone();
    for question in questions {
        if question.fact == "people" {
            facts.household_complete = true;
            continue;
        }
        let statement = Fact { answer: Answer::Unknown, source: Source::Staff, settles: false };
        facts.state(&Subject::from(question.person.clone()), &question.fact, statement);
    }
    facts
}

/// The rows of a procedure and of what they build on, as JSON.
fn rows_of(pack: &Pack, procedure: &str) -> String {
    let json = |rows: Vec<String>| rows.concat();
    let to = |row: Result<String, _>| row.unwrap();
    let deadlines = |id: &str| {
        let rows = pack.deadlines.iter().filter(|row| row.procedure == id);
        json(rows.map(|row| to(serde_json::to_string(row))).collect())
    };
    let rules = pack.rules.iter().filter(|row| row.procedure == procedure);
    let bring = pack.bring.iter().filter(|row| row.procedure == procedure);
    let mut text = json(rules.map(|row| to(serde_json::to_string(row))).collect());
    text += &json(bring.map(|row| to(serde_json::to_string(row))).collect());
    text += &deadlines(procedure);
    text += &to(serde_json::to_string(&pack.procedure(procedure).unwrap().asks));
    // A last day can name another, which can use a named condition, which can name both kinds again.
    for _ in 0..4 {
        for row in pack.procedures.iter().filter(|row| row.id != procedure) {
            if text.contains(&format!("\"deadline.{}\"", row.id)) {
                text += &deadlines(&row.id);
            }
        }
        for row in &pack.derived {
            if text.contains(&format!("\"{}\"", row.fact)) {
                text += &to(serde_json::to_string(&row.expression));
            }
        }
    }
    text
}
