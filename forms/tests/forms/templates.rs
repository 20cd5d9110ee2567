//! `form.toml`: the sample forms have no problem, wrong files are named by line, broken ones never panic.

use kakanai_forms::template::{Fault, Template};
use kakanai_forms::{Sample, TemplateError, fits};

use crate::support::{
    every_kind, fill, fonts, form, forms_folder, samples, template, template_text,
};

/// The ids of all forms of the sample pack.
fn forms() -> Vec<String> {
    let folders = std::fs::read_dir(forms_folder()).unwrap();
    folders.map(|form| form.unwrap().file_name().into_string().unwrap()).collect()
}

/// Facts with such a word in their id that are not the individual number.
const OTHER_NUMBERS: [&str; 3] =
    ["person.mynumber_card", "person.mynumber_insurance", "person.residence_card_number"];

#[test]
fn the_sample_forms_have_no_problem() {
    for id in forms() {
        let template = template(&id);
        let problems: Vec<String> = template.problems().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{id}:\n{}", problems.join("\n"));
        assert_eq!(template.id, id, "a form is named as its folder");
        assert!(!template.signatures.is_empty(), "{id}");
    }
}

#[test]
fn no_sample_form_has_a_place_for_the_individual_number() {
    for id in forms() {
        let template = template(&id);
        for source in template.sources() {
            let other = OTHER_NUMBERS.contains(&source);
            assert!(other || !source.contains("number"), "{id}: {source}");
        }
    }
}

#[test]
fn a_wrong_template_is_named_by_line_key_and_expectation() {
    let good = template_text("inkan-toroku");
    let broken = |from: &str, to: &str| {
        assert!(good.contains(from), "{from}");
        Template::parse(&good.replacen(from, to, 1), "form.toml").unwrap_err()
    };
    let name_line = good.lines().position(|line| line.contains("id = \"name\"")).unwrap() + 1;
    let name = good.lines().find(|line| line.contains("id = \"name\"")).unwrap();
    let (_, name_box) = name.split_once("box = [").unwrap();
    let name_box = format!("box = [{}]", name_box.split(']').next().unwrap());
    let width = name_box.split(", ").nth(2).unwrap();
    let endless = name_box.replacen(&format!(", {width},"), ", inf,", 1);
    let in_a_row = format!("row = true, {name_box}");
    let cases = [
        ("format = 1", "format = 2", "template-format", "found 2", 0),
        ("format = 1", "", "template-format", "found none", 0),
        ("law = ", "tray = \"Tray 2\"\nlaw = ", "template-key", "media-source", 0),
        (
            "id = \"name\"",
            "id = \"name\", fit = [\"continue\", \"shrink\"]",
            "template-key",
            "continue as the last step",
            name_line,
        ),
        (
            "id = \"name\"",
            "id = \"name\", dakuten = \"two_cells\"",
            "template-key",
            "dakuten",
            name_line,
        ),
        ("width = 0.3", "width = \"half\"", "template-key", "number of points", 0),
        ("scope = \"person\"", "scope = \"village\"", "template-syntax", "village", 0),
        ("title = ", "titel = ", "template-syntax", "titel", 0),
        ("id = \"name\"", "id = \"name\", colour = 1", "template-syntax", "colour", name_line),
        ("id = \"name\"", "id = \"name\", cells = 3", "template-key", "cells", name_line),
        (
            "source = \"person.name\"",
            "source = \"persons.name\"",
            "template-key",
            "person.…",
            name_line,
        ),
        (
            "size = 18, min_size = 7",
            "size = 18, min_size = 19",
            "template-key",
            "not more than size",
            name_line,
        ),
        ("size = 18", "size = nan", "template-key", "above 0", name_line),
        (&name_box, &endless, "template-key", "millimetres", name_line),
        (&name_box, &in_a_row, "template-key", "repeat", name_line),
    ];
    for (from, to, code, words, line) in cases {
        let error = broken(from, to);
        assert_eq!(error.code(), code, "{to}: {error}");
        assert!(error.to_string().contains(words), "{to}: {error}");
        if line > 0 {
            let (TemplateError::Syntax { line: found, .. }
            | TemplateError::Key { line: found, .. }) = error
            else {
                panic!("{to}: no line")
            };
            assert_eq!(found, line, "{to}");
        }
    }
}

#[test]
fn a_form_may_name_the_tray_of_its_paper() {
    let toml = template_text("inkan-toroku");
    let tray = |toml: &str| Template::parse(toml, "form.toml").unwrap().tray;
    assert_eq!(tray(&toml), None);
    let with = toml.replacen("law = ", "tray = \"tray-2\"\nlaw = ", 1);
    assert_eq!(tray(&with).as_deref(), Some("tray-2"));
}

