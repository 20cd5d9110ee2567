//! What follows from what was said (決まること), so that nobody is asked for it.
//!
//! A statement always wins: only what nobody said anything about is filled in. Filling in goes on until nothing
//! changes any more; as every condition can only become clearer by it, the order of rows changes nothing as long as
//! no two of them contradict each other, which the check of packs sees to.

use crate::fact::{Answer, Source, Subject, Value};
use crate::index::{FactIx, Follow};
use crate::pack::{Dated, FollowKind, FollowValue};
use crate::situation::{Found, Scope, Situation, State};
use crate::truth::Truth;

impl<'a> Situation<'a> {
    /// Fills in what the household's own facts already say:
    ///
    /// - what a gate answered "no" says of everybody who said nothing else;
    /// - what the rows of `follows` take as known;
    /// - on a move the previous address is the address on the document a mover showed.
    pub(crate) fn follow(&mut self) {
        loop {
            let closed = self.close_gates();
            let taken = self.take();
            let shown = self.take_shown_address();
            if !(closed || taken || shown) {
                return;
            }
            // Conditions may have been weighed before all of this was filled in.
            self.forget();
        }
    }

    fn close_gates(&mut self) -> bool {
        let index = self.index;
        let mut changed = false;
        for (row, (gate, fact, when)) in index.pack.gates.iter().zip(&index.gates) {
            let closed = matches!(
                self.state(*gate, 0),
                State::Known(Value::YesNo(false)) | State::Follows(Value::YesNo(false))
            );
            let Some(value) = row.value.as_ref().filter(|_| closed) else { continue };
            for slot in self.slots(*fact) {
                let scope = Scope::of(slot.checked_sub(1));
                if self.is_open(*fact, slot)
                    && self.when(when, &Dated::default(), scope) == Truth::Yes
                {
                    changed |= self.fill(*fact, slot, || Some(value));
                }
            }
        }
        changed
    }

    fn take(&mut self) -> bool {
        let index = self.index;
        let mut changed = false;
        for row in index.follows.iter().filter(|row| row.row.kind == FollowKind::Takes) {
            for slot in self.slots(row.fact) {
                if self.is_open(row.fact, slot) {
                    let value = self.following(row, slot);
                    changed |= self.fill(row.fact, slot, || value);
                }
            }
        }
        changed
    }

    fn take_shown_address(&mut self) -> bool {
        let Some(fact) = self.index.find("previous_address") else { return false };
        self.is_open(fact, 0) && {
            let shown = self.shown_address();
            self.fill(fact, 0, || shown)
        }
    }

    fn slots(&self, fact: FactIx) -> std::ops::Range<usize> {
        let personal = self.index.facts.get(fact).is_some_and(|info| info.personal);
        if personal { 1..self.people() + 1 } else { 0..1 }
    }

    fn fill(
        &mut self,
        fact: FactIx,
        slot: usize,
        value: impl FnOnce() -> Option<&'a Value>,
    ) -> bool {
        let value = if self.is_open(fact, slot) { value() } else { None };
        if let Some(value) = value {
            self.set(fact, slot, State::Follows(value));
        }
        value.is_some()
    }

    /// The value chosen beforehand for a question, if a row suggests one.
    pub fn suggested(&self, fact: FactIx, slot: usize) -> Option<&'a Value> {
        let rows = self.index.follows.iter();
        let mut rows = rows.filter(|row| row.fact == fact && row.row.kind == FollowKind::Suggests);
        rows.find_map(|row| self.following(row, slot))
    }

    /// What a row gives, when its conditions hold: for a fact of the case those about people hold when one member
    /// meets them all.
    fn following(&self, row: &'a Follow<'a>, slot: usize) -> Option<&'a Value> {
        let holds = |person: Option<usize>| {
            self.when(&row.when, &Dated::default(), Scope::of(person)) == Truth::Yes
        };
        if slot > 0 || !row.of_members {
            let person = slot.checked_sub(1);
            return holds(person).then(|| self.value_of(row, person)).flatten();
        }
        let mut found = None;
        for member in (0..self.people()).filter(|&member| holds(Some(member))) {
            let value = self.value_of(row, Some(member))?;
            // Members who differ leave it open.
            if found.is_some_and(|other| other != value) {
                return None;
            }
            found = Some(value);
        }
        found
    }

    fn value_of(&self, row: &'a Follow<'a>, person: Option<usize>) -> Option<&'a Value> {
        match (&row.row.value, row.from) {
            (FollowValue::Value(value), _) => Some(value),
            (FollowValue::Fact(_), from) => match self.find(from?, person) {
                // A day with unknown parts may be too vague to decide by: whoever knows it better is asked.
                Found::Value(Value::Date(day)) if day.full().is_none() => None,
                Found::Value(value) => Some(value),
                _ => None,
            },
        }
    }

    fn shown_address(&self) -> Option<&'a Value> {
        match self.facts.value(&Subject::Case, "event")? {
            Value::Choice(event) if ["tennyu", "tenkyo", "tenshutsu"].contains(&event.as_str()) => {
            }
            _ => return None,
        }
        let document = |source: Source| {
            matches!(
                source,
                Source::Card | Source::Licence | Source::ResidenceCard | Source::Certificate
            )
        };
        let facts = self.facts;
        let people = facts.people().iter().map(|person| Subject::Person(person.id.clone()));
        people
            .filter_map(|person| facts.get(&person, "address"))
            .find(|address| document(address.source))
            .and_then(|address| match &address.answer {
                Answer::Known(value) => Some(value),
                Answer::Unknown | Answer::Declined => None,
            })
    }

    /// What follows from what was said and nobody said: person's place (`None` = the case), fact id, value.
    pub fn follows(&self) -> impl Iterator<Item = (Option<usize>, &'a str, &'a Value)> {
        let index = self.index;
        self.filled_in().filter_map(move |(fact, slot, value)| {
            Some((slot.checked_sub(1), index.facts.get(fact)?.id.as_str(), value))
        })
    }
}
