//! What is said and typed while a case is on the desk, and what follows from it.

use jiff::Timestamp;
use kakanai_records::Store;
use kakanai_rules::{Determination, Engine, FactSet, Pack, Status};
use serde_json::Value as Json;

use super::{Counter, STAFF_LANG, no_case, not_signed_in};
use crate::answer::{Statements, check_known};
use crate::case::Case;
use crate::door::{AnswerInput, AnswersInput, DoorError, PersonInput, StaffView};
use crate::event::CaseEvent;
use crate::papers::{names, title};
use crate::privacy::Private;

impl Counter {
    /// Keeps an answer.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `fact-unknown`, `fact-wrong-value`, `person-unknown`, what the
    /// store says.
    pub fn answer(&self, input: AnswerInput) -> Result<StaffView, DoorError> {
        self.answers(AnswersInput { answers: vec![input] })
    }

    /// Takes the last step back.
    ///
    /// # Errors
    /// `nothing-to-undo`, `no-case`, `print-running`, what the store says.
    pub fn undo(&self) -> Result<StaffView, DoorError> {
        self.change(|case, _, store, now| Ok(case.undo(store, now)?))
    }

    /// Adds or changes a member of the household; only what differs is stated.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `person-unknown`, a value of the wrong type, what the store says.
    pub fn person_save(&self, input: PersonInput) -> Result<StaffView, DoorError> {
        self.change(|case, engine, store, now| {
            let vocabulary = engine.vocabulary();
            let PersonInput { id, name, name_kana, birth_date, sex, relation, moving } = input;
            let mut said = match id {
                None => Statements::adding(case, vocabulary),
                person => Statements::about(case, vocabulary, person)?,
            };
            let texts = [
                ("name", name),
                ("name_kana", name_kana),
                ("birth_date", birth_date),
                ("sex", sex),
                ("relation", relation),
            ];
            for (fact, text) in texts.into_iter().filter(|(_, text)| !text.is_empty()) {
                said.changed_value(fact, &Json::String(text))?;
            }
            said.changed_value("moving", &Json::Bool(moving))?;
            let step = said.event();
            Ok(case.record(store, step, now)?)
        })
    }

    /// Takes a person out of the case.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `person-unknown`, what the store says.
    pub fn person_remove(&self, id: &str) -> Result<StaffView, DoorError> {
        self.change(|case, _, store, now| {
            check_known(case, id)?;
            let step = CaseEvent::PersonRemoved { person: id.to_owned() };
            Ok(case.record(store, step, now)?)
        })
    }

    /// Changes the case by one step and says what followed from it.
    pub(super) fn change(
        &self,
        step: impl FnOnce(&mut Case, &Engine<'_>, &mut Store, Timestamp) -> Result<(), DoorError>,
    ) -> Result<StaffView, DoorError> {
        self.keep_change(step)?;
        Ok(self.changed())
    }

    /// As [`Counter::change`], and tells nobody yet.
    pub(super) fn keep_change(
        &self,
        step: impl FnOnce(&mut Case, &Engine<'_>, &mut Store, Timestamp) -> Result<(), DoorError>,
    ) -> Result<(), DoorError> {
        let mut desk = self.desk();
        let desk = &mut *desk;
        let kept = self.pack_of(desk)?;
        let pack = kept.pack();
        desk.check_not_printing()?;
        let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
        let case = desk.case.as_mut().ok_or_else(no_case)?;
        let engine = kept.engine();
        let (before, public_before) = (seen(engine, case), seen_by_all(engine, case));
        step(case, engine, store, Timestamp::now())?;
        let (after, public_after) = (seen(engine, case), seen_by_all(engine, case));
        let lines = |before, after| consequences(pack, case, before, after);
        desk.consequences = Consequences {
            all: lines(&before, &after),
            public: lines(
                public_before.as_ref().unwrap_or(&before),
                public_after.as_ref().unwrap_or(&after),
            ),
        };
        desk.facts_changed();
        Ok(())
    }
}

/// What followed from the last change, one line each.
#[derive(Default)]
pub(super) struct Consequences {
    /// With what hangs on private answers.
    pub all: Vec<String>,
    /// Without it.
    pub public: Vec<String>,
}

fn seen(engine: &Engine<'_>, case: &Case) -> Determination {
    engine.determine(&case.facts, case.counter_date, STAFF_LANG)
}

/// As if nothing private had been said; `None` where nothing has.
fn seen_by_all(engine: &Engine<'_>, case: &Case) -> Option<Determination> {
    let private = Private::of(engine.vocabulary());
    let facts: FactSet =
        private.is_known_in(&case.facts).then(|| private.taken_out(&case.facts))?;
    Some(engine.determine(&facts, case.counter_date, STAFF_LANG))
}

/// What a step changed, one line per procedure; discreet ones are named on no shared screen.
fn consequences(
    pack: &Pack,
    case: &Case,
    before: &Determination,
    after: &Determination,
) -> Vec<String> {
    let mut lines = Vec::new();
    for decision in after.decisions.iter().filter(|decision| !decision.discreet) {
        let same = before.decisions.iter().find(|other| {
            other.procedure == decision.procedure
                && (other.people == decision.people
                    || decision.people.len() != 1
                    || other.people.len() != 1)
        });
        let was = same.map(|other| other.status);
        if was == Some(decision.status) || (was.is_none() && decision.status == Status::Undecided) {
            continue;
        }
        let word = match decision.status {
            Status::Required => "added",
            Status::MayApply => "may-apply",
            Status::NotNeeded => "dropped",
            Status::Undecided => "open",
        };
        let word = pack
            .text_or_id(STAFF_LANG, &format!("consequence.{word}"), case.counter_date)
            .to_owned();
        let whom = names(&case.facts, &decision.people).join("、");
        let title = title(pack, STAFF_LANG, &decision.procedure, case.counter_date);
        let word = if whom.is_empty() { word.replace("（{people}）", "") } else { word };
        lines.push(word.replace("{procedure}", &title).replace("{people}", &whom));
    }
    lines
}
