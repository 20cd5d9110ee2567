//! Puts a cleaned page beside a form: `blank.pdf`, `blank.png`, `blank.toml` and one line of `form.toml`.
//!
//! Either all of it is there at the end or nothing has changed.

use std::fs;
use std::io::{self, Read, Write};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Serialize;
use sha2::{Digest, Sha256};
use toml_edit::{Document, Item};

use super::child::ask;
use super::error::BlankError;
use super::{BlankField, BlankWarning, Cleaned, FILE_BYTES_MAX};
use crate::backgrounds::{FIELDS, FieldSheet, PAGE, PICTURE};
use crate::folder::read_text;
use crate::load::PackError;
use crate::row::hex;

/// How far page and paper may differ, in millimetres: printers and programs round.
const SIZE_SLACK: f32 = 1.5;

/// What was put under a form.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PutBlank {
    /// The form's id.
    pub form: String,
    /// SHA-256 of `blank.pdf`.
    pub sha256: String,
    /// Width and height of the visible page in millimetres.
    pub size: [f32; 2],
    /// AcroForm fields of the page.
    pub fields: Vec<BlankField>,
    /// What somebody should know.
    pub warnings: Vec<BlankWarning>,
}

/// Puts page `page` (from 1) of the PDF `file` under a form of the pack folder `pack`. `reader` is a program that
/// runs [`super::serve`] with the arguments it has and the number of the page.
///
/// # Errors
/// [`BlankError`]; nothing has changed then.
pub fn put_blank(
    reader: Command,
    pack: &Path,
    form: &str,
    file: &Path,
    page: usize,
) -> Result<PutBlank, BlankError> {
    let folder = folder_of(pack, form)?;
    let form_file = folder.join("form.toml");
    let name = format!("forms/{form}/form.toml");
    let text = read_text(&form_file, &name)?;
    let document = Document::parse(text.as_str()).map_err(|error| syntax(&name, &text, &error))?;
    let mut cleaned = ask(reader, read(file)?, page)?;
    let bytes = decoded(&cleaned.page)?;
    let picture = cleaned.picture.as_deref().map(decoded).transpose()?;
    let sha256 = hex(&Sha256::digest(&bytes));
    cleaned.warnings.extend(paper(&document).and_then(|paper| differs(cleaned.size, paper)));
    let named = name_page(&text, &document, &sha256);
    let sheet = FieldSheet::new(&sha256, cleaned.size, &cleaned.fields).write();
    let mut files = Files::default();
    let written = files
        .put(folder.join(PAGE), Some(&bytes))
        .and_then(|()| files.put(folder.join(PICTURE), picture.as_deref()))
        .and_then(|()| files.put(folder.join(FIELDS), Some(sheet.as_bytes())))
        .and_then(|()| files.put(form_file, Some(named.as_bytes())));
    if let Err(error) = written {
        files.undo();
        return Err(BlankError::Write(error));
    }
    let Cleaned { size, fields, warnings, .. } = cleaned;
    Ok(PutBlank { form: form.to_owned(), sha256, size, fields, warnings })
}

/// The folder of a form; the name of a form is never a way.
fn folder_of(pack: &Path, form: &str) -> Result<PathBuf, BlankError> {
    if !pack.join("pack.toml").is_file() {
        return Err(PackError::Missing.into());
    }
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    let folder = pack.join("forms").join(form);
    if form.bytes().all(plain) && folder.join("form.toml").is_file() {
        Ok(folder)
    } else {
        Err(BlankError::NoForm { form: form.to_owned() })
    }
}

fn read(file: &Path) -> Result<Vec<u8>, BlankError> {
    let mut bytes = Vec::new();
    let open = fs::File::open(file).map_err(BlankError::Unreadable)?;
    open.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes).map_err(BlankError::Unreadable)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > FILE_BYTES_MAX {
        return Err(super::Refused::TooLarge.into());
    }
    Ok(bytes)
}

/// What the reader wrote in base64; one that wrote something else has gone wrong.
fn decoded(text: &str) -> Result<Vec<u8>, BlankError> {
    STANDARD.decode(text).map_err(|_| BlankError::TooHeavy)
}

fn syntax(name: &str, text: &str, error: &toml_edit::TomlError) -> PackError {
    let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
    PackError::Syntax {
        file: name.to_owned(),
        row: before.matches('\n').count() + 1,
        expected: error.message().to_owned(),
    }
}

/// Width and height of the form's paper in millimetres; none while `form.toml` does not say.
fn paper(document: &Document<&str>) -> Option<[f32; 2]> {
    let [short, long] = match document.get("paper")?.as_str()? {
        "A4" => [210.0, 297.0],
        "A3" => [297.0, 420.0],
        _ => return None,
    };
    let landscape = document.get("orientation").and_then(Item::as_str) == Some("landscape");
    Some(if landscape { [long, short] } else { [short, long] })
}

fn differs(page: [f32; 2], paper: [f32; 2]) -> Option<BlankWarning> {
    let far = page.iter().zip(paper).any(|(page, paper)| (page - paper).abs() > SIZE_SLACK);
    far.then(|| BlankWarning::SizeDiffers { page: page.map(whole), paper: paper.map(whole) })
}

/// Whole millimetres of a side that paper can have.
fn whole(millimetres: f32) -> u32 {
    format!("{millimetres:.0}").parse().unwrap_or(0)
}

/// The text of `form.toml` with the page named in it; everything else stays as it was written.
fn name_page(text: &str, document: &Document<&str>, sha256: &str) -> String {
    let named = format!("{{ page = 1, sha256 = \"{sha256}\" }}");
    let end = |key: &str| document.get(key).and_then(Item::span).map(|span| span.end);
    // A new line goes after the line that says what paper it is: tables may follow further down.
    let (span, put) = match document.get("blank").and_then(Item::span) {
        Some(span) => (span, named),
        None => {
            let after = end("orientation").max(end("paper")).unwrap_or(0);
            let rest = text.get(after..).unwrap_or_default();
            let at = after + rest.find('\n').unwrap_or(rest.len());
            (at..at, format!("\nblank = {named}"))
        }
    };
    let part = |range: Range<usize>| text.get(range).unwrap_or_default();
    [part(0..span.start), &put, part(span.end..text.len())].concat()
}

/// Files being replaced, with what they held before.
#[derive(Default)]
struct Files {
    before: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Files {
    /// Replaces a file as a whole, or removes it.
    fn put(&mut self, file: PathBuf, content: Option<&[u8]>) -> io::Result<()> {
        let before = match fs::read(&file) {
            Ok(before) => Some(before),
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(error),
        };
        self.before.push((file.clone(), before));
        replace(&file, content)
    }

    /// Puts back what was there.
    fn undo(self) {
        for (file, before) in self.before.into_iter().rev() {
            let _ = replace(&file, before.as_deref());
        }
    }
}

fn replace(file: &Path, content: Option<&[u8]>) -> io::Result<()> {
    let Some(content) = content else {
        return match fs::remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
    };
    let folder = file.parent().unwrap_or(Path::new("."));
    let mut part = new_file(folder)?;
    part.write_all(content)?;
    part.as_file().sync_all()?;
    part.persist(file).map(drop).map_err(|error| error.error)
}

/// A pack is no secret: its files are read by every account of the terminal.
#[cfg(unix)]
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    use std::os::unix::fs::PermissionsExt;
    let readable = fs::Permissions::from_mode(0o644);
    tempfile::Builder::new().permissions(readable).tempfile_in(folder)
}

#[cfg(not(unix))]
fn new_file(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    tempfile::NamedTempFile::new_in(folder)
}
