//! Staff accounts, and locking the windows.

use super::Counter;
use crate::door::{AccountInput, DoorError, StaffView};

impl Counter {
    /// Adds an account, or gives one a new passphrase.
    ///
    /// # Errors
    /// `not-allowed` unless an administrator does it, `wrong-passphrase`; what the store says.
    pub fn account_save(&self, input: AccountInput) -> Result<StaffView, DoorError> {
        let _ = input;
        Err(DoorError::of("not-built"))
    }

    /// Stops an account; nobody stops their own.
    ///
    /// # Errors
    /// `not-allowed`, `account-own`; what the store says.
    pub fn account_stop(&self, account: &str) -> Result<StaffView, DoorError> {
        let _ = account;
        Err(DoorError::of("not-built"))
    }

    /// Locks the windows: signs out and keeps in mind which case was on the desk, for the same person.
    ///
    /// # Errors
    /// As [`Counter::sign_out`].
    pub fn lock(&self) -> Result<StaffView, DoorError> {
        Err(DoorError::of("not-built"))
    }
}
