//! Cells: what an official types, read as what the engine needs.
//!
//! Yes and no may be written はい/いいえ; several values stand with spaces between. What a cell cannot be is said
//! together with what it may be. Conditions, days and expressions are read in modules of their own.

use kakanai_rules::pack::Dated;
use kakanai_rules::{FactDef, FactType, Value};
use kakanai_text::PartialDate;

use crate::finding::Finding;
use crate::names::Names;
use crate::near;
use crate::row::Row;

/// Reads typed cells of one row and keeps the faults.
pub struct Cells<'a> {
    pub row: &'a Row,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Cells<'a> {
    pub fn new(row: &'a Row, findings: &'a mut Vec<Finding>) -> Cells<'a> {
        Cells { row, findings }
    }

    pub fn text(&self, column: &str) -> String {
        self.row.cell(column).to_owned()
    }

    pub fn optional(&self, column: &str) -> Option<String> {
        Some(self.row.cell(column)).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    pub fn list(&self, column: &str) -> Vec<String> {
        self.row.cell(column).split_whitespace().map(str::to_owned).collect()
    }

    /// A row's own id: letters, digits, `.`, `-`, `_`.
    pub fn id(&mut self, column: &str) -> Option<String> {
        let cell = self.row.cell(column);
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
        if cell.is_empty() || !cell.chars().all(fits) {
            self.wrong(
                column,
                cell,
                "英数字と . - _ だけの名前",
                "a name of letters, digits, '.', '-' and '_'",
            );
            return None;
        }
        Some(cell.to_owned())
    }

    /// The value that `choices` gives for the cell; `default`, if there is one, for an empty cell.
    pub fn one_of<T: Copy>(
        &mut self,
        column: &str,
        choices: &[(&str, T)],
        default: Option<T>,
    ) -> Option<T> {
        let cell = self.row.cell(column);
        if cell.is_empty() && default.is_some() {
            return default;
        }
        let found = choices.iter().find(|(name, _)| *name == cell).map(|(_, value)| *value);
        if found.is_none() {
            let names = choices.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
            self.wrong(column, cell, &names, &names);
        }
        found
    }

    pub fn yes_no(&mut self, column: &str, default: bool) -> bool {
        let choices = [("yes", true), ("no", false), ("はい", true), ("いいえ", false)];
        self.one_of(column, &choices, Some(default)).unwrap_or(default)
    }

    pub fn number<T: std::str::FromStr>(&mut self, column: &str) -> Option<T> {
        let cell = self.row.cell(column);
        let number = cell.parse().ok();
        if number.is_none() {
            self.wrong(column, cell, "数字", "a number");
        }
        number
    }

    pub fn date(&mut self, column: &str) -> Option<PartialDate> {
        let cell = self.row.cell(column);
        if cell.is_empty() {
            return None;
        }
        let date = cell.parse().ok();
        if date.is_none() {
            self.wrong(column, cell, "日付（YYYY-MM-DD）", "a date (YYYY-MM-DD)");
        }
        date
    }

    /// When the row counts: full days.
    pub fn dated(&mut self, names: &Names<'_>) -> Dated {
        let date_by = self.optional("date_by");
        match date_by.as_ref().map(|fact| (fact, names.fact(fact))) {
            None => {}
            Some((fact, None)) => self.unknown_fact("date_by", fact, names),
            Some((_, Some(def))) if def.kind == FactType::Date => {}
            Some((fact, Some(_))) => self.wrong("date_by", fact, "日付の項目", "a date fact"),
        }
        let dated = Dated { date_by, from: self.date("from"), until: self.date("until") };
        for (column, date) in [("from", dated.from), ("until", dated.until)] {
            if date.is_some_and(|date| date.full().is_none()) {
                let cell = self.row.cell(column);
                self.wrong(column, cell, "年月日のそろった日付", "a date with year, month and day");
            }
        }
        dated
    }

    pub fn unknown_fact(&mut self, column: &str, fact: &str, names: &Names<'_>) {
        let finding = self.row.place.error(
            "unknown-fact",
            column,
            format!("「{fact}」という項目は語彙にもこのパックにもありません。"),
            &match names.close_to(fact) {
                Some(close) => format!("「{close}」のことですか。"),
                None => "つづりを確かめるか、facts 表に加えてください。".to_owned(),
            },
        );
        self.findings.push(finding.english(
            format!("Neither the vocabulary nor this pack knows the fact \"{fact}\"."),
            match names.close_to(fact) {
                Some(close) => format!("Do you mean \"{close}\"?"),
                None => "Check the spelling, or add it to the sheet facts.".to_owned(),
            },
        ));
    }

    /// A cell that cannot be what it is; `expected` says what may stand there, in Japanese and English.
    pub fn wrong(&mut self, column: &str, cell: &str, expected: &str, expected_en: &str) {
        let (text, text_en) = if cell.is_empty() {
            ("空のままにはできません。".to_owned(), "The cell must not be empty.".to_owned())
        } else {
            (format!("「{cell}」は使えません。"), format!("\"{cell}\" cannot stand here."))
        };
        let (near, near_en) = match meant(cell, expected_en) {
            Some(near) => {
                (format!("「{near}」のことですか。"), format!("Do you mean \"{near}\"? "))
            }
            None => (String::new(), String::new()),
        };
        let hint = format!("{near}ここに書けるもの: {expected}");
        let finding = self.row.place.error("wrong-value", column, text, &hint);
        self.findings
            .push(finding.english(text_en, format!("{near_en}What may stand here: {expected_en}")));
    }

    /// Keeps a finding about this row.
    pub fn found(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// Of the words that may stand in a cell, the one meant by a word of it that may not.
fn meant<'a>(cell: &str, expected: &'a str) -> Option<&'a str> {
    let words = || expected.split(", ");
    let value = cell.rsplit('=').next().unwrap_or(cell);
    value
        .split([' ', ','])
        .filter(|word| !words().any(|known| known == *word))
        .find_map(|word| near::nearest(word, words()))
}

