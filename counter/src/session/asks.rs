//! Screens of questions: answered in one step, for several people at once, by the clerk or by the resident.

use super::Counter;
use crate::door::{AnswersInput, DoorError, SameForInput, StaffView};

impl Counter {
    /// Keeps several answers in one step.
    ///
    /// # Errors
    /// As [`Counter::answer`]; nothing is kept then.
    pub fn answers(&self, input: AnswersInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// 次の人も同じ: takes answers of one person over for others, never identity.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `person-unknown`, `fact-of-identity`; what the store says.
    pub fn same_for(&self, input: SameForInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Shows private values on the staff window, or masks them again. The opening is journalled.
    ///
    /// # Errors
    /// `no-case`; what the store says.
    pub fn private_open(&self, open: bool) -> Result<StaffView, DoorError> {
        let _ = open;
        Err(DoorError::of("not-built"))
    }

    /// The clerk says that the person is alone: discreet matters may be asked now; or ends it. Journalled.
    ///
    /// # Errors
    /// `no-case`, `case-closed`; what the store says.
    pub fn alone(&self, alone: bool) -> Result<StaffView, DoorError> {
        let _ = alone;
        Err(DoorError::of("not-built"))
    }

    /// Hands the present question over to the resident's window (`resident`), or takes it back (`staff`).
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `turn-unknown`.
    pub fn turn(&self, turn: &str) -> Result<StaffView, DoorError> {
        let _ = turn;
        Err(DoorError::of("not-built"))
    }
}
