//! A pack made ready for evaluation: names become numbers, equal conditions become one.
//!
//! Built once per pack and used for every answer. Nothing here depends on a case.

mod test;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::{Date, Weekday};

use kakanai_text::PartialDate;

use crate::cycle::circular;
use crate::derived::{Age, OWN_MUNICIPALITY, OWN_PREFECTURE, PEOPLE_COUNT};
use crate::expression::Expression;
use crate::fact::Value;
use crate::opening::Openings;
use crate::pack::{
    BringRow, Clock, Condition, Dated, DayRef, DeadlineRow, Effect, FollowValue, FollowsRow, Op,
    Operand, Pack, PaperRow, ProcedureRow, RuleRow, Scope, Shift,
};
use crate::situation::PEOPLE;
use crate::vocabulary::{FactType, Sensitivity, SubjectKind, Vocabulary};
use test::about_person;
pub use test::{TermIx, Test};

/// A fact's place in [`Index::facts`].
pub type FactIx = usize;

/// Where a fact's value comes from.
#[derive(Debug)]
pub enum Kind {
    /// Somebody states it.
    Stated,
    /// The day at the counter.
    CounterDate,
    /// A day written in the pack.
    Fixed(Date),
    /// An age that follows from the birth date.
    Age(Age, FactIx),
    /// A named condition.
    Derived(Test),
    /// The day a procedure was done, else the day at the counter.
    Filed(String),
    /// The last day of the procedure at this place.
    Deadline(usize),
    /// How many people the household has.
    PeopleCount,
    /// How an address of this town or its prefecture begins; nothing when the pack does not say.
    Own(Option<Value>),
}

/// One fact as rows use it.
#[derive(Debug)]
pub struct FactInfo {
    /// Its id.
    pub id: String,
    /// Its value depends on the person.
    pub personal: bool,
    /// Where its value comes from.
    pub kind: Kind,
    /// Rows of [`Pack::gates`] that spare asking for it.
    pub gates: Vec<usize>,
}

/// A condition of the columns; equal ones are one.
#[derive(Debug, Clone, PartialEq)]
pub struct Atom<'p> {
    pub fact: FactIx,
    pub op: Op,
    pub right: Right<'p>,
    /// Its truth depends on the person.
    pub personal: bool,
    /// It asks which event the visit is about, so other events of the visit count as well.
    pub event: bool,
}

/// What an atom compares with.
#[derive(Debug, Clone, PartialEq)]
pub enum Right<'p> {
    Values(&'p [Value]),
    Fact(FactIx, Shift),
}

/// Conditions of a row.
#[derive(Debug, Default)]
pub struct When {
    /// Places in [`Index::atoms`], in the author's order.
    pub atoms: Vec<usize>,
    pub test: Option<Test>,
    /// Something in it depends on the person.
    pub personal: bool,
    /// Row versions: by which fact they are chosen.
    pub date_by: Option<FactIx>,
}

/// A rule row.
#[derive(Debug)]
pub struct Rule<'p> {
    pub row: &'p RuleRow,
    /// Place among all rows of the pack that belong to a procedure.
    pub place: usize,
    /// What the row says, beside it because every decision reads it.
    pub effect: Effect,
    pub when: When,
}

/// A day that a row names.
#[derive(Debug)]
pub struct Day {
    pub fact: FactIx,
    pub shift: Shift,
}

/// A deadline row.
#[derive(Debug)]
pub struct Deadline<'p> {
    pub row: &'p DeadlineRow,
    pub when: When,
    pub start: Option<Day>,
    pub fallback: Option<Day>,
    pub not_before: Option<Day>,
    pub together: bool,
}

/// A row of what follows from answers.
#[derive(Debug)]
pub struct Follow<'p> {
    pub row: &'p FollowsRow,
    pub fact: FactIx,
    /// The fact whose value it takes over.
    pub from: Option<FactIx>,
    pub when: When,
    /// Something in it depends on the person.
    pub of_members: bool,
}

