//! One value as one field.

use jiff::civil::Date;
use kakanai_rules::pack::{HandoverColumn, HandoverFormat, HandoverSource};
use kakanai_rules::{Pack, Value, value_text};
use kakanai_text::{EraDate, PartialDate, encode_cp932, windows_forms};

use crate::refusal::{RefusalKind, code_points};

/// The language of hand-over files.
pub const LANG: &str = "ja";

/// What writing a value needs beside it.
pub struct Writing<'a> {
    pub pack: &'a Pack,
    pub on: Date,
}

impl Writing<'_> {
    /// The field of a value, still as text. A value that is not known is an empty field.
    pub fn field(
        &self,
        column: &HandoverColumn,
        source: Option<&HandoverSource>,
        value: Option<Value>,
    ) -> Result<String, RefusalKind> {
        let source = source
            .filter(|source| !source.discreet && column.format.fits(source.kind))
            .ok_or(RefusalKind::Column)?;
        let text = match value {
            Some(value) => self.written(&column.format, source, &value)?,
            None => String::new(),
        };
        if column.required && text.is_empty() {
            return Err(RefusalKind::RequiredMissing);
        }
        Ok(text)
    }

    /// The bytes of a field, or why it cannot be handed over.
    pub fn bytes(column: &HandoverColumn, text: &str) -> Result<Vec<u8>, RefusalKind> {
        let bytes = Writing::encoded(text)?;
        let fits = |max: u32| usize::try_from(max).is_ok_and(|max| bytes.len() <= max);
        match column.max_bytes {
            Some(max) if !fits(max) => Err(RefusalKind::TooLong { bytes: bytes.len(), max }),
            _ => Ok(bytes),
        }
    }

    /// A text of one line in CP932.
    pub fn encoded(text: &str) -> Result<Vec<u8>, RefusalKind> {
        if text.chars().any(char::is_control) {
            return Err(RefusalKind::Control);
        }
        encode_cp932(text).map_err(|missing| RefusalKind::Character {
            code_points: missing.clusters.iter().map(|cluster| code_points(cluster)).collect(),
        })
    }

    fn written(
        &self,
        format: &HandoverFormat,
        source: &HandoverSource,
        value: &Value,
    ) -> Result<String, RefusalKind> {
        match (format, value) {
            (HandoverFormat::Text, value) => plain(value).ok_or(RefusalKind::Column),
            (HandoverFormat::Jis, Value::Text(text)) => Ok(windows_forms(text).into_owned()),
            (HandoverFormat::DateIso, Value::Date(date)) => Ok(date.to_string()),
            (HandoverFormat::DateDigits, Value::Date(date)) => {
                Ok(date.to_string().replace('-', ""))
            }
            (HandoverFormat::DateEra, Value::Date(date)) => era(*date),
            (HandoverFormat::Words, value) => self.words(source, value).ok_or(RefusalKind::Column),
            (HandoverFormat::Codes(codes), value) => {
                let codes: Option<Vec<&str>> = ids(value)
                    .ok_or(RefusalKind::Column)?
                    .iter()
                    .map(|id| codes.get(*id).map(String::as_str))
                    .collect();
                Ok(codes.ok_or(RefusalKind::NoCode)?.join(" "))
            }
            _ => Err(RefusalKind::Column),
        }
    }

    /// A choice in the pack's words; `None` for what is no choice of a fact.
    pub fn words(&self, source: &HandoverSource, value: &Value) -> Option<String> {
        let fact = source.fact.as_deref()?;
        ids(value)?;
        Some(value_text(self.pack, LANG, fact, value, self.on))
    }
}

/// The ids of a choice, of several, or of yes and no.
fn ids(value: &Value) -> Option<Vec<&str>> {
    match value {
        Value::YesNo(true) => Some(vec!["yes"]),
        Value::YesNo(false) => Some(vec!["no"]),
        Value::Choice(id) => Some(vec![id]),
        Value::Choices(ids) => Some(ids.iter().map(String::as_str).collect()),
        _ => None,
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) | Value::Choice(text) | Value::PersonId(text) => Some(text.clone()),
        Value::Choices(ids) => Some(ids.join(" ")),
        Value::Number(number) => Some(number.to_string()),
        Value::DoneList(done) => {
            let done = done.iter().map(|done| match done.when {
                Some(day) => format!("{}@{day}", done.procedure),
                None => done.procedure.clone(),
            });
            Some(done.collect::<Vec<_>>().join(" "))
        }
        Value::YesNo(_) | Value::Date(_) => None,
    }
}

