//! `account`: who may sign in, in which role. Rows are never deleted, since the journal names them.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, params};

use crate::account::{Account, Role};
use crate::error::StoreError;
use crate::identity::AccountId;

pub(crate) const DDL: &str = "
CREATE TABLE account (
  id TEXT PRIMARY KEY NOT NULL,
  display_name TEXT NOT NULL,
  role TEXT NOT NULL,
  active INTEGER NOT NULL CHECK (active IN (0, 1)),
  created_at TEXT NOT NULL
) STRICT;
";

/// Adds an account.
///
/// # Errors
/// [`StoreError::AccountExists`] when the id is taken, by a deactivated account too.
pub(crate) fn insert(
    transaction: &Transaction<'_>,
    account: &Account,
    created_at: Timestamp,
) -> Result<(), StoreError> {
    let added = transaction.execute(
        "INSERT INTO account (id, display_name, role, active, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (id) DO NOTHING",
        params![
            account.id.as_str(),
            account.display_name,
            account.role.as_str(),
            account.active,
            created_at.to_string()
        ],
    )?;
    if added == 1 { Ok(()) } else { Err(StoreError::AccountExists) }
}

/// Ends an account.
pub(crate) fn deactivate(transaction: &Transaction<'_>, id: &AccountId) -> Result<(), StoreError> {
    transaction.execute("UPDATE account SET active = 0 WHERE id = ?1", [id.as_str()])?;
    Ok(())
}

/// The account, if it exists and is active.
pub(crate) fn active(database: &Connection, id: &AccountId) -> Result<Option<Account>, StoreError> {
    database
        .query_row(
            "SELECT id, display_name, role, active FROM account WHERE id = ?1 AND active = 1",
            [id.as_str()],
            |row| Ok(read(row)),
        )
        .optional()?
        .transpose()
}

/// All accounts by id, deactivated ones included.
pub(crate) fn all(database: &Connection) -> Result<Vec<Account>, StoreError> {
    let mut statement =
        database.prepare("SELECT id, display_name, role, active FROM account ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut accounts = Vec::new();
    while let Some(row) = rows.next()? {
        accounts.push(read(row)?);
    }
    Ok(accounts)
}

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    let id: String = row.get("id")?;
    let role: String = row.get("role")?;
    Ok(Account {
        id: stored_id(id)?,
        display_name: row.get("display_name")?,
        role: Role::from_stored(&role)?,
        active: row.get("active")?,
    })
}

/// An account id as a row holds it.
pub(crate) fn stored_id(id: String) -> Result<AccountId, StoreError> {
    AccountId::try_from(id).map_err(|_| StoreError::damaged("a row names an impossible account"))
}
