//! Form templates of a pack: read, and held against the vocabulary.

use std::collections::BTreeMap;

use kakanai_forms::{Template, TemplateError};
use kakanai_rules::pack::BlankPage;
use kakanai_rules::{SubjectKind, Vocabulary};

use crate::acro::{self, Resolved};
use crate::backgrounds;
use crate::check::forms::in_words;
use crate::finding::{Finding, Place};

/// Ids of what the counter draws without a template, and of the file with all papers.
const RESERVED: [&str; 8] =
    ["guide", "counters", "fees", "check", "tenki", "discreet", "annex", "packet"];

/// Templates by id, and the pages they are printed on by SHA-256; what is wrong in one is a finding.
pub fn templates(
    forms: BTreeMap<String, (String, String)>,
    files: &BTreeMap<String, backgrounds::Files>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> (BTreeMap<String, String>, BTreeMap<String, BlankPage>) {
    let mut read = BTreeMap::new();
    let mut blanks = BTreeMap::new();
    for (id, (file, text)) in forms {
        if RESERVED.contains(&id.as_str()) {
            findings.push(reserved(&id, &file));
        }
        let beside = files.get(&id);
        let fields = beside.map_or(Some(Vec::new()), |files| {
            backgrounds::take(&text, &file, files, &mut blanks, findings)
        });
        let Some(fields) = fields else {
            read.insert(id, text);
            continue;
        };
        let so_far = findings.len();
        let form = acro::resolve(&text, &file, &fields, findings);
        match Template::parse(&form.text, &file) {
            Ok(template) => check(&template, &form, &id, &file, vocabulary, findings),
            // A name that is left is told already.
            Err(_) if findings.len() > so_far => {}
            Err(error) => findings.push(unreadable(&error, &form, &file)),
        }
        // One that cannot be read is there all the same: papers that name it have no fault of their own.
        read.insert(id, form.text);
    }
    (read, blanks)
}

fn at(file: &str, line: usize) -> Place {
    Place { sheet: file.to_owned(), row: u64::try_from(line).unwrap_or(0) }
}

fn check(
    template: &Template,
    form: &Resolved,
    id: &str,
    file: &str,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) {
    if template.id != id {
        let name = &template.id;
        let finding = at(file, 1).error(
            "form",
            "id",
            format!("様式の id「{name}」とフォルダー名「{id}」が違います。"),
            "どちらかに揃えてください。",
        );
        findings.push(finding.english(
            format!("The form's id \"{name}\" differs from its folder \"{id}\"."),
            "Give both the same name.",
        ));
    }
    for problem in template.problems() {
        let (ja, en) = in_words(&problem);
        let finding = at(file, form.line(problem.line)).error(
            "form",
            &problem.field,
            ja,
            "枠の位置と大きさを直してください。",
        );
        findings.push(finding.english(en, "Change the place or the size of the box."));
    }
    for source in template.sources().into_iter().filter(|source| !known(source, vocabulary)) {
        let finding = at(file, 1).error(
            "unknown-fact",
            source,
            format!("「{source}」という項目は語彙にもこのパックにもありません。"),
            "つづりを確かめるか、facts 表に加えてください。",
        );
        findings.push(finding.english(
            format!("Neither the vocabulary nor this pack knows the fact \"{source}\"."),
            "Check the spelling, or add it to the sheet facts.",
        ));
    }
}

fn reserved(id: &str, file: &str) -> Finding {
    at(file, 1)
        .error(
            "form",
            "id",
            format!("「{id}」は様式の id に使えません。アプリが作る紙の名前です。"),
            "フォルダー名と id をほかの名前にしてください。",
        )
        .english(
            format!("No form can have the id \"{id}\": the app makes a paper of that name."),
            "Give the folder and the form another name.",
        )
}

fn unreadable(error: &TemplateError, form: &Resolved, file: &str) -> Finding {
    let (row, column) = match error {
        TemplateError::Syntax { line, .. } => (*line, ""),
        TemplateError::Key { line, key, .. } => (*line, key.as_str()),
        TemplateError::Format { .. } => (1, "format"),
    };
    let finding = at(file, form.line(row)).error(
        "syntax",
        column,
        error.to_string(),
        "様式の書き方を直してください。",
    );
    finding.english(error.to_string(), "Correct the way the form is written.")
}

/// Whether a form's source can ever have a value: a fact of the case, or of a person the papers know.
fn known(source: &str, vocabulary: &Vocabulary) -> bool {
    match source.split_once('.') {
        Some(("form", _)) | Some(("person", "age" | "fiscal_age")) => true,
        Some(("case", fact)) => vocabulary.about(SubjectKind::Case, fact).is_some(),
        Some(("person" | "head" | "visitor" | "claimant" | "spouse", fact)) => {
            vocabulary.about(SubjectKind::Person, fact).is_some()
        }
        _ => false,
    }
}
