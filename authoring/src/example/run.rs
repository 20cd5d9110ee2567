//! Running the tests of a pack: every difference is a finding at the line that expected otherwise.

use jiff::civil::Date;
use kakanai_rules::pack::{Expectation, Pack, TestRow};
use kakanai_rules::{Decision, Determination, Engine, Status, parse_facts};
use kakanai_text::PartialDate;

use super::Places;
use crate::finding::{Finding, Place};

/// What the tests of a pack came to.
pub struct Ran {
    /// Every difference.
    pub findings: Vec<Finding>,
    /// What was decided, test by test, for checks that need it too.
    pub decided: Vec<Determination>,
}

/// Runs every test of the pack, each once.
pub fn run(pack: &Pack, places: &Places) -> Ran {
    let engine = Engine::new(pack);
    let mut ran = Ran { findings: Vec::new(), decided: Vec::new() };
    for test in &pack.tests {
        let places = places.get(&test.id).map_or(&[] as &[Place], Vec::as_slice);
        run_one(&engine, test, places, &mut ran);
    }
    ran
}

fn run_one(engine: &Engine<'_>, test: &TestRow, places: &[Place], ran: &mut Ran) {
    let unknown = Place { sheet: "tests".to_owned(), row: 0 };
    let wrong = |place: Option<&Place>, column: &str, text: &str, text_en: &str| {
        let finding = place.unwrap_or(&unknown).error(
            "test-failed",
            column,
            format!("テスト「{}」: {text}", test.id),
            "規則か期待する結果のどちらかを直してください。",
        );
        Finding {
            example: Some(test.facts.clone()),
            ..finding.english(
                format!("Test \"{}\": {text_en}", test.id),
                "Correct the rules or what the test expects.",
            )
        }
    };
    let facts = match parse_facts(&test.facts.to_string(), engine.vocabulary()) {
        Ok(facts) => facts,
        Err(error) => {
            let text = error.to_string();
            ran.findings.push(wrong(places.first(), "given", &text, &text));
            return;
        }
    };
    let Some(on): Option<Date> = test.on.full() else {
        let text = "窓口の日（on）がありません。";
        ran.findings.push(wrong(places.first(), "on", text, "it has no day at the counter (on)."));
        return;
    };
    let decided = engine.determine(&facts, on, "ja");
    for (index, expected) in test.expect.iter().enumerate() {
        for difference in differences(expected, &decided.decisions) {
            let Difference { column, text, text_en } = difference;
            ran.findings.push(wrong(places.get(index), column, &text, &text_en));
        }
    }
    ran.decided.push(decided);
}

/// What came out otherwise.
struct Difference {
    column: &'static str,
    text: String,
    text_en: String,
}

/// The differences between what a line expects and the decisions.
///
/// A line about one person looks at the decision for them. Without a person, `not-needed` means nobody needs it;
/// any other line wants one decision that is wholly as it says.
fn differences(expected: &Expectation, decisions: &[Decision]) -> Vec<Difference> {
    let all: Vec<&Decision> =
        decisions.iter().filter(|decision| decision.procedure == expected.procedure).collect();
    let not_needed = expected.status == Status::NotNeeded.id();
    let of_person: Vec<&Decision> = match &expected.person {
        None => all.clone(),
        Some(person) => {
            all.iter().copied().filter(|decision| decision.people.contains(person)).collect()
        }
    };
    if of_person.is_empty() {
        // A household procedure for others only is not needed by this person; one not decided is open for all.
        let open = all.iter().copied().find(|decision| decision.status == Status::Undecided);
        return match (open, not_needed) {
            (Some(open), _) => compare(expected, open),
            (None, true) => Vec::new(),
            (None, false) => vec![absent(expected, &all)],
        };
    }
    let compared = of_person.iter().map(|decision| compare(expected, decision));
    if expected.person.is_none() && not_needed {
        return compared.flatten().collect();
    }
    compared.min_by_key(Vec::len).unwrap_or_default()
}

fn absent(expected: &Expectation, all: &[&Decision]) -> Difference {
    let (procedure, status) = (&expected.procedure, &expected.status);
    let person = expected.person.as_deref().unwrap_or("世帯");
    let found = found_for(all);
    Difference {
        column: "procedure",
        text: format!(
            "{procedure} は {person} に {status} のはずが、その判定がありません（{found}）。"
        ),
        text_en: format!(
            "{procedure} should be {status} for {}, but there is no such decision ({found}).",
            expected.person.as_deref().unwrap_or("the household")
        ),
    }
}

/// `required p1, not-needed p2`.
fn found_for(all: &[&Decision]) -> String {
    let found = all.iter().map(|decision| {
        let people = decision.people.join(" ");
        format!("{} {people}", decision.status.id()).trim().to_owned()
    });
    found.collect::<Vec<_>>().join(", ")
}

