//! Days in a pack: when a row counts, how a deadline is counted, when the office is closed.

use jiff::civil::Date;
use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use super::Condition;

/// When a row counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date fact by which the row is chosen; `None` = `counter_date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_by: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
}

impl Dated {
    /// Whether `on` lies within the row's days, whatever date it is chosen by.
    pub fn holds_on(&self, on: Date) -> bool {
        let full = |date: Option<PartialDate>| date.and_then(PartialDate::full);
        full(self.from).is_none_or(|from| from <= on)
            && full(self.until).is_none_or(|until| on <= until)
    }
}

/// Time added to a date, or taken away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shift {
    /// How many; negative = earlier.
    pub amount: i32,
    /// Of what.
    pub unit: Unit,
}

/// A unit of time on the calendar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Days.
    #[default]
    Days,
    /// Calendar months; the last day of a shorter month stands for a day it lacks (民法143条).
    Months,
    /// Calendar years.
    Years,
}

impl Shift {
    /// Nothing added.
    pub fn is_none(&self) -> bool {
        self.amount == 0
    }
}

/// A day that a row names: a date fact, with time added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRef {
    /// A date fact, `filed.PROCEDURE`, `deadline.PROCEDURE`, or a day as `YYYY-MM-DD`.
    pub fact: String,
    /// Added to it.
    #[serde(default, skip_serializing_if = "Shift::is_none")]
    pub shift: Shift,
}

/// How several deadlines of one procedure go together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clock {
    /// The only one on its day and under its conditions.
    #[default]
    Alone,
    /// Runs beside others; the earliest ends it (特例転入).
    Together,
}

/// One way a deadline is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRow {
    /// Row id.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// The row counts only when these hold.
    pub conditions: Vec<Condition>,
    /// The day that starts the clock; `None` = no last day, the row only says when it can be done.
    pub start: Option<DayRef>,
    /// Used when the person does not know `start`.
    pub fallback: Option<DayRef>,
    /// How long.
    pub length: Shift,
    /// The first day counts as day 1 (戸籍法43条); otherwise the day after.
    pub first_day_counts: bool,
    /// A last day on which the office is closed moves to the next open day (地方自治法4条の2第4項).
    pub moves_from_closed_day: bool,
    /// Whether it runs beside others.
    pub clock: Clock,
    /// The day before which the procedure cannot be done.
    pub not_before: Option<DayRef>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
}

/// A closed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// `YYYY-MM-DD`, or with year `0000` for every year.
    pub date: PartialDate,
    /// Its name.
    pub name: String,
}