/// Reads one word as a value that a condition on the fact compares with: of a list, one of its entries.
pub fn value_of(def: &FactDef, word: &str) -> Option<Value> {
    let json = match def.kind {
        FactType::YesNo => match word {
            "yes" | "はい" => serde_json::Value::Bool(true),
            "no" | "いいえ" => serde_json::Value::Bool(false),
            _ => return None,
        },
        FactType::Number => serde_json::Value::Number(word.parse::<i64>().ok()?.into()),
        FactType::Choices => {
            return (def.values.is_empty() || def.values.iter().any(|value| value == word))
                .then(|| Value::Choice(word.to_owned()));
        }
        _ => serde_json::Value::String(word.to_owned()),
    };
    kakanai_rules::parse_value(def, &json).ok()
}

/// Reads a text as the whole value of the fact; entries of a list stand with commas or spaces between.
pub fn whole_value(def: &FactDef, text: &str) -> Option<Value> {
    if def.kind != FactType::Choices {
        return value_of(def, text);
    }
    let ids: Vec<&str> = text.split([',', ' ']).filter(|id| !id.is_empty()).collect();
    kakanai_rules::parse_value(def, &serde_json::json!(ids)).ok()
}

/// What may stand for a value of the fact, in Japanese and English.
pub fn expected_of(def: &FactDef) -> (String, String) {
    let both = |text: &str| (text.to_owned(), text.to_owned());
    match def.kind {
        FactType::YesNo => both("yes, no"),
        FactType::Date => {
            ("日付（YYYY-MM-DD）か @項目".to_owned(), "a date (YYYY-MM-DD) or @fact".to_owned())
        }
        FactType::Number => ("数字".to_owned(), "a number".to_owned()),
        _ if def.values.is_empty() => ("値".to_owned(), "a value".to_owned()),
        _ => both(&def.values.join(", ")),
    }
}
