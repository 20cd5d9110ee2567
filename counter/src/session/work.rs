//! The clerk's own work on a case: outcomes, signatures, steps, parking, the end.

use jiff::Timestamp;
use kakanai_rules::pack::DoneAt;
use kakanai_rules::{Decision, Engine, Pack, Status};
use kakanai_text::PartialDate;

use super::{Counter, Desk, STAFF_LANG, Shown, no_case, not_signed_in, view};
use crate::case::Case;
use crate::door::{DoorError, OutcomeInput, SignedInput, StaffView, StepInput};
use crate::event::{CaseEvent, Outcome};
use crate::papers::Packet;
use crate::register::log_listed;

/// What can become of a procedure.
const OUTCOMES: [&str; 6] =
    ["taken", "paper-to-follow", "missing", "section", "declined", "already-done"];
/// What was done at this counter, to its end.
pub(super) const TAKEN: &str = "taken";
/// The outcome that has a last day.
const TO_FOLLOW: &str = "paper-to-follow";
/// Longest remark, in characters.
const NOTE_CHARS_MAX: usize = 200;

/// The steps of the staff window, in the order of the work.
const STEPS: [&str; 11] = [
    "start",
    "identity",
    "document",
    "certificate",
    "household",
    "questions",
    "check",
    "result",
    "papers",
    "print",
    "finish",
];

impl Counter {
    /// Keeps what became of a procedure at this visit.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `procedure-unknown` (no decision about it for these people), `outcome-unknown`,
    /// `outcome-until` (a paper to follow without a day from now on, or a day where none belongs), `outcome-note`;
    /// what the store says.
    pub fn outcome(&self, input: OutcomeInput) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let kept = self.pack_of(&desk)?;
            let case = desk.open_case()?;
            let of =
                |one: &&Decision| one.procedure == input.procedure && one.people == input.people;
            let decided = case.determine(kept.engine(), STAFF_LANG).decisions;
            decided.iter().find(of).ok_or_else(|| DoorError::of("procedure-unknown"))?;
            let outcome = outcome(case, &input)?;
            let OutcomeInput { procedure, people, .. } = input;
            desk.record(CaseEvent::OutcomeSet { procedure, people, outcome })?;
            // The list to keep tells what was taken today.
            desk.packet = None;
        }
        Ok(self.changed())
    }

    /// Keeps that signatures were received, or takes that back.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `paper-unknown`, why no papers could be made; what the store says.
    pub fn signed(&self, input: &SignedInput) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            self.prepare_packet(&mut desk);
            let case = desk.open_case()?;
            let packet = desk.packet()?;
            let papers = if input.papers.is_empty() {
                to_sign(case, packet).map(str::to_owned).collect()
            } else {
                view::papers_meant(&desk, &input.papers)?
            };
            if papers.iter().any(|paper| packet.paper(paper).is_none()) {
                return Err(DoorError::of("paper-unknown"));
            }
            let differs = |paper: &String| case.signed.contains(paper) != input.received;
            let papers: Vec<String> = papers.into_iter().filter(differs).collect();
            if !papers.is_empty() {
                desk.record(CaseEvent::SignatureReceived { papers, received: input.received })?;
            }
        }
        Ok(self.changed())
    }

    /// The clerk opened a step of the case. The same step again is no event, and a case whose visit is over keeps
    /// none.
    ///
    /// # Errors
    /// `step-unknown`; what the store says.
    pub fn step(&self, input: &StepInput) -> Result<StaffView, DoorError> {
        if !STEPS.contains(&input.step.as_str()) {
            return Err(DoorError::of("step-unknown"));
        }
        {
            let mut desk = self.desk();
            let new = |case: &&Case| !case.closed && case.step.as_ref() != Some(&input.step);
            if desk.case.as_ref().is_some_and(|case| new(&case)) {
                desk.record(CaseEvent::StepShown { step: input.step.clone() })?;
            }
        }
        Ok(self.changed())
    }

    /// Parks the case (保留): it leaves the desk, both windows are wiped, and it can be taken up again.
    ///
    /// # Errors
    /// `no-case`, `print-running`; what the store says: when it could not keep it, the case stays.
    pub fn case_park(&self) -> Result<StaffView, DoorError> {
        let logged = {
            let mut desk = self.desk();
            let desk = &mut *desk;
            desk.check_not_printing()?;
            let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
            let case = desk.case.as_mut().ok_or_else(no_case)?;
            if !case.closed {
                case.record(store, CaseEvent::Parked {}, Timestamp::now())?;
            }
            let logged = log_listed(store);
            desk.scan.clear();
            desk.leave_case(Shown::Case);
            logged
        };
        let view = self.changed();
        logged?;
        Ok(view)
    }

    /// Ends the case in one step: the papers came out, signatures are received, what is done here is taken; then as
    /// [`Counter::case_end`].
    ///
    /// # Errors
    /// `print-running`, `no-case`; what the store says.
    pub fn finish(&self) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            if desk.case.as_ref().is_some_and(|case| !case.closed) {
                let kept = self.pack_of(&desk)?;
                if desk.case.as_ref().is_some_and(|case| case.came_out_open().next().is_some()) {
                    desk.record(CaseEvent::CameOut { yes: true, job: None })?;
                }
                self.prepare_packet(&mut desk);
                desk.take(kept.engine())?;
            }
        }
        self.case_end()
    }
}

