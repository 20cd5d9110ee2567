//! Decisions: for every procedure, whether the household or each person needs it, why, until when and with what.
//!
//! An undecided procedure is never shown as "not needed": open is a status of its own, with the facts that
//! are missing.

use jiff::civil::Date;
use kakanai_text::PartialDate;
use serde::{Deserialize, Serialize};

use crate::condition::{Need, PEOPLE, Situation, Weighed};
use crate::deadline;
use crate::derived::complete;
use crate::fact::{FactSet, Subject, Value};
use crate::pack::{BaseRef, Bearer, Condition, Effect, Pack, ProcedureRow, RuleRow, Scope};
use crate::reason::reason;
use crate::truth::Truth;

/// All decisions of one case on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Determination {
    /// The day.
    pub on: PartialDate,
    /// The pack that decided.
    pub pack: PackRef,
    /// One entry per procedure of scope household, one per person for scope person; the pack's order.
    pub decisions: Vec<Decision>,
}

/// The pack that decided.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackRef {
    /// Pack id.
    pub id: String,
    /// Its version.
    pub version: u32,
    /// The pack it lies over.
    pub base: Option<BaseRef>,
}

/// The state of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Has to be done.
    Required,
    /// Can be applied for.
    MayApply,
    /// Depends on facts that are missing.
    Undecided,
    /// Does not concern them.
    NotNeeded,
}

impl Status {
    /// The id on the command line and the door.
    pub fn id(self) -> &'static str {
        match self {
            Status::Required => "required",
            Status::MayApply => "may-apply",
            Status::Undecided => "undecided",
            Status::NotNeeded => "not-needed",
        }
    }
}

/// One procedure for the household or one person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// Procedure id.
    pub procedure: String,
    /// The state.
    pub status: Status,
    /// Ids of the people it is for.
    pub people: Vec<String>,
    /// Last day, moved on from a closed day.
    pub deadline: Option<PartialDate>,
    /// Last day as counted.
    pub deadline_raw: Option<PartialDate>,
    /// First day it can be done, when that lies ahead.
    pub not_before: Option<PartialDate>,
    /// The last day is past.
    pub overdue: bool,
    /// The procedure whose notice stands for this one (付記).
    pub covered_by: Option<String>,
    /// Office id.
    pub office: String,
    /// What to bring.
    pub bring: Vec<Bring>,
    /// Papers.
    pub papers: Vec<PaperRef>,
    /// The rows that decided, with the values read.
    pub because: Vec<Reason>,
    /// Remarks.
    pub notes: Vec<String>,
    /// Law and article.
    pub law: String,
    /// Facts that are missing when undecided.
    pub needs: Vec<Missing>,
}

/// One thing to bring.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bring {
    /// Item id.
    pub id: String,
    /// In words.
    pub text: String,
    /// Ids of the people who bring it; empty = whoever comes to the counter.
    pub who: Vec<String>,
}

/// One paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperRef {
    /// Form id.
    pub form: String,
    /// Title.
    pub text: String,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// Rule id; `already_done` when it was done before.
    pub rule: String,
    /// In words, with the values.
    pub text: String,
}

/// A fact that is missing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missing {
    /// Fact id; `people` while not all members are named.
    pub fact: String,
    /// The person; `None` for the case.
    pub person: Option<String>,
}

/// Decides every procedure of `pack` for `facts` on the day `on`, with texts in `lang`.
pub fn determine(pack: &Pack, facts: &FactSet, on: Date, lang: &str) -> Determination {
    let vocabulary = pack.vocabulary();
    let facts = complete(facts);
    let situation = Situation { pack, vocabulary: &vocabulary, facts: &facts, on };
    let verdicts = verdicts(&situation);
    let decisions =
        verdicts.iter().map(|verdict| decision(&situation, &verdicts, verdict, lang)).collect();
    let pack = PackRef { id: pack.id.clone(), version: pack.version, base: pack.base.clone() };
    Determination { on: on.into(), pack, decisions }
}

/// The state of one procedure before it is put into words.
pub struct Verdict<'a> {
    pub procedure: &'a ProcedureRow,
    pub person: Option<&'a str>,
    pub status: Status,
    pub people: Vec<&'a str>,
    /// The procedure was done before.
    pub done: Option<String>,
    rows: Vec<WeighedRow<'a>>,
}

/// One rule row with its value.
pub struct WeighedRow<'a> {
    pub rule: &'a RuleRow,
    pub truth: Truth,
    /// Conditions in order; one set per person tried in household scope.
    pub tried: Vec<(Option<&'a str>, Vec<Weighed<'a>>)>,
    dated: Vec<Need>,
    household_open: bool,
}

/// All verdicts, in the pack's order.
pub fn verdicts<'a>(situation: &Situation<'a>) -> Vec<Verdict<'a>> {
    let people: Vec<&str> =
        situation.facts.people().iter().map(|person| person.id.as_str()).collect();
    let mut verdicts = Vec::new();
    for procedure in &situation.pack.procedures {
        match procedure.scope {
            Scope::Household => verdicts.push(verdict(situation, procedure, None)),
            Scope::Person => {
                verdicts.extend(people.iter().map(|id| verdict(situation, procedure, Some(id))));
            }
        }
    }
    verdicts
}

