//! The data sheet describes what the files hold, and the 転記シート shows it in words.

use kakanai_handover::{data_sheet, transcription};
use kakanai_rules::Engine;

use crate::support::{Case, day, pack};

#[test]
fn the_data_sheet_names_every_file_and_column_and_its_samples_have_their_headings() {
    let sheet = data_sheet(pack(), day()).unwrap();
    assert_eq!(sheet, data_sheet(pack(), day()).unwrap());
    let page = String::from_utf8(sheet[0].bytes.clone()).unwrap();
    assert!(!page.contains('{'), "every place of the page is filled");
    let table = String::from_utf8(sheet[1].bytes.clone()).unwrap();
    assert!(table.starts_with("\u{feff}\"ファイル\""));
    for file in &pack().handover.files {
        let name = format!("sample/{}.csv", file.id);
        let sample = sheet.iter().find(|made| made.name == name).unwrap();
        let text = kakanai_text::decode_cp932(&sample.bytes).unwrap();
        let columns = pack().handover.columns_of(&file.id, day());
        let headings: Vec<_> = columns.iter().map(|column| column.heading.as_str()).collect();
        assert_eq!(text.lines().next().unwrap(), headings.join(","));
        assert!(text.lines().count() >= 2 && page.contains(&format!("### `{}.csv`", file.id)));
        for column in columns {
            assert!(page.contains(&format!("`{}`", column.id)), "{}", column.id);
            assert!(table.contains(&format!("\"{}\"", column.id)), "{}", column.id);
        }
    }
    for row in &pack().handover.withheld {
        assert!(page.contains(&format!("`{}`", row.source)), "{}", row.source);
    }
}

#[test]
fn the_sheet_for_typing_has_the_headings_in_order_and_codes_with_their_words() {
    let case = Case::household("three-generations");
    let sheet = transcription(&Engine::new(pack()), &case.determination, &case.facts);
    let titles: Vec<_> = sheet
        .sections
        .iter()
        .map(|section| (section.file.as_str(), section.person.as_deref()))
        .collect();
    assert_eq!(
        titles[..4],
        [("setai", None), ("jumin", Some("p1")), ("jumin", Some("p2")), ("jumin", Some("p3"))]
    );
    assert!(titles.iter().all(|(file, _)| *file != "tetsuzuki"));
    let value = |section: usize, heading: &str| {
        let line = sheet.sections[section].lines.iter().find(|line| line.heading == heading);
        line.unwrap().value.clone()
    };
    assert_eq!(value(0, "異動の種類"), "2（転居（市内で引っ越した））");
    assert_eq!(value(2, "氏名"), "大王　次郎");
    assert_eq!(value(2, "性別"), "1（男）");
    assert_eq!(value(2, "生年月日"), "20180505");
}
