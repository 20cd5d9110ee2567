//! The person × item table (世帯の一覧): everything known with its source, and what is missing.

use jiff::civil::Date;
use kakanai_rules::{FactSet, Question, Sensitivity, Source, Subject, SubjectKind, Vocabulary};

use super::privacy::Veil;
use super::{Known, STAFF_LANG, fact_view, label, name};
use crate::conflict::{Conflict, conflicts};
use crate::door::{TableCell, TableColumn, TableRow, TableView};
use crate::privacy::subjects;

/// What the table is made of.
pub struct Sheet<'a> {
    /// What may be shown.
    pub facts: &'a FactSet,
    /// What was said, private or not.
    pub stated: &'a FactSet,
    pub veil: &'a Veil,
    /// Everything that still matters.
    pub open: &'a [Question],
    pub on: Date,
}

/// The table of a case.
pub fn table(known: &Known<'_>, sheet: &Sheet<'_>) -> TableView {
    let vocabulary = known.engine.vocabulary();
    let columns: Vec<Subject> = subjects(sheet.facts).collect();
    let conflicts = conflicts(vocabulary, sheet.facts);
    let rows = rows(known, sheet, vocabulary, &columns).into_iter().map(|fact| TableRow {
        label: label(known.pack, &fact, sheet.on),
        cells: columns
            .iter()
            .map(|subject| cell(known, sheet, vocabulary, &conflicts, subject, &fact))
            .collect(),
        fact,
    });
    TableView {
        rows: rows.collect(),
        columns: columns
            .iter()
            .map(|subject| TableColumn {
                person: subject.person().unwrap_or_default().to_owned(),
                name: subject.person().map(|id| name(sheet.facts, id)).unwrap_or_default(),
            })
            .collect(),
    }
}

/// Facts with something to show in some column, in the order in which they are asked.
fn rows(
    known: &Known<'_>,
    sheet: &Sheet<'_>,
    vocabulary: &Vocabulary,
    columns: &[Subject],
) -> Vec<String> {
    let mut facts: Vec<&str> = Vec::new();
    let shown = |fact: &&str| {
        vocabulary.get(fact).is_some_and(|def| def.sensitivity != Sensitivity::Discreet)
    };
    for subject in columns {
        let masked = sheet.veil.masked(sheet.stated, subject);
        facts.extend(sheet.facts.known(subject).chain(masked).filter(shown));
    }
    let missing = sheet.open.iter().filter(|question| is_missing(sheet, question));
    facts.extend(missing.map(|question| question.fact.as_str()).filter(shown));
    let place = |fact: &str| known.pack.questions.iter().position(|row| row.fact == fact);
    facts.sort_by_key(|fact| (place(fact).unwrap_or(usize::MAX), *fact));
    facts.dedup();
    facts.into_iter().map(str::to_owned).collect()
}

fn is_missing(sheet: &Sheet<'_>, question: &Question) -> bool {
    sheet.veil.tells_missing(&Subject::from(question.person.clone()), &question.fact)
}

fn cell(
    known: &Known<'_>,
    sheet: &Sheet<'_>,
    vocabulary: &Vocabulary,
    conflicts: &[Conflict],
    subject: &Subject,
    fact: &str,
) -> TableCell {
    let kind = match subject {
        Subject::Case => SubjectKind::Case,
        Subject::Person(_) => SubjectKind::Person,
    };
    if vocabulary.about(kind, fact).is_none() {
        return TableCell { none: true, ..TableCell::default() };
    }
    let asked = |row: &kakanai_rules::pack::QuestionRow| row.fact == fact && !row.retired;
    let can_ask = fact != "event" && known.pack.questions.iter().any(asked);
    let masked = sheet.veil.masked(sheet.stated, subject).any(|masked| masked == fact);
    if masked {
        return TableCell { masked, can_ask, ..TableCell::default() };
    }
    let view = fact_view(known, sheet.facts, subject, fact, sheet.on);
    let missing = view.is_none()
        && sheet.open.iter().filter(|question| is_missing(sheet, question)).any(|question| {
            question.fact == fact && question.person.as_deref() == subject.person()
        });
    let Some(view) = view else {
        return TableCell { missing, can_ask, ..TableCell::default() };
    };
    TableCell {
        text: view.text,
        source_label: source_label(known, sheet, subject, fact),
        source: view.source,
        conflict: conflicts.iter().any(|one| one.subject == *subject && one.fact == fact),
        can_ask,
        ..TableCell::default()
    }
}

/// The source in words; of a document with the name of whose it is.
fn source_label(known: &Known<'_>, sheet: &Sheet<'_>, subject: &Subject, fact: &str) -> String {
    let Some(source) = sheet.facts.get(subject, fact).map(|fact| fact.source) else {
        return String::new();
    };
    let word = format!("sheet.source.{}", source.id());
    let word = known.pack.text_or_id(STAFF_LANG, &word, sheet.on);
    match (source, subject.person()) {
        (Source::Card | Source::Licence | Source::ResidenceCard, Some(person)) => {
            format!("{word}（{}）", name(sheet.facts, person))
        }
        _ => word.to_owned(),
    }
}
