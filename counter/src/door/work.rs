//! The clerk's own work on a case: 本人確認, the 転出証明書, outcomes, signatures, what is left to do.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Opening a case for one or several life events at once.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CaseNewInput {
    /// The first is what the visit is for, the others are handled with it (`also_events`).
    pub events: Vec<String>,
}

impl From<&str> for CaseNewInput {
    fn from(event: &str) -> CaseNewInput {
        CaseNewInput { events: vec![event.to_owned()] }
    }
}

/// 本人確認: what the clerk looked at.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct IdentityInput {
    /// Who is at the counter: `self | household | legal_representative | agent | undertaker`.
    pub visitor: String,
    /// Which member of the household that is.
    pub person: Option<String>,
    /// Ids of the documents seen (`IdentityView::offered`): one of the first kind, or two of the second.
    pub documents: Vec<String>,
    /// My Number cards seen, within their validity: whose.
    pub valid_cards: Vec<String>,
    /// 委任状 seen; `null` where none is needed.
    pub proxy_letter: Option<bool>,
    /// Name and address of an agent; empty where there is none.
    pub agent_name: String,
    /// Address of the agent.
    pub agent_address: String,
}

/// 本人確認 as it stands.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct IdentityView {
    /// It has been checked, by whom and when; `None` while open.
    pub checked: Option<IdentityChecked>,
    /// Documents to choose from.
    pub offered: Vec<IdDocumentView>,
    /// Who can be at the counter.
    pub visitors: Vec<super::ChoiceView>,
    /// What the documents read so far suggest: ids of documents.
    pub suggested: Vec<String>,
    /// The member whose document was read first.
    pub suggested_person: Option<String>,
    /// Members whose card was read here and is to be looked at.
    pub cards_read: Vec<String>,
    /// Visitors for whom a 委任状 is needed.
    pub proxy_for: Vec<String>,
}

/// Who checked the identity.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct IdentityChecked {
    /// Who was at the counter, in words.
    pub visitor: String,
    /// Titles of the documents.
    pub documents: Vec<String>,
    /// 委任状 seen.
    pub proxy_letter: Option<bool>,
    /// Name of the clerk.
    pub by: String,
    /// Local time.
    pub at: String,
}

/// An identity document (本人確認書類).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct IdDocumentView {
    /// Id, `mynumber-card`.
    pub id: String,
    /// Title.
    pub text: String,
    /// One is enough (官公署発行の顔写真付き), else two are needed.
    pub alone: bool,
}

/// The 転出証明書 as it is typed from the paper, the whole family on one page; every value gets the source
/// `certificate`.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CertificateInput {
    /// What it says of the household.
    pub case: Vec<FactValueInput>,
    /// What it says of each person.
    pub people: Vec<CertificatePersonInput>,
    /// Everybody of the household stands on it.
    pub complete: bool,
}

/// One person of the certificate.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CertificatePersonInput {
    /// A member who is in the case already; `null` adds one.
    pub id: Option<String>,
    /// What it says.
    pub facts: Vec<FactValueInput>,
}

/// A value as it is typed; an empty text is left out.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct FactValueInput {
    /// Fact id.
    pub fact: String,
    /// The value.
    #[ts(type = "unknown")]
    pub value: serde_json::Value,
}

/// The page of the 転出証明書: its fields in the paper's own order.
#[derive(Debug, Clone, Default, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CertificateView {
    /// Fields of the household.
    pub case: Vec<CertificateFieldView>,
    /// Fields of one person, for every person.
    pub person: Vec<CertificateFieldView>,
    /// It has been taken in.
    pub taken: bool,
}

/// A field of the page.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CertificateFieldView {
    /// Fact id.
    pub fact: String,
    /// Label as the paper prints it.
    pub label: String,
    /// `text | kana | date | choice | yes-no`.
    pub kind: String,
    /// Choices.
    pub choices: Vec<super::ChoiceView>,
}

/// What became of a procedure at this visit (処理結果).
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct OutcomeInput {
    /// Procedure id.
    pub procedure: String,
    /// People it concerns, as in the decision (`DecisionView::ids`).
    pub people: Vec<String>,
    /// `taken | paper-to-follow | missing | section | declined | already-done`, or empty: none again.
    pub outcome: String,
    /// The last day of a paper to follow, `YYYY-MM-DD`.
    pub until: Option<String>,
    /// What is missing, which section, where it was done; never more than 200 characters.
    pub note: String,
}

