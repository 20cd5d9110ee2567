//! Decisions: what comes out for every procedure, as the command line and the papers take it.

use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use crate::pack::{Agent, BaseRef, DoneAt, FiledBy};

/// All decisions of one case on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// The day.
    pub on: PartialDate,
    /// The pack that decided.
    pub pack: PackRef,
    /// One entry per procedure of scope household, one per person for scope person; the pack's order.
    pub decisions: Vec<Decision>,
}

/// The pack that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// Pack id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The pack it lies over.
    pub base: Option<BaseRef>,
}

/// The state of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Has to be done.
    Required,
    /// Can be applied for.
    MayApply,
    /// Depends on facts that are missing.
    Undecided,
    /// Does not concern them.
    NotNeeded,
}

impl Status {
    /// The id on the command line and the door.
    pub fn id(self) -> &'static str {
        match self {
            Status::Required => "required",
            Status::MayApply => "may-apply",
            Status::Undecided => "undecided",
            Status::NotNeeded => "not-needed",
        }
    }
}

/// One procedure for the household or one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Procedure id.
    pub procedure: String,
    /// The state.
    pub status: Status,
    /// Ids of the people it is for.
    pub people: Vec<String>,
    /// Last day, moved on from a closed day.
    pub deadline: Option<PartialDate>,
    /// Last day as counted.
    pub deadline_raw: Option<PartialDate>,
    /// First day it can be done, when that lies ahead.
    pub not_before: Option<PartialDate>,
    /// The last day is past.
    pub overdue: bool,
    /// The procedure whose notice stands for this one (付記).
    pub covered_by: Option<String>,
    /// Office id.
    pub office: String,
    /// Where it is done: at this counter, elsewhere, or on the office's own paper.
    pub done_at: DoneAt,
    /// Who files it.
    pub filed_by: FiledBy,
    /// Whether somebody else may.
    pub agent: Agent,
    /// Kept apart: on no shared screen, sheet or list.
    pub discreet: bool,
    /// The responsible section has signed the rules off; otherwise 担当課未確認 stands beside it.
    pub signed_off: bool,
    /// Fees.
    pub fees: Vec<Fee>,
    /// What to bring.
    pub bring: Vec<Bring>,
    /// Papers.
    pub papers: Vec<PaperRef>,
    /// The rows that decided, with the values read.
    pub because: Vec<Reason>,
    /// Remarks.
    pub notes: Vec<String>,
    /// Law and article.
    pub law: String,
    /// Facts that are missing when undecided.
    pub needs: Vec<Missing>,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bring {
    /// Item id.
    pub id: String,
    /// In words.
    pub text: String,
    /// Ids of the people who bring it; empty = whoever comes to the counter.
    pub who: Vec<String>,
}

/// One fee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// Fee id.
    pub id: String,
    /// What for, in words.
    pub text: String,
    /// Yen; `None` = as the text says.
    pub yen: Option<u32>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRef {
    /// Form id.
    pub form: String,
    /// Title.
    pub text: String,
    /// Ids of the people that its rows list.
    pub people: Vec<String>,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Rule id; `already_done` when it was done before.
    pub rule: String,
    /// In words, with the values.
    pub text: String,
}

/// A fact that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// Fact id; `people` while not all members are named.
    pub fact: String,
    /// The person; `None` for the case.
    pub person: Option<String>,
}
