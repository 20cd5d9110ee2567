//! Names as outlines for the screens: exact, from the glyphs that the papers print, honest where no font has one.

use kakanai_forms::{Outline, Style, text_outline};
use skrifa::outline::DrawSettings;
use skrifa::outline::pen::PathElement;
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::support::fonts;

const BIZ_UD: &str = "/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf";
const IPAMJ: &str = "/usr/share/fonts/truetype/ipamj/ipamjm.ttf";

fn outline(text: &str) -> Outline {
    text_outline(text, Style::Mincho, fonts()).unwrap()
}

/// The numbers of a path, and its letters.
fn parts(path: &str) -> (String, Vec<f32>) {
    let letters = path.chars().filter(char::is_ascii_uppercase).collect();
    let numbers =
        path.split(|c: char| c == ' ' || c.is_ascii_uppercase()).filter(|n| !n.is_empty());
    (letters, numbers.map(|number| number.parse().unwrap()).collect())
}

/// What the font itself says of this glyph, in thousandths of an em, y downwards from a top 880 above the baseline.
fn of_font(file: &str, base: char, selector: Option<char>) -> (String, Vec<f32>) {
    let bytes = std::fs::read(file).unwrap();
    let font = FontRef::from_index(&bytes, 0).unwrap();
    let glyph = match selector {
        None => font.charmap().map(base).unwrap(),
        Some(selector) => match font.charmap().map_variant(base, selector).unwrap() {
            skrifa::charmap::MapVariant::Variant(glyph) => glyph,
            skrifa::charmap::MapVariant::UseDefault => font.charmap().map(base).unwrap(),
        },
    };
    let mut elements: Vec<PathElement> = Vec::new();
    let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
    font.outline_glyphs().get(glyph).unwrap().draw(settings, &mut elements).unwrap();
    let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let (mut letters, mut numbers) = (String::new(), Vec::new());
    for element in elements {
        let (letter, points) = match element {
            PathElement::MoveTo { x, y } => ('M', vec![x, y]),
            PathElement::LineTo { x, y } => ('L', vec![x, y]),
            PathElement::QuadTo { cx0, cy0, x, y } => ('Q', vec![cx0, cy0, x, y]),
            PathElement::CurveTo { cx0, cy0, cx1, cy1, x, y } => {
                ('C', vec![cx0, cy0, cx1, cy1, x, y])
            }
            PathElement::Close => ('Z', vec![]),
        };
        letters.push(letter);
        let (points, _) = points.as_chunks::<2>();
        numbers.extend(
            points.iter().flat_map(|[x, y]| [x * 1000.0 / units, 880.0 - y * 1000.0 / units]),
        );
    }
    (letters, numbers)
}

#[test]
fn a_shape_is_the_very_outline_of_the_font_that_prints_it() {
    for (text, file, base, selector) in [
        ("葛", BIZ_UD, '葛', None),
        ("葛\u{E0100}", BIZ_UD, '葛', Some('\u{E0100}')),
        ("葛\u{E0102}", IPAMJ, '葛', Some('\u{E0102}')),
        ("邉\u{E010F}", IPAMJ, '邉', Some('\u{E010F}')),
        ("辻\u{E0100}", BIZ_UD, '辻', Some('\u{E0100}')),
        ("辻\u{E0101}", BIZ_UD, '辻', Some('\u{E0101}')),
        ("𠮷", IPAMJ, '𠮷', None),
    ] {
        let shape = outline(text);
        let ((letters, numbers), (expected_letters, expected)) =
            (parts(&shape.path), of_font(file, base, selector));
        assert_eq!(letters, expected_letters, "{text}");
        assert_eq!(numbers.len(), expected.len(), "{text}");
        let off = numbers.iter().zip(&expected).map(|(one, other)| (one - other).abs());
        assert!(off.fold(0.0, f32::max) <= 0.06, "{text}");
        assert_eq!((shape.width, shape.height, shape.baseline), (1000.0, 1000.0, 880.0), "{text}");
        assert!(shape.missing.is_empty());
    }
}

#[test]
fn forms_of_one_character_differ_as_they_do_on_the_card() {
    for forms in
        [["葛", "葛\u{E0100}"], ["辻\u{E0100}", "辻\u{E0101}"], ["辻\u{E0102}", "辻\u{E0103}"]]
    {
        let [one, other] = forms.map(|text| outline(text).path);
        assert_ne!(one, other, "{forms:?}");
    }
    assert_eq!(outline("葛").path, outline("葛\u{E0101}").path, "the same form by its other name");
}

#[test]
fn a_shape_that_no_font_has_is_named_and_leaves_an_empty_box_in_its_place() {
    let shape = outline("見本邉\u{E011E}子葛\u{E01EF}");
    assert_eq!(shape.missing, ["邉\u{E011E}", "葛\u{E01EF}"]);
    assert_eq!(shape.width, 5000.0);
    let without = outline("見本子");
    assert!(without.missing.is_empty());
    let marks = shape.path.matches('Z').count() - without.path.matches('Z').count();
    assert_eq!(marks, 4, "two edges of a frame for each");
}

#[test]
fn ink_beyond_the_em_makes_the_picture_taller_and_nothing_is_cut() {
    for text in ["NGUYỄN ẤN", "Ǻgnes", "大王　花子", "", "　"] {
        let shape = outline(text);
        let (_, numbers) = parts(&shape.path);
        let (points, _) = numbers.as_chunks::<2>();
        for [_, y] in points {
            assert!((-0.05..=shape.height + 0.05).contains(y), "{text}: {y} of {}", shape.height);
        }
        assert!(shape.height >= 1000.0 && shape.baseline >= 880.0);
    }
    assert!(outline("　").path.is_empty());
    assert_eq!(outline("　").width, 1000.0);
}

#[test]
fn any_text_has_an_outline_or_says_what_is_missing() {
    let mut runner = proptest::test_runner::TestRunner::default();
    runner
        .run(&"\\PC{0,12}", |text| {
            let shape = text_outline(&text, Style::Mincho, fonts()).unwrap();
            proptest::prop_assert!(shape.width.is_finite() && shape.height >= 1000.0);
            proptest::prop_assert!(!shape.path.contains("NaN") && !shape.path.contains('e'));
            for missing in &shape.missing {
                proptest::prop_assert!(text.contains(missing.as_str()));
            }
            Ok(())
        })
        .unwrap();
}
