//! The proof sheet of a form (校正刷り): outlines and ids on its page, then the longest of its samples.
//!
//! For supervisors, who draw forms up. Samples are fictitious; no case comes near this.

use std::path::Path;

use kakanai_authoring::{Finding, form_draft};
use kakanai_forms::{LayoutError, Sample, Template, paper_pdf, sample_length};
use serde::Serialize;

use crate::door::DoorError;
use crate::papers::{self, PaperError};
use crate::printing::Refused;
use crate::settings::Settings;

/// A proof that was made.
#[derive(Debug, Serialize)]
pub struct Proof {
    /// The form.
    pub form: String,
    /// Pages of the proof.
    pub pages: usize,
    /// File name of the sample that fills it; none = the form has no sample.
    pub sample: Option<String>,
    /// What `pack check` finds in the form.
    pub findings: Vec<Finding>,
    /// What keeps the sample from being printed; then only outlines were made.
    #[serde(skip)]
    pub refused: Vec<Refused>,
}

/// Makes the proof of one form of a pack; the PDF and what to tell.
///
/// # Errors
/// `form-unknown`; what is wrong with the pack or the form; fonts.
pub fn proof(pack: &Path, form: &str) -> Result<(Vec<u8>, Proof), DoorError> {
    let none = || PaperError::NoForm { form: form.to_owned() };
    let draft = form_draft(pack, form)?.ok_or_else(none)?;
    let mut template = Template::parse(&draft.text, form).map_err(|_| none())?;
    papers::put_on(&mut template, &draft.blanks)?;
    let sample = draft
        .samples
        .iter()
        .filter_map(|(name, text)| Some((name, Sample::parse(text, name).ok()?)))
        .max_by_key(|(_, sample)| sample_length(sample));
    let fonts = papers::fonts(&Settings::load()?)?;
    let filled = sample.as_ref().map(|(_, sample)| sample);
    let mut refused = Vec::new();
    let paper = match kakanai_forms::proof(&template, filled, &fonts) {
        Err(LayoutError::Refused(refusals)) => {
            refused = refusals
                .0
                .iter()
                .map(|refusal| Refused { error: refusal.into(), text: refusal.to_string() })
                .collect();
            kakanai_forms::proof(&template, None, &fonts)
        }
        paper => paper,
    };
    let paper = paper.map_err(|error| match error {
        LayoutError::Refused(_) => none(),
        LayoutError::Font(error) => PaperError::Fonts(error),
        LayoutError::Blank(error) => PaperError::Blank(error),
    })?;
    let pdf = paper_pdf(&paper, &fonts).map_err(PaperError::Pdf)?;
    let told = Proof {
        form: form.to_owned(),
        pages: paper.pages.len(),
        sample: sample.filter(|_| refused.is_empty()).map(|(name, _)| name.clone()),
        findings: draft.findings,
        refused,
    };
    Ok((pdf, told))
}
