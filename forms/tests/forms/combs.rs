//! Combs: one character per cell, whatever its width, its marks and what stands before it.

use kakanai_forms::{FieldValue, LayoutError, Paper, paper_pdf};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::{Given, code, fill, fonts, form, pdf_text, printed, runs, squeeze, text};

fn comb(more: &str, value: FieldValue) -> Result<Vec<Paper>, LayoutError> {
    let fields = format!(
        "field = [{{ kind = \"comb\", id = \"f\", label = \"欄\", source = \"person.f\", \
         box = [10, 10, 80, 8], cells = 8{more} }}]"
    );
    fill(&form("person", &fields), &Given::person(&[("person.f", value)]))
}

#[test]
fn a_comb_takes_one_cluster_per_cell() {
    assert_eq!(printed(comb("", text("葛\u{E0100}𠮷1"))), ["葛\u{E0100}", "𠮷", "1"]);
    assert_eq!(code(comb("", text("123456789"))), ["does-not-fit"]);
    let right = comb(", align = \"right\"", FieldValue::Number(42)).unwrap();
    assert!(runs(&right[0]).all(|run| run.x > 70.0), "aligned to the right");
    let large = comb(", size = 24", text("大"));
    assert_eq!(code(large), ["does-not-fit"], "a glyph larger than its cell");
}

#[test]
fn the_marks_of_voiced_kana_take_a_cell_where_banks_want_one() {
    let two = ", dakuten = \"two_cells\"";
    assert_eq!(printed(comb(two, text("ガパワ"))), ["カ", "゛", "ハ", "゜", "ワ"]);
    assert_eq!(printed(comb(two, text("が"))), ["か", "゛"]);
    assert_eq!(printed(comb(two, text("カ\u{3099}"))), ["カ", "゛"]);
    assert_eq!(printed(comb(two, text("ｶﾞﾊﾟ"))), ["ｶ", "ﾞ", "ﾊ", "ﾟ"]);
    assert_eq!(printed(comb("", text("ガパ"))), ["ガ", "パ"]);
    assert_eq!(printed(comb("", text("ｶﾞﾊﾟ"))), ["ｶﾞ", "ﾊﾟ"], "both in one cell");
    assert_eq!(code(comb(two, text("ガガガガガ"))), ["does-not-fit"]);
}

#[test]
fn an_amount_has_its_sign_before_the_first_digit() {
    let amount = ", align = \"right\", prefix = \"¥\"";
    let papers = comb(amount, FieldValue::Number(10_000)).unwrap();
    let cells: Vec<(String, f32)> = runs(&papers[0]).map(|run| (run.text.clone(), run.x)).collect();
    assert_eq!(cells.iter().map(|(text, _)| text.as_str()).collect::<String>(), "¥10000");
    assert!(cells[0].1 > 30.0 && cells[0].1 < 40.0, "in the third cell: {}", cells[0].1);
    assert_eq!(code(comb(amount, FieldValue::Number(10_000_000))), ["does-not-fit"]);
    assert!(printed(comb(amount, FieldValue::Missing)).is_empty());
}

#[test]
fn digits_and_ascii_take_the_wanted_width_and_nothing_else_does() {
    assert_eq!(printed(comb(", width = \"full\"", text("1-Aあｱ"))).concat(), "１－Ａあｱ");
    assert_eq!(printed(comb(", width = \"half\"", text("１－Ａあア"))).concat(), "1-Aあア");
    assert_eq!(printed(comb(", width = \"as_is\"", text("１1"))).concat(), "１1");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, ..ProptestConfig::default() })]

    /// proptest prints the seed of a failure and keeps it beside this file.
    #[test]
    fn any_comb_comes_back_equal_and_stays_in_its_cells(
        parts in proptest::collection::vec(
            select(vec!["葛\u{E0100}", "𠮷", "ガ", "ｶﾞ", "ー", "1", "Ａ", "邉\u{E010F}", "髙", "か", "-"]),
            1..12,
        ),
    ) {
        let value = parts.concat();
        let papers = match comb("", text(&value)) {
            Ok(papers) => papers,
            Err(_) => {
                prop_assert!(parts.len() > 8, "{value} was refused");
                return Ok(());
            }
        };
        prop_assert!(parts.len() <= 8);
        let em = 10.5 * 25.4 / 72.0;
        for run in runs(&papers[0]) {
            let end: f32 = run.x + run.glyphs.iter().map(|glyph| glyph.step).sum::<f32>();
            let cell = ((run.x - 10.0) / 10.0).floor();
            prop_assert!(end <= 10.0 + (cell + 1.0) * 10.0, "out of cell {cell}");
            prop_assert!(run.y - 0.88 * em >= 9.98 && run.y + 0.12 * em <= 18.02);
            prop_assert!(run.glyphs.iter().all(|glyph| glyph.id != 0));
        }
        let pdf = paper_pdf(&papers[0], fonts()).unwrap();
        prop_assert_eq!(pdf_text(&pdf), squeeze(&value));
        prop_assert_eq!(&pdf, &paper_pdf(&papers[0], fonts()).unwrap());
    }
}
