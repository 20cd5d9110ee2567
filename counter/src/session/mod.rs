//! The counter with its two windows: who is signed in, the case on the desk, and one method per button.
//!
//! Each step is kept before it is shown. Work with devices happens without the lock held, so that the other
//! window never waits for a card or a printer.

mod accounts;
mod answers;
mod asks;
mod auto_read;
mod card;
mod cases;
mod characters;
mod displays;
mod handover;
mod identity;
mod practice;
mod printing;
mod reader;
mod resident;
mod scanner;
mod scanning;
mod shapes;
mod sign_in;
mod view;
mod work;

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_forms::FontSet;
use kakanai_hardware::print::{JobId, PrinterUri};
use kakanai_records::{Account, CaseId, Store};
use kakanai_rules::Pack;

use crate::case::{Case, Document};
use crate::door::{
    CardStep, DisplayInput, DoorError, PrintStep, ReaderView, ResidentView, StaffView,
};
use crate::event::{CaseEvent, Item};
use crate::papers::{self, Packet, Visit};
use crate::settings::{Settings, SettingsError};
use crate::shelf::{KeptPack, PackReader};
use crate::slip::{self, Slip};

use accounts::Parked;
use answers::Consequences;
use asks::Sight;
pub use displays::{DisplaySize, Displays};
use practice::{Practice, PracticePlace};
use resident::OtherWindow;
use scanning::Scanning;
use shapes::Shapes;

/// The language of the staff window.
const STAFF_LANG: &str = "ja";

/// What stands across every page that is printed in practice.
const PRACTICE_WORD: &str = "練習";

/// What the resident's window shows apart from what the case itself says.
enum Shown {
    /// What follows from the case.
    Case,
    /// The PIN pad.
    Pin { tries_left: u8, wrong_before: bool },
    /// The card is being read.
    Reading,
    /// What was read, to confirm.
    Confirm { items: Vec<Item> },
    /// Reading failed.
    Trouble(DoorError),
    /// The case has ended.
    Thanks,
}

/// One job of a printing.
struct JobLine {
    pub keys: Vec<String>,
    /// 0 after a restart: all pages of its papers.
    pub pages: u32,
    pub media: &'static str,
    pub tray: Option<String>,
    pub printer: String,
    pub job: Option<i32>,
    pub state: LineState,
}

