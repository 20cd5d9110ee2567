//! Vertical text: columns from right to left, every sign as Japanese print sets it, every text exact.

use kakanai_forms::{FieldValue, LayoutError, Paper, Run, page_svg, paper_pdf};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{
    Given, code, fill, fonts, form, pdf_text, printed, runs, squeeze, text, tool,
};

fn set(more: &str, value: &str) -> Result<Vec<Paper>, LayoutError> {
    let fields = format!(
        "field = [{{ kind = \"vertical\", id = \"f\", label = \"欄\", source = \"person.f\", \
         box = [50, 20, 12, 60], size = 12, {more} }}]"
    );
    fill(&form("person", &fields), &Given::person(&[("person.f", text(value))]))
}

fn drawn(value: &str) -> Vec<Run> {
    runs(&set("min_size = 6", value).unwrap()[0]).cloned().collect()
}

#[test]
fn a_name_stands_in_one_column_from_the_top() {
    let runs = drawn("大王花子");
    assert_eq!(
        runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(),
        ["大", "王", "花", "子"]
    );
    let em = 12.0 * 25.4 / 72.0;
    for (place, run) in runs.iter().enumerate() {
        let top = run.y - 0.88 * em;
        assert!((run.x + em / 2.0 - 56.0).abs() < 0.01, "in the middle: {}", run.x);
        assert!((top - 20.7 - em * f32::from(u8::try_from(place).unwrap())).abs() < 0.05);
    }
}

#[test]
fn columns_run_from_right_to_left_before_they_shrink() {
    let address = "みほん市見本町一丁目二番三号みほん荘";
    let runs = drawn(address);
    assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<String>(), address);
    let first = runs[0].x;
    let second = runs.iter().find(|run| run.x < first - 1.0).unwrap();
    assert!(second.y < 26.0, "the second column begins at the top again");
    assert!(runs.iter().all(|run| run.size == 12.0), "two columns fit at full size");
    let long = drawn(&address.repeat(3));
    assert!(long.iter().all(|run| run.size < 12.0 && run.size >= 6.0));
    let one = "fit = [\"one_line\"]";
    assert_eq!(code(set(one, address)), ["does-not-fit"]);
    assert_eq!(
        printed(set("min_size = 11", &address.repeat(4))).concat().matches("別紙のとおり").count(),
        1
    );
}

#[test]
fn signs_take_their_vertical_shape_and_keep_their_text() {
    let turning = "ー「」（）、。ぁぃゃゅょっァッャュョ〜…";
    for font in ["mincho", "gothic", "gothic_bold"] {
        let vertical = set(&format!("font = \"{font}\", min_size = 6"), turning).unwrap();
        let horizontal = fill(
            &form(
                "person",
                &format!(
                    "field = [{{ kind = \"text\", id = \"f\", label = \"欄\", source = \"person.f\", \
                     box = [10, 20, 180, 12], size = 12, font = \"{font}\" }}]"
                ),
            ),
            &Given::person(&[("person.f", text(turning))]),
        )
        .unwrap();
        let lying: Vec<u16> =
            runs(&horizontal[0]).flat_map(|run| &run.glyphs).map(|glyph| glyph.id).collect();
        let standing: Vec<&Run> = runs(&vertical[0]).collect();
        assert_eq!(standing.len(), lying.len());
        for (run, lying) in standing.iter().zip(lying) {
            let changed = run.glyphs[0].id != lying || run.turned;
            assert!(changed, "{font}: {} stands as it lies", run.text);
        }
        assert_eq!(pdf_text(&paper_pdf(&vertical[0], fonts()).unwrap()), turning, "{font}");
    }
    let plain = drawn("大王アあ");
    assert!(plain.iter().all(|run| !run.turned));
}

