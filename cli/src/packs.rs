//! `kakanai pack …`: what supervisors do with a rule pack.

use std::path::Path;

use kakanai_authoring::{Finding, Severity, Translation, accept_base, canonical, fingerprint};
use serde_json::json;

use crate::args::PackCommand;
use crate::blanks;
use crate::outcome::{Answer, Exit, Failure, Outcome};

/// Runs a pack command.
pub fn run(command: &PackCommand, lang: &str) -> Outcome {
    match command {
        PackCommand::Check { pack } => check(pack, lang),
        PackCommand::Compile { pack, file } => compile(pack, file),
        PackCommand::Blank { pack, form, file, page } => blanks::put(pack, form, file, *page),
        PackCommand::Proof { pack, form, out } => blanks::proof(pack, form, out, lang),
        PackCommand::AcceptBase { pack } => {
            let rows = accept_base(pack)?;
            Ok(Answer::yes(json!({ "rows": rows }), vec![rows.to_string()]))
        }
    }
}

/// Finds what is wrong in a pack.
fn check(pack: &Path, lang: &str) -> Outcome {
    let checked = kakanai_authoring::look_at(pack)?;
    let findings: Vec<_> =
        checked.findings.into_iter().map(|finding| finding.in_language(lang)).collect();
    let wrong = findings.iter().any(|finding| finding.severity == Severity::Error);
    let mut lines: Vec<_> = findings.iter().map(|finding| line(finding, lang)).collect();
    lines.extend(checked.translations.iter().map(|translation| translated(translation, lang)));
    let told = json!({
        "findings": findings,
        "not_decided": [],
        "translations": checked.translations,
    });
    Ok(Answer { json: told, lines, no: wrong })
}

/// A finding in a line.
pub fn line(finding: &Finding, lang: &str) -> String {
    let place = if lang.starts_with("ja") {
        format!("{} {}行 {}", finding.sheet, finding.row, finding.column)
    } else {
        format!("{}, row {}, {}", finding.sheet, finding.row, finding.column)
    };
    format!("{}: {} {}", place.trim_end(), finding.text, finding.hint)
}

/// How far a language is, in a line.
fn translated(of: &Translation, lang: &str) -> String {
    let Translation { lang: language, rows, native_checked, machine_draft, missing } = of;
    if lang.starts_with("ja") {
        return format!(
            "翻訳 {language}: {rows}行、ネイティブ確認済み{native_checked}、機械翻訳の下書き{machine_draft}、未訳{missing}"
        );
    }
    format!(
        "translation {language}: {rows} rows, {native_checked} native-checked, {machine_draft} machine drafts, {missing} missing"
    )
}

/// Writes the compiled pack; one with errors is not written.
fn compile(pack: &Path, file: &Path) -> Outcome {
    let pack = kakanai_authoring::load(pack)?.pack;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
    std::fs::write(file, canonical(&pack)).map_err(|_| {
        Failure::new("file-not-written", Exit::Device).with(json!({ "file": name }))
    })?;
    let fingerprint = fingerprint(&pack);
    let told = json!({ "pack": { "id": pack.id, "version": pack.version }, "sha256": fingerprint });
    Ok(Answer::yes(told, vec![fingerprint]))
}
