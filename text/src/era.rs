//! Eras (元号): how papers write years.
//!
//! First days of the eras: 明治 1868-01-25, 大正 1912-07-30, 昭和 1926-12-25, 平成 1989-01-08, 令和 2019-05-01
//! (元号を改める政令 and its predecessors). A day on which two eras meet belongs to the newer one.

use std::fmt;

use crate::PartialDate;

/// A Japanese era.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Era {
    /// 明治
    Meiji,
    /// 大正
    Taisho,
    /// 昭和
    Showa,
    /// 平成
    Heisei,
    /// 令和
    Reiwa,
}

const FIRST_DAYS: [(Era, (i16, i8, i8)); 5] = [
    (Era::Reiwa, (2019, 5, 1)),
    (Era::Heisei, (1989, 1, 8)),
    (Era::Showa, (1926, 12, 25)),
    (Era::Taisho, (1912, 7, 30)),
    (Era::Meiji, (1868, 1, 25)),
];

impl Era {
    /// The era's name in kanji.
    pub fn name(self) -> &'static str {
        match self {
            Era::Meiji => "明治",
            Era::Taisho => "大正",
            Era::Showa => "昭和",
            Era::Heisei => "平成",
            Era::Reiwa => "令和",
        }
    }
}

/// A date written in an era: 令和8年11月20日.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EraDate {
    /// The era.
    pub era: Era,
    /// Year of the era; 1 is written 元.
    pub year: i16,
    /// Month, if known.
    pub month: Option<i8>,
    /// Day, if known.
    pub day: Option<i8>,
}

impl EraDate {
    /// The date in its era, or `None` before 1868-01-25, for an unknown year, and where unknown parts
    /// leave two eras possible.
    pub fn of(date: PartialDate) -> Option<Self> {
        let (first, last) = date.range()?;
        let era_at = |day: jiff::civil::Date| {
            FIRST_DAYS.iter().find(|(_, start)| (day.year(), day.month(), day.day()) >= *start)
        };
        let (era, (start_year, _, _)) = era_at(first)?;
        if era_at(last).map(|(era, _)| era) != Some(era) {
            return None;
        }
        Some(Self {
            era: *era,
            year: first.year() - start_year + 1,
            month: date.month(),
            day: date.day(),
        })
    }

    /// The year of the era as papers write it: 元 for the first, else the number.
    pub fn year_text(&self) -> String {
        if self.year == 1 { "元".to_owned() } else { self.year.to_string() }
    }
}

impl fmt::Display for EraDate {
    /// 令和8年11月20日; unknown parts are left out.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}{}年", self.era.name(), self.year_text())?;
        if let Some(month) = self.month {
            write!(out, "{month}月")?;
        }
        if let Some(day) = self.day {
            write!(out, "{day}日")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eras_change_on_their_first_day() {
        let cases = [
            ("2019-04-30", Some("平成31年4月30日")),
            ("2019-05-01", Some("令和元年5月1日")),
            ("1989-01-07", Some("昭和64年1月7日")),
            ("1989-01-08", Some("平成元年1月8日")),
            ("1926-12-24", Some("大正15年12月24日")),
            ("1926-12-25", Some("昭和元年12月25日")),
            ("1912-07-29", Some("明治45年7月29日")),
            ("1912-07-30", Some("大正元年7月30日")),
            ("1868-01-25", Some("明治元年1月25日")),
            ("1868-01-24", None),
            ("1985-04-00", Some("昭和60年4月")),
            ("1985-00-00", Some("昭和60年")),
            ("1989-00-00", None),
            ("1989-01-00", None),
            ("0000-00-00", None),
        ];
        for (date, expected) in cases {
            let date: PartialDate = date.parse().unwrap();
            assert_eq!(EraDate::of(date).map(|era| era.to_string()).as_deref(), expected, "{date}");
        }
    }
}
