//! A virtual My Number card (マイナンバーカード): the 券面事項入力補助AP and nothing else.
//!
//! The card connects to the port of a virtual reader; closing the connection is taking it out. The chip
//! outlives that, so its counter of PIN tries does too.

mod chip;
mod log;
mod persona;
mod wire;

use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use chip::Chip;

pub use chip::CardOptions;
pub use log::{Log, LogEntry, Verify};
pub use persona::{Persona, PinDigits};
pub use wire::{Ended, connect, serve};

use crate::{SimulatorError, tried};

/// How long a card tries to get into a reader, and a reader may take to power it up.
const INSERT_TIME_LIMIT: Duration = Duration::from_secs(10);

/// How long a hand needs at least to put a card in again. pcscd looks for cards every 0.4 s; one that is back
/// before it looked stays unnoticed for good.
const OUT_TIME_MIN: Duration = Duration::from_millis(800);

/// A chip and its log, shared between the thread that answers and whoever looks on.
#[derive(Debug, Clone)]
pub struct Card {
    chip: Arc<Mutex<Chip>>,
    log: Arc<Mutex<Log>>,
}

impl Card {
    /// A new card with this person's data.
    pub fn new(persona: &Persona, options: CardOptions, log: Log) -> Self {
        Self {
            chip: Arc::new(Mutex::new(Chip::new(persona, options))),
            log: Arc::new(Mutex::new(log)),
        }
    }

    pub(crate) fn chip(&self) -> MutexGuard<'_, Chip> {
        self.chip.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn log(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A card in somebody's hand: can be put into a reader and taken out again.
#[derive(Debug)]
pub struct VirtualCard {
    card: Card,
    inserted: Option<Inserted>,
}

#[derive(Debug)]
struct Inserted {
    connection: TcpStream,
    thread: JoinHandle<()>,
}

impl VirtualCard {
    /// A card of the persona in `file`, in nobody's reader yet.
    ///
    /// # Errors
    /// [`SimulatorError::Persona`] when the file is not one.
    pub fn of_persona(file: &Path, options: CardOptions, log: Log) -> Result<Self, SimulatorError> {
        Ok(Self { card: Card::new(&Persona::load(file)?, options, log), inserted: None })
    }

    /// Puts the card into the slot with this port, and waits until the reader has powered it up.
    ///
    /// # Errors
    /// [`SimulatorError::NotReady`] when no reader takes it.
    pub fn insert(&mut self, port: u16) -> Result<(), SimulatorError> {
        self.remove();
        let stream = connect(port, INSERT_TIME_LIMIT)?;
        let connection = tried("keep the connection of the card", stream.try_clone())?;
        let (powered, is_powered) = sync_channel(1);
        let card = self.card.clone();
        let answer = move || {
            // Ends when either side closes the connection; how makes no difference here.
            let _ = serve(stream, &card, || {
                let _ = powered.try_send(());
            });
        };
        let thread =
            tried("start the card", thread::Builder::new().name("chip".to_owned()).spawn(answer))?;
        self.inserted = Some(Inserted { connection, thread });
        wait_for(&is_powered)
    }

    /// Takes the card out at once, in the middle of a command if need be, and returns when pcscd has had
    /// time to notice.
    pub fn remove(&mut self) {
        if self.pull() {
            thread::sleep(OUT_TIME_MIN);
        }
    }

    fn pull(&mut self) -> bool {
        let Some(inserted) = self.inserted.take() else { return false };
        let _ = inserted.connection.shutdown(Shutdown::Both);
        let _ = inserted.thread.join();
        true
    }

    /// What the chip was asked so far.
    pub fn log(&self) -> Vec<LogEntry> {
        self.card.log().entries().to_vec()
    }

    /// Tries the PIN has left.
    pub fn tries_left(&self) -> u8 {
        self.card.chip().tries_left()
    }

    /// Tries 照合番号B has left.
    pub fn code_b_tries_left(&self) -> u8 {
        self.card.chip().code_b_tries_left()
    }
}

impl Drop for VirtualCard {
    fn drop(&mut self) {
        self.pull();
    }
}

fn wait_for(powered: &Receiver<()>) -> Result<(), SimulatorError> {
    powered
        .recv_timeout(INSERT_TIME_LIMIT)
        .map_err(|_| SimulatorError::NotReady { what: "the reader of the card".to_owned() })
}
