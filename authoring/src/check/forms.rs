//! What would go wrong on paper: printed words that do not fit, and values that could not be printed at their longest.
//!
//! Needs the fonts, so it belongs to the check of a pack and not to loading one at the counter.

use std::collections::BTreeMap;

use kakanai_forms::template::{Fault, Kind, Problem, Template};
use kakanai_forms::{FontError, FontSet, fits};
use kakanai_rules::Pack;

use crate::check::longest::longest;
use crate::finding::{Finding, Place};

/// The longest number of a case, as barcodes carry it.
const LONGEST_CASE: &str = "20261120-999";

/// Every form of the pack with the fonts of the papers; `files` are the forms' files by id.
///
/// # Errors
/// [`FontError`] when a font is missing or damaged: a form that was not looked at is not in order.
pub fn check(pack: &Pack, files: &BTreeMap<String, String>) -> Result<Vec<Finding>, FontError> {
    let fonts = FontSet::debian()?;
    let mut findings = Vec::new();
    for (form, text) in &pack.forms {
        let file = files.get(form).unwrap_or(form);
        // What cannot be read has been told before.
        let Ok(template) = Template::parse(text, file) else { continue };
        let words = template.label_problems(&fonts)?;
        findings.extend(words.iter().map(|problem| of_words(problem, file)));
        let mark = format!("{}.{}.{LONGEST_CASE}", template.id, template.version);
        let value = |source: &str| match source {
            "form.mark" => Some(mark.clone()),
            _ => longest(source),
        };
        let values = fits(&template, None, &fonts, &value)?;
        let values = values.iter().filter(|problem| !reading_in_cells(&template, problem));
        findings.extend(values.map(|problem| of_value(problem, file)));
    }
    Ok(findings)
}

/// A reading (フリガナ) in cells: a form has the cells it has, and a longer reading is refused by name at the counter.
fn reading_in_cells(template: &Template, problem: &Problem) -> bool {
    template.fields.iter().any(|field| {
        field.id == problem.field
            && matches!(&field.kind, Kind::Comb(comb) if comb.source.ends_with(".name_kana"))
    })
}

/// A fault of a place on a form, in Japanese and in English.
pub fn in_words(problem: &Problem) -> (String, String) {
    let ja = match &problem.fault {
        Fault::OffPage => "枠が用紙からはみ出しています。".to_owned(),
        Fault::Protected(area) => format!("枠が、印字しない場所「{area}」にかかっています。"),
        Fault::TooSmall => "6ポイントより小さい文字は使えません。".to_owned(),
        Fault::Overlaps(other) => format!("枠が「{other}」の枠と重なっています。"),
        Fault::DuplicateId => "同じ id がほかにもあります。".to_owned(),
        Fault::LabelDoesNotFit(words) => format!("印刷する言葉「{words}」が枠に入りません。"),
        Fault::NoGlyph(points) => format!("どのフォントにもない文字（{points}）があります。"),
        Fault::CannotTake(value) => {
            format!("いちばん長い値（{}文字）が入りません。", value.chars().count())
        }
    };
    (format!("欄「{}」：{ja}", problem.field), problem.to_string())
}

fn at(problem: &Problem, file: &str) -> Place {
    Place { sheet: file.to_owned(), row: u64::try_from(problem.line).unwrap_or(0) }
}

fn of_words(problem: &Problem, file: &str) -> Finding {
    let (ja, en) = in_words(problem);
    at(problem, file)
        .error(
            "form-words",
            &problem.field,
            ja,
            "枠を広げるか、文字を小さくするか、言葉を短くしてください。",
        )
        .english(en, "Make the box larger, the letters smaller or the words shorter.")
}

fn of_value(problem: &Problem, file: &str) -> Finding {
    let (ja, en) = in_words(problem);
    at(problem, file)
        .warning(
            "form-longest",
            &problem.field,
            ja,
            "枠を広げるか、fit に continue（別紙に続ける）を加えてください。このままでは、長い値のときに印刷できません。",
        )
        .english(
            en,
            "Make the box larger, or add continue to fit. As it is, the paper is refused for a long value.",
        )
}
