//! Another reader finds in the files what the facts file says.

use std::fs;
use std::path::Path;
use std::process::Command;

use kakanai_handover::{DONE, Export};
use kakanai_rules::{Answer, Fact, Source, Subject, Value};
use proptest::prelude::*;
use serde_json::json;

use crate::support::{Case, pack};

fn write(export: &Export, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    for file in &export.files {
        fs::write(folder.join(&file.name), &file.bytes).unwrap();
    }
    fs::write(folder.join(DONE), export.done.bytes()).unwrap();
}

/// Reads the files of a case with Python's csv module and cp932 codec; how many fields were compared.
fn read_back(case: &Case, everything: bool) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let place = |name: &str| folder.path().join(name);
    write(&case.export().unwrap_or_else(|refusals| panic!("{refusals:?}")), &place("A-0001"));
    fs::write(place("pack.json"), kakanai_authoring::canonical(pack())).unwrap();
    fs::write(place("facts.json"), case.file.to_string()).unwrap();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/handover/read_back.py");
    let mut command = Command::new("python3");
    command.arg(script).args([place("A-0001"), place("pack.json"), place("facts.json")]);
    if everything {
        command.arg("everything");
    }
    let run = command.output().expect("python3 is needed to read the files back");
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap().trim().parse().unwrap()
}

#[test]
fn another_reader_finds_every_field_of_the_sample_households() {
    for household in ["nepali-student", "single-one-card", "three-generations"] {
        assert!(read_back(&Case::household(household), false) > 60, "{household}");
    }
}

#[test]
fn another_reader_finds_everything_that_a_household_can_say() {
    let case = Case::of_everything();
    let names: Vec<_> = case.export().unwrap().files.iter().map(|file| file.name.clone()).collect();
    for name in ["setai.csv", "jumin.csv", "kokuho.csv", "tetsuzuki.csv"] {
        assert!(names.iter().any(|found| found == name), "{names:?}");
    }
    assert!(read_back(&case, true) > 250);
}

#[test]
fn the_same_case_gives_the_same_bytes_and_another_one_another_fingerprint() {
    let first = Case::of_everything().export().unwrap();
    let again = Case::of_everything().export().unwrap();
    assert!(first == again && first.done.bytes() == again.done.bytes());
    let mut file = Case::of_everything().file;
    file["case"]["phone"] = json!("000-0000-0009");
    let other = Case::of(file).export().unwrap();
    assert_ne!(first.done.fingerprint, other.done.fingerprint);
    assert!(first.done.bytes().is_ascii(), "no text of a resident stands in the manifest");
}

fn household(name: &str, address: &str) -> Case {
    let mut case = Case::of(json!({
        "case": {"event": "tennyu", "from": "other_pref", "move_date": "2026-11-14", "new_address": address},
        "people": [{"id": "p1", "moving": true, "birth_date": "1985-04-01"}]
    }));
    // As a card says it: unlike a facts file, nobody has looked at its characters.
    let statement = Fact {
        answer: Answer::Known(Value::Text(name.to_owned())),
        source: Source::Card,
        settles: false,
    };
    case.facts.0.state(&Subject::Person("p1".to_owned()), "name", statement);
    case
}

/// The fields of the second line, as RFC 4180 says.
fn second_line(bytes: &[u8]) -> Vec<String> {
    let text = kakanai_text::decode_cp932(bytes).unwrap();
    let line = text.split("\r\n").nth(1).unwrap();
    let (mut fields, mut field, mut quoted) = (Vec::new(), String::new(), false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => field.push(chars.next().unwrap()),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            c => field.push(c),
        }
    }
    fields.push(field);
    fields
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_arrives_exactly_or_the_case_is_refused(
        name in "\\PC{1,30}|[ -~ぁ-んァ-ヶ一-龥ｱ-ﾝ\"',髙﨑①〜−𠮷\u{E0100}\n\r\t]{1,20}",
    ) {
        match household(&name, "みほん市").export() {
            Ok(export) => {
                let jumin = export.files.iter().find(|file| file.name == "jumin.csv").unwrap();
                prop_assert_eq!(&second_line(&jumin.bytes)[2], &name);
            }
            Err(refusals) => {
                prop_assert!(refusals.iter().all(|refusal| !refusal.to_string().contains(&name) || name.len() < 3));
                let strict = kakanai_text::encode_cp932(&name);
                let control = name.chars().any(char::is_control);
                prop_assert!(control || strict.map_or(true, |bytes| bytes.len() > 160), "{name:?} {refusals:?}");
            }
        }
    }
}

#[test]
fn an_address_is_written_as_windows_does_and_a_name_is_not_touched() {
    let export = household("見本　花子", "見本町１−２〜３").export().unwrap();
    assert!(second_line(&export.files[0].bytes).contains(&"見本町１－２～３".to_owned()));
    let refusals = household("見本−花子", "見本町").export().err().unwrap();
    assert!(refusals.iter().all(|refusal| refusal.code() == "character-not-in-cp932"));
}

#[test]
fn a_value_that_a_spreadsheet_takes_for_a_formula_stays_as_it_is() {
    let export = household("=1+1", "+81").export().unwrap();
    let jumin = export.files.iter().find(|file| file.name == "jumin.csv").unwrap();
    assert_eq!(second_line(&jumin.bytes)[2], "=1+1");
}
