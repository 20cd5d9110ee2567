//! A case: the fold over its journal, and the steps that add to it.
//!
//! There is no second place where state lives. [`Case::resume`] reads the journal and folds it; every step
//! is appended first and folded then, so what the screen shows has been kept.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_hardware::card::{CardReading, Sex};
use kakanai_records::{CaseId, RecordedEvent, Store, StoreError};
use kakanai_rules::{
    Answer, Detail, Determination, Fact, FactSet, Pack, Question, Status, Subject, Value,
    determine, questions,
};

use crate::event::{CaseEvent, DecidedLine, Item, PackUsed, Statement};

/// The state of [`CaseEvent::PrintFinished`] for a job that came to its good end.
pub(crate) const COMPLETED: &str = "completed";

/// Why a step on a case failed.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// The store refused.
    #[error("the store refused the step")]
    Store(#[from] StoreError),
    /// An event cannot be read: written by a newer version, or damaged.
    #[error("an event of the case cannot be read")]
    Event,
    /// There is nothing to take back.
    #[error("there is nothing to take back")]
    NothingToUndo,
    /// The case has ended.
    #[error("the case has ended")]
    Closed,
}

impl CaseError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            CaseError::Store(error) => error.code(),
            CaseError::Event => "event-unreadable",
            CaseError::NothingToUndo => "nothing-to-undo",
            CaseError::Closed => "case-closed",
        }
    }
}

/// One case as its journal tells it.
#[derive(Debug, Clone)]
pub struct Case {
    /// Id.
    pub id: CaseId,
    /// Everything known.
    pub facts: FactSet,
    /// The day at the counter.
    pub counter_date: Date,
    /// The pack it keeps.
    pub pack: PackUsed,
    /// Keys of papers that came out.
    pub printed: BTreeSet<String>,
    /// What the resident said about the document read last; `None` until asked.
    pub confirmed: Option<bool>,
    /// A printer has finished a job and nobody has said yet whether the papers came out.
    pub came_out_open: bool,
    /// What is known now has been handed over (引き渡し済み).
    pub handed_over: bool,
    /// The visit is over.
    pub closed: bool,
    document: Option<(String, Vec<Item>)>,
    sent: Vec<String>,
    undoable: Vec<u64>,
    events: Vec<(u64, CaseEvent)>,
}

impl Case {
    /// Opens a case with what it is opened for.
    ///
    /// # Errors
    /// What the store says.
    pub fn open(
        store: &mut Store,
        pack: PackUsed,
        counter_date: Date,
        statements: Vec<Statement>,
        at: Timestamp,
    ) -> Result<Case, CaseError> {
        let event = CaseEvent::CaseOpened { pack, counter_date: counter_date.into(), statements };
        let id = store.open_case(event.kind(), &bytes(&event)?, at)?;
        Case::fold(id, vec![(1, event)])
    }

    /// Reads a case from its journal. Looking at it is an event.
    ///
    /// # Errors
    /// What the store says; [`CaseError::Event`].
    pub fn resume(store: &mut Store, id: CaseId, at: Timestamp) -> Result<Case, CaseError> {
        let mut case = Case::read(store, id)?;
        case.record(store, CaseEvent::Viewed {}, at)?;
        Ok(case)
    }

    /// Reads a case for a step that is recorded itself.
    ///
    /// # Errors
    /// As [`Case::resume`].
    pub fn read(store: &Store, id: CaseId) -> Result<Case, CaseError> {
        let events: Result<Vec<_>, CaseError> = store.events(&id)?.iter().map(read_event).collect();
        Case::fold(id, events?)
    }

    fn fold(id: CaseId, events: Vec<(u64, CaseEvent)>) -> Result<Case, CaseError> {
        let Some((_, CaseEvent::CaseOpened { pack, counter_date, .. })) = events.first() else {
            return Err(CaseError::Event);
        };
        let withdrawn: BTreeSet<u64> = events
            .iter()
            .filter_map(|(_, event)| match event {
                CaseEvent::Withdrawn { revision } => Some(*revision),
                _ => None,
            })
            .collect();
        let mut case = Case {
            id,
            facts: FactSet::unfinished(),
            counter_date: counter_date.full().ok_or(CaseError::Event)?,
            pack: pack.clone(),
            printed: BTreeSet::new(),
            confirmed: None,
            came_out_open: false,
            handed_over: false,
            closed: false,
            document: None,
            sent: Vec::new(),
            undoable: Vec::new(),
            events: Vec::new(),
        };
        for (revision, event) in &events {
            if !withdrawn.contains(revision) {
                case.apply(*revision, event);
            }
        }
        case.events = events;
        Ok(case)
    }

