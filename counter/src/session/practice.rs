//! Practice (練習モード): a store, cards and a day of its own; nothing of it reaches the real ones.
//!
//! The real store lies aside, open and untouched, until practice ends. The store of practice has a key that nobody
//! knows and a folder of its own, which is deleted at the end, and after a crash at the next start.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{MutexGuard, PoisonError};

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use kakanai_hardware::card::{CardError, PRACTICE_READER, PracticeCard};
use kakanai_records::{Account, CaseId, NewStore, Passphrase, Store};
use zeroize::Zeroizing;

use super::{Counter, Desk, Shared, Shown, not_signed_in};
use crate::door::{
    DoorError, PracticeCardView, PracticeInput, PracticeView, ReaderView, StaffView, StepTimeView,
};
use crate::event::CaseEvent;
use crate::practice::{PracticePerson, people};
use crate::settings::today;

/// The letter of reception numbers in practice.
const LETTER: char = 'P';
/// Bytes of the passphrase that nobody knows.
const KEY_BYTES: usize = 32;

/// Where practice happens: what is asked while the desk is held.
pub struct PracticePlace {
    on: Date,
    store: PathBuf,
}

/// Practice, while it is on.
pub struct Practice {
    on: Date,
    /// The real store, put aside.
    real: Store,
    cards: Vec<(PracticePerson, PracticeCard)>,
    /// The card that lies on the reader, by its place among the cards.
    laid: Option<usize>,
}

impl Practice {
    /// The card on the reader.
    pub(super) fn card(&mut self) -> Result<&mut PracticeCard, CardError> {
        let laid = self.laid.and_then(|at| self.cards.get_mut(at));
        laid.map(|(_, card)| card).ok_or(CardError::NoCard)
    }

    /// The reader of practice.
    pub(super) fn reader(&self) -> ReaderView {
        ReaderView { name: PRACTICE_READER.to_owned(), card: self.laid.is_some() }
    }
}

impl Shared {
    /// The day at the counter: the rehearsed one, else the settings', else today.
    pub(super) fn today(&self) -> Date {
        let rehearsed = self.place(|place| place.on);
        rehearsed.or(self.settings.on).unwrap_or_else(today)
    }

    /// The folder of the store that is worked with.
    pub(super) fn store(&self) -> PathBuf {
        self.place(|place| place.store.clone()).unwrap_or_else(|| self.settings.store.clone())
    }

    fn place<T>(&self, of: impl FnOnce(&PracticePlace) -> T) -> Option<T> {
        self.practice.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(of)
    }

    fn practice_door(&self) -> MutexGuard<'_, ()> {
        self.practice_door.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn set_place(&self, place: Option<PracticePlace>) {
        *self.practice.lock().unwrap_or_else(PoisonError::into_inner) = place;
    }
}

impl Counter {
    /// Starts practice.
    ///
    /// # Errors
    /// `case-on-desk`, `not-signed-in`, `practising`, `print-running`, `day-unreadable`, what the store says.
    pub fn practice_start(&self, input: &PracticeInput) -> Result<StaffView, DoorError> {
        let day = input.on.as_deref().map(str::parse::<Date>).transpose();
        let on = day.map_err(|_| DoorError::of("day-unreadable"))?;
        let on = on.or(self.shared.settings.on).unwrap_or_else(today);
        let _door = self.shared.practice_door();
        let account = self.desk().may_practise()?;
        let folder = folder(&self.shared.settings.store).ok_or_else(not_signed_in)?;
        // Without the desk held: making a key takes a while.
        let mut store = Some(new_store(&folder, account)?);
        {
            let mut desk = self.desk();
            let may = desk.may_practise();
            let real = may.and_then(|_| desk.store.take().ok_or_else(not_signed_in));
            let real = match real {
                Ok(real) => real,
                Err(error) => {
                    drop(store);
                    remove(&folder)?;
                    return Err(error);
                }
            };
            desk.store = store.take();
            desk.scan.clear();
            desk.leave_case(Shown::Case);
            let cards = people().into_iter().map(PracticePerson::with_card).collect();
            desk.practice = Some(Practice { on, real, cards, laid: None });
            self.shared.set_place(Some(PracticePlace { on, store: folder }));
        }
        self.devices_refresh()
    }

    /// Ends practice and deletes what was practised. Without practice nothing changes.
    ///
    /// # Errors
    /// `print-running`; `practice-not-deleted` when the disk keeps the folder: it goes at the next start.
    pub fn practice_leave(&self) -> Result<StaffView, DoorError> {
        let _door = self.shared.practice_door();
        {
            let mut desk = self.desk();
            if desk.practice.is_none() {
                drop(desk);
                return Ok(self.staff_view());
            }
            desk.check_not_printing()?;
            desk.scan.clear();
            desk.leave_case(Shown::Case);
            // The store of practice is let go of before its folder is deleted.
            desk.store = desk.practice.take().map(|practice| practice.real);
            self.shared.set_place(None);
        }
        let deleted = folder(&self.shared.settings.store).map_or(Ok(()), |folder| remove(&folder));
        let view = self.devices_refresh()?;
        deleted?;
        Ok(view)
    }

    /// Lays a practice card on the reader; `None` takes it away.
    ///
    /// # Errors
    /// `not-practising`, `card-unknown`.
    pub fn practice_card(&self, card: Option<&str>) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let practice = desk.practice.as_mut().ok_or_else(|| DoorError::of("not-practising"))?;
            let find = |id: &str| {
                let found = practice.cards.iter().position(|(person, _)| person.id == id);
                found.ok_or_else(|| DoorError::of("card-unknown"))
            };
            practice.laid = card.map(find).transpose()?;
        }
        self.devices_refresh()
    }
}

