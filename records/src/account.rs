//! Who works at the counter, and what an event says about who did it.

use serde::{Deserialize, Serialize};

use crate::error::StoreError;
use crate::identity::AccountId;

/// Most characters a display name may have.
const DISPLAY_NAME_CHARS_MAX: usize = 64;

/// What an account may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Counter staff (窓口職員).
    Staff,
    /// Supervisor of the section (業務主管).
    Supervisor,
    /// Administrator of the machine (管理者).
    Administrator,
}

impl Role {
    /// The word that rows, the chain and the audit hold; never changed once released.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Supervisor => "supervisor",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a stored word.
    pub(crate) fn from_stored(word: &str) -> Result<Self, StoreError> {
        [Self::Staff, Self::Supervisor, Self::Administrator]
            .into_iter()
            .find(|role| role.as_str() == word)
            .ok_or_else(|| StoreError::damaged("a row names an unknown role"))
    }

    /// Whether this role may make, mend or end accounts of `other`: supervisors and administrators
    /// may, but only an administrator touches an administrator.
    pub(crate) fn may_manage(self, other: Role) -> bool {
        match self {
            Self::Administrator => true,
            Self::Supervisor => other != Self::Administrator,
            Self::Staff => false,
        }
    }
}

/// One personal account of a store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The id the person signs in with.
    pub id: AccountId,
    /// The name colleagues see (表示名).
    pub display_name: String,
    /// What the account may do.
    pub role: Role,
    /// False once the account was deactivated: it keeps its place in the journal, it opens nothing.
    pub active: bool,
}

/// Who did something, and in which role at the time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account signed in.
    pub account: AccountId,
    /// Its role when it signed in.
    pub role: Role,
}

/// Refuses a display name that no screen could show.
pub(crate) fn check_display_name(name: &str) -> Result<(), StoreError> {
    let length = name.chars().count();
    if length == 0 || length > DISPLAY_NAME_CHARS_MAX || name.chars().any(char::is_control) {
        return Err(StoreError::DisplayNameInvalid);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_makes_an_account_above_the_own_role() {
        use Role::{Administrator, Staff, Supervisor};
        for (who, whom, may) in [
            (Staff, Staff, false),
            (Supervisor, Staff, true),
            (Supervisor, Supervisor, true),
            (Supervisor, Administrator, false),
            (Administrator, Administrator, true),
        ] {
            assert_eq!(who.may_manage(whom), may, "{who:?} {whom:?}");
        }
    }

    #[test]
    fn display_names_are_one_short_line() {
        assert!(check_display_name("見本 太郎").is_ok());
        for bad in ["", "見本\n太郎", &"名".repeat(65)] {
            assert!(check_display_name(bad).is_err(), "{bad:?}");
        }
    }
}
