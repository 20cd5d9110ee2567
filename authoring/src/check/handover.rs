//! The hand-over: every column leads somewhere and fits its file, and nothing that was captured is lost on the way.

use std::collections::{BTreeMap, BTreeSet};

use kakanai_rules::pack::{HandoverColumn, HandoverFormat, HandoverSource};
use kakanai_rules::{Sensitivity, derived_from};
use kakanai_text::{encode_cp932, windows_forms};

use super::facts::is_askable;
use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::handover::WITHHELD;
use crate::near;

/// The sheet of columns.
const COLUMNS: &str = "handover";
/// The sheet of files.
const FILES: &str = "handover_files";

/// Columns and files that cannot be what they say, discreet facts in them, and facts that are in none.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = files(scene);
    for column in &scene.pack.handover.columns {
        findings.extend(column_of(scene, column));
    }
    findings.extend(withheld(scene));
    findings.extend(twice(scene));
    if scene.is_town() && scene.whole && !scene.pack.handover.is_empty() {
        findings.extend(missing(scene));
    }
    findings
}

fn wrong(place: &Place, column: &str, text: (String, String), hint: (&str, &str)) -> Finding {
    place.error("wrong-value", column, text.0, hint.0).english(text.1, hint.1)
}

fn files(scene: &Scene<'_>) -> Vec<Finding> {
    let events = scene.vocabulary.get("event").map(|def| def.values.clone()).unwrap_or_default();
    let mut findings = Vec::new();
    for file in &scene.pack.handover.files {
        let place = scene.place(FILES, &file.id);
        for event in file.events.iter().filter(|event| !events.contains(event)) {
            findings.push(wrong(
                &place,
                "events",
                (
                    format!("「{event}」という異動はありません。"),
                    format!("There is no event \"{event}\"."),
                ),
                ("event の値を書いてください。", "Write values of event."),
            ));
        }
        for name in &file.procedures {
            let known = match name.strip_suffix(".*") {
                Some(start) => {
                    let start = format!("{start}.");
                    scene.pack.procedures.iter().any(|row| row.id.starts_with(&start))
                }
                None => scene.pack.procedure(name).is_some(),
            };
            if !known {
                let known = scene.pack.procedures.iter().map(|row| row.id.as_str());
                let add =
                    ("procedures 表に行を加えてください", "add a row to the procedures sheet");
                let (hint, hint_en) = near::hint(name, known, add);
                findings.push(
                    place
                        .error(
                            "unknown-procedure",
                            "procedures",
                            format!("「{name}」という手続きはありません。"),
                            &hint,
                        )
                        .english(format!("There is no procedure \"{name}\"."), hint_en),
                );
            }
        }
    }
    findings
}

fn column_of(scene: &Scene<'_>, column: &HandoverColumn) -> Vec<Finding> {
    let place = scene.dated(COLUMNS, &column.id, &column.dated);
    let mut findings = Vec::new();
    let file = scene.pack.handover.files.iter().find(|file| file.id == column.section);
    if file.is_none() && !scene.cells(FILES, "id").contains(column.section.as_str()) {
        let known = scene.pack.handover.files.iter().map(|file| file.id.as_str());
        let add =
            ("handover_files 表に行を加えてください", "add a row to the handover_files sheet");
        let (hint, hint_en) = near::hint(&column.section, known, add);
        let section = &column.section;
        findings.push(
            place
                .error(
                    "unknown-section",
                    "section",
                    format!("「{section}」という引き渡しファイルはありません。"),
                    &hint,
                )
                .english(format!("There is no hand-over file \"{section}\"."), hint_en),
        );
    }
    if encode_cp932(&column.heading).is_err() || column.heading.chars().any(char::is_control) {
        findings.push(wrong(
            &place,
            "heading",
            (
                "CP932（Shift_JIS）にない文字があります。".to_owned(),
                "There are characters that CP932 (Shift_JIS) does not have.".to_owned(),
            ),
            ("ほかの文字で書いてください。", "Write it with other characters."),
        ));
    }
    let Some(source) = HandoverSource::of(&column.source, &scene.vocabulary) else {
        findings.push(unknown_fact(scene, &column.source, &place));
        return findings;
    };
    if source.discreet {
        let fact = &column.source;
        findings.push(
            place
                .error(
                    "handover-discreet",
                    "source",
                    format!("「{fact}」は配慮の必要な項目で、引き渡せません。"),
                    "この行を消してください。",
                )
                .english(
                    format!("\"{fact}\" is discreet and is never handed over."),
                    "Remove this row.",
                ),
        );
    } else if source.fact.as_deref().is_some_and(|fact| is_derived(scene, fact)) {
        findings.push(wrong(
            &place,
            "source",
            (
                "式から決まる項目には、引き渡す値がありません。".to_owned(),
                "A named condition has no value to hand over.".to_owned(),
            ),
            ("もとになる項目を書いてください。", "Write the facts that it follows from."),
        ));
    } else if file.is_some_and(|file| !source.rows.contains(&file.rows)) {
        findings.push(wrong(
            &place,
            "source",
            (
                format!("「{}」は、このファイルの行では決まりません。", column.source),
                format!("\"{}\" has no value in the rows of this file.", column.source),
            ),
            (
                "人の項目は1人に1行のファイルに、手続きの項目は手続きごとのファイルに書いてください。",
                "Put facts of people into a file with rows for people, those of procedures into one for procedures.",
            ),
        ));
    } else {
        findings.extend(format(column, &source, &place));
        findings.extend(words(scene, column, &place));
    }
    findings
}

