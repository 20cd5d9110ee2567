//! Whether a sheet was received before: read out of the journal, which is the only place that knows.

use jiff::{Span, Timestamp};
use kakanai_records::{CaseId, Store};

use crate::case::{Case, CaseError};
use crate::event::CaseEvent;

/// Hours that a sheet can be valid at most, and some more for a clock that is wrong.
const HOURS: i64 = 24 * 200;

/// An earlier reception of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Earlier {
    /// When.
    pub at: Timestamp,
    /// In which case.
    pub case: CaseId,
    /// Its reception number.
    pub reception: String,
}

/// When the sheet was taken into a case before, latest first. What was taken back does not count.
///
/// # Errors
/// What the store says.
pub fn earlier(store: &Store, sheet: &str, now: Timestamp) -> Result<Vec<Earlier>, CaseError> {
    let since = now.checked_sub(Span::new().hours(HOURS)).unwrap_or(Timestamp::MIN);
    let mut found: Vec<Earlier> = Vec::new();
    for (id, event) in store.events_of_kind(CaseEvent::SHEET_RECEIVED, since)? {
        let Ok(CaseEvent::SheetReceived(received)) = serde_json::from_slice(&event.payload) else {
            continue;
        };
        let stands =
            || Ok::<_, CaseError>(Case::read(store, id)?.sheets.iter().any(|one| one == sheet));
        if received.sheet == sheet && stands()? {
            let reception = store.case(&id)?.reception.to_string();
            found.push(Earlier { at: event.at, case: id, reception });
        }
    }
    found.reverse();
    Ok(found)
}
