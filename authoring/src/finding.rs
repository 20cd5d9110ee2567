//! Findings: what is wrong in a pack, where, and what to do about it.

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
    /// Stable kind, `unknown-fact`.
    pub kind: String,
    /// File within the pack, `national/sheets/rules.csv`.
    pub sheet: String,
    /// Line in the file, counted as spreadsheets count (the heading is row 1).
    pub row: u64,
    /// Column heading, or an empty text for the whole row.
    pub column: String,
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub hint: String,
    /// A case that shows it.
    pub example: Option<serde_json::Value>,
}

/// Where a finding is.
#[derive(Debug, Clone)]
pub struct Place {
    /// File within the pack.
    pub sheet: String,
    /// Row.
    pub row: u64,
}

impl Place {
    /// An error here.
    pub fn error(&self, kind: &str, column: &str, text: String, hint: &str) -> Finding {
        self.finding(Severity::Error, kind, column, text, hint)
    }

    /// A warning here.
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
            hint: hint.to_owned(),
            example: None,
        }
    }
}
