//! Conditions and rule rows over partly known facts.
//!
//! A look-up has three outcomes as well: a value, nothing yet (may be asked), and nothing that asking could
//! change (the person did not know or would not say).

use jiff::ToSpan;
use jiff::civil::Date;
use kakanai_text::PartialDate;

use crate::deadline;
use crate::derived;
use crate::fact::{Answer, FactSet, Subject, Value};
use crate::pack::{Condition, Dated, Op, Operand, Pack};
use crate::truth::Truth;
use crate::vocabulary::{SubjectKind, Vocabulary};

/// The fact id under which an incomplete household is missing.
pub const PEOPLE: &str = "people";

/// One case on one day, seen through a pack.
pub struct Situation<'a> {
    pub pack: &'a Pack,
    pub vocabulary: &'a Vocabulary,
    pub facts: &'a FactSet,
    pub on: Date,
}

/// A fact that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Need {
    pub subject: Subject,
    pub fact: String,
}

/// What a look-up found.
pub enum Found<'a> {
    Value(std::borrow::Cow<'a, Value>),
    Between(i64, i64),
    Missing(Need),
    NotSaid(Need),
}

/// A condition with its value and what is missing for it.
pub struct Weighed<'a> {
    pub condition: &'a Condition,
    pub truth: Truth,
    pub needs: Vec<Need>,
    /// The person was asked and gave no value, or gave an incomplete date: asking again changes nothing.
    pub settled_open: bool,
}

impl<'a> Situation<'a> {
    /// The subject that a fact of a rule row is about; `None` when it is about a person and none is meant.
    pub fn subject_of(&self, fact: &str, person: Option<&str>) -> Option<Subject> {
        let fact = derived::base_of(fact).unwrap_or(fact);
        match self.vocabulary.get(fact)?.subject {
            SubjectKind::Case => Some(Subject::Case),
            SubjectKind::Person => person.map(|id| Subject::Person(id.to_owned())),
        }
    }

    /// Whether a condition of these is about a person.
    pub fn about_person(&self, conditions: &[Condition]) -> bool {
        conditions.iter().any(|condition| {
            let fact = derived::base_of(&condition.fact).unwrap_or(&condition.fact);
            self.vocabulary.get(fact).is_some_and(|def| def.subject == SubjectKind::Person)
        })
    }

