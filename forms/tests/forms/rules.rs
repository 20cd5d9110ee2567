//! What a template asks for: fitting, dates, marks, rows, conditions.

use kakanai_forms::{
    FieldValue, LayoutError, Mark, Paper, Refusal, Settlement, Settlements, Template, Values,
    code_points, lay_out,
};

use crate::support::{
    Given, code, fill, fonts, form, printed, runs, template, template_text, text,
};

fn one(kind: &str, value: FieldValue) -> Result<Vec<Paper>, LayoutError> {
    let fields =
        format!("field = [{{ id = \"f\", label = \"欄\", source = \"person.f\", {kind} }}]");
    fill(&form("person", &fields), &Given::person(&[("person.f", value)]))
}

fn date(text: &str) -> FieldValue {
    FieldValue::Date(text.parse().unwrap())
}

fn choice(text: &str) -> FieldValue {
    FieldValue::Choice(text.to_owned())
}

#[test]
fn a_long_address_takes_two_lines_before_it_shrinks() {
    let kind = "kind = \"text\", box = [10, 10, 80, 10], size = 10, min_size = 7";
    let address = "みほん市見本町".repeat(5);
    let papers = one(kind, text(&address)).unwrap();
    let sizes: Vec<f32> = runs(&papers[0]).map(|run| run.size).collect();
    assert_eq!(sizes, [10.0, 10.0]);
    let papers = one(kind, text(&address.repeat(2))).unwrap();
    let sizes: Vec<f32> = runs(&papers[0]).map(|run| run.size).collect();
    assert!(sizes.len() == 3 && sizes[0] < 10.0 && sizes[0] >= 7.0, "{sizes:?}");
}

#[test]
fn what_does_not_fit_is_refused_and_never_cut() {
    let kind = "kind = \"text\", box = [10, 10, 30, 5], size = 10, min_size = 8, \
                fit = [\"one_line\", \"two_lines\", \"shrink\"]";
    let result = one(kind, text(&"大王花子".repeat(20)));
    let Err(LayoutError::Refused(refusals)) = result else { panic!("it was printed") };
    let Refusal::DoesNotFit { length, tried, .. } = &refusals.0[0] else { panic!("{refusals}") };
    assert_eq!((*length, tried.first(), tried.last()), (80, Some(&10.0), Some(&8.0)));
    assert!(!refusals.to_string().contains("大王"), "{refusals}");
    let no_shrink = "kind = \"text\", box = [10, 10, 30, 5], size = 10, fit = [\"one_line\"]";
    assert_eq!(code(one(no_shrink, text("みほん市見本町一丁目二番"))), ["does-not-fit"]);
}

#[test]
fn dates_are_printed_in_parts_and_unknown_parts_stay_blank() {
    let kind = "kind = \"date\", size = 10, parts = { era = [10, 10, 12, 6], year = [22, 10, 8, 6], \
                month = [34, 10, 8, 6], day = [46, 10, 8, 6] }";
    assert_eq!(printed(one(kind, date("2019-05-01"))), ["令和", "元", "5", "1"]);
    assert_eq!(printed(one(kind, date("1985-04-00"))), ["昭和", "60", "4"]);
    assert_eq!(printed(one(kind, date("0000-04-01"))), ["4", "1"]);
    let kanji = "kind = \"date\", box = [10, 10, 80, 6], digits = \"kanji\", first_year = \"one\"";
    assert_eq!(printed(one(kanji, date("2019-05-11"))), ["令和一年五月十一日"]);
    assert_eq!(code(one(kind, date("1989-00-00"))), ["no-era"]);
    assert_eq!(code(one(kind, date("1867-12-31"))), ["no-era"]);
    assert_eq!(code(one(kind, choice("x"))), ["wrong-kind"]);
    let circled = "kind = \"date\", size = 10, parts = { eras = { \"昭和\" = [10, 10, 9, 6], \
                   \"平成\" = [20, 10, 9, 6] }, year = [30, 10, 8, 6] }";
    let papers = one(circled, date("1986-01-20")).unwrap();
    let ellipses: Vec<f32> = papers[0].pages[0]
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Ellipse { area, .. } = mark { Some(area.x) } else { None })
        .collect();
    assert_eq!(ellipses, [10.0]);
    assert_eq!(code(one(circled, date("2020-01-20"))), ["no-such-option"]);
}

