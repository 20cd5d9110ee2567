//! Properties of the sample packs, over households that answer whatever they are asked.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use kakanai_rules::{
    Answer, Detail, Engine, Fact, FactSet, Question, Source, Status, Subject, Value,
};
use proptest::prelude::*;

use super::sample::sample;

/// What somebody said.
type Stated = (Subject, String, Answer);

/// More questions than any household is asked.
const LIMIT: usize = 400;

/// Lists to which a visit adds: absent, nothing was added yet. They are never taken away here.
const LISTS: [&str; 2] = ["also_events", "already_done"];

fn engine() -> &'static Engine<'static> {
    static ENGINE: LazyLock<Engine<'static>> = LazyLock::new(|| Engine::new(sample()));
    &ENGINE
}

fn on() -> Date {
    "2026-11-20".parse().unwrap()
}

fn state(facts: &mut FactSet, (subject, fact, answer): &Stated) {
    let statement = Fact { answer: answer.clone(), source: Source::Resident, settles: false };
    facts.state(subject, fact, statement);
}

/// A household of `people` with these statements.
fn household<'s>(
    people: usize,
    complete: bool,
    statements: impl IntoIterator<Item = &'s Stated>,
) -> FactSet {
    let mut facts = FactSet::unfinished();
    facts.household_complete = complete;
    (1..=people).for_each(|place| facts.add_person(&format!("p{place}")));
    statements.into_iter().for_each(|stated| state(&mut facts, stated));
    facts
}

/// An answer to a question, chosen by a number. Now and then somebody does not know or does not say.
fn answer(question: &Question, chance: u16) -> Answer {
    let pick = usize::from(chance) / 16;
    match chance % 16 {
        0 => return Answer::Unknown,
        1 if question.private => return Answer::Declined,
        _ => {}
    }
    let day = |pick: usize| {
        let days = ["1940-02-11", "1961-11-20", "2003-05-10", "2012-04-01", "2019-09-30"];
        let near = ["2026-10-01", "2026-11-07", "2026-11-19", "2026-11-20", "2026-12-10"];
        let list = if question.fact == "birth_date" { days } else { near };
        list[pick % list.len()].parse().unwrap()
    };
    let has_choices = question.kind != "choice" || !question.choices.is_empty();
    assert!(has_choices, "{}: there is nothing to choose", question.id);
    let choice = |pick: usize| question.choices[pick % question.choices.len()].id.clone();
    Answer::Known(match question.kind.as_str() {
        "yes-no" => Value::YesNo(pick % 2 == 0),
        "choice" if question.many => Value::Choices(vec![choice(pick)]),
        "choice" => Value::Choice(choice(pick)),
        "date" => Value::Date(day(pick)),
        "number" => Value::Number(i64::try_from(pick % 200).unwrap()),
        "text" => Value::Text("見本".to_owned()),
        other => panic!("nobody can answer a {other}"),
    })
}

/// Answers whatever is asked until nothing is, and gives what was said.
fn interview(event: &str, people: usize, tape: &[u16], detail: Detail) -> Vec<Stated> {
    let mut statements =
        vec![(Subject::Case, "event".to_owned(), Answer::Known(Value::Choice(event.to_owned())))];
    let mut asked = BTreeSet::new();
    let mut complete = false;
    for turn in 0..LIMIT {
        let facts = household(people, complete, &statements);
        let open = engine().questions(&facts, on(), "ja", detail);
        let chance = tape[turn % tape.len()];
        let place =
            if detail == Detail::Next { 0 } else { usize::from(chance) % open.len().max(1) };
        let Some(question) = open.get(place) else { return statements };
        assert!(!question.text.is_empty() && !question.why.is_empty(), "{}", question.id);
        assert!(asked.insert((question.person.clone(), question.fact.clone())), "{}", question.id);
        if question.kind == "person-list" {
            complete = true;
            continue;
        }
        let subject = Subject::from(question.person.clone());
        statements.push((subject, question.fact.clone(), answer(question, chance)));
    }
    panic!("after {LIMIT} questions there are still some");
}

fn events() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec!["tennyu", "tenkyo", "tenshutsu", "setai", "shomei", "sonota"])
}

fn tape() -> impl Strategy<Value = Vec<u16>> {
    prop::collection::vec(any::<u16>(), 200)
}

