//! Previewing and printing: the packet goes to the one chosen printer, is followed to its end, and the clerk has
//! the last word.
//!
//! The papers are kept in the case, never as a file: after any failure they can be printed again.

use std::ops::ControlFlow;
use std::thread;

use kakanai_forms::page_svg;
use kakanai_hardware::print::{self, JobId, JobState, JobStatus, PrinterUri};
use kakanai_records::CaseId;

use super::{Counter, Desk, JobLine, LineState, STAFF_LANG, no_case, not_signed_in, view};
use crate::case::Case;
use crate::door::{DoorError, PreviewPage, PrintInput, PrintStep, PrinterView, StaffView};
use crate::event::CaseEvent;
use crate::papers::DISCREET;
use crate::printers;
use crate::printing::{Batch, JobWatch, batches, send};

impl Counter {
    /// The pages of one paper, drawn by the engine that prints. Looking is an event.
    ///
    /// # Errors
    /// `no-case`, `paper-unknown`, `private-closed`, `not-alone`, missing fonts, why no papers could be made, what the
    /// store says.
    pub fn preview(&self, paper: &str) -> Result<Vec<PreviewPage>, DoorError> {
        let fonts = self.fonts()?;
        let mut desk = self.desk();
        self.prepare_packet(&mut desk);
        let packet = desk.packet()?;
        view::check_may_look(&desk, paper)?;
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

    /// Sends papers (all when none is named) to a printer, in as many jobs as there are paper sizes and trays in
    /// turn, and follows them.
    ///
    /// # Errors
    /// `no-case`, `no-printer`, `printer-unknown`, `paper-unknown`, `nothing-to-print`, `discreet-apart`, `not-alone`,
    /// `page-range`, `print-running`, what the store says. What the printer says stands in the view.
    pub fn print(&self, input: &PrintInput) -> Result<StaffView, DoorError> {
        let fonts = self.fonts()?;
        let settings = &self.shared.settings;
        let printer = printers::chosen(settings, input.printer.as_deref())?;
        let address = printer.to_string();
        let range = input.pages.map(|pages| (pages.first, pages.last));
        if range.is_some_and(|(first, last)| first == 0 || first > last) {
            return Err(DoorError::of("page-range"));
        }
        let (following, batches) = {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            self.prepare_packet(&mut desk);
            let kept = self.pack_of(&desk)?;
            let packet = desk.packet()?;
            let papers = view::papers_meant(&desk, &input.papers)?;
            papers.iter().try_for_each(|id| view::check_alone(&desk, id))?;
            if papers.len() > 1 && papers.iter().any(|id| id == DISCREET) {
                return Err(DoorError::of("discreet-apart"));
            }
            // One that is not made any more must not be missed in silence.
            if papers.iter().any(|id| packet.paper(id).is_none()) {
                return Err(DoorError::of("paper-unknown"));
            }
            let placement = settings.placement(&address);
            let batches = batches(packet, &papers, range, fonts, placement)?;
            let case = desk.case.as_ref().ok_or_else(no_case)?;
            let id = case.id;
            if !case.closed {
                let decided = Case::decided(&case.determine(kept.engine(), STAFF_LANG));
                desk.record(decided)?;
            }
            desk.lines = batches.iter().map(|batch| JobLine::of(batch, &address)).collect();
            desk.leaving = false;
            desk.print = PrintStep::Sending;
            let following =
                Following { counter: self.clone(), case: id, visit: desk.visit, printer };
            (following, batches)
        };
        thread::spawn(move || following.to_the_end(&batches));
        Ok(self.changed())
    }

    /// The printers to choose from, with their state. Asks them, so it may take some seconds.
    ///
    /// # Errors
    /// `not-signed-in`.
    pub fn printers(&self) -> Result<Vec<PrinterView>, DoorError> {
        if self.desk().staff.is_none() {
            return Err(not_signed_in());
        }
        let listed = printers::list(&self.shared.settings).printers;
        Ok(listed.into_iter().map(view::printer).collect())
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

    /// Waits no longer for a printer that does not answer: the job is cancelled if the printer still hears, and the
    /// papers can go to another one.
    ///
    /// # Errors
    /// None today.
    pub fn print_leave(&self) -> Result<StaffView, DoorError> {
        let job = self.desk().job.clone();
        if let Some((printer, job)) = job {
            // A printer that does not answer need not answer this either.
            let _ = print::cancel(&printer, job);
            self.desk().leaving = true;
        }
        Ok(self.changed())
    }

    /// The clerk says whether the papers of a job came out (出ましたか).
    ///
    /// # Errors
    /// `not-waiting` when nothing was asked; `no-case`, what the store says.
    pub fn print_came_out(&self, line: u32, yes: bool) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let desk = &mut *desk;
            let not_waiting = || DoorError::of("not-waiting");
            let number = usize::try_from(line).map_err(|_| not_waiting())?;
            let asked = desk.lines.get(number).ok_or_else(not_waiting)?;
            if !matches!(asked.state, LineState::Asked) {
                return Err(not_waiting());
            }
            let job = asked.job;
            desk.record(CaseEvent::CameOut { yes, job })?;
            if let Some(asked) = desk.lines.get_mut(number) {
                asked.state = LineState::Answered { came_out: yes };
            }
            desk.print_step();
        }
        Ok(self.changed())
    }
}

