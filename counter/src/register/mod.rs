//! The register of cases (受付簿) as the command works with it: open the store, find a case, take a step, let go.
//!
//! The steps themselves are the ones that the windows take too; here they only get a headless beginning and end.

mod entry;
mod sheet;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_records::{AccountId, CaseHead, CaseId, NewStore, Role, Store, StoreError};
use serde::Serialize;

use crate::Passphrase;
use crate::case::Case;
use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::read_facts;
use crate::settings::{Settings, local_time, today};
use crate::shelf::KeptPack;

pub use entry::{Entry, JournalLine, Shown, ShownConflict, ShownValue, SlipTexts};
pub use sheet::{
    AtCounter, NEW_PERSON, ReceivedBefore, RefusedLine, SheetSource, SheetTaken, SheetTold,
};
pub use work::{ShownIdentity, ShownOutcome};

/// The account of a store that is made without naming one.
const FIRST_ACCOUNT: &str = "counter";

/// What the arguments of a command put in the place of the terminal's settings.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Folder of the store.
    pub store: Option<&'a Path>,
    /// Who signs in; may be left out while the store has one account only.
    pub account: Option<&'a str>,
    /// Pack folder or compiled file.
    pub pack: Option<&'a Path>,
}

/// An open register; signed in until it is dropped.
pub struct Register {
    store: Store,
    folder: PathBuf,
    pack: PathBuf,
    settings: Settings,
}

/// A case after a step.
#[derive(Debug, Serialize)]
pub struct Receipt {
    /// Case id.
    pub case: String,
    /// Reception number (受付番号).
    pub reception: String,
    /// Events in its journal.
    pub events: u64,
}

/// The list of cases.
#[derive(Debug, Serialize)]
pub struct Listed {
    /// In the order of their reception numbers.
    pub cases: Vec<ListedCase>,
}

/// One case of the list.
#[derive(Debug, Serialize)]
pub struct ListedCase {
    /// Id, number and events.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// Local time `2026-11-20 10:42`.
    pub opened_at: String,
    /// The visit is over.
    pub closed: bool,
    /// The case key was destroyed.
    pub purged: bool,
}

/// A case whose key was destroyed.
#[derive(Debug, Serialize)]
pub struct Purged {
    /// Case id.
    pub case: String,
    /// Reception number.
    pub reception: String,
    /// Always.
    pub purged: bool,
}

/// What the hash chain says.
#[derive(Debug, Serialize)]
pub struct Verified {
    /// Events of the journal.
    pub events: u64,
    /// The last hash, hexadecimal.
    pub head: String,
    /// Place of the first event that does not fit.
    pub first_bad: Option<u64>,
}

impl Register {
    /// Makes the store with its first account, an administrator; the name that colleagues see is the account's
    /// unless `display_name` says otherwise.
    ///
    /// # Errors
    /// What is wrong with the settings or the arguments; what the store says.
    pub fn create(
        place: &Place<'_>,
        display_name: Option<&str>,
        passphrase: &Passphrase,
    ) -> Result<Register, DoorError> {
        let (settings, folder, pack) = resolve(place)?;
        let account: AccountId = place.account.unwrap_or(FIRST_ACCOUNT).parse()?;
        let display_name = display_name.unwrap_or(account.as_str()).to_owned();
        let store = create_store(&folder, settings.counter, account, display_name, passphrase)?;
        Ok(Register { store, folder, pack, settings })
    }

    /// Opens the store.
    ///
    /// # Errors
    /// `account-missing`; as [`Register::create`].
    pub fn open(place: &Place<'_>, passphrase: &Passphrase) -> Result<Register, DoorError> {
        let (settings, folder, pack) = resolve(place)?;
        let named = place.account.map(str::parse::<AccountId>).transpose()?;
        let account = match (named, Store::account_ids(&folder)?.as_slice()) {
            (Some(account), _) => account,
            (None, [only]) => only.clone(),
            (None, _) => return Err(DoorError::of("account-missing")),
        };
        let store = open_store(&folder, &account, passphrase)?;
        Ok(Register { store, folder, pack, settings })
    }

    /// Opens the store, or makes it in a folder that has none.
    ///
    /// # Errors
    /// As [`Register::open`].
    pub fn open_or_create(
        place: &Place<'_>,
        passphrase: &Passphrase,
    ) -> Result<Register, DoorError> {
        let (_, folder, _) = resolve(place)?;
        if Store::exists(&folder) {
            Register::open(place, passphrase)
        } else {
            Register::create(place, None, passphrase)
        }
    }

    /// The open store.
    pub(crate) fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// Who is signed in.
    pub fn account(&self) -> &str {
        self.store.actor().account.as_str()
    }

