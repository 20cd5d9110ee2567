//! Codes that are read while somebody is signed in: from the scanner, the keyboard, the camera and images.
//!
//! A sheet waits, opened, until the clerk takes it in; nothing of it is in a case before. Texts of codes are kept
//! nowhere but in memory, and only until the sheet is taken in, given up, or the visit ends.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use kakanai_hardware::scan::serial::Scanner;
use kakanai_hardware::scan::{Luma, Worker};
use kakanai_prefill::{Added, municipality};
use kakanai_rules::Subject;

use super::{Counter, Desk, Shared, not_signed_in};
use crate::conflict;
use crate::door::{
    ConflictSettleInput, DoorError, ScanAcceptInput, ScanAsk, ScanTextInput, ScanTold, ScannerView,
    SheetInto, StaffView,
};
use crate::scanning::{
    Arrival, Earlier, Intake, Opened, Place, Read, Via, WhoIsWho, check_standing, earlier,
    opening_keys, texts_of_image,
};

/// Most pixels of a frame: a camera of 4K.
const FRAME_PIXELS_MAX: u64 = 3840 * 2160;

/// What is read and not taken in yet.
#[derive(Default)]
pub(super) struct Scanning {
    pub intake: Intake,
    /// The whole sheet that waits for the clerk.
    pub waiting: Option<Waiting>,
    pub told: Option<ScanTold>,
    pub scanner: ScannerView,
    pub worker: Option<Worker>,
    pub serial: Option<Scanner>,
    count: u32,
}

/// A whole sheet.
pub(super) struct Waiting {
    pub opened: Opened,
    pub earlier: Vec<Earlier>,
}

impl Counter {
    /// A text that a scanner typed or somebody pasted; several, one a line.
    ///
    /// # Errors
    /// `not-signed-in`; what the text came to stands in the view.
    pub fn scan_text(&self, input: &ScanTextInput) -> Result<StaffView, DoorError> {
        let via = if input.by == Via::Wedge.id() { Via::Wedge } else { Via::Text };
        let lines = input.text.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines: Vec<String> = lines.map(str::to_owned).collect();
        self.take_texts(&lines, via)?;
        Ok(self.changed())
    }

    /// A frame of the camera: one byte a pixel, row by row. Returns at once; only the newest frame is looked at, and
    /// the windows are told when it held something.
    ///
    /// # Errors
    /// `not-signed-in`, `frame-size`.
    pub fn scan_frame(&self, width: u32, height: u32, luma: &[u8]) -> Result<(), DoorError> {
        let pixels = u64::from(width).saturating_mul(u64::from(height));
        if pixels > FRAME_PIXELS_MAX || Some(pixels) != u64::try_from(luma.len()).ok() {
            return Err(DoorError::of("frame-size"));
        }
        let mut desk = self.desk();
        if desk.store.is_none() {
            return Err(not_signed_in());
        }
        let shared = Arc::downgrade(&self.shared);
        let worker = desk.scan.worker.get_or_insert_with(|| {
            Worker::start(move |reading| {
                let Some(shared) = shared.upgrade() else { return };
                let texts = reading.codes.iter().map(|code| String::from_utf8_lossy(&code.payload));
                Counter { shared }.hear(&texts.map(String::from).collect::<Vec<_>>(), Via::Camera);
            })
        });
        worker.offer(Luma::new(width, height, luma.to_vec()));
        Ok(())
    }

    /// The bytes of an image file (PNG, JPEG, PGM), with one code or several.
    ///
    /// # Errors
    /// `not-signed-in`; what the image came to stands in the view.
    pub fn scan_image(&self, file: &[u8]) -> Result<StaffView, DoorError> {
        if self.desk().store.is_none() {
            return Err(not_signed_in());
        }
        match texts_of_image(file) {
            Ok(texts) if texts.is_empty() => self.desk().scan.tell(told("no-code", Via::Image)),
            Ok(texts) => {
                self.take_texts(&texts, Via::Image)?;
            }
            Err(error) => self.desk().scan.tell(told(error.code(), Via::Image)),
        }
        Ok(self.changed())
    }

    /// Forgets the sheet and the parts read so far. With `keep` the part that belonged to another sheet is the first
    /// of the new one.
    ///
    /// # Errors
    /// `not-signed-in`.
    pub fn scan_reset(&self, keep: bool) -> Result<StaffView, DoorError> {
        let kept = {
            let mut desk = self.desk();
            if desk.store.is_none() {
                return Err(not_signed_in());
            }
            desk.scan.forget().filter(|_| keep)
        };
        self.take_texts(kept.as_slice(), Via::Text)?;
        Ok(self.changed())
    }

    /// Takes the whole sheet into the case on the desk or into a new one; one step, which can be taken back.
    ///
    /// # Errors
    /// `no-sheet`, `sheet-expired`, `sheet-from-the-future` without `even_so`, `sheet-people` (the clerk has to say who
    /// is who), `person-unknown`, `no-case`, `case-closed`, `print-running`; what the store says.
    pub fn scan_accept(&self, input: &ScanAcceptInput) -> Result<StaffView, DoorError> {
        let waiting = {
            let mut desk = self.desk();
            if desk.store.is_none() {
                return Err(not_signed_in());
            }
            desk.check_not_printing()?;
            desk.scan.waiting.take().ok_or_else(|| DoorError::of("no-sheet"))?
        };
        let taken = self.take_in(&waiting.opened, input);
        {
            let mut desk = self.desk();
            match &taken {
                Ok(()) => {
                    let via = waiting.opened.via;
                    desk.scan.forget();
                    desk.scan.tell(told("sheet-taken", via));
                }
                Err(_) => desk.scan.waiting = Some(waiting),
            }
        }
        taken?;
        Ok(self.changed())
    }

