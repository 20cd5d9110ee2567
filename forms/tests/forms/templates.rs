//! `form.toml`: the sample forms have no problem, wrong files are named by line, broken ones never panic.

use kakanai_forms::TemplateError;
use kakanai_forms::template::{Fault, Template};

use crate::support::{fill, form, samples, template, template_text};

const FORMS: [&str; 4] = ["card-keizoku", "inkan-toroku", "jidoteate-nintei", "juki-ido"];

#[test]
fn the_sample_forms_have_no_problem() {
    for id in FORMS {
        let template = template(id);
        let problems: Vec<String> = template.problems().iter().map(ToString::to_string).collect();
        assert!(problems.is_empty(), "{id}:\n{}", problems.join("\n"));
        assert_eq!(template.id, id, "a form is named as its folder");
        assert!(!template.signatures.is_empty(), "{id}");
    }
}

#[test]
fn no_sample_form_has_a_place_for_the_individual_number() {
    for id in FORMS {
        let template = template(id);
        for source in template.sources() {
            let card = source == "person.mynumber_card";
            assert!(card || !source.contains("number"), "{id}: {source}");
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
    let cases = [
        ("format = 1", "format = 2", "template-format", "found 2", 0),
        ("format = 1", "", "template-format", "found none", 0),
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
        (
            "box = [46.5, 117, 147, 15]",
            "box = [46.5, 122.5, inf, 16]",
            "template-key",
            "millimetres",
            name_line,
        ),
        (
            "box = [46.5, 117, 147, 15]",
            "row = true, box = [46.5, 117, 147, 15]",
            "template-key",
            "repeat",
            name_line,
        ),
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
    let samples = samples();
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
        let mut toml: Vec<char> =
            template_text(&samples[round % samples.len()].1.id).chars().collect();
        for _ in 0..=random.below(3) {
            let at = random.below(toml.len());
            if round % 4 != 0 {
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
            laid_out += usize::from(fill(&template, &samples[round % samples.len()].2).is_ok());
        }
    }
    println!("{read} were read, {laid_out} were laid out");
    assert!(laid_out > 20, "the mutations are too rough to test anything: {laid_out}");
}
