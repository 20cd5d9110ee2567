//! The sample packs through the whole engine: what must hold for every household.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use kakanai_authoring::Severity;
use kakanai_rules::{
    Answer, Detail, Fact, FactSet, FactType, Pack, Source, Status, Subject, Value, determine,
    questions,
};
use proptest::prelude::*;

fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs")
}

fn sample() -> &'static Pack {
    static SAMPLE: LazyLock<Pack> =
        LazyLock::new(|| kakanai_authoring::load(&packs().join("mihon-city")).unwrap().pack);
    &SAMPLE
}

#[test]
fn the_sample_packs_have_no_findings() {
    for pack in ["national", "mihon-city"] {
        let findings = kakanai_authoring::check(&packs().join(pack)).unwrap();
        assert!(findings.is_empty(), "{pack}: {findings:#?}");
    }
}

#[test]
fn a_pack_read_from_its_compiled_file_is_the_same() {
    let pack = sample();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pack.json");
    std::fs::write(&file, serde_json::to_vec(pack).unwrap()).unwrap();
    assert_eq!(kakanai_authoring::load(&file).unwrap().pack, *pack);
}

#[test]
fn answering_every_question_leaves_nothing_undecided() {
    let pack = sample();
    let on = "2026-11-20".parse().unwrap();
    let mut facts = FactSet::unfinished();
    facts.add_person("p1");
    facts.add_person("p2");
    say(&mut facts, &Subject::Case, "event", Value::Choice("tennyu".to_owned()));
    for _ in 0..100 {
        let Some(question) = questions(pack, &facts, on, "ja", Detail::Next).into_iter().next()
        else {
            break;
        };
        assert!(!question.text.is_empty() && !question.why.is_empty(), "{}", question.id);
        if question.kind == "person-list" {
            facts.household_complete = true;
            continue;
        }
        let value = match question.kind.as_str() {
            "yes-no" => Value::YesNo(true),
            "choice" => Value::Choice(question.choices[0].id.clone()),
            "date" => Value::Date("2026-11-01".parse().unwrap()),
            "text" => Value::Text("見本".to_owned()),
            other => panic!("{other}"),
        };
        say(&mut facts, &Subject::from(question.person.clone()), &question.fact, value);
    }
    assert_eq!(questions(pack, &facts, on, "ja", Detail::All), []);
    for decision in determine(pack, &facts, on, "ja").decisions {
        assert_ne!(decision.status, Status::Undecided, "{}", decision.procedure);
        assert!(!decision.because.is_empty(), "{}", decision.procedure);
    }
}

/// A copy of the sample packs with `rows` appended to a file of them.
fn copy_with(file: &str, rows: &str) -> tempfile::TempDir {
    fn copy(from: &Path, to: &Path) {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.path().is_dir() {
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), target).unwrap();
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    copy(&packs(), folder.path());
    let file = folder.path().join(file);
    let before = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, format!("{before}{rows}")).unwrap();
    folder
}

/// A row of the rules sheet, filled up with empty cells.
fn rule(cells: &str) -> String {
    format!("{cells}{}\n", ",".repeat(23 - cells.matches(',').count()))
}

