//! What the clerk did around a case, as `case show` tells it: 本人確認 and what became of procedures.

use serde::Serialize;

use crate::case::Case;
use crate::settings::local_time;

/// 本人確認 as it was checked last.
#[derive(Debug, Serialize)]
pub struct ShownIdentity {
    /// Who was at the counter, id of the choice.
    pub visitor: String,
    /// Which member of the household.
    pub person: Option<String>,
    /// Ids of the documents seen.
    pub documents: Vec<String>,
    /// 委任状 seen; `null` where none is needed.
    pub proxy_letter: Option<bool>,
    /// Account of the clerk.
    pub by: String,
    /// Local time.
    pub at: String,
}

/// What became of a procedure at this visit (処理結果).
#[derive(Debug, Serialize)]
pub struct ShownOutcome {
    /// Procedure.
    pub procedure: String,
    /// People, as in the decision.
    pub people: Vec<String>,
    /// `taken | paper-to-follow | missing | section | declined | already-done`.
    pub outcome: String,
    /// Last day of a paper to follow.
    pub until: Option<String>,
    /// The remark.
    pub note: String,
}

/// 本人確認, where it was done.
pub(super) fn identity(case: &Case) -> Option<ShownIdentity> {
    let checked = case.identity.as_ref()?;
    let stamp = case.stamp(checked.revision)?;
    Some(ShownIdentity {
        visitor: checked.visitor.clone(),
        person: checked.person.clone(),
        documents: checked.documents.clone(),
        proxy_letter: checked.proxy_letter,
        by: stamp.by.as_str().to_owned(),
        at: local_time(stamp.at),
    })
}

/// What became of procedures, by procedure.
pub(super) fn outcomes(case: &Case) -> Vec<ShownOutcome> {
    let shown = case.outcomes.iter().map(|((procedure, people), outcome)| ShownOutcome {
        procedure: procedure.clone(),
        people: people.clone(),
        outcome: outcome.kind.clone(),
        until: outcome.until.map(|day| day.to_string()),
        note: outcome.note.clone(),
    });
    shown.collect()
}
