//! Comparing what was found: values by equality, numbers and days as what they lie between.

use jiff::Span;
use jiff::civil::Date;

use crate::fact::Value;
use crate::pack::{Op, Shift, Unit};
use crate::situation::Found;
use crate::truth::Truth;

/// A value against those of a cell.
pub fn among(found: &Found<'_>, values: &[Value], op: Op) -> Truth {
    match op {
        Op::In => Truth::any(values.iter().map(|value| equals(found, value))),
        Op::NotIn => Truth::any(values.iter().map(|value| equals(found, value))).negate(),
        Op::Starts => Truth::any(values.iter().map(|value| starts(found, value))),
        Op::NotStarts => among(found, values, Op::Starts).negate(),
        Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            let right =
                values.first().and_then(|value| interval(&Found::Value(value), Shift::default()));
            match (interval(found, Shift::default()), right) {
                (Some(left), Some(right)) => compare(left, op, right),
                _ => Truth::Open,
            }
        }
    }
}

/// Compares with what another fact holds: points in order as intervals, anything else as a value.
pub fn between(left: &Found<'_>, op: Op, right: &Found<'_>, shift: Shift) -> Truth {
    match (interval(left, Shift::default()), interval(right, shift), right) {
        (Some(left), Some(right), _) => compare(left, op, right),
        (None, None, Found::Value(value)) => among(left, std::slice::from_ref(value), op),
        _ => Truth::Open,
    }
}

/// A text as it came, never normalised: one written otherwise begins with nothing known.
fn starts(found: &Found<'_>, value: &Value) -> Truth {
    match (found, value) {
        (Found::Value(Value::Text(text)), Value::Text(beginning)) => {
            text.starts_with(beginning).into()
        }
        _ => Truth::Open,
    }
}

fn equals(found: &Found<'_>, value: &Value) -> Truth {
    // The two kinds that most rows compare have no order.
    match (found, value) {
        (Found::Value(Value::YesNo(found)), Value::YesNo(value)) => return (found == value).into(),
        (Found::Value(Value::Choice(found)), Value::Choice(value)) => {
            return (found == value).into();
        }
        _ => {}
    }
    let right = interval(&Found::Value(value), Shift::default());
    match (interval(found, Shift::default()), right, found) {
        (Some(left), Some(right), _) => compare(left, Op::In, right),
        (_, _, Found::Truth(truth)) => match value {
            Value::YesNo(true) => *truth,
            Value::YesNo(false) => truth.negate(),
            _ => Truth::No,
        },
        (_, _, Found::Value(found)) => match (found, value) {
            // A date without a year is somewhere.
            (Value::Date(_), Value::Date(_)) => Truth::Open,
            (Value::Choices(ids), Value::Choice(id)) => ids.contains(id).into(),
            (found, value) => (*found == value).into(),
        },
        _ => Truth::Open,
    }
}

/// Numbers and days as what they lie between; days with time added.
pub fn interval(found: &Found<'_>, shift: Shift) -> Option<(i64, i64)> {
    match found {
        Found::Between(low, high) if shift.is_none() => Some((*low, *high)),
        Found::Between(low, high) => {
            let moved = |day: i64| match date_of(day) {
                Some(date) => add(date, shift).map(day_number),
                // Without a bound on that side there is none after adding either.
                None => Some(day),
            };
            Some((moved(*low)?, moved(*high)?))
        }
        Found::Value(Value::Number(number)) => Some((*number, *number)),
        Found::Value(Value::Date(date)) => {
            let (first, last) = date.range()?;
            let moved = |day: Date| add(day, shift).map(day_number);
            Some((moved(first)?, moved(last)?))
        }
        _ => None,
    }
}

/// Two intervals in order: open where they overlap.
pub fn compare(left: (i64, i64), op: Op, right: (i64, i64)) -> Truth {
    let less = |(low, high): (i64, i64), (other_low, other_high): (i64, i64)| {
        if high < other_low {
            Truth::Yes
        } else if low >= other_high {
            Truth::No
        } else {
            Truth::Open
        }
    };
    match op {
        Op::Less => less(left, right),
        Op::GreaterOrEqual => less(left, right).negate(),
        Op::Greater => less(right, left),
        Op::LessOrEqual => less(right, left).negate(),
        Op::In if left.0 == left.1 && left == right => Truth::Yes,
        Op::In if left.1 < right.0 || right.1 < left.0 => Truth::No,
        Op::In => Truth::Open,
        Op::NotIn => compare(left, Op::In, right).negate(),
        Op::Starts | Op::NotStarts => Truth::Open,
    }
}