#[test]
fn a_fault_is_found_in_its_file_row_and_column() {
    let tests = "mihon-city/sheets/tests.csv";
    let rules = "national/sheets/rules.csv";
    let rule = |condition: &str| rule(&format!("odd,juki.tennyu,required,{condition}"));
    for (file, rows, severity, kind, column) in [
        (tests, "no-day,1,,,event,tennyu,,,\n".to_owned(), Severity::Error, "wrong-value", "on"),
        (
            tests,
            "no-day,1,2026-11-00,,event,tennyu,,,\n".to_owned(),
            Severity::Error,
            "wrong-value",
            "on",
        ),
        (
            tests,
            "t,1,2026-11-20,,event,tennyu,juki.tennyu,,\nt,2,,,,,juki.tennyu,required,\n"
                .to_owned(),
            Severity::Error,
            "test-failed",
            "",
        ),
        (
            rules,
            rule("insurance_after,is,@insurance_before+3"),
            Severity::Error,
            "wrong-value",
            "value1",
        ),
        (rules, rule("event,is,@deadline.juki.tennyu"), Severity::Error, "wrong-value", "value1"),
        (
            "national/sheets/questions.csv",
            "odd,990,already_done,no\n".to_owned(),
            Severity::Error,
            "wrong-value",
            "fact",
        ),
        (
            "mihon-city/pack.toml",
            "valid_until = \"2026-03-31\"\n".to_owned(),
            Severity::Warning,
            "days-reversed",
            "valid_until",
        ),
    ] {
        let folder = copy_with(file, &rows);
        let path = folder.path().join(file);
        let last = u64::try_from(std::fs::read_to_string(path).unwrap().lines().count()).unwrap();
        let findings = kakanai_authoring::check(&folder.path().join("mihon-city")).unwrap();
        let found = findings.iter().find(|finding| {
            (finding.kind.as_str(), finding.sheet.as_str(), finding.row) == (kind, file, last)
        });
        let found = found.unwrap_or_else(|| panic!("{kind} in {file}, row {last}: {findings:#?}"));
        assert_eq!((found.severity, found.column.as_str()), (severity, column), "{rows}");
    }
}

#[test]
fn a_condition_may_ask_whether_two_facts_are_equal() {
    let same =
        "same,inkan.toroku,except,insurance_after,is,@insurance_before,seal_registration,is,yes";
    let day = "day,kokuho.shutoku,except,move_date,is,@counter_date-6,insurance_after,is,kokuho";
    let folder = copy_with("national/sheets/rules.csv", &(rule(same) + &rule(day)));
    for (file, row) in [
        (
            "texts.csv",
            "rule.same,ja,同じ,author\nrule.day,ja,同じ日,author\nquestion.insurance_before,ja,前の保険,author\nfact.insurance_before,ja,前の保険,author\n",
        ),
        ("questions.csv", "insurance_before,991,insurance_before,no\n"),
    ] {
        let path = folder.path().join("national/sheets").join(file);
        let before = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, before + row).unwrap();
    }
    let pack = kakanai_authoring::load(&folder.path().join("mihon-city")).unwrap().pack;
    let status = |before: &str, moved: &str, procedure: &str| {
        let mut facts = FactSet::default();
        let p1 = Subject::Person("p1".to_owned());
        say(&mut facts, &Subject::Case, "event", Value::Choice("tennyu".to_owned()));
        say(&mut facts, &Subject::Case, "from", Value::Choice("other_pref".to_owned()));
        say(&mut facts, &Subject::Case, "move_date", Value::Date(moved.parse().unwrap()));
        for (fact, value) in [("insurance_after", "kokuho"), ("insurance_before", before)] {
            say(&mut facts, &p1, fact, Value::Choice(value.to_owned()));
        }
        for fact in ["moving", "seal_registration"] {
            say(&mut facts, &p1, fact, Value::YesNo(true));
        }
        say(&mut facts, &p1, "birth_date", Value::Date("1985-04-01".parse().unwrap()));
        let on = "2026-11-20".parse().unwrap();
        let decisions = determine(&pack, &facts, on, "ja").decisions;
        decisions.into_iter().find(|decision| decision.procedure == procedure).unwrap().status
    };
    assert_eq!(status("kokuho", "2026-11-13", "inkan.toroku"), Status::NotNeeded);
    assert_ne!(status("shaho", "2026-11-13", "inkan.toroku"), Status::NotNeeded);
    assert_eq!(status("shaho", "2026-11-14", "kokuho.shutoku"), Status::NotNeeded);
    assert_eq!(status("shaho", "2026-11-13", "kokuho.shutoku"), Status::Required);
    assert_eq!(status("shaho", "2026-11-00", "kokuho.shutoku"), Status::Undecided);
}

