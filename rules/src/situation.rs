//! One case on one day, seen through a pack: what is known, and what that makes of every condition.
//!
//! A look-up has three outcomes: a value, nothing yet (may be asked), and nothing that asking could change (the
//! person did not know or would not say). Truths are kept as they are found; the case does not change meanwhile.

use std::cell::Cell;

use jiff::civil::Date;

use kakanai_text::PartialDate;

use crate::compare::{among, between, compare, date_of, day_number, interval};
use crate::deadline;
use crate::expression::Who;
use crate::fact::{AlreadyDone, Answer, FactSet, Subject, Value};
use crate::index::{Atom, FactIx, Index, Kind, Right, Rule, TermIx, Test, When};
use crate::pack::{Dated, Op, Shift};
use crate::truth::Truth;

/// The fact id under which an incomplete household is missing.
pub const PEOPLE: &str = "people";

/// What somebody stated, or what follows from it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum State<'a> {
    Nothing,
    NotSaid,
    Known(&'a Value),
    /// Known, and nobody said it.
    Follows(&'a Value),
}

/// What a look-up found.
#[derive(Debug, Clone, Copy)]
pub enum Found<'a> {
    /// A value as stated.
    Value(&'a Value),
    /// A number or a day (counted from year 0) from the first to the second.
    Between(i64, i64),
    /// A named condition.
    Truth(Truth),
    /// Nothing yet.
    Missing,
    /// Asked, and no value given.
    NotSaid,
}

/// For whom a condition is weighed: the person, and the members that quantifiers have reached, outermost first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Scope<'m> {
    pub person: Option<usize>,
    pub members: &'m [usize],
}

impl Scope<'_> {
    /// The case, or one person.
    pub fn of(person: Option<usize>) -> Scope<'static> {
        Scope { person, members: &[] }
    }

    fn who(&self, who: Who) -> Option<usize> {
        match who {
            Who::Case => None,
            Who::Person => self.person,
            Who::Member(level) => self.members.iter().rev().nth(usize::from(level)).copied(),
        }
    }
}

/// A case on a day.
pub struct Situation<'a> {
    pub index: &'a Index<'a>,
    pub facts: &'a FactSet,
    pub on: Date,
    today: i64,
    people: usize,
    states: Vec<State<'a>>,
    truths: Vec<Cell<Memo>>,
    derived: Vec<Cell<Memo>>,
    rows: Vec<Cell<Memo>>,
    done: &'a [AlreadyDone],
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Memo {
    New,
    Busy,
    Is(Truth),
}

impl<'a> Situation<'a> {
    /// Reads the facts once.
    pub fn new(index: &'a Index<'a>, facts: &'a FactSet, on: Date) -> Situation<'a> {
        let people = facts.people().len();
        let width = people + 1;
        let mut situation = Situation {
            index,
            facts,
            on,
            today: day_number(on),
            people,
            states: vec![State::Nothing; index.facts.len() * width],
            truths: vec![Cell::new(Memo::New); index.atoms.len() * width],
            derived: vec![Cell::new(Memo::New); index.facts.len() * width],
            rows: vec![Cell::new(Memo::New); index.rules * width],
            done: match facts.value(&Subject::Case, "already_done") {
                Some(Value::DoneList(list)) => list,
                _ => &[],
            },
        };
        let subjects = std::iter::once(Subject::Case)
            .chain(facts.people().iter().map(|person| Subject::Person(person.id.clone())));
        for (slot, subject) in subjects.enumerate() {
            for (id, newest) in facts.newest(&subject) {
                let Some(fact) = index.find(id) else { continue };
                let state = match &newest.answer {
                    Answer::Known(value) => State::Known(value),
                    Answer::Unknown | Answer::Declined => State::NotSaid,
                };
                situation.set(fact, slot, state);
            }
        }
        situation.follow();
        situation
    }

    pub(crate) fn set(&mut self, fact: FactIx, slot: usize, state: State<'a>) {
        if let Some(place) = self.states.get_mut(fact * (self.people + 1) + slot) {
            *place = state;
        }
    }

    /// Forgets the truths found so far, because more became known.
    pub(crate) fn forget(&self) {
        self.truths.iter().chain(&self.derived).for_each(|memo| memo.set(Memo::New));
    }

    /// What was filled in: fact, slot, value.
    pub(crate) fn filled_in(&self) -> impl Iterator<Item = (FactIx, usize, &'a Value)> {
        let width = self.people + 1;
        self.states.iter().enumerate().filter_map(move |(place, state)| match state {
            State::Follows(value) => Some((place / width, place % width, *value)),
            _ => None,
        })
    }

    pub(crate) fn state(&self, fact: FactIx, slot: usize) -> State<'a> {
        self.states.get(fact * (self.people + 1) + slot).copied().unwrap_or(State::Nothing)
    }

