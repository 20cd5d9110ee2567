//! Checks over a whole pack: names that lead nowhere, numbers used twice, tests that fail.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use kakanai_rules::FactType;
use kakanai_rules::pack::{Operand, Pack};

use crate::cells::definition;
use crate::example;
use crate::finding::{Finding, Place, Severity};
use crate::load::{PackError, load_with_findings};
use crate::sheet::Row;

/// Checks a pack folder or compiled file: every finding, errors first.
///
/// # Errors
/// When there is nothing to check; a file that cannot be read at all is a finding.
pub fn check(path: &Path) -> Result<Vec<Finding>, PackError> {
    let loaded = match load_with_findings(path) {
        Ok(loaded) => loaded,
        Err(PackError::Syntax { file, row, expected }) => {
            let place = Place { sheet: file, row: u64::try_from(row).unwrap_or(0) };
            return Ok(vec![place.error(
                "syntax",
                "",
                format!("読めません。期待したもの: {expected}"),
                "この行を直してください。",
            )]);
        }
        Err(error) => return Err(error),
    };
    let mut findings = loaded.findings;
    if findings.iter().all(|finding| finding.severity != Severity::Error) {
        findings.extend(example::run(&loaded.pack, &loaded.test_places));
    }
    findings.sort_by_key(|finding| finding.severity);
    Ok(findings)
}

/// References between the sheets of a compiled pack.
pub fn references(pack: &Pack, sheets: &BTreeMap<&'static str, Vec<Row>>) -> Vec<Finding> {
    let mut references = References { pack, sheets, findings: Vec::new() };
    references.procedures();
    references.rules();
    references.questions();
    references.texts();
    references.findings
}

struct References<'a> {
    pack: &'a Pack,
    sheets: &'a BTreeMap<&'static str, Vec<Row>>,
    findings: Vec<Finding>,
}

