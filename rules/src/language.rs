//! Values in words.

use jiff::civil::{Date, Weekday};
use kakanai_text::{EraDate, PartialDate};

use crate::fact::Value;
use crate::pack::Pack;

/// A value as people read it: choices by their text, dates in eras (Japanese) or ISO order.
pub fn value_text(pack: &Pack, lang: &str, fact: &str, value: &Value, on: Date) -> String {
    let choice = |id: &str| {
        let key = format!("choice.{fact}.{id}");
        pack.text(lang, &key, on).unwrap_or(id).to_owned()
    };
    match value {
        Value::YesNo(value) => {
            let word = if *value { "yes" } else { "no" };
            let own = format!("choice.{fact}.{word}");
            let shared = format!("word.{word}");
            pack.text(lang, &own, on)
                .or_else(|| pack.text(lang, &shared, on))
                .unwrap_or(word)
                .to_owned()
        }
        Value::Choice(id) => choice(id),
        Value::Choices(ids) => ids.iter().map(|id| choice(id)).collect::<Vec<_>>().join("、"),
        // Nobody says on which day of the week they were born.
        Value::Date(date) if fact == "birth_date" && lang.starts_with("ja") => {
            EraDate::of(*date).map_or_else(|| date.to_string(), |era| era.to_string())
        }
        Value::Date(date) => date_text(lang, *date),
        Value::Number(number) => number.to_string(),
        Value::Text(text) | Value::PersonId(text) => text.clone(),
        Value::DoneList(done) => done
            .iter()
            .map(|done| {
                pack.text_or_id(lang, &format!("procedure.{}", done.procedure), on).to_owned()
            })
            .collect::<Vec<_>>()
            .join("、"),
    }
}

/// A date in words: `令和8年12月4日(金)` in Japanese, `2026-12-04` otherwise.
pub fn date_text(lang: &str, date: PartialDate) -> String {
    if !lang.starts_with("ja") {
        return date.to_string();
    }
    let Some(era) = EraDate::of(date) else { return date.to_string() };
    match date.full().map(|day| day.weekday()) {
        Some(weekday) => format!("{era}({})", weekday_name(weekday)),
        None => era.to_string(),
    }
}

fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "月",
        Weekday::Tuesday => "火",
        Weekday::Wednesday => "水",
        Weekday::Thursday => "木",
        Weekday::Friday => "金",
        Weekday::Saturday => "土",
        Weekday::Sunday => "日",
    }
}
