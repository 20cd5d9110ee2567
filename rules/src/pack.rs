//! The compiled rule pack (ルールパック): data, never code.
//!
//! `authoring` reads the sheets, checks them and writes this form; everything here is already typed, so
//! evaluation cannot meet an unknown fact. Rows keep the order of their sheet: it is the author's order.

use std::collections::BTreeMap;

use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use crate::fact::Value;
use crate::vocabulary::{FactDef, Vocabulary};

/// The version of this form.
pub const FORMAT: u32 = 1;

/// A rule pack with everything a case needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// [`FORMAT`].
    pub format: u32,
    /// Pack id, `mihon-city`.
    pub id: String,
    /// Version; only grows.
    pub version: u32,
    /// Name of the municipality.
    pub name: String,
    /// Six-digit municipality code (全国地方公共団体コード).
    pub municipality_code: String,
    /// The pack this one lies over.
    pub base: Option<BaseRef>,
    /// First day it may be used.
    pub valid_from: Option<PartialDate>,
    /// Last day it may be used.
    pub valid_until: Option<PartialDate>,
    /// Who wrote it.
    pub author: String,
    /// Who approved it.
    pub approver: String,
    /// Facts that the pack adds to the vocabulary.
    pub facts: Vec<FactDef>,
    /// Choices of choice facts, in the order in which they are shown.
    pub choices: Vec<ChoiceRow>,
    /// Questions, in the order in which they are asked.
    pub questions: Vec<QuestionRow>,
    /// Procedures (手続), in the order in which they are listed.
    pub procedures: Vec<ProcedureRow>,
    /// Rules.
    pub rules: Vec<RuleRow>,
    /// Deadlines.
    pub deadlines: Vec<DeadlineRow>,
    /// What to bring.
    pub bring: Vec<BringRow>,
    /// Offices (担当窓口).
    pub offices: Vec<OfficeRow>,
    /// Papers of procedures.
    pub papers: Vec<PaperRow>,
    /// Days on which the office is closed, besides Saturdays and Sundays.
    pub closed_days: Vec<ClosedDay>,
    /// Where rules come from.
    pub sources: Vec<SourceRow>,
    /// Cases that prove the pack.
    pub tests: Vec<TestRow>,
    /// Texts by language and id.
    pub texts: BTreeMap<String, BTreeMap<String, Text>>,
    /// Form templates by form id: the text of `form.toml`, as `forms` reads it.
    pub forms: BTreeMap<String, String>,
}

/// The pack another one lies over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// When a row counts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The date fact by which the row is chosen; `None` = `counter_date`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date_by: Option<String>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<PartialDate>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
}

/// One choice of a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChoiceRow {
    /// `fact.value`.
    pub id: String,
    /// Permanent number within the fact, never used again.
    pub number: u32,
    /// The fact.
    pub fact: String,
    /// The value's id.
    pub value: String,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// Question id.
    pub id: String,
    /// Permanent number, never used again.
    pub number: u32,
    /// The fact it fills.
    pub fact: String,
    /// May be asked at home.
    pub at_home: bool,
}

/// Whether a procedure is decided once or for each person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Once for the household.
    Household,
    /// For each person.
    Person,
}

/// Whether this counter does the procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DoneAt {
    /// At this counter.
    Here,
    /// At another counter: the resident is told where.
    Elsewhere,
    /// On the office's own paper.
    Paper,
}

/// One procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcedureRow {
    /// Procedure id.
    pub id: String,
    /// Household or person.
    pub scope: Scope,
    /// Law and article.
    pub law: String,
    /// Office id.
    pub office: String,
    /// The procedure whose notice stands for this one (付記), when that one is required too.
    pub covered_by: Option<String>,
    /// Where it is done.
    pub done_at: DoneAt,
    /// The responsible section has signed the rules off.
    pub signed_off: bool,
    /// Facts its papers need, asked once it is required.
    pub asks: Vec<String>,
    /// Text ids of remarks.
    pub notes: Vec<String>,
    /// Discreet: on no shared sheet or screen.
    pub discreet: bool,
}

/// What a rule row that holds says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The procedure is required.
    Required,
    /// The household may apply.
    MayApply,
    /// Whatever the other rows say, it is not needed.
    Except,
}

/// One rule: conditions joined by AND; rows of one procedure are joined by OR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRow {
    /// Rule id.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// What it says.
    pub effect: Effect,
    /// Conditions, in the author's order: a later one is asked only when the earlier ones hold.
    pub conditions: Vec<Condition>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
    /// Law article.
    pub article: String,
    /// Source id.
    pub source: String,
    /// Who opened the cited source; `unchecked` otherwise.
    pub checked_by: String,
}

