//! What the resident does on the other window: answers, language, size and contrast, calling the clerk.

use super::Counter;
use crate::door::{AnswersInput, DisplayInput, DoorError, ResidentView, StaffView};

impl Counter {
    /// Keeps what the resident answered in their own turn, with the source `resident`.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `not-your-turn`, a fact that is not asked there, a wrong value; what the store says.
    pub fn resident_answers(&self, input: AnswersInput) -> Result<ResidentView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Changes the language of the resident's window; kept with the case.
    ///
    /// # Errors
    /// `lang-unknown`; what the store says.
    pub fn resident_lang(&self, lang: &str) -> Result<ResidentView, DoorError> {
        let _ = lang;
        Err(DoorError::of("not-built"))
    }

    /// Changes size, contrast and readings of the resident's window until the case ends.
    ///
    /// # Errors
    /// `display-unknown`.
    pub fn resident_display(&self, input: &DisplayInput) -> Result<ResidentView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Calls the clerk.
    ///
    /// # Errors
    /// None today.
    pub fn resident_call(&self) -> Result<ResidentView, DoorError> {
        Err(DoorError::of("not-built"))
    }

    /// The clerk has come.
    ///
    /// # Errors
    /// None today.
    pub fn call_seen(&self) -> Result<StaffView, DoorError> {
        Err(DoorError::of("not-built"))
    }

    /// The clerk changes the language of the resident's window.
    ///
    /// # Errors
    /// As [`Counter::resident_lang`].
    pub fn lang(&self, lang: &str) -> Result<StaffView, DoorError> {
        let _ = lang;
        Err(DoorError::of("not-built"))
    }

    /// Shows the list to keep on the resident's window, or goes back to what is being done.
    ///
    /// # Errors
    /// `no-case`.
    pub fn list_show(&self, show: bool) -> Result<StaffView, DoorError> {
        let _ = show;
        Err(DoorError::of("not-built"))
    }
}
