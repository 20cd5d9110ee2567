//! Deadlines as data: which fact starts the clock, how days are counted, what a closed day does.

use jiff::civil::Date;

use crate::compare::{add, day_number, interval};
use crate::fact::Value;
use crate::index::{Day, Deadline, FactIx, Procedure};
use crate::pack::{Shift, Unit};
use crate::situation::{Found, Scope, Situation};
use crate::truth::Truth;

/// The days of one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Last day, moved on from a closed day.
    pub last: Date,
    /// Last day as counted.
    pub last_raw: Date,
}

/// What can be said about a last day.
#[derive(Debug, Clone, Default)]
pub struct LastDay {
    /// The earliest of the clocks that can be counted.
    pub days: Option<Days>,
    /// A clock that cannot be counted yet runs beside, or another row could count instead.
    open: bool,
    /// Some row counts.
    any: bool,
    /// Another row could count instead of this one.
    instead: bool,
    /// Facts that are missing to count, with the person they are about.
    pub needs: Vec<(FactIx, Option<usize>)>,
    /// Rows whose conditions are open: places among the procedure's deadlines.
    pub undecided: Vec<usize>,
}

impl LastDay {
    /// What the last day lies between, as day numbers; `None` while nothing can be said.
    pub fn bounds(&self) -> Option<(i64, i64)> {
        match (self.days, self.open) {
            (Some(days), false) => Some((day_number(days.last), day_number(days.last))),
            // A clock not counted yet can only bring the last day forward, another row anything.
            (Some(days), true) if !self.instead => Some((i64::MIN, day_number(days.last))),
            (_, true) => None,
            // Without any deadline the last day never comes.
            (None, false) => Some((i64::MAX, i64::MAX)),
        }
    }

    /// The days to show: none while another row could still count instead.
    pub fn shown(&self) -> Option<Days> {
        self.days.filter(|_| !self.instead)
    }

    fn take(&mut self, other: LastDay) {
        if let Some(days) = other.days {
            self.earliest(days);
        }
        self.open |= other.open;
        self.any |= other.any;
        self.instead |= other.instead;
        self.needs.extend(other.needs);
        self.undecided.extend(other.undecided);
    }

    fn earliest(&mut self, days: Days) {
        // What counts is the day at the office: a Saturday that moves on can end after the Sunday that stays.
        let ends = |days: Days| (days.last, days.last_raw);
        if self.days.is_none_or(|found| ends(days) < ends(found)) {
            self.days = Some(days);
        }
    }
}

/// The last day of the procedure at `place` for a person or the case.
pub fn of(situation: &Situation<'_>, place: usize, person: Option<usize>) -> LastDay {
    match situation.index.procedures.get(place) {
        Some(procedure) => last_day(situation, procedure, person),
        None => LastDay::default(),
    }
}

/// The last day for everybody a household procedure is for: the earliest.
pub fn of_people(
    situation: &Situation<'_>,
    procedure: &Procedure<'_>,
    people: &[usize],
) -> LastDay {
    let mut last = LastDay::default();
    for &person in people {
        last.take(last_day(situation, procedure, Some(person)));
    }
    last
}

fn last_day(
    situation: &Situation<'_>,
    procedure: &Procedure<'_>,
    person: Option<usize>,
) -> LastDay {
    let mut last = LastDay::default();
    for (place, row) in procedure.deadlines.iter().enumerate() {
        let Some(start) = &row.start else { continue };
        match situation.when(&row.when, &row.row.dated, Scope::of(person)) {
            Truth::No => continue,
            Truth::Open => {
                last.open = true;
                last.instead |= !row.together;
                last.undecided.push(place);
                continue;
            }
            Truth::Yes => last.any = true,
        }
        match started(situation, row, start, person) {
            Ok(start) => match count(situation, row, start) {
                Some(days) => last.earliest(days),
                None => last.open = true,
            },
            Err(fact) => {
                last.open = true;
                last.needs.push((fact, person));
            }
        }
    }
    last
}

