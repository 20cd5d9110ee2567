//! Checks over a whole pack (点検): what no single cell shows. Each file looks for one sort of fault.
//!
//! A pack is for officials who keep a spreadsheet: every finding says where, what is wrong and what to do. A pack
//! that is good has none, so nothing here may guess.

mod coverage;
mod cycles;
mod deadlines;
mod exclude;
mod facts;
mod follows;
pub(crate) mod forms;
mod groups;
mod handover;
mod kinds;
mod law;
mod longest;
mod names;
mod numbers;
mod overlay;
mod procedures;
mod readings;
mod sample;
mod scene;
mod supply;
mod texts;
mod translations;
mod uses;
mod versions;

use std::path::Path;

use kakanai_rules::Pack;

use crate::example;
use crate::finding::{Finding, Place, Severity};
use crate::load::{PackError, load_with_findings};
use crate::row::Sheets;

pub use kinds::{KINDS, Kind};
use scene::Scene;
pub use translations::Translation;

/// What a check tells of a pack.
#[derive(Debug, Clone)]
pub struct Checked {
    /// Every finding, errors first.
    pub findings: Vec<Finding>,
    /// How far the texts are translated, by language.
    pub translations: Vec<Translation>,
}

/// Checks a pack folder or compiled file: every finding, errors first.
///
/// # Errors
/// As [`look_at`].
pub fn check(path: &Path) -> Result<Vec<Finding>, PackError> {
    Ok(look_at(path)?.findings)
}

/// Checks a pack folder or compiled file, and counts its translations.
///
/// # Errors
/// When there is nothing to check; a file that cannot be read at all is a finding.
pub fn look_at(path: &Path) -> Result<Checked, PackError> {
    let loaded = match load_with_findings(path) {
        Ok(loaded) => loaded,
        Err(PackError::Syntax { file, row, expected }) => {
            let findings = vec![unreadable(file, row, &expected)];
            return Ok(Checked { findings, translations: Vec::new() });
        }
        Err(error) => return Err(error),
    };
    let mut findings = loaded.findings;
    // What a faulty pack decides would only repeat its faults.
    if findings.iter().all(|finding| finding.severity != Severity::Error) {
        let ran = example::run(&loaded.pack, &loaded.test_places);
        let scene = Scene::new(&loaded.pack, &loaded.sheets, true);
        findings.extend(coverage::check(&scene, &ran.decided));
        findings.extend(ran.findings);
        findings.extend(forms::check(&loaded.pack, &loaded.form_files).map_err(PackError::Fonts)?);
    }
    findings.sort_by_key(|finding| finding.severity);
    Ok(Checked { findings, translations: translations::summary(&loaded.pack) })
}

fn unreadable(file: String, row: usize, expected: &str) -> Finding {
    let place = Place { sheet: file, row: u64::try_from(row).unwrap_or(0) };
    place
        .error(
            "syntax",
            "",
            format!("読めません。期待したもの: {expected}"),
            "この行を直してください。",
        )
        .english(format!("It cannot be read. Expected: {expected}"), "Mend this row.")
}

/// Findings after which rows are missing, so that whatever refers to them would seem to lead nowhere.
const UNREAD: [&str; 6] =
    ["syntax", "unknown-column", "missing-column", "column-twice", "id-twice", "version-unclear"];

/// Everything that can be found without deciding a case. What reading the cells found (`so_far`) is not told again
/// through the rows that depend on it.
pub fn references(pack: &Pack, sheets: &Sheets, so_far: &[Finding]) -> Vec<Finding> {
    if so_far.iter().any(|finding| UNREAD.contains(&finding.kind.as_str())) {
        return Vec::new();
    }
    let whole = so_far.iter().all(|finding| finding.severity != Severity::Error);
    let scene = Scene::new(pack, sheets, whole);
    [
        names::check,
        facts::check,
        numbers::check,
        procedures::check,
        law::check,
        versions::check,
        deadlines::check,
        supply::check,
        follows::check,
        groups::check,
        cycles::check,
        texts::check,
        readings::check,
        handover::check,
        sample::check,
        overlay::check,
    ]
    .iter()
    .flat_map(|check| check(&scene))
    .collect()
}
