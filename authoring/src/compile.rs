//! From cells to the compiled pack.
//!
//! Rows with a fault are left out and named; what is left is typed. Cross-references are looked at afterwards
//! ([`crate::check`]).

use std::collections::BTreeMap;

use kakanai_forms::{Template, TemplateError};
use kakanai_rules::pack::{
    Bearer, BringRow, ChoiceRow, ClosedDay, DeadlineRow, DoneAt, Effect, FORMAT, OfficeRow, Pack,
    PaperRow, ProcedureRow, QuestionRow, RuleRow, Scope, SourceRow, Text,
};
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Vocabulary};

use crate::cells::Cells;
use crate::check;
use crate::example;
use crate::finding::{Finding, Place};
use crate::folder::Folder;
use crate::load::Loaded;
use crate::sheet::{Layout, Row};

macro_rules! layout {
    ($name:literal, [$($key:literal),*], [$($column:literal),* $(,)?]) => {
        Layout { name: $name, key: &[$($key),*], columns: &[$($column),*] }
    };
}

/// The sheets of a pack.
pub const LAYOUTS: &[Layout] = &[
    layout!("facts", ["id"], ["id", "subject", "type", "values", "sensitivity"]),
    layout!("choices", ["id"], ["id", "number"]),
    layout!("questions", ["id"], ["id", "number", "fact", "at_home"]),
    layout!(
        "procedures",
        ["id"],
        [
            "id",
            "scope",
            "law",
            "office",
            "covered_by",
            "done_at",
            "signed_off",
            "asks",
            "notes",
            "discreet",
        ]
    ),
    layout!(
        "rules",
        ["id"],
        [
            "id",
            "procedure",
            "effect",
            "fact1",
            "op1",
            "value1",
            "fact2",
            "op2",
            "value2",
            "fact3",
            "op3",
            "value3",
            "fact4",
            "op4",
            "value4",
            "fact5",
            "op5",
            "value5",
            "date_by",
            "from",
            "until",
            "article",
            "source",
            "checked_by",
        ]
    ),
    layout!(
        "deadlines",
        ["id"],
        [
            "id",
            "procedure",
            "start",
            "fallback",
            "days",
            "first_day",
            "closed_day",
            "not_before",
            "date_by",
            "from",
            "until",
        ]
    ),
    layout!(
        "bring",
        ["id"],
        ["id", "procedure", "item", "who", "fact1", "op1", "value1", "fact2", "op2", "value2",]
    ),
    layout!("offices", ["id"], ["id", "place", "phone"]),
    layout!("papers", ["id"], ["id", "procedure", "form"]),
    layout!("closed_days", ["date"], ["date", "name"]),
    layout!("sources", ["id"], ["id", "title", "location", "as_of"]),
    layout!(
        "tests",
        ["test", "line"],
        ["test", "line", "on", "person", "fact", "value", "procedure", "status", "deadline"]
    ),
    layout!("texts", ["id", "lang"], ["id", "lang", "text", "origin"]),
];

/// Compiles a folder.
pub fn compile(folder: Folder) -> Loaded {
    let Folder { head, sheets, forms, mut findings } = folder;
    let rows = |name: &str| sheets.get(name).map_or(&[] as &[Row], Vec::as_slice);
    let facts = each(rows("facts"), &mut findings, fact);
    let choices = each(rows("choices"), &mut findings, choice);
    let values = choices.iter().map(|row| (row.fact.as_str(), row.value.as_str()));
    let vocabulary = Vocabulary::new(&facts, values);
    let (tests, test_places) = example::read(rows("tests"), &vocabulary, &mut findings);
    let pack = Pack {
        format: FORMAT,
        id: head.id,
        version: head.version,
        name: head.name,
        municipality_code: head.municipality_code,
        base: head.base,
        valid_from: head.valid_from,
        valid_until: head.valid_until,
        author: head.author,
        approver: head.approver,
        questions: each(rows("questions"), &mut findings, question),
        procedures: each(rows("procedures"), &mut findings, procedure),
        rules: each(rows("rules"), &mut findings, |cells| rule(cells, &vocabulary)),
        deadlines: each(rows("deadlines"), &mut findings, |cells| deadline(cells, &vocabulary)),
        bring: each(rows("bring"), &mut findings, |cells| bring(cells, &vocabulary)),
        offices: each(rows("offices"), &mut findings, |cells| {
            Some(OfficeRow {
                id: cells.text("id"),
                place: cells.text("place"),
                phone: cells.text("phone"),
            })
        }),
        papers: each(rows("papers"), &mut findings, |cells| {
            Some(PaperRow {
                id: cells.text("id"),
                procedure: cells.text("procedure"),
                form: cells.text("form"),
            })
        }),
        closed_days: each(rows("closed_days"), &mut findings, |cells| {
            Some(ClosedDay { date: cells.date("date")?, name: cells.text("name") })
        }),
        sources: each(rows("sources"), &mut findings, |cells| {
            Some(SourceRow {
                id: cells.text("id"),
                title: cells.text("title"),
                location: cells.text("location"),
                as_of: cells.text("as_of"),
            })
        }),
        tests,
        texts: texts(rows("texts"), &mut findings),
        forms: templates(forms, &vocabulary, &mut findings),
        facts,
        choices,
    };
    findings.extend(check::references(&pack, &sheets));
    Loaded { pack, findings, test_places }
}