/// What became of a procedure.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct OutcomeView {
    /// As [`OutcomeInput::outcome`].
    pub outcome: String,
    /// Last day of a paper to follow.
    pub until: Option<String>,
    /// The remark.
    pub note: String,
}

/// Papers whose signature the clerk has received.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct SignedInput {
    /// Keys of papers; none named means every printed one that is signed.
    pub papers: Vec<String>,
    /// Received, or taken back.
    pub received: bool,
}

/// One thing left before a case can be ended well.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct LeftView {
    /// `questions | identity | conflicts | papers | came-out | signatures | outcomes | handover | private`.
    pub what: String,
    /// How many.
    pub count: u32,
}

/// A staff account (職員).
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct AccountView {
    /// Account id.
    pub account: String,
    /// Name shown on the screen.
    pub display_name: String,
    /// `staff | supervisor | administrator`.
    pub role: String,
    /// May sign in.
    pub active: bool,
}

/// Adding or stopping an account; for administrators.
#[derive(Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct AccountInput {
    /// Account id: `a-z`, `0-9`, `-`.
    pub account: String,
    /// Name shown on the screen.
    pub display_name: String,
    /// `staff | supervisor | administrator`.
    pub role: String,
    /// Passphrase of a new account, or a new one.
    #[serde(deserialize_with = "super::input::passphrase")]
    #[ts(type = "string")]
    pub passphrase: crate::Passphrase,
    /// The passphrase of the administrator who does it.
    #[serde(deserialize_with = "super::input::passphrase")]
    #[ts(type = "string")]
    pub own_passphrase: crate::Passphrase,
}

/// 照合番号B: three things printed on the face of the card, typed by the clerk.
#[derive(Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CodeBInput {
    /// Birth date, six digits: year of the era, month, day.
    #[serde(deserialize_with = "super::input::digits")]
    #[ts(type = "string")]
    pub birth: crate::CodeDigits,
    /// Year of expiry, four digits.
    #[serde(deserialize_with = "super::input::digits")]
    #[ts(type = "string")]
    pub expiry_year: crate::CodeDigits,
    /// Security code (セキュリティコード), four digits.
    #[serde(deserialize_with = "super::input::digits")]
    #[ts(type = "string")]
    pub security_code: crate::CodeDigits,
    /// The clerk has been told that it is the last try.
    pub last_try: bool,
}

/// A screen of the staff window was opened: the resident's window says what is being done, and time per step is kept.
#[derive(Debug, Clone, Deserialize, TS)]
#[ts(export_to = "door.ts")]
pub struct StepInput {
    /// `start | identity | document | certificate | household | questions | check | result | papers | print | finish`.
    pub step: String,
}

/// One procedure for the household or one person.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct DecisionView {
    /// Procedure id.
    pub procedure: String,
    /// Its name.
    pub title: String,
    /// `required | may-apply | not-needed | undecided`.
    pub status: String,
    /// Names of the people concerned.
    pub people: Vec<String>,
    /// Last day, `YYYY-MM-DD`.
    pub deadline: Option<String>,
    /// Last day in words, 令和8年12月4日(金)まで.
    pub deadline_text: Option<String>,
    /// The last day is past.
    pub overdue: bool,
    /// Title of the procedure whose paper stands for this one (付記).
    pub covered_by: Option<String>,
    /// Office (担当窓口) with its place.
    pub office: String,
    /// What to bring.
    pub bring: Vec<String>,
    /// Reasons in words.
    pub because: Vec<String>,
    /// Remarks for resident and clerk.
    pub notes: Vec<String>,
    /// Law.
    pub law: String,
    /// Labels of the facts still missing when undecided.
    pub needs: Vec<String>,
    /// The responsible section has not signed this rule off (担当課未確認).
    pub unconfirmed: bool,
    /// Ids of the people concerned.
    pub ids: Vec<String>,
    /// Where it is taken: `here | paper | elsewhere`.
    pub done_at: String,
    /// What became of it at this visit.
    pub outcome: Option<OutcomeView>,
}