/// A day with time added; a day that a shorter month lacks becomes its last.
pub fn add(day: Date, shift: Shift) -> Option<Date> {
    let span = match shift.unit {
        Unit::Days => Span::new().try_days(shift.amount),
        Unit::Months => Span::new().try_months(shift.amount),
        Unit::Years => Span::new().try_years(shift.amount),
    };
    day.checked_add(span.ok()?).ok()
}

/// Days since year 0, for comparing dates as numbers.
pub fn day_number(day: Date) -> i64 {
    const HOURS_PER_DAY: i64 = 24;
    day.duration_since(Date::ZERO).as_hours() / HOURS_PER_DAY
}

/// The day with this number, if it is one.
pub fn date_of(day: i64) -> Option<Date> {
    Date::ZERO.checked_add(Span::new().try_days(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_intervals_are_open() {
        assert_eq!(compare((1, 3), Op::Less, (4, 4)), Truth::Yes);
        assert_eq!(compare((1, 3), Op::Less, (3, 3)), Truth::Open);
        assert_eq!(compare((3, 3), Op::Less, (3, 3)), Truth::No);
        assert_eq!(compare((3, 3), Op::LessOrEqual, (3, 3)), Truth::Yes);
        assert_eq!(compare((4, 5), Op::LessOrEqual, (3, 3)), Truth::No);
        assert_eq!(compare((25, 26), Op::GreaterOrEqual, (20, 20)), Truth::Yes);
        assert_eq!(compare((19, 20), Op::GreaterOrEqual, (20, 20)), Truth::Open);
        for (left, right, same) in [
            ((3, 3), (3, 3), Truth::Yes),
            ((3, 3), (4, 4), Truth::No),
            ((1, 3), (3, 5), Truth::Open),
            ((1, 3), (1, 3), Truth::Open),
            ((1, 3), (4, 5), Truth::No),
        ] {
            assert_eq!(compare(left, Op::In, right), same);
            assert_eq!(compare(right, Op::NotIn, left), same.negate());
        }
    }

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    fn days(amount: i32) -> Shift {
        Shift { amount, unit: Unit::Days }
    }

    #[test]
    fn equality_with_another_fact_knows_unknown_days_and_added_days() {
        for (left, right, added, same) in [
            ("2026-11-20", "2026-11-20", 0, Truth::Yes),
            ("2026-11-20", "2026-11-21", 0, Truth::No),
            ("2026-11-20", "2026-11-13", 7, Truth::Yes),
            ("2026-11-00", "2026-11-20", 0, Truth::Open),
            ("2026-11-00", "2026-11-00", 0, Truth::Open),
            ("2026-11-00", "2026-12-01", 0, Truth::No),
        ] {
            let (left, right) = (date(left), date(right));
            let (left, right) = (Found::Value(&left), Found::Value(&right));
            assert_eq!(between(&left, Op::In, &right, days(added)), same);
            assert_eq!(between(&left, Op::NotIn, &right, days(added)), same.negate());
        }
        let day = date("2026-11-00");
        assert_eq!(equals(&Found::Value(&day), &date("2026-11-20")), Truth::Open);
    }

    #[test]
    fn equality_with_another_fact_compares_what_has_no_order_by_value() {
        let choice = |id: &str| Value::Choice(id.to_owned());
        for (left, right, same) in [
            (choice("kokuho"), choice("kokuho"), Truth::Yes),
            (choice("kokuho"), choice("shaho"), Truth::No),
            (Value::Text("大王　花子".to_owned()), Value::Text("大王　太郎".to_owned()), Truth::No),
            (Value::YesNo(true), Value::YesNo(true), Truth::Yes),
        ] {
            let (left, right) = (Found::Value(&left), Found::Value(&right));
            assert_eq!(between(&left, Op::In, &right, days(0)), same);
            assert_eq!(between(&left, Op::NotIn, &right, days(0)), same.negate());
        }
    }

    #[test]
    fn a_month_ends_where_the_shorter_one_does() {
        for (from, amount, unit, to) in [
            ("2026-01-31", 1, Unit::Months, "2026-02-28"),
            ("2026-08-31", -6, Unit::Months, "2026-02-28"),
            ("2024-02-29", 1, Unit::Years, "2025-02-28"),
            ("2026-11-20", -30, Unit::Days, "2026-10-21"),
        ] {
            let day = add(from.parse().unwrap(), Shift { amount, unit });
            assert_eq!(day, Some(to.parse().unwrap()), "{from} {amount}");
        }
    }
}