impl JobLine {
    fn of(batch: &Batch, printer: &str) -> JobLine {
        JobLine {
            keys: batch.keys.clone(),
            pages: batch.pages,
            media: batch.media.name(),
            tray: batch.tray.as_ref().map(|tray| tray.as_str().to_owned()),
            printer: printer.to_owned(),
            job: None,
            state: LineState::Waiting,
        }
    }
}

impl Desk {
    /// Where printing stands once no job is on its way.
    fn print_step(&mut self) {
        let asked = self.lines.iter().any(|line| matches!(line.state, LineState::Asked));
        let failed = self.lines.iter().find_map(|line| match &line.state {
            LineState::Failed(error) => Some(error.clone()),
            _ => None,
        });
        let came_out =
            |line: &JobLine| matches!(line.state, LineState::Answered { came_out: true });
        // After an answer was changed, what came out is no longer what is to be handed over.
        let current = self.case.as_ref().is_some_and(|case| !case.printed.is_empty());
        self.print = match failed {
            _ if asked => PrintStep::AskCameOut,
            Some(error) => PrintStep::Failed { error },
            None if current && self.lines.iter().all(came_out) => PrintStep::Done,
            None => PrintStep::Idle,
        };
    }
}

/// Jobs on their way, for the case that they were sent for. They show in the view as long as that visit lasts, and
/// stand in the journal of the case in any event.
struct Following {
    counter: Counter,
    case: CaseId,
    visit: u64,
    printer: PrinterUri,
}

impl Following {
    fn to_the_end(&self, batches: &[Batch]) {
        let name = self.case.to_string();
        let outcome = send(&self.printer, &name, batches, &mut Watch { following: self });
        self.show(|desk| {
            desk.job = None;
            let told = desk.lines.iter().any(|line| !matches!(line.state, LineState::Waiting));
            match outcome {
                // Refused before the first job: there is no line to stand behind.
                Err(error) if !told => {
                    desk.lines.clear();
                    desk.print = PrintStep::Failed { error };
                }
                _ => desk.print_step(),
            }
        });
    }

    /// Changes what the windows show, while the visit lasts.
    fn show(&self, change: impl FnOnce(&mut Desk)) {
        {
            let mut desk = self.counter.desk();
            if desk.visit != self.visit {
                return;
            }
            change(&mut desk);
        }
        self.counter.notify();
    }

    fn show_line(&self, number: usize, step: PrintStep, state: LineState) {
        self.show(|desk| {
            if let Some(line) = desk.lines.get_mut(number) {
                line.state = state;
            }
            desk.print = step;
        });
    }
}

struct Watch<'a> {
    following: &'a Following,
}

impl JobWatch for Watch<'_> {
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError> {
        let Following { counter, case, .. } = self.following;
        counter.desk().record_of(*case, event)
    }

    fn sending(&mut self, number: usize) {
        self.following.show_line(number, PrintStep::Sending, LineState::Sending);
    }

    fn sent(&mut self, number: usize, job: JobId) {
        self.following.show(|desk| {
            desk.job = Some((self.following.printer.clone(), job));
            if let Some(line) = desk.lines.get_mut(number) {
                line.job = Some(job.0);
            }
        });
    }

    fn changed(&mut self, number: usize, status: &JobStatus) {
        if status.state.is_final() {
            return;
        }
        let reasons = status.reasons.iter().chain(&status.printer_reasons);
        let reasons: Vec<String> = reasons.map(|reason| reason.code().to_owned()).collect();
        let state = match status.state {
            JobState::Pending | JobState::PendingHeld => "pending",
            JobState::ProcessingStopped => "stopped",
            _ => "processing",
        };
        let step = PrintStep::Printing { state: state.to_owned(), reasons: reasons.clone() };
        self.following.show_line(number, step, LineState::Printing { state, reasons });
    }

    fn silent(&mut self, number: usize, explained: bool) -> ControlFlow<()> {
        if !explained {
            let (state, reasons) = ("silent", Vec::new());
            let step = PrintStep::Printing { state: state.to_owned(), reasons: Vec::new() };
            self.following.show_line(number, step, LineState::Printing { state, reasons });
        }
        ControlFlow::Continue(())
    }

    fn leaves(&mut self) -> bool {
        let desk = self.following.counter.desk();
        desk.visit == self.following.visit && desk.leaving
    }

    fn ended(&mut self, number: usize, outcome: &Result<(), DoorError>) {
        let state = match outcome {
            Ok(()) => LineState::Asked,
            Err(error) => LineState::Failed(error.clone()),
        };
        self.following.show(|desk| {
            if let Some(line) = desk.lines.get_mut(number) {
                line.state = state;
            }
        });
    }
}
