//! Nothing that the clerk captured for a procedure is lost: it is in a file, or the pack says why not.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::{HandoverSource, Operand, Pack};
use serde_json::Value as Json;

use crate::support::{Case, discreet, pack, packs};

/// Every fact named anywhere in an expression, found in its written form.
fn named(json: &Json, found: &mut BTreeSet<String>) {
    match json {
        Json::Object(members) => {
            if let Some(Json::String(fact)) = members.get("fact") {
                found.insert(fact.clone());
            }
            members.values().for_each(|value| named(value, found));
        }
        Json::Array(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}

/// The facts that rules, deadlines, things to bring, papers and asks of each procedure look at.
fn captured(pack: &Pack) -> BTreeMap<&str, BTreeSet<String>> {
    let mut facts: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in &pack.procedures {
        facts.entry(&row.id).or_default().extend(row.asks.iter().cloned());
    }
    let conditions = pack.rules.iter().map(|row| (&row.procedure, &row.conditions));
    let conditions = conditions
        .chain(pack.deadlines.iter().map(|row| (&row.procedure, &row.conditions)))
        .chain(pack.bring.iter().map(|row| (&row.procedure, &row.conditions)));
    for (procedure, conditions) in conditions {
        let of = facts.entry(procedure).or_default();
        for condition in conditions {
            of.insert(condition.fact.clone());
            if let Operand::Fact { fact, .. } = &condition.operand {
                of.insert(fact.clone());
            }
        }
    }
    for row in &pack.rules {
        let of = facts.entry(&row.procedure).or_default();
        named(&serde_json::to_value(&row.expression).unwrap(), of);
    }
    // What a named condition follows from is captured for it.
    let derived: BTreeMap<&str, BTreeSet<String>> = pack
        .derived
        .iter()
        .map(|row| {
            let mut found = BTreeSet::new();
            named(&serde_json::to_value(&row.expression).unwrap(), &mut found);
            (row.fact.as_str(), found)
        })
        .collect();
    for of in facts.values_mut() {
        while let Some(name) = of.iter().find(|fact| derived.contains_key(fact.as_str())).cloned() {
            of.remove(&name);
            of.extend(derived[name.as_str()].iter().cloned());
        }
    }
    facts
}

#[test]
fn for_each_procedure_every_fact_captured_is_in_a_file_or_kept_back_for_a_reason() {
    let pack = pack();
    let vocabulary = pack.vocabulary();
    let discreet = discreet(pack);
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for column in &pack.handover.columns {
        told.extend(column.source.split_once('.').map(|(_, fact)| fact));
        told.extend(HandoverSource::behind(&column.source));
    }
    let kept_back = pack.handover.withheld.iter();
    told.extend(kept_back.filter_map(|row| row.source.split_once('.')).map(|(_, fact)| fact));
    let mut lost = Vec::new();
    let (mut procedures, mut facts) = (0, 0);
    for (procedure, captured) in captured(pack) {
        procedures += 1;
        for fact in captured.iter().filter(|fact| vocabulary.get(fact).is_some()) {
            facts += 1;
            if !told.contains(fact.as_str()) && !discreet.contains(fact) {
                lost.push(format!("{procedure}: {fact}"));
            }
        }
    }
    assert!(lost.is_empty(), "{lost:#?}");
    assert!(procedures >= 98 && facts >= 400, "{procedures} procedures, {facts} facts");
}

#[test]
fn only_a_missing_name_or_birth_date_keeps_a_test_of_the_pack_from_being_handed_over() {
    let pack = pack();
    let mut handed = 0;
    for test in pack.tests.iter().step_by(8) {
        let case = Case::of(test.facts.clone());
        match case.export() {
            Ok(export) => {
                handed += 1;
                assert!(export.files.iter().all(|file| file.rows > 0));
                let decided = export.files.iter().find(|file| file.name == "tetsuzuki.csv");
                assert!(
                    decided.is_some()
                        || case.determination.decisions.iter().all(|decision| {
                            decision.discreet || decision.status == kakanai_rules::Status::NotNeeded
                        }),
                    "{}",
                    test.id
                );
            }
            // Tests of the pack name nobody: what is missing is a name or a birth date, and nothing else.
            Err(refusals) => {
                assert!(
                    refusals.iter().all(|refusal| refusal.code() == "required-missing"),
                    "{}: {refusals:?}",
                    test.id
                );
            }
        }
    }
    assert!(pack.tests.len() >= 100 && handed < pack.tests.len());
}

#[test]
fn a_fact_that_no_file_takes_is_found_by_the_check_of_the_pack() {
    let folder = tempfile::tempdir().unwrap();
    for pack in ["national", "mihon-city"] {
        copy(&packs().join(pack), &folder.path().join(pack));
    }
    let sheet = folder.path().join("national/sheets/handover.csv");
    let rows = std::fs::read_to_string(&sheet).unwrap();
    let left: Vec<&str> = rows
        .lines()
        .filter(|row| !row.starts_with("jumin.name_kana,") && !row.contains("person.name_kana"))
        .collect();
    std::fs::write(&sheet, left.join("\n") + "\n").unwrap();
    let findings = kakanai_authoring::check(&folder.path().join("mihon-city")).unwrap();
    let found: Vec<_> = findings.iter().map(|finding| finding.kind.as_str()).collect();
    assert_eq!(found, ["handover-missing"], "{findings:#?}");
    assert!(findings[0].text_en.contains("name_kana"));
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