/// The first day on which a procedure can be done, if that lies after the day at the counter.
pub fn not_before(
    situation: &Situation<'_>,
    procedure: &Procedure<'_>,
    person: Option<usize>,
) -> Option<Date> {
    procedure
        .deadlines
        .iter()
        .filter(|row| situation.when(&row.when, &row.row.dated, Scope::of(person)) == Truth::Yes)
        .filter_map(|row| day(situation, row.not_before.as_ref()?, person).ok())
        .max()
        .filter(|day| *day > situation.on)
}

fn started(
    situation: &Situation<'_>,
    row: &Deadline<'_>,
    start: &Day,
    person: Option<usize>,
) -> Result<Date, FactIx> {
    let asked = !matches!(situation.find(start.fact, person), Found::Missing);
    match (day(situation, start, person), &row.fallback) {
        (Err(_), Some(fallback)) if asked => day(situation, fallback, person),
        (found, _) => found,
    }
}

fn day(situation: &Situation<'_>, day: &Day, person: Option<usize>) -> Result<Date, FactIx> {
    let found = situation.find(day.fact, person);
    if let Found::Value(Value::Date(stated)) = found
        && day.shift.is_none()
    {
        return stated.full().ok_or(day.fact);
    }
    match interval(&found, day.shift) {
        Some((first, last)) if first == last => crate::compare::date_of(first).ok_or(day.fact),
        _ => Err(day.fact),
    }
}

fn count(situation: &Situation<'_>, row: &Deadline<'_>, start: Date) -> Option<Days> {
    let last_raw = ends(start, row.row.length, row.row.first_day_counts)?;
    let mut last = last_raw;
    if row.row.moves_from_closed_day {
        // No run of closed days is as long as this; the bound keeps a wrong pack from looping.
        for _ in 0..60 {
            if !situation.index.is_closed(last) {
                break;
            }
            last = last.tomorrow().ok()?;
        }
    }
    Some(Days { last, last_raw })
}

/// The last day of a period (民法140条, 143条): months and years end on the day before the one that corresponds to
/// their first day, or on the last day of a month that lacks it. A negative length lies before `start`.
fn ends(start: Date, length: Shift, first_day_counts: bool) -> Option<Date> {
    if length.amount < 0 || length.unit == Unit::Days {
        let counted = i32::from(length.amount > 0 && first_day_counts);
        return add(start, Shift { amount: length.amount - counted, unit: length.unit });
    }
    let first = if first_day_counts { start } else { start.tomorrow().ok()? };
    let corresponding = add(first, length)?;
    if corresponding.day() == first.day() {
        corresponding.yesterday().ok()
    } else {
        Some(corresponding)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_ends_as_the_civil_code_says() {
        let days = |amount| Shift { amount, unit: Unit::Days };
        let months = |amount| Shift { amount, unit: Unit::Months };
        let years = |amount| Shift { amount, unit: Unit::Years };
        for (start, length, counted, last) in [
            ("2026-06-03", days(14), false, "2026-06-17"),
            ("2026-06-02", days(14), true, "2026-06-15"),
            ("2026-06-03", days(-1), false, "2026-06-02"),
            ("2026-06-03", days(0), false, "2026-06-03"),
            ("2026-01-30", months(1), false, "2026-02-28"),
            ("2026-02-28", months(1), false, "2026-03-31"),
            ("2026-06-15", months(2), false, "2026-08-15"),
            ("2026-06-15", years(1), true, "2027-06-14"),
            ("2024-02-29", years(1), true, "2025-02-28"),
            ("2026-06-15", months(-6), false, "2025-12-15"),
        ] {
            let ends = ends(start.parse().unwrap(), length, counted);
            assert_eq!(ends, Some(last.parse().unwrap()), "{start} {length:?} {counted}");
        }
    }
}
