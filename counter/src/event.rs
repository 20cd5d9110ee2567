//! What is written into the journal of a case: one event per step a person took.
//!
//! A case is nothing but these events; every screen is a fold over them ([`crate::case`]). An event is never
//! changed: taking an answer back is an event too. Names and fields are stored for years, so they only grow.

use std::collections::BTreeMap;

use kakanai_rules::pack::BaseRef;
use kakanai_rules::{Fact, FactSet, Source, Subject, Value};
use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use crate::characters::{Choice, Spot, ValueDigest};

/// One step.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data")]
pub enum CaseEvent {
    /// The case was opened with a pack, which it keeps.
    CaseOpened {
        /// The pack.
        pack: PackUsed,
        /// The day at the counter.
        counter_date: PartialDate,
        /// What the case was opened for: it cannot be taken back step by step.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        statements: Vec<Statement>,
    },
    /// An identity document was read.
    DocumentRead {
        /// Kind of document: `mynumber`, ….
        document: String,
        /// Whose it is.
        person: String,
        /// What it says.
        items: Vec<Item>,
        /// What was odd.
        warnings: Vec<String>,
    },
    /// The resident looked at what was read.
    DocumentConfirmed {
        /// It is right.
        correct: bool,
    },
    /// Facts were said or typed in one step.
    Stated {
        /// People named for the first time.
        people: Vec<String>,
        /// The statements.
        statements: Vec<Statement>,
        /// All members of the household are named, as far as this step says.
        household_complete: Option<bool>,
    },
    /// A sheet of codes was taken in: what a resident answered at home, or the slip of another terminal.
    SheetReceived(Box<Received>),
    /// A person was taken out of the case.
    PersonRemoved {
        /// The person.
        person: String,
    },
    /// A step was taken back.
    Withdrawn {
        /// Its revision within the case.
        revision: u64,
    },
    /// The decisions were shown as the result.
    Decided {
        /// Procedure, people and status of everything that is not `not-needed`.
        decisions: Vec<DecidedLine>,
    },
    /// Papers were sent to a printer.
    Printed {
        /// Keys of the papers.
        papers: Vec<String>,
        /// The printer's address, or `file`.
        printer: String,
        /// The printer's job number.
        job: Option<i32>,
        /// Which job of this printing it is, from 1; 0 in cases from before a printing had several.
        #[serde(default)]
        part: u32,
        /// First and last page, when not all of them were sent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pages: Option<(u32, u32)>,
    },
    /// The clerk chose what happens to characters that no font has.
    CharacterSettled {
        /// Where.
        spot: Spot,
        /// What was chosen.
        choice: Choice,
        /// The value it was chosen for: another one makes the choice void.
        value: ValueDigest,
    },
    /// The printer has reported the end of a job.
    PrintFinished {
        /// Its job number.
        job: i32,
        /// `completed` or an error code.
        state: String,
    },
    /// The clerk said whether the papers came out (出ましたか).
    CameOut {
        /// They did.
        yes: bool,
        /// Of which job; without it, of all that were still open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        job: Option<i32>,
    },
    /// Somebody looked at the case.
    Viewed {},
    /// Somebody looked at a paper before it was printed.
    Previewed {
        /// Key of the paper.
        paper: String,
    },
    /// Something was written to a file.
    Exported {
        /// What: `facts`, `case`, `packet`, `handover`.
        what: String,
    },
    /// The hand-over files (引き渡しファイル) lie whole in their folder.
    HandedOver {
        /// Their names.
        files: Vec<String>,
        /// SHA-256 over names and contents.
        fingerprint: String,
    },
    /// 本人確認: what the clerk looked at, and what follows from it.
    IdentityChecked {
        /// Who was at the counter, id of the choice.
        visitor: String,
        /// Which member of the household.
        person: Option<String>,
        /// Ids of the documents seen.
        documents: Vec<String>,
        /// 委任状 seen; `None` where none is needed.
        proxy_letter: Option<bool>,
        /// The facts that follow.
        statements: Vec<Statement>,
    },
    /// What became of a procedure at this visit (処理結果).
    OutcomeSet {
        /// Procedure.
        procedure: String,
        /// People, as in the decision.
        people: Vec<String>,
        /// What became of it; `None`: nothing yet.
        outcome: Option<Outcome>,
    },
    /// The clerk received signatures, or gave them back.
    SignatureReceived {
        /// Keys of the papers.
        papers: Vec<String>,
        /// Received.
        received: bool,
    },
    /// The clerk opened a step of the case.
    StepShown {
        /// Id of the step.
        step: String,
    },
    /// Private answers were shown on the staff window.
    PrivateOpened {},
    /// The clerk said that the person is alone, or no longer.
    AloneSaid {
        /// Alone.
        alone: bool,
    },
    /// A language was chosen for the resident's window.
    LangChosen {
        /// Language tag.
        lang: String,
    },
    /// The case was parked (保留).
    Parked {},
    /// The visit is over.
    Closed {},
}