impl Desk {
    /// Keeps that what was printed is signed and that what is done here is taken, in one commit.
    fn take(&mut self, engine: &Engine<'_>) -> Result<(), DoorError> {
        let case = self.case.as_ref().ok_or_else(no_case)?;
        // Papers that cannot be made were not signed either.
        let papers: Vec<String> = self
            .packet()
            .map(|packet| to_sign(case, packet).map(str::to_owned).collect())
            .unwrap_or_default();
        let signed = CaseEvent::SignatureReceived { papers: papers.clone(), received: true };
        let signed = (!papers.is_empty()).then_some(signed);
        let decided = case.determine(engine, STAFF_LANG).decisions;
        let taken = decided
            .into_iter()
            .filter(|one| is_done_here(engine.pack(), one) && !has_outcome(case, one));
        let outcome = Outcome { kind: TAKEN.to_owned(), until: None, note: String::new() };
        let taken = taken.map(|Decision { procedure, people, .. }| CaseEvent::OutcomeSet {
            procedure,
            people,
            outcome: Some(outcome.clone()),
        });
        let steps: Vec<CaseEvent> = signed.into_iter().chain(taken).collect();
        let store = self.store.as_mut().ok_or_else(not_signed_in)?;
        let case = self.case.as_mut().ok_or_else(no_case)?;
        Ok(case.record_all(store, steps, Timestamp::now())?)
    }
}

/// The printed papers that somebody signs and whose signature has not been received.
fn to_sign<'a>(case: &Case, packet: &'a Packet) -> impl Iterator<Item = &'a str> {
    let papers = packet.papers.iter().chain(&packet.apart);
    papers
        .filter(|paper| paper.signatures > 0)
        .filter(|paper| case.printed.contains(&paper.id) && !case.signed.contains(&paper.id))
        .map(|paper| paper.id.as_str())
}

/// Required, for all eyes, and taken at this counter.
fn is_done_here(pack: &Pack, decision: &Decision) -> bool {
    decision.status == Status::Required
        && !decision.discreet
        && pack.procedure(&decision.procedure).is_some_and(|row| row.done_at == DoneAt::Here)
}

fn has_outcome(case: &Case, decision: &Decision) -> bool {
    case.outcomes.contains_key(&(decision.procedure.clone(), decision.people.clone()))
}

/// What the clerk chose, checked; `None` takes an earlier choice back.
fn outcome(case: &Case, input: &OutcomeInput) -> Result<Option<Outcome>, DoorError> {
    let OutcomeInput { outcome: kind, until, note, .. } = input;
    if kind.is_empty() {
        return Ok(None);
    }
    if !OUTCOMES.contains(&kind.as_str()) {
        return Err(DoorError::of("outcome-unknown"));
    }
    let wrong_day = || DoorError::of("outcome-until");
    let until = match until.as_deref().filter(|day| !day.is_empty()) {
        None if kind == TO_FOLLOW => return Err(wrong_day()),
        Some(_) if kind != TO_FOLLOW => return Err(wrong_day()),
        None => None,
        Some(day) => {
            let day: PartialDate = day.parse().map_err(|_| wrong_day())?;
            day.full().filter(|day| *day >= case.counter_date).ok_or_else(wrong_day)?;
            Some(day)
        }
    };
    let note = note.trim();
    if note.chars().count() > NOTE_CHARS_MAX || note.chars().any(char::is_control) {
        return Err(DoorError::of("outcome-note"));
    }
    Ok(Some(Outcome { kind: kind.clone(), until, note: note.to_owned() }))
}
