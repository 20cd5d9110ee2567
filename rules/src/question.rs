//! Questions: only what can still change an outcome, and what the papers of a required procedure lack.
//!
//! Never asked: what is known, what the person already said not to know, what sits behind a condition that
//! fails. Order: what decides comes before what papers need, the household before its members, then the
//! author's order. The order in which answers come never changes the decisions.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::condition::{Need, PEOPLE, Situation};
use crate::deadline;
use crate::decide::{Status, Verdict, verdicts};
use crate::derived::complete;
use crate::fact::{FactSet, Subject, Value};
use crate::pack::{Pack, QuestionRow};
use crate::vocabulary::{FactType, Sensitivity, SubjectKind};

/// How far ahead to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// What can be asked now: a question behind an open gate waits (guided mode).
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
    /// `yes-no | choice | choices | number | date | text | person-list`. `choices` takes a list of ids.
    #[serde(rename = "type")]
    pub kind: String,
    /// Choices in order.
    pub choices: Vec<Choice>,
    /// In the resident's words.
    pub text: String,
    /// Why it is asked.
    pub why: String,
    /// What the staff say.
    pub staff_text: String,
    /// Private from the hall.
    pub private: bool,
    /// May be asked at home.
    pub at_home: bool,
}

/// A choice with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Choice id.
    pub id: String,
    /// What is shown.
    pub text: String,
}

/// The questions that still matter for `facts` on the day `on`, in order.
pub fn questions(
    pack: &Pack,
    facts: &FactSet,
    on: Date,
    lang: &str,
    detail: Detail,
) -> Vec<Question> {
    let vocabulary = pack.vocabulary();
    let facts = complete(facts);
    let situation = Situation { pack, vocabulary: &vocabulary, facts: &facts, on };
    let verdicts = verdicts(&situation);
    let mut deciding: Vec<Need> = Vec::new();
    let mut for_papers: Vec<Need> = Vec::new();
    for verdict in &verdicts {
        deciding.extend(verdict.needs(detail == Detail::Next));
        if verdict.status == Status::Required {
            for_papers.extend(deadline::of(&situation, &verdict.procedure.id, verdict.person).1);
            for_papers.extend(paper_needs(&situation, verdict));
        }
    }
    let mut asked = ordered(&situation, deciding);
    for need in ordered(&situation, for_papers) {
        if !asked.contains(&need) {
            asked.push(need);
        }
    }
    asked.iter().filter_map(|need| question(&situation, need, lang)).collect()
}

/// The question that fills one fact, whether it is open or not: for changing an answer.
pub fn question_about(
    pack: &Pack,
    facts: &FactSet,
    on: Date,
    lang: &str,
    subject: &Subject,
    fact: &str,
) -> Option<Question> {
    let vocabulary = pack.vocabulary();
    let situation = Situation { pack, vocabulary: &vocabulary, facts, on };
    question(&situation, &Need { subject: subject.clone(), fact: fact.to_owned() }, lang)
}

fn paper_needs(situation: &Situation<'_>, verdict: &Verdict<'_>) -> Vec<Need> {
    let mut needs = Vec::new();
    for fact in &verdict.procedure.asks {
        let subjects = match situation.vocabulary.get(fact).map(|def| def.subject) {
            Some(SubjectKind::Case) => vec![Subject::Case],
            Some(SubjectKind::Person) => {
                verdict.people.iter().map(|&id| Subject::Person(id.to_owned())).collect()
            }
            None => Vec::new(),
        };
        needs.extend(subjects.into_iter().map(|subject| Need { subject, fact: fact.clone() }));
    }
    needs
}

/// What has not been asked yet, in the order in which it is asked, each once.
fn ordered(situation: &Situation<'_>, needs: Vec<Need>) -> Vec<Need> {
    let place = |need: &Need| {
        let person = need.subject.person().map(|id| {
            situation.facts.people().iter().position(|person| person.id == id).unwrap_or(usize::MAX)
        });
        let row = situation.pack.questions.iter().position(|row| row.fact == need.fact);
        (person.is_some(), row.unwrap_or(usize::MAX), person)
    };
    let mut open: Vec<Need> = needs
        .into_iter()
        .filter(|need| situation.facts.get(&need.subject, &need.fact).is_none())
        .collect();
    open.sort_by(|a, b| (place(a), a).cmp(&(place(b), b)));
    open.dedup();
    open
}

fn question(situation: &Situation<'_>, need: &Need, lang: &str) -> Option<Question> {
    let pack = situation.pack;
    let row: &QuestionRow = pack.questions.iter().find(|row| row.fact == need.fact)?;
    let def = situation.vocabulary.get(&need.fact);
    let (kind, sensitivity) = match def {
        Some(def) => (kind_name(def.kind)?, def.sensitivity),
        None if need.fact == PEOPLE => ("person-list", Sensitivity::Plain),
        None => return None,
    };
    if sensitivity == Sensitivity::Discreet {
        return None;
    }
    let text = |suffix: &str| {
        pack.text(lang, &format!("question.{}{suffix}", row.id)).unwrap_or_default().to_owned()
    };
    let listed =
        pack.choices.iter().filter(|choice| choice.fact == need.fact).map(|choice| Choice {
            id: choice.value.clone(),
            text: pack.text_or_id(lang, &format!("choice.{}", choice.id)).to_owned(),
        });
    let choices = match def.map(|def| def.kind) {
        Some(FactType::PersonId) => household(situation.facts),
        _ => listed.collect(),
    };
    Some(Question {
        id: row.id.clone(),
        number: row.number,
        fact: need.fact.clone(),
        person: need.subject.person().map(str::to_owned),
        kind: kind.to_owned(),
        choices,
        text: text(""),
        why: text(".why"),
        staff_text: text(".staff"),
        private: sensitivity == Sensitivity::Private,
        at_home: row.at_home,
    })
}

/// Everybody of the household, as choices of a question for one of them.
fn household(facts: &FactSet) -> Vec<Choice> {
    let name = |id: &str| match facts.value(&Subject::Person(id.to_owned()), "name") {
        Some(Value::Text(name)) => name.clone(),
        _ => id.to_owned(),
    };
    let people = facts.people().iter();
    people.map(|person| Choice { id: person.id.clone(), text: name(&person.id) }).collect()
}

/// How a fact is asked; `None` for one that no question can fill.
fn kind_name(kind: FactType) -> Option<&'static str> {
    match kind {
        FactType::PersonId => Some(FactType::Choice.name()),
        FactType::DoneList => None,
        other => Some(other.name()),
    }
}
