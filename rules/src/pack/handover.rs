//! What a pack hands over to robots and core systems (引き渡し): files, their columns, and what is kept back.
//!
//! A column says where its value comes from in the words of the form templates (`case.move_date`, `person.name`,
//! `form.today`), and `procedure.…` in a file with one row per procedure. [`HandoverSource`] is the one list of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::days::Dated;
use crate::vocabulary::{FactType, Sensitivity, SubjectKind, Vocabulary};

/// All that is handed over, and all that is not.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    /// Files, in their order.
    pub files: Vec<HandoverFile>,
    /// Columns of all files, in the order of the sheet.
    pub columns: Vec<HandoverColumn>,
    /// Facts that are not handed over, and why.
    pub withheld: Vec<Withheld>,
}

impl Handover {
    /// Whether the pack hands nothing over.
    pub fn is_empty(&self) -> bool {
        *self == Handover::default()
    }

    /// The columns of a file on the day `on`, from left to right.
    pub fn columns_of(&self, file: &str, on: Date) -> Vec<&HandoverColumn> {
        let mut columns: Vec<_> = self
            .columns
            .iter()
            .filter(|column| column.section == file && column.dated.holds_on(on))
            .collect();
        columns.sort_by_key(|column| column.order);
        columns
    }
}

/// One file of a case: `ID.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverFile {
    /// Section id and file name.
    pub id: String,
    /// What its rows stand for.
    pub rows: RowsOf,
    /// Events of the visit for which it is written; none = all.
    pub events: Vec<String>,
    /// It is written only for whom one of these procedures is required; a name that ends in `.*` means all that begin
    /// so. None = written whatever was decided.
    pub procedures: Vec<String>,
    /// Title, in Japanese.
    pub title: String,
    /// Place among the files.
    pub order: u32,
}

/// What the rows of a file stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowsOf {
    /// One row for the case.
    Case,
    /// One row for each person.
    Person,
    /// One row for each decided procedure and each person it is for.
    Procedure,
}

/// One column of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverColumn {
    /// `section.column`.
    pub id: String,
    /// The file.
    pub section: String,
    /// Place from the left.
    pub order: u32,
    /// Heading, in Japanese.
    pub heading: String,
    /// Where the value comes from.
    pub source: String,
    /// How it is written.
    pub format: HandoverFormat,
    /// A case without it is not handed over.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// Most bytes in CP932; `None` = any length.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_bytes: Option<u32>,
    /// For the robot's author.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When the column counts, by the day at the counter.
    #[serde(flatten)]
    pub dated: Dated,
}

/// A fact that is not handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withheld {
    /// Row id.
    pub id: String,
    /// The fact as a source, `case.any_card`.
    pub source: String,
    /// Why.
    pub note: String,
}

/// How a value is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum HandoverFormat {
    /// Exactly as it is: text, a whole number, ids.
    Text,
    /// Text, with the JIS characters that Unicode has twice as Windows writes them.
    Jis,
    /// `20261120`, unknown parts `00`.
    DateDigits,
    /// `2026-11-20`, unknown parts `00`.
    DateIso,
    /// `令和8年11月20日`, unknown parts left out.
    DateEra,
    /// A choice or yes and no in the pack's Japanese words.
    Words,
    /// A choice or yes and no as a code; every value has one.
    Codes(BTreeMap<String, String>),
}

impl HandoverFormat {
    /// Whether a value of this type can be written so.
    pub fn fits(&self, kind: FactType) -> bool {
        match self {
            HandoverFormat::Text => !matches!(kind, FactType::Date | FactType::YesNo),
            HandoverFormat::Jis => kind == FactType::Text,
            HandoverFormat::DateDigits | HandoverFormat::DateIso | HandoverFormat::DateEra => {
                kind == FactType::Date
            }
            HandoverFormat::Words | HandoverFormat::Codes(_) => {
                matches!(kind, FactType::YesNo | FactType::Choice | FactType::Choices)
            }
        }
    }
}