/// A word of the pack that CP932 cannot hold would stop every case in which it stands.
fn words(scene: &Scene<'_>, column: &HandoverColumn, place: &Place) -> Option<Finding> {
    let texts = scene.pack.texts.get("ja");
    let start = match column.source.as_str() {
        "procedure.title" => Some("procedure."),
        "procedure.office_title" => Some("office."),
        _ => None,
    };
    let texts = texts.into_iter().flatten().filter_map(|(id, versions)| {
        start.filter(|start| id.starts_with(start)).map(|_| versions.iter().map(|text| &text.text))
    });
    let laws = scene.pack.procedures.iter().map(|row| &row.law);
    let laws = laws.filter(|_| column.source == "procedure.law");
    let written = |text: &str| match column.format {
        HandoverFormat::Jis => encode_cp932(&windows_forms(text)),
        _ => encode_cp932(text),
    };
    let bad = texts.flatten().chain(laws).find(|text| written(text).is_err())?;
    Some(wrong(
        place,
        "format",
        (
            format!("「{bad}」は CP932（Shift_JIS）で書けません。"),
            format!("\"{bad}\" cannot be written in CP932 (Shift_JIS)."),
        ),
        (
            "書式を jis にするか、その文を CP932 にある文字で書いてください。",
            "Use the format jis, or write that text with characters that CP932 has.",
        ),
    ))
}

fn format(column: &HandoverColumn, source: &HandoverSource, place: &Place) -> Option<Finding> {
    let worded = column.format != HandoverFormat::Words || source.fact.is_some();
    if !column.format.fits(source.kind) || !worded {
        let kind = source.kind.name();
        return Some(wrong(
            place,
            "format",
            (
                format!("「{}」（{kind}）は、この書式では書けません。", column.source),
                format!("\"{}\" ({kind}) cannot be written in this format.", column.source),
            ),
            (
                "日付は yyyymmdd・yyyy-mm-dd・era、はい・いいえと選択は コード か words、ほかは text か jis です。",
                "Dates: yyyymmdd, yyyy-mm-dd or era; yes-no and choices: codes or words; others: text or jis.",
            ),
        ));
    }
    let HandoverFormat::Codes(codes) = &column.format else { return None };
    let without: Vec<&str> = source
        .values
        .iter()
        .map(String::as_str)
        .filter(|value| !codes.contains_key(*value))
        .collect();
    let strange: Vec<&str> = codes
        .keys()
        .map(String::as_str)
        .filter(|id| !source.values.iter().any(|value| value == id))
        .collect();
    if without.is_empty() && strange.is_empty() && !source.values.is_empty() {
        return None;
    }
    let (without, strange) = (without.join(" "), strange.join(" "));
    Some(wrong(
        place,
        "format",
        (
            format!("値とコードが合いません（コードのない値: {without}　ない値: {strange}）。"),
            format!("Values and codes differ (without code: {without}; no value: {strange})."),
        ),
        ("すべての値に1つずつコードを書いてください。", "Give every value one code."),
    ))
}

fn is_derived(scene: &Scene<'_>, fact: &str) -> bool {
    scene.pack.derived.iter().any(|row| row.fact == fact)
}