    /// Looks a fact up.
    pub fn find(&self, fact: &str, person: Option<&str>) -> Found<'a> {
        if fact == "counter_date" {
            return Found::Value(std::borrow::Cow::Owned(Value::Date(self.on.into())));
        }
        let base = derived::base_of(fact);
        let id = base.unwrap_or(fact);
        let subject = self.subject_of(fact, person).unwrap_or(Subject::Case);
        let need = Need { subject, fact: id.to_owned() };
        match self.facts.get(&need.subject, id).map(|fact| &fact.answer) {
            None => Found::Missing(need),
            Some(Answer::Unknown | Answer::Declined) => Found::NotSaid(need),
            Some(Answer::Known(Value::Date(birth))) if base.is_some() => {
                match derived::range(fact, *birth, self.on) {
                    Some((low, high)) => Found::Between(low, high),
                    None => Found::NotSaid(need),
                }
            }
            Some(Answer::Known(value)) => Found::Value(std::borrow::Cow::Borrowed(value)),
        }
    }

    /// Weighs one condition for a person (or for the case).
    pub fn weigh<'c>(&self, condition: &'c Condition, person: Option<&str>) -> Weighed<'c> {
        let open = |needs: Vec<Need>, settled_open: bool| Weighed {
            condition,
            truth: Truth::Open,
            needs,
            settled_open,
        };
        let about = |fact: &str| self.need(fact, person);
        // What is known and still leaves the condition open is a date with unknown parts.
        let decided = |truth: Truth, facts: &[&str]| Weighed {
            condition,
            truth,
            needs: if truth == Truth::Open {
                facts.iter().map(|fact| about(fact)).collect()
            } else {
                Vec::new()
            },
            settled_open: truth == Truth::Open,
        };
        let found = match self.find(&condition.fact, person) {
            Found::Missing(need) => return open(vec![need], false),
            Found::NotSaid(need) => return open(vec![need], true),
            found => found,
        };
        match &condition.operand {
            Operand::Values(values) => {
                let mut truth = compare_values(&found, condition.op, values);
                if condition.fact == "event"
                    && condition.op == Op::In
                    && let also @ Found::Value(_) = self.find("also_events", None)
                {
                    truth = truth.or(compare_values(&also, Op::In, values));
                }
                decided(truth, &[&condition.fact])
            }
            Operand::Fact { fact, plus_days } => match self.find(fact, person) {
                Found::Missing(need) => open(vec![need], false),
                Found::NotSaid(need) => open(vec![need], true),
                other => {
                    let truth = compare_found(&found, condition.op, &other, *plus_days);
                    let spread = |found: &Found<'_>| {
                        interval(found, 0).is_none_or(|(low, high)| low != high)
                    };
                    let mut incomplete: Vec<&str> = Vec::new();
                    incomplete.extend(spread(&found).then_some(condition.fact.as_str()));
                    incomplete.extend(spread(&other).then_some(fact.as_str()));
                    decided(truth, &incomplete)
                }
            },
            Operand::Deadline { procedure } => {
                let (days, needs) = deadline::of(self, procedure, person);
                let last = days.map(|days| day_number(days.last));
                match (interval(&found, 0), last) {
                    (Some(left), Some(last)) => {
                        // A row that cannot be counted yet can only bring the last day forward.
                        let first = if needs.is_empty() { last } else { i64::MIN };
                        match compare_intervals(left, condition.op, (first, last)) {
                            Truth::Open => open(needs, false),
                            truth => decided(truth, &[]),
                        }
                    }
                    _ => open(needs, false),
                }
            }
        }
    }

    /// Whether a dated row counts on its day.
    pub fn counts(&self, dated: &Dated, person: Option<&str>) -> (Truth, Vec<Need>) {
        if dated.from.is_none() && dated.until.is_none() {
            return (Truth::Yes, Vec::new());
        }
        let fact = dated.date_by.as_deref().unwrap_or("counter_date");
        let found = match self.find(fact, person) {
            Found::Missing(need) | Found::NotSaid(need) => return (Truth::Open, vec![need]),
            found => found,
        };
        let Some(day) = interval(&found, 0) else { return (Truth::Open, Vec::new()) };
        let bound = |date: Option<PartialDate>| date.and_then(PartialDate::full).map(day_number);
        let after = bound(dated.from)
            .map_or(Truth::Yes, |from| compare_intervals(day, Op::GreaterOrEqual, (from, from)));
        let before = bound(dated.until)
            .map_or(Truth::Yes, |until| compare_intervals(day, Op::LessOrEqual, (until, until)));
        (after.and(before), Vec::new())
    }

    /// A person's or case's full date, or what is missing for it.
    pub fn day(&self, fact: &str, person: Option<&str>) -> Result<Date, Need> {
        let found = match self.find(fact, person) {
            Found::Value(value) => match value.as_ref() {
                Value::Date(date) => date.full(),
                _ => None,
            },
            Found::Missing(_) | Found::NotSaid(_) | Found::Between(..) => None,
        };
        found.ok_or_else(|| self.need(fact, person))
    }

    fn need(&self, fact: &str, person: Option<&str>) -> Need {
        let subject = self.subject_of(fact, person).unwrap_or(Subject::Case);
        Need { subject, fact: derived::base_of(fact).unwrap_or(fact).to_owned() }
    }
}

fn compare_values(found: &Found<'_>, op: Op, values: &[Value]) -> Truth {
    match op {
        Op::In => Truth::any(values.iter().map(|value| equals(found, value))),
        Op::NotIn => Truth::any(values.iter().map(|value| equals(found, value))).negate(),
        Op::Less | Op::LessOrEqual | Op::Greater | Op::GreaterOrEqual => {
            let right = values
                .first()
                .and_then(|value| interval(&Found::Value(std::borrow::Cow::Borrowed(value)), 0));
            match (interval(found, 0), right) {
                (Some(left), Some(right)) => compare_intervals(left, op, right),
                _ => Truth::Open,
            }
        }
    }
}

/// Compares with what another fact holds: points in order as intervals, anything else as a value.
fn compare_found(left: &Found<'_>, op: Op, right: &Found<'_>, plus_days: i32) -> Truth {
    match (interval(left, 0), interval(right, plus_days), right) {
        (Some(left), Some(right), _) => compare_intervals(left, op, right),
        (None, None, Found::Value(value)) => compare_values(left, op, std::slice::from_ref(value)),
        _ => Truth::Open,
    }
}

