//! Texts out of image files and text files, and the one message that they have to make.

use std::path::Path;

use kakanai_hardware::scan::{Chain, Effort, ImageError, Limits, read_image_bytes};
use kakanai_prefill::Added;

use super::{Intake, Read, Via};
use crate::door::DoorError;

/// Largest file of texts, in bytes: sixteen codes of the largest kind, four times over.
const TEXT_BYTES_MAX: u64 = 256 * 1024;

/// The texts of the codes in an image.
///
/// # Errors
/// [`ImageError`].
pub fn texts_of_image(bytes: &[u8]) -> Result<Vec<String>, ImageError> {
    let picture = read_image_bytes(bytes, &Limits::default())?;
    let codes = Chain::new(Effort::Picture).read(&picture).codes;
    Ok(codes.iter().map(|code| String::from_utf8_lossy(&code.payload).into_owned()).collect())
}

/// The texts of a file, one a line.
///
/// # Errors
/// `qr-text-unreadable`.
pub fn texts_of_file(file: &Path) -> Result<Vec<String>, DoorError> {
    let unreadable = || DoorError::of("qr-text-unreadable").with("file", name(file));
    if std::fs::metadata(file).map_err(|_| unreadable())?.len() > TEXT_BYTES_MAX {
        return Err(unreadable());
    }
    let text = std::fs::read_to_string(file).map_err(|_| unreadable())?;
    Ok(text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

/// The texts of the codes in an image file.
///
/// # Errors
/// `image-…`, with the file's name.
pub(crate) fn texts_of_image_file(file: &Path) -> Result<Vec<String>, DoorError> {
    let limits = Limits::default();
    let wrong = |error: ImageError| DoorError::of(error.code()).with("file", name(file));
    let picture = kakanai_hardware::scan::read_image(file, &limits).map_err(wrong)?;
    let codes = Chain::new(Effort::Picture).read(&picture).codes;
    Ok(codes.iter().map(|code| String::from_utf8_lossy(&code.payload).into_owned()).collect())
}

fn name(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The one message that texts make, in whatever order; other codes between them are passed over.
///
/// # Errors
/// `no-code`, `sheet-incomplete` (details `have`, `of`, `missing`), `foreign-sheet`, `part-conflict`, `damaged`,
/// `newer-format`.
pub fn collect(texts: &[String], via: Via) -> Result<Vec<u8>, DoorError> {
    let mut intake = Intake::default();
    let mut whole = None;
    let mut damaged = None;
    for text in texts {
        match intake.take(text, via) {
            Read::Whole(message) => whole = Some(message),
            Read::Part(Added::Foreign) => return Err(DoorError::of("foreign-sheet")),
            Read::Part(Added::Conflict { index }) => {
                return Err(DoorError::of("part-conflict").with("part", index));
            }
            Read::Part(Added::Newer) => damaged = Some("newer-format"),
            Read::Part(Added::Damaged) => damaged = damaged.or(Some("damaged")),
            Read::Part(Added::NotOurs | Added::New { .. } | Added::Repeated { .. })
            | Read::Same => {}
        }
    }
    let progress = intake.progress();
    let list = |parts: &[u8]| parts.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
    match (whole, damaged) {
        (Some(message), _) => Ok(message),
        (None, Some(code)) => Err(DoorError::of(code)),
        (None, None) if progress.of == 0 => Err(DoorError::of("no-code")),
        (None, None) => Err(DoorError::of("sheet-incomplete")
            .with("have", list(&progress.have))
            .with("of", progress.of)
            .with("missing", list(&intake.missing()))),
    }
}
