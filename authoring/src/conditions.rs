//! Conditions: three cells each, a fact, a comparison and a value.
//!
//! A value may be another fact of the same type (`@insurance_before`), for dates with time added
//! (`@move_date+14`), or a day of a procedure (`@deadline.juki.tennyu`, `@filed.juki.tennyu`).

use kakanai_rules::pack::{Condition, Op, Operand};
use kakanai_rules::{FactDef, FactType, Value};

use crate::cells::{Cells, expected_of, value_of};
use crate::days::split_shift;
use crate::names::Names;

/// Most conditions a row can carry.
const CONDITIONS_MAX: usize = 5;

const OPS: [(&str, Op); 14] = [
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
    ("starts", Op::Starts),
    ("not starts", Op::NotStarts),
];

impl Cells<'_> {
    /// The conditions of a row, in order.
    pub fn conditions(&mut self, names: &Names<'_>) -> Vec<Condition> {
        (1..=CONDITIONS_MAX).filter_map(|number| self.condition(number, names)).collect()
    }

    fn condition(&mut self, number: usize, names: &Names<'_>) -> Option<Condition> {
        let [fact, op, value] = ["fact", "op", "value"].map(|column| format!("{column}{number}"));
        let Some(name) = self.optional(&fact) else {
            if self.optional(&op).or_else(|| self.optional(&value)).is_some() {
                self.wrong(&fact, "", "項目の名前", "the name of a fact");
            }
            return None;
        };
        let Some(def) = names.fact(&name) else {
            self.unknown_fact(&fact, &name, names);
            return None;
        };
        let read = self.one_of(&op, &OPS, None)?;
        let beginning = matches!(read, Op::Starts | Op::NotStarts);
        let equality =
            matches!(read, Op::In | Op::NotIn) || beginning && def.kind == FactType::Text;
        if !equality && (beginning || !is_ordered(def.kind)) {
            let ops = match def.kind {
                FactType::Text => "is, is not, in, not in, starts, not starts",
                _ => "is, is not, in, not in",
            };
            self.wrong(&op, &self.text(&op), ops, ops);
            return None;
        }
        let operand = self.operand(&value, &def, names)?;
        if let Operand::Values(values) = &operand
            && !equality
            && values.len() != 1
        {
            self.wrong(&value, &self.text(&value), "値を一つだけ", "one value only");
            return None;
        }
        Some(Condition { fact: name, op: read, operand })
    }

    fn operand(&mut self, column: &str, def: &FactDef, names: &Names<'_>) -> Option<Operand> {
        let cell = self.text(column);
        if let Some(reference) = cell.strip_prefix('@') {
            return self.reference(column, &cell, reference, def, names);
        }
        let values: Option<Vec<Value>> =
            cell.split_whitespace().map(|word| value_of(def, word)).collect();
        match values {
            Some(values) if !values.is_empty() => Some(Operand::Values(values)),
            _ => {
                let (expected, expected_en) = expected_of(def);
                self.wrong(column, &cell, &expected, &expected_en);
                None
            }
        }
    }

    fn reference(
        &mut self,
        column: &str,
        cell: &str,
        reference: &str,
        def: &FactDef,
        names: &Names<'_>,
    ) -> Option<Operand> {
        let (name, shift) = split_shift(reference, names);
        let Some(shift) = shift else {
            self.wrong(column, cell, "@項目、@項目+14、@項目-6m", "@fact, @fact+14, @fact-6m");
            return None;
        };
        let kind = if Names::is_procedure_day(name) {
            FactType::Date
        } else if let Some(other) = names.fact(name) {
            other.kind
        } else {
            self.unknown_fact(column, name, names);
            return None;
        };
        if kind != def.kind {
            self.wrong(column, cell, "同じ種類の項目", "a fact of the same type");
            return None;
        }
        if !shift.is_none() && kind != FactType::Date {
            self.wrong(
                column,
                cell,
                "日数を付けない @項目（足せるのは日付だけ）",
                "@fact without time added (only dates take it)",
            );
            return None;
        }
        Some(Operand::Fact { fact: name.to_owned(), shift })
    }
}

/// Whether values of this type can be smaller and larger.
pub fn is_ordered(kind: FactType) -> bool {
    matches!(kind, FactType::Date | FactType::Number)
}
