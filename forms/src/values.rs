//! What a template is filled from: values by source id, and what a clerk settled about characters.
//!
//! This room knows no facts and no rules. Whoever prints binds [`Values`] to the facts of the case.
//! Values are residents' data: nothing here shows them in `Debug` output.

use std::collections::BTreeMap;
use std::fmt;

use kakanai_text::PartialDate;

/// One value for one place on a paper.
#[derive(Clone, PartialEq)]
pub enum FieldValue {
    /// Text exactly as it came; never normalised.
    Text(String),
    /// A date whose parts may be unknown.
    Date(PartialDate),
    /// はい or いいえ.
    YesNo(bool),
    /// A whole number.
    Number(i64),
    /// The id of a choice.
    Choice(String),
    /// The ids of several choices; an empty list says that it is none of them.
    Choices(Vec<String>),
    /// Nobody has said; the place stays blank unless the field is required.
    Missing,
}

impl FieldValue {
    /// The words that conditions and option lists compare with: `yes`/`no`, the choice, each of several
    /// choices, the number, the date, the text; none when missing.
    pub fn words(&self) -> Vec<String> {
        match self {
            Self::Text(text) => vec![text.clone()],
            Self::Date(date) => vec![date.to_string()],
            Self::YesNo(yes) => vec![if *yes { "yes" } else { "no" }.to_owned()],
            Self::Number(number) => vec![number.to_string()],
            Self::Choice(choice) => vec![choice.clone()],
            Self::Choices(choices) => choices.clone(),
            Self::Missing => Vec::new(),
        }
    }

    /// What kind of value this is, for messages.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Date(_) => "date",
            Self::YesNo(_) => "yes-no",
            Self::Number(_) => "number",
            Self::Choice(_) => "choice",
            Self::Choices(_) => "choices",
            Self::Missing => "missing",
        }
    }
}

impl fmt::Debug for FieldValue {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "FieldValue({})", self.kind())
    }
}

/// Where a paper gets its values.
pub trait Values {
    /// The value of `source` (`case.new_address`, `person.name`, …).
    ///
    /// `person` is set inside repeated rows and on papers of one person, `None` elsewhere. The
    /// namespaces `head`, `visitor`, `claimant` and `spouse` stand for one person of the case each;
    /// who that is, the caller knows.
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue;

    /// The ids of the people on this paper, in the order in which they are printed.
    fn people(&self) -> Vec<String>;
}

/// What a clerk chose for a field whose value the fonts cannot draw.
#[derive(Clone, PartialEq, Eq)]
pub enum Settlement {
    /// The place stays empty and is marked 手書き.
    ByHand,
    /// The base form is printed, knowing that it differs from the sequence asked for.
    BaseForm,
    /// This text is printed in its place.
    Substitute(String),
}

impl fmt::Debug for Settlement {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::ByHand => "ByHand",
            Self::BaseForm => "BaseForm",
            Self::Substitute(_) => "Substitute",
        })
    }
}

/// The clerk's choices of one paper by field id and person (`None` outside rows). Empty by default:
/// nothing is ever settled unless a person settled it.
#[derive(Debug, Clone, Default)]
pub struct Settlements(BTreeMap<(String, Option<String>), Settlement>);

impl Settlements {
    /// Records one choice.
    pub fn settle(&mut self, field: &str, person: Option<&str>, choice: Settlement) {
        self.0.insert((field.to_owned(), person.map(str::to_owned)), choice);
    }

    /// The choice made for a field, if any.
    pub fn of(&self, field: &str, person: Option<&str>) -> Option<&Settlement> {
        self.0.get(&(field.to_owned(), person.map(str::to_owned)))
    }
}