#[test]
fn who_of_the_household_is_asked_as_a_choice_of_its_people() {
    let mut pack = sample().clone();
    pack.questions.push(kakanai_rules::pack::QuestionRow {
        id: "visitor".to_owned(),
        number: 992,
        fact: "visitor_person".to_owned(),
        at_home: false,
    });
    for procedure in &mut pack.procedures {
        procedure.asks.push("visitor_person".to_owned());
    }
    let mut facts = FactSet::default();
    for (fact, value) in [("event", "tennyu"), ("from", "other_pref")] {
        say(&mut facts, &Subject::Case, fact, Value::Choice(value.to_owned()));
    }
    say(&mut facts, &Subject::Case, "move_date", Value::Date("2026-11-13".parse().unwrap()));
    for person in ["p1", "p2"] {
        let person = Subject::Person(person.to_owned());
        say(&mut facts, &person, "moving", Value::YesNo(true));
    }
    let p1 = Subject::Person("p1".to_owned());
    say(&mut facts, &p1, "name", Value::Text("みほん　花子".to_owned()));
    let asked = questions(&pack, &facts, "2026-11-20".parse().unwrap(), "ja", Detail::All);
    let visitor = asked.iter().find(|question| question.fact == "visitor_person").unwrap();
    let choices: Vec<_> =
        visitor.choices.iter().map(|choice| (choice.id.as_str(), choice.text.as_str())).collect();
    assert_eq!(visitor.kind, "choice");
    assert_eq!(choices, [("p1", "みほん　花子"), ("p2", "p2")]);
}

#[test]
fn what_is_undecided_always_says_what_is_missing() {
    let pack = sample();
    let on = "2026-11-20".parse().unwrap();
    let day = |day: &str| format!(r#""move_date":"{day}""#);
    let unknown = r#""move_date":{"value":null,"answer":"unknown"}"#.to_owned();
    for date in [day("2026-11-00"), day("0000-00-00"), unknown, r#""from":"other_pref""#.to_owned()]
    {
        let file = format!(
            r#"{{"case":{{"event":"tennyu","from":"other_pref",{date}}},"people":[{{"id":"p1","moving":true,"birth_date":"2008-00-00"}}]}}"#
        );
        let facts = kakanai_rules::parse_facts(&file, &pack.vocabulary()).unwrap();
        let decided = determine(pack, &facts, on, "ja");
        let open: Vec<_> = decided
            .decisions
            .iter()
            .filter(|decision| decision.status == Status::Undecided)
            .collect();
        assert!(open.iter().any(|decision| decision.procedure == "juki.tennyu"), "{date}");
        for decision in open {
            assert!(!decision.needs.is_empty(), "{date}: {}", decision.procedure);
            assert!(decision.needs.iter().all(|need| need.fact != "counter_date"), "{date}");
        }
    }
}

#[test]
fn a_reason_names_the_last_day_it_was_measured_against() {
    let pack = sample();
    let file = r#"{"case":{"event":"tennyu","from":"other_pref","move_date":"2026-11-15","planned_out_date":"2026-10-01",
        "out_certificate":"card"},"people":[{"id":"p1","moving":true,"mynumber_card":"valid"}]}"#;
    let facts = kakanai_rules::parse_facts(file, &pack.vocabulary()).unwrap();
    let decided = determine(pack, &facts, "2026-11-20".parse().unwrap(), "ja");
    let of = |id: &str| decided.decisions.iter().find(|decision| decision.procedure == id).unwrap();
    let late = of("juki.tennyu-tokurei");
    assert_eq!(late.status, Status::NotNeeded);
    let day = "届出日：令和8年11月20日(金)、期限：令和8年11月2日(月)";
    assert!(late.because.iter().any(|reason| reason.text.contains(day)), "{:?}", late.because);
    let bring = &of("juki.tennyu").bring;
    assert!(bring.iter().any(|thing| thing.id == "out-certificate"), "{bring:?}");
}

