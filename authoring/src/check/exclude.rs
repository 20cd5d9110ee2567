//! Whether the conditions of two rows visibly exclude each other, so that both can never hold at once.

use kakanai_rules::pack::{Condition, Op, Operand};
use kakanai_rules::{FactType, Value, Vocabulary};

/// Whether one condition of `left` and one of `right` can never hold together.
pub fn exclude(left: &[Condition], right: &[Condition], vocabulary: &Vocabulary) -> bool {
    left.iter().any(|left| {
        right.iter().any(|right| left.fact == right.fact && disjoint(left, right, vocabulary))
    })
}

fn disjoint(left: &Condition, right: &Condition, vocabulary: &Vocabulary) -> bool {
    // A list may contain what the one row and what the other row names.
    let list = vocabulary.get(&left.fact).is_some_and(|def| def.kind == FactType::Choices);
    match (&left.operand, &right.operand) {
        (Operand::Values(these), Operand::Values(those)) => match (left.op, right.op) {
            (Op::In, Op::In) => !list && !these.iter().any(|value| those.contains(value)),
            (Op::In, Op::NotIn) => these.iter().all(|value| those.contains(value)),
            (Op::NotIn, Op::In) => those.iter().all(|value| these.contains(value)),
            (Op::Starts, Op::Starts) => !these
                .iter()
                .any(|one| those.iter().any(|other| begins(one, other) || begins(other, one))),
            _ => apart(range(left, these), range(right, those)),
        },
        // Against the same day or fact, the signs alone tell.
        (these, those) => these == those && opposed(left.op, right.op),
    }
}

fn opposed(left: Op, right: Op) -> bool {
    use Op::{Greater, GreaterOrEqual, In, Less, LessOrEqual, NotIn, NotStarts, Starts};
    let one_way = |left, right| {
        matches!(
            (left, right),
            (In, NotIn | Less | Greater)
                | (Less, Greater | GreaterOrEqual)
                | (Starts, NotStarts)
                | (LessOrEqual, Greater)
        )
    };
    one_way(left, right) || one_way(right, left)
}

fn begins(text: &Value, beginning: &Value) -> bool {
    matches!((text, beginning), (Value::Text(text), Value::Text(beginning)) if text.starts_with(beginning))
}

/// The span of a condition on numbers or full days; open sides are the ends of all numbers.
fn range(condition: &Condition, values: &[Value]) -> Option<(i64, i64)> {
    let numbers: Vec<i64> = values.iter().map(ordinal).collect::<Option<_>>()?;
    let (least, most) = (*numbers.iter().min()?, *numbers.iter().max()?);
    match condition.op {
        Op::In => Some((least, most)),
        Op::NotIn | Op::Starts | Op::NotStarts => None,
        Op::Less => Some((i64::MIN, most.saturating_sub(1))),
        Op::LessOrEqual => Some((i64::MIN, most)),
        Op::Greater => Some((least.saturating_add(1), i64::MAX)),
        Op::GreaterOrEqual => Some((least, i64::MAX)),
    }
}

fn ordinal(value: &Value) -> Option<i64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Date(date) => {
            let day = date.full()?;
            let first = jiff::civil::Date::new(1, 1, 1).ok()?;
            Some(i64::from(day.since(first).ok()?.get_days()))
        }
        _ => None,
    }
}

fn apart(left: Option<(i64, i64)>, right: Option<(i64, i64)>) -> bool {
    left.zip(right).is_some_and(|(left, right)| left.1 < right.0 || right.1 < left.0)
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use kakanai_rules::pack::Shift;

    use super::*;

    fn choices(fact: &str, op: Op, values: &[&str]) -> Condition {
        let values = values.iter().map(|value| Value::Choice((*value).to_owned())).collect();
        Condition { fact: fact.to_owned(), op, operand: Operand::Values(values) }
    }

    fn number(op: Op, number: i64) -> Condition {
        let operand = Operand::Values(vec![Value::Number(number)]);
        Condition { fact: "age".to_owned(), op, operand }
    }

    fn day(op: Op, day: &str) -> Condition {
        let operand = Operand::Values(vec![Value::Date(day.parse().unwrap())]);
        Condition { fact: "move_date".to_owned(), op, operand }
    }

    fn against(op: Op, fact: &str) -> Condition {
        let operand = Operand::Fact { fact: fact.to_owned(), shift: Shift::default() };
        Condition { fact: "move_date".to_owned(), op, operand }
    }

    #[test]
    fn rows_exclude_each_other_where_one_fact_cannot_be_both() {
        use Op::{Greater, GreaterOrEqual, In, Less, LessOrEqual, NotIn};
        let vocabulary = Vocabulary::new(&[], []);
        for (left, right, expected) in [
            (choices("from", In, &["abroad"]), choices("from", NotIn, &["abroad"]), true),
            (choices("from", In, &["abroad"]), choices("from", In, &["same_pref"]), true),
            (
                choices("from", In, &["abroad", "same_pref"]),
                choices("from", In, &["same_pref"]),
                false,
            ),
            (choices("from", NotIn, &["abroad"]), choices("from", NotIn, &["same_pref"]), false),
            (choices("from", In, &["abroad"]), choices("to", In, &["same_pref"]), false),
            (
                choices("certificates", In, &["inkan"]),
                choices("certificates", In, &["kazei"]),
                false,
            ),
            (
                choices("certificates", In, &["inkan"]),
                choices("certificates", NotIn, &["inkan"]),
                true,
            ),
            (number(Less, 20), number(GreaterOrEqual, 20), true),
            (number(LessOrEqual, 20), number(GreaterOrEqual, 20), false),
            (number(In, 3), number(Greater, 3), true),
            (day(Less, "2026-04-01"), day(GreaterOrEqual, "2026-04-01"), true),
            (day(LessOrEqual, "2026-04-01"), day(GreaterOrEqual, "2026-04-01"), false),
            (against(LessOrEqual, "counter_date"), against(Greater, "counter_date"), true),
            (against(LessOrEqual, "counter_date"), against(Greater, "planned_out_date"), false),
        ] {
            let found = exclude(from_ref(&left), from_ref(&right), &vocabulary);
            assert_eq!(found, expected, "{left:?} {right:?}");
            assert_eq!(exclude(from_ref(&right), from_ref(&left), &vocabulary), expected);
        }
    }
}
