//! Dates as papers write them: 和暦 or 西暦, whole or in parts; unknown parts stay blank.

use kakanai_text::{EraDate, PartialDate};

use crate::template::{Calendar, Digits};

/// The texts of a date's parts; an unknown part has none.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct DateTexts {
    pub era: Option<&'static str>,
    pub year: Option<String>,
    pub month: Option<String>,
    pub day: Option<String>,
}

/// The parts of a date, or `None` when its year is known but no single era covers it.
pub(crate) fn date_texts(
    date: PartialDate,
    calendar: Calendar,
    digits: Digits,
) -> Option<DateTexts> {
    let number = |number: i8| write(&number.to_string(), digits);
    let (month, day) = (date.month().map(number), date.day().map(number));
    let (era, year) = match (calendar, date.year()) {
        (_, None) => (None, None),
        (Calendar::Gregorian, Some(year)) => (None, Some(write(&year.to_string(), digits))),
        (Calendar::Era, Some(_)) => {
            let era = EraDate::of(date)?;
            (Some(era.era.name()), Some(write(&era.year_text(), digits)))
        }
    };
    Some(DateTexts { era, year, month, day })
}

impl DateTexts {
    /// 令和8年11月20日; unknown parts leave their place open before 年, 月 and 日.
    pub fn whole(&self) -> String {
        const OPEN: &str = "　";
        if self.year.is_none() && self.month.is_none() && self.day.is_none() {
            return String::new();
        }
        let part = |part: &Option<String>| part.as_deref().unwrap_or(OPEN).to_owned();
        let (year, month, day) = (part(&self.year), part(&self.month), part(&self.day));
        format!("{}{year}年{month}月{day}日", self.era.unwrap_or_default())
    }
}

fn write(digits: &str, style: Digits) -> String {
    match style {
        Digits::Arabic => digits.to_owned(),
        Digits::FullWidth => digits
            .chars()
            .map(|digit| match digit.to_digit(10) {
                Some(value) => char::from_u32(u32::from('０') + value).unwrap_or(digit),
                None => digit,
            })
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_papers_write_them() {
        use Calendar::{Era, Gregorian};
        let cases = [
            ("2026-11-20", Era, Digits::Arabic, Some("令和8年11月20日")),
            ("2019-05-01", Era, Digits::FullWidth, Some("令和元年５月１日")),
            ("1985-04-00", Era, Digits::Arabic, Some("昭和60年4月　日")),
            ("1985-00-00", Era, Digits::Arabic, Some("昭和60年　月　日")),
            ("0000-00-00", Era, Digits::Arabic, Some("")),
            ("1989-00-00", Era, Digits::Arabic, None),
            ("1867-01-01", Era, Digits::Arabic, None),
            ("1867-01-01", Gregorian, Digits::FullWidth, Some("１８６７年１月１日")),
        ];
        for (date, calendar, digits, expected) in cases {
            let texts = date_texts(date.parse().unwrap(), calendar, digits);
            assert_eq!(texts.map(|texts| texts.whole()).as_deref(), expected, "{date}");
        }
    }
}
