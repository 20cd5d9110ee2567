//! Loading a pack: a folder, or the compiled file.

use std::collections::BTreeMap;
use std::path::Path;

use kakanai_rules::Pack;
use kakanai_rules::pack::FORMAT;
use serde::Deserialize;

use crate::backgrounds;
use crate::compile::compile;
use crate::example;
use crate::finding::{Finding, Severity};
use crate::folder;
use crate::layouts::LAYOUTS;
use crate::row::Sheets;

/// A pack with what was found in it.
#[derive(Debug)]
pub struct Loaded {
    /// The compiled pack.
    pub pack: Pack,
    /// Warnings, and errors in rows that were left out.
    pub findings: Vec<Finding>,
    /// The rows it was read from; none of a compiled file.
    pub(crate) sheets: Sheets,
    pub(crate) test_places: example::Places,
    /// The files of the forms by id, as findings name them; none of a compiled file.
    pub(crate) form_files: BTreeMap<String, String>,
}

/// Why a pack cannot be loaded at all.
#[derive(Debug, thiserror::Error)]
pub enum PackError {
    /// No pack there.
    #[error("there is no pack folder (pack.toml) and no compiled pack at this place")]
    Missing,
    /// A file that cannot be read as what it should be.
    #[error("{file}, row {row}: expected {expected}")]
    Syntax {
        /// File within the pack.
        file: String,
        /// Line; 0 = the whole file.
        row: usize,
        /// What was expected.
        expected: String,
    },
    /// The base pack is missing or too old.
    #[error("base pack {id}: expected {expected}")]
    Base {
        /// Its id.
        id: String,
        /// What was expected.
        expected: String,
    },
    /// The pack has errors; see the findings.
    #[error("the pack has errors")]
    Invalid(Vec<Finding>),
    /// The forms cannot be looked at without the fonts.
    #[error("the fonts of the papers cannot be used")]
    Fonts(#[source] kakanai_forms::FontError),
    /// The file system refused.
    #[error("a file of the pack could not be read or written")]
    Io(#[source] std::io::Error),
}

impl PackError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PackError::Missing => "pack-missing",
            PackError::Syntax { .. } => "pack-syntax",
            PackError::Base { .. } => "pack-base",
            PackError::Invalid(_) => "pack-invalid",
            PackError::Fonts(_) => "fonts-missing",
            PackError::Io(_) => "pack-io",
        }
    }
}

/// Loads a pack that may be used: a folder with its base, or a compiled file.
///
/// # Errors
/// [`PackError`]; rows with errors make the pack [`PackError::Invalid`].
pub fn load(path: &Path) -> Result<Loaded, PackError> {
    let mut loaded = load_with_findings(path)?;
    let (errors, findings): (Vec<_>, Vec<_>) = std::mem::take(&mut loaded.findings)
        .into_iter()
        .partition(|finding| finding.severity == Severity::Error);
    if errors.is_empty() {
        Ok(Loaded { findings, ..loaded })
    } else {
        Err(PackError::Invalid(errors))
    }
}

/// The part that compiled packs of every format share.
#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// Loads what can be loaded, with every finding.
pub fn load_with_findings(path: &Path) -> Result<Loaded, PackError> {
    if path.is_dir() {
        return Ok(compile(folder::read(path, LAYOUTS)?));
    }
    let text = std::fs::read_to_string(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => PackError::Missing,
        _ => PackError::Io(error),
    })?;
    let syntax = |row: usize, expected: String| PackError::Syntax {
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        row,
        expected,
    };
    let not_a_pack =
        |error: serde_json::Error| syntax(error.line(), "a compiled pack (JSON)".to_owned());
    // Another format has other fields: it is refused for what it is, before the rest is read.
    let head: Format = serde_json::from_str(&text).map_err(not_a_pack)?;
    if head.format != FORMAT {
        return Err(syntax(0, format!("format {FORMAT}")));
    }
    let pack: Pack = serde_json::from_str(&text).map_err(not_a_pack)?;
    backgrounds::check(&pack).map_err(|expected| syntax(0, expected))?;
    Ok(Loaded {
        pack,
        findings: Vec::new(),
        sheets: Sheets::default(),
        test_places: example::Places::new(),
        form_files: BTreeMap::new(),
    })
}