/// A procedure with everything that hangs on it.
#[derive(Debug)]
pub struct Procedure<'p> {
    pub row: &'p ProcedureRow,
    pub rules: Vec<Rule<'p>>,
    pub deadlines: Vec<Deadline<'p>>,
    pub bring: Vec<(&'p BringRow, When)>,
    pub papers: Vec<(&'p PaperRow, When)>,
    /// Places of the facts its papers need.
    pub asks: Vec<FactIx>,
    /// A deadline row depends on the person.
    pub personal_deadline: bool,
}

/// The pack, ready.
#[derive(Debug)]
pub struct Index<'p> {
    pub pack: &'p Pack,
    pub vocabulary: Vocabulary,
    pub facts: Vec<FactInfo>,
    pub atoms: Vec<Atom<'p>>,
    pub procedures: Vec<Procedure<'p>>,
    /// Gate facts and filled facts, by row of [`Pack::gates`], with their conditions.
    pub gates: Vec<(FactIx, FactIx, When)>,
    /// What follows from answers, in the author's order.
    pub follows: Vec<Follow<'p>>,
    /// How the rows of the procedures begin.
    pub openings: Openings,
    /// How many rule rows the procedures have together.
    pub rules: usize,
    names: HashMap<String, FactIx>,
    /// Ids of facts that need themselves.
    circular: BTreeSet<String>,
    /// Closed days as (year, month, day); year 0 = every year.
    closed: BTreeSet<(i16, i8, i8)>,
    /// For each fact its place among the questions; `usize::MAX` for one that is never asked.
    pub question_order: Vec<usize>,
    pub event: FactIx,
    pub also_events: FactIx,
}

impl<'p> Index<'p> {
    /// Reads a pack; names that lead nowhere (a pack that was not checked) become facts nobody can state.
    pub fn new(pack: &'p Pack) -> Index<'p> {
        let mut index = Index {
            pack,
            vocabulary: pack.vocabulary(),
            facts: Vec::new(),
            atoms: Vec::new(),
            procedures: Vec::new(),
            gates: Vec::new(),
            follows: Vec::new(),
            openings: Openings::default(),
            rules: 0,
            names: HashMap::new(),
            circular: circular(pack),
            closed: pack
                .closed_days
                .iter()
                .filter_map(|day| {
                    Some((day.date.year().unwrap_or(0), day.date.month()?, day.date.day()?))
                })
                .collect(),
            question_order: Vec::new(),
            event: 0,
            also_events: 0,
        };
        index.event = index.fact("event");
        index.also_events = index.fact("also_events");
        index.fact("moving");
        let mut known = Known::default();
        // Rows are found once per sheet, not once per procedure.
        let rules = grouped(&pack.rules, |row| &row.procedure);
        let deadlines = grouped(&pack.deadlines, |row| &row.procedure);
        let bring = grouped(&pack.bring, |row| &row.procedure);
        let papers = grouped(&pack.papers, |row| &row.procedure);
        for row in &pack.procedures {
            let rules: Vec<Rule<'p>> = at(&rules, &row.id)
                .map(|rule| {
                    let place = index.rules;
                    index.rules += 1;
                    let expression = rule.expression.as_ref();
                    let when = index.when(&rule.conditions, expression, &rule.dated, &mut known);
                    Rule { row: rule, place, effect: rule.effect, when }
                })
                .collect();
            let deadlines: Vec<Deadline<'p>> = at(&deadlines, &row.id)
                .map(|deadline| Deadline {
                    row: deadline,
                    when: index.when(&deadline.conditions, None, &deadline.dated, &mut known),
                    start: deadline.start.as_ref().map(|day| index.day(day)),
                    fallback: deadline.fallback.as_ref().map(|day| index.day(day)),
                    not_before: deadline.not_before.as_ref().map(|day| index.day(day)),
                    together: deadline.clock == Clock::Together,
                })
                .collect();
            let bring = at(&bring, &row.id)
                .map(|thing| {
                    let expression = thing.expression.as_ref();
                    (thing, index.when(&thing.conditions, expression, &thing.dated, &mut known))
                })
                .collect();
            let papers = at(&papers, &row.id)
                .map(|paper| (paper, index.when(&paper.conditions, None, &paper.dated, &mut known)))
                .collect();
            let personal_deadline = row.scope == Scope::Household
                && deadlines.iter().any(|deadline| {
                    let days = [&deadline.start, &deadline.fallback, &deadline.not_before];
                    deadline.when.personal
                        || days.into_iter().flatten().any(|day| index.personal(day.fact))
                });
            let asks = row.asks.iter().map(|fact| index.fact(fact)).collect();
            index.procedures.push(Procedure {
                row,
                rules,
                deadlines,
                bring,
                papers,
                asks,
                personal_deadline,
            });
        }
        index.openings = Openings::new(&index.procedures, &index.atoms);
        for (place, row) in pack.gates.iter().enumerate() {
            let (gate, fact) = (index.fact(&row.gate), index.fact(&row.fact));
            let when = index.when(&row.conditions, None, &Dated::default(), &mut known);
            index.gates.push((gate, fact, when));
            if let Some(info) = index.facts.get_mut(fact) {
                info.gates.push(place);
            }
        }
        for row in &pack.follows {
            let fact = index.fact(&row.fact);
            let from = match &row.value {
                FollowValue::Fact(from) => Some(index.fact(from)),
                FollowValue::Value(_) => None,
            };
            let when = index.when(&row.conditions, None, &Dated::default(), &mut known);
            let of_members = when.personal || from.is_some_and(|from| index.personal(from));
            index.follows.push(Follow { row, fact, from, when, of_members });
        }
        for row in &pack.questions {
            index.fact(&row.fact);
        }
        index.question_order = index.facts.iter().map(|info| index.order(&info.id)).collect();
        // Papers print what no row asks for.
        for row in &pack.derived {
            index.fact(&row.fact);
        }
        index
    }

    /// The place of a fact, if anything in the pack uses it.
    pub fn find(&self, id: &str) -> Option<FactIx> {
        self.names.get(id).copied()
    }

    /// Whether the office is closed: Saturdays, Sundays and the pack's closed days.
    pub fn is_closed(&self, day: Date) -> bool {
        let on = |year: i16| self.closed.contains(&(year, day.month(), day.day()));
        matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) || on(day.year()) || on(0)
    }

