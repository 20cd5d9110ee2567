//! Dates as papers write them: 和暦 or 西暦, whole or in parts; unknown parts stay blank.

use kakanai_text::{EraDate, PartialDate};

use crate::template::{Calendar, Digits, FirstYear};

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
    let number = |number: i8| write(&number.to_string(), digits, Place::Counting);
    let (month, day) = (date.month().map(number), date.day().map(number));
    let (era, year) = match (calendar, date.year()) {
        (_, None) => (None, None),
        (Calendar::Gregorian, Some(year)) => {
            (None, Some(write(&year.to_string(), digits, Place::Reading)))
        }
        (Calendar::Era, Some(_)) => {
            let era = EraDate::of(date)?;
            (Some(era.era.name()), Some(write(&era.year_text(), digits, Place::Counting)))
        }
    };
    Some(DateTexts { era, year, month, day })
}

impl DateTexts {
    /// The first year of an era as 元 or as 1.
    pub fn with_first_year(self, first_year: FirstYear, digits: Digits) -> Self {
        let one =
            |year: String| if year == "元" { write("1", digits, Place::Counting) } else { year };
        match first_year {
            FirstYear::Gannen => self,
            FirstYear::One => Self { year: self.year.map(one), ..self },
        }
    }

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

/// How a number is said: counted (十二) or digit by digit (二〇二六).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Counting,
    Reading,
}

/// 元 is no number and stays.
fn write(digits: &str, style: Digits, place: Place) -> String {
    let each = |zero: char, one: fn(u32) -> Option<char>| {
        digits
            .chars()
            .map(|digit| match digit.to_digit(10) {
                Some(0) => zero,
                Some(value) => one(value).unwrap_or(digit),
                None => digit,
            })
            .collect()
    };
    match style {
        Digits::Arabic => digits.to_owned(),
        Digits::FullWidth => each('０', |value| char::from_u32(u32::from('０') + value)),
        Digits::Kanji if place == Place::Reading => each('〇', kanji),
        Digits::Kanji => match digits.parse::<u32>() {
            Ok(number @ 1..=99) => {
                let tens = (number >= 20).then(|| kanji(number / 10)).flatten();
                let ten = (number >= 10).then_some('十');
                [tens, ten, kanji(number % 10)].into_iter().flatten().collect()
            }
            _ => each('〇', kanji),
        },
    }
}

/// One digit from 1 to 9.
fn kanji(digit: u32) -> Option<char> {
    let place = usize::try_from(digit).ok()?.checked_sub(1)?;
    "一二三四五六七八九".chars().nth(place)
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
            ("2026-11-20", Era, Digits::Kanji, Some("令和八年十一月二十日")),
            ("1975-10-31", Era, Digits::Kanji, Some("昭和五十年十月三十一日")),
            ("2020-01-09", Gregorian, Digits::Kanji, Some("二〇二〇年一月九日")),
            ("2019-05-01", Era, Digits::Kanji, Some("令和元年五月一日")),
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

    #[test]
    fn the_first_year_of_an_era_may_be_a_number() {
        for (digits, expected) in [
            (Digits::Arabic, "令和1年"),
            (Digits::FullWidth, "令和１年"),
            (Digits::Kanji, "令和一年"),
        ] {
            let texts = date_texts("2019-05-01".parse().unwrap(), Calendar::Era, digits).unwrap();
            let whole = texts.with_first_year(FirstYear::One, digits).whole();
            assert!(whole.starts_with(expected), "{whole}");
        }
    }
}
