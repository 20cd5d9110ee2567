//! Questions: only what can still change an outcome, and what the papers of a required procedure lack.
//!
//! Never asked: what is known, what the person already said not to know, what sits behind a condition that
//! fails. Order: what decides comes before what papers need, the household before its members, then the
//! author's order; the open questions of one group about one subject follow its first one at once, because they are
//! asked on one screen. The order in which answers come never changes the decisions.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::decision::Status;
use crate::fact::{FactSet, Subject, Value};
use crate::index::FactIx;
use crate::needs::{Need, Needs};
use crate::pack::{Dated, Pack, QuestionRow};
use crate::situation::{PEOPLE, Scope, Situation};
use crate::truth::Truth;
use crate::verdict::{Verdict, people};
use crate::vocabulary::{FactType, Sensitivity};
use crate::writer::name_of;

/// How far ahead to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What can be asked now: a question behind an open gate waits (guided mode), unless it stands on one screen with
    /// what it waits for.
    Next,
    /// Everything that could matter (all on one page).
    All,
}

/// One question that still matters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Question id.
    pub id: String,
    /// Permanent number.
    pub number: u32,
    /// The fact it fills; `people` asks for the members of the household.
    pub fact: String,
    /// About whom.
    pub person: Option<String>,
    /// `yes-no | choice | number | date | text | person-list`.
    #[serde(rename = "type")]
    pub kind: String,
    /// Choices in order.
    pub choices: Vec<Choice>,
    /// Several of the choices may be given.
    pub many: bool,
    /// In the resident's words.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// What the staff say.
    pub staff_text: String,
    /// The row of a checklist; `text` where none was written.
    #[serde(default)]
    pub short: String,
    /// Asked on one screen with the other open questions of this group about the same subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// The value chosen beforehand, as facts files write it; decides nothing until somebody confirms it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested: Option<serde_json::Value>,
    /// Private from the hall.
    pub private: bool,
    /// May be asked at home.
    pub at_home: bool,
}

/// The words above questions that are asked on one screen (まとめて聞く).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Group {
    /// Heading in the resident's words.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// What the staff say.
    pub staff_text: String,
}

/// The words of a group; `None` when no question belongs to it.
pub fn group(pack: &Pack, id: &str, lang: &str, on: Date) -> Option<Group> {
    pack.questions.iter().find(|row| !row.retired && row.group.as_deref() == Some(id))?;
    let text = |suffix: &str| {
        let id = format!("group.{id}{suffix}");
        pack.text(lang, &id, on).unwrap_or_default().to_owned()
    };
    Some(Group { text: text(""), why: text(".why"), staff_text: text(".staff") })
}

/// A choice with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Choice id.
    pub id: String,
    /// What is shown.
    pub text: String,
}

/// The questions that are open, in order.
pub fn open(
    situation: &Situation<'_>,
    verdicts: &[Verdict],
    lang: &str,
    detail: Detail,
) -> Vec<Question> {
    let mut asked = needed(situation, verdicts, detail);
    if detail == Detail::Next && asked.iter().any(|need| group_of(situation, *need).is_some()) {
        // On one screen with what it waits for, a question need not wait.
        let groups: Vec<_> = asked.iter().filter_map(|need| group_of(situation, *need)).collect();
        let ahead = needed(situation, verdicts, Detail::All)
            .into_iter()
            .filter(|need| group_of(situation, *need).is_some_and(|group| groups.contains(&group)));
        for need in ahead {
            if !asked.contains(&need) {
                asked.push(need);
            }
        }
    }
    let asked = together(situation, asked);
    asked.iter().filter_map(|need| question(situation, *need, lang)).collect()
}

/// What decides before what papers need, each once.
fn needed(situation: &Situation<'_>, verdicts: &[Verdict], detail: Detail) -> Vec<Need> {
    let gated = detail == Detail::Next;
    let mut asked = ordered(situation, deciding(situation, verdicts, gated));
    for need in ordered(situation, for_papers(situation, verdicts, gated)) {
        if !asked.contains(&need) {
            asked.push(need);
        }
    }
    asked
}

