//! Facts that follow from others: ages, and what the household's own facts already say.
//!
//! An age is reached at the end of the day before the birthday (年齢計算ニ関スル法律), so somebody born on 1 April
//! belongs to the older school year. With unknown parts of the birth date the age is a range.

use jiff::civil::Date;
use kakanai_text::PartialDate;

use crate::vocabulary::FactType;

/// How many people the household has; a range while they are not all named.
pub const PEOPLE_COUNT: &str = "people_count";
/// How addresses of the town's prefecture begin.
pub const OWN_PREFECTURE: &str = "own_prefecture";
/// How addresses of the town begin, the prefecture before it.
pub const OWN_MUNICIPALITY: &str = "own_municipality";

/// The type of a fact of the case that the case or the pack itself yields, without anybody stating it; ages follow
/// from the person ([`base_of`]).
pub fn built_in(fact: &str) -> Option<FactType> {
    match fact {
        PEOPLE_COUNT => Some(FactType::Number),
        OWN_PREFECTURE | OWN_MUNICIPALITY => Some(FactType::Text),
        _ => None,
    }
}

/// A kind of age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Full years on a day (満年齢) as counters use it: grows on the birthday.
    Full,
    /// Reached at the end of the day before the birthday (年齢計算ニ関スル法律).
    Legal,
    /// The legal age that will have been reached by the coming 31 March (年度末年齢).
    Fiscal,
}

impl Age {
    /// The kind that rows call `name`: `age`, `legal_age`, `fiscal_age`.
    pub fn named(name: &str) -> Option<Age> {
        match name {
            "age" => Some(Age::Full),
            "legal_age" => Some(Age::Legal),
            "fiscal_age" => Some(Age::Fiscal),
            _ => None,
        }
    }

    /// Smallest and largest age on the day `on` of somebody born at some day of `birth`.
    pub fn range(self, birth: PartialDate, on: Date) -> Option<(i64, i64)> {
        let (first, last) = birth.range()?;
        Some((self.of(last, on), self.of(first, on)))
    }

    fn of(self, born: Date, on: Date) -> i64 {
        match self {
            Age::Full => full_years(born, on),
            Age::Legal => reached_by(born, on),
            Age::Fiscal => reached_by(born, end_of_fiscal_year(on)),
        }
    }
}

/// The fact that a derived one follows from: ages need the birth date.
pub fn base_of(fact: &str) -> Option<&'static str> {
    Age::named(fact).map(|_| "birth_date")
}

/// The age that `fact` (`age`, `legal_age`, `fiscal_age`) names on the day `on`; nothing while unknown parts of the
/// birth date leave more than one.
pub fn age_of(fact: &str, birth: PartialDate, on: Date) -> Option<i64> {
    let (least, most) = Age::named(fact)?.range(birth, on)?;
    (least == most).then_some(least)
}

fn full_years(born: Date, on: Date) -> i64 {
    let had_birthday = (on.month(), on.day()) >= (born.month(), born.day());
    i64::from(on.year()) - i64::from(born.year()) - i64::from(!had_birthday)
}

/// Years reached at the end of `day`: the day before the birthday already counts.
fn reached_by(born: Date, day: Date) -> i64 {
    day.tomorrow().map_or_else(|_| full_years(born, day), |next| full_years(born, next))
}

fn end_of_fiscal_year(on: Date) -> Date {
    let year = if on.month() >= 4 { on.year().saturating_add(1) } else { on.year() };
    Date::new(year, 3, 31).unwrap_or(on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(age: Age, birth: &str, on: &str) -> Option<(i64, i64)> {
        age.range(birth.parse().unwrap(), on.parse().unwrap())
    }

    #[test]
    fn born_on_the_first_of_april_belongs_to_the_older_year() {
        for (birth, on, age) in [
            ("2010-04-01", "2028-03-31", 18),
            ("2010-04-01", "2028-04-01", 19),
            ("2010-04-02", "2028-04-01", 18),
            ("2010-04-02", "2029-03-31", 18),
            ("2010-04-02", "2029-04-01", 19),
        ] {
            assert_eq!(range(Age::Fiscal, birth, on), Some((age, age)), "{birth} on {on}");
        }
    }

    #[test]
    fn an_age_is_reached_on_the_birthday_at_the_counter_and_the_day_before_by_law() {
        for (on, full, legal) in
            [("2026-11-18", 64, 64), ("2026-11-19", 64, 65), ("2026-11-20", 65, 65)]
        {
            assert_eq!(range(Age::Full, "1961-11-20", on), Some((full, full)));
            assert_eq!(range(Age::Legal, "1961-11-20", on), Some((legal, legal)));
        }
    }

    #[test]
    fn unknown_parts_give_a_range() {
        let on = "2026-11-20";
        assert_eq!(range(Age::Full, "2000-00-00", on), Some((25, 26)));
        assert_eq!(range(Age::Full, "2000-11-00", on), Some((25, 26)));
        assert_eq!(range(Age::Full, "2000-10-00", on), Some((26, 26)));
        assert_eq!(range(Age::Full, "0000-00-00", on), None);
        assert_eq!(range(Age::Full, "2008-02-29", "2026-02-28"), Some((17, 17)));
    }
}