#[test]
fn a_choice_marks_its_option_or_is_refused() {
    let kind = "kind = \"check\", blank = [\"unknown\"], options = [\
                { value = \"male\", box = [10, 10, 4, 4], text = \"男\" }, \
                { value = \"female\", also = [\"f\"], box = [30, 10, 4, 4], text = \"女\" }]";
    let ticks = |value: FieldValue| {
        let papers = one(kind, value).unwrap();
        let marks = papers[0].pages[0].marks.iter();
        marks
            .filter_map(|mark| if let Mark::Tick { area, .. } = mark { Some(area.x) } else { None })
            .collect::<Vec<f32>>()
    };
    assert_eq!(ticks(choice("male")), [10.0]);
    assert_eq!(ticks(choice("f")), [30.0]);
    assert_eq!(ticks(choice("unknown")), [0.0; 0]);
    assert_eq!(ticks(FieldValue::Missing), [0.0; 0]);
    assert_eq!(code(one(kind, choice("other"))), ["no-such-option"]);
    let words = "kind = \"text\", box = [10, 10, 40, 8], texts = { child = \"子\", yes = \"有\" }";
    assert_eq!(printed(one(words, choice("child"))), ["子"]);
    assert_eq!(printed(one(words, FieldValue::YesNo(true))), ["有"]);
    assert_eq!(code(one(words, choice("grandchild"))), ["no-such-option"]);
    assert_eq!(code(one(words, FieldValue::YesNo(false))), ["no-such-option"]);
}

#[test]
fn a_required_value_that_is_missing_refuses_the_paper() {
    let kind = "kind = \"text\", box = [10, 10, 40, 8], required = true";
    assert_eq!(code(one(kind, FieldValue::Missing)), ["required-missing"]);
    let template = form(
        "person",
        &format!("field = [{{ id = \"f\", label = \"欄\", source = \"person.f\", {kind} }}]"),
    );
    let mut settlements = Settlements::default();
    settlements.settle("f", Some("p1"), Settlement::ByHand);
    let papers = lay_out(&template, &Given::person(&[]), fonts(), &settlements);
    assert_eq!(printed(papers), ["（手書き）"], "unless the clerk leaves it to the pen");
}

struct Household(usize);

impl Values for Household {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        match (source, person) {
            ("person.name", Some(person)) => text(&format!("見本{person}")),
            ("case.new_address", None) => text("みほん市"),
            _ => FieldValue::Missing,
        }
    }

    fn people(&self) -> Vec<String> {
        (1..=self.0).map(|number| number.to_string()).collect()
    }
}

#[test]
fn the_fifth_person_starts_a_continuation_sheet() {
    let template = template("juki-ido");
    for (people, sheets) in [(0, 1), (1, 1), (4, 1), (5, 2), (8, 2), (9, 3)] {
        let papers = fill(&template, &Household(people)).unwrap();
        assert_eq!((papers.len(), papers[0].pages.len()), (1, sheets), "{people} people");
        let names = runs(&papers[0]).filter(|run| run.field == "name");
        assert_eq!(
            names.map(|run| run.text.clone()).collect::<Vec<_>>(),
            (1..=people).map(|number| format!("見本{number}")).collect::<Vec<_>>()
        );
    }
    let papers = fill(&template, &Household(5)).unwrap();
    let on = |page: usize, field: &str| {
        papers[0].pages[page].marks.iter().any(|mark| {
            matches!(mark, Mark::Run(run)
            if run.field == field)
        })
    };
    assert!(on(0, "new_address") && on(1, "new_address"), "every sheet says whose it is");
    let all: String = runs(&papers[0]).map(|run| run.text.clone()).collect();
    assert!(all.contains("続紙") && all.contains("署名は1枚目"));
    assert_eq!(code(fill(&template, &Household(1000))), ["too-many-people"]);
}

#[test]
fn a_form_of_one_person_is_printed_once_for_each() {
    let papers = fill(
        &template("inkan-toroku"),
        &Given {
            people: vec!["p1".to_owned(), "p2".to_owned()],
            values: [
                ("person.name", text("大王　花子")),
                ("person.birth_date", date("1986-01-20")),
                ("form.address", text("みほん市")),
            ]
            .map(|(source, value)| (source.to_owned(), value))
            .into(),
        },
    )
    .unwrap();
    let people: Vec<_> = papers.iter().map(|paper| paper.people.clone()).collect();
    assert_eq!(people, [["p1"], ["p2"]]);
}

