//! The compiled rule pack (ルールパック): data, never code.
//!
//! `authoring` reads the sheets, checks them and writes this form; everything here is already typed, so
//! evaluation cannot meet an unknown fact. Rows keep the order of their sheet: it is the author's order.

use std::collections::BTreeMap;

use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

mod asking;
mod days;
#[cfg(not(target_arch = "wasm32"))]
mod exact;
mod example;
mod handover;
mod lookup;

pub use asking::{ChoiceRow, FollowKind, FollowValue, FollowsRow, GateRow, QuestionRow};
pub use days::{Clock, ClosedDay, Dated, DayRef, DeadlineRow, Shift, Unit};
pub use example::{Expectation, TestRow};
pub use handover::{
    Handover, HandoverColumn, HandoverFile, HandoverFormat, HandoverSource, RowsOf, Withheld,
};

use crate::expression::Expression;
use crate::fact::Value;
use crate::vocabulary::FactDef;

/// The version of this form.
pub const FORMAT: u32 = 2;

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
    /// How addresses of this town begin: its prefecture (都道府県). Empty: no address is compared.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub prefecture: String,
    /// What follows the prefecture in them, a county (郡) included: `みほん市`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub municipality: String,
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
    /// A sample: its offices, fees and telephones are nobody's; a real town overrides every one.
    #[serde(default)]
    pub sample: bool,
    /// Facts that the pack adds to the vocabulary.
    pub facts: Vec<FactDef>,
    /// Named conditions: yes-no facts that follow from others.
    pub derived: Vec<DerivedRow>,
    /// Questions to the whole household that spare questions to its members.
    pub gates: Vec<GateRow>,
    /// What follows from answers, so that it need not be asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub follows: Vec<FollowsRow>,
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
    /// Offices (担当窓口), with versions.
    pub offices: Vec<OfficeRow>,
    /// Fees (手数料), with versions.
    pub fees: Vec<FeeRow>,
    /// Papers of procedures.
    pub papers: Vec<PaperRow>,
    /// Days on which the office is closed, besides Saturdays and Sundays.
    pub closed_days: Vec<ClosedDay>,
    /// Where rules come from.
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "skipped"))]
    pub sources: Vec<SourceRow>,
    /// Cases that prove the pack.
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "skipped"))]
    pub tests: Vec<TestRow>,
    /// Texts by language and id; several versions of one text stand in the order of the sheet.
    #[cfg_attr(not(target_arch = "wasm32"), serde(deserialize_with = "exact::texts"))]
    pub texts: BTreeMap<String, BTreeMap<String, Vec<Text>>>,
    /// How words of the Japanese texts are read (ふりがな): the word as it stands, in hiragana.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub readings: BTreeMap<String, String>,
    /// What goes to robots and core systems.
    #[serde(default, skip_serializing_if = "Handover::is_empty")]
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "skipped"))]
    pub handover: Handover,
    /// Form templates by form id: the text of `form.toml`, as `forms` reads it.
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "skipped"))]
    pub forms: BTreeMap<String, String>,
    /// The pages under forms (白紙様式) by the SHA-256 that their templates name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(target_arch = "wasm32", serde(deserialize_with = "skipped"))]
    pub blanks: BTreeMap<String, BlankPage>,
}

/// Reads over what only papers, robots and tests need: the module for the page at home has no use for it, and is
/// smaller without its readers.
#[cfg(target_arch = "wasm32")]
fn skipped<'de, T: Default, D: serde::Deserializer<'de>>(json: D) -> Result<T, D::Error> {
    serde::de::IgnoredAny::deserialize(json)?;
    Ok(T::default())
}

/// A page that a form is printed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BlankPage {
    /// One PDF page, cleaned when it was imported; base64.
    pub page: String,
    /// The same as a PNG for the screen; base64, empty when there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub picture: String,
}

/// The pack another one lies over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BaseRef {
    /// Its id.
    pub id: String,
    /// Its version.
    pub version: u32,
}

/// A yes-no fact that follows from others (導出項目): a condition with a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DerivedRow {
    /// The fact's id; its definition stands in [`Pack::facts`].
    pub fact: String,
    /// When it is yes.
    pub expression: Expression,
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

/// Who files a procedure (届出人).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FiledBy {
    /// The person (本人).
    Person,
    /// The household head (世帯主).
    Head,
    /// The person or somebody of the same household.
    Household,
    /// Whoever looks after the child (保護者).
    Parent,
    /// The recipient (受給者).
    Recipient,
    /// The owner or user (所有者・使用者).
    Owner,
    /// Anybody.
    Anyone,
}

/// Whether somebody else may file (代理人).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Agent {
    /// Without a letter.
    Free,
    /// With a letter of proxy (委任状).
    Letter,
    /// By a letter of inquiry sent to the home: two visits (照会書).
    Inquiry,
    /// A legal representative only (法定代理人).
    Legal,
    /// Nobody else.
    None,
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
    /// Who files it.
    pub filed_by: FiledBy,
    /// Whether somebody else may.
    pub agent: Agent,
    /// Procedures whose notice stands for this one (付記) when one of them is required too.
    pub covered_by: Vec<String>,
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
    /// What the columns do not carry; weighed after them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<Expression>,
    /// When this row decides, no other notice covers the procedure.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own_form: bool,
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
    /// A text that begins with the value, or with one of the values.
    #[serde(rename = "starts")]
    Starts,
    /// A text that begins with none of the values.
    #[serde(rename = "not-starts")]
    NotStarts,
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operand {
    /// Values written in the cell.
    Values(Vec<Value>),
    /// Another fact of the same person or the case, or a day that the case yields: `deadline.juki.tennyu`,
    /// `filed.juki.tennyu`.
    Fact {
        /// Its name.
        fact: String,
        /// Added to a date.
        #[serde(default, skip_serializing_if = "Shift::is_none")]
        shift: Shift,
    },
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
    /// What the columns do not carry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expression: Option<Expression>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
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
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
}

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeeRow {
    /// Fee id; the text `fee.ID` says what for.
    pub id: String,
    /// The procedure.
    pub procedure: String,
    /// Yen; `None` = as the text says.
    pub yen: Option<u32>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
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
    /// About people: which members of the household it lists, none = those the procedure is for. About the case
    /// alone: whether it is needed at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<Condition>,
    /// When the row counts.
    #[serde(flatten)]
    pub dated: Dated,
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

/// One text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The text.
    pub text: String,
    /// Where it comes from: `author`, `machine-draft`, `native-checked`. Empty only in the pack of the page at home,
    /// where it goes without saying.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub origin: String,
    /// When it counts; chosen by the day at the counter.
    #[serde(flatten)]
    pub dated: Dated,
}
