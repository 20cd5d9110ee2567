//! From the text of `form.toml` to a [`Template`], or to an error with file, line, key and expectation.

use std::ops::Range;

use super::field::{KeyFault, check, field, fits, positive};
use super::raw::{RawDefaults, RawFormat, RawTemplate};
use super::{Protected, Signature, Template};

/// Why a file is no template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// Not TOML, an unknown key, a missing key or a value of the wrong type.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// File as it was named to the parser.
        file: String,
        /// Line from 1.
        line: usize,
        /// What the parser expected.
        message: String,
    },
    /// A format this version does not know.
    #[error("{file}: format = 1 is expected, found {found}")]
    Format {
        /// File as it was named to the parser.
        file: String,
        /// What stood there.
        found: String,
    },
    /// A key whose value has no meaning.
    #[error("{file}:{line}: {key}: {expected} is expected")]
    Key {
        /// File as it was named to the parser.
        file: String,
        /// Line from 1 on which the field or table begins.
        line: usize,
        /// The key.
        key: String,
        /// What was expected.
        expected: &'static str,
    },
}

impl TemplateError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "template-syntax",
            Self::Format { .. } => "template-format",
            Self::Key { .. } => "template-key",
        }
    }
}

/// The format of templates that this reads.
const FORMAT: i64 = 1;

fn other_format(file: &str, found: Option<i64>) -> TemplateError {
    let found = found.map_or_else(|| "none".to_owned(), |found| found.to_string());
    TemplateError::Format { file: file.to_owned(), found }
}

/// Why a text is no template. A newer format is named as such and not by its unknown keys.
fn unread(text: &str, file: &str, error: &toml::de::Error) -> TemplateError {
    match toml::from_str(text) {
        Ok(RawFormat { format }) if format != Some(FORMAT) => other_format(file, format),
        _ => syntax(text, file, error),
    }
}

impl Template {
    /// Reads a template; `file` is only for messages.
    ///
    /// # Errors
    /// [`TemplateError`] for the first thing that is wrong.
    pub fn parse(text: &str, file: &str) -> Result<Self, TemplateError> {
        let raw: RawTemplate = toml::from_str(text).map_err(|error| unread(text, file, &error))?;
        if raw.format != FORMAT {
            return Err(other_format(file, Some(raw.format)));
        }
        let at = |span: Range<usize>| {
            move |(key, expected): KeyFault| TemplateError::Key {
                file: file.to_owned(),
                line: line_of(text, span.start),
                key: key.to_owned(),
                expected,
            }
        };
        let defaults = match raw.defaults {
            Some(defaults) => {
                usable(defaults.get_ref()).map_err(at(defaults.span()))?;
                defaults.into_inner()
            }
            None => RawDefaults::default(),
        };
        let blank = match raw.blank {
            Some(blank) if !blank.get_ref().is_sane() => {
                return Err(at(blank.span())(("blank", "page = 1 and a SHA-256")));
            }
            blank => blank.map(toml::Spanned::into_inner),
        };
        let repeats = raw.repeat.is_some();
        let repeat = match raw.repeat {
            Some(repeat) => Some({
                let span = repeat.span();
                let repeat = repeat.into_inner();
                if !(1..=100).contains(&repeat.count) {
                    return Err(at(span)(("count", "a number from 1 to 100")));
                }
                positive("pitch", repeat.pitch).map_err(at(span))?;
                repeat
            }),
            None => None,
        };
        let mut fields = Vec::new();
        for spanned in raw.field {
            let span = spanned.span();
            let line = line_of(text, span.start);
            let field = field(spanned.into_inner(), line, repeats, &defaults);
            fields.push(field.map_err(at(span))?);
        }
        let at_line = |span: Range<usize>| line_of(text, span.start);
        let protected = raw
            .protected
            .into_iter()
            .map(|area| {
                let span = area.span();
                check(area.get_ref().area).map_err(at(span.clone()))?;
                Ok(Protected { line: at_line(span), ..area.into_inner() })
            })
            .collect::<Result<_, TemplateError>>()?;
        let signatures = raw
            .signature
            .into_iter()
            .map(|place| {
                let span = place.span();
                check(place.get_ref().area).map_err(at(span.clone()))?;
                Ok(Signature { line: at_line(span), ..place.into_inner() })
            })
            .collect::<Result<_, TemplateError>>()?;
        let tray = match raw.tray {
            Some(tray) => Some(self::tray(tray.get_ref()).map_err(at(tray.span()))?),
            None => None,
        };
        Ok(Self {
            id: raw.id,
            title: raw.title,
            issuer: raw.issuer,
            version: raw.version,
            valid_from: raw.valid_from,
            valid_until: raw.valid_until,
            law: raw.law,
            tray,
            scope: raw.scope,
            paper: raw.paper,
            orientation: raw.orientation,
            repeat,
            fields,
            protected,
            signatures,
            blank,
            background: None,
        })
    }
}

fn syntax(text: &str, file: &str, error: &toml::de::Error) -> TemplateError {
    TemplateError::Syntax {
        file: file.to_owned(),
        line: line_of(text, error.span().map_or(0, |span| span.start)),
        message: error.message().to_owned(),
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

fn usable(defaults: &RawDefaults) -> Result<(), KeyFault> {
    positive("size", defaults.size)?;
    positive("min_size", defaults.min_size)?;
    positive("label_size", defaults.label_size)?;
    fits(&defaults.fit)
}

/// A keyword of IPP (RFC 8011, 5.1.4): what printers name their trays with.
fn tray(name: &str) -> Result<String, KeyFault> {
    let sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._".contains(&byte);
    if (1..=255).contains(&name.len()) && name.bytes().all(sign) {
        Ok(name.to_owned())
    } else {
        Err(("tray", "a media-source keyword such as tray-2"))
    }
}
