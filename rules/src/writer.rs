//! Verdicts put into words: reasons, last days, what to bring, papers.

use kakanai_text::PartialDate;

use crate::deadline::{self, LastDay};
use crate::decision::{Bring, Decision, Fee, Missing, PaperRef, Reason, Status};
use crate::fact::{FactSet, Subject, Value};
use crate::index::{Procedure, When};
use crate::language::date_text;
use crate::needs::{Need, Needs};
use crate::pack::{Bearer, Dated, Effect};
use crate::reason::reason;
use crate::situation::{PEOPLE, Scope, Situation};
use crate::truth::Truth;
use crate::verdict::{self, Verdict, row};

/// Puts the verdicts of one case into words of one language.
pub(crate) struct Writer<'s, 'a> {
    pub situation: &'s Situation<'a>,
    pub verdicts: &'s [Verdict],
    pub lang: &'s str,
}

impl Writer<'_, '_> {
    pub fn decision(&self, verdict: &Verdict) -> Option<Decision> {
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

/// The last day of a verdict; of a procedure whose days depend on the person, over everybody it is for.
pub(crate) fn last_day(
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