/// The group of a question and whom it is about (0 = the case).
fn group_of<'a>(situation: &Situation<'a>, need: Need) -> Option<(&'a str, usize)> {
    let index = situation.index;
    let (fact, slot) = match need {
        Need::People => (index.find(PEOPLE)?, 0),
        Need::Fact { fact, slot } => (fact, slot),
    };
    let row = index.pack.questions.get(*index.question_order.get(fact)?)?;
    row.group.as_deref().map(|group| (group, slot))
}

/// Questions of one group about one subject follow the first of them.
fn together(situation: &Situation<'_>, needs: Vec<Need>) -> Vec<Need> {
    let mut first: HashMap<(&str, usize), usize> = HashMap::new();
    let mut placed: Vec<(usize, Need)> = Vec::with_capacity(needs.len());
    for (place, need) in needs.into_iter().enumerate() {
        let group = group_of(situation, need);
        let place = group.map_or(place, |group| *first.entry(group).or_insert(place));
        placed.push((place, need));
    }
    placed.sort_by_key(|(place, _)| *place);
    placed.into_iter().map(|(_, need)| need).collect()
}

/// The first of the questions that are open in guided mode.
pub fn next(situation: &Situation<'_>, verdicts: &[Verdict], lang: &str) -> Option<Question> {
    let first = |needs: Vec<Need>| {
        let asked = needs.into_iter().filter_map(|need| asked_for(situation, need));
        let first = asked.min_by_key(|need| order(situation, *need))?;
        question(situation, first, lang)
    };
    first(deciding(situation, verdicts, true))
        .or_else(|| first(for_papers(situation, verdicts, true)))
}

/// The question about one fact, open or not.
pub fn about(
    situation: &Situation<'_>,
    lang: &str,
    subject: &Subject,
    fact: &str,
) -> Option<Question> {
    if fact == PEOPLE {
        return question(situation, Need::People, lang);
    }
    let fact = situation.index.find(fact)?;
    let person = match subject {
        Subject::Case => None,
        Subject::Person(id) => {
            Some(situation.facts.people().iter().position(|person| person.id == *id)?)
        }
    };
    let slot = situation.slot(fact, person)?;
    question(situation, Need::Fact { fact, slot }, lang)
}

/// What decides.
fn deciding(situation: &Situation<'_>, verdicts: &[Verdict], gated: bool) -> Vec<Need> {
    let mut needs = Needs::new(situation, gated);
    for verdict in verdicts.iter().filter(|verdict| verdict.status == Status::Undecided) {
        needs.verdict(verdict);
    }
    needs.into_found()
}

/// What papers and last days of required procedures lack.
fn for_papers(situation: &Situation<'_>, verdicts: &[Verdict], gated: bool) -> Vec<Need> {
    let mut needs = Needs::new(situation, gated);
    for verdict in verdicts.iter().filter(|verdict| verdict.status == Status::Required) {
        let Some(procedure) = situation.index.procedures.get(verdict.procedure) else { continue };
        if verdict.person.is_none() {
            needs.members(procedure);
        }
        let people = people(situation, verdict);
        needs.papers(procedure, verdict.procedure, verdict.person, &people);
    }
    needs.into_found()
}

/// What has not been asked yet, in the order in which it is asked, each once; a question to the whole household
/// stands for those it can spare.
fn ordered(situation: &Situation<'_>, needs: Vec<Need>) -> Vec<Need> {
    let mut open: Vec<Need> =
        needs.into_iter().filter_map(|need| asked_for(situation, need)).collect();
    open.sort_by_cached_key(|need| order(situation, *need));
    open.dedup();
    open
}

/// The household before its members, then the author's order.
fn order(situation: &Situation<'_>, need: Need) -> (bool, usize, usize, Need) {
    let index = situation.index;
    let row = |fact: FactIx| index.question_order.get(fact).copied().unwrap_or(usize::MAX);
    match need {
        Need::People => (false, index.find(PEOPLE).map_or(usize::MAX, row), 0, need),
        Need::Fact { fact, slot } => (slot > 0, row(fact), slot, need),
    }
}