fn verdict<'a>(
    situation: &Situation<'a>,
    procedure: &'a ProcedureRow,
    person: Option<&'a str>,
) -> Verdict<'a> {
    let rows: Vec<WeighedRow<'a>> = situation
        .pack
        .rules
        .iter()
        .filter(|rule| rule.procedure == procedure.id)
        .map(|rule| weigh_row(situation, rule, person))
        .collect();
    let any = |effect: Effect| {
        Truth::any(rows.iter().filter(|row| row.rule.effect == effect).map(|row| row.truth))
    };
    let done = already_done(situation.facts, &procedure.id);
    let status = if done.is_some() {
        Status::NotNeeded
    } else {
        match (any(Effect::Except), any(Effect::Required), any(Effect::MayApply)) {
            (Truth::Yes, _, _) | (_, Truth::No, Truth::No) => Status::NotNeeded,
            (Truth::Open, _, _) | (_, Truth::Open, _) | (_, Truth::No, Truth::Open) => {
                Status::Undecided
            }
            (Truth::No, Truth::Yes, _) => Status::Required,
            (Truth::No, Truth::No, Truth::Yes) => Status::MayApply,
        }
    };
    let people = concerned(situation, &rows, person);
    Verdict { procedure, person, status, people, done, rows }
}

fn already_done(facts: &FactSet, procedure: &str) -> Option<String> {
    match facts.value(&Subject::Case, "already_done")? {
        Value::DoneList(list) => {
            let done = list.iter().find(|done| done.procedure == procedure)?;
            let when = done.when.map(|day| day.to_string()).unwrap_or_default();
            Some([done.r#where.as_str(), &when].join(" ").trim().to_owned())
        }
        _ => None,
    }
}

fn weigh_row<'a>(
    situation: &Situation<'a>,
    rule: &'a RuleRow,
    person: Option<&'a str>,
) -> WeighedRow<'a> {
    let (counts, dated) = situation.counts(&rule.dated, person);
    let weigh = |person: Option<&'a str>| -> (Option<&'a str>, Vec<Weighed<'a>>) {
        (
            person,
            rule.conditions.iter().map(|condition| situation.weigh(condition, person)).collect(),
        )
    };
    let over_members = person.is_none() && situation.about_person(&rule.conditions);
    let tried: Vec<_> = if over_members {
        situation.facts.people().iter().map(|member| weigh(Some(&member.id))).collect()
    } else {
        vec![weigh(person)]
    };
    let mut truth = Truth::any(
        tried.iter().map(|(_, weighed)| Truth::all(weighed.iter().map(|weighed| weighed.truth))),
    );
    // A member nobody has named yet could still meet the conditions, unless the case itself rules it out.
    let case_allows = Truth::all(
        rule.conditions
            .iter()
            .filter(|condition| !situation.about_person(std::slice::from_ref(*condition)))
            .map(|condition| situation.weigh(condition, None).truth),
    ) != Truth::No;
    let household_open =
        over_members && !situation.facts.household_complete && truth != Truth::Yes && case_allows;
    if household_open {
        truth = Truth::Open;
    }
    WeighedRow { rule, truth: counts.and(truth), tried, dated, household_open }
}

fn concerned<'a>(
    situation: &Situation<'a>,
    rows: &[WeighedRow<'a>],
    person: Option<&'a str>,
) -> Vec<&'a str> {
    if let Some(person) = person {
        return vec![person];
    }
    let mut matching: Vec<&str> = Vec::new();
    let mut over_members = false;
    for row in rows.iter().filter(|row| row.rule.effect != Effect::Except) {
        for (member, weighed) in &row.tried {
            let Some(member) = member else { continue };
            over_members = true;
            if Truth::all(weighed.iter().map(|weighed| weighed.truth)) == Truth::Yes {
                matching.push(member);
            }
        }
    }
    let people = situation.facts.people().iter().map(|member| member.id.as_str());
    if over_members {
        people.filter(|id| matching.contains(id)).collect()
    } else {
        let moving = |id: &&str| {
            situation.facts.value(&Subject::Person((*id).to_owned()), "moving")
                == Some(&Value::YesNo(true))
        };
        people.filter(moving).collect()
    }
}

