//! `kakanai pack blank` and `kakanai pack proof`: a municipality's own page under a form, and how it looks.

use std::path::Path;
use std::process::Command;

use kakanai_authoring::{BlankError, BlankField, CHILD, Severity, put_blank};
use kakanai_counter::proof as made;
use serde_json::json;

use crate::outcome::{Answer, Exit, Failure, Outcome};
use crate::packs::line;
use crate::words::blank_warning;

/// Puts a page of a PDF under a form. The file is read by this program in a process of its own.
pub fn put(pack: &Path, form: &str, file: &Path, page: usize) -> Outcome {
    let mut reader = Command::new(std::env::current_exe().map_err(BlankError::Reader)?);
    reader.arg(CHILD);
    let put = put_blank(reader, pack, form, file, page)?;
    let [width, height] = put.size;
    let mut lines = vec![format!("{form}: {width}×{height} mm")];
    lines.extend(put.fields.iter().map(field));
    lines.extend(put.warnings.iter().map(blank_warning));
    Answer::of(&put, lines)
}

/// An AcroForm field in a line, as it would stand in `form.toml`.
fn field(field: &BlankField) -> String {
    let [x, y, w, h] = field.area;
    let cells = match field.max_len {
        Some(cells) if field.comb => format!(", cells = {cells}"),
        _ => String::new(),
    };
    format!("acro = \"{}\"\tbox = [{x}, {y}, {w}, {h}]{cells}", field.name)
}

/// Writes the proof sheet of a form. What keeps its sample from paper makes it a failure; the outlines are written.
pub fn proof(pack: &Path, form: &str, out: &Path, lang: &str) -> Outcome {
    let (pdf, mut proof) = made(pack, form)?;
    let name = out.file_name().map(|name| name.to_string_lossy().into_owned());
    std::fs::write(out, pdf).map_err(|_| {
        Failure::new("file-not-written", Exit::Device).with(json!({ "file": name }))
    })?;
    if !proof.refused.is_empty() {
        let details = json!({ "refusals": proof.refused, "pages": proof.pages });
        return Err(Failure::new("paper-refused", Exit::No).with(details));
    }
    proof.findings = proof.findings.into_iter().map(|finding| finding.in_language(lang)).collect();
    let wrong = proof.findings.iter().any(|finding| finding.severity == Severity::Error);
    let lines = proof.findings.iter().map(|finding| line(finding, lang)).collect();
    Answer::of(&proof, lines).map(|answer| Answer { no: wrong, ..answer })
}
