//! What is missing: the facts that keep a procedure open, and no others.

use crate::compare::interval;
use crate::deadline;
use crate::decision::Status;
use crate::expression::Who;
use crate::fact::Value;
use crate::index::{FactIx, Kind, Procedure, Right, Rule, TermIx, Test, When};
use crate::pack::{Bearer, Dated, Effect, Shift};
use crate::question::asked_for;
use crate::situation::{Found, Scope, Situation};
use crate::truth::Truth;
use crate::verdict::{Answers, Verdict, answers, holds, row, unnamed_could};

/// A fact that is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Not everybody of the household is named.
    People,
    /// A fact of the case (slot 0) or the person in slot - 1.
    Fact {
        /// The fact.
        fact: FactIx,
        /// Whose.
        slot: usize,
    },
}

/// Needs in the order in which they were found, each once.
pub struct Needs<'s, 'a> {
    situation: &'s Situation<'a>,
    /// Stop each row at its first open condition, as the author ordered.
    gated: bool,
    found: Vec<Need>,
    seen: Vec<bool>,
}

impl<'s, 'a> Needs<'s, 'a> {
    pub fn new(situation: &'s Situation<'a>, gated: bool) -> Needs<'s, 'a> {
        let slots = situation.people() + 1;
        let seen = vec![false; situation.index.facts.len() * slots + 1];
        Needs { situation, gated, found: Vec::new(), seen }
    }

    pub fn into_found(self) -> Vec<Need> {
        self.found
    }

    fn add(&mut self, need: Need) {
        let slots = self.situation.people() + 1;
        let place = match need {
            Need::People => 0,
            Need::Fact { fact, slot } => 1 + fact * slots + slot,
        };
        if let Some(seen) = self.seen.get_mut(place)
            && !*seen
        {
            *seen = true;
            self.found.push(need);
        }
    }

    /// What keeps a verdict open.
    pub fn verdict(&mut self, verdict: &Verdict) {
        let situation = self.situation;
        let Some(procedure) = situation.index.procedures.get(verdict.procedure) else { return };
        if verdict.status != Status::Undecided {
            return;
        }
        let Answers { except, required, may_apply } = answers(situation, procedure, verdict.person);
        // An exception matters only once something would be needed; in guided mode it waits for that. What stays
        // open because nobody can say leaves nothing but an exception to settle it.
        if required == Truth::Open {
            let waits = self.rules(procedure, Effect::Required, verdict.person);
            if waits && self.gated {
                return;
            }
            if waits && may_apply == Truth::Open {
                self.rules(procedure, Effect::MayApply, verdict.person);
            }
        }
        if required == Truth::No && may_apply == Truth::Open {
            let waits = self.rules(procedure, Effect::MayApply, verdict.person);
            if waits && self.gated {
                return;
            }
        }
        if except == Truth::Open {
            self.rules(procedure, Effect::Except, verdict.person);
        }
    }

    /// Adds what keeps the rows of one effect open; whether somebody can still be asked for it.
    fn rules(&mut self, procedure: &Procedure<'_>, effect: Effect, person: Option<usize>) -> bool {
        let mut waits = false;
        for rule in procedure.rules.iter().filter(|rule| rule.effect == effect) {
            waits |= self.rule(rule, person);
        }
        waits
    }

    /// Who else a required household procedure is for: its papers list everybody.
    pub fn members(&mut self, procedure: &Procedure<'_>) {
        let rules = procedure.rules.iter().filter(|rule| !rule.is_except() && rule.when.personal);
        for rule in rules {
            self.each_member(rule);
        }
    }

    fn rule(&mut self, rule: &Rule<'_>, person: Option<usize>) -> bool {
        if row(self.situation, rule, person) != Truth::Open {
            return false;
        }
        if person.is_some() || !rule.when.personal {
            return self.when(&rule.when, &rule.row.dated, person);
        }
        let waits = self.each_member(rule);
        unnamed_could(self.situation, rule) && self.people() || waits
    }

    fn each_member(&mut self, rule: &Rule<'_>) -> bool {
        let mut waits = false;
        for member in 0..self.situation.people() {
            if holds(self.situation, rule, Some(member)) == Truth::Open {
                waits |= self.when(&rule.when, &rule.row.dated, Some(member));
            }
        }
        waits
    }

    /// Adds that members are not named; whether they can be asked for.
    fn people(&mut self) -> bool {
        self.add(Need::People);
        asked_for(self.situation, Need::People).is_some()
    }

    /// Adds what keeps a row open; whether somebody can still be asked for it.
    fn when(&mut self, when: &When, dated: &Dated, person: Option<usize>) -> bool {
        let situation = self.situation;
        let mut waits = situation.dated(when, dated, person) == Truth::Open
            && when.date_by.is_some_and(|fact| self.fact(fact, person));
        for &place in &when.atoms {
            if waits && self.gated {
                return waits;
            }
            if situation.atom(place, person) != Truth::Open {
                continue;
            }
            let Some(atom) = situation.index.atoms.get(place) else { continue };
            waits |= self.fact(atom.fact, person);
            if let Right::Fact(other, _) = atom.right {
                waits |= self.fact(other, person);
            }
        }
        match &when.test {
            Some(test) if !(waits && self.gated) => self.test(test, Scope::of(person)) || waits,
            _ => waits,
        }
    }