    fn state(&mut self, statements: &[Statement]) {
        for Statement { subject, fact, statement } in statements {
            self.facts.state(subject, fact, statement.clone());
        }
    }

    /// A paper whose facts have changed is no longer a printed one, and what was handed over no longer all there is.
    fn papers_outdated(&mut self) {
        self.handed_over = false;
        self.printed.clear();
        self.sent.clear();
        self.came_out_open = false;
    }

    fn apply(&mut self, revision: u64, event: &CaseEvent) {
        match event {
            CaseEvent::DocumentRead { document, person, items, .. } => {
                let subject = Subject::Person(person.clone());
                let source = CaseEvent::source_of(document);
                self.facts.add_person(person);
                for item in items {
                    let answer = Answer::Known(item.value.clone());
                    self.facts.state(&subject, &item.fact, Fact { answer, source, settles: false });
                }
                self.document = Some((person.clone(), items.clone()));
                self.confirmed = None;
                self.papers_outdated();
            }
            CaseEvent::DocumentConfirmed { correct } => self.confirmed = Some(*correct),
            CaseEvent::CaseOpened { statements, .. } => self.state(statements),
            CaseEvent::Stated { people, statements, household_complete } => {
                for person in people {
                    self.facts.add_person(person);
                }
                self.state(statements);
                if let Some(complete) = household_complete {
                    self.facts.household_complete = *complete;
                }
                self.undoable.push(revision);
                self.papers_outdated();
            }
            CaseEvent::PersonRemoved { person } => {
                self.facts.remove_person(person);
                self.document.take_if(|(whose, _)| whose == person);
                self.undoable.push(revision);
                self.papers_outdated();
            }
            // The step taken back is skipped; the papers that were printed with it are outdated from here on.
            CaseEvent::Withdrawn { .. } => self.papers_outdated(),
            CaseEvent::Printed { papers, .. } => {
                self.sent.clone_from(papers);
                self.came_out_open = false;
            }
            CaseEvent::PrintFinished { state, .. } => {
                self.came_out_open = state == COMPLETED && !self.sent.is_empty();
            }
            CaseEvent::CameOut { yes } => {
                if *yes {
                    self.printed.extend(self.sent.iter().cloned());
                }
                self.came_out_open = false;
            }
            CaseEvent::HandedOver { .. } => self.handed_over = true,
            CaseEvent::Closed {} => self.closed = true,
            CaseEvent::Decided { .. }
            | CaseEvent::Viewed {}
            | CaseEvent::Previewed { .. }
            | CaseEvent::Exported { .. } => {}
        }
    }

    /// The last step that changed what is known: the version of what is handed over.
    pub fn revision(&self) -> u64 {
        let changes = self.events.iter().filter(|(_, event)| event.changes_facts());
        changes.map(|(revision, _)| *revision).max().unwrap_or_default()
    }

    /// Appends one step and folds it. When this returns, the step is on the disk.
    ///
    /// # Errors
    /// [`CaseError::Closed`] for a step that a closed case does not take; what the store says. Nothing was kept
    /// then.
    pub fn record(
        &mut self,
        store: &mut Store,
        event: CaseEvent,
        at: Timestamp,
    ) -> Result<(), CaseError> {
        if !event.may_follow_closing() {
            self.check_open()?;
        }
        let recorded = if matches!(event, CaseEvent::Closed {}) {
            store.close_case(&self.id, event.kind(), &bytes(&event)?, at)?
        } else {
            store.append(&self.id, event.kind(), &bytes(&event)?, at)?
        };
        let mut events = std::mem::take(&mut self.events);
        events.push((recorded.case_rev, event));
        *self = Case::fold(self.id, events)?;
        Ok(())
    }

    /// Refuses a case whose visit is over: it is looked at, printed again and exported, and says nothing new.
    ///
    /// # Errors
    /// [`CaseError::Closed`].
    pub fn check_open(&self) -> Result<(), CaseError> {
        if self.closed { Err(CaseError::Closed) } else { Ok(()) }
    }

