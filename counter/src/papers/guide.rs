//! What stands on the list that the resident keeps (ご家族の手続きリスト).

use std::collections::BTreeMap;

use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::guide::{GuideLine, GuideNames, GuidePart, GuideSheet, GuideThing};
use kakanai_rules::Determination;

use super::Signatures;
use super::discretion::Discretion;
use super::speech::Speech;
use super::visit::{Matter, Stage, join, matters};
use crate::event::Outcomes;

/// How many things cannot wait.
const URGENT: usize = 3;

/// The sheet of a household.
pub(super) fn guide(
    speech: &Speech<'_>,
    determination: &Determination,
    discretion: &Discretion,
    outcomes: &Outcomes,
    signatures: Signatures,
) -> GuideSheet {
    let matters = matters(determination, outcomes);
    let of = |stage: Stage| matters.iter().filter(move |matter| matter.stage == stage);
    let mut later: Vec<&Matter<'_>> = of(Stage::Later).collect();
    // A day that is past comes before all others; without a last day there is time.
    later.sort_by_key(|matter| {
        let deadline = matter.decision.deadline;
        (deadline.is_none(), deadline.map(|day| day.to_string()))
    });
    let urgent = later.iter().filter(|matter| matter.decision.deadline.is_some()).take(URGENT);
    let urgent = urgent.map(|matter| line(speech, discretion, matter)).collect();
    let part = |name: &str, lines: Vec<GuideLine>| GuidePart {
        heading: speech.words(&format!("sheet.guide.{name}")),
        lines,
    };
    let of = |stage| of(stage).map(|matter| line(speech, discretion, matter)).collect();
    let bring = bring(speech, discretion, &later);
    GuideSheet {
        title: speech.words("guide.title"),
        municipality: speech.pack.name.clone(),
        day: speech.day(determination.on).text,
        lead: lead(speech, signatures),
        names: names(speech),
        urgent: part("urgent", urgent),
        done: part("done", of(Stage::Today)),
        later: part("later", later.iter().map(|one| line(speech, discretion, one)).collect()),
        bring: (speech.words("sheet.guide.bring"), bring),
        may: part("may", of(Stage::May)),
        open: part("open", of(Stage::Open)),
    }
}

fn lead(speech: &Speech<'_>, signatures: Signatures) -> Vec<Words> {
    let people = speech.facts.people().len();
    let household = if people == 1 { "sheet.guide.one" } else { "sheet.guide.household" };
    let household = speech.words(household).filled("{people}", &Words::plain(people.to_string()));
    let signed = if signatures.places == 0 { "sheet.guide.unsigned" } else { "sheet.guide.signed" };
    vec![household, signatures.told(speech, signed), speech.words("sheet.guide.keep")]
}

fn names(speech: &Speech<'_>) -> GuideNames {
    let name = |name: &str| speech.words(&format!("sheet.name.{name}"));
    GuideNames {
        deadline: name("deadline"),
        place: name("place"),
        for_whom: name("for_whom"),
        condition: name("condition"),
        note: name("note"),
    }
}

fn line(speech: &Speech<'_>, discretion: &Discretion, matter: &Matter<'_>) -> GuideLine {
    let decision = matter.decision;
    let covered: Vec<Words> =
        matter.covers.iter().map(|(procedure, people)| speech.matter(procedure, people)).collect();
    let covered = match covered.as_slice() {
        [] => Words::default(),
        covered => speech.words("sheet.guide.covers").filled("{list}", &speech.list(covered)),
    };
    let remark = match matter.stage {
        Stage::Later => speech.remark(&decision.procedure),
        _ => Words::default(),
    };
    let note: Vec<Words> = [became(speech, matter), remark, covered]
        .into_iter()
        .filter(|note| !note.is_empty())
        .collect();
    let condition = match matter.stage {
        Stage::May => condition(speech, discretion, matter),
        _ => Words::default(),
    };
    let phone = match speech.phone(&decision.office) {
        phone if phone.is_empty() => Words::default(),
        phone => speech.words("sheet.phone").filled("{phone}", &Words::plain(phone)),
    };
    let place: Vec<Words> = [speech.office(&decision.office), phone]
        .into_iter()
        .filter(|words| !words.is_empty())
        .collect();
    GuideLine {
        procedure: speech.procedure(&decision.procedure),
        for_whom: speech.people(&matter.people),
        deadline: speech.days(decision),
        place: Words::joined(&place, "　", "　"),
        condition,
        note: Words::joined(&note, "\n", "\n"),
    }
}

/// What is still asked of the household, in the clerk's own words behind the sheet's.
fn became(speech: &Speech<'_>, matter: &Matter<'_>) -> Words {
    let Some(outcome) = matter.outcome else { return Words::default() };
    let words = match outcome.kind.as_str() {
        "paper-to-follow" => speech.words("sheet.guide.follow"),
        "missing" => speech.words("sheet.guide.missing"),
        "section" => speech.words("sheet.guide.section"),
        _ => return Words::default(),
    };
    let until = outcome.until.map(|day| speech.day(day)).unwrap_or_default();
    words.filled("{day}", &until).filled("{note}", &Words::plain(outcome.note.clone()))
}

/// When it can be had, in the words of the rule; values of the household are no business of a sheet that may lie
/// about.
fn condition(speech: &Speech<'_>, discretion: &Discretion, matter: &Matter<'_>) -> Words {
    let rules = matter.decision.because.iter().filter(|reason| !discretion.rule(&reason.rule));
    let told = rules.map(|reason| speech.words(&format!("rule.{}", reason.rule)));
    told.filter(|words| !words.is_empty())
        .collect::<Vec<_>>()
        .into_iter()
        .next()
        .unwrap_or_default()
}

/// Every thing once, with whom it is for and the numbers of the procedures that ask for it.
fn bring(speech: &Speech<'_>, discretion: &Discretion, later: &[&Matter<'_>]) -> Vec<GuideThing> {
    let mut order: Vec<&str> = Vec::new();
    let mut things: BTreeMap<&str, (Vec<usize>, Vec<String>)> = BTreeMap::new();
    for (number, matter) in (1..).zip(later) {
        let decision = matter.decision;
        let shown = decision.bring.iter();
        for thing in shown.filter(|thing| !discretion.item(&decision.procedure, &thing.id)) {
            let (numbers, people) = things.entry(&thing.id).or_insert_with(|| {
                order.push(&thing.id);
                Default::default()
            });
            if !numbers.contains(&number) {
                numbers.push(number);
            }
            join(people, &thing.who);
        }
    }
    let told = |id: &&str| {
        let (numbers, people) = things.get(id)?;
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        let numbers = Words::plain(numbers.join("・"));
        let numbers = speech.words("sheet.guide.for").filled("{numbers}", &numbers);
        let people = speech.people(people);
        let for_what: Vec<Words> =
            [people, numbers].into_iter().filter(|words| !words.is_empty()).collect();
        let thing = speech.words(&format!("bring.{id}"));
        let for_what = Words::joined(&for_what, "　", "　");
        Some(GuideThing { thing, for_what })
    };
    order.iter().filter_map(told).collect()
}
