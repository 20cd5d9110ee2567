//! Signing in and out, and the devices that the staff window lists.

use jiff::Timestamp;
use kakanai_hardware::card::CardError;
use kakanai_records::{AccountId, Store};

use super::{Counter, Desk, Shown};
use crate::door::{DoorError, ReaderView, SetUpInput, SignInInput, StaffView};
use crate::register::{create_store, log_listed, open_store};

impl Counter {
    /// Makes the store with its first account, and signs it in.
    ///
    /// # Errors
    /// What the store says.
    pub fn set_up(&self, input: SetUpInput) -> Result<StaffView, DoorError> {
        let SetUpInput { account, display_name, passphrase } = input;
        let settings = &self.shared.settings;
        let account = account.parse()?;
        let store =
            create_store(&settings.store, settings.counter, account, display_name, &passphrase)?;
        self.signed_in(store)
    }

    /// Opens the store with the person's own passphrase.
    ///
    /// # Errors
    /// `wrong-passphrase` and what else the store says.
    pub fn sign_in(&self, input: SignInInput) -> Result<StaffView, DoorError> {
        let account: AccountId =
            input.account.parse().map_err(|_| DoorError::of("wrong-passphrase"))?;
        if self.desk().store.is_some() {
            return Ok(self.staff_view());
        }
        let store = open_store(&self.shared.settings.store, &account, &input.passphrase)?;
        self.signed_in(store)
    }

    /// The list of cases is on the screen from here on.
    fn signed_in(&self, mut store: Store) -> Result<StaffView, DoorError> {
        let id = store.actor().account.clone();
        let staff = store.accounts()?.into_iter().find(|account| account.id == id);
        log_listed(&mut store)?;
        {
            let mut desk = self.desk();
            desk.store = Some(store);
            desk.staff = staff;
            // Another person begins with an empty desk; the case stands in the list.
            desk.parked.take_if(|parked| parked.account != id);
        }
        self.listen_to_scanner();
        match self.take_up_parked() {
            Some(view) => Ok(view),
            None => self.devices_refresh(),
        }
    }

    /// Closes the store; what is on the desk stays in the journal, and its case can be resumed.
    ///
    /// # Errors
    /// `print-running`; what the store says: signed out it is then all the same.
    pub fn sign_out(&self) -> Result<StaffView, DoorError> {
        let left = self.practice_leave();
        let kept = {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            desk.leave_case(Shown::Case);
            desk.scan.clear();
            desk.staff = None;
            desk.store.take().map_or(Ok(()), |store| store.sign_out(Timestamp::now()))
        };
        self.leave_scanner();
        let view = self.changed();
        kept?;
        left?;
        Ok(view)
    }

    /// Looks at readers and cards again.
    ///
    /// # Errors
    /// None; a missing service stands in the view.
    pub fn devices_refresh(&self) -> Result<StaffView, DoorError> {
        let found = self.card_readers();
        self.desk().take_readers(found);
        Ok(self.changed())
    }
}

impl Desk {
    /// Keeps what was seen of the readers; whether anything differs from what was seen before.
    pub(super) fn take_readers(&mut self, found: Result<Vec<ReaderView>, CardError>) -> bool {
        let (readers, error) = match found {
            Ok(found) => (found, None),
            Err(error) => (Vec::new(), Some(DoorError::from(error))),
        };
        let code = |error: &Option<DoorError>| error.as_ref().map(|error| error.code.clone());
        let differs = self.readers != readers || code(&self.reader_error) != code(&error);
        self.readers = readers;
        self.reader_error = error;
        differs
    }
}
