//! What every test needs: the fonts, the sample forms, and poppler and qpdf.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use kakanai_forms::{
    FieldValue, FontSet, LayoutError, Mark, Paper, Refusal, Run, Sample, Settlements, Template,
    Values, lay_out,
};

pub fn fonts() -> &'static FontSet {
    static FONTS: OnceLock<FontSet> = OnceLock::new();
    FONTS.get_or_init(|| {
        let fonts = FontSet::debian().unwrap();
        assert!(fonts.absent().is_empty(), "install the packages of {:?}", fonts.absent());
        fonts
    })
}

pub fn forms_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city/forms")
}

/// Every sample of every form: `form/sample`, template, values.
pub fn samples() -> Vec<(String, Template, Sample)> {
    let mut all = Vec::new();
    for form in sorted(&forms_folder()) {
        let id = form.file_name().unwrap().to_string_lossy().into_owned();
        let template = template(&id);
        for sample in sorted(&form.join("samples")) {
            let name = sample.file_stem().unwrap().to_string_lossy().into_owned();
            let values = Sample::parse(&fs::read_to_string(&sample).unwrap(), &name).unwrap();
            all.push((format!("{id}-{name}"), template.clone(), values));
        }
    }
    assert!(all.len() >= 7, "samples are missing");
    all
}

pub fn template(id: &str) -> Template {
    Template::parse(&template_text(id), &format!("{id}/form.toml")).unwrap()
}

pub fn template_text(id: &str) -> String {
    fs::read_to_string(forms_folder().join(id).join("form.toml")).unwrap()
}

/// A form with every kind of field, beside its text, and values for it.
pub fn every_kind() -> (Template, String, Sample) {
    let toml = include_str!("kinds.toml").to_owned();
    let values = Sample::parse(include_str!("kinds.json"), "kinds.json").unwrap();
    (Template::parse(&toml, "kinds.toml").unwrap(), toml, values)
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

/// Fills a form without any settlement.
pub fn fill(template: &Template, values: &dyn Values) -> Result<Vec<Paper>, LayoutError> {
    lay_out(template, values, fonts(), &Settlements::default())
}

pub fn runs(paper: &Paper) -> impl Iterator<Item = &Run> {
    paper.pages.iter().flat_map(|page| &page.marks).filter_map(|mark| match mark {
        Mark::Run(run) => Some(run),
        _ => None,
    })
}

/// Values given by hand.
#[derive(Default)]
pub struct Given {
    pub people: Vec<String>,
    pub values: BTreeMap<String, FieldValue>,
}

impl Given {
    pub fn person(values: &[(&str, FieldValue)]) -> Self {
        let mut given = Self { people: vec!["p1".to_owned()], ..Self::default() };
        for (source, value) in values {
            given.values.insert((*source).to_owned(), value.clone());
        }
        given
    }
}

impl Values for Given {
    fn value(&self, source: &str, _person: Option<&str>) -> FieldValue {
        self.values.get(source).cloned().unwrap_or(FieldValue::Missing)
    }

    fn people(&self) -> Vec<String> {
        self.people.clone()
    }
}

/// The codes of everything that was refused.
pub fn code(result: Result<Vec<Paper>, LayoutError>) -> Vec<&'static str> {
    match result {
        Err(LayoutError::Refused(refusals)) => refusals.0.iter().map(Refusal::code).collect(),
        Err(error) => panic!("{error}"),
        Ok(_) => Vec::new(),
    }
}

/// The texts of the first paper, run by run.
pub fn printed(result: Result<Vec<Paper>, LayoutError>) -> Vec<String> {
    runs(&result.unwrap()[0]).map(|run| run.text.clone()).collect()
}

pub fn text(text: &str) -> FieldValue {
    FieldValue::Text(text.to_owned())
}

/// A form of one page with these fields.
pub fn form(scope: &str, fields: &str) -> Template {
    let toml = format!(
        "format = 1\nid = \"t\"\ntitle = \"試験\"\nissuer = \"みほん市長\"\nversion = 1\n\
         valid_from = \"2026-04-01\"\nlaw = \"\"\nscope = \"{scope}\"\npaper = \"A4\"\n{fields}\n"
    );
    Template::parse(&toml, "t/form.toml").unwrap()
}

/// Runs a tool on a PDF and gives what it prints.
pub fn tool(command: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("paper.pdf");
    fs::write(&file, pdf).unwrap();
    let output = Command::new(command).args(before).arg(&file).args(after).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// The text of a PDF as `pdftotext -raw` reads it, without white space.
pub fn pdf_text(pdf: &[u8]) -> String {
    squeeze(&tool("pdftotext", &["-raw", "-enc", "UTF-8"], pdf, &["-"]))
}

pub fn squeeze(text: &str) -> String {
    text.split_whitespace().collect()
}