/// The states by procedure and person.
fn states(facts: &FactSet) -> Vec<Status> {
    engine().statuses(facts, on())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Each question comes once and the questions end; what is still open then was not answered, or is asked by
    /// nobody in a shared room.
    #[test]
    fn an_interview_asks_everything_once_and_ends(
        event in events(), people in 1..5_usize, tape in tape(),
    ) {
        let statements = interview(event, people, &tape, Detail::Next);
        let facts = household(people, true, &statements);
        prop_assert_eq!(engine().questions(&facts, on(), "ja", Detail::All), vec![]);
        let vague: BTreeSet<_> = statements
            .iter()
            .filter(|(_, _, answer)| !matches!(answer, Answer::Known(_)))
            .map(|(subject, fact, _)| (subject.person().map(str::to_owned), fact.clone()))
            .collect();
        for decision in engine().determine(&facts, on(), "ja").decisions {
            if decision.status == Status::Undecided {
                for need in &decision.needs {
                    let not_said = vague.contains(&(need.person.clone(), need.fact.clone()));
                    prop_assert!(not_said || need.fact == "dv_support", "{}: {need:?}", decision.procedure);
                }
            } else if decision.status != Status::NotNeeded {
                prop_assert!(!decision.because.is_empty(), "{}", decision.procedure);
            }
        }
    }

    /// Unknown never counts as no: whatever is taken away, what is still decided was right.
    #[test]
    fn what_is_decided_on_part_of_the_answers_stays_decided(
        event in events(), people in 1..5_usize, tape in tape(),
        kept in prop::collection::vec(any::<bool>(), LIMIT), complete in any::<bool>(),
    ) {
        let statements = interview(event, people, &tape, Detail::Next);
        let whole = states(&household(people, true, &statements));
        let part = statements.iter().zip(kept.iter().cycle());
        let part = part.filter(|((_, fact, _), keep)| **keep || LISTS.contains(&fact.as_str()));
        let facts = household(people, complete, part.map(|(stated, _)| stated));
        let decisions = engine().determine(&facts, on(), "ja").decisions;
        for ((found, whole), decision) in states(&facts).iter().zip(&whole).zip(&decisions) {
            prop_assert_eq!(*found, decision.status);
            if *found == Status::Undecided {
                prop_assert!(!decision.needs.is_empty(), "{}", &decision.procedure);
            } else {
                prop_assert_eq!(found, whole, "{}", &decision.procedure);
            }
        }
    }

    /// The order in which answers come changes nothing, and neither does an answer that was corrected.
    #[test]
    fn the_order_of_answers_never_changes_the_result(
        event in events(), people in 1..5_usize, tape in tape(), seed in any::<u64>(),
    ) {
        let statements = interview(event, people, &tape, Detail::All);
        let mut shuffled = statements.clone();
        let mut state_of_chance = seed | 1;
        for place in (1..shuffled.len()).rev() {
            state_of_chance = state_of_chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(state_of_chance >> 33).unwrap() % (place + 1);
            shuffled.swap(place, other);
        }
        let given = engine().determine(&household(people, true, &statements), on(), "ja");
        let other = engine().determine(&household(people, true, &shuffled), on(), "ja");
        prop_assert_eq!(serde_json::to_string(&given).unwrap(), serde_json::to_string(&other).unwrap());

        let mut corrected = household(people, true, &statements);
        let (subject, fact, answer) = &shuffled[0];
        state(&mut corrected, &(subject.clone(), fact.clone(), Answer::Unknown));
        state(&mut corrected, &(subject.clone(), fact.clone(), answer.clone()));
        prop_assert_eq!(engine().determine(&corrected, on(), "ja"), given);
    }
}

#[test]
fn taking_any_one_fact_out_of_a_test_leaves_no_wrong_decision() {
    let pack = sample();
    let vocabulary = pack.vocabulary();
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    for test in &pack.tests {
        let day = test.on.full().unwrap();
        let facts = kakanai_rules::parse_facts(&test.facts.to_string(), &vocabulary).unwrap();
        let whole = engine().statuses(&facts, day);
        let subjects = std::iter::once(Subject::Case)
            .chain(facts.people().iter().map(|person| Subject::Person(person.id.clone())));
        let all: Vec<Stated> = subjects
            .flat_map(|subject| {
                let known: Vec<String> = facts.known(&subject).map(str::to_owned).collect();
                let answer = |fact: &str| facts.get(&subject, fact).unwrap().answer.clone();
                known
                    .into_iter()
                    .map(|fact| (subject.clone(), fact.clone(), answer(&fact)))
                    .collect::<Vec<_>>()
            })
            .collect();
        for (place, (subject, fact, said)) in all.iter().enumerate() {
            // A household that says "nobody" while a member says otherwise has no right answer.
            let denied = pack.gates.iter().any(|gate| {
                gate.fact == *fact
                    && facts.value(&Subject::Case, &gate.gate) == Some(&Value::YesNo(false))
            });
            if denied || LISTS.contains(&fact.as_str()) {
                continue;
            }
            let rest = all.iter().enumerate().filter(|(other, _)| *other != place);
            let mut part = FactSet::default();
            facts.people().iter().for_each(|person| part.add_person(&person.id));
            rest.for_each(|(_, stated)| state(&mut part, stated));
            // What would follow from the rest is not silence; who says otherwise is the rare case that must be said.
            let complete = engine().complete(&part, day);
            if complete.get(subject, fact).is_some_and(|follows| follows.answer != *said) {
                *open.entry("said otherwise").or_default() += 1;
                continue;
            }
            for (found, whole) in engine().statuses(&part, day).iter().zip(&whole) {
                let wrong = *found != Status::Undecided && found != whole;
                assert!(!wrong, "{} without {fact} of {subject:?}: {found:?}", test.id);
            }
            *open.entry("facts taken away").or_default() += 1;
        }
    }
    println!("{open:?}");
    assert!(open["facts taken away"] > 1_000, "{open:?}");
    let otherwise = open.get("said otherwise").copied().unwrap_or_default();
    assert!(otherwise * 20 < open["facts taken away"], "{open:?}");
}