/// What became of procedures at a visit, by procedure and people.
pub type Outcomes = BTreeMap<(String, Vec<String>), Outcome>;

/// What became of a procedure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// `taken | paper-to-follow | missing | section | declined | already-done`.
    pub kind: String,
    /// Last day of a paper to follow.
    pub until: Option<PartialDate>,
    /// The remark.
    pub note: String,
}

/// The pack that a case keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackUsed {
    /// Pack id.
    pub id: String,
    /// Version.
    pub version: u32,
    /// The base and its version.
    pub base: Option<BaseRef>,
    /// SHA-256 of its canonical form; empty in cases from before it was kept.
    #[serde(default)]
    pub fingerprint: String,
}

/// A sheet of codes as it was taken in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Received {
    /// SHA-256 over its id, hexadecimal: tells sheets apart and says nothing of them.
    pub sheet: String,
    /// When it was made: minutes since 2025-01-01T00:00Z.
    pub made_minutes: u32,
    /// Its last day.
    pub valid_until: PartialDate,
    /// The pack it was made with.
    pub pack: SheetPack,
    /// Language tag of the page.
    pub lang: String,
    /// How it was read: `serial | wedge | camera | image | text`.
    pub via: String,
    /// People named for the first time.
    pub people: Vec<String>,
    /// What it states, each with its own source.
    pub statements: Vec<Statement>,
    /// All members of the household are named.
    pub household_complete: Option<bool>,
    /// Questions that it leaves to the counter.
    pub at_counter: Vec<LeftOpen>,
    /// Numbers of questions that there are no more.
    pub withdrawn: Vec<u32>,
    /// The case that a slip carries.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slip: Option<SlipSource>,
}

/// The pack of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetPack {
    /// Version.
    pub version: u32,
    /// First four bytes of its fingerprint, hexadecimal.
    pub hash: String,
}

/// A question that a sheet leaves to the counter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOpen {
    /// About whom.
    pub subject: Subject,
    /// Its fact.
    pub fact: String,
}

/// The case that a slip carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlipSource {
    /// Its number where it was written.
    pub case: String,
    /// Documents that were read, and whose.
    pub documents: Vec<ReadBefore>,
}

/// A document that another terminal read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadBefore {
    /// Kind of document: `mynumber`, ….
    pub document: String,
    /// Whose it is.
    pub person: String,
}

/// One item of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Item {
    /// Fact id.
    pub fact: String,
    /// Value.
    pub value: Value,
}

/// One fact about one subject.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// About whom.
    pub subject: Subject,
    /// Fact id.
    pub fact: String,
    /// What was said, and the source.
    pub statement: Fact,
}

/// One line of a result.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedLine {
    /// Procedure.
    pub procedure: String,
    /// People.
    pub people: Vec<String>,
    /// Status id.
    pub status: String,
    /// Last day.
    pub deadline: Option<PartialDate>,
}

impl CaseEvent {
    /// The kind of [`CaseEvent::SheetReceived`], by which earlier ones are found in the journal.
    pub(crate) const SHEET_RECEIVED: &str = "SheetReceived";

