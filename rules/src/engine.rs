//! The engine: a pack made ready once, then decisions and questions for every answer.

use std::borrow::Cow;

use jiff::civil::Date;
use kakanai_text::PartialDate;

use crate::deadline::{self, LastDay};
use crate::decision::{
    Bring, Decision, Determination, Fee, Missing, PackRef, PaperRef, Reason, Status,
};
use crate::fact::{Answer, Fact, FactSet, Source, Subject, Value};
use crate::index::{Index, Procedure, When};
use crate::language::date_text;
use crate::needs::{Need, Needs};
use crate::pack::{Bearer, Dated, Effect, Pack};
use crate::question::{self, Detail, Question};
use crate::reason::reason;
use crate::situation::{Found, PEOPLE, Scope, Situation};
use crate::truth::Truth;
use crate::verdict::{self, Verdict, row};
use crate::vocabulary::Vocabulary;

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

    /// `facts` with what follows from them, so that nobody is asked for it (source `derived`): what a question to
    /// the whole household settled, the new head's name, the previous address of those who move.
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

/// `facts` with what follows from them, as [`Engine::complete`].
pub fn complete<'f>(pack: &Pack, facts: &'f FactSet, on: Date) -> Cow<'f, FactSet> {
    Engine::new(pack).complete(facts, on)
}

fn last_day(
    situation: &Situation<'_>,
    procedure: &Procedure<'_>,
    verdict: &Verdict,
    people: impl FnOnce() -> Vec<usize>,
) -> LastDay {
    if procedure.personal_deadline {
        deadline::of_people(situation, procedure, &people())
    } else {
        deadline::of(situation, verdict.procedure, verdict.person)
    }
}

/// Puts verdicts into words.
struct Writer<'s, 'a> {
    situation: &'s Situation<'a>,
    verdicts: &'s [Verdict],
    lang: &'s str,
}

impl Writer<'_, '_> {
    fn decision(&self, verdict: &Verdict) -> Option<Decision> {
        let situation = self.situation;
        let procedure = situation.index.procedures.get(verdict.procedure)?;
        let row = procedure.row;
        let active = matches!(verdict.status, Status::Required | Status::MayApply);
        let people = verdict::people(situation, verdict);
        let last = if verdict.status == Status::NotNeeded {
            None
        } else {
            last_day(situation, procedure, verdict, || people.clone()).shown()
        };
        let not_before = if procedure.personal_deadline {
            let each = people
                .iter()
                .filter_map(|&person| deadline::not_before(situation, procedure, Some(person)));
            each.max()
        } else {
            deadline::not_before(situation, procedure, verdict.person)
        };
        let covered_by = if active { self.covered_by(procedure, verdict) } else { None };
        let papers = active && covered_by.is_none();
        Some(Decision {
            procedure: row.id.clone(),
            status: verdict.status,
            people: people.iter().filter_map(|&person| self.person_id(person)).collect(),
            deadline: last.map(|days| days.last.into()),
            deadline_raw: last.map(|days| days.last_raw.into()),
            not_before: not_before
                .filter(|_| verdict.status != Status::NotNeeded)
                .map(PartialDate::from),
            overdue: active && last.is_some_and(|days| days.last < situation.on),
            covered_by,
            office: row.office.clone(),
            done_at: row.done_at,
            filed_by: row.filed_by,
            agent: row.agent,
            discreet: row.discreet,
            signed_off: row.signed_off,
            fees: if active { self.fees(&row.id) } else { Vec::new() },
            bring: if active { self.bring(procedure, verdict, &people) } else { Vec::new() },
            papers: if papers { self.papers(procedure, &people) } else { Vec::new() },
            because: self.reasons(procedure, verdict),
            notes: if verdict.status == Status::NotNeeded {
                Vec::new()
            } else {
                row.notes.iter().map(|id| self.text(id)).collect()
            },
            law: row.law.clone(),
            needs: self.needs(verdict),
        })
    }

    fn text(&self, id: &str) -> String {
        self.situation.index.pack.text_or_id(self.lang, id, self.situation.on).to_owned()
    }

    fn person_id(&self, person: usize) -> Option<String> {
        self.situation.facts.people().get(person).map(|person| person.id.clone())
    }

    /// The notice that stands for this procedure: required today, and no deciding row wants a form of its own.
    fn covered_by(&self, procedure: &Procedure<'_>, verdict: &Verdict) -> Option<String> {
        let own_form = procedure.rules.iter().any(|rule| {
            rule.row.own_form && row(self.situation, rule, verdict.person) == Truth::Yes
        });
        let required = |id: &str| {
            self.verdicts.iter().any(|other| {
                other.status == Status::Required
                    && (other.person.is_none()
                        || verdict.person.is_none()
                        || other.person == verdict.person)
                    && self
                        .situation
                        .index
                        .procedures
                        .get(other.procedure)
                        .is_some_and(|procedure| procedure.row.id == id)
            })
        };
        let mut covering = procedure.row.covered_by.iter().filter(|_| !own_form);
        covering.find(|id| required(id)).cloned()
    }

    fn counts(&self, dated: &Dated) -> bool {
        // Rows without a person are chosen by facts of the case.
        let day = match dated.date_by.as_deref() {
            None | Some("counter_date") => Some(self.situation.on),
            Some(fact) => self.situation.facts.day(fact),
        };
        day.is_none_or(|day| dated.holds_on(day))
    }