fn equals(found: &Found<'_>, value: &Value) -> Truth {
    let right = interval(&Found::Value(std::borrow::Cow::Borrowed(value)), 0);
    match (interval(found, 0), right, found) {
        (Some(left), Some(right), _) => compare_intervals(left, Op::In, right),
        (_, _, Found::Value(found)) => match (found.as_ref(), value) {
            // A date without a year is somewhere.
            (Value::Date(_), Value::Date(_)) => Truth::Open,
            (Value::Choices(ids), Value::Choice(id)) => ids.contains(id).into(),
            (found, value) => (found == value).into(),
        },
        _ => Truth::Open,
    }
}

fn interval(found: &Found<'_>, plus_days: i32) -> Option<(i64, i64)> {
    match found {
        Found::Between(low, high) => Some((*low, *high)),
        Found::Value(value) => match value.as_ref() {
            Value::Number(number) => Some((*number, *number)),
            Value::Date(date) => {
                let (first, last) = date.range()?;
                let shift = |day: Date| day.checked_add(plus_days.days()).ok().map(day_number);
                Some((shift(first)?, shift(last)?))
            }
            _ => None,
        },
        Found::Missing(_) | Found::NotSaid(_) => None,
    }
}

fn compare_intervals(left: (i64, i64), op: Op, right: (i64, i64)) -> Truth {
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
        Op::NotIn => compare_intervals(left, Op::In, right).negate(),
    }
}

/// Days since year 0, for comparing dates as numbers.
fn day_number(day: Date) -> i64 {
    i64::from((day - Date::ZERO).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_intervals_are_open() {
        assert_eq!(compare_intervals((1, 3), Op::Less, (4, 4)), Truth::Yes);
        assert_eq!(compare_intervals((1, 3), Op::Less, (3, 3)), Truth::Open);
        assert_eq!(compare_intervals((3, 3), Op::Less, (3, 3)), Truth::No);
        assert_eq!(compare_intervals((3, 3), Op::LessOrEqual, (3, 3)), Truth::Yes);
        assert_eq!(compare_intervals((4, 5), Op::LessOrEqual, (3, 3)), Truth::No);
        assert_eq!(compare_intervals((25, 26), Op::GreaterOrEqual, (20, 20)), Truth::Yes);
        assert_eq!(compare_intervals((19, 20), Op::GreaterOrEqual, (20, 20)), Truth::Open);
        for (left, right, same) in [
            ((3, 3), (3, 3), Truth::Yes),
            ((3, 3), (4, 4), Truth::No),
            ((1, 3), (3, 5), Truth::Open),
            ((1, 3), (1, 3), Truth::Open),
            ((1, 3), (4, 5), Truth::No),
        ] {
            assert_eq!(compare_intervals(left, Op::In, right), same);
            assert_eq!(compare_intervals(right, Op::NotIn, left), same.negate());
        }
    }

    fn date(text: &str) -> Found<'static> {
        Found::Value(std::borrow::Cow::Owned(Value::Date(text.parse().unwrap())))
    }

    fn other(value: Value) -> Found<'static> {
        Found::Value(std::borrow::Cow::Owned(value))
    }

    #[test]
    fn equality_with_another_fact_knows_unknown_days_and_added_days() {
        for (left, right, days, same) in [
            ("2026-11-20", "2026-11-20", 0, Truth::Yes),
            ("2026-11-20", "2026-11-21", 0, Truth::No),
            ("2026-11-20", "2026-11-13", 7, Truth::Yes),
            ("2026-11-00", "2026-11-20", 0, Truth::Open),
            ("2026-11-00", "2026-11-00", 0, Truth::Open),
            ("2026-11-00", "2026-12-01", 0, Truth::No),
        ] {
            let (left, right) = (date(left), date(right));
            assert_eq!(compare_found(&left, Op::In, &right, days), same);
            assert_eq!(compare_found(&left, Op::NotIn, &right, days), same.negate());
        }
        assert_eq!(
            equals(&date("2026-11-00"), &Value::Date("2026-11-20".parse().unwrap())),
            Truth::Open
        );
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
            let (left, right) = (other(left), other(right));
            assert_eq!(compare_found(&left, Op::In, &right, 0), same);
            assert_eq!(compare_found(&left, Op::NotIn, &right, 0), same.negate());
        }
    }
}
