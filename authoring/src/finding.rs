//! Findings: what is wrong in a pack, where, and what to do about it.
//!
//! Each is worded twice, in Japanese and in English, for somebody who keeps a spreadsheet and writes no programs.

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The pack cannot be used.
    Error,
    /// The pack can be used; somebody should look.
    Warning,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Error or warning.
    pub severity: Severity,
    /// Stable kind, `unknown-fact`; [`crate::KINDS`] lists them all.
    pub kind: String,
    /// File within the pack, `national/sheets/rules.csv`.
    pub sheet: String,
    /// Line in the file, counted as spreadsheets count (the heading is row 1).
    pub row: u64,
    /// Column heading, or an empty text for the whole row.
    pub column: String,
    /// What is wrong, in Japanese.
    pub text: String,
    /// What is wrong, in English.
    pub text_en: String,
    /// What to do, in Japanese.
    pub hint: String,
    /// What to do, in English.
    pub hint_en: String,
    /// A case that shows it.
    pub example: Option<serde_json::Value>,
}

impl Finding {
    /// Adds the English words.
    #[must_use]
    pub fn english(mut self, text: impl Into<String>, hint: impl Into<String>) -> Finding {
        self.text_en = text.into();
        self.hint_en = hint.into();
        self
    }

    /// The finding with `text` and `hint` in `lang`: Japanese for every `ja…`, otherwise English.
    #[must_use]
    pub fn in_language(mut self, lang: &str) -> Finding {
        if lang != "ja" && !lang.starts_with("ja-") {
            self.text.clone_from(&self.text_en);
            self.hint.clone_from(&self.hint_en);
        }
        self
    }
}

/// Where a finding is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// File within the pack.
    pub sheet: String,
    /// Row.
    pub row: u64,
}

impl Place {
    /// An error here, worded in Japanese; [`Finding::english`] adds the English words.
    pub fn error(&self, kind: &str, column: &str, text: String, hint: &str) -> Finding {
        self.finding(Severity::Error, kind, column, text, hint)
    }

    /// A warning here, worded in Japanese; [`Finding::english`] adds the English words.
    pub fn warning(&self, kind: &str, column: &str, text: String, hint: &str) -> Finding {
        self.finding(Severity::Warning, kind, column, text, hint)
    }

    fn finding(
        &self,
        severity: Severity,
        kind: &str,
        column: &str,
        text: String,
        hint: &str,
    ) -> Finding {
        Finding {
            severity,
            kind: kind.to_owned(),
            sheet: self.sheet.clone(),
            row: self.row,
            column: column.to_owned(),
            text,
            text_en: String::new(),
            hint: hint.to_owned(),
            hint_en: String::new(),
            example: None,
        }
    }
}