fn era(date: PartialDate) -> Result<String, RefusalKind> {
    EraDate::of(date).map(|era| era.to_string()).ok_or(RefusalKind::NoEra)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kakanai_rules::FactType;

    use super::*;

    const EMPTY_PACK: &str = r#"{"format":2,"id":"x","version":1,"name":"","municipality_code":"","base":null,
        "valid_from":null,"valid_until":null,"author":"","approver":"","facts":[],"derived":[],"gates":[],"choices":[],
        "questions":[],"procedures":[],"rules":[],"deadlines":[],"bring":[],"offices":[],"fees":[],"papers":[],
        "closed_days":[],"sources":[],"tests":[],"texts":{},"forms":{}}"#;

    fn column(format: HandoverFormat, max_bytes: Option<u32>) -> HandoverColumn {
        HandoverColumn {
            id: "a.b".to_owned(),
            section: "a".to_owned(),
            order: 1,
            heading: "見出し".to_owned(),
            source: "case.x".to_owned(),
            format,
            required: false,
            max_bytes,
            note: String::new(),
            dated: Default::default(),
        }
    }

    fn date(text: &str) -> Value {
        Value::Date(text.parse().unwrap())
    }

    #[test]
    fn each_format_writes_its_values_and_no_others() {
        let pack: Pack = serde_json::from_str(EMPTY_PACK).unwrap();
        let writing = Writing { pack: &pack, on: "2026-11-20".parse().unwrap() };
        let codes = HandoverFormat::Codes(BTreeMap::from([
            ("yes".to_owned(), "1".to_owned()),
            ("no".to_owned(), "0".to_owned()),
            ("male".to_owned(), "M".to_owned()),
        ]));
        let choice = |id: &str| Value::Choice(id.to_owned());
        let text = |text: &str| Value::Text(text.to_owned());
        use FactType as T;
        use HandoverFormat as F;
        for (format, kind, value, expected) in [
            (F::Text, T::Text, text("１〜２　葛"), Ok("１〜２　葛")),
            (F::Jis, T::Text, text("１〜２−３"), Ok("１～２－３")),
            (F::Text, T::Number, Value::Number(-3), Ok("-3")),
            (F::Text, T::Choice, choice("male"), Ok("male")),
            (F::DateDigits, T::Date, date("1985-04-00"), Ok("19850400")),
            (F::DateIso, T::Date, date("1985-00-00"), Ok("1985-00-00")),
            (F::DateEra, T::Date, date("2019-05-01"), Ok("令和元年5月1日")),
            (F::DateEra, T::Date, date("1985-04-00"), Ok("昭和60年4月")),
            (F::DateEra, T::Date, date("1989-00-00"), Err(RefusalKind::NoEra)),
            (codes.clone(), T::YesNo, Value::YesNo(true), Ok("1")),
            (codes.clone(), T::YesNo, Value::YesNo(false), Ok("0")),
            (codes.clone(), T::Choice, choice("male"), Ok("M")),
            (codes.clone(), T::Choice, choice("female"), Err(RefusalKind::NoCode)),
            (codes, T::Text, text("male"), Err(RefusalKind::Column)),
            (F::Text, T::Date, date("2026-11-20"), Err(RefusalKind::Column)),
            (F::DateIso, T::Text, text("2026-11-20"), Err(RefusalKind::Column)),
        ] {
            let source =
                HandoverSource { kind, values: vec![], rows: &[], fact: None, discreet: false };
            let column = column(format, None);
            let field = writing.field(&column, Some(&source), Some(value.clone()));
            assert_eq!(field, expected.map(str::to_owned), "{value:?} {:?}", column.format);
            let discreet = HandoverSource { discreet: true, ..source };
            assert_eq!(
                writing.field(&column, Some(&discreet), Some(value)),
                Err(RefusalKind::Column)
            );
        }
        let required = HandoverColumn { required: true, ..column(F::Text, None) };
        let source = HandoverSource {
            kind: T::Text,
            values: vec![],
            rows: &[],
            fact: None,
            discreet: false,
        };
        for value in [None, Some(text(""))] {
            let field = writing.field(&required, Some(&source), value);
            assert_eq!(field, Err(RefusalKind::RequiredMissing));
        }
    }

    #[test]
    fn a_field_that_does_not_fit_tells_its_length_in_bytes() {
        let column = column(HandoverFormat::Text, Some(8));
        assert_eq!(Writing::bytes(&column, "大王花子").map(|bytes| bytes.len()), Ok(8));
        assert_eq!(
            Writing::bytes(&column, "大王花子ｱ"),
            Err(RefusalKind::TooLong { bytes: 9, max: 8 })
        );
        assert_eq!(Writing::bytes(&column, "一\n二"), Err(RefusalKind::Control));
        assert_eq!(
            Writing::bytes(&column, "葛\u{E0100}"),
            Err(RefusalKind::Character { code_points: vec!["U+845B U+E0100".to_owned()] })
        );
    }
}