    fn papers(&self, procedure: &Procedure<'_>, people: &[usize]) -> Vec<PaperRef> {
        let rows = procedure.papers.iter().filter(|(row, _)| self.counts(&row.dated));
        rows.filter_map(|(row, when)| {
            let holds = |person: Option<usize>| {
                self.situation.when(when, &Dated::default(), Scope::of(person)) == Truth::Yes
            };
            let about_people = !row.conditions.is_empty() && when.personal;
            let people: Vec<usize> = if about_people {
                (0..self.situation.people()).filter(|&member| holds(Some(member))).collect()
            } else {
                people.to_vec()
            };
            // What speaks of the case alone says whether the paper is needed, not whom it lists.
            let needed = if about_people {
                !people.is_empty()
            } else {
                row.conditions.is_empty() || holds(None)
            };
            needed.then(|| PaperRef {
                form: row.form.clone(),
                text: self.text(&format!("form.{}", row.form)),
                people: people.iter().filter_map(|&person| self.person_id(person)).collect(),
            })
        })
        .collect()
    }

    fn fees(&self, procedure: &str) -> Vec<Fee> {
        let rows = self.situation.index.pack.fees.iter();
        rows.filter(|row| row.procedure == procedure && self.counts(&row.dated))
            .map(|row| Fee {
                id: row.id.clone(),
                text: self.text(&format!("fee.{}", row.id)),
                yen: row.yen,
            })
            .collect()
    }

    fn bring(&self, procedure: &Procedure<'_>, verdict: &Verdict, people: &[usize]) -> Vec<Bring> {
        let holds = |when: &When, dated: &Dated, person: Option<usize>| {
            self.situation.when(when, dated, Scope::of(person)) == Truth::Yes
        };
        let mut things: Vec<Bring> = Vec::new();
        for (row, when) in &procedure.bring {
            let who: Vec<String> = match row.who {
                Bearer::Each => people
                    .iter()
                    .filter(|person| holds(when, &row.dated, Some(**person)))
                    .filter_map(|&person| self.person_id(person))
                    .collect(),
                Bearer::Visitor => Vec::new(),
            };
            let needed = match row.who {
                Bearer::Each => !who.is_empty(),
                Bearer::Visitor if when.personal && verdict.person.is_none() => {
                    people.iter().any(|&person| holds(when, &row.dated, Some(person)))
                }
                Bearer::Visitor => holds(when, &row.dated, verdict.person),
            };
            if !needed {
                continue;
            }
            match things.iter_mut().find(|thing| thing.id == row.item) {
                // Named once; whoever brings it, brings it.
                Some(thing) => {
                    thing.who.extend(
                        who.iter()
                            .filter(|id| !thing.who.contains(id))
                            .cloned()
                            .collect::<Vec<_>>(),
                    );
                }
                None => things.push(Bring {
                    id: row.item.clone(),
                    text: self.text(&format!("bring.{}", row.item)),
                    who,
                }),
            }
        }
        things
    }

    fn reasons(&self, procedure: &Procedure<'_>, verdict: &Verdict) -> Vec<Reason> {
        let situation = self.situation;
        if verdict.done {
            return vec![self.done(&procedure.row.id)];
        }
        let decided_by = |effect: Effect, truth: Truth| {
            procedure
                .rules
                .iter()
                .filter(move |rule| rule.effect == effect)
                .filter(move |rule| row(situation, rule, verdict.person) == truth)
                .map(move |rule| reason(situation, rule, verdict.person, truth, self.lang))
        };
        match verdict.status {
            Status::Required => decided_by(Effect::Required, Truth::Yes).collect(),
            Status::MayApply => decided_by(Effect::MayApply, Truth::Yes).collect(),
            Status::NotNeeded => {
                let excepted: Vec<Reason> = decided_by(Effect::Except, Truth::Yes).collect();
                if excepted.is_empty() {
                    decided_by(Effect::Required, Truth::No)
                        .chain(decided_by(Effect::MayApply, Truth::No))
                        .collect()
                } else {
                    excepted
                }
            }
            Status::Undecided => Vec::new(),
        }
    }

    fn done(&self, procedure: &str) -> Reason {
        let pack = self.situation.index.pack;
        let word = pack
            .text(self.lang, "reason.already_done", self.situation.on)
            .unwrap_or("already done");
        let said = self.situation.done(procedure).map_or_else(String::new, |done| {
            let when = done.when.map(|day| date_text(self.lang, day)).unwrap_or_default();
            [done.r#where.as_str(), &when].join(" ").trim().to_owned()
        });
        let text = if said.is_empty() { word.to_owned() } else { format!("{word}（{said}）") };
        Reason { rule: "already_done".to_owned(), text }
    }

    fn needs(&self, verdict: &Verdict) -> Vec<Missing> {
        let mut needs = Needs::new(self.situation, false);
        if verdict.status == Status::Undecided {
            needs.verdict(verdict);
        }
        needs
            .into_found()
            .into_iter()
            .filter_map(|need| match need {
                Need::People => Some(Missing { fact: PEOPLE.to_owned(), person: None }),
                Need::Fact { fact, slot } => Some(Missing {
                    fact: self.situation.index.facts.get(fact)?.id.clone(),
                    person: slot.checked_sub(1).and_then(|person| self.person_id(person)),
                }),
            })
            .collect()
    }
}

/// The value in words of a fact of the household, for lists.
pub(crate) fn name_of(facts: &FactSet, id: &str) -> String {
    match facts.value(&Subject::Person(id.to_owned()), "name") {
        Some(Value::Text(name)) => name.clone(),
        _ => id.to_owned(),
    }
}
