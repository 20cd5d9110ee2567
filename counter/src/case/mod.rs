//! A case: the fold over its journal, and the steps that add to it.
//!
//! There is no second place where state lives. [`Case::resume`] reads the journal and folds it; every step
//! is appended first and folded then, so what the screen shows has been kept.

mod fold;
mod time;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_hardware::card::{CardReading, Sex};
use kakanai_records::{AccountId, CaseId, NewEvent, RecordedEvent, Store, StoreError};
use kakanai_rules::{Detail, Determination, Engine, FactSet, Question, Status, Value};

use crate::characters::Settled;
use crate::event::{CaseEvent, DecidedLine, Item, Outcomes, PackUsed, Statement};
use crate::holder::{Holder, Traits, holder};

pub use fold::SentJob;
pub use time::StepTime;

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

/// 本人確認 as it was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Who was at the counter, id of the choice.
    pub visitor: String,
    /// Which member of the household.
    pub person: Option<String>,
    /// Ids of the documents seen.
    pub documents: Vec<String>,
    /// 委任状 seen; `None` where none is needed.
    pub proxy_letter: Option<bool>,
    /// The event, which knows who and when.
    pub revision: u64,
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
    /// What is known now has been handed over (引き渡し済み).
    pub handed_over: bool,
    /// The jobs of the last printing, in order.
    pub jobs: Vec<SentJob>,
    /// What the clerk chose for characters that no font has.
    pub settled: Settled,
    /// The visit is over.
    pub closed: bool,
    /// Language of the sheet that was taken in last.
    pub lang: Option<String>,
    /// Number of the case that this one goes on from, as its slip named it.
    pub continues: Option<String>,
    /// Documents that were read, here or at the terminal whose case this goes on from: kind, and whose.
    pub read_documents: Vec<(String, String)>,
    /// The sheets that were taken in, [`crate::event::Received::sheet`].
    pub sheets: Vec<String>,
    /// 本人確認, as it was checked last.
    pub identity: Option<Identity>,
    /// What became of procedures at this visit, by procedure and people.
    pub outcomes: Outcomes,
    /// Papers whose signature was received.
    pub signed: BTreeSet<String>,
    /// The step that the clerk opened last.
    pub step: Option<String>,
    /// The event with which it was opened; 0 without one.
    pub step_at: u64,
    document: Option<(String, Vec<Item>)>,
    undoable: Vec<u64>,
    events: Vec<(u64, CaseEvent)>,
    stamps: BTreeMap<u64, Stamp>,
}

