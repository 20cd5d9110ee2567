//! Handing over from the staff window: the files of the case on the desk, into the folder of the settings.

use crate::door::{DoorError, HandoverState, StaffView};
use crate::handover::{Delivery, Handing, hand_over};

use super::view::reception;
use super::{Counter, Desk, STAFF_LANG, Shared, no_case};

impl Counter {
    /// Writes the hand-over files (引き渡しファイル) of the case on the desk.
    ///
    /// # Errors
    /// `no-case`, `no-handover-folder`, `not-in-practice`; `handover-refused` with the first place at fault and how many there are; what
    /// lies in the folder already; what the disk and the store say.
    pub fn hand_over(&self) -> Result<StaffView, DoorError> {
        if self.desk().practice.is_some() {
            return Err(DoorError::of("not-in-practice"));
        }
        let folder = self.shared.settings.handover.clone();
        let folder = folder.ok_or_else(|| DoorError::of("no-handover-folder"))?;
        let (case, kept, number) = {
            let desk = self.desk();
            let case = desk.case.clone().ok_or_else(no_case)?;
            let number = reception(&desk, &case);
            (case, self.pack_of(&desk)?, number)
        };
        let id = case.id.to_string();
        let handing = Handing {
            engine: kept.engine(),
            facts: &case.facts,
            determination: &case.determine(kept.engine(), STAFF_LANG),
            case: Some((&number, &id)),
            name: &number,
            revision: case.revision(),
        };
        // A folder on the network can be slow: the other window does not wait for it.
        let mut record = |event| self.desk().record_of(case.id, event);
        match hand_over(&handing, &folder, &mut record)? {
            Delivery::Done(_) => Ok(self.changed()),
            Delivery::Refused(refused) => {
                let mut error = DoorError::of("handover-refused").with("count", refused.len());
                if let Some(first) = refused.first() {
                    error.details.extend(first.error.details.clone());
                    error = error.with("reason", &first.error.code);
                }
                Err(error)
            }
        }
    }
}

/// Where handing over stands for the case on the desk.
pub fn state(shared: &Shared, desk: &Desk) -> HandoverState {
    let possible = shared.settings.handover.is_some()
        && desk.practice.is_none()
        && desk.kept.as_ref().is_some_and(|kept| !kept.pack().handover.is_empty());
    match (&desk.case, possible) {
        (Some(case), true) if case.handed_over => HandoverState::Done,
        (Some(_), true) => HandoverState::Open,
        _ => HandoverState::Off,
    }
}