    fn order(&self, id: &str) -> usize {
        let askable = match self.vocabulary.get(id) {
            Some(def) => def.sensitivity != Sensitivity::Discreet && def.kind != FactType::DoneList,
            None => id == PEOPLE,
        };
        let mut questions = self.pack.questions.iter();
        let place = questions.position(|row| row.fact == id && !row.retired);
        place.filter(|_| askable).unwrap_or(usize::MAX)
    }

    fn personal(&self, fact: FactIx) -> bool {
        self.facts.get(fact).is_some_and(|info| info.personal)
    }

    fn fact(&mut self, id: &str) -> FactIx {
        if let Some(&place) = self.names.get(id) {
            return place;
        }
        let place = self.facts.len();
        let personal = self.about_person(id);
        let info = FactInfo { id: id.to_owned(), personal, kind: Kind::Stated, gates: Vec::new() };
        self.facts.push(info);
        self.names.insert(id.to_owned(), place);
        let kind = self.kind(id);
        if let Some(info) = self.facts.get_mut(place) {
            info.kind = kind;
        }
        place
    }

    fn about_person(&self, id: &str) -> bool {
        if let Some(procedure) = id.strip_prefix("deadline.") {
            return self.pack.procedure(procedure).is_some_and(|row| row.scope == Scope::Person)
                || !self.circular.contains(id) && self.has_personal_clock(procedure);
        }
        let stated = self.vocabulary.get(id).map(|def| def.subject);
        Age::named(id).is_some() || stated == Some(SubjectKind::Person)
    }

    /// Whether what a deadline of the procedure is counted from depends on the person.
    fn has_personal_clock(&self, procedure: &str) -> bool {
        let rows = self.pack.deadlines.iter().filter(|row| row.procedure == procedure);
        rows.into_iter().any(|row| {
            let days = [&row.start, &row.fallback].into_iter().flatten().map(|day| &day.fact);
            let conditions = row.conditions.iter().flat_map(|condition| match &condition.operand {
                Operand::Fact { fact, .. } => [Some(&condition.fact), Some(fact)],
                Operand::Values(_) => [Some(&condition.fact), None],
            });
            days.chain(conditions.flatten())
                .chain(&row.dated.date_by)
                .any(|fact| self.about_person(fact))
        })
    }

