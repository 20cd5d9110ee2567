//! Names: exact or refused, whatever they are.

use std::fs;

use kakanai_forms::{
    FieldValue, FontSet, Lack, LayoutError, Refusal, Settlement, Settlements, Style, SvgError,
    Template, lay_out, paper_pdf, text_svg,
};
use proptest::prelude::*;
use proptest::sample::select;
use skrifa::MetadataProvider;
use skrifa::raw::FileRef;

use crate::support::{Given, fill, fonts, form, pdf_text, runs, squeeze, text};

const IPAMJ: &str = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";
const BIZ_MINCHO: &str = "/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf";
const NOTO_SERIF: &str = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc";
const NAME_FIELD: &str = "field = [{ kind = \"text\", id = \"name\", label = \"氏名\", \
     source = \"person.name\", box = [20, 20, 80, 14], size = 14 }]";

fn name_form() -> Template {
    form("person", NAME_FIELD)
}

fn name(value: &str) -> Given {
    Given::person(&[("person.name", text(value))])
}

fn refusals(value: &str) -> Vec<Refusal> {
    match fill(&name_form(), &name(value)) {
        Err(LayoutError::Refused(refusals)) => refusals.0,
        _ => panic!("the name was not refused"),
    }
}

#[test]
fn a_sequence_no_font_has_is_refused_by_name() {
    let found = refusals("渡\u{9089}\u{E011E}　花子");
    let [Refusal::Character { place, code_points, why, base_font }] = found.as_slice() else {
        panic!("{found:?}")
    };
    assert_eq!((place.form.as_str(), place.field.as_str()), ("t", "name"));
    assert_eq!((place.label.as_str(), place.person.as_deref()), ("氏名", Some("p1")));
    assert_eq!(code_points, &[0x9089, 0xE011E]);
    assert_eq!(*why, Lack::VariantMissing);
    assert_eq!(base_font.as_deref(), Some("BIZUDMincho-Regular"));
    let message = found[0].to_string();
    assert!(message.contains("U+9089 U+E011E") && message.contains("variant missing"), "{message}");
    assert!(!message.contains("花子"), "{message}");
}

#[test]
fn private_use_and_unknown_characters_are_refused_with_their_reason() {
    let why = |value: &str| match refusals(value).remove(0) {
        Refusal::Character { why, base_font, .. } => (why, base_font),
        other => panic!("{other}"),
    };
    assert_eq!(why("\u{E000}"), (Lack::PrivateUse, None));
    assert_eq!(why("\u{F0000}"), (Lack::PrivateUse, None));
    assert_eq!(why("\u{10FFFF}"), (Lack::Missing, None));
    assert_eq!(why("👨‍👩‍👧").0, Lack::Missing);
    assert_eq!(refusals("\u{E000}あ\u{E001}").len(), 2, "every finding is listed");
}

#[test]
fn without_noto_the_sequences_of_adobe_japan1_that_biz_ud_lacks_are_refused() {
    let value = name("邉\u{E010E}");
    assert_eq!(runs(&fill(&name_form(), &value).unwrap()[0]).next().unwrap().text, "邉\u{E010E}");
    let folders: Vec<_> = kakanai_forms::DEBIAN_FOLDERS[..3].iter().map(Into::into).collect();
    let without = FontSet::open(&folders, &[]).unwrap();
    assert_eq!(without.absent(), ["Noto Serif CJK JP", "Noto Sans CJK JP"]);
    let result = lay_out(&name_form(), &value, &without, &Settlements::default());
    let message = result.err().unwrap().to_string();
    assert!(message.contains("U+9089 U+E010E: variant missing"), "{message}");
}

