//! The blanks of a pack (`blank.pdf`, `blank.png`, `blank.toml`): read beside their forms, held against the SHA-256
//! that `form.toml` names, and carried in the compiled pack.

use std::collections::BTreeMap;
use std::path::Path;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kakanai_rules::Pack;
use kakanai_rules::pack::BlankPage;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::blank::BlankField;
use crate::finding::{Finding, Place};
use crate::folder::{read_bytes, read_text};
use crate::load::PackError;
use crate::row::hex;

/// The cleaned page.
pub const PAGE: &str = "blank.pdf";
/// The cleaned page for the screen.
pub const PICTURE: &str = "blank.png";
/// Its size and fields.
pub const FIELDS: &str = "blank.toml";

/// The form of `blank.toml` that is written and read.
const FORMAT: u32 = 1;

/// `blank.toml`: written by the command, read by people who look for a field's name.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldSheet {
    format: u32,
    /// SHA-256 of the page it belongs to.
    sha256: String,
    /// Width and height of the visible page in millimetres.
    size: [f32; 2],
    /// Fields of the page.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    field: Vec<BlankField>,
}

impl FieldSheet {
    /// What is known of a page.
    pub fn new(sha256: &str, size: [f32; 2], fields: &[BlankField]) -> FieldSheet {
        FieldSheet { format: FORMAT, sha256: sha256.to_owned(), size, field: fields.to_vec() }
    }

    /// The text of the file.
    pub fn write(&self) -> String {
        let head = "# 白紙のPDFから読み取った、紙の大きさと入力欄（ミリメートル、左上から）。\n\
                    # kakanai pack blank が書きます。手で直さないでください。\n\n";
        // Numbers, texts and lists: nothing that TOML cannot say.
        format!("{head}{}", toml::to_string(self).unwrap_or_default())
    }
}

/// The files beside one form.
#[derive(Debug, Default)]
pub struct Files {
    page: Option<Vec<u8>>,
    picture: Option<Vec<u8>>,
    /// Name for messages, and text.
    sheet: Option<(String, String)>,
}

/// Reads the files beside a form; `name` is what messages call its folder.
pub fn read(folder: &Path, name: &str) -> Result<Files, PackError> {
    let bytes = |file: &str| match folder.join(file) {
        path if path.is_file() => read_bytes(&path, &format!("{name}/{file}")).map(Some),
        _ => Ok(None),
    };
    let sheet = folder.join(FIELDS);
    let sheet_name = format!("{name}/{FIELDS}");
    Ok(Files {
        page: bytes(PAGE)?,
        picture: bytes(PICTURE)?,
        sheet: match sheet.is_file() {
            true => Some((sheet_name.clone(), read_text(&sheet, &sheet_name)?)),
            false => None,
        },
    })
}

/// The part of a template that names its blank.
#[derive(Deserialize)]
struct Named {
    blank: Option<kakanai_forms::template::BlankRef>,
}

/// The SHA-256 that a template names. A template that cannot be read names none: it is told elsewhere.
fn named(text: &str) -> Option<String> {
    toml::from_str::<Named>(text).ok()?.blank.map(|blank| blank.sha256)
}

/// The fields of a form's blank; its page goes to `blanks`. What does not fit is a finding, and then there are none
/// to go on with.
pub fn take(
    text: &str,
    file: &str,
    files: &Files,
    blanks: &mut BTreeMap<String, BlankPage>,
    findings: &mut Vec<Finding>,
) -> Option<Vec<BlankField>> {
    let Some(sha256) = named(text) else { return Some(Vec::new()) };
    let row = text.lines().position(|line| line.trim_start().starts_with("blank"));
    let row = row.and_then(|line| u64::try_from(line + 1).ok()).unwrap_or(1);
    let place = Place { sheet: file.to_owned(), row };
    let mut wrong = |ja: &str, en: &str| {
        let hint = "kakanai pack blank で、白紙のPDFを取り込み直してください。";
        let finding = place.error("blank", "blank", ja.to_owned(), hint);
        findings.push(finding.english(en, "Import the blank PDF again with kakanai pack blank."));
    };
    let Some(page) = &files.page else {
        wrong("白紙のページ blank.pdf がありません。", "There is no blank.pdf.");
        return None;
    };
    if hex(&Sha256::digest(page)) != sha256 {
        wrong(
            "blank.pdf が、様式に書かれた SHA-256 と違います。",
            "blank.pdf is not the one whose SHA-256 the form names.",
        );
        return None;
    }
    let sheet = files.sheet.as_ref().map(|(_, text)| toml::from_str::<FieldSheet>(text));
    let fields = match sheet {
        Some(Ok(sheet)) if sheet.format == FORMAT && sheet.sha256 == sha256 => sheet.field,
        _ => {
            wrong(
                "blank.toml がないか、この blank.pdf のものではありません。",
                "There is no blank.toml, or it does not belong to this blank.pdf.",
            );
            return None;
        }
    };
    let picture = files.picture.as_ref().map(|picture| STANDARD.encode(picture));
    blanks.insert(
        sha256,
        BlankPage { page: STANDARD.encode(page), picture: picture.unwrap_or_default() },
    );
    Some(fields)
}

/// Whether a compiled pack carries the page of every form, and every page is the one it is filed as.
///
/// # Errors
/// What was expected.
pub fn check(pack: &Pack) -> Result<(), String> {
    for (sha256, blank) in &pack.blanks {
        let page = STANDARD.decode(&blank.page).unwrap_or_default();
        if hex(&Sha256::digest(&page)) != *sha256 {
            return Err(format!("the page with the SHA-256 {sha256}"));
        }
    }
    for (form, text) in pack.forms.iter().filter(|(_, text)| text.contains("sha256")) {
        if let Some(sha256) = named(text).filter(|sha256| !pack.blanks.contains_key(sha256)) {
            return Err(format!("the page of the form {form} with the SHA-256 {sha256}"));
        }
    }
    Ok(())
}
