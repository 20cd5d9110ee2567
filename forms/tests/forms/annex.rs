//! Continuation pages (別紙): nothing is cut, nothing is lost, and the box says where to look.

use kakanai_forms::{FieldValue, LayoutError, Mark, Page, Paper, Values, paper_pdf};
use proptest::prelude::*;

use crate::support::{code, fill, fonts, form, pdf_text, printed, runs, squeeze, text, tool};

struct Household {
    people: usize,
    address: String,
    reason: String,
}

impl Values for Household {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        match (source, person) {
            ("person.address", Some("2")) => text("みほん市"),
            ("person.address", Some(person)) => text(&format!("{person}{}", self.address)),
            ("case.reason", _) => text(&self.reason),
            ("form.case", _) => text("20261120-0012"),
            _ => FieldValue::Missing,
        }
    }

    fn people(&self) -> Vec<String> {
        (1..=self.people).map(|number| number.to_string()).collect()
    }
}

const FIELDS: &str = "repeat = { count = 2, pitch = 10 }\nfield = [\
    { kind = \"text\", id = \"address\", label = \"これまでの住所\", source = \"person.address\", row = true, \
      box = [20, 20, 40, 6], size = 9 },\
    { kind = \"text\", id = \"reason\", label = \"理由\", source = \"case.reason\", box = [20, 60, 40, 6], size = 9 }]";

fn paper(people: usize, address: &str, reason: &str) -> Result<Vec<Paper>, LayoutError> {
    let (address, reason) = (address.to_owned(), reason.to_owned());
    fill(&form("household", FIELDS), &Household { people, address, reason })
}

fn of(page: &Page, field: &str) -> Vec<(String, f32)> {
    page.marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Run(run) if run.field == field => Some((run.text.clone(), run.size)),
            _ => None,
        })
        .collect()
}

#[test]
fn what_fits_has_no_continuation_page() {
    let papers = paper(2, "みほん市", "転勤").unwrap();
    assert_eq!(papers[0].pages.len(), 1);
}

#[test]
fn long_values_of_rows_and_fields_stand_in_full_on_one_continuation_page() {
    let address = "見本県大見本郡みほん市字見本町一丁目".repeat(5);
    let reason = "家族の介護のため".repeat(12);
    let papers = paper(3, &address, &reason).unwrap();
    assert_eq!(papers.len(), 1, "the continuation page belongs to the paper");
    let pages = &papers[0].pages;
    assert_eq!(pages.len(), 3, "two sheets for three people, then 別紙");
    let texts = |page: &Page, field: &str| {
        of(page, field).into_iter().map(|(text, _)| text).collect::<Vec<_>>()
    };
    assert_eq!(texts(&pages[0], "address"), ["別紙のとおり", "みほん市"]);
    assert_eq!(texts(&pages[1], "address"), ["別紙のとおり"]);
    assert_eq!(texts(&pages[0], "reason"), ["別紙のとおり"]);
    let annex = &pages[2];
    let words = texts(annex, "annex").join("\n");
    for part in [
        "別　紙",
        "試験",
        "これまでの住所（1人目）",
        "これまでの住所（3人目）",
        "理由",
        "20261120-0012",
    ] {
        assert!(words.contains(part), "{part} in {words}");
    }
    assert!(!words.contains("2人目"), "only what did not fit");
    assert_eq!(texts(annex, "reason").concat(), reason, "once, although two sheets name it");
    let all = annex.marks.iter().filter_map(|mark| match mark {
        Mark::Run(run) => Some(run.size),
        _ => None,
    });
    assert!(all.into_iter().all(|size| size >= 10.0));
    let read = pdf_text(&paper_pdf(&papers[0], fonts()).unwrap());
    for value in [format!("1{address}"), format!("3{address}"), reason] {
        assert!(read.contains(&value), "{value} was read as {read}");
    }
}

#[test]
fn a_value_longer_than_a_page_goes_on_and_is_complete() {
    let reason: String = (0..900).map(|number| format!("第{number}の理由。")).collect();
    let papers = paper(1, "みほん市", &reason).unwrap();
    let pages = &papers[0].pages;
    assert!(pages.len() >= 4, "{} pages", pages.len());
    let printed: String =
        pages[1..].iter().flat_map(|page| of(page, "reason")).map(|run| run.0).collect();
    assert_eq!(printed, reason);
    for page in &pages[1..] {
        assert!(of(page, "annex").iter().any(|(text, _)| text.contains("別　紙")));
        for mark in &page.marks {
            if let Mark::Run(run) = mark {
                let end: f32 = run.x + run.glyphs.iter().map(|glyph| glyph.step).sum::<f32>();
                assert!(run.x >= 19.9 && end <= 190.1 && run.y < 285.0, "{} {end}", run.y);
            }
        }
    }
    assert!(of(&pages[2], "annex").iter().any(|(text, _)| text.contains("（つづき）")));
    let pdf = paper_pdf(&papers[0], fonts()).unwrap();
    assert_eq!(pdf, paper_pdf(&papers[0], fonts()).unwrap());
    tool("qpdf", &["--check"], &pdf, &[]);
}

#[test]
fn a_box_too_small_for_the_notice_still_refuses() {
    let field = |area: &str, fit: &str| {
        let fields = format!(
            "field = [{{ kind = \"text\", id = \"f\", label = \"欄\", source = \"case.reason\", box = {area}, size = 9{fit} }}]"
        );
        let reason = "家族の介護のため".repeat(9);
        let values = Household { people: 1, address: String::new(), reason };
        fill(&form("household", &fields), &values)
    };
    assert_eq!(code(field("[20, 20, 4, 4]", "")), ["does-not-fit"]);
    assert_eq!(
        code(field("[20, 20, 40, 4]", ", fit = [\"one_line\", \"shrink\"]")),
        ["does-not-fit"]
    );
    assert_eq!(printed(field("[20, 20, 8, 4]", ""))[0], "別紙");
    assert_eq!(printed(field("[20, 20, 40, 4]", ", fit = [\"continue\"]"))[0], "別紙のとおり");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, ..ProptestConfig::default() })]

    /// proptest prints the seed of a failure and keeps it beside this file.
    #[test]
    fn any_long_value_is_read_back_equal(
        reason in "[0-9ぁ-ん一-十、。（）ー葛邉A-Z]{0,400}"
    ) {
        let papers = paper(1, "みほん市", &reason).unwrap();
        let all: String = runs(&papers[0])
            .filter(|run| run.field == "reason" && run.text != "別紙のとおり")
            .map(|run| run.text.clone())
            .collect();
        prop_assert_eq!(squeeze(&all), squeeze(&reason));
        let read = pdf_text(&paper_pdf(&papers[0], fonts()).unwrap());
        prop_assert!(read.contains(&squeeze(&reason)), "{reason} was read as {read}");
    }
}
