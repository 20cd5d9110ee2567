//! Previewing and printing: the packet goes to the one chosen printer, is followed to its end, and the clerk has
//! the last word.
//!
//! The papers are kept in the case, never as a file: after any failure they can be printed again.

use std::thread;

use kakanai_forms::page_svg;
use kakanai_hardware::print::{self, JobId, JobState, JobStatus, PrinterUri};
use kakanai_records::CaseId;

use super::{Counter, STAFF_LANG, no_case};
use crate::case::Case;
use crate::door::{DoorError, PreviewPage, PrintStep, StaffView};
use crate::event::CaseEvent;
use crate::papers::DISCREET;
use crate::printing::{JobWatch, send};

impl Counter {
    /// The pages of one paper, drawn by the engine that prints. Looking is an event.
    ///
    /// # Errors
    /// `no-case`, `paper-unknown`, missing fonts, why no papers could be made, what the store says.
    pub fn preview(&self, paper: &str) -> Result<Vec<PreviewPage>, DoorError> {
        let fonts = self.fonts()?;
        let mut desk = self.desk();
        self.prepare_packet(&mut desk);
        let packet = desk.packet()?;
        let found = packet.paper(paper).ok_or_else(|| DoorError::of("paper-unknown"))?;
        let pages = (1..)
            .zip(&found.paper.pages)
            .map(|(page, drawn)| match page_svg(drawn, fonts) {
                Ok(svg) => Ok(PreviewPage { page, svg }),
                Err(_) => Err(DoorError::of("fonts-missing")),
            })
            .collect::<Result<_, _>>()?;
        desk.record(CaseEvent::Previewed { paper: paper.to_owned() })?;
        Ok(pages)
    }

    /// Sends papers (all when empty) to the printer and follows the job.
    ///
    /// # Errors
    /// `no-case`, `no-printer`, `nothing-to-print`, `discreet-apart`, `print-running`, what the store says. What the printer says
    /// stands in the view.
    pub fn print(&self, papers: Vec<String>) -> Result<StaffView, DoorError> {
        let fonts = self.fonts()?;
        let (following, pdf, keys) = {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            self.prepare_packet(&mut desk);
            let kept = self.pack_of(&desk)?;
            let packet = desk.packet()?;
            let named = packet.apart.iter().filter(|paper| papers.contains(&paper.id));
            let keys: Vec<String> = packet
                .papers
                .iter()
                .filter(|paper| papers.is_empty() || papers.contains(&paper.id))
                .chain(named)
                .map(|paper| paper.id.clone())
                .collect();
            if keys.len() > 1 && keys.iter().any(|id| id == DISCREET) {
                return Err(DoorError::of("discreet-apart"));
            }
            if keys.is_empty() {
                return Err(DoorError::of("nothing-to-print"));
            }
            let pdf = packet.pdf(&keys, fonts)?;
            let case = desk.case.as_ref().ok_or_else(no_case)?;
            let id = case.id;
            if !case.closed {
                let decided = Case::decided(&case.determine(&kept.pack, STAFF_LANG));
                desk.record(decided)?;
            }
            desk.print = PrintStep::Sending;
            (Following { counter: self.clone(), case: id, visit: desk.visit }, pdf, keys)
        };
        thread::spawn(move || following.to_the_end(&pdf, keys));
        Ok(self.changed())
    }

    /// Asks the printer to stop the job.
    ///
    /// # Errors
    /// What the printer says.
    pub fn print_cancel(&self) -> Result<StaffView, DoorError> {
        let job = self.desk().job.clone();
        if let Some((printer, job)) = job {
            print::cancel(&printer, job)?;
        }
        Ok(self.changed())
    }

    /// The clerk says whether the papers came out (出ましたか).
    ///
    /// # Errors
    /// `not-waiting` when nothing was asked; `no-case`, what the store says.
    pub fn print_came_out(&self, yes: bool) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            if !matches!(desk.print, PrintStep::AskCameOut) {
                return Err(DoorError::of("not-waiting"));
            }
            desk.record(CaseEvent::CameOut { yes })?;
            // After an answer was changed, what came out is no longer what is to be handed over.
            let current = desk.case.as_ref().is_some_and(|case| !case.printed.is_empty());
            desk.print = if yes && current { PrintStep::Done } else { PrintStep::Idle };
        }
        Ok(self.changed())
    }
}

/// One job on its way, for the case that it was sent for. It shows in the view as long as that visit lasts, and
/// stands in the journal of the case in any event.
struct Following {
    counter: Counter,
    case: CaseId,
    visit: u64,
}

/// A job with its printer, which a cancellation needs.
struct OnItsWay<'a> {
    following: &'a Following,
    printer: PrinterUri,
}

impl Following {
    fn to_the_end(&self, pdf: &[u8], keys: Vec<String>) {
        let outcome = self.send(pdf, keys);
        {
            let mut desk = self.counter.desk();
            if desk.visit != self.visit {
                return;
            }
            desk.job = None;
            desk.print = match outcome {
                Ok(()) => PrintStep::AskCameOut,
                Err(error) => PrintStep::Failed { error },
            };
        }
        self.counter.notify();
    }

    fn send(&self, pdf: &[u8], keys: Vec<String>) -> Result<(), DoorError> {
        let address = &self.counter.shared.settings.printer;
        if address.is_empty() {
            return Err(DoorError::of("no-printer"));
        }
        let printer: PrinterUri = address.parse()?;
        let mut watch = OnItsWay { following: self, printer: printer.clone() };
        send(&printer, &self.case.to_string(), pdf, keys, &mut watch).map(drop)
    }
}

impl JobWatch for OnItsWay<'_> {
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError> {
        let Following { counter, case, .. } = self.following;
        counter.desk().record_of(*case, event)
    }

    fn sent(&mut self, job: JobId) {
        let mut desk = self.following.counter.desk();
        if desk.visit == self.following.visit {
            desk.job = Some((self.printer.clone(), job));
        }
    }

    fn changed(&mut self, status: &JobStatus) {
        let Following { counter, visit, .. } = self.following;
        {
            let mut desk = counter.desk();
            if desk.visit != *visit || status.state.is_final() {
                return;
            }
            let reasons = status.reasons.iter().chain(&status.printer_reasons);
            desk.print = PrintStep::Printing {
                state: match status.state {
                    JobState::Pending | JobState::PendingHeld => "pending",
                    JobState::ProcessingStopped => "stopped",
                    _ => "processing",
                }
                .to_owned(),
                reasons: reasons.map(|reason| reason.code().to_owned()).collect(),
            };
        }
        counter.notify();
    }
}
