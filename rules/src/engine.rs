//! The engine: a pack made ready once, then decisions and questions for every answer.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::decision::{Determination, PackRef, Status};
use crate::fact::{Answer, Fact, FactSet, Source, Subject, Value};
use crate::index::Index;
use crate::pack::{Effect, Pack};
use crate::question::{self, Detail, Group, Question};
use crate::situation::{Found, Situation};
use crate::truth::Truth;
use crate::verdict::{self, row};
use crate::vocabulary::Vocabulary;
use crate::writer::{Writer, last_day};

/// A pack ready for evaluation. Make one per pack and keep it: every answer uses it again.
#[derive(Debug)]
pub struct Engine<'p> {
    index: Index<'p>,
}

impl<'p> Engine<'p> {
    /// Makes a pack ready.
    pub fn new(pack: &'p Pack) -> Engine<'p> {
        Engine { index: Index::new(pack) }
    }

    /// The pack.
    pub fn pack(&self) -> &'p Pack {
        self.index.pack
    }

    /// The facts the pack knows.
    pub fn vocabulary(&self) -> &Vocabulary {
        &self.index.vocabulary
    }

    /// Decides every procedure for `facts` on the day `on`, with texts in `lang`.
    pub fn determine(&self, facts: &FactSet, on: Date, lang: &str) -> Determination {
        let situation = Situation::new(&self.index, facts, on);
        let verdicts = verdict::all(&situation);
        let writer = Writer { situation: &situation, verdicts: &verdicts, lang };
        let decisions = verdicts.iter().filter_map(|verdict| writer.decision(verdict)).collect();
        let pack = self.pack();
        let pack = PackRef { id: pack.id.clone(), version: pack.version, base: pack.base.clone() };
        Determination { on: on.into(), pack, decisions }
    }

    /// The states alone, without last days and words: one per procedure of scope household, one per person otherwise.
    pub fn statuses(&self, facts: &FactSet, on: Date) -> Vec<Status> {
        let situation = Situation::new(&self.index, facts, on);
        verdict::all(&situation).iter().map(|verdict| verdict.status).collect()
    }

