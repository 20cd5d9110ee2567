//! What cannot be handed over exactly stops the whole case, and what is discreet never leaves.

use std::collections::BTreeSet;

use kakanai_handover::{RefusalKind, transcription};
use kakanai_rules::pack::{HandoverColumn, HandoverSource};
use kakanai_rules::{
    Answer, Engine, Fact, FactDef, FactType, Sensitivity, Source, Status, Subject, SubjectKind,
    Value,
};
use serde_json::json;

use crate::support::{Case, discreet, pack};

#[test]
fn every_place_at_fault_is_listed_with_file_column_person_and_code_points() {
    let mut file = Case::household("three-generations").file;
    file["people"][1]["name"] = json!("𠮷田　葛\u{E0100}子");
    file["case"]["phone"] = json!("0".repeat(40));
    let case = Case::of(file);
    let refusals = case.export().err().unwrap();
    let jumin = refusals.iter().find(|refusal| refusal.column == "jumin.name").unwrap();
    assert_eq!((jumin.section.as_str(), jumin.person.as_deref()), ("jumin", Some("p2")));
    let code_points = vec!["U+20BB7".to_owned(), "U+845B U+E0100".to_owned()];
    assert_eq!(jumin.kind, RefusalKind::Character { code_points });
    let phone = refusals.iter().find(|refusal| refusal.column == "setai.phone").unwrap();
    assert_eq!(
        (&phone.kind, phone.person.as_deref()),
        (&RefusalKind::TooLong { bytes: 40, max: 24 }, None)
    );
    let files: BTreeSet<_> = refusals.iter().map(|refusal| refusal.section.as_str()).collect();
    assert!(files.contains("tetsuzuki") && files.contains("kokuho"), "{files:?}");
    assert!(!format!("{refusals:?}").contains('𠮷'));
}

#[test]
fn a_case_without_what_is_required_is_refused() {
    let mut file = Case::household("single-one-card").file;
    file["people"][0].as_object_mut().unwrap().remove("name");
    let refusals = Case::of(file).export().err().unwrap();
    assert!(refusals.iter().all(|refusal| refusal.kind == RefusalKind::RequiredMissing));
    assert!(refusals.iter().any(|refusal| refusal.column == "jumin.name"));
}

#[test]
fn nothing_discreet_is_in_any_file_or_sheet() {
    let case = Case::of_everything();
    let facts = discreet(pack());
    assert!(facts.contains(&"dv_support".to_owned()));
    for fact in &facts {
        assert!(case.facts.0.value(&Subject::Case, fact).is_some(), "{fact} was said");
        let sources = pack().handover.columns.iter().map(|column| column.source.as_str());
        assert!(!sources.map(|source| source.split_once('.').unwrap().1).any(|name| name == fact));
    }
    let decided = case
        .determination
        .decisions
        .iter()
        .filter(|decision| decision.discreet && decision.status != Status::NotNeeded);
    let hidden: Vec<String> = decided.map(|decision| decision.procedure.clone()).collect();
    assert!(!hidden.is_empty());
    let export = case.export().unwrap();
    for file in &export.files {
        let text = kakanai_text::decode_cp932(&file.bytes).unwrap();
        assert!(
            !hidden.iter().any(|id| text.contains(id)) && !text.contains("支援措置"),
            "{}",
            file.name
        );
    }
    let sheet = transcription(&Engine::new(pack()), &case.determination, &case.facts);
    for section in &sheet.sections {
        assert!(
            section.lines.iter().all(|line| !line.value.contains("支援措置")),
            "{}",
            section.file
        );
    }
}

#[test]
fn a_discreet_column_in_a_pack_that_nobody_checked_refuses_every_case() {
    let mut pack = pack().clone();
    let column = pack
        .handover
        .columns
        .iter_mut()
        .find(|column| column.id == "setai.joined_head_foreign")
        .unwrap();
    column.source = "case.dv_support".to_owned();
    assert!(HandoverSource::of("case.dv_support", &pack.vocabulary()).unwrap().discreet);
    let refusals = Case::household("single-one-card").export_with(&pack).err().unwrap();
    assert!(refusals.iter().all(|refusal| refusal.kind == RefusalKind::Column));
    assert!(!refusals.is_empty());
}

#[test]
fn a_discreet_date_in_a_pack_that_nobody_checked_stands_on_no_sheet_for_typing() {
    let mut pack = pack().clone();
    let column = |column: &&mut HandoverColumn| column.source == "form.today";
    let column = pack.handover.columns.iter_mut().find(column).unwrap();
    let heading = column.heading.clone();
    column.source = "case.secret_day".to_owned();
    let mut case = Case::household("single-one-card");
    let answer = Answer::Known(Value::Date("2026-11-14".parse().unwrap()));
    let said = Fact { answer, source: Source::Staff, settles: false };
    case.facts.0.state(&Subject::Case, "secret_day", said);
    for (sensitivity, expected) in [(Sensitivity::Plain, true), (Sensitivity::Discreet, false)] {
        let mut pack = pack.clone();
        pack.facts.push(FactDef {
            id: "secret_day".to_owned(),
            subject: SubjectKind::Case,
            kind: FactType::Date,
            values: Vec::new(),
            sensitivity,
        });
        let sheet = transcription(&Engine::new(&pack), &case.determination, &case.facts);
        let mut lines = sheet.sections.into_iter().flat_map(|section| section.lines);
        let line = lines.find(|line| line.heading == heading).unwrap();
        assert_eq!(!line.value.is_empty(), expected, "{sensitivity:?}");
    }
}

#[test]
fn what_was_done_before_is_handed_over_without_what_is_discreet() {
    let done = json!([{ "procedure": "juki.shien" }, { "procedure": "gomi" }]);
    let case = Case::household("single-one-card");
    let mut file = case.file;
    file["case"]["already_done"] = done;
    let export = Case::of(file).export().unwrap();
    let setai = export.files.iter().find(|file| file.name == "setai.csv").unwrap();
    let text = kakanai_text::decode_cp932(&setai.bytes).unwrap();
    assert!(text.contains("gomi") && !text.contains("shien"), "{text}");
}