fn compare(expected: &Expectation, found: &Decision) -> Vec<Difference> {
    let procedure = &expected.procedure;
    let mut differences = Vec::new();
    let mut differs = |column: &'static str, text: String, text_en: String| {
        differences.push(Difference { column, text, text_en });
    };
    if found.status.id() != expected.status {
        let (was, is, why) = (&expected.status, found.status.id(), why(found));
        differs(
            "status",
            format!("{procedure} は {was} のはずが {is} です{}。", why.0),
            format!("{procedure} should be {was}, but is {is}{}.", why.1),
        );
    }
    if let Some(deadline) = expected.deadline
        && deadline != found.deadline
    {
        let day = |day: Option<PartialDate>| day.map_or("-".to_owned(), |day| day.to_string());
        let (was, is) = (day(deadline), day(found.deadline));
        differs(
            "deadline",
            format!("{procedure} の期限は {was} のはずが {is} です。"),
            format!("the last day of {procedure} should be {was}, but is {is}."),
        );
    }
    if let Some(covered_by) = &expected.covered_by
        && *covered_by != found.covered_by
    {
        let name = |covered_by: &Option<String>| covered_by.clone().unwrap_or("-".to_owned());
        let (was, is) = (name(covered_by), name(&found.covered_by));
        differs(
            "covered_by",
            format!("{procedure} を兼ねる届は {was} のはずが {is} です。"),
            format!("{procedure} should be covered by {was}, but is by {is}."),
        );
    }
    let brings = |item: &String| found.bring.iter().any(|thing| thing.id == *item);
    for item in expected.bring.iter().filter(|item| !brings(item)) {
        differs(
            "bring",
            format!("{procedure} の持ち物に {item} があるはずが、ありません。"),
            format!("{item} should be brought for {procedure}, but is not asked for."),
        );
    }
    for item in expected.bring_not.iter().filter(|item| brings(item)) {
        differs(
            "bring",
            format!("{procedure} の持ち物に {item} はないはずが、あります。"),
            format!("{item} should not be brought for {procedure}, but is asked for."),
        );
    }
    differences
}

/// What decided, or what is missing, in Japanese and English.
fn why(found: &Decision) -> (String, String) {
    let listed = |japanese: &str, english: &str, items: Vec<String>| {
        if items.is_empty() {
            return (String::new(), String::new());
        }
        let items = items.join(", ");
        (format!("（{japanese}: {items}）"), format!(" ({english}: {items})"))
    };
    if found.status == Status::Undecided {
        let needs = found.needs.iter().map(|need| match &need.person {
            Some(person) => format!("{person}.{}", need.fact),
            None => need.fact.clone(),
        });
        return listed("足りないもの", "missing", needs.collect());
    }
    let rules = found.because.iter().map(|reason| reason.rule.clone());
    listed("決めた規則", "decided by", rules.collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn decision(procedure: &str, status: &str, people: &[&str]) -> Decision {
        serde_json::from_value(json!({
            "procedure": procedure, "status": status, "people": people, "deadline": "2026-12-04",
            "deadline_raw": "2026-12-04", "not_before": null, "overdue": false, "covered_by": "p",
            "office": "a", "done_at": "here", "filed_by": "person", "agent": "letter", "discreet": false,
            "signed_off": false, "fees": [], "bring": [{"id": "seal", "text": "印鑑", "who": []}], "papers": [],
            "because": [{"rule": "r1", "text": ""}], "notes": [], "law": "",
            "needs": [{"fact": "moving", "person": "p2"}],
        }))
        .unwrap()
    }

    fn expectation(person: Option<&str>, status: &str) -> Expectation {
        Expectation {
            procedure: "q".to_owned(),
            person: person.map(str::to_owned),
            status: status.to_owned(),
            deadline: None,
            covered_by: None,
            bring: Vec::new(),
            bring_not: Vec::new(),
        }
    }

    fn columns(expected: &Expectation, decisions: &[Decision]) -> Vec<&'static str> {
        differences(expected, decisions).iter().map(|difference| difference.column).collect()
    }

    #[test]
    fn a_line_is_held_against_the_decision_it_is_about() {
        let each = [
            decision("x", "required", &["p1"]),
            decision("q", "required", &["p1"]),
            decision("q", "not-needed", &["p2"]),
        ];
        let household = [decision("q", "required", &["p1"])];
        let open = [decision("q", "undecided", &[])];
        let none: [&str; 0] = [];
        for (person, status, decisions, expected) in [
            (Some("p1"), "required", &each[..], &none[..]),
            (Some("p2"), "required", &each, &["status"]),
            (Some("p2"), "not-needed", &each, &[]),
            (Some("p3"), "required", &each, &["procedure"]),
            (None, "required", &each, &[]),
            (None, "not-needed", &each, &["status"]),
            (Some("p2"), "not-needed", &household, &[]),
            (Some("p2"), "required", &household, &["procedure"]),
            (Some("p2"), "not-needed", &open, &["status"]),
            (Some("p2"), "undecided", &open, &[]),
            (None, "not-needed", &[], &[]),
            (None, "required", &[], &["procedure"]),
        ] {
            let found = columns(&expectation(person, status), decisions);
            assert_eq!(found, expected, "{person:?} {status} {decisions:#?}");
        }
    }

    #[test]
    fn every_difference_is_told_with_what_came_instead() {
        let mut expected = expectation(Some("p1"), "not-needed");
        expected.deadline = Some(None);
        expected.covered_by = Some(None);
        expected.bring = vec!["id".to_owned(), "seal".to_owned()];
        expected.bring_not = vec!["seal".to_owned()];
        let found = differences(&expected, &[decision("q", "undecided", &["p1"])]);
        let texts: Vec<_> = found.iter().map(|found| (found.column, found.text.as_str())).collect();
        assert_eq!(
            texts,
            [
                ("status", "q は not-needed のはずが undecided です（足りないもの: p2.moving）。"),
                ("deadline", "q の期限は - のはずが 2026-12-04 です。"),
                ("covered_by", "q を兼ねる届は - のはずが p です。"),
                ("bring", "q の持ち物に id があるはずが、ありません。"),
                ("bring", "q の持ち物に seal はないはずが、あります。"),
            ]
        );
        let required =
            differences(&expectation(None, "may-apply"), &[decision("q", "required", &[])]);
        assert!(required[0].text.contains("決めた規則: r1"), "{}", required[0].text);
    }
}
