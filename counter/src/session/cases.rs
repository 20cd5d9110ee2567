//! A case comes onto the desk and leaves it.

use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_rules::{Answer, Fact, Source, Subject, parse_value};
use serde_json::Value as Json;

use super::{Counter, Desk, JobLine, LineState, Shown, no_case, not_signed_in};
use crate::case::{Case, SentJob};
use crate::door::{CardStep, CaseNewInput, DoorError, PrintStep, StaffView};
use crate::event::Statement;
use crate::register::log_listed;
use crate::shelf::KeptPack;

/// How long the resident's window thanks before it welcomes the next person.
const THANKS: Duration = Duration::from_secs(20);

impl Counter {
    /// Opens a case for one or several life events; the first is what the visit is for.
    ///
    /// # Errors
    /// `not-signed-in`, `print-running`, an unknown event, what the store says.
    pub fn case_new(&self, input: impl Into<CaseNewInput>) -> Result<StaffView, DoorError> {
        let kept = self.pack()?;
        let vocabulary = kept.pack().vocabulary();
        let state = |fact: &str, value: &Json| {
            let def = vocabulary.get(fact).ok_or_else(|| DoorError::of("fact-unknown"))?;
            let answer = Answer::Known(parse_value(def, value)?);
            let statement = Fact { answer, source: Source::Staff, settles: false };
            Ok::<_, DoorError>(Statement {
                subject: Subject::Case,
                fact: def.id.clone(),
                statement,
            })
        };
        let mut events = input.into().events.into_iter().map(Json::String);
        let first = events.next().ok_or_else(|| DoorError::of("fact-wrong-value"))?;
        let mut statements = vec![state("event", &first)?];
        let others: Vec<Json> = events.collect();
        if !others.is_empty() {
            statements.push(state("also_events", &Json::Array(others))?);
        }
        self.open_for(&kept, statements, None)?;
        self.devices_refresh()
    }

    /// Puts a new case on the desk, opened for `statements`; the day is today unless it goes on from another one.
    pub(super) fn open_for(
        &self,
        kept: &Arc<KeptPack>,
        statements: Vec<Statement>,
        day: Option<Date>,
    ) -> Result<(), DoorError> {
        let mut desk = self.desk();
        desk.check_not_printing()?;
        let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
        kept.keep(&self.shared.store())?;
        let day = day.unwrap_or_else(|| self.today());
        let case = Case::open(store, kept.used(), day, statements, Timestamp::now())?;
        desk.leave_case(Shown::Case);
        desk.kept = Some(Arc::clone(kept));
        desk.case = Some(case);
        let spoken = match desk.other.lang.clone() {
            Some(lang) => desk.speak(&lang),
            None => Ok(()),
        };
        drop(desk);
        self.watch_reader();
        spoken
    }

    /// Goes on with a case where it stands; one whose visit is over can be looked at and printed again.
    ///
    /// # Errors
    /// `not-signed-in`, `print-running`, `pack-differs`, what the store says. The desk is as it was then.
    pub fn case_open(&self, id: &str) -> Result<StaffView, DoorError> {
        let id = id.parse().map_err(|_| DoorError::of("case-unknown"))?;
        let current = self.pack()?;
        {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
            let used = Case::read(store, id)?.pack;
            let kept = if current.is(&used) {
                current
            } else {
                Arc::new(KeptPack::fetch(&self.shared.store(), &used)?)
            };
            let case = Case::resume(store, id, Timestamp::now())?;
            desk.leave_case(Shown::Case);
            desk.kept = Some(kept);
            desk.take_up(case);
        }
        self.watch_reader();
        self.devices_refresh()
    }

    /// Ends the case, wipes both windows and shows the list of cases again.
    ///
    /// # Errors
    /// `print-running`, `no-case`; what the store says: when it could not keep the end, the case stays.
    pub fn case_end(&self) -> Result<StaffView, DoorError> {
        let (visit, logged) = {
            let mut desk = self.desk();
            let desk = &mut *desk;
            desk.check_not_printing()?;
            let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
            let case = desk.case.as_mut().ok_or_else(no_case)?;
            case.close(store, Timestamp::now())?;
            let logged = log_listed(store);
            desk.scan.clear();
            desk.leave_case(Shown::Thanks);
            (desk.visit, logged)
        };
        let counter = self.clone();
        thread::spawn(move || {
            thread::sleep(THANKS);
            {
                let mut desk = counter.desk();
                if desk.visit != visit || !matches!(desk.shown, Shown::Thanks) {
                    return;
                }
                desk.welcome();
            }
            counter.notify();
        });
        let view = self.changed();
        logged?;
        Ok(view)
    }
}

impl Desk {
    /// Shows a document that came with a sheet as read.
    pub(super) fn take_up_card(&mut self) {
        if let Some(case) = self.case.as_ref().filter(|case| case.document().is_some()) {
            self.card = CardStep::Read { confirmed: case.confirmed };
        }
    }

    /// Puts a case on the empty desk, with card and printer as far as its journal tells.
    fn take_up(&mut self, case: Case) {
        if let Some(items) = case.document() {
            self.card = CardStep::Read { confirmed: case.confirmed };
            if case.confirmed.is_none() && !case.closed {
                self.shown = Shown::Confirm { items: items.to_vec() };
            }
        }
        if case.came_out_open().next().is_some() {
            let line = |sent: &SentJob| JobLine {
                keys: sent.papers.clone(),
                pages: 0,
                media: "",
                tray: None,
                printer: String::new(),
                job: sent.job,
                state: match (sent.asks(), sent.came_out) {
                    (true, _) => LineState::Asked,
                    (_, Some(came_out)) => LineState::Answered { came_out },
                    (_, None) => LineState::Waiting,
                },
            };
            self.lines = case.jobs.iter().map(line).collect();
            self.print = PrintStep::AskCameOut;
        }
        self.case = Some(case);
    }
}