    /// How many people the household has so far.
    pub fn people(&self) -> usize {
        self.people
    }

    /// Where a fact of `who` stands: 0 = the case, 1 = the first person. `None` when nobody is meant.
    pub fn slot(&self, fact: FactIx, who: Option<usize>) -> Option<usize> {
        let personal = self.index.facts.get(fact).is_some_and(|info| info.personal);
        if personal { who.map(|person| person + 1) } else { Some(0) }
    }

    /// Whether anything was said or follows about a fact.
    pub fn is_open(&self, fact: FactIx, slot: usize) -> bool {
        matches!(self.state(fact, slot), State::Nothing)
    }

    /// Looks a fact up.
    pub fn find(&self, fact: FactIx, who: Option<usize>) -> Found<'a> {
        let Some(info) = self.index.facts.get(fact) else { return Found::NotSaid };
        let Some(slot) = self.slot(fact, who) else { return Found::NotSaid };
        match &info.kind {
            Kind::Stated => match self.state(fact, slot) {
                State::Known(value) | State::Follows(value) => Found::Value(value),
                State::NotSaid => Found::NotSaid,
                State::Nothing => Found::Missing,
            },
            Kind::CounterDate => Found::Between(self.today, self.today),
            Kind::Fixed(day) => Found::Between(day_number(*day), day_number(*day)),
            Kind::PeopleCount => self.people_count(),
            Kind::Own(Some(beginning)) => Found::Value(beginning),
            Kind::Own(None) => Found::NotSaid,
            Kind::Age(age, birth) => match self.find(*birth, who) {
                Found::Value(Value::Date(birth)) => match age.range(*birth, self.on) {
                    Some((low, high)) => Found::Between(low, high),
                    None => Found::NotSaid,
                },
                Found::Missing => Found::Missing,
                _ => Found::NotSaid,
            },
            Kind::Derived(test) => Found::Truth(self.named(fact, slot, test, who)),
            Kind::Filed(procedure) => self.filed(procedure),
            Kind::Deadline(procedure) => match deadline::of(self, *procedure, who).bounds() {
                Some((low, high)) => Found::Between(low, high),
                None => Found::Missing,
            },
        }
    }

    fn named(&self, fact: FactIx, slot: usize, test: &Test, who: Option<usize>) -> Truth {
        let Some(memo) = self.derived.get(fact * (self.people + 1) + slot) else {
            return Truth::Open;
        };
        remembered(memo, || self.test(test, Scope::of(who)))
    }

    fn people_count(&self) -> Found<'a> {
        let named = i64::try_from(self.people).unwrap_or(i64::MAX);
        let most = if self.facts.household_complete { named } else { i64::MAX };
        Found::Between(named, most)
    }

    fn filed(&self, procedure: &str) -> Found<'a> {
        match self.done(procedure) {
            None => Found::Between(self.today, self.today),
            Some(done) => match done.when.and_then(PartialDate::range) {
                Some((first, last)) => Found::Between(day_number(first), day_number(last)),
                None => Found::NotSaid,
            },
        }
    }

    /// Whether a member is part of the move.
    pub fn moves(&self, member: usize) -> bool {
        let Some(moving) = self.index.find("moving") else { return false };
        matches!(self.find(moving, Some(member)), Found::Value(Value::YesNo(true)))
    }

    /// What the household said about a procedure it did before.
    pub fn done(&self, procedure: &str) -> Option<&'a AlreadyDone> {
        self.done.iter().find(|done| done.procedure == procedure)
    }

    /// Whether a rule row holds for one person, or as far as the case alone can say.
    pub fn row(&self, rule: &Rule<'_>, person: Option<usize>) -> Truth {
        let person = person.filter(|_| rule.when.personal);
        let slot = person.map_or(0, |person| person + 1);
        let Some(memo) = self.rows.get(rule.place * (self.people + 1) + slot) else {
            return Truth::Open;
        };
        if let Memo::Is(truth) = memo.get() {
            return truth;
        }
        // With nobody in mind everything about a person is open: what fails even so fails for everybody.
        let truth = if person.is_some() && self.row(rule, None) == Truth::No {
            Truth::No
        } else {
            self.when(&rule.when, &rule.row.dated, Scope::of(person))
        };
        memo.set(Memo::Is(truth));
        truth
    }

    /// The truth of one condition of the columns.
    pub fn atom(&self, place: usize, person: Option<usize>) -> Truth {
        let Some(atom) = self.index.atoms.get(place) else { return Truth::Open };
        let slot = if atom.personal { person.map_or(0, |person| person + 1) } else { 0 };
        let Some(memo) = self.truths.get(place * (self.people + 1) + slot) else {
            return Truth::Open;
        };
        remembered(memo, || self.compare(atom, person))
    }

    fn compare(&self, atom: &Atom<'_>, person: Option<usize>) -> Truth {
        let left = self.find(atom.fact, person);
        let silent = matches!(left, Found::Missing | Found::NotSaid);
        match &atom.right {
            // Nothing said compares with nothing; only of events others may have been named.
            Right::Values([_, ..]) if silent && !atom.event => Truth::Open,
            Right::Values(values) => {
                let truth = among(&left, values, atom.op);
                if atom.event { self.any_event(truth, values, atom.op) } else { truth }
            }
            Right::Fact(fact, shift) => between(&left, atom.op, &self.find(*fact, person), *shift),
        }
    }

    /// A visit may be about several events; those named besides the first count as well.
    fn any_event(&self, first: Truth, values: &[Value], op: Op) -> Truth {
        let also = match self.find(self.index.also_events, None) {
            Found::Missing => return first,
            also => among(&also, values, Op::In),
        };
        match op {
            Op::NotIn => first.and(also.negate()),
            _ => first.or(also),
        }
    }

    /// Whether a row counts and its conditions hold.
    pub fn when(&self, when: &When, dated: &Dated, scope: Scope<'_>) -> Truth {
        let mut truth = Truth::Yes;
        for &atom in &when.atoms {
            truth = truth.and(self.atom(atom, scope.person));
            if truth == Truth::No {
                return truth;
            }
        }
        if when.date_by.is_some() {
            truth = truth.and(self.dated(when, dated, scope.person));
        }
        match &when.test {
            Some(test) if truth != Truth::No => truth.and(self.test(test, scope)),
            _ => truth,
        }
    }

    /// Whether a dated row counts on its day.
    pub fn dated(&self, when: &When, dated: &Dated, person: Option<usize>) -> Truth {
        let Some(fact) = when.date_by else { return Truth::Yes };
        let Some(day) = interval(&self.find(fact, person), Shift::default()) else {
            return Truth::Open;
        };
        let bound = |date: Option<PartialDate>| date.and_then(PartialDate::full).map(day_number);
        let after = bound(dated.from)
            .map_or(Truth::Yes, |from| compare(day, Op::GreaterOrEqual, (from, from)));
        let before = bound(dated.until)
            .map_or(Truth::Yes, |until| compare(day, Op::LessOrEqual, (until, until)));
        after.and(before)
    }

    /// The truth of an expression.
    pub fn test(&self, test: &Test, scope: Scope<'_>) -> Truth {
        match test {
            Test::Constant(value) => (*value).into(),
            Test::Not(inner) => self.test(inner, scope).negate(),
            Test::All(list) => Truth::all(list.iter().map(|one| self.test(one, scope))),
            Test::Any(list) => Truth::any(list.iter().map(|one| self.test(one, scope))),
            Test::Holds(term) => match self.term(term, scope) {
                (Found::Truth(truth), _) => truth,
                (Found::Value(Value::YesNo(value)), _) => (*value).into(),
                _ => Truth::Open,
            },
            Test::Compare(left, op, right) => {
                let ((left, first), (right, second)) =
                    (self.term(left, scope), self.term(right, scope));
                match (interval(&left, first), interval(&right, second)) {
                    (Some(left), Some(right)) => compare(left, *op, right),
                    _ => between(&left, *op, &right, second),
                }
            }
            Test::Among(term, values) => {
                let truth = among(&self.term(term, scope).0, values, Op::In);
                match term {
                    TermIx::Fact(_, fact, _) if *fact == self.index.event => {
                        self.any_event(truth, values, Op::In)
                    }
                    _ => truth,
                }
            }
            Test::Same(left, right) => match (scope.who(*left), scope.who(*right)) {
                (Some(left), Some(right)) => (left == right).into(),
                _ => Truth::Open,
            },
            Test::Members(body, op, count) => self.members(body, *op, *count, scope),
        }
    }

    fn members(&self, body: &Test, op: Op, count: i64, scope: Scope<'_>) -> Truth {
        let (mut least, mut most) = (0_i64, 0_i64);
        for member in 0..self.people {
            match self.test_member(body, member, scope) {
                Truth::Yes => {
                    least += 1;
                    most += 1;
                }
                Truth::Open => most += 1,
                Truth::No => {}
            }
        }
        if !self.facts.household_complete {
            most = i64::MAX;
        }
        compare((least, most), op, (count, count))
    }

    /// The truth of a quantifier's body for one member.
    pub fn test_member(&self, body: &Test, member: usize, scope: Scope<'_>) -> Truth {
        if scope.members.is_empty() {
            return self.test(body, Scope { person: scope.person, members: &[member] });
        }
        let members = [scope.members, &[member]].concat();
        self.test(body, Scope { person: scope.person, members: &members })
    }

    /// A term's value, with the time still to be added to it.
    pub fn term<'t>(&self, term: &'t TermIx, scope: Scope<'_>) -> (Found<'t>, Shift)
    where
        'a: 't,
    {
        match term {
            TermIx::Value(value) => (Found::Value(value), Shift::default()),
            TermIx::Fact(who, fact, shift) => (self.find(*fact, scope.who(*who)), *shift),
            TermIx::Age(who, age, birth, on) => {
                let (on, shift) = self.term(on, scope);
                let age = match (self.find(*birth, scope.who(*who)), interval(&on, shift)) {
                    (Found::Value(Value::Date(birth)), Some((first, last))) => {
                        let at = |day: i64| age.range(*birth, date_of(day)?);
                        match (at(first), at(last)) {
                            (Some((low, _)), Some((_, high))) => Found::Between(low, high),
                            _ => Found::NotSaid,
                        }
                    }
                    (Found::NotSaid, _) => Found::NotSaid,
                    _ => Found::Missing,
                };
                (age, Shift::default())
            }
        }
    }

    /// The person a term is about, for asking.
    pub fn who(&self, who: Who, scope: Scope<'_>) -> Option<usize> {
        scope.who(who)
    }
}

/// A truth found once. One that is looked for while it is being found needs itself and stays open.
fn remembered(memo: &Cell<Memo>, find: impl FnOnce() -> Truth) -> Truth {
    match memo.get() {
        Memo::Is(truth) => truth,
        Memo::Busy => Truth::Open,
        Memo::New => {
            memo.set(Memo::Busy);
            let truth = find();
            memo.set(Memo::Is(truth));
            truth
        }
    }
}
