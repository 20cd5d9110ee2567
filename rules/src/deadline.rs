//! Deadlines as data: which fact starts the clock, how days are counted, what a closed day does.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

use crate::condition::{Found, Need, Situation};
use crate::pack::{DeadlineRow, Pack};
use crate::truth::Truth;

/// The days of one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Last day, moved on from a closed day.
    pub last: Date,
    /// Last day as counted.
    pub last_raw: Date,
}

/// The deadline of a procedure, with what is missing to count it.
pub fn of(
    situation: &Situation<'_>,
    procedure: &str,
    person: Option<&str>,
) -> (Option<Days>, Vec<Need>) {
    let mut earliest: Option<Days> = None;
    let mut needs = Vec::new();
    for row in situation.pack.deadlines.iter().filter(|row| row.procedure == procedure) {
        let (counts, missing) = situation.counts(&row.dated, person);
        needs.extend(missing);
        if counts != Truth::Yes {
            continue;
        }
        match start(situation, row, person) {
            Ok(start) => {
                if let Some(days) = count(situation.pack, row, start)
                    && earliest.is_none_or(|found| days.last_raw < found.last_raw)
                {
                    earliest = Some(days);
                }
            }
            Err(need) => needs.push(need),
        }
    }
    (earliest, needs)
}

/// The first day on which a procedure can be done, if that lies after `on`.
pub fn not_before(
    situation: &Situation<'_>,
    procedure: &str,
    person: Option<&str>,
) -> Option<Date> {
    situation
        .pack
        .deadlines
        .iter()
        .filter(|row| row.procedure == procedure)
        .filter_map(|row| situation.day(row.not_before.as_deref()?, person).ok())
        .max()
        .filter(|day| *day > situation.on)
}

fn start(situation: &Situation<'_>, row: &DeadlineRow, person: Option<&str>) -> Result<Date, Need> {
    let asked = !matches!(situation.find(&row.start, person), Found::Missing(_));
    match (situation.day(&row.start, person), &row.fallback) {
        (Err(_), Some(fallback)) if asked => situation.day(fallback, person),
        (found, _) => found,
    }
}

fn count(pack: &Pack, row: &DeadlineRow, start: Date) -> Option<Days> {
    let days = i32::from(row.days) - i32::from(row.first_day_counts);
    let last_raw = start.checked_add(days.days()).ok()?;
    let mut last = last_raw;
    if row.moves_from_closed_day {
        // No run of closed days is as long as this; the bound keeps a wrong pack from looping.
        for _ in 0..60 {
            if !is_closed(pack, last) {
                break;
            }
            last = last.tomorrow().ok()?;
        }
    }
    Some(Days { last, last_raw })
}

fn is_closed(pack: &Pack, day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
        || pack.closed_days.iter().any(|closed| {
            closed.date.year().is_none_or(|year| year == day.year())
                && closed.date.month() == Some(day.month())
                && closed.date.day() == Some(day.day())
        })
}