#[test]
fn two_digits_stand_side_by_side_and_latin_words_are_turned() {
    for (value, expected) in [
        ("昭和60年4月12日", vec!["昭", "和", "60", "年", "4", "月", "12", "日"]),
        ("６０年", vec!["６０", "年"]),
        ("101号", vec!["1", "0", "1", "号"]),
        ("A棟", vec!["A", "棟"]),
    ] {
        let runs = drawn(value);
        assert_eq!(runs.iter().map(|run| run.text.as_str()).collect::<Vec<_>>(), expected);
        assert!(runs.iter().all(|run| !run.turned), "{value}");
        let em = runs[0].size * 25.4 / 72.0;
        for run in &runs {
            let width: f32 = run.glyphs.iter().map(|glyph| glyph.step).sum();
            assert!(width <= em * 1.06, "{} is no wider than its column", run.text);
        }
        let read = pdf_text(&paper_pdf(&set("min_size = 6", value).unwrap()[0], fonts()).unwrap());
        assert_eq!(read, value);
    }
    let runs = drawn("NGUYEN VAN-ANH様");
    let (turned, upright): (Vec<_>, Vec<_>) =
        runs.iter().partition(|run| run.turned || run.text == " ");
    assert_eq!(turned.iter().map(|run| run.text.as_str()).collect::<String>(), "NGUYEN VAN-ANH");
    assert_eq!(upright.iter().map(|run| run.text.as_str()).collect::<String>(), "様");
    let paper = &set("min_size = 6", "NGUYEN様").unwrap()[0];
    let svg = page_svg(&paper.pages[0], fonts()).unwrap();
    assert_eq!(svg.matches("rotate(90)").count(), 6);
}

#[test]
fn a_column_can_be_spread_over_its_box() {
    let papers = set("align = \"justify\", min_size = 6", "大王").unwrap();
    let ends: Vec<f32> = runs(&papers[0]).map(|run| run.y).collect();
    assert!(ends[0] < 26.0 && ends[1] > 77.0, "{ends:?}");
    let words = fill(
        &form(
            "person",
            "field = [{ kind = \"vertical\", id = \"f\", label = \"欄\", source = \"person.f\", \
             box = [50, 20, 8, 60], texts = { a = \"国保\", b = \"年金\" } }]",
        ),
        &Given::person(&[("person.f", FieldValue::Choices(vec!["a".into(), "b".into()]))]),
    );
    assert_eq!(printed(words).concat(), "国保、年金");
}

#[test]
fn every_font_of_a_vertical_paper_is_embedded_and_the_file_is_sound() {
    let papers = set("min_size = 6", "髙﨑𠮷邉\u{E010F}「ー」12 AB").unwrap();
    let pdf = paper_pdf(&papers[0], fonts()).unwrap();
    tool("qpdf", &["--check"], &pdf, &[]);
    let listed = tool("pdffonts", &[], &pdf, &[]);
    assert!(listed.lines().skip(2).all(|line| line.matches("yes").count() == 3), "{listed}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// proptest prints the seed of a failure and keeps it beside this file.
    #[test]
    fn any_vertical_text_comes_back_equal_and_stays_in_its_box(
        parts in proptest::collection::vec(
            select(vec![
                "葛\u{E0100}", "𠮷", "ガ", "ー", "1", "２", "Ａ", "邉\u{E010F}", "髙", "か", "-", "「", "」", "、",
                "AB", "c", "　", "ｶﾞ", "ｰ", "っ", "（", "）", "丁目", "12", "。", "é",
            ]),
            1..40,
        ),
        width in 8.0f32..30.0,
    ) {
        let value = parts.concat();
        let fields = format!(
            "field = [{{ kind = \"vertical\", id = \"f\", label = \"欄\", source = \"person.f\", \
             box = [50, 20, {width}, 60], size = 12, min_size = 6, \
             fit = [\"one_line\", \"two_lines\", \"shrink\"] }}]"
        );
        let values = Given::person(&[("person.f", text(&value))]);
        let papers = match fill(&form("person", &fields), &values) {
            Ok(papers) => papers,
            Err(error) => {
                prop_assert_eq!(code(Err(error)), ["does-not-fit"]);
                return Ok(());
            }
        };
        for run in runs(&papers[0]) {
            let em = run.size * 25.4 / 72.0;
            let length: f32 = run.glyphs.iter().map(|glyph| glyph.step).sum();
            let (left, right, top, bottom) = match run.turned {
                false => (run.x, run.x + length, run.y - 0.88 * em, run.y + 0.12 * em),
                true => (run.x - 0.12 * em, run.x + 0.88 * em, run.y, run.y + length),
            };
            prop_assert!(left >= 49.98 && right <= 50.02 + width, "{left} to {right} of {width}");
            prop_assert!(top >= 19.98 && bottom <= 80.02, "{top} to {bottom}");
            prop_assert!(run.glyphs.iter().all(|glyph| glyph.id != 0));
        }
        let pdf = paper_pdf(&papers[0], fonts()).unwrap();
        prop_assert_eq!(pdf_text(&pdf), squeeze(&value));
        prop_assert_eq!(&pdf, &paper_pdf(&papers[0], fonts()).unwrap());
    }
}