    fn take_in(&self, opened: &Opened, input: &ScanAcceptInput) -> Result<(), DoorError> {
        check_standing(opened, self.today(), input.even_so)?;
        let people = input.people.iter();
        let who: WhoIsWho = people.map(|one| (one.sheet.clone(), one.person.clone())).collect();
        if input.into == SheetInto::New {
            let kept = self.pack()?;
            let arrival = Arrival::of(opened, kept.pack());
            arrival.received(opened, Place::New, &WhoIsWho::new())?;
            self.open_for(&kept, arrival.event().into_iter().collect(), arrival.day())?;
        }
        self.change(|case, engine, store, now| {
            let arrival = Arrival::of(opened, engine.pack());
            let who = if input.into == SheetInto::New { &BTreeMap::new() } else { &who };
            let received = arrival.received(opened, Place::Case(case), who)?;
            Ok(case.record(store, received.event(), now)?)
        })?;
        let mut desk = self.desk();
        desk.take_up_card();
        Ok(())
    }

    /// Keeps the value that the clerk chose of several; its source stays the one it came from.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `conflict-unknown` (what is chosen is no longer there), what the store
    /// says.
    pub fn conflict_settle(&self, input: &ConflictSettleInput) -> Result<StaffView, DoorError> {
        self.change(|case, engine, store, now| {
            let ConflictSettleInput { fact, person, choice } = input;
            let subject = Subject::from(person.clone());
            let step =
                conflict::settling(engine.vocabulary(), &case.facts, &subject, fact, choice)?;
            Ok(case.record(store, step, now)?)
        })
    }

    /// The day at the counter.
    pub(super) fn today(&self) -> jiff::civil::Date {
        self.shared.today()
    }

    /// Takes texts in and tells the windows if there is something to tell.
    pub(super) fn hear(&self, texts: &[String], via: Via) {
        if self.take_texts(texts, via).is_ok_and(|told| told) {
            self.notify();
        }
    }

    /// Takes texts in. Says whether there is something to tell.
    fn take_texts(&self, texts: &[String], via: Via) -> Result<bool, DoorError> {
        let mut desk = self.desk();
        if desk.store.is_none() {
            return Err(not_signed_in());
        }
        let mut best: Option<(u8, ScanTold)> = None;
        for text in texts {
            let Some(told) = desk.take_text(&self.shared, text, via) else { continue };
            let rank = rank(&told);
            if best.as_ref().is_none_or(|(before, _)| rank >= *before) {
                best = Some((rank, told));
            }
        }
        let Some((_, told)) = best else { return Ok(false) };
        desk.scan.tell(told);
        Ok(true)
    }
}

impl Scanning {
    /// Forgets the sheet; gives the text of another one that was left aside.
    pub fn forget(&mut self) -> Option<String> {
        self.waiting = None;
        self.told = None;
        self.intake.start_over()
    }

    /// Ends with the session, or with the visit.
    pub fn clear(&mut self) {
        self.forget();
        self.intake.look_again();
    }

    pub fn tell(&mut self, told: ScanTold) {
        self.count = self.count.wrapping_add(1);
        self.told = Some(ScanTold { count: self.count, ..told });
    }
}

impl Desk {
    fn take_text(&mut self, shared: &Shared, text: &str, via: Via) -> Option<ScanTold> {
        Some(match self.scan.intake.take(text, via) {
            Read::Same => return None,
            Read::Part(added) => told_of(added, via),
            Read::Whole(message) => match self.open_sheet(shared, &message, via) {
                Ok(waiting) => {
                    self.scan.waiting = Some(waiting);
                    told("sheet-ready", via)
                }
                Err(error) => {
                    self.scan.intake.start_over();
                    ScanTold { details: error.details, ..told(&error.code, via) }
                }
            },
        })
    }

    fn open_sheet(&self, shared: &Shared, message: &[u8], via: Via) -> Result<Waiting, DoorError> {
        let store = self.store.as_ref().ok_or_else(not_signed_in)?;
        let kept = shared.pack().clone()?;
        let town = municipality(kept.pack()).map_err(|error| DoorError::of(error.code()))?;
        let keys = opening_keys(store)?;
        let opened = Opened::open(message, &keys, town, via)?;
        let earlier = earlier(store, &opened.sheet, Timestamp::now())?;
        Ok(Waiting { opened, earlier })
    }
}

fn told(code: &str, via: Via) -> ScanTold {
    ScanTold {
        count: 0,
        code: code.to_owned(),
        details: BTreeMap::new(),
        ask: None,
        via: via.id().to_owned(),
    }
}

fn told_of(added: Added, via: Via) -> ScanTold {
    let part = |code: &str, index: u8, of: Option<u8>| {
        let of = of.map(|of| ("of".to_owned(), of.to_string()));
        let details = [("part".to_owned(), index.to_string())].into_iter().chain(of).collect();
        ScanTold { details, ..told(code, via) }
    };
    match added {
        Added::NotOurs => told("not-ours", via),
        Added::Damaged => told("damaged", via),
        Added::Newer => told("newer-format", via),
        Added::New { index, of } => part("new-part", index, Some(of)),
        Added::Repeated { index, of } => part("repeated-part", index, Some(of)),
        Added::Foreign => ScanTold { ask: Some(ScanAsk::StartOver), ..told("foreign-sheet", via) },
        Added::Conflict { index } => part("part-conflict", index, None),
    }
}

/// Of several codes at once the clerk hears the one that matters most.
fn rank(told: &ScanTold) -> u8 {
    match told.code.as_str() {
        "not-ours" => 0,
        "repeated-part" => 1,
        "damaged" => 2,
        "new-part" => 3,
        "sheet-ready" => 5,
        _ => 4,
    }
}