fn each<T>(
    rows: &[Row],
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Vec<T> {
    rows.iter().filter_map(|row| read(&mut Cells::new(row, findings))).collect()
}

fn fact(cells: &mut Cells<'_>) -> Option<FactDef> {
    let id = cells.text("id");
    if Vocabulary::is_shared(&id) {
        cells.wrong("id", &id, "語彙にない新しい項目の名前（語彙の項目は作り直せません）");
        return None;
    }
    let kinds = [
        ("yes-no", FactType::YesNo),
        ("choice", FactType::Choice),
        ("choices", FactType::Choices),
        ("date", FactType::Date),
        ("number", FactType::Number),
        ("text", FactType::Text),
    ];
    let sensitivities = [
        ("plain", Sensitivity::Plain),
        ("private", Sensitivity::Private),
        ("discreet", Sensitivity::Discreet),
    ];
    Some(FactDef {
        subject: cells.one_of(
            "subject",
            &[("case", SubjectKind::Case), ("person", SubjectKind::Person)],
            None,
        )?,
        kind: cells.one_of("type", &kinds, None)?,
        values: cells.list("values"),
        sensitivity: cells.one_of("sensitivity", &sensitivities, Some(Sensitivity::Plain))?,
        id,
    })
}

fn choice(cells: &mut Cells<'_>) -> Option<ChoiceRow> {
    let id = cells.text("id");
    let Some((fact, value)) = id.split_once('.') else {
        cells.wrong("id", &id, "項目.値");
        return None;
    };
    Some(ChoiceRow {
        number: cells.number("number")?,
        fact: fact.to_owned(),
        value: value.to_owned(),
        id,
    })
}

fn question(cells: &mut Cells<'_>) -> Option<QuestionRow> {
    Some(QuestionRow {
        id: cells.text("id"),
        number: cells.number("number")?,
        fact: cells.text("fact"),
        at_home: cells.yes_no("at_home", false),
    })
}

fn procedure(cells: &mut Cells<'_>) -> Option<ProcedureRow> {
    let places =
        [("here", DoneAt::Here), ("elsewhere", DoneAt::Elsewhere), ("paper", DoneAt::Paper)];
    Some(ProcedureRow {
        id: cells.text("id"),
        scope: cells.one_of(
            "scope",
            &[("household", Scope::Household), ("person", Scope::Person)],
            None,
        )?,
        law: cells.text("law"),
        office: cells.text("office"),
        covered_by: cells.optional("covered_by"),
        done_at: cells.one_of("done_at", &places, Some(DoneAt::Here))?,
        signed_off: cells.yes_no("signed_off", false),
        asks: cells.list("asks"),
        notes: cells.list("notes"),
        discreet: cells.yes_no("discreet", false),
    })
}

/// Whether a form's source can ever have a value: a fact of the case, or of a person the papers know.
fn known(source: &str, vocabulary: &Vocabulary) -> bool {
    match source.split_once('.') {
        Some(("form", _)) => true,
        Some(("case", fact)) => vocabulary.about(SubjectKind::Case, fact).is_some(),
        Some(("person" | "head" | "visitor" | "claimant" | "spouse", fact)) => {
            vocabulary.about(SubjectKind::Person, fact).is_some()
        }
        _ => false,
    }
}

fn rule(cells: &mut Cells<'_>, vocabulary: &Vocabulary) -> Option<RuleRow> {
    let effects = [
        ("required", Effect::Required),
        ("may-apply", Effect::MayApply),
        ("except", Effect::Except),
    ];
    Some(RuleRow {
        id: cells.text("id"),
        procedure: cells.text("procedure"),
        effect: cells.one_of("effect", &effects, None)?,
        conditions: {
            let conditions = cells.conditions(vocabulary);
            if conditions.is_empty() && cells.text("fact1").is_empty() {
                cells.wrong(
                    "fact1",
                    "",
                    "少なくとも一つの条件（条件のない規則は、いつも当てはまります）",
                );
            }
            conditions
        },
        dated: cells.dated(vocabulary),
        article: cells.text("article"),
        source: cells.text("source"),
        checked_by: cells.optional("checked_by").unwrap_or_else(|| "unchecked".to_owned()),
    })
}

fn deadline(cells: &mut Cells<'_>, vocabulary: &Vocabulary) -> Option<DeadlineRow> {
    let start = cells.text("start");
    cells.date_fact("start", &start, vocabulary);
    let (fallback, not_before) = (cells.optional("fallback"), cells.optional("not_before"));
    for (column, fact) in [("fallback", &fallback), ("not_before", &not_before)] {
        if let Some(fact) = fact {
            cells.date_fact(column, fact, vocabulary);
        }
    }
    Some(DeadlineRow {
        id: cells.text("id"),
        procedure: cells.text("procedure"),
        days: cells.number("days")?,
        first_day_counts: cells.one_of(
            "first_day",
            &[("counted", true), ("not counted", false)],
            None,
        )?,
        moves_from_closed_day: cells.one_of(
            "closed_day",
            &[("moves", true), ("stays", false)],
            None,
        )?,
        dated: cells.dated(vocabulary),
        start,
        fallback,
        not_before,
    })
}

fn bring(cells: &mut Cells<'_>, vocabulary: &Vocabulary) -> Option<BringRow> {
    Some(BringRow {
        id: cells.text("id"),
        procedure: cells.text("procedure"),
        item: cells.text("item"),
        who: cells.one_of("who", &[("each", Bearer::Each), ("visitor", Bearer::Visitor)], None)?,
        conditions: cells.conditions(vocabulary),
    })
}

fn texts(rows: &[Row], findings: &mut Vec<Finding>) -> BTreeMap<String, BTreeMap<String, Text>> {
    let mut texts: BTreeMap<String, BTreeMap<String, Text>> = BTreeMap::new();
    let origins = [
        ("author", "author"),
        ("machine-draft", "machine-draft"),
        ("native-checked", "native-checked"),
    ];
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let Some(origin) = cells.one_of("origin", &origins, None) else { continue };
        let text = Text { text: cells.text("text"), origin: origin.to_owned() };
        texts.entry(cells.text("lang")).or_default().insert(cells.text("id"), text);
    }
    texts
}