/// What is asked for a need: the question of a gate before it, its own, or nothing when somebody already answered
/// or nobody is ever asked.
pub fn asked_for(situation: &Situation<'_>, need: Need) -> Option<Need> {
    let index = situation.index;
    let is_asked =
        |fact: FactIx| index.question_order.get(fact).is_some_and(|&place| place != usize::MAX);
    let (fact, slot) = match need {
        Need::People => return index.find(PEOPLE).is_some_and(is_asked).then_some(need),
        Need::Fact { fact, slot } => (fact, slot),
    };
    if !situation.is_open(fact, slot) {
        return None;
    }
    let scope = Scope::of(slot.checked_sub(1));
    let rows = index.facts.get(fact).map_or(&[] as &[usize], |info| &info.gates);
    let gate = rows.iter().filter_map(|row| index.gates.get(*row)).find(|(gate, _, when)| {
        is_asked(*gate)
            && situation.is_open(*gate, 0)
            && situation.when(when, &Dated::default(), scope) == Truth::Yes
    });
    match gate {
        Some((gate, ..)) => Some(Need::Fact { fact: *gate, slot: 0 }),
        None => is_asked(fact).then_some(need),
    }
}

fn question(situation: &Situation<'_>, need: Need, lang: &str) -> Option<Question> {
    let index = situation.index;
    let pack = index.pack;
    let (id, slot, suggested) = match need {
        Need::People => (PEOPLE, 0, None),
        Need::Fact { fact, slot } => {
            (index.facts.get(fact)?.id.as_str(), slot, situation.suggested(fact, slot))
        }
    };
    let row: &QuestionRow = pack.questions.iter().find(|row| row.fact == id && !row.retired)?;
    let def = index.vocabulary.get(id);
    let (kind, sensitivity) = match def {
        Some(def) => (kind_name(def.kind)?, def.sensitivity),
        None if id == PEOPLE => ("person-list", Sensitivity::Plain),
        None => return None,
    };
    if sensitivity == Sensitivity::Discreet {
        return None;
    }
    let written =
        |suffix: &str| pack.text(lang, &format!("question.{}{suffix}", row.id), situation.on);
    let text = |suffix: &str| written(suffix).unwrap_or_default().to_owned();
    let choices = match def.map(|def| def.kind) {
        Some(FactType::PersonId) => household(situation.facts),
        _ => pack
            .choices
            .iter()
            .filter(|choice| choice.fact == id && !choice.retired)
            .map(|choice| Choice {
                id: choice.value.clone(),
                text: pack
                    .text_or_id(lang, &format!("choice.{}", choice.id), situation.on)
                    .to_owned(),
            })
            .collect(),
    };
    let person = slot.checked_sub(1).and_then(|place| situation.facts.people().get(place));
    Some(Question {
        id: row.id.clone(),
        number: row.number,
        fact: id.to_owned(),
        person: person.map(|person| person.id.clone()),
        kind: kind.to_owned(),
        choices,
        many: def.is_some_and(|def| def.kind == FactType::Choices),
        text: text(""),
        why: text(".why"),
        staff_text: text(".staff"),
        short: written(".short").map_or_else(|| text(""), str::to_owned),
        group: row.group.clone(),
        suggested: suggested.map(Value::to_json),
        private: sensitivity == Sensitivity::Private,
        at_home: row.at_home,
    })
}

/// Everybody of the household, as choices of a question for one of them.
fn household(facts: &FactSet) -> Vec<Choice> {
    let people = facts.people().iter();
    people
        .map(|person| Choice { id: person.id.clone(), text: name_of(facts, &person.id) })
        .collect()
}

/// How a fact is asked; `None` for one that no question can fill.
fn kind_name(kind: FactType) -> Option<&'static str> {
    match kind {
        FactType::PersonId | FactType::Choices => Some(FactType::Choice.name()),
        FactType::DoneList => None,
        other => Some(other.name()),
    }
}