/// BIZ UDMincho with its last characters moved to plane 15, as fonts of 外字 have them.
fn font_of_gaiji() -> Vec<u8> {
    let mut font = fs::read(BIZ_MINCHO).unwrap();
    let long = |font: &[u8], at: usize| u32::from_be_bytes(font[at..at + 4].try_into().unwrap());
    let at = |font: &[u8], at: usize| usize::try_from(long(font, at)).unwrap();
    let tables = usize::from(font[5]);
    let record = (0..tables).map(|table| 12 + table * 16).find(|at| &font[*at..at + 4] == b"cmap");
    let cmap = at(&font, record.unwrap() + 8);
    let subtable = (0..usize::from(font[cmap + 3]))
        .map(|encoding| cmap + at(&font, cmap + 4 + encoding * 8 + 4))
        .find(|subtable| font[*subtable..subtable + 2] == [0, 12])
        .unwrap();
    let last = subtable + 16 + 12 * (at(&font, subtable + 12) - 1);
    let length = long(&font, last + 4) - long(&font, last);
    font[last..last + 4].copy_from_slice(&0xF0000u32.to_be_bytes());
    font[last + 4..last + 8].copy_from_slice(&(0xF0000 + length).to_be_bytes());
    font
}

#[test]
fn a_private_use_code_is_drawn_by_a_font_of_the_municipality_alone() {
    let own = tempfile::tempdir().unwrap();
    fs::write(own.path().join("gaiji.ttf"), font_of_gaiji()).unwrap();
    fs::copy(IPAMJ, own.path().join("ipamjm.ttf")).unwrap();
    fs::write(own.path().join("broken.ttf"), b"no font").unwrap();
    let folders = kakanai_forms::DEBIAN_FOLDERS.map(std::path::PathBuf::from);
    let with_own = FontSet::open(&folders, &[own.path().to_owned()]).unwrap();
    assert_eq!(with_own.check().len(), 1, "the broken file is named");
    let draw =
        |value: &str| lay_out(&name_form(), &name(value), &with_own, &Settlements::default());
    let papers = draw("大王\u{F0000}").unwrap();
    assert_eq!(pdf_text(&paper_pdf(&papers[0], &with_own).unwrap()), "大王\u{F0000}");
    let empty_slot = draw("\u{F860}").err().unwrap().to_string();
    assert!(empty_slot.contains("U+F860: private use"), "{empty_slot}");
}

#[test]
fn the_clerk_may_settle_what_is_refused_and_nothing_is_settled_by_itself() {
    let printed = |choice: Settlement| {
        let mut settlements = Settlements::default();
        settlements.settle("name", Some("p1"), choice);
        let values = name("葛\u{E0100}邉\u{E011E}");
        let papers = lay_out(&name_form(), &values, fonts(), &settlements).unwrap();
        runs(&papers[0]).map(|run| run.text.clone()).collect::<String>()
    };
    assert_eq!(printed(Settlement::BaseForm), "葛\u{E0100}邉");
    assert_eq!(printed(Settlement::Substitute("渡辺".to_owned())), "渡辺");
    assert_eq!(printed(Settlement::ByHand), "（手書き）");
}

#[test]
fn a_whole_value_moves_to_one_font_before_fonts_are_mixed() {
    let drawn = |value: &str| text_svg(value, Style::Mincho, 12.0, fonts()).unwrap().fonts;
    assert_eq!(drawn("見本太郎"), ["BIZUDMincho-Regular"]);
    assert_eq!(drawn("見本𠮷葛\u{E0102}"), ["IPAmjMincho"]);
    assert_eq!(drawn("𠮷葛\u{E0100}"), ["NotoSerifCJKjp-Regular"]);
    let mixed = drawn("葛\u{E0100}邉\u{E010F}");
    assert_eq!(mixed, ["BIZUDMincho-Regular", "IPAmjMincho"]);
}