#[test]
fn a_condition_decides_which_calendar_is_printed() {
    let born = |nationality: &str| {
        let fields = "field = [\
            { kind = \"date\", id = \"a\", label = \"a\", source = \"person.birth_date\", box = [10, 10, 60, 8], \
              when = { source = \"person.nationality\", differs = \"foreign\" } },\
            { kind = \"date\", id = \"b\", label = \"b\", source = \"person.birth_date\", box = [10, 10, 60, 8], \
              calendar = \"gregorian\", when = { source = \"person.nationality\", equals = \"foreign\" } }]";
        let mut values = vec![("person.birth_date", date("1986-01-20"))];
        if !nationality.is_empty() {
            values.push(("person.nationality", choice(nationality)));
        }
        printed(fill(&form("person", fields), &Given::person(&values)))
    };
    assert_eq!(born("foreign"), ["1986年1月20日"]);
    assert_eq!(born("jp"), ["昭和61年1月20日"]);
    assert_eq!(born(""), ["昭和61年1月20日"]);
}

#[test]
fn code_points_are_written_as_people_write_them() {
    assert_eq!(code_points(&[0x9089, 0xE010E, 0x41]), "U+9089 U+E010E U+0041");
}

fn choices(ids: &[&str]) -> FieldValue {
    FieldValue::Choices(ids.iter().copied().map(str::to_owned).collect())
}

#[test]
fn a_list_marks_every_option_that_matches() {
    let options = "blank = [\"none\"], options = [\
                   { value = \"a\", box = [10, 10, 9, 5], text = \"甲\" }, \
                   { value = \"b\", also = [\"bb\"], box = [30, 10, 9, 5], text = \"乙\" }, \
                   { value = \"c\", box = [50, 10, 9, 5], text = \"丙\" }]";
    let marked = |kind: &str, value: FieldValue| {
        let papers = one(&format!("kind = \"{kind}\", {options}"), value).unwrap();
        let mut marked: Vec<f32> = papers[0].pages[0]
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Tick { area, .. } | Mark::Ellipse { area, .. } => Some(area.x),
                Mark::Line { points: [x, ..], .. } => Some(*x),
                _ => None,
            })
            .collect();
        marked.dedup();
        marked
    };
    for kind in ["check", "circle", "strike"] {
        assert_eq!(marked(kind, choices(&["c", "a"])), [10.0, 50.0], "{kind}");
        assert_eq!(marked(kind, choices(&["b", "bb", "none"])), [30.0], "{kind}");
        assert_eq!(marked(kind, choices(&[])), [0.0; 0], "{kind}");
        let wrong = one(&format!("kind = \"{kind}\", {options}"), choices(&["a", "x"]));
        assert_eq!(code(wrong), ["no-such-option"], "{kind}");
    }
    let words = "kind = \"text\", box = [10, 10, 60, 8], texts = { a = \"国保\", b = \"年金\" }";
    assert_eq!(printed(one(words, choices(&["b", "a"]))), ["年金、国保"]);
    assert_eq!(code(one(words, choices(&["b", "c"]))), ["no-such-option"]);
    let required = format!("{words}, required = true");
    assert_eq!(code(one(&required, choices(&[]))), ["required-missing"]);
}

#[test]
fn a_struck_word_has_two_lines_through_its_box() {
    let kind =
        "kind = \"strike\", options = [{ value = \"a\", box = [10, 10, 9, 5], text = \"甲\" }]";
    let papers = one(kind, choice("a")).unwrap();
    let lines: Vec<[f32; 4]> = papers[0].pages[0]
        .marks
        .iter()
        .filter_map(|mark| if let Mark::Line { points, .. } = mark { Some(*points) } else { None })
        .collect();
    assert_eq!(lines.len(), 2);
    for [x1, y1, x2, y2] in lines {
        assert!(x1 == 10.0 && x2 == 19.0 && y1 == y2 && (y1 - 12.5).abs() < 0.5);
    }
}

#[test]
fn every_condition_of_a_list_must_hold() {
    let fields = "field = [{ kind = \"label\", text = \"外国\", box = [10, 10, 60, 8], when = [\
                  { source = \"person.nationality\", any = [\"foreign\", \"unknown\"] }, \
                  { source = \"person.card\", known = false }] }]";
    let drawn = |values: &[(&str, FieldValue)]| {
        printed(fill(&form("person", fields), &Given::person(values))).len()
    };
    assert_eq!(drawn(&[("person.nationality", choice("foreign"))]), 1);
    assert_eq!(drawn(&[("person.nationality", choice("jp"))]), 0);
    let card = ("person.card", text("AB1"));
    assert_eq!(drawn(&[("person.nationality", choice("foreign")), card]), 0);
    for wrong in ["equals = \"a\", known = true", "any = []", "equal = \"a\""] {
        let toml = template_text("inkan-toroku");
        let with = format!("id = \"name\", when = {{ source = \"person.f\", {wrong} }}");
        let error = Template::parse(&toml.replacen("id = \"name\"", &with, 1), "form.toml");
        assert_eq!(error.unwrap_err().code(), "template-syntax", "{wrong}");
    }
}