    /// Opens a case, with the facts of a file if one is given. The day at the counter is `on`, else the file's,
    /// else the settings', else today.
    ///
    /// # Errors
    /// What is wrong with the pack or the facts file; what the store says.
    pub fn new_case(
        &mut self,
        facts: Option<&Path>,
        on: Option<Date>,
    ) -> Result<Receipt, DoorError> {
        let kept = KeptPack::load(&self.pack)?;
        let stated = facts.map(|file| read_facts(file, kept.pack())).transpose()?;
        let stated_day = stated.as_ref().and_then(|facts| facts.day("counter_date"));
        let day = on.or(stated_day).or(self.settings.on).unwrap_or_else(today);
        let now = Timestamp::now();
        kept.keep(&self.folder)?;
        let mut case = Case::open(&mut self.store, kept.used(), day, Vec::new(), now)?;
        if let Some(facts) = &stated {
            case.record(&mut self.store, CaseEvent::stating(facts), now)?;
        }
        self.receipt(&case)
    }

    /// The case of an id or a reception number, with the pack it was opened with.
    ///
    /// # Errors
    /// `case-unknown`, `case-purged`, `pack-differs`; what is wrong with the pack.
    pub fn entry(&mut self, name: &str) -> Result<Entry<'_>, DoorError> {
        let case = Case::read(&self.store, self.find(name)?)?;
        let current = KeptPack::load(&self.pack)?;
        let kept = if current.is(&case.pack) {
            current
        } else {
            KeptPack::fetch(&self.folder, &case.pack)?
        };
        Ok(Entry { register: self, case, kept: Arc::new(kept) })
    }

    /// Lists the cases; looking at the list is an event of the store.
    ///
    /// # Errors
    /// What the store says.
    pub fn list(&mut self) -> Result<Listed, DoorError> {
        let heads = self.store.cases()?;
        log_listed(&mut self.store)?;
        let line = |head: &CaseHead| ListedCase {
            receipt: receipt(head),
            opened_at: local_time(head.opened_at),
            closed: head.closed_at.is_some(),
            purged: head.purged_at.is_some(),
        };
        Ok(Listed { cases: heads.iter().map(line).collect() })
    }

    /// Destroys the key of a case (消去). The reason stays readable for ever: no names.
    ///
    /// # Errors
    /// `case-unknown`, `case-purged`; what the store says.
    pub fn purge(&mut self, name: &str, reason: &str) -> Result<Purged, DoorError> {
        let case = self.find(name)?;
        let payload = serde_json::json!({ "reason": reason }).to_string();
        self.store.purge_case(&case, payload.as_bytes(), Timestamp::now())?;
        let Receipt { case, reception, .. } = receipt(&self.store.case(&case)?);
        Ok(Purged { case, reception, purged: true })
    }

    /// Checks the hash chain of the journal.
    ///
    /// # Errors
    /// What the disk does; a broken chain is an answer.
    pub fn verify(&self) -> Result<Verified, DoorError> {
        let report = self.store.verify()?;
        Ok(Verified {
            events: report.events,
            head: report.head.to_string(),
            first_bad: report.first_bad,
        })
    }

    fn find(&self, name: &str) -> Result<CaseId, DoorError> {
        let heads = self.store.cases()?;
        let found = heads
            .iter()
            .find(|head| head.reception.to_string() == name || head.id.to_string() == name);
        found.map(|head| head.id).ok_or_else(|| DoorError::of("case-unknown"))
    }

    fn receipt(&self, case: &Case) -> Result<Receipt, DoorError> {
        Ok(receipt(&self.store.case(&case.id)?))
    }
}

/// Makes a store with its first account, for the command and the set-up screen alike.
pub(crate) fn create_store(
    folder: &Path,
    counter: char,
    account: AccountId,
    display_name: String,
    passphrase: &Passphrase,
) -> Result<Store, DoorError> {
    let counter = counter.try_into()?;
    let new = NewStore { counter, account, display_name, role: Role::Administrator };
    Ok(Store::create(folder, new, passphrase, Timestamp::now())?)
}

/// Signs in.
pub(crate) fn open_store(
    folder: &Path,
    account: &AccountId,
    passphrase: &Passphrase,
) -> Result<Store, StoreError> {
    Store::open(folder, account, passphrase, Timestamp::now())
}

/// Somebody looked at the list of cases.
pub(crate) fn log_listed(store: &mut Store) -> Result<(), StoreError> {
    store.log("CasesListed", b"{}", Timestamp::now()).map(drop)
}

fn receipt(head: &CaseHead) -> Receipt {
    Receipt {
        case: head.id.to_string(),
        reception: head.reception.to_string(),
        events: head.events,
    }
}

/// Settings, the store's folder and the pack.
fn resolve(place: &Place<'_>) -> Result<(Settings, PathBuf, PathBuf), DoorError> {
    let settings = Settings::load()?;
    let folder = place.store.unwrap_or(&settings.store).to_owned();
    let pack = place.pack.unwrap_or(&settings.pack).to_owned();
    Ok((settings, folder, pack))
}
