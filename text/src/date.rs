//! Dates as documents carry them: `YYYY-MM-DD`, where month and day, or the whole, may be unknown (`00`).
//!
//! Birth dates on cards and in the resident record may lack month or day (標準仕様 1.1.8); such a date is
//! a fact like any other and is never refused. Arithmetic needs a full date: [`PartialDate::full`].

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A Gregorian date with possibly unknown parts (0 = unknown).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: i8,
    day: i8,
}

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not of the form `YYYY-MM-DD`.
    #[error("a date is written YYYY-MM-DD")]
    Form,
    /// The parts do not make a day of the calendar.
    #[error("there is no such day")]
    NoSuchDay,
}

impl PartialDate {
    /// Makes a date of its parts; 0 stands for an unknown part.
    ///
    /// A day without a month, or a month without a year, is allowed: documents carry such dates.
    ///
    /// # Errors
    /// [`DateError::NoSuchDay`] when a known part is out of range.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DateError> {
        if !(0..=9999).contains(&year) || !(0..=12).contains(&month) || !(0..=31).contains(&day) {
            return Err(DateError::NoSuchDay);
        }
        if year > 0 && month > 0 && day > 0 {
            Date::new(year, month, day).map_err(|_| DateError::NoSuchDay)?;
        }
        Ok(Self { year, month, day })
    }

    /// The year, if known.
    pub fn year(self) -> Option<i16> {
        (self.year > 0).then_some(self.year)
    }

    /// The month (1-12), if known.
    pub fn month(self) -> Option<i8> {
        (self.month > 0).then_some(self.month)
    }

    /// The day of the month (1-31), if known.
    pub fn day(self) -> Option<i8> {
        (self.day > 0).then_some(self.day)
    }

    /// The calendar day, when every part is known.
    pub fn full(self) -> Option<Date> {
        Date::new(self.year()?, self.month()?, self.day()?).ok()
    }

    /// The first and last calendar day this date can mean; `None` when the year is unknown.
    pub fn range(self) -> Option<(Date, Date)> {
        let year = self.year()?;
        if let Some(day) = self.full() {
            return Some((day, day));
        }
        let (first_month, last_month) = match self.month() {
            Some(month) => (month, month),
            None => (1, 12),
        };
        let first = Date::new(year, first_month, 1).ok()?;
        let last = Date::new(year, last_month, 1).ok()?.last_of_month();
        Some((first, last))
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> Self {
        Self { year: date.year(), month: date.month(), day: date.day() }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Self, DateError> {
        let mut parts = text.split('-');
        let mut part = |digits: usize| -> Result<i16, DateError> {
            let part = parts.next().ok_or(DateError::Form)?;
            if part.len() != digits || !part.bytes().all(|byte| byte.is_ascii_digit()) {
                return Err(DateError::Form);
            }
            part.parse().map_err(|_| DateError::Form)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        if parts.next().is_some() {
            return Err(DateError::Form);
        }
        let small = |part: i16| i8::try_from(part).map_err(|_| DateError::NoSuchDay);
        Self::new(year, small(month)?, small(day)?)
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DateError;

    fn try_from(text: String) -> Result<Self, DateError> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for PartialDate {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_parts_are_dates_too() {
        for text in ["1985-04-01", "1985-04-00", "1985-00-00", "0000-00-00", "2028-02-29"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            "1985",
            "1985-4-1",
            "1985-13-01",
            "2026-02-29",
            "1985-04-32",
            "1985-04-01-",
            "１９８５-04-01",
            "+985-04-01",
        ] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_range_spans_what_is_unknown() {
        let range = |text: &str| {
            text.parse::<PartialDate>()
                .unwrap()
                .range()
                .map(|(a, b)| (a.to_string(), b.to_string()))
        };
        let days = |a: &str, b: &str| Some((a.to_owned(), b.to_owned()));
        assert_eq!(range("1985-02-00"), days("1985-02-01", "1985-02-28"));
        assert_eq!(range("1985-00-00"), days("1985-01-01", "1985-12-31"));
        assert_eq!(range("1985-02-03"), days("1985-02-03", "1985-02-03"));
        assert_eq!(range("0000-00-00"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_a_date_or_an_error(text in ".{0,12}") {
            if let Ok(date) = text.parse::<PartialDate>() {
                proptest::prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