/// One condition over a fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The fact, or a derived one ([`crate::Vocabulary`] does not list those): `age`, `fiscal_age`.
    pub fact: String,
    /// How it is compared.
    pub op: Op,
    /// With what.
    pub operand: Operand,
}

/// How a condition compares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Op {
    /// Equal to the value, or among the values.
    #[serde(rename = "in")]
    In,
    /// Not equal to any of the values.
    #[serde(rename = "not-in")]
    NotIn,
    /// Earlier or smaller.
    #[serde(rename = "<")]
    Less,
    /// Not later or larger.
    #[serde(rename = "<=")]
    LessOrEqual,
    /// Later or larger.
    #[serde(rename = ">")]
    Greater,
    /// Not earlier or smaller.
    #[serde(rename = ">=")]
    GreaterOrEqual,
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// Values written in the cell.
    Values(Vec<Value>),
    /// Another fact (`@move_date+14`): same person or the case; days are added to a date.
    Fact {
        /// The fact.
        fact: String,
        /// Days added.
        plus_days: i32,
    },
    /// The last day of another procedure (`@deadline.juki.tennyu`).
    Deadline {
        /// The procedure.
        procedure: String,
    },
}

/// One way a deadline is counted; of several rows the earliest day counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRow {
    /// Row id.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// The date fact that starts the clock.
    pub start: String,
    /// The date fact used when the person does not know the first.
    pub fallback: Option<String>,
    /// Days.
    pub days: u16,
    /// The first day counts as day 1 (戸籍法43条); otherwise the day after.
    pub first_day_counts: bool,
    /// A last day on which the office is closed moves to the next open day (地方自治法4条の2第4項).
    pub moves_from_closed_day: bool,
    /// A date fact before which the procedure cannot be done.
    pub not_before: Option<String>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
}

/// Who brings a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bearer {
    /// Each person the procedure is for who meets the row's conditions.
    Each,
    /// Whoever sits at the counter.
    Visitor,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BringRow {
    /// Row id.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// The thing; same item = named once.
    pub item: String,
    /// Who brings it.
    pub who: Bearer,
    /// Conditions.
    pub conditions: Vec<Condition>,
}

/// One office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficeRow {
    /// Office id.
    pub id: String,
    /// Floor and window, `1階 3番`.
    pub place: String,
    /// Telephone.
    pub phone: String,
}

/// A paper that a procedure needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRow {
    /// Row id.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// The form.
    pub form: String,
}

/// A closed day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClosedDay {
    /// `YYYY-MM-DD`, or with year `0000` for every year.
    pub date: PartialDate,
    /// Its name.
    pub name: String,
}

/// Where rules come from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceRow {
    /// Source id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Address or place.
    pub location: String,
    /// State of the text.
    pub as_of: String,
}

/// A case with its expected decisions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TestRow {
    /// Test id.
    pub id: String,
    /// The day at the counter.
    pub on: PartialDate,
    /// Facts file.
    pub facts: serde_json::Value,
    /// Expected: procedure, person (household scope: none), status, deadline where it matters.
    pub expect: Vec<Expectation>,
}

/// One expected decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expectation {
    /// Procedure id.
    pub procedure: String,
    /// The person; `None` for household scope.
    pub person: Option<String>,
    /// `required | may-apply | not-needed | undecided`.
    pub status: String,
    /// Last day, when the test fixes it.
    pub deadline: Option<PartialDate>,
}

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where it comes from: `author`, `machine-draft`, `native-checked`.
    pub origin: String,
}

impl Pack {
    /// The facts this pack knows: shared ones and its own, with the values its choices add.
    pub fn vocabulary(&self) -> Vocabulary {
        let values = self.choices.iter().map(|row| (row.fact.as_str(), row.value.as_str()));
        Vocabulary::new(&self.facts, values)
    }

    /// A procedure by id.
    pub fn procedure(&self, id: &str) -> Option<&ProcedureRow> {
        self.procedures.iter().find(|row| row.id == id)
    }

    /// An office by id.
    pub fn office(&self, id: &str) -> Option<&OfficeRow> {
        self.offices.iter().find(|row| row.id == id)
    }

    /// A text in `lang`, else in Japanese, else nothing.
    pub fn text(&self, lang: &str, id: &str) -> Option<&str> {
        [lang, "ja"]
            .iter()
            .find_map(|lang| self.texts.get(*lang)?.get(id))
            .map(|text| text.text.as_str())
    }

    /// A text for the screen: as [`Pack::text`], with the id itself where no text was written.
    pub fn text_or_id<'a>(&'a self, lang: &str, id: &'a str) -> &'a str {
        self.text(lang, id).unwrap_or(id)
    }
}