    /// Ends the visit. A case that has ended stays as it is.
    ///
    /// # Errors
    /// What the store says.
    pub fn close(&mut self, store: &mut Store, at: Timestamp) -> Result<(), CaseError> {
        if self.closed { Ok(()) } else { self.record(store, CaseEvent::Closed {}, at) }
    }

    /// Takes the last step back that stated something.
    ///
    /// # Errors
    /// [`CaseError::NothingToUndo`], [`CaseError::Closed`]; what the store says.
    pub fn undo(&mut self, store: &mut Store, at: Timestamp) -> Result<(), CaseError> {
        self.check_open()?;
        let revision = *self.undoable.last().ok_or(CaseError::NothingToUndo)?;
        self.record(store, CaseEvent::Withdrawn { revision }, at)
    }

    /// What the document said that was read last, of a person who is still in the case.
    pub fn document(&self) -> Option<&[Item]> {
        self.document.as_ref().map(|(_, items)| items.as_slice())
    }

    /// Whether there is a step to take back.
    pub fn can_undo(&self) -> bool {
        !self.closed && !self.undoable.is_empty()
    }

    /// The decisions of this moment, as of the case's own day.
    pub fn determine(&self, pack: &Pack, lang: &str) -> Determination {
        determine(pack, &self.facts, self.counter_date, lang)
    }

    /// The questions that still matter.
    pub fn questions(&self, pack: &Pack, lang: &str, detail: Detail) -> Vec<Question> {
        questions(pack, &self.facts, self.counter_date, lang, detail)
    }

    /// Decides and keeps the result.
    ///
    /// # Errors
    /// [`CaseError::Closed`]; what the store says.
    pub fn decide(
        &mut self,
        store: &mut Store,
        pack: &Pack,
        lang: &str,
        at: Timestamp,
    ) -> Result<Determination, CaseError> {
        let determination = self.determine(pack, lang);
        self.record(store, Case::decided(&determination), at)?;
        Ok(determination)
    }

    /// The event that keeps a result.
    pub fn decided(determination: &Determination) -> CaseEvent {
        let decisions = determination
            .decisions
            .iter()
            .filter(|decision| decision.status != Status::NotNeeded)
            .map(|decision| DecidedLine {
                procedure: decision.procedure.clone(),
                people: decision.people.clone(),
                status: decision.status.id().to_owned(),
                deadline: decision.deadline,
            })
            .collect();
        CaseEvent::Decided { decisions }
    }

    /// The event for a card that was read: it belongs to the person of that name and birth date, else to the
    /// first person without a name, else to somebody new.
    pub fn document_read(&self, reading: &CardReading) -> CaseEvent {
        let items = items_of(reading);
        let value =
            |fact: &str| items.iter().find(|item| item.fact == fact).map(|item| &item.value);
        let known =
            |person: &str, fact: &str| self.facts.value(&Subject::Person(person.to_owned()), fact);
        let same = |person: &str| {
            ["name", "birth_date"]
                .iter()
                .all(|fact| known(person, fact).is_some() && known(person, fact) == value(fact))
        };
        let people: Vec<&str> =
            self.facts.people().iter().map(|person| person.id.as_str()).collect();
        let person = people
            .iter()
            .find(|person| same(person))
            .or_else(|| people.iter().find(|person| known(person, "name").is_none()))
            .map_or_else(|| self.next_person(), |&person| person.to_owned());
        let warnings = reading
            .warnings
            .iter()
            .filter_map(|warning| serde_json::to_value(warning).ok()?.as_str().map(str::to_owned))
            .collect();
        CaseEvent::DocumentRead { document: "mynumber".to_owned(), person, items, warnings }
    }

    /// The first person id not used in this case, removed people included.
    pub fn next_person(&self) -> String {
        let used = |id: &str| {
            self.facts.has_person(id)
                || self.events.iter().any(|(_, event)| match event {
                    CaseEvent::PersonRemoved { person } => person == id,
                    _ => false,
                })
        };
        (1..=u32::MAX).map(|number| format!("p{number}")).find(|id| !used(id)).unwrap_or_default()
    }
}

