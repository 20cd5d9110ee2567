//! The devices of one counter: a real pcscd with a virtual card, and a real IPP printer.

use std::path::Path;
use std::time::{Duration, Instant};

use kakanai_simulators::card::{CardOptions, Log, LogEntry, Verify, VirtualCard};
use kakanai_simulators::printer::{Model, VirtualPrinter};
use kakanai_simulators::reader::VirtualReader;
use serde_json::Value;
use tempfile::TempDir;

use crate::repository::persona;
use crate::terminal::Terminal;

/// The application that holds the basic four, the only one that is asked for data.
const TEXT_AP: &str = "d3921000310001010408";
/// The card's own root; selected last, so that the card forgets the PIN.
pub const ISSUER_DOMAIN: &str = "a0000001510000";

/// pcscd notices a card, or its absence, up to half a second late.
const CARD_SEEN_WITHIN: Duration = Duration::from_secs(5);

/// A terminal with a reader and a card in it. The card leaves before the reader stops.
pub struct CardDesk {
    pub card: VirtualCard,
    pub reader: VirtualReader,
    pub terminal: Terminal,
    _folder: TempDir,
}

impl CardDesk {
    /// The card of a sample persona; returns once programs see it.
    pub fn with(name: &str, options: CardOptions) -> Self {
        Self::of(&persona(name), options)
    }

    /// The card of the persona in `file`.
    pub fn of(file: &Path, options: CardOptions) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let reader = VirtualReader::start(folder.path()).unwrap();
        let mut card = VirtualCard::of_persona(file, options, Log::default()).unwrap();
        card.insert(reader.port()).unwrap();
        let mut terminal = Terminal::new();
        terminal.use_service(reader.csock_name());
        let desk = Self { card, reader, terminal, _folder: folder };
        desk.wait_for_cards(1);
        desk
    }

    /// The first persona, on a card with a fault.
    pub fn ordinary(change: impl FnOnce(&mut CardOptions)) -> Self {
        let mut options = CardOptions::default();
        change(&mut options);
        Self::with("ordinary", options)
    }

    /// Waits until programs see so many cards.
    pub fn wait_for_cards(&self, wanted: usize) {
        let deadline = Instant::now() + CARD_SEEN_WITHIN;
        let seen = || {
            let readers = self.terminal.run(&["readers"]).done();
            let cards = |readers: &Vec<Value>| readers.iter().filter(|r| r["card"] == true).count();
            readers["readers"].as_array().map_or(0, cards)
        };
        while seen() != wanted {
            assert!(Instant::now() < deadline, "{wanted} cards are not seen");
        }
    }

    /// How often a PIN was sent.
    pub fn pins_sent(&self) -> usize {
        pins_sent(&self.card.log())
    }
}

/// How often a PIN was sent.
pub fn pins_sent(log: &[LogEntry]) -> usize {
    log.iter().filter(|entry| entry.verify == Some(Verify::Pin)).count()
}

/// How often 照合番号B was sent.
pub fn codes_sent(log: &[LogEntry]) -> usize {
    log.iter().filter(|entry| entry.verify == Some(Verify::CodeB)).count()
}

/// What holds for every dialogue with a card, however it ends: nobody goes near the 個人番号, and a secret is sent once.
pub fn assert_modest(log: &[LogEntry]) {
    for entry in log {
        assert!(
            matches!(entry.select_ef.as_deref(), None | Some("0011" | "0002")),
            "a file that is none of our business was selected: {entry:?}"
        );
        assert!(
            matches!(entry.select_aid.as_deref(), None | Some(TEXT_AP | ISSUER_DOMAIN)),
            "another application was selected: {entry:?}"
        );
    }
    assert!(pins_sent(log) + codes_sent(log) <= 1, "a secret was sent more than once");
}

/// A printer with its folder.
pub struct Printer {
    pub printer: VirtualPrinter,
    pub folder: TempDir,
}

impl Printer {
    /// An office printer, switched on.
    pub fn start() -> Self {
        Self::of(Model::default())
    }

    /// A printer of this kind, switched on.
    pub fn of(model: Model) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let printer = VirtualPrinter::start(folder.path(), model).unwrap();
        Self { printer, folder }
    }

    /// Its address, without a name that would have to be looked up.
    pub fn numeric_uri(&self) -> String {
        self.printer.uri().replace("localhost", "127.0.0.1")
    }
}