/// What a source is: the type of its values, and whether it needs a person or a procedure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverSource {
    /// Type of the value.
    pub kind: FactType,
    /// The values of a choice; `yes` and `no` of a yes-no fact; empty = any.
    pub values: Vec<String>,
    /// It has a value only in rows of these kinds.
    pub rows: &'static [RowsOf],
    /// The fact behind it, if there is one.
    pub fact: Option<String>,
    /// It may not be handed over at all.
    pub discreet: bool,
}

const ALL: &[RowsOf] = &[RowsOf::Case, RowsOf::Person, RowsOf::Procedure];
const OF_PEOPLE: &[RowsOf] = &[RowsOf::Person, RowsOf::Procedure];
const OF_PROCEDURES: &[RowsOf] = &[RowsOf::Procedure];

/// Sources that are no facts: name, type, values, rows.
type Own = (&'static str, FactType, &'static [&'static str], &'static [RowsOf]);

const OWN: &[Own] = &[
    ("form.today", FactType::Date, &[], ALL),
    ("form.case", FactType::Text, &[], ALL),
    ("form.moved_on", FactType::Date, &[], ALL),
    ("form.address", FactType::Text, &[], ALL),
    ("form.address_katagaki", FactType::Text, &[], ALL),
    ("form.postal_code", FactType::Text, &[], ALL),
    ("person.id", FactType::Text, &[], OF_PEOPLE),
    ("procedure.id", FactType::Text, &[], OF_PROCEDURES),
    ("procedure.title", FactType::Text, &[], OF_PROCEDURES),
    ("procedure.status", FactType::Choice, &["required", "may-apply", "undecided"], OF_PROCEDURES),
    ("procedure.deadline", FactType::Date, &[], OF_PROCEDURES),
    ("procedure.office", FactType::Text, &[], OF_PROCEDURES),
    ("procedure.office_title", FactType::Text, &[], OF_PROCEDURES),
    (
        "procedure.outcome",
        FactType::Choice,
        &["here", "covered", "paper", "elsewhere", "offered", "open"],
        OF_PROCEDURES,
    ),
    ("procedure.covered_by", FactType::Text, &[], OF_PROCEDURES),
    ("procedure.law", FactType::Text, &[], OF_PROCEDURES),
];

impl HandoverSource {
    /// What the source is; `None` for one that can never have a value.
    pub fn of(source: &str, vocabulary: &Vocabulary) -> Option<HandoverSource> {
        if let Some((_, kind, values, rows)) = OWN.iter().find(|(name, ..)| *name == source) {
            let values = values.iter().map(|&value| value.to_owned()).collect();
            return Some(HandoverSource { kind: *kind, values, rows, fact: None, discreet: false });
        }
        let (subject, rows, fact) = match source.split_once('.')? {
            ("case", fact) => (SubjectKind::Case, ALL, fact),
            ("person", fact) => (SubjectKind::Person, OF_PEOPLE, fact),
            ("head" | "visitor" | "claimant" | "spouse", fact) => (SubjectKind::Person, ALL, fact),
            _ => return None,
        };
        let def = vocabulary.about(subject, fact)?;
        let values = match def.kind {
            FactType::YesNo => vec!["yes".to_owned(), "no".to_owned()],
            _ => def.values.clone(),
        };
        Some(HandoverSource {
            kind: def.kind,
            values,
            rows,
            fact: Some(fact.to_owned()),
            discreet: def.sensitivity == Sensitivity::Discreet,
        })
    }

    /// The facts that a source takes along when it is none itself.
    pub fn behind(source: &str) -> &'static [&'static str] {
        match source {
            "form.today" => &["counter_date"],
            "form.moved_on" => &["move_date", "change_date"],
            "form.address" => &["new_address"],
            "form.address_katagaki" => &["new_address_katagaki"],
            "form.postal_code" => &["new_postal_code"],
            _ => &[],
        }
    }
}