    /// The states, last days and deciding rows, and the next question, in one go: what a screen needs after every
    /// answer. Words are made for what is shown only ([`Engine::determine`]).
    pub fn step(&self, facts: &FactSet, on: Date, lang: &str) -> Step<'p> {
        let situation = Situation::new(&self.index, facts, on);
        let verdicts = verdict::all(&situation);
        let mut step = Step { states: Vec::with_capacity(verdicts.len()), next: None };
        for verdict in &verdicts {
            let Some(procedure) = self.index.procedures.get(verdict.procedure) else { continue };
            let effect = match verdict.status {
                Status::Required => Effect::Required,
                Status::MayApply => Effect::MayApply,
                Status::NotNeeded | Status::Undecided => Effect::Except,
            };
            let mut rules = procedure.rules.iter().filter(|_| !verdict.done);
            let decided_by = rules
                .find(|rule| {
                    rule.effect == effect && row(&situation, rule, verdict.person) == Truth::Yes
                })
                .map(|rule| rule.row.id.as_str());
            let last = (verdict.status != Status::NotNeeded)
                .then(|| {
                    last_day(&situation, procedure, verdict, || {
                        verdict::people(&situation, verdict)
                    })
                })
                .and_then(|last| last.shown())
                .map(|days| days.last);
            step.states.push(State {
                procedure: &procedure.row.id,
                person: verdict.person,
                status: verdict.status,
                last,
                decided_by,
            });
        }
        step.next = question::next(&situation, &verdicts, lang);
        step
    }

    /// The questions that still matter for `facts` on the day `on`, in order.
    pub fn questions(
        &self,
        facts: &FactSet,
        on: Date,
        lang: &str,
        detail: Detail,
    ) -> Vec<Question> {
        let situation = Situation::new(&self.index, facts, on);
        let verdicts = verdict::all(&situation);
        question::open(&situation, &verdicts, lang, detail)
    }

    /// The question that fills one fact, whether it is open or not: for changing an answer.
    pub fn question_about(
        &self,
        facts: &FactSet,
        on: Date,
        lang: &str,
        subject: &Subject,
        fact: &str,
    ) -> Option<Question> {
        let situation = Situation::new(&self.index, facts, on);
        question::about(&situation, lang, subject, fact)
    }

    /// The words of a group of questions; `None` when no question belongs to it.
    pub fn group(&self, id: &str, lang: &str, on: Date) -> Option<Group> {
        question::group(self.pack(), id, lang, on)
    }

    /// `facts` with what follows from them, so that nobody is asked for it (source `derived`): what a question to
    /// the whole household settled, what rows of the pack take as known, the previous address of those who move.
    pub fn complete<'f>(&self, facts: &'f FactSet, on: Date) -> Cow<'f, FactSet> {
        let situation = Situation::new(&self.index, facts, on);
        let mut follows = situation.follows().peekable();
        if follows.peek().is_none() {
            return Cow::Borrowed(facts);
        }
        let mut complete = facts.clone();
        for (person, fact, value) in follows {
            let person = person.and_then(|place| facts.people().get(place));
            let subject = Subject::from(person.map(|person| person.id.clone()));
            let answer = Answer::Known(value.clone());
            complete.state(
                &subject,
                fact,
                Fact { answer, source: Source::Derived, settles: false },
            );
        }
        Cow::Owned(complete)
    }

    /// [`Engine::complete`], with every fact of the pack that an expression decides; an open one stays unsaid.
    pub fn deduce(&self, facts: &FactSet, on: Date) -> FactSet {
        let mut deduced = self.complete(facts, on).into_owned();
        let situation = Situation::new(&self.index, facts, on);
        let derived = self.index.pack.derived.iter();
        for fact in derived.filter_map(|row| self.index.find(&row.fact)) {
            let Some(info) = self.index.facts.get(fact) else { continue };
            let people = facts.people().iter().enumerate().filter(|_| info.personal);
            let subjects = people.map(|(place, person)| (Some(place), Some(person.id.clone())));
            let case = (!info.personal).then_some((None, None));
            for (place, person) in case.into_iter().chain(subjects) {
                let yes = match situation.find(fact, place) {
                    Found::Truth(Truth::Yes) => true,
                    Found::Truth(Truth::No) => false,
                    _ => continue,
                };
                let answer = Answer::Known(Value::YesNo(yes));
                let source = Source::Derived;
                deduced.state(
                    &Subject::from(person),
                    &info.id,
                    Fact { answer, source, settles: false },
                );
            }
        }
        deduced
    }
}

/// What changed after an answer, before it is put into words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step<'p> {
    /// The state of every procedure, in the pack's order.
    pub states: Vec<State<'p>>,
    /// What to ask next.
    pub next: Option<Question>,
}

/// The state of one procedure for the household or one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State<'p> {
    /// Procedure id.
    pub procedure: &'p str,
    /// Place of the person in the household; `None` for the household.
    pub person: Option<usize>,
    /// The state.
    pub status: Status,
    /// Last day, moved on from a closed day.
    pub last: Option<Date>,
    /// The first row that decided; none when nothing did, or when it was done before.
    pub decided_by: Option<&'p str>,
}

/// Decides every procedure of `pack` for `facts` on the day `on`, with texts in `lang`. For one answer; a caller
/// with many keeps an [`Engine`].
pub fn determine(pack: &Pack, facts: &FactSet, on: Date, lang: &str) -> Determination {
    Engine::new(pack).determine(facts, on, lang)
}

/// The questions that still matter, as [`Engine::questions`].
pub fn questions(
    pack: &Pack,
    facts: &FactSet,
    on: Date,
    lang: &str,
    detail: Detail,
) -> Vec<Question> {
    Engine::new(pack).questions(facts, on, lang, detail)
}

/// The question that fills one fact, as [`Engine::question_about`].
pub fn question_about(
    pack: &Pack,
    facts: &FactSet,
    on: Date,
    lang: &str,
    subject: &Subject,
    fact: &str,
) -> Option<Question> {
    Engine::new(pack).question_about(facts, on, lang, subject, fact)
}