/// How far a job is.
enum LineState {
    /// Not sent: an earlier one is on its way, or has failed.
    Waiting,
    /// On its way to the printer.
    Sending,
    /// The printer has it.
    Printing { state: &'static str, reasons: Vec<String> },
    /// The printer is done; the clerk has not said whether it came out.
    Asked,
    /// The clerk has.
    Answered { came_out: bool },
    /// Failed.
    Failed(DoorError),
}

/// What lies on the desk at this moment.
struct Desk {
    pub store: Option<Store>,
    pub staff: Option<Account>,
    pub case: Option<Case>,
    /// The pack of the case on the desk.
    pub kept: Option<Arc<KeptPack>>,
    pub card: CardStep,
    pub print: PrintStep,
    pub shown: Shown,
    pub readers: Vec<ReaderView>,
    pub reader_error: Option<DoorError>,
    pub consequences: Consequences,
    pub packet: Option<Result<Packet, DoorError>>,
    pub job: Option<(PrinterUri, JobId)>,
    /// The jobs of the last printing.
    pub lines: Vec<JobLine>,
    /// The clerk waits no longer for the job under way.
    pub leaving: bool,
    /// Grows with each case: work begun for an earlier one finds nobody.
    pub visit: u64,
    /// Grows with each question for the tries left and each cancellation: an older answer is not used.
    pub asked: u64,
    /// What is read of codes.
    pub scan: Scanning,
    /// A document that was read, until the clerk has said whose it is.
    pub whose: Option<Document>,
    /// The case that lay here when the windows were locked.
    pub parked: Option<Parked>,
    /// Displays in use.
    pub displays: displays::Seen,
    /// How the staff window is drawn, once somebody has chosen.
    pub drawn: Option<DisplayInput>,
    /// What the staff window may show of the case.
    pub sight: Sight,
    /// How the resident's window is shown.
    pub other: OtherWindow,
    /// Practice, while it is on: what lies on the desk is practised then, and the real store lies in it.
    pub practice: Option<Practice>,
    /// The shapes of names that were drawn for this case.
    pub shapes: Shapes,
}

struct Shared {
    pub settings: Settings,
    read: PackReader,
    pack: OnceLock<Result<Arc<KeptPack>, DoorError>>,
    fonts: OnceLock<Result<FontSet, DoorError>>,
    desk: Mutex<Desk>,
    /// Where practice happens; apart from the desk, because it is asked while the desk is held.
    practice: Mutex<Option<PracticePlace>>,
    /// Held while practice begins or ends: a second press must not delete the folder of the first.
    practice_door: Mutex<()>,
    notify: Box<dyn Fn() + Send + Sync>,
}

impl Shared {
    /// The pack of this terminal; whoever asks first waits until it is read.
    fn pack(&self) -> &Result<Arc<KeptPack>, DoorError> {
        let read = || (self.read)(&self.settings.pack).and_then(|text| KeptPack::of(&text));
        self.pack.get_or_init(|| read().map(Arc::new))
    }
}

/// The counter. Cheap to clone; every clone is the same counter.
#[derive(Clone)]
pub struct Counter {
    shared: Arc<Shared>,
}

impl Counter {
    /// Starts with the settings of this terminal. `read` reads its pack; `notify` is called whenever a view has
    /// changed.
    ///
    /// Settings, a pack or fonts that cannot be used do not stop the start: [`StaffView::trouble`] says so. The pack is
    /// read meanwhile: the windows need not wait for it to say that they are starting.
    pub fn start(
        settings: Result<Settings, SettingsError>,
        read: PackReader,
        notify: impl Fn() + Send + Sync + 'static,
    ) -> Counter {
        let (settings, pack) = match settings {
            Ok(settings) => (settings, OnceLock::new()),
            Err(error) => (Settings::none(), OnceLock::from(Err(DoorError::from(error)))),
        };
        let desk = Desk {
            store: None,
            staff: None,
            case: None,
            kept: None,
            card: CardStep::Idle,
            print: PrintStep::Idle,
            shown: Shown::Case,
            readers: Vec::new(),
            reader_error: None,
            consequences: Consequences::default(),
            packet: None,
            job: None,
            lines: Vec::new(),
            leaving: false,
            visit: 0,
            asked: 0,
            scan: Scanning::default(),
            whose: None,
            parked: None,
            displays: displays::Seen::ONE,
            drawn: None,
            sight: Sight::default(),
            other: OtherWindow::default(),
            practice: None,
            shapes: Shapes::default(),
        };
        practice::remove_leftovers(&settings.store);
        let shared = Shared {
            settings,
            read,
            pack,
            fonts: OnceLock::new(),
            desk: Mutex::new(desk),
            practice: Mutex::new(None),
            practice_door: Mutex::new(()),
            notify: Box::new(notify),
        };
        let shared = Arc::new(shared);
        let reading = Arc::clone(&shared);
        std::thread::spawn(move || {
            reading.pack();
            (reading.notify)();
        });
        Counter { shared }
    }

    /// The staff window.
    pub fn staff_view(&self) -> StaffView {
        let mut desk = self.desk();
        self.prepare_packet(&mut desk);
        view::staff(&self.shared, &desk, self.fonts())
    }

    /// The resident's window.
    pub fn resident_view(&self) -> ResidentView {
        let fonts = self.fonts();
        let mut desk = self.desk();
        if matches!(desk.print, PrintStep::Done) {
            // The papers that lie before the resident are counted, in another language, too.
            self.prepare_packet(&mut desk);
        }
        view::resident(&self.shared, &desk, fonts.ok())
    }

    fn desk(&self) -> MutexGuard<'_, Desk> {
        self.shared.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pack of this terminal, with which new cases are opened.
    fn pack(&self) -> Result<Arc<KeptPack>, DoorError> {
        self.shared.pack().clone()
    }

    /// The pack of the case on the desk; without one, the terminal's.
    fn pack_of(&self, desk: &Desk) -> Result<Arc<KeptPack>, DoorError> {
        desk.kept.clone().map_or_else(|| self.pack(), Ok)
    }

    fn fonts(&self) -> Result<&FontSet, DoorError> {
        self.shared
            .fonts
            .get_or_init(|| papers::fonts(&self.shared.settings).map_err(DoorError::from))
            .as_ref()
            .map_err(DoorError::clone)
    }