fn unknown_fact(scene: &Scene<'_>, source: &str, place: &Place) -> Finding {
    let fact = source.split_once('.').map_or(source, |(_, fact)| fact);
    let known = scene.vocabulary.iter().map(|def| def.id.as_str());
    let add = ("facts 表に加えてください", "add it to the facts sheet");
    let (hint, hint_en) = near::hint(fact, known, add);
    place
        .error(
            "unknown-fact",
            "source",
            format!("「{source}」という項目は語彙にもこのパックにもありません。"),
            &hint,
        )
        .english(
            format!("Neither the vocabulary nor this pack knows the fact \"{source}\"."),
            hint_en,
        )
}

/// Rows of section `-` that name no fact.
fn withheld<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = Finding> + 'a {
    let unknown = |source: &str| {
        HandoverSource::of(source, &scene.vocabulary).is_none_or(|source| source.fact.is_none())
    };
    let rows = scene.pack.handover.withheld.iter().filter(move |row| unknown(&row.source));
    rows.map(|row| unknown_fact(scene, &row.source, &scene.place(COLUMNS, &row.id)))
}

/// Two columns of one file with one place or one heading, on the same days.
fn twice(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut by_file: BTreeMap<&str, Vec<&HandoverColumn>> = BTreeMap::new();
    for column in &scene.pack.handover.columns {
        let earlier = by_file.entry(&column.section).or_default();
        for other in earlier.iter().filter(|other| other.id != column.id && meet(other, column)) {
            let (cell, what, what_en) = if other.order == column.order {
                ("order", "順番", "place")
            } else if other.heading == column.heading {
                ("heading", "見出し", "heading")
            } else {
                continue;
            };
            let place = scene.dated(COLUMNS, &column.id, &column.dated);
            let other = &other.id;
            findings.push(
                place
                    .error(
                        "handover-twice",
                        cell,
                        format!("「{other}」と同じ{what}です。"),
                        "ファイルの中で重ならないようにしてください。",
                    )
                    .english(
                        format!("\"{other}\" has the same {what_en}."),
                        "Give each column of a file its own.",
                    ),
            );
        }
        earlier.push(column);
    }
    findings
}

/// Whether two columns count on one day.
fn meet(one: &HandoverColumn, other: &HandoverColumn) -> bool {
    let before = |a: &HandoverColumn, b: &HandoverColumn| {
        a.dated.until.zip(b.dated.from).is_some_and(|(until, from)| until < from)
    };
    !before(one, other) && !before(other, one)
}

/// Facts that are captured and go nowhere.
fn missing(scene: &Scene<'_>) -> Vec<Finding> {
    let handover = &scene.pack.handover;
    let mut told: BTreeSet<&str> = BTreeSet::new();
    // Rows that cannot be read count: their fault is told once.
    let sources = scene.rows(COLUMNS).iter().map(|row| row.cell("source"));
    for source in sources.chain(handover.columns.iter().map(|column| column.source.as_str())) {
        told.extend(source.split_once('.').map(|(_, fact)| fact));
        told.extend(HandoverSource::behind(source));
    }
    let captured = |fact: &str| {
        let def = scene.vocabulary.get(fact)?;
        (def.sensitivity != Sensitivity::Discreet && is_askable(scene, def)).then(|| def.id.clone())
    };
    let mut findings = Vec::new();
    let mut lost = BTreeSet::new();
    let questions = scene.pack.questions.iter().filter(|row| !row.retired);
    let asked = questions
        .map(|row| (row.fact.clone(), scene.place("questions", &row.id), "fact".to_owned()));
    let used = scene.uses().iter().map(|used| {
        let fact = derived_from(&used.fact).unwrap_or(&used.fact).to_owned();
        match used.sheet {
            "forms" => {
                let file = format!("forms/{}/form.toml", used.id);
                (fact, Place { sheet: file, row: 0 }, "source".to_owned())
            }
            _ => (fact, scene.used_at(used), scene.column(used)),
        }
    });
    for (fact, place, column) in asked.chain(used) {
        let Some(fact) = captured(&fact) else { continue };
        if told.contains(fact.as_str()) || !lost.insert(fact.clone()) {
            continue;
        }
        findings.push(
            place
                .warning(
                    "handover-missing",
                    &column,
                    format!("「{fact}」は、どの引き渡しファイルにもなく、引き渡さない理由もありません。"),
                    &format!("handover 表に列を加えるか、section を {WITHHELD} とした行に理由を書いてください。"),
                )
                .english(
                    format!("\"{fact}\" is in no hand-over file, and nothing says why."),
                    format!("Add a column to the handover sheet, or a row with section {WITHHELD} and the reason."),
                ),
        );
    }
    findings
}