#[test]
fn hard_pairs_that_share_a_glyph_keep_their_own_text() {
    let pairs = [
        "葛",
        "葛\u{E0100}",
        "葛\u{E0101}",
        "⼀一",
        "⾼高",
        "﨑",
        "\u{FA10}塚",
        "\u{F9DC}隆",
        "か\u{3099}が",
    ];
    let fields: Vec<String> = (0u8..)
        .zip(pairs)
        .map(|(row, _)| {
            format!(
                "{{ kind = \"text\", id = \"f{row}\", label = \"f\", source = \"person.f{row}\", \
                 box = [20, {}, 80, 10] }}",
                20 + row * 12
            )
        })
        .collect();
    let template = form("person", &format!("field = [\n{}\n]", fields.join(",\n")));
    let sources: Vec<String> = (0..pairs.len()).map(|row| format!("person.f{row}")).collect();
    let values: Vec<(&str, FieldValue)> =
        sources.iter().map(String::as_str).zip(pairs.map(text)).collect();
    let papers = fill(&template, &Given::person(&values)).unwrap();
    let read = pdf_text(&paper_pdf(&papers[0], fonts()).unwrap());
    assert_eq!(read, pairs.concat());
}

#[test]
fn a_name_can_be_shown_in_its_exact_shape() {
    let shape = text_svg("渡邉\u{E010F}", Style::Mincho, 20.0, fonts()).unwrap();
    let base = text_svg("渡邉", Style::Mincho, 20.0, fonts()).unwrap();
    assert!((shape.width - 40.0).abs() < 0.1);
    assert_eq!(shape.fonts, ["IPAmjMincho"]);
    assert_ne!(shape.svg, base.svg);
    let missing = text_svg("邉\u{E011E}", Style::Mincho, 20.0, fonts());
    assert!(
        matches!(missing, Err(SvgError::Unknown(unknown)) if unknown[0].why == Lack::VariantMissing)
    );
}

/// Every character and every tenth sequence of one font of the set.
fn coverage(path: &str) -> Vec<String> {
    let bytes = fs::read(path).unwrap();
    let font = FileRef::new(&bytes).unwrap().fonts().next().unwrap().unwrap();
    let charmap = font.charmap();
    let letter = |code: &char| {
        matches!(code, '0'..='9' | 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{2E80}'..='\u{2FDF}'
            | '々' | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}')
    };
    let plain = charmap.mappings().filter_map(|(code, _)| char::from_u32(code)).filter(letter);
    let plain = plain.map(String::from);
    let sequences = charmap
        .variant_mappings()
        .step_by(10)
        .filter(|(base, selector, _)| *base >= 0x4E00 && *selector >= 0xE0100)
        .map(|(base, selector, _)| {
            [base, selector].into_iter().filter_map(char::from_u32).collect()
        });
    plain.chain(sequences).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    /// proptest prints the seed of a failure and keeps it beside this file.
    #[test]
    fn any_name_of_the_fonts_comes_back_equal_and_stays_in_its_box(
        parts in proptest::collection::vec(
            prop_oneof![
                select(coverage(IPAMJ)),
                select(coverage(BIZ_MINCHO)),
                select(coverage(NOTO_SERIF)),
            ],
            1..40,
        ),
        width in 30.0f32..90.0,
    ) {
        let fields = format!(
            "field = [{{ kind = \"text\", id = \"name\", label = \"氏名\", source = \"person.name\", \
             box = [20, 20, {width}, 16], size = 14, min_size = 6 }}]"
        );
        let value: String = parts.concat();
        let papers = match fill(&form("person", &fields), &name(&value)) {
            Ok(papers) => papers,
            Err(LayoutError::Refused(refusals)) => {
                prop_assert!(refusals.0.iter().all(|refusal| refusal.code() == "does-not-fit"));
                return Ok(());
            }
            Err(error) => return Err(TestCaseError::fail(error.to_string())),
        };
        for run in runs(&papers[0]) {
            let em = run.size * 25.4 / 72.0;
            let end: f32 = run.x + run.glyphs.iter().map(|glyph| glyph.step).sum::<f32>();
            prop_assert!(run.x >= 20.0 && end <= 20.0 + width, "{} to {end}", run.x);
            prop_assert!(run.y - 0.88 * em >= 19.98 && run.y + 0.12 * em <= 36.02);
        }
        let read = pdf_text(&paper_pdf(&papers[0], fonts()).unwrap());
        prop_assert_eq!(read, squeeze(&value));
    }
}
