//! A pack folder on disk: `pack.toml`, `sheets/*.csv`, `forms/*/form.toml`, and the base it lies over.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use kakanai_text::PartialDate;
use serde::Deserialize;

use crate::backgrounds;
use crate::base_rows;
use crate::finding::{Finding, Place};
use crate::load::PackError;
use crate::row::Sheets;
use crate::sheet::{Layout, overlay};

/// Largest file a pack may hold, in bytes.
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;
/// Longest chain of bases.
const BASES_MAX: usize = 4;

/// `pack.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub id: String,
    pub version: u32,
    pub name: String,
    #[serde(default)]
    pub municipality_code: String,
    /// How addresses of the town begin.
    #[serde(default)]
    pub prefecture: String,
    /// What follows the prefecture in them, a county included.
    #[serde(default)]
    pub municipality: String,
    pub base: Option<kakanai_rules::pack::BaseRef>,
    pub valid_from: Option<PartialDate>,
    pub valid_until: Option<PartialDate>,
    pub author: String,
    #[serde(default)]
    pub approver: String,
    /// Its offices, fees and telephones are nobody's.
    #[serde(default)]
    pub sample: bool,
}

impl Head {
    /// A pack that ends before it begins is used on no day.
    fn check_days(&self, text: &str) -> Option<Finding> {
        let (from, until) = (self.valid_from?.range()?.0, self.valid_until?.range()?.1);
        if until >= from {
            return None;
        }
        let line = text.lines().position(|line| line.trim_start().starts_with("valid_until"));
        let row = line.and_then(|line| u64::try_from(line + 1).ok()).unwrap_or(0);
        let place = Place { sheet: format!("{}/pack.toml", self.id), row };
        let finding = place.error(
            "days-reversed",
            "valid_until",
            "使う最後の日が、最初の日より前です。".to_owned(),
            "valid_from と valid_until を確かめてください。",
        );
        Some(finding.english(
            "The last day of use lies before the first.",
            "See that valid_from and valid_until are right.",
        ))
    }
}

/// A folder laid over its bases, not yet typed.
pub struct Folder {
    pub head: Head,
    pub sheets: Sheets,
    /// Form templates by id: file and text.
    pub forms: BTreeMap<String, (String, String)>,
    /// What lies beside each template.
    pub blanks: BTreeMap<String, backgrounds::Files>,
    pub findings: Vec<Finding>,
}

/// Reads a folder and, below it, its bases from the sibling folders of their ids.
pub fn read(path: &Path, layouts: &[Layout]) -> Result<Folder, PackError> {
    let mut layers = Vec::new();
    let mut findings = Vec::new();
    let mut current = path.to_owned();
    loop {
        let (head, finding) = read_head(&current)?;
        findings.extend(finding);
        let base = head.base.clone();
        layers.push((current.clone(), head));
        let Some(base) = base else { break };
        if layers.iter().any(|(_, head)| head.id == base.id) {
            return Err(PackError::Base {
                id: base.id,
                expected: "a base that does not lead back to this pack".to_owned(),
            });
        }
        if layers.len() >= BASES_MAX {
            return Err(PackError::Base {
                id: base.id,
                expected: "at most 4 packs one over the other".to_owned(),
            });
        }
        current = sibling(&current, &base.id);
        let (found, _) = read_head(&current).map_err(|error| match error {
            PackError::Missing => PackError::Base {
                id: base.id.clone(),
                expected: "a folder of that name beside this pack".to_owned(),
            },
            error => error,
        })?;
        if found.id != base.id || found.version < base.version {
            return Err(PackError::Base {
                expected: format!("version {} or later", base.version),
                id: base.id,
            });
        }
    }
    let Some((_, head)) = layers.first() else {
        return Err(PackError::Missing);
    };
    let mut folder = Folder {
        head: head.clone(),
        sheets: Sheets {
            layers: layers.iter().rev().map(|(_, head)| head.clone()).collect(),
            rows: layouts.iter().map(|layout| (layout.name, Vec::new())).collect(),
            accepted: base_rows::read(path, &head.id)?,
        },
        forms: BTreeMap::new(),
        blanks: BTreeMap::new(),
        findings,
    };
    for (layer, (path, head)) in layers.iter().rev().enumerate() {
        read_layer(path, layer, &head.id, layouts, &mut folder)?;
    }
    Ok(folder)
}

fn sibling(path: &Path, id: &str) -> PathBuf {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    path.parent().map_or_else(|| PathBuf::from(id), |parent| parent.join(id))
}