#[test]
fn a_file_that_says_nothing_of_people_is_no_empty_household() {
    let pack = sample();
    let on = "2026-11-20".parse().unwrap();
    let facts =
        kakanai_rules::parse_facts(r#"{"case":{"event":"tennyu"}}"#, &pack.vocabulary()).unwrap();
    let decided = determine(pack, &facts, on, "ja");
    for decision in &decided.decisions {
        assert_ne!(decision.status, Status::NotNeeded, "{}", decision.procedure);
    }
    let asked = questions(pack, &facts, on, "ja", Detail::All);
    assert!(asked.iter().any(|question| question.kind == "person-list"));
}

fn say(facts: &mut FactSet, subject: &Subject, fact: &str, value: Value) {
    facts.state(
        subject,
        fact,
        Fact { answer: Answer::Known(value), source: Source::Staff, settles: false },
    );
}

/// A statement about the case (`None`) or a person.
type Stated = (Option<&'static str>, String, Value);

/// Random values for every fact that a question of the pack fills.
fn household() -> impl Strategy<Value = Vec<Stated>> {
    let pack = sample();
    let vocabulary = pack.vocabulary();
    let mut statements: Vec<BoxedStrategy<Stated>> = Vec::new();
    for row in &pack.questions {
        let Some(def) = vocabulary.get(&row.fact).cloned() else { continue };
        let value: BoxedStrategy<Value> = match def.kind {
            FactType::YesNo => any::<bool>().prop_map(Value::YesNo).boxed(),
            FactType::Choice => (0..def.values.len())
                .prop_map(move |index| Value::Choice(def.values[index].clone()))
                .boxed(),
            FactType::Date => (1940i16..2027, 1i8..13, 1i8..29)
                .prop_map(|(year, month, day)| {
                    Value::Date(kakanai_text::PartialDate::new(year, month, day).unwrap())
                })
                .boxed(),
            _ => Just(Value::Text("見本".to_owned())).boxed(),
        };
        let subjects: &[Option<&'static str>] = match def.subject {
            kakanai_rules::SubjectKind::Case => &[None],
            kakanai_rules::SubjectKind::Person => &[Some("p1"), Some("p2"), Some("p3")],
        };
        for subject in subjects {
            let (subject, fact) = (*subject, row.fact.clone());
            statements
                .push(value.clone().prop_map(move |value| (subject, fact.clone(), value)).boxed());
        }
    }
    statements
}

fn facts_of(statements: &[Stated], keep: impl Fn(usize) -> bool) -> FactSet {
    let mut facts = FactSet::default();
    for person in ["p1", "p2", "p3"] {
        facts.add_person(person);
    }
    for (index, (person, fact, value)) in statements.iter().enumerate() {
        if keep(index) {
            say(&mut facts, &Subject::from(person.map(str::to_owned)), fact, value.clone());
        }
    }
    facts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_decided_on_part_of_the_facts_stays_decided(
        statements in household(),
        mask in prop::collection::vec(any::<bool>(), 80),
    ) {
        let pack = sample();
        let on = "2026-11-20".parse().unwrap();
        let part = determine(pack, &facts_of(&statements, |index| mask[index % mask.len()]), on, "ja");
        let whole = determine(pack, &facts_of(&statements, |_| true), on, "ja");
        for (part, whole) in part.decisions.iter().zip(&whole.decisions) {
            prop_assert_eq!(&part.procedure, &whole.procedure);
            prop_assert_ne!(whole.status, Status::Undecided);
            if part.status != Status::Undecided {
                prop_assert_eq!(part.status, whole.status, "{}", part.procedure);
            } else {
                prop_assert!(!part.needs.is_empty());
            }
        }
    }

    #[test]
    fn the_order_of_answers_never_changes_the_result(statements in household().prop_shuffle()) {
        let pack = sample();
        let on = "2026-11-20".parse().unwrap();
        let mut sorted = statements.clone();
        sorted.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let given = determine(pack, &facts_of(&statements, |_| true), on, "ja");
        let sorted = determine(pack, &facts_of(&sorted, |_| true), on, "ja");
        prop_assert_eq!(given, sorted);
    }
}