    fn kind(&mut self, id: &str) -> Kind {
        if self.circular.contains(id) {
            return Kind::Stated;
        }
        if id == "counter_date" {
            return Kind::CounterDate;
        }
        if let Some(day) = id.parse().ok().and_then(PartialDate::full) {
            return Kind::Fixed(day);
        }
        let pack = self.pack;
        match id {
            PEOPLE_COUNT => return Kind::PeopleCount,
            OWN_PREFECTURE => return own([&pack.prefecture, ""]),
            OWN_MUNICIPALITY => return own([&pack.prefecture, &pack.municipality]),
            _ => {}
        }
        if let Some(age) = Age::named(id) {
            return Kind::Age(age, self.fact("birth_date"));
        }
        if let Some(procedure) = id.strip_prefix("filed.") {
            return Kind::Filed(procedure.to_owned());
        }
        if let Some(procedure) = id.strip_prefix("deadline.")
            && let Some(place) = pack.procedures.iter().position(|row| row.id == procedure)
        {
            return Kind::Deadline(place);
        }
        match pack.derived.iter().find(|row| row.fact == id) {
            Some(row) => Kind::Derived(self.test(&row.expression)),
            None => Kind::Stated,
        }
    }

    fn day(&mut self, day: &DayRef) -> Day {
        Day { fact: self.fact(&day.fact), shift: day.shift }
    }

    fn when(
        &mut self,
        conditions: &'p [Condition],
        expression: Option<&Expression>,
        dated: &Dated,
        known: &mut Known,
    ) -> When {
        let atoms: Vec<usize> =
            conditions.iter().map(|condition| self.atom(condition, known)).collect();
        let test = expression.map(|expression| self.test(expression));
        let date_by = (dated.from.is_some() || dated.until.is_some())
            .then(|| self.fact(dated.date_by.as_deref().unwrap_or("counter_date")));
        let personal =
            atoms.iter().any(|&atom| self.atoms.get(atom).is_some_and(|atom| atom.personal))
                || test.as_ref().is_some_and(about_person)
                || date_by.is_some_and(|fact| self.personal(fact));
        When { atoms, test, personal, date_by }
    }

    fn atom(&mut self, condition: &'p Condition, known: &mut Known) -> usize {
        let fact = self.fact(&condition.fact);
        let right = match &condition.operand {
            Operand::Values(values) => Right::Values(values.as_slice()),
            Operand::Fact { fact, shift } => Right::Fact(self.fact(fact), *shift),
        };
        let personal =
            self.personal(fact) || matches!(right, Right::Fact(other, _) if self.personal(other));
        let event = fact == self.event && matches!(right, Right::Values(_));
        let atom = Atom { fact, op: condition.op, right, personal, event };
        let same = known.by_fact.entry(fact).or_default();
        let found = same
            .iter()
            .copied()
            .find(|&place| self.atoms.get(place).is_some_and(|other| *other == atom));
        found.unwrap_or_else(|| {
            let place = self.atoms.len();
            same.push(place);
            self.atoms.push(atom);
            place
        })
    }
}

/// How an address begins, its parts one after the other; nothing when one that matters is not written.
fn own(parts: [&str; 2]) -> Kind {
    let [prefecture, municipality] = parts;
    Kind::Own((!prefecture.is_empty()).then(|| Value::Text(format!("{prefecture}{municipality}"))))
}

/// Atoms found so far, by fact.
#[derive(Default)]
struct Known {
    by_fact: BTreeMap<FactIx, Vec<usize>>,
}

fn grouped<'p, T>(
    rows: &'p [T],
    procedure: impl Fn(&'p T) -> &'p String,
) -> BTreeMap<&'p str, Vec<&'p T>> {
    let mut groups: BTreeMap<&str, Vec<&T>> = BTreeMap::new();
    for row in rows {
        groups.entry(procedure(row)).or_default().push(row);
    }
    groups
}

fn at<'a, 'p, T>(
    groups: &'a BTreeMap<&'p str, Vec<&'p T>>,
    id: &str,
) -> impl Iterator<Item = &'p T> + use<'a, 'p, T> {
    groups.get(id).into_iter().flatten().copied()
}

impl Rule<'_> {
    /// Whether the row says the procedure is not needed.
    pub fn is_except(&self) -> bool {
        self.effect == Effect::Except
    }
}