/// Templates that can be read; what is wrong in one is a finding.
fn templates(
    forms: BTreeMap<String, (String, String)>,
    vocabulary: &Vocabulary,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    for (id, (file, text)) in forms {
        let at = |line: usize| Place { sheet: file.clone(), row: u64::try_from(line).unwrap_or(0) };
        match Template::parse(&text, &file) {
            Ok(template) => {
                if template.id != id {
                    findings.push(at(1).error(
                        "form",
                        "id",
                        format!("様式の id「{}」とフォルダー名「{id}」が違います。", template.id),
                        "どちらかに揃えてください。",
                    ));
                }
                findings.extend(template.problems().into_iter().map(|problem| {
                    at(problem.line).error(
                        "form",
                        &problem.field,
                        problem.to_string(),
                        "枠の位置と大きさを直してください。",
                    )
                }));
                findings.extend(
                    template.sources().into_iter().filter(|source| !known(source, vocabulary)).map(
                        |source| {
                            at(1).error(
                                "unknown-fact",
                                source,
                                format!(
                                    "「{source}」という項目は語彙にもこのパックにもありません。"
                                ),
                                "つづりを確かめるか、facts 表に加えてください。",
                            )
                        },
                    ),
                );
                read.insert(id, text);
            }
            Err(error) => {
                let (row, column) = match &error {
                    TemplateError::Syntax { line, .. } => (*line, ""),
                    TemplateError::Key { line, key, .. } => (*line, key.as_str()),
                    TemplateError::Format { .. } => (1, "format"),
                };
                findings.push(at(row).error(
                    "syntax",
                    column,
                    error.to_string(),
                    "様式の書き方を直してください。",
                ));
            }
        }
    }
    read
}
