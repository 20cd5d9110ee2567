//! What is said and typed while a case is on the desk, and what follows from it.

use jiff::Timestamp;
use kakanai_records::Store;
use kakanai_rules::{Answer, Determination, Pack, Status};
use serde_json::Value as Json;

use super::{Counter, STAFF_LANG, no_case, not_signed_in};
use crate::answer::{PEOPLE, Statements, check_known};
use crate::case::Case;
use crate::door::{AnswerInput, DoorError, PersonInput, StaffView};
use crate::event::CaseEvent;
use crate::papers::{names, title};

impl Counter {
    /// Keeps an answer.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `fact-unknown`, `fact-wrong-value`, `person-unknown`, what the
    /// store says.
    pub fn answer(&self, input: AnswerInput) -> Result<StaffView, DoorError> {
        self.change(|case, pack, store, now| {
            let AnswerInput { fact, person, value, said: instead } = input;
            let person = person.filter(|_| fact != PEOPLE);
            let mut said = Statements::about(case, pack, person)?;
            match instead.as_deref() {
                _ if fact == PEOPLE => said.household_complete(),
                Some("unknown") => said.without_value(&fact, Answer::Unknown)?,
                Some("declined") => said.without_value(&fact, Answer::Declined)?,
                _ => said.value(&fact, &value)?,
            }
            let step = said.event();
            Ok(case.record(store, step, now)?)
        })
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
        self.change(|case, pack, store, now| {
            let PersonInput { id, name, name_kana, birth_date, sex, relation, moving } = input;
            let mut said = match id {
                None => Statements::adding(case, pack),
                person => Statements::about(case, pack, person)?,
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
        step: impl FnOnce(&mut Case, &Pack, &mut Store, Timestamp) -> Result<(), DoorError>,
    ) -> Result<StaffView, DoorError> {
        {
            let mut desk = self.desk();
            let desk = &mut *desk;
            let kept = self.pack_of(desk)?;
            let pack = &kept.pack;
            desk.check_not_printing()?;
            let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
            let case = desk.case.as_mut().ok_or_else(no_case)?;
            let before = case.determine(pack, STAFF_LANG);
            step(case, pack, store, Timestamp::now())?;
            let after = case.determine(pack, STAFF_LANG);
            desk.consequences = consequences(pack, case, &before, &after);
            desk.facts_changed();
        }
        Ok(self.changed())
    }
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
