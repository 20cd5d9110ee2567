//! The lists of the staff window that belong to no case: the cases themselves, and who may sign in.

use kakanai_records::{Account, CaseHead, Role, Store, StoreError};

use super::super::Desk;
use crate::door::{AccountView, CaseLine};
use crate::settings::{local_day, local_time, today};

/// The cases of the store, newest first.
pub fn cases(store: &Store) -> Result<Vec<CaseLine>, StoreError> {
    Ok(store.cases()?.iter().rev().map(case_line).collect())
}

/// A case as a list shows it.
pub fn case_line(head: &CaseHead) -> CaseLine {
    CaseLine {
        id: head.id.to_string(),
        reception: head.reception.to_string(),
        opened_at: local_time(head.opened_at),
        closed: head.closed_at.is_some(),
        purged: head.purged_at.is_some(),
        today: local_day(head.opened_at) == today(),
    }
}

/// Everybody who has an account, for administrators. A store that cannot be read tells so in its own steps.
pub fn accounts(desk: &Desk) -> Vec<AccountView> {
    let administers = desk.staff.as_ref().is_some_and(|me| me.role == Role::Administrator);
    let store = desk.store.as_ref().filter(|_| administers);
    let accounts = store.and_then(|store| store.accounts().ok()).unwrap_or_default();
    let view = |account: Account| AccountView {
        account: account.id.as_str().to_owned(),
        display_name: account.display_name,
        role: account.role.as_str().to_owned(),
        active: account.active,
    };
    accounts.into_iter().map(view).collect()
}