fn items_of(reading: &CardReading) -> Vec<Item> {
    let items = &reading.items;
    let sex = items.sex.map(|sex| match sex {
        Sex::Male => "male",
        Sex::Female => "female",
        Sex::Unknown => "unknown",
        Sex::NotApplicable => "not-applicable",
    });
    let stated = [
        ("name", items.name.clone().map(Value::Text)),
        ("address", items.address.clone().map(Value::Text)),
        ("birth_date", items.birth_date.map(Value::Date)),
        ("sex", sex.map(|sex| Value::Choice(sex.to_owned()))),
        ("card_present", Some(Value::YesNo(true))),
    ];
    stated
        .into_iter()
        .filter_map(|(fact, value)| Some(Item { fact: fact.to_owned(), value: value? }))
        .collect()
}

fn read_event(event: &RecordedEvent) -> Result<(u64, CaseEvent), CaseError> {
    let payload = serde_json::from_slice(&event.payload).map_err(|_| CaseError::Event)?;
    Ok((event.case_rev, payload))
}

fn bytes(event: &CaseEvent) -> Result<Vec<u8>, CaseError> {
    serde_json::to_vec(event).map_err(|_| CaseError::Event)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(steps: Vec<CaseEvent>) -> Case {
        let pack = PackUsed {
            id: "mihon-city".to_owned(),
            version: 1,
            base: None,
            fingerprint: String::new(),
        };
        let counter_date = jiff::civil::date(2026, 11, 20).into();
        let opened = CaseEvent::CaseOpened { pack, counter_date, statements: Vec::new() };
        let events = (1..).zip(std::iter::once(opened).chain(steps)).collect();
        Case::fold("01931c3e-0000-7000-8000-000000000000".parse().unwrap(), events).unwrap()
    }

    fn stated() -> CaseEvent {
        let people = vec!["p1".to_owned()];
        CaseEvent::Stated { people, statements: Vec::new(), household_complete: None }
    }

    fn sent() -> [CaseEvent; 2] {
        let papers = vec!["guide".to_owned()];
        [
            CaseEvent::Printed { papers, printer: "ipp://127.0.0.1/".to_owned(), job: Some(1) },
            CaseEvent::PrintFinished { job: 1, state: COMPLETED.to_owned() },
        ]
    }

    fn printed() -> Vec<CaseEvent> {
        let mut steps = vec![stated()];
        steps.extend(sent());
        steps.push(CaseEvent::CameOut { yes: true });
        steps
    }

    fn read(person: &str) -> CaseEvent {
        CaseEvent::DocumentRead {
            document: "mynumber".to_owned(),
            person: person.to_owned(),
            items: Vec::new(),
            warnings: Vec::new(),
        }
    }

    #[test]
    fn a_paper_whose_facts_changed_is_no_longer_printed() {
        assert_eq!(case(printed()).printed.len(), 1);
        let person = "p1".to_owned();
        for change in [
            stated(),
            read("p1"),
            CaseEvent::PersonRemoved { person },
            CaseEvent::Withdrawn { revision: 2 },
        ] {
            let mut steps = printed();
            steps.push(change.clone());
            steps.push(CaseEvent::CameOut { yes: true });
            assert!(case(steps.clone()).printed.is_empty(), "{change:?}");
            steps.extend(sent());
            steps.push(CaseEvent::CameOut { yes: true });
            assert_eq!(case(steps).printed.len(), 1, "printed again after {change:?}");
        }
    }

    #[test]
    fn the_question_whether_papers_came_out_stays_open_until_it_is_answered() {
        let mut steps = vec![stated()];
        steps.extend(sent());
        assert!(case(steps.clone()).came_out_open);
        steps.push(CaseEvent::CameOut { yes: false });
        assert!(!case(steps).came_out_open);
        let failed = CaseEvent::PrintFinished { job: 1, state: "job-aborted".to_owned() };
        assert!(!case(vec![sent()[0].clone(), failed]).came_out_open);
    }

    #[test]
    fn a_document_counts_as_unconfirmed_until_the_resident_has_spoken_and_goes_with_its_person() {
        let mut steps = vec![read("p1")];
        let unasked = case(steps.clone());
        assert!(unasked.document().is_some() && unasked.confirmed.is_none());
        steps.push(CaseEvent::DocumentConfirmed { correct: false });
        assert_eq!(case(steps.clone()).confirmed, Some(false));
        steps.push(CaseEvent::PersonRemoved { person: "p1".to_owned() });
        assert!(case(steps).document().is_none());
    }
}
