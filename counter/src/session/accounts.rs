//! Staff accounts, and locking the windows.

use jiff::Timestamp;
use kakanai_records::{Account, AccountId, CaseId, Role, Store};

use super::{Counter, Desk, not_signed_in, view};
use crate::door::{AccountInput, CaseLine, DoorError, StaffView};

/// The case that was on the desk when the windows were locked, for the person who locked them.
pub(super) struct Parked {
    /// The case.
    pub case: CaseId,
    /// Whose it was.
    pub account: AccountId,
    /// As the sign-in screen names it: nothing of a resident.
    pub line: CaseLine,
}

impl Counter {
    /// Adds an account, or gives one a new passphrase. An administrator types the own passphrase again for it.
    ///
    /// # Errors
    /// `not-signed-in`, `not-allowed` unless an administrator does it, `wrong-passphrase`, `role-unknown`,
    /// `account-exists` (it is there with another name or role, or was stopped); what the store says.
    pub fn account_save(&self, input: AccountInput) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let store = desk.administrated()?;
            let AccountInput { account, display_name, role, passphrase, own_passphrase } = input;
            let id: AccountId = account.parse()?;
            let role = role_of(&role)?;
            store.confirm_passphrase(&own_passphrase)?;
            let now = Timestamp::now();
            let wanted = Account { id, display_name, role, active: true };
            match store.accounts()?.into_iter().find(|known| known.id == wanted.id) {
                None => {
                    let Account { id, display_name, role, .. } = wanted;
                    store.add_account(id, display_name, role, &passphrase, now)?;
                }
                Some(known) if known != wanted => return Err(DoorError::of("account-exists")),
                Some(known) if known.id == store.actor().account => {
                    store.change_passphrase(&own_passphrase, &passphrase, now)?;
                }
                Some(known) => store.reset_passphrase(&known.id, &passphrase, now)?,
            }
        }
        Ok(self.changed())
    }

    /// Stops an account; nobody stops their own.
    ///
    /// # Errors
    /// `not-signed-in`, `not-allowed`, `account-own`; what the store says.
    pub fn account_stop(&self, account: &str) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let store = desk.administrated()?;
            let id: AccountId = account.parse()?;
            if id == store.actor().account {
                return Err(DoorError::of("account-own"));
            }
            store.deactivate_account(&id, Timestamp::now())?;
        }
        Ok(self.changed())
    }

    /// Locks the windows: signs out and keeps in mind which case was on the desk, for the same person.
    ///
    /// # Errors
    /// As [`Counter::sign_out`].
    pub fn lock(&self) -> Result<StaffView, DoorError> {
        let parked = self.desk().to_park();
        let view = self.sign_out()?;
        if parked.is_none() {
            return Ok(view);
        }
        self.desk().parked = parked;
        Ok(self.changed())
    }

    /// Takes the case up again that this person had on the desk when the windows were locked. One that cannot be
    /// opened any more stands in the list, and says there what is wrong with it.
    pub(super) fn take_up_parked(&self) -> Option<StaffView> {
        let parked = {
            let mut desk = self.desk();
            let me = desk.staff.as_ref().map(|me| me.id.clone())?;
            desk.parked.take_if(|parked| parked.account == me)?
        };
        self.case_open(&parked.case.to_string()).ok()
    }
}

impl Desk {
    /// What is to be kept in mind of the case on the desk.
    fn to_park(&self) -> Option<Parked> {
        let (store, case) = (self.store.as_ref()?, self.case.as_ref()?);
        let account = store.actor().account.clone();
        let line = view::case_line(&store.case(&case.id).ok()?);
        Some(Parked { case: case.id, account, line })
    }

    /// The store, for an administrator.
    fn administrated(&mut self) -> Result<&mut Store, DoorError> {
        let store = self.store.as_mut().ok_or_else(not_signed_in)?;
        if store.actor().role == Role::Administrator {
            Ok(store)
        } else {
            Err(DoorError::of("not-allowed"))
        }
    }
}

fn role_of(word: &str) -> Result<Role, DoorError> {
    [Role::Staff, Role::Supervisor, Role::Administrator]
        .into_iter()
        .find(|role| role.as_str() == word)
        .ok_or_else(|| DoorError::of("role-unknown"))
}
