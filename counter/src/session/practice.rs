//! Practice (練習モード): a store, cards and a day of its own; nothing of it reaches the real ones.

use super::Counter;
use crate::door::{DoorError, PracticeInput, StaffView};

impl Counter {
    /// Starts practice.
    ///
    /// # Errors
    /// `case-on-desk`, `day-unreadable`, what the store says.
    pub fn practice_start(&self, input: &PracticeInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Ends practice and deletes what was practised.
    ///
    /// # Errors
    /// `print-running`; what the disk says.
    pub fn practice_leave(&self) -> Result<StaffView, DoorError> {
        Err(DoorError::of("not-built"))
    }

    /// Lays a practice card on the reader; `None` takes it away.
    ///
    /// # Errors
    /// `not-practising`, `card-unknown`.
    pub fn practice_card(&self, card: Option<&str>) -> Result<StaffView, DoorError> {
        let _ = card;
        Err(DoorError::of("not-built"))
    }
}
