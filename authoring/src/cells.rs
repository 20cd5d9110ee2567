//! Cells: what an official types, read as what the engine needs.
//!
//! Conditions are three cells: a fact, a comparison, a value. Yes and no may be written はい/いいえ; several values
//! stand with spaces between; `@move_date+14` is another fact with days added, `@deadline.juki.tennyu` the last
//! day of another procedure.

use kakanai_rules::pack::{Condition, Dated, Op, Operand};
use kakanai_rules::{FactDef, FactType, Value, Vocabulary};
use kakanai_text::PartialDate;

use crate::finding::Finding;
use crate::sheet::Row;

/// Most conditions a row can carry.
pub const CONDITIONS_MAX: usize = 5;

/// Reads typed cells of one row and keeps the faults.
pub struct Cells<'a> {
    row: &'a Row,
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

    /// The value that `choices` gives for the cell; the first one when the cell is empty and `default` says so.
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
            let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
            self.wrong(column, cell, &names.join(", "));
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
            self.wrong(column, cell, "数字");
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
            self.wrong(column, cell, "日付（YYYY-MM-DD）");
        }
        date
    }

    pub fn dated(&mut self, vocabulary: &Vocabulary) -> Dated {
        let date_by = self.optional("date_by");
        if let Some(fact) = &date_by {
            self.date_fact("date_by", fact, vocabulary);
        }
        Dated { date_by, from: self.date("from"), until: self.date("until") }
    }

    /// Checks that a cell names a date fact.
    pub fn date_fact(&mut self, column: &str, fact: &str, vocabulary: &Vocabulary) {
        match vocabulary.get(fact) {
            None => self.unknown_fact(column, fact),
            Some(def) if def.kind != FactType::Date => self.wrong(column, fact, "日付の項目"),
            Some(_) => {}
        }
    }

    pub fn unknown_fact(&mut self, column: &str, fact: &str) {
        self.findings.push(self.row.place.error(
            "unknown-fact",
            column,
            format!("「{fact}」という項目は語彙にもこのパックにもありません。"),
            "つづりを確かめるか、facts 表に加えてください。",
        ));
    }

    pub fn wrong(&mut self, column: &str, cell: &str, expected: &str) {
        self.findings.push(self.row.place.error(
            "wrong-value",
            column,
            format!("「{cell}」は使えません。"),
            &format!("ここに書けるもの: {expected}"),
        ));
    }

    /// The conditions of a row, in order.
    pub fn conditions(&mut self, vocabulary: &Vocabulary) -> Vec<Condition> {
        let mut conditions = Vec::new();
        for number in 1..=CONDITIONS_MAX {
            let (fact, op, value) =
                (format!("fact{number}"), format!("op{number}"), format!("value{number}"));
            let name = self.text(&fact);
            if name.is_empty() {
                if !self.row.cell(&op).is_empty() || !self.row.cell(&value).is_empty() {
                    self.wrong(&fact, "", "項目の名前");
                }
                continue;
            }
            let Some(def) = definition(vocabulary, &name) else {
                self.unknown_fact(&fact, &name);
                continue;
            };
            let ops = [
                ("is", Op::In),
                ("in", Op::In),
                ("=", Op::In),
                ("is not", Op::NotIn),
                ("not in", Op::NotIn),
                ("≠", Op::NotIn),
                ("<", Op::Less),
                ("<=", Op::LessOrEqual),
                ("≤", Op::LessOrEqual),
                (">", Op::Greater),
                (">=", Op::GreaterOrEqual),
                ("≥", Op::GreaterOrEqual),
            ];
            let Some(op_read) = self.one_of(&op, &ops, None) else { continue };
            let ordered = matches!(def.kind, FactType::Date | FactType::Number);
            if !ordered && !matches!(op_read, Op::In | Op::NotIn) {
                self.wrong(&op, self.row.cell(&op), "is, is not, in, not in");
                continue;
            }
            if let Some(operand) = self.operand(&value, &def, vocabulary) {
                conditions.push(Condition { fact: name, op: op_read, operand });
            }
        }
        conditions
    }

    fn operand(&mut self, column: &str, def: &FactDef, vocabulary: &Vocabulary) -> Option<Operand> {
        let cell = self.row.cell(column);
        if let Some(procedure) = cell.strip_prefix("@deadline.") {
            if def.kind != FactType::Date {
                self.wrong(column, cell, "値（@deadline は日付の項目だけ）");
                return None;
            }
            return Some(Operand::Deadline { procedure: procedure.to_owned() });
        }
        if let Some(reference) = cell.strip_prefix('@') {
            let (fact, days) = split_days(reference);
            let Some(plus_days) = days else {
                self.wrong(column, cell, "@項目+日数");
                return None;
            };
            match definition(vocabulary, fact) {
                None => {
                    self.unknown_fact(column, fact);
                    return None;
                }
                Some(other) if other.kind != def.kind => {
                    self.wrong(column, cell, "同じ種類の項目");
                    return None;
                }
                Some(_) if plus_days != 0 && def.kind != FactType::Date => {
                    self.wrong(column, cell, "日数を付けない @項目（足せるのは日付だけ）");
                    return None;
                }
                Some(_) => {}
            }
            return Some(Operand::Fact { fact: fact.to_owned(), plus_days });
        }
        let values: Option<Vec<Value>> =
            cell.split_whitespace().map(|word| value_of(def, word)).collect();
        match values {
            Some(values) if !values.is_empty() => Some(Operand::Values(values)),
            _ => {
                let expected = match def.kind {
                    FactType::YesNo => "yes, no".to_owned(),
                    FactType::Date => "日付（YYYY-MM-DD）か @項目".to_owned(),
                    FactType::Number => "数字".to_owned(),
                    _ if def.values.is_empty() => "値".to_owned(),
                    _ => def.values.join(", "),
                };
                self.wrong(column, cell, &expected);
                None
            }
        }
    }
}

/// A fact's definition; ages are numbers that follow from the birth date.
pub fn definition(vocabulary: &Vocabulary, fact: &str) -> Option<FactDef> {
    if let Some(def) = vocabulary.get(fact) {
        return Some(def.clone());
    }
    kakanai_rules::derived_from(fact).map(|_| FactDef {
        id: fact.to_owned(),
        subject: kakanai_rules::SubjectKind::Person,
        kind: FactType::Number,
        values: Vec::new(),
        sensitivity: kakanai_rules::Sensitivity::Plain,
    })
}

/// Reads one word of a cell as a value of the fact.
pub fn value_of(def: &FactDef, word: &str) -> Option<Value> {
    let json = match def.kind {
        FactType::YesNo => match word {
            "yes" | "はい" => serde_json::Value::Bool(true),
            "no" | "いいえ" => serde_json::Value::Bool(false),
            _ => return None,
        },
        FactType::Number => serde_json::Value::Number(word.parse::<i64>().ok()?.into()),
        FactType::Choices => {
            return def
                .values
                .iter()
                .any(|value| value == word)
                .then(|| Value::Choice(word.to_owned()));
        }
        _ => serde_json::Value::String(word.to_owned()),
    };
    kakanai_rules::parse_value(def, &json).ok()
}

fn split_days(reference: &str) -> (&str, Option<i32>) {
    match reference.find(['+', '-']) {
        None => (reference, Some(0)),
        Some(at) => {
            let (fact, days) = reference.split_at(at);
            (fact, days.parse().ok())
        }
    }
}