/// Who took a step, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// When.
    pub at: Timestamp,
    /// The account.
    pub by: AccountId,
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
        let stamps = BTreeMap::from([(1, Stamp { at, by: store.actor().account.clone() })]);
        Ok(Case { stamps, ..Case::fold(id, vec![(1, event)])? })
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
        let recorded = store.events(&id)?;
        let events: Result<Vec<_>, CaseError> = recorded.iter().map(read_event).collect();
        let stamps = recorded
            .iter()
            .map(|one| (one.case_rev, Stamp { at: one.at, by: one.actor.account.clone() }))
            .collect();
        Ok(Case { stamps, ..Case::fold(id, events?)? })
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
        self.add(store, at, [(recorded.case_rev, event)])
    }

    /// Appends several steps in one commit: all are on the disk, or none is.
    ///
    /// # Errors
    /// As [`Case::record`]; the end of the visit is no such step.
    pub fn record_all(
        &mut self,
        store: &mut Store,
        steps: Vec<CaseEvent>,
        at: Timestamp,
    ) -> Result<(), CaseError> {
        if !steps.iter().all(CaseEvent::may_follow_closing) {
            self.check_open()?;
        }
        let payloads: Vec<_> = steps.iter().map(bytes).collect::<Result<_, _>>()?;
        let drafts: Vec<_> = steps
            .iter()
            .zip(&payloads)
            .map(|(step, payload)| NewEvent { kind: step.kind(), payload })
            .collect();
        let recorded = store.append_all(&self.id, &drafts, at)?;
        self.add(store, at, recorded.iter().map(|one| one.case_rev).zip(steps))
    }

    fn add(
        &mut self,
        store: &Store,
        at: Timestamp,
        steps: impl IntoIterator<Item = (u64, CaseEvent)>,
    ) -> Result<(), CaseError> {
        let (mut events, mut stamps) =
            (std::mem::take(&mut self.events), std::mem::take(&mut self.stamps));
        for (revision, event) in steps {
            stamps.insert(revision, Stamp { at, by: store.actor().account.clone() });
            events.push((revision, event));
        }
        *self = Case { stamps, ..Case::fold(self.id, events)? };
        Ok(())
    }

    /// Who took the step of this revision, and when.
    pub fn stamp(&self, revision: u64) -> Option<&Stamp> {
        self.stamps.get(&revision)
    }

    /// Documents that were read at this terminal, of people who are still in the case: kind, and whose; in order.
    pub fn read_here(&self) -> impl Iterator<Item = (&str, &str)> {
        self.events.iter().filter_map(|(_, event)| match event {
            CaseEvent::DocumentRead { document, person, .. } if self.facts.has_person(person) => {
                Some((document.as_str(), person.as_str()))
            }
            _ => None,
        })
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
    pub fn determine(&self, engine: &Engine<'_>, lang: &str) -> Determination {
        engine.determine(&self.facts, self.counter_date, lang)
    }

    /// The questions that still matter.
    pub fn questions(&self, engine: &Engine<'_>, lang: &str, detail: Detail) -> Vec<Question> {
        engine.questions(&self.facts, self.counter_date, lang, detail)
    }

    /// Decides and keeps the result.
    ///
    /// # Errors
    /// [`CaseError::Closed`]; what the store says.
    pub fn decide(
        &mut self,
        store: &mut Store,
        engine: &Engine<'_>,
        lang: &str,
        at: Timestamp,
    ) -> Result<Determination, CaseError> {
        let determination = self.determine(engine, lang);
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

    /// What a card said, before it is known whose it is.
    pub fn read_card(reading: &CardReading) -> Document {
        let warnings = reading
            .warnings
            .iter()
            .filter_map(|warning| serde_json::to_value(warning).ok()?.as_str().map(str::to_owned))
            .collect();
        Document { document: "mynumber".to_owned(), items: items_of(reading), warnings }
    }

    /// Whose the document is, as far as the household tells.
    pub fn holder(&self, document: &Document) -> Holder {
        holder(self, &document.traits())
    }

    /// The first person id not used in this case, removed people included.
    pub fn next_person(&self) -> String {
        self.free_people().next().unwrap_or_default()
    }

    /// Person ids not used in this case, removed people included.
    pub fn free_people(&self) -> impl Iterator<Item = String> {
        let used = |id: &str| {
            self.facts.has_person(id)
                || self.events.iter().any(|(_, event)| match event {
                    CaseEvent::PersonRemoved { person } => person == id,
                    _ => false,
                })
        };
        (1..=u32::MAX).map(|number| format!("p{number}")).filter(move |id| !used(id))
    }
}

/// A document that was read, whoever's it is.
#[derive(Clone)]
pub struct Document {
    /// Kind of document: `mynumber`, ….
    pub document: String,
    /// What it says.
    pub items: Vec<Item>,
    warnings: Vec<String>,
}

impl Document {
    /// What its holder is recognised by.
    pub fn traits(&self) -> Traits<'_> {
        let value =
            |fact: &str| self.items.iter().find(|item| item.fact == fact).map(|item| &item.value);
        Traits::of(value)
    }

    /// The step that says whose it is.
    pub fn of(self, person: String) -> CaseEvent {
        let Document { document, items, warnings } = self;
        CaseEvent::DocumentRead { document, person, items, warnings }
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