impl References<'_> {
    fn place(&self, sheet: &str, id: &str) -> Place {
        let rows = self.sheets.get(sheet).map_or(&[] as &[Row], Vec::as_slice);
        rows.iter()
            .find(|row| row.cell("id") == id)
            .map_or_else(|| Place { sheet: sheet.to_owned(), row: 0 }, |row| row.place.clone())
    }

    fn unknown(&mut self, sheet: &str, id: &str, column: &str, what: &str, name: &str) {
        let finding = self.place(sheet, id).error(
            &format!("unknown-{what}"),
            column,
            format!("「{name}」はどの表にもありません。"),
            "つづりを確かめるか、その行を加えてください。",
        );
        self.findings.push(finding);
    }

    fn number_twice(&mut self, sheet: &str, id: &str, number: u32, other: &str) {
        let finding = self.place(sheet, id).error(
            "number-twice",
            "number",
            format!("番号 {number} は「{other}」が使っています。"),
            "まだ使われたことのない番号を付けてください。",
        );
        self.findings.push(finding);
    }

    fn procedures(&mut self) {
        let pack = self.pack;
        let vocabulary = pack.vocabulary();
        for row in &pack.procedures {
            // A base has no offices: each town names its own.
            if !pack.municipality_code.is_empty() && pack.office(&row.office).is_none() {
                self.unknown("procedures", &row.id, "office", "office", &row.office);
            }
            if let Some(other) =
                row.covered_by.as_ref().filter(|other| pack.procedure(other).is_none())
            {
                self.unknown("procedures", &row.id, "covered_by", "procedure", other);
            }
            for fact in row.asks.iter().filter(|fact| vocabulary.get(fact).is_none()) {
                self.unknown("procedures", &row.id, "asks", "fact", fact);
            }
            if !pack.rules.iter().any(|rule| rule.procedure == row.id) {
                let finding = self.place("procedures", &row.id).error(
                    "no-rule",
                    "id",
                    format!("「{}」を必要とする規則がありません。", row.id),
                    "rules 表に行を加えてください。",
                );
                self.findings.push(finding);
            }
        }
        let owners = [
            (
                "deadlines",
                pack.deadlines.iter().map(|row| (&row.id, &row.procedure)).collect::<Vec<_>>(),
            ),
            ("bring", pack.bring.iter().map(|row| (&row.id, &row.procedure)).collect()),
            ("papers", pack.papers.iter().map(|row| (&row.id, &row.procedure)).collect()),
            ("rules", pack.rules.iter().map(|row| (&row.id, &row.procedure)).collect()),
        ];
        for (sheet, rows) in owners {
            for (id, procedure) in rows {
                if pack.procedure(procedure).is_none() {
                    self.unknown(sheet, id, "procedure", "procedure", procedure);
                }
            }
        }
        for row in pack.papers.iter().filter(|row| !pack.forms.contains_key(&row.form)) {
            self.unknown("papers", &row.id, "form", "form", &row.form);
        }
    }

    fn rules(&mut self) {
        let pack = self.pack;
        for rule in &pack.rules {
            if !rule.source.is_empty()
                && !pack.sources.iter().any(|source| source.id == rule.source)
            {
                self.unknown("rules", &rule.id, "source", "source", &rule.source);
            }
            for condition in &rule.conditions {
                if let Operand::Deadline { procedure } = &condition.operand
                    && !pack.deadlines.iter().any(|row| row.procedure == *procedure)
                {
                    self.unknown("rules", &rule.id, "", "deadline", procedure);
                }
            }
        }
    }

    fn questions(&mut self) {
        let pack = self.pack;
        let vocabulary = pack.vocabulary();
        let mut numbers: BTreeMap<u32, &str> = BTreeMap::new();
        for row in &pack.questions {
            match vocabulary.get(&row.fact).map(|def| def.kind) {
                None if row.fact == "people" => {}
                None => self.unknown("questions", &row.id, "fact", "fact", &row.fact),
                Some(FactType::DoneList) => {
                    let finding = self.place("questions", &row.id).error(
                        "wrong-value",
                        "fact",
                        format!("「{}」は質問では尋ねられません。", row.fact),
                        "ほかの項目を書いてください。",
                    );
                    self.findings.push(finding);
                }
                Some(_) => {}
            }
            if let Some(other) = numbers.insert(row.number, &row.id) {
                self.number_twice("questions", &row.id, row.number, other);
            }
        }
        let mut choices: BTreeMap<(&str, u32), &str> = BTreeMap::new();
        for row in &pack.choices {
            if let Some(other) = choices.insert((&row.fact, row.number), &row.id) {
                self.number_twice("choices", &row.id, row.number, other);
            }
        }
        for row in pack.choices.iter().filter(|row| definition(&vocabulary, &row.fact).is_none()) {
            self.unknown("choices", &row.id, "id", "fact", &row.fact);
        }
        let asked: BTreeSet<&str> = pack.questions.iter().map(|row| row.fact.as_str()).collect();
        let mut told = BTreeSet::new();
        for rule in &pack.rules {
            for condition in &rule.conditions {
                let fact = kakanai_rules::derived_from(&condition.fact).unwrap_or(&condition.fact);
                if fact != "counter_date" && !asked.contains(fact) && told.insert(fact) {
                    let finding = self.place("rules", &rule.id).error(
                        "never-asked",
                        "fact1",
                        format!("「{fact}」を尋ねる質問がありません。"),
                        "questions 表に行を加えてください。",
                    );
                    self.findings.push(finding);
                }
            }
        }
    }

    fn texts(&mut self) {
        let pack = self.pack;
        let needed = (pack
            .procedures
            .iter()
            .map(|row| ("procedures", &row.id, format!("procedure.{}", row.id))))
        .chain(
            pack.questions.iter().map(|row| ("questions", &row.id, format!("question.{}", row.id))),
        )
        .chain(pack.choices.iter().map(|row| ("choices", &row.id, format!("choice.{}", row.id))))
        .chain(pack.rules.iter().map(|row| ("rules", &row.id, format!("rule.{}", row.id))))
        .chain(pack.offices.iter().map(|row| ("offices", &row.id, format!("office.{}", row.id))))
        .chain(pack.bring.iter().map(|row| ("bring", &row.id, format!("bring.{}", row.item))))
        .chain(
            pack.questions.iter().map(|row| ("questions", &row.id, format!("fact.{}", row.fact))),
        );
        let notes = pack.procedures.iter().flat_map(|row| {
            row.notes.iter().map(move |note| ("procedures", &row.id, note.clone()))
        });
        for (sheet, id, text) in needed.chain(notes).collect::<Vec<_>>() {
            if pack.text("ja", &text).is_none() {
                let finding = self.place(sheet, id).error(
                    "missing-text",
                    "id",
                    format!("「{text}」の日本語の文がありません。"),
                    "texts 表に行を加えてください。",
                );
                self.findings.push(finding);
            }
        }
    }
}