#[test]
fn problems_are_found_before_anything_is_printed() {
    let field = |id: &str, area: &str, more: &str| {
        format!(
            "{{ kind = \"text\", id = \"{id}\", label = \"l\", source = \"person.name\", box = {area}{more} }}"
        )
    };
    let fields = [
        field("off", "[200, 10, 20, 10]", ""),
        field("seal", "[10, 100, 40, 10]", ""),
        field("small", "[10, 200, 40, 10]", ", min_size = 5.5"),
        field("over", "[10, 203, 40, 10]", ""),
        field("over", "[10, 240, 40, 10]", ""),
        field("row", "[100, 200, 40, 10]", ", row = true"),
    ]
    .join(",\n");
    let template = form(
        "household",
        &format!(
            "repeat = {{ count = 9, pitch = 12 }}\nprotected = [{{ id = \"stamp\", box = [40, 105, 20, 20] }}]\n\
             field = [\n{fields}\n]"
        ),
    );
    let found: Vec<(String, Fault)> =
        template.problems().into_iter().map(|problem| (problem.field, problem.fault)).collect();
    let expected = [
        ("off", Fault::OffPage),
        ("seal", Fault::Protected("stamp".to_owned())),
        ("small", Fault::TooSmall),
        ("small", Fault::Overlaps("over".to_owned())),
        ("over", Fault::DuplicateId),
        ("row", Fault::OffPage),
    ];
    assert_eq!(found, expected.map(|(field, fault)| (field.to_owned(), fault)));
}

#[test]
fn conditional_fields_may_share_space_only_when_they_exclude_each_other() {
    let field = |id: &str, more: &str| {
        format!(
            "{{ kind = \"text\", id = \"{id}\", label = \"l\", source = \"person.name\", \
             box = [10, 100, 40, 10], {more} }}"
        )
    };
    let when = |test: &str| format!("when = {{ source = \"person.nationality\", {test} }}");
    let overlaps = |left: &str, right: &str| {
        let fields = format!("field = [{}, {}]", field("a", left), field("b", right));
        let problems = form("person", &fields).problems();
        problems.iter().any(|problem| problem.fault == Fault::Overlaps("b".to_owned()))
    };
    assert!(!overlaps(&when("equals = \"jp\""), &when("equals = \"foreign\"")));
    assert!(!overlaps(&when("equals = \"jp\""), &when("differs = \"jp\"")));
    assert!(overlaps(&when("equals = \"jp\""), &when("known = true")));
    assert!(overlaps(
        &when("equals = \"jp\""),
        "when = { source = \"person.sex\", equals = \"male\" }"
    ));
    assert!(overlaps("sheets = \"first\"", "sheets = \"every\""));
    assert!(!overlaps("sheets = \"first\"", "sheets = \"further\""));
    let both = "when = [{ source = \"person.sex\", equals = \"male\" }, \
                { source = \"person.nationality\", equals = \"jp\" }]";
    assert!(!overlaps(both, &when("equals = \"foreign\"")), "one of several is enough");
}

#[test]
fn places_to_sign_and_rows_are_checked_too() {
    let template = form(
        "household",
        "repeat = { count = 2, pitch = 8 }\n\
         protected = [{ id = \"seal\", box = [10, 290, 20, 20] }]\n\
         signature = [{ id = \"name\", box = [180, 10, 40, 10], signature = \"none\", source = \"\" }]\n\
         field = [{ kind = \"vertical\", id = \"name\", label = \"l\", source = \"person.name\", row = true, \
           box = [20, 20, 8, 30] },\n\
         { kind = \"barcode\", id = \"code\", label = \"l\", box = [150, 280, 70, 12] },\n\
         { kind = \"qr\", id = \"qr\", label = \"l\", source = \"form.mark\", box = [150, 285, 20, 20] },\n\
         { kind = \"strike\", id = \"strike\", label = \"l\", source = \"person.sex\", size = 5, \
           options = [{ value = \"a\", box = [5, 288, 10, 6] }] }]",
    );
    let found: Vec<(String, Fault)> =
        template.problems().into_iter().map(|problem| (problem.field, problem.fault)).collect();
    let expected = [
        ("name", Fault::Overlaps("name".to_owned())),
        ("code", Fault::OffPage),
        ("code", Fault::Overlaps("qr".to_owned())),
        ("qr", Fault::OffPage),
        ("strike", Fault::TooSmall),
        ("strike", Fault::Protected("seal".to_owned())),
        ("name", Fault::DuplicateId),
        ("name", Fault::OffPage),
        ("seal", Fault::OffPage),
    ];
    assert_eq!(found, expected.map(|(field, fault)| (field.to_owned(), fault)));
    assert!(template.problems().iter().all(|problem| problem.line > 0));
}

