//! Why a PDF does not come under a form.

use serde::{Deserialize, Serialize};

use crate::load::PackError;

/// What the file itself is refused for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// No PDF.
    #[error("not a PDF")]
    NotPdf,
    /// Cut off or broken.
    #[error("the PDF is damaged")]
    Damaged,
    /// It opens with a password only.
    #[error("the PDF opens with a password only")]
    Encrypted,
    /// It has fewer pages.
    #[error("the PDF has no such page")]
    NoPage,
    /// Too many pages or objects, or it inflates to too much.
    #[error("the PDF is too large or inflates to too much")]
    TooLarge,
    /// The page has no size that paper can have.
    #[error("the page has no size that paper can have")]
    PageSize,
}

/// Why no blank was put under a form. Nothing has changed then.
#[derive(Debug, thiserror::Error)]
pub enum BlankError {
    /// The file cannot be read.
    #[error("the PDF cannot be read")]
    Unreadable(#[source] std::io::Error),
    /// The file is refused.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// Reading it took more time or memory than any honest page, or ended in a fault of the reader.
    #[error("reading the PDF took too much time or memory")]
    TooHeavy,
    /// The reader could not be started.
    #[error("the reader of PDFs could not be started")]
    Reader(#[source] std::io::Error),
    /// The pack has no such form.
    #[error("the pack has no form {form}")]
    NoForm {
        /// The form's id.
        form: String,
    },
    /// A file of the pack cannot be read.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The files beside `form.toml` could not be written.
    #[error("the files of the form could not be written")]
    Write(#[source] std::io::Error),
}

impl BlankError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            BlankError::Unreadable(_) => "blank-unreadable",
            BlankError::Refused(Refused::NotPdf) => "blank-not-pdf",
            BlankError::Refused(Refused::Damaged) => "blank-damaged",
            BlankError::Refused(Refused::Encrypted) => "blank-encrypted",
            BlankError::Refused(Refused::NoPage) => "blank-no-page",
            BlankError::Refused(Refused::TooLarge) => "blank-too-large",
            BlankError::Refused(Refused::PageSize) => "blank-page-size",
            BlankError::TooHeavy => "blank-too-heavy",
            BlankError::Reader(_) => "blank-reader",
            BlankError::NoForm { .. } => "form-unknown",
            BlankError::Pack(error) => error.code(),
            BlankError::Write(_) => "file-not-written",
        }
    }
}