/// The head of a pack, and what is odd about it.
fn read_head(path: &Path) -> Result<(Head, Option<Finding>), PackError> {
    let file = path.join("pack.toml");
    if !file.is_file() {
        return Err(PackError::Missing);
    }
    let folder = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let name = format!("{}/pack.toml", folder.unwrap_or_default());
    let text = read_text(&file, &name)?;
    let head: Head = toml::from_str(&text).map_err(|error| {
        let row = error.span().map_or(0, |span| {
            text.get(..span.start).map_or(0, |before| before.matches('\n').count() + 1)
        });
        PackError::Syntax { file: name, row, expected: error.message().to_owned() }
    })?;
    let finding = head.check_days(&text);
    Ok((head, finding))
}

fn read_layer(
    path: &Path,
    layer: usize,
    id: &str,
    layouts: &[Layout],
    folder: &mut Folder,
) -> Result<(), PackError> {
    for layout in layouts {
        let file = path.join("sheets").join(format!("{}.csv", layout.name));
        if !file.is_file() {
            continue;
        }
        let name = format!("{id}/sheets/{}.csv", layout.name);
        let text = read_text(&file, &name)?;
        if let Some(rows) = folder.sheets.rows.get_mut(layout.name) {
            overlay(layout, layer, &name, &text, rows, &mut folder.findings);
        }
    }
    let sheets = names(&path.join("sheets"))?;
    for (name, lang) in sheets.iter().filter_map(|name| Some((name, texts_language(name)?))) {
        let text = read_text(&path.join("sheets").join(name), &format!("{id}/sheets/{name}"))?;
        read_language(layouts, layer, &format!("{id}/sheets/{name}"), lang, &text, folder);
    }
    let known = |name: &str| {
        texts_language(name).is_some()
            || layouts.iter().any(|layout| format!("{}.csv", layout.name) == name)
    };
    for name in sheets.iter().filter(|name| name.ends_with(".csv") && !known(name)) {
        let place = Place { sheet: format!("{id}/sheets/{name}"), row: 0 };
        let finding = place.warning(
            "unknown-sheet",
            "",
            "この名前の表は使われません。".to_owned(),
            "ファイル名を確かめてください。",
        );
        folder.findings.push(
            finding.english("No sheet of this name is used.", "See that the file name is right."),
        );
    }
    for form in names(&path.join("forms"))? {
        let beside = path.join("forms").join(&form);
        let file = beside.join("form.toml");
        if file.is_file() {
            let name = format!("{id}/forms/{form}/form.toml");
            let text = read_text(&file, &name)?;
            let blank = backgrounds::read(&beside, &format!("{id}/forms/{form}"))?;
            folder.blanks.insert(form.clone(), blank);
            folder.forms.insert(form, (name, text));
        }
    }
    Ok(())
}

/// The language of a sheet that holds the texts of one language: `en` of `texts.en.csv`.
fn texts_language(name: &str) -> Option<&str> {
    let lang = name.strip_prefix("texts.")?.strip_suffix(".csv")?;
    Some(lang).filter(|lang| !lang.is_empty())
}

/// Lays a sheet of one language over the texts; a row of another language is found.
fn read_language(
    layouts: &[Layout],
    layer: usize,
    name: &str,
    lang: &str,
    text: &str,
    folder: &mut Folder,
) {
    let Some(layout) = layouts.iter().find(|layout| layout.name == "texts") else { return };
    let Some(rows) = folder.sheets.rows.get_mut(layout.name) else { return };
    overlay(layout, layer, name, text, rows, &mut folder.findings);
    for row in rows.iter().filter(|row| row.place.sheet == name && row.cell("lang") != lang) {
        let finding = row.place.error(
            "wrong-value",
            "lang",
            format!("「{}」の文は、この表に書けません。", row.cell("lang")),
            &format!("ここに書けるもの: {lang}"),
        );
        folder.findings.push(finding.english(
            format!("Texts in \"{}\" do not belong to this sheet.", row.cell("lang")),
            format!("What may stand here: {lang}"),
        ));
    }
}

fn names(path: &Path) -> Result<Vec<String>, PackError> {
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let mut names: Vec<String> = fs::read_dir(path)
        .map_err(PackError::Io)?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    Ok(names)
}

/// The text of a file that is not too large; `name` is what errors call it.
pub fn read_text(file: &Path, name: &str) -> Result<String, PackError> {
    String::from_utf8(read_bytes(file, name)?).map_err(|_| syntax(name, "text in UTF-8"))
}

/// The bytes of a file that is not too large; `name` is what errors call it.
pub fn read_bytes(file: &Path, name: &str) -> Result<Vec<u8>, PackError> {
    if fs::metadata(file).map_err(PackError::Io)?.len() > FILE_BYTES_MAX {
        return Err(syntax(name, "a file of at most 8 MiB"));
    }
    fs::read(file).map_err(PackError::Io)
}

fn syntax(name: &str, expected: &str) -> PackError {
    PackError::Syntax { file: name.to_owned(), row: 0, expected: expected.to_owned() }
}