#[test]
fn printed_words_that_do_not_fit_are_found() {
    let template = form(
        "person",
        "field = [{ kind = \"label\", id = \"good\", text = \"氏名\", box = [10, 10, 20, 6] },\n\
         { kind = \"label\", id = \"long\", text = \"これまでの住所\", box = [10, 20, 10, 4] },\n\
         { kind = \"label\", id = \"odd\", text = \"\\uE000\", box = [10, 30, 10, 6] },\n\
         { kind = \"circle\", id = \"circle\", label = \"l\", source = \"person.a\", \
           options = [{ value = \"a\", box = [10, 40, 8, 6], text = \"その他の方\" }] },\n\
         { kind = \"check\", id = \"check\", label = \"l\", source = \"person.b\", options = [\
           { value = \"a\", box = [10, 50, 4, 4], text = \"世帯主\" }, \
           { value = \"b\", box = [22, 50, 4, 4], text = \"子\" }, \
           { value = \"c\", box = [200, 50, 4, 4], text = \"同居人\" }] }]",
    );
    let found = template.label_problems(fonts()).unwrap();
    let words: Vec<String> = found.iter().map(ToString::to_string).collect();
    let expected = [
        "field long: its words do not fit: これまでの住所",
        "field odd: no font has U+E000",
        "field circle: its words do not fit: その他の方",
        "field check: its words do not fit: 世帯主",
        "field check: its words do not fit: 同居人",
    ];
    assert_eq!(words.len(), expected.len(), "{words:#?}");
    for (found, expected) in words.iter().zip(expected) {
        assert!(found.ends_with(expected), "{found}");
    }
    for id in forms() {
        let problems = self::template(&id).label_problems(fonts()).unwrap();
        let words: Vec<String> = problems.iter().map(ToString::to_string).collect();
        assert!(words.is_empty(), "{id}:\n{}", words.join("\n"));
    }
}

#[test]
fn a_field_too_small_for_the_longest_legal_value_is_found() {
    let field = |id: &str, kind: &str, more: &str| {
        format!(
            "{{ kind = \"{kind}\", id = \"{id}\", label = \"l\", source = \"person.{id}\", box = [10, 10, 40, 6], {more} }}"
        )
    };
    let fields = [
        field("goes_on", "text", ""),
        field("ends", "text", "fit = [\"one_line\", \"shrink\"]"),
        field("column", "vertical", "fit = [\"shrink\"]"),
        field("cells", "comb", "cells = 5"),
        field("unknown", "text", "fit = [\"one_line\"]"),
        field("choice", "text", "fit = [\"one_line\"], texts = { a = \"子\", b = \"子の配偶者の父母の兄弟姉妹とその子\" }"),
        field("birth", "date", "fit = [\"one_line\"], size = 12, digits = \"kanji\""),
        field("code", "qr", ""),
        "{ kind = \"barcode\", id = \"mark\", label = \"l\", box = [10, 10, 40, 6] }".to_owned(),
    ]
    .join(",\n");
    let template = form("person", &format!("field = [\n{fields}\n]"));
    let longest = |source: &str| match source {
        "person.cells" => Some("123456".to_owned()),
        "person.unknown" | "person.choice" => None,
        "form.mark" => Some("juki-ido.3.20261120-0012".to_owned()),
        _ => Some("見本県大見本郡みほん市見本町".repeat(6)),
    };
    let problems = fits(&template, None, fonts(), &longest).unwrap();
    let found: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(found, ["ends", "column", "cells", "choice", "birth", "code", "mark"]);
    assert!(problems.iter().all(|problem| problem.fault.code() == "too-small-for-longest"));
    let one = fits(&template, Some("cells"), fonts(), &longest).unwrap();
    assert_eq!(one.len(), 1);
    assert!(one[0].to_string().contains("it cannot take 6 characters: 123456"), "{}", one[0]);
}

/// A small generator with a printed seed; the same seed gives the same mutations.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % limit.max(1)
    }
}

#[test]
fn a_mutated_template_is_read_or_refused_and_never_panics() {
    let seed =
        std::env::var("KAKANAI_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_120);
    println!("seed {seed} (set KAKANAI_SEED to repeat)");
    let mut random = Random(seed);
    let mut forms: Vec<(String, Sample)> =
        samples().into_iter().map(|(_, form, values)| (template_text(&form.id), values)).collect();
    let (_, every_kind, values) = every_kind();
    forms.push((every_kind, values));
    let pieces: [&str; 14] = [
        "-1",
        "1e38",
        "nan",
        "inf",
        "0",
        "\"",
        "[",
        "}",
        "\n",
        "kind",
        "\"comb\"",
        "葛\u{E0100}",
        "99999999999",
        "{}",
    ];
    let (mut read, mut laid_out) = (0, 0);
    for round in 0..600 {
        let (toml, values) = &forms[round % forms.len()];
        let mut toml: Vec<char> = toml.chars().collect();
        for _ in 0..=random.below(3) {
            let at = random.below(toml.len());
            if round % 3 != 0 {
                let digit = toml.iter().skip(at).position(char::is_ascii_digit);
                let digit = at + digit.unwrap_or_default();
                toml[digit] = ['0', '9', '.', '-'][random.below(4)];
            } else {
                let end = (at + random.below(12)).min(toml.len());
                toml.splice(at..end, pieces[random.below(pieces.len())].chars());
            }
        }
        let toml: String = toml.into_iter().collect();
        if let Ok(template) = Template::parse(&toml, "mutated") {
            read += 1;
            let _ = template.problems();
            laid_out += usize::from(fill(&template, values).is_ok());
        }
    }
    println!("{read} were read, {laid_out} were laid out");
    assert!(laid_out > 20, "the mutations are too rough to test anything: {laid_out}");
}