    /// Whether a case is on the desk.
    pub fn has_case(&self) -> bool {
        self.desk().case.is_some()
    }

    /// Tells the windows and gives the staff view.
    fn changed(&self) -> StaffView {
        (self.shared.notify)();
        self.staff_view()
    }

    fn notify(&self) {
        (self.shared.notify)();
    }

    fn prepare_packet(&self, desk: &mut Desk) {
        let (Some(case), Ok(kept), Ok(fonts)) = (&desk.case, self.pack_of(desk), self.fonts())
        else {
            return;
        };
        if desk.packet.is_none() {
            let (pack, engine) = (kept.pack(), kept.engine());
            let lang = view::lang(pack, case);
            let determination = case.determine(engine, lang);
            let number = view::reception(desk, case);
            let slip = desk.slip(pack, &number, lang, self.today());
            let visit = Visit {
                engine,
                facts: &case.facts,
                determination: &determination,
                lang,
                case: &number,
                settled: &case.settled,
                slip: &slip,
                outcomes: &case.outcomes,
            };
            let packet = papers::prepare(&visit, fonts, &[]).and_then(|mut packet| {
                if desk.practice.is_some() {
                    packet.watermark(PRACTICE_WORD, fonts)?;
                }
                Ok(packet)
            });
            desk.packet = Some(packet.map_err(DoorError::from));
        }
    }
}

impl Desk {
    /// Records one event of the case on the desk.
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError> {
        let store = self.store.as_mut().ok_or_else(not_signed_in)?;
        let case = self.case.as_mut().ok_or_else(no_case)?;
        case.record(store, event, Timestamp::now())?;
        Ok(())
    }

    /// Records one event of a case that may have left the desk meanwhile.
    fn record_of(&mut self, id: CaseId, event: CaseEvent) -> Result<(), DoorError> {
        if self.case.as_ref().is_some_and(|case| case.id == id) {
            return self.record(event);
        }
        let store = self.store.as_mut().ok_or_else(not_signed_in)?;
        Case::read(store, id)?.record(store, event, Timestamp::now())?;
        Ok(())
    }

    /// The case on the desk, if it still takes something in.
    fn open_case(&self) -> Result<&Case, DoorError> {
        let case = self.case.as_ref().ok_or_else(no_case)?;
        case.check_open()?;
        Ok(case)
    }

    /// The slip of the case on the desk. A store that gives no key gives no slip; its own steps say what is wrong.
    fn slip(&self, pack: &Pack, number: &str, lang: &str, on: Date) -> Slip {
        let made = self.store.as_ref().zip(self.case.as_ref()).map(|(store, case)| {
            slip::slip(store, case, pack, number, lang, on).unwrap_or(Slip::NoKey)
        });
        made.unwrap_or_default()
    }

    /// Refuses what would part a case from papers that are on their way.
    fn check_not_printing(&self) -> Result<(), DoorError> {
        match self.print {
            PrintStep::Sending | PrintStep::Printing { .. } => Err(DoorError::of("print-running")),
            _ => Ok(()),
        }
    }

    /// The papers of the case on the desk, or why there are none.
    fn packet(&self) -> Result<&Packet, DoorError> {
        self.packet.as_ref().ok_or_else(no_case)?.as_ref().map_err(DoorError::clone)
    }

    /// What was prepared and printed no longer says what is known.
    fn facts_changed(&mut self) {
        self.packet = None;
        if matches!(self.print, PrintStep::Done) {
            self.print = PrintStep::Idle;
            self.lines.clear();
        }
    }

    /// Clears everything that belongs to the case.
    fn leave_case(&mut self, shown: Shown) {
        self.leave_other_window(&shown);
        self.case = None;
        self.kept = None;
        self.packet = None;
        self.job = None;
        self.whose = None;
        self.shapes.forget();
        self.lines.clear();
        self.consequences = Consequences::default();
        self.sight = Sight::default();
        self.card = CardStep::Idle;
        self.print = PrintStep::Idle;
        self.shown = shown;
        self.visit = self.visit.wrapping_add(1);
    }
}

fn not_signed_in() -> DoorError {
    DoorError::of("not-signed-in")
}

fn no_case() -> DoorError {
    DoorError::of("no-case")
}
