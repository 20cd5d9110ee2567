//! One form of a pack while it is being drawn up: what a proof needs, whatever else the pack still lacks.

use std::path::Path;

use kakanai_rules::pack::BlankPage;

use crate::finding::{Finding, Severity};
use crate::folder::read_text;
use crate::load::{PackError, load_with_findings};

/// A form with its samples.
#[derive(Debug)]
pub struct FormDraft {
    /// `form.toml` as the compiled pack carries it.
    pub text: String,
    /// The pages of the pack, by SHA-256.
    pub blanks: std::collections::BTreeMap<String, BlankPage>,
    /// Samples of the pack folder itself: file name and text.
    pub samples: Vec<(String, String)>,
    /// What is wrong in this form.
    pub findings: Vec<Finding>,
}

/// Reads one form of a pack folder or compiled file.
///
/// # Errors
/// What is wrong with the pack as a whole; [`PackError::Invalid`] when the form cannot be read; `None` when there is
/// no such form.
pub fn form_draft(path: &Path, form: &str) -> Result<Option<FormDraft>, PackError> {
    let loaded = load_with_findings(path)?;
    let of_form = |finding: &Finding| finding.sheet.ends_with(&format!("/forms/{form}/form.toml"));
    let findings: Vec<Finding> = loaded.findings.into_iter().filter(of_form).collect();
    let unread = ["syntax", "blank", "unknown-field"];
    if findings.iter().any(|finding| unread.contains(&finding.kind.as_str())) {
        let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
        return Err(PackError::Invalid(errors.collect()));
    }
    let Some(text) = loaded.pack.forms.get(form).cloned() else { return Ok(None) };
    let samples = samples(&path.join("forms").join(form).join("samples"))?;
    Ok(Some(FormDraft { text, blanks: loaded.pack.blanks, samples, findings }))
}

fn samples(folder: &Path) -> Result<Vec<(String, String)>, PackError> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Ok(Vec::new()) };
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".json"))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| read_text(&folder.join(&name), &name).map(|text| (name, text)))
        .collect()
}