    /// The kind as it stands in the journal's headers.
    pub fn kind(&self) -> &'static str {
        match self {
            CaseEvent::CaseOpened { .. } => "CaseOpened",
            CaseEvent::DocumentRead { .. } => "DocumentRead",
            CaseEvent::DocumentConfirmed { .. } => "DocumentConfirmed",
            CaseEvent::Stated { .. } => "Stated",
            CaseEvent::SheetReceived(_) => CaseEvent::SHEET_RECEIVED,
            CaseEvent::PersonRemoved { .. } => "PersonRemoved",
            CaseEvent::Withdrawn { .. } => "Withdrawn",
            CaseEvent::Decided { .. } => "Decided",
            CaseEvent::Printed { .. } => "Printed",
            CaseEvent::CharacterSettled { .. } => "CharacterSettled",
            CaseEvent::PrintFinished { .. } => "PrintFinished",
            CaseEvent::CameOut { .. } => "CameOut",
            CaseEvent::Viewed {} => "Viewed",
            CaseEvent::Previewed { .. } => "Previewed",
            CaseEvent::Exported { .. } => "Exported",
            CaseEvent::HandedOver { .. } => "HandedOver",
            CaseEvent::IdentityChecked { .. } => "IdentityChecked",
            CaseEvent::OutcomeSet { .. } => "OutcomeSet",
            CaseEvent::SignatureReceived { .. } => "SignatureReceived",
            CaseEvent::StepShown { .. } => "StepShown",
            CaseEvent::PrivateOpened {} => "PrivateOpened",
            CaseEvent::AloneSaid { .. } => "AloneSaid",
            CaseEvent::LangChosen { .. } => "LangChosen",
            CaseEvent::Parked {} => "Parked",
            CaseEvent::Closed {} => "Closed",
        }
    }

    /// Whether a closed case still takes this step: looking, printing again and exporting.
    pub(crate) fn may_follow_closing(&self) -> bool {
        match self {
            CaseEvent::Viewed {}
            | CaseEvent::Previewed { .. }
            | CaseEvent::Printed { .. }
            | CaseEvent::PrintFinished { .. }
            | CaseEvent::CameOut { .. }
            | CaseEvent::Exported { .. }
            | CaseEvent::PrivateOpened {}
            | CaseEvent::HandedOver { .. } => true,
            CaseEvent::CaseOpened { .. }
            | CaseEvent::DocumentRead { .. }
            | CaseEvent::DocumentConfirmed { .. }
            | CaseEvent::Stated { .. }
            | CaseEvent::SheetReceived(_)
            | CaseEvent::PersonRemoved { .. }
            | CaseEvent::Withdrawn { .. }
            | CaseEvent::Decided { .. }
            | CaseEvent::CharacterSettled { .. }
            | CaseEvent::IdentityChecked { .. }
            | CaseEvent::OutcomeSet { .. }
            | CaseEvent::SignatureReceived { .. }
            | CaseEvent::StepShown { .. }
            | CaseEvent::AloneSaid { .. }
            | CaseEvent::LangChosen { .. }
            | CaseEvent::Parked {}
            | CaseEvent::Closed {} => false,
        }
    }

    /// Whether this step changes what is known of the case.
    pub(crate) fn changes_facts(&self) -> bool {
        match self {
            CaseEvent::CaseOpened { .. }
            | CaseEvent::DocumentRead { .. }
            | CaseEvent::Stated { .. }
            | CaseEvent::SheetReceived(_)
            | CaseEvent::PersonRemoved { .. }
            | CaseEvent::IdentityChecked { .. }
            | CaseEvent::Withdrawn { .. } => true,
            CaseEvent::DocumentConfirmed { .. }
            | CaseEvent::Decided { .. }
            | CaseEvent::Printed { .. }
            | CaseEvent::PrintFinished { .. }
            | CaseEvent::CameOut { .. }
            | CaseEvent::Viewed {}
            | CaseEvent::Previewed { .. }
            | CaseEvent::Exported { .. }
            | CaseEvent::HandedOver { .. }
            | CaseEvent::CharacterSettled { .. }
            | CaseEvent::OutcomeSet { .. }
            | CaseEvent::SignatureReceived { .. }
            | CaseEvent::StepShown { .. }
            | CaseEvent::PrivateOpened {}
            | CaseEvent::AloneSaid { .. }
            | CaseEvent::LangChosen { .. }
            | CaseEvent::Parked {}
            | CaseEvent::Closed {} => false,
        }
    }

    /// Every current statement of `facts` as one step.
    pub fn stating(facts: &FactSet) -> CaseEvent {
        let people: Vec<String> = facts.people().iter().map(|person| person.id.clone()).collect();
        let subjects =
            std::iter::once(Subject::Case).chain(people.iter().cloned().map(Subject::Person));
        let statements = subjects
            .flat_map(|subject| {
                let ids: Vec<String> = facts.known(&subject).map(str::to_owned).collect();
                ids.into_iter().filter_map(move |fact| {
                    let statement = facts.get(&subject, &fact)?.clone();
                    Some(Statement { subject: subject.clone(), fact, statement })
                })
            })
            .collect();
        CaseEvent::Stated { people, statements, household_complete: Some(facts.household_complete) }
    }

    /// The source that a document's items carry.
    pub(crate) fn source_of(document: &str) -> Source {
        match document {
            "licence" => Source::Licence,
            "residence-card" | "special-permanent-resident-certificate" => Source::ResidenceCard,
            _ => Source::Card,
        }
    }
}
