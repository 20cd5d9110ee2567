//! Why a case is not handed over: the places, and never a value.

/// One place at which a value cannot be handed over exactly.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("file {section}, column {column} ({heading}): {kind}")]
pub struct Refusal {
    /// What is wrong.
    pub kind: RefusalKind,
    /// The file's id.
    pub section: String,
    /// The column's id.
    pub column: String,
    /// The column's heading.
    pub heading: String,
    /// Whose row it is; `None` in the row of a case.
    pub person: Option<String>,
    /// The procedure of the row.
    pub procedure: Option<String>,
}

/// What is wrong with a value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RefusalKind {
    /// CP932 has no such characters.
    #[error("CP932 does not have {}", code_points.join(", "))]
    Character {
        /// Each character as its code points: `U+845B U+E0100`.
        code_points: Vec<String>,
    },
    /// A line feed or another control character would break the row.
    #[error("a control character")]
    Control,
    /// Longer than the column.
    #[error("{bytes} bytes where {max} fit")]
    TooLong {
        /// Bytes in CP932.
        bytes: usize,
        /// Most bytes of the column.
        max: u32,
    },
    /// A required value is not known.
    #[error("a required value is missing")]
    RequiredMissing,
    /// The pack gives no code for a value.
    #[error("the pack has no code for this choice")]
    NoCode,
    /// The date lies before the first era or may lie in two.
    #[error("the date has no era")]
    NoEra,
    /// The column's source is unknown, discreet, or not of the column's format: a fault of the pack.
    #[error("the column cannot be used")]
    Column,
}

impl Refusal {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self.kind {
            RefusalKind::Character { .. } => "character-not-in-cp932",
            RefusalKind::Control => "control-character",
            RefusalKind::TooLong { .. } => "too-long",
            RefusalKind::RequiredMissing => "required-missing",
            RefusalKind::NoCode => "no-code",
            RefusalKind::NoEra => "no-era",
            RefusalKind::Column => "column-unusable",
        }
    }
}

/// A character as its code points.
pub(crate) fn code_points(cluster: &str) -> String {
    cluster.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}