    /// Adds what is missing for a fact; whether somebody can still be asked for it.
    fn fact(&mut self, fact: FactIx, person: Option<usize>) -> bool {
        let situation = self.situation;
        let Some(info) = situation.index.facts.get(fact) else { return false };
        match &info.kind {
            Kind::CounterDate | Kind::Fixed(_) | Kind::Filed(_) | Kind::Own(_) => false,
            Kind::PeopleCount => !situation.facts.household_complete && self.people(),
            Kind::Age(_, birth) => self.fact(*birth, person),
            Kind::Derived(test) => self.test(test, Scope::of(person)),
            Kind::Deadline(place) => self.last_day(*place, person),
            Kind::Stated => {
                let Some(slot) = situation.slot(fact, person) else { return false };
                // Which events the visit is about stays open too when nobody can say what else there is.
                let also = situation.index.also_events;
                if fact == situation.index.event
                    && matches!(situation.find(also, None), Found::NotSaid)
                {
                    self.add(Need::Fact { fact: also, slot: 0 });
                }
                match situation.find(fact, person) {
                    Found::Missing => {
                        let need = Need::Fact { fact, slot };
                        self.add(need);
                        asked_for(situation, need).is_some()
                    }
                    Found::NotSaid => {
                        self.add(Need::Fact { fact, slot });
                        false
                    }
                    // Known, and enough unless it is a date with unknown parts.
                    found => {
                        let spread = matches!(interval(&found, Shift::default()),
                            Some((first, last)) if first != last);
                        if spread
                            || matches!(found, Found::Value(Value::Date(day)) if day.range().is_none())
                        {
                            self.add(Need::Fact { fact, slot });
                        }
                        false
                    }
                }
            }
        }
    }

    /// Adds what keeps an expression open; whether somebody can still be asked for it.
    fn test(&mut self, test: &Test, scope: Scope<'_>) -> bool {
        let situation = self.situation;
        if situation.test(test, scope) != Truth::Open {
            return false;
        }
        match test {
            Test::Constant(_) | Test::Same(..) => false,
            Test::Not(inner) => self.test(inner, scope),
            Test::All(list) => {
                let mut waits = false;
                for one in list {
                    waits |= self.test(one, scope);
                    if waits && self.gated {
                        break;
                    }
                }
                waits
            }
            Test::Any(list) => {
                let mut waits = false;
                for one in list {
                    waits |= self.test(one, scope);
                }
                waits
            }
            Test::Holds(term) | Test::Among(term, _) => self.term(term, scope),
            Test::Compare(left, _, right) => {
                let left = self.term(left, scope);
                self.term(right, scope) || left
            }
            Test::Members(body, ..) => {
                let mut waits = false;
                for member in 0..situation.people() {
                    if situation.test_member(body, member, scope) == Truth::Open {
                        let mut members = scope.members.to_vec();
                        members.push(member);
                        let scope = Scope { person: scope.person, members: &members };
                        waits |= self.test(body, scope);
                    }
                }
                !situation.facts.household_complete && self.people() || waits
            }
        }
    }

    fn term(&mut self, term: &TermIx, scope: Scope<'_>) -> bool {
        let about = |needs: &mut Self, who: Who, fact: FactIx| {
            let person = needs.situation.who(who, scope);
            needs.fact(fact, person)
        };
        match term {
            TermIx::Value(_) => false,
            TermIx::Fact(who, fact, _) => about(self, *who, *fact),
            TermIx::Age(who, _, birth, on) => {
                let waits = about(self, *who, *birth);
                self.term(on, scope) || waits
            }
        }
    }

    /// What a required procedure lacks for its last day, what to bring and its papers.
    pub fn papers(
        &mut self,
        procedure: &Procedure<'_>,
        place: usize,
        person: Option<usize>,
        people: &[usize],
    ) {
        if procedure.personal_deadline {
            for &person in people {
                self.last_day(place, Some(person));
            }
        } else {
            self.last_day(place, person);
        }
        for (row, when) in &procedure.bring {
            let each = when.personal && (row.who == Bearer::Each || person.is_none());
            let who = if each { people.iter().copied().map(Some).collect() } else { vec![person] };
            for who in who {
                if self.situation.when(when, &row.dated, Scope::of(who)) == Truth::Open {
                    self.when(when, &row.dated, who);
                }
            }
        }
        for (row, when) in &procedure.papers {
            let everybody = (0..self.situation.people()).map(Some);
            for who in everybody.filter(|_| when.personal).chain((!when.personal).then_some(None)) {
                if self.situation.when(when, &row.dated, Scope::of(who)) == Truth::Open {
                    self.when(when, &row.dated, who);
                }
            }
        }
        for &fact in &procedure.asks {
            let personal = self.situation.index.facts.get(fact).is_some_and(|info| info.personal);
            if personal {
                for &person in people {
                    self.fact(fact, Some(person));
                }
            } else {
                self.fact(fact, None);
            }
        }
    }

    fn last_day(&mut self, place: usize, person: Option<usize>) -> bool {
        let last = deadline::of(self.situation, place, person);
        let mut waits = false;
        for (fact, person) in last.needs {
            waits |= self.fact(fact, person);
        }
        if let Some(procedure) = self.situation.index.procedures.get(place) {
            for row in last.undecided.iter().filter_map(|&row| procedure.deadlines.get(row)) {
                waits |= self.when(&row.when, &row.row.dated, person);
            }
        }
        waits
    }
}