impl Desk {
    /// Who practises; nobody while a case lies on the desk.
    fn may_practise(&self) -> Result<Account, DoorError> {
        if self.practice.is_some() {
            return Err(DoorError::of("practising"));
        }
        if self.case.is_some() {
            return Err(DoorError::of("case-on-desk"));
        }
        self.check_not_printing()?;
        self.staff.clone().filter(|_| self.store.is_some()).ok_or_else(not_signed_in)
    }
}

/// Practice as the staff window shows it.
pub fn view(desk: &Desk) -> Option<PracticeView> {
    let practice = desk.practice.as_ref()?;
    let laid = practice.laid.and_then(|at| practice.cards.get(at));
    let times = desk.store.as_ref().zip(present_case(desk));
    Some(PracticeView {
        on: practice.on.to_string(),
        cards: practice.cards.iter().map(|(person, _)| card_view(person)).collect(),
        card: laid.map(|(person, _)| person.id.clone()),
        times: times.map(|(store, case)| step_times(store, case)).unwrap_or_default(),
    })
}

fn card_view(person: &PracticePerson) -> PracticeCardView {
    PracticeCardView {
        id: person.id.clone(),
        name: person.name.clone(),
        text: person.text.clone(),
        pin: person.pin.clone().unwrap_or_default(),
        face: person.face(),
    }
}

/// The case on the desk, else the one that was practised last.
fn present_case(desk: &Desk) -> Option<CaseId> {
    let on_desk = desk.case.as_ref().map(|case| case.id);
    on_desk.or_else(|| Some(desk.store.as_ref()?.cases().ok()?.last()?.id))
}

/// Time per step, from the journal of the case: a step runs until the next one is opened, and not while the case is
/// parked or over.
fn step_times(store: &Store, case: CaseId) -> Vec<StepTimeView> {
    let mut times = StepTimes::default();
    for event in store.events(&case).unwrap_or_default() {
        match serde_json::from_slice(&event.payload) {
            Ok(CaseEvent::StepShown { step }) => times.open(step, event.at),
            Ok(CaseEvent::Viewed {}) => times.go_on(event.at),
            Ok(CaseEvent::Parked {} | CaseEvent::Closed {}) => times.stop(event.at),
            _ => {}
        }
    }
    times.stop(Timestamp::now());
    let view = |(step, time): (String, SignedDuration)| StepTimeView {
        step,
        seconds: u32::try_from(time.as_secs()).unwrap_or_default(),
    };
    times.steps.into_iter().map(view).collect()
}

/// Steps in the order in which they were first opened, and since when the open one runs.
#[derive(Default)]
struct StepTimes {
    steps: Vec<(String, SignedDuration)>,
    open: Option<usize>,
    since: Option<Timestamp>,
}

impl StepTimes {
    fn open(&mut self, step: String, at: Timestamp) {
        self.stop(at);
        let known = self.steps.iter().position(|(known, _)| *known == step);
        self.open = Some(known.unwrap_or(self.steps.len()));
        if known.is_none() {
            self.steps.push((step, SignedDuration::ZERO));
        }
        self.since = Some(at);
    }

    fn go_on(&mut self, at: Timestamp) {
        self.since = self.since.or(Some(at));
    }

    fn stop(&mut self, at: Timestamp) {
        let since = self.since.take();
        let open = self.open.and_then(|open| self.steps.get_mut(open));
        if let Some((since, (_, time))) = since.zip(open) {
            *time = time.saturating_add(at.duration_since(since));
        }
    }
}

/// The folder of practice beside the store: its name with `.practice`, so that no folder of anybody else is meant.
fn folder(store: &Path) -> Option<PathBuf> {
    let mut name = store.file_name()?.to_owned();
    name.push(".practice");
    Some(store.with_file_name(name))
}

/// Makes the store of practice anew, with a key that nobody knows.
fn new_store(folder: &Path, account: Account) -> Result<Store, DoorError> {
    remove(folder)?;
    let mut key = Zeroizing::new([0_u8; KEY_BYTES]);
    getrandom::fill(key.as_mut()).map_err(|_| DoorError::of("no-randomness"))?;
    let passphrase = Passphrase::new(hex::encode(key.as_slice()));
    let Account { id, display_name, role, .. } = account;
    let new = NewStore { counter: LETTER.try_into()?, account: id, display_name, role };
    Ok(Store::create(folder, new, &passphrase, Timestamp::now())?)
}

/// Deletes what a crash left of practice. What stays cannot be read by anybody, and goes the next time.
pub fn remove_leftovers(store: &Path) {
    if let Some(folder) = folder(store) {
        let _ = remove(&folder);
    }
}

fn remove(folder: &Path) -> Result<(), DoorError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(DoorError::of("practice-not-deleted"))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_runs_until_the_next_one_opens_and_not_while_the_case_is_parked() {
        let at = |second: i64| Timestamp::from_second(1_800_000_000 + second).unwrap();
        let mut times = StepTimes::default();
        times.go_on(at(0));
        times.open("identity".to_owned(), at(5));
        times.open("questions".to_owned(), at(25));
        times.stop(at(65));
        times.stop(at(99));
        times.go_on(at(1000));
        times.open("identity".to_owned(), at(1010));
        times.stop(at(1013));
        let seconds: Vec<(&str, i64)> =
            times.steps.iter().map(|(step, time)| (step.as_str(), time.as_secs())).collect();
        assert_eq!(seconds, [("identity", 23), ("questions", 50)]);
    }

    #[test]
    fn the_folder_of_practice_has_the_name_of_the_store_in_it() {
        let named = |store: &str| folder(Path::new(store));
        assert_eq!(named("/kakanai/store"), Some(PathBuf::from("/kakanai/store.practice")));
        assert_eq!(named(""), None);
        assert_eq!(named("/"), None);
    }
}