impl Verdict<'_> {
    /// What is missing to decide; `gated` stops each row at its first open condition, as the author ordered.
    pub fn needs(&self, gated: bool) -> Vec<Need> {
        let mut needs: Vec<Need> = Vec::new();
        let mut add = |need: &Need| {
            if !needs.contains(need) {
                needs.push(need.clone());
            }
        };
        if self.status != Status::Undecided {
            return needs;
        }
        for row in self.rows.iter().filter(|row| row.truth == Truth::Open) {
            row.dated.iter().for_each(&mut add);
            for (_, weighed) in &row.tried {
                if Truth::all(weighed.iter().map(|weighed| weighed.truth)) != Truth::Open {
                    continue;
                }
                for condition in weighed.iter().filter(|weighed| weighed.truth == Truth::Open) {
                    condition.needs.iter().for_each(&mut add);
                    if gated && !condition.settled_open {
                        break;
                    }
                }
            }
            if row.household_open {
                add(&Need { subject: Subject::Case, fact: PEOPLE.to_owned() });
            }
        }
        needs
    }

    fn reasons(&self, situation: &Situation<'_>, lang: &str) -> Vec<Reason> {
        if let Some(done) = &self.done {
            let word = situation.pack.text(lang, "reason.already_done").unwrap_or("already done");
            let text =
                if done.is_empty() { word.to_owned() } else { format!("{word}（{done}）") };
            return vec![Reason { rule: "already_done".to_owned(), text }];
        }
        let decided_by = |effect: Effect, truth: Truth| {
            self.rows
                .iter()
                .filter(move |row| row.rule.effect == effect && row.truth == truth)
                .map(move |row| reason(situation, row, truth, lang))
        };
        let excepted: Vec<Reason> = decided_by(Effect::Except, Truth::Yes).collect();
        match self.status {
            Status::Required => decided_by(Effect::Required, Truth::Yes).collect(),
            Status::MayApply => decided_by(Effect::MayApply, Truth::Yes).collect(),
            Status::NotNeeded if !excepted.is_empty() => excepted,
            Status::NotNeeded => decided_by(Effect::Required, Truth::No)
                .chain(decided_by(Effect::MayApply, Truth::No))
                .collect(),
            Status::Undecided => Vec::new(),
        }
    }
}

fn decision(
    situation: &Situation<'_>,
    verdicts: &[Verdict<'_>],
    verdict: &Verdict<'_>,
    lang: &str,
) -> Decision {
    let Situation { pack, on, .. } = situation;
    let procedure = verdict.procedure;
    let active = matches!(verdict.status, Status::Required | Status::MayApply);
    let days = if verdict.status == Status::NotNeeded {
        None
    } else {
        deadline::of(situation, &procedure.id, verdict.person).0
    };
    let covered_by = procedure.covered_by.clone().filter(|other| {
        active
            && verdicts.iter().any(|other_verdict| {
                other_verdict.procedure.id == *other && other_verdict.status == Status::Required
            })
    });
    let papers =
        if active && covered_by.is_none() { papers(pack, procedure, lang) } else { Vec::new() };
    Decision {
        procedure: procedure.id.clone(),
        status: verdict.status,
        people: verdict.people.iter().map(|&id| id.to_owned()).collect(),
        deadline: days.map(|days| days.last.into()),
        deadline_raw: days.map(|days| days.last_raw.into()),
        not_before: deadline::not_before(situation, &procedure.id, verdict.person)
            .map(PartialDate::from),
        overdue: active && days.is_some_and(|days| days.last < *on),
        covered_by,
        office: procedure.office.clone(),
        bring: if active { bring(situation, verdict, lang) } else { Vec::new() },
        papers,
        because: verdict.reasons(situation, lang),
        notes: procedure.notes.iter().map(|id| pack.text_or_id(lang, id).to_owned()).collect(),
        law: procedure.law.clone(),
        needs: verdict
            .needs(false)
            .into_iter()
            .map(|need| Missing {
                person: need.subject.person().map(str::to_owned),
                fact: need.fact,
            })
            .collect(),
    }
}

fn papers(pack: &Pack, procedure: &ProcedureRow, lang: &str) -> Vec<PaperRef> {
    pack.papers
        .iter()
        .filter(|row| row.procedure == procedure.id)
        .map(|row| PaperRef {
            form: row.form.clone(),
            text: pack.text_or_id(lang, &format!("form.{}", row.form)).to_owned(),
        })
        .collect()
}

fn bring(situation: &Situation<'_>, verdict: &Verdict<'_>, lang: &str) -> Vec<Bring> {
    let holds = |conditions: &[Condition], person: Option<&str>| {
        Truth::all(conditions.iter().map(|condition| situation.weigh(condition, person).truth))
            == Truth::Yes
    };
    let mut things: Vec<Bring> = Vec::new();
    for row in situation.pack.bring.iter().filter(|row| row.procedure == verdict.procedure.id) {
        let who: Vec<String> = match row.who {
            Bearer::Each => verdict
                .people
                .iter()
                .filter(|person| holds(&row.conditions, Some(person)))
                .map(|&person| person.to_owned())
                .collect(),
            Bearer::Visitor => Vec::new(),
        };
        let needed = match row.who {
            Bearer::Each => !who.is_empty(),
            Bearer::Visitor => holds(&row.conditions, verdict.person),
        };
        if needed && !things.iter().any(|thing| thing.id == row.item) {
            let text = situation.pack.text_or_id(lang, &format!("bring.{}", row.item)).to_owned();
            things.push(Bring { id: row.item.clone(), text, who });
        }
    }
    things
}
