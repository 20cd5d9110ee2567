//! The sample packs: what is checked in them and what must hold for single households.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::civil::Date;
use kakanai_rules::{Detail, Pack, Status, determine, parse_facts, questions};

pub fn packs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs")
}

pub fn sample() -> &'static Pack {
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
fn every_test_says_why_its_expectation_is_right() {
    let tests = &sample().tests;
    assert!(tests.len() >= 100, "{}", tests.len());
    for test in tests {
        assert!(!test.basis.is_empty() && !test.expect.is_empty(), "{}", test.id);
    }
    let several = tests.iter().filter(|test| test.facts["case"].get("also_events").is_some());
    assert!(several.count() >= 6);
}

#[test]
fn a_pack_read_from_its_compiled_file_is_the_same() {
    let pack = sample();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("pack.json");
    std::fs::write(&file, kakanai_authoring::canonical(pack)).unwrap();
    let read = kakanai_authoring::load(&file).unwrap().pack;
    assert_eq!(read, *pack);
    assert_eq!(kakanai_authoring::fingerprint(&read), kakanai_authoring::fingerprint(pack));
}

#[test]
fn who_of_the_household_is_asked_as_a_choice_of_its_people() {
    let mut pack = sample().clone();
    pack.questions.push(kakanai_rules::pack::QuestionRow {
        id: "visitor_person".to_owned(),
        number: 992,
        fact: "visitor_person".to_owned(),
        at_home: false,
        group: None,
        retired: false,
    });
    for procedure in &mut pack.procedures {
        procedure.asks.push("visitor_person".to_owned());
    }
    let file = r#"{"case":{"event":"tennyu","from":"other_pref","move_date":"2026-11-13"},
        "people":[{"id":"p1","moving":true,"name":"みほん　花子"},{"id":"p2","moving":true}]}"#;
    let facts = parse_facts(file, &pack.vocabulary()).unwrap();
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
    for date in [day("2026-11-00"), day("0000-00-00"), unknown, r#""phone":"0""#.to_owned()] {
        let file = format!(
            r#"{{"case":{{"event":"tennyu","from":"other_pref",{date}}},"people":[{{"id":"p1","moving":true,"birth_date":"2008-00-00"}}]}}"#
        );
        let facts = parse_facts(&file, &pack.vocabulary()).unwrap();
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
    let facts = parse_facts(file, &pack.vocabulary()).unwrap();
    let decided = determine(pack, &facts, "2026-11-20".parse().unwrap(), "ja");
    let of = |id: &str| decided.decisions.iter().find(|decision| decision.procedure == id).unwrap();
    let late = of("juki.tennyu-tokurei");
    assert_eq!(late.status, Status::NotNeeded);
    let day = "期限：令和8年11月2日(月)";
    assert!(late.because.iter().any(|reason| reason.text.contains(day)), "{:?}", late.because);
    let bring = &of("juki.tennyu").bring;
    assert!(bring.iter().any(|thing| thing.id == "out-certificate"), "{bring:?}");
}

#[test]
fn a_file_that_says_nothing_of_people_is_no_empty_household() {
    let pack = sample();
    let on = "2026-11-20".parse().unwrap();
    let facts = parse_facts(r#"{"case":{"event":"tennyu"}}"#, &pack.vocabulary()).unwrap();
    let decided = determine(pack, &facts, on, "ja");
    for decision in &decided.decisions {
        if ["juki.tennyu", "juki.tennyu-tokurei", "jidoteate.nintei", "inu.henko"]
            .contains(&decision.procedure.as_str())
        {
            assert_eq!(decision.status, Status::Undecided, "{}", decision.procedure);
        }
    }
    let asked = questions(pack, &facts, on, "ja", Detail::All);
    assert!(asked.iter().any(|question| question.kind == "person-list"));
}

#[test]
fn nothing_discreet_is_asked() {
    let pack = sample();
    let on = "2026-11-20".parse().unwrap();
    let vocabulary = pack.vocabulary();
    for test in &pack.tests {
        let facts = parse_facts(&test.facts.to_string(), &vocabulary).unwrap();
        for question in questions(pack, &facts, on, "ja", Detail::All) {
            let discreet = vocabulary
                .get(&question.fact)
                .is_some_and(|def| def.sensitivity == kakanai_rules::Sensitivity::Discreet);
            assert!(!discreet, "{}: {}", test.id, question.fact);
        }
    }
}

/// Papers and the check sheet name every fact that a source can give, asked about or not.
#[test]
fn every_fact_has_a_name_in_japanese() {
    let pack = sample();
    let vocabulary = pack.vocabulary();
    let unnamed: Vec<&str> = vocabulary
        .iter()
        .map(|fact| fact.id.as_str())
        .filter(|fact| pack.text("ja", &format!("fact.{fact}"), Date::MAX).is_none())
        .collect();
    assert!(unnamed.is_empty(), "{unnamed:?}");
}
