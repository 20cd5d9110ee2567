//! What stands on the staff's sheet of a case (手続きチェックシート).

use kakanai_forms::sheets::check::{CheckLine, CheckPart, CheckSheet, SlipPart};
use kakanai_forms::sheets::code::CodePicture;
use kakanai_prefill::Modules;
use kakanai_rules::pack::ProcedureRow;
use kakanai_rules::{
    Answer, Decision, Determination, FactSet, Missing, Pack, Status, Subject, value_text,
};

use super::Signatures;
use super::discretion::Discretion;
use super::names;
use super::speech::{JA, Speech};
use super::visit::join;
use crate::event::Outcomes;
use crate::slip::Slip;

/// The sheet of a case; `case` is its number, if it has one.
pub(super) fn check(
    speech: &Speech<'_>,
    determination: &Determination,
    discretion: &Discretion,
    signatures: Signatures,
    outcomes: &Outcomes,
    case: &str,
    slip: &Slip,
) -> CheckSheet {
    let part = |status: Status, name: &str| CheckPart {
        heading: speech.ja(&format!("sheet.check.{name}")),
        lines: merged(determination, |decision| decision.status == status)
            .into_iter()
            .filter_map(|(decisions, people)| {
                line(speech, discretion, outcomes, &decisions, &people)
            })
            .collect(),
    };
    let parts = vec![
        part(Status::Required, "required"),
        part(Status::MayApply, "may"),
        part(Status::Undecided, "undecided"),
    ];
    let mut lead = event(speech);
    if signatures.places > 0 {
        lead.push(signatures.told(speech, "sheet.signatures").text);
    }
    let not_needed = not_needed(speech, determination, discretion);
    let known = known(speech, discretion);
    let checked = sheet(speech, determination, lead, parts, not_needed, known, case);
    CheckSheet { slip: slip_part(speech, slip), ..checked }
}

/// The case slip, or the line that says why there is none.
fn slip_part(speech: &Speech<'_>, slip: &Slip) -> Option<SlipPart> {
    let word = |word: &str| speech.ja(&format!("sheet.check.slip{word}"));
    let (words, codes) = match slip {
        Slip::NoCase => return None,
        Slip::NoKey => (vec![word(".no_key")], Vec::new()),
        Slip::NotCarried => (vec![word(".not_carried")], Vec::new()),
        Slip::Codes(codes) => (vec![word(".words")], codes.pictures.clone()),
    };
    let of = codes.len();
    let picture = |(number, picture): (usize, Modules)| CodePicture {
        size: picture.size,
        dark: picture.bits,
        caption: format!("{number}／{of}"),
    };
    let codes = (1..).zip(codes).map(picture).collect();
    Some(SlipPart { heading: word(""), words, codes })
}

/// The sheet with every procedure of the pack and nobody's data, for the day on which no machine runs.
pub(super) fn blank_check(speech: &Speech<'_>, determination: &Determination) -> CheckSheet {
    let line = |row: &ProcedureRow| CheckLine {
        procedure: speech.procedure(&row.id).text,
        about: vec![row.law.clone()],
        place: vec![speech.office(&row.office).text, speech.phone(&row.office)],
        details: row.notes.iter().take(1).map(|note| speech.ja(note)).collect(),
    };
    let rows = speech.pack.procedures.iter().filter(|row| !row.discreet);
    let part = CheckPart { heading: speech.ja("sheet.check.all"), lines: rows.map(line).collect() };
    sheet(speech, determination, Vec::new(), vec![part], Vec::new(), Vec::new(), "")
}

fn sheet(
    speech: &Speech<'_>,
    determination: &Determination,
    lead: Vec<String>,
    parts: Vec<CheckPart>,
    not_needed: Vec<[String; 3]>,
    known: Vec<(String, Vec<[String; 3]>)>,
    case: &str,
) -> CheckSheet {
    let name = |name: &str| speech.ja(&format!("sheet.check.{name}"));
    CheckSheet {
        title: name("title"),
        foot: format!("{} {case}", speech.pack.name).trim_end().to_owned(),
        day: match determination.on.full() {
            Some(_) => speech.day(determination.on).text,
            None => String::new(),
        },
        lead,
        names: ["outcome", "procedure", "place", "reasons"].map(name),
        outcomes: ["accepted", "later", "none"].map(name).to_vec(),
        parts,
        not_needed: (name("not_needed"), ["name", "whom", "reason"].map(name), not_needed),
        facts: (name("facts"), ["fact", "value", "source"].map(name)),
        known,
        signatures: ["receptionist", "second", "resident"].map(name).to_vec(),
        remarks: name("remarks"),
        slip: None,
    }
}

/// The case's event in words.
fn event(speech: &Speech<'_>) -> Vec<String> {
    let subject = Subject::Case;
    let event = speech.facts.value(&subject, "event");
    let told = event.map(|value| value_text(speech.pack, JA, "event", value, speech.on));
    let people = speech.facts.people().iter().map(|person| person.id.clone()).collect::<Vec<_>>();
    let people = names(speech.facts, &people).join("、");
    told.into_iter().chain(Some(people)).filter(|words| !words.is_empty()).collect()
}

/// Decisions that say the same of several people, once.
fn merged(
    determination: &Determination,
    wanted: impl Fn(&Decision) -> bool,
) -> Vec<(Vec<&Decision>, Vec<String>)> {
    let mut merged: Vec<(Vec<&Decision>, Vec<String>)> = Vec::new();
    let shown = determination.decisions.iter().filter(|decision| !decision.discreet);
    for decision in shown.filter(|decision| wanted(decision)) {
        let same = |(others, _): &&mut (Vec<&Decision>, Vec<String>)| {
            let Some(other) = others.first() else { return false };
            let open = decision.status == Status::Undecided && other.status == decision.status;
            other.procedure == decision.procedure
                && other.deadline == decision.deadline
                && other.covered_by == decision.covered_by
                && (open || ids(other) == ids(decision))
        };
        match merged.iter_mut().find(same) {
            Some((decisions, people)) => {
                decisions.push(decision);
                join(people, &decision.people);
            }
            None => merged.push((vec![decision], decision.people.clone())),
        }
    }
    merged
}

/// What a decision says of anybody: its rules and things, without the values of one person.
fn ids(decision: &Decision) -> Vec<&str> {
    let rules = decision.because.iter().map(|reason| reason.rule.as_str());
    rules.chain(decision.bring.iter().map(|thing| thing.id.as_str())).collect()
}

fn line(
    speech: &Speech<'_>,
    discretion: &Discretion,
    outcomes: &Outcomes,
    decisions: &[&Decision],
    people: &[String],
) -> Option<CheckLine> {
    let decision = decisions.first()?;
    let told = |name: &str, words: Vec<String>| {
        let heading = speech.ja(&format!("sheet.check.{name}"));
        let words: Vec<String> = words.into_iter().filter(|one| !one.is_empty()).collect();
        (!words.is_empty()).then(|| format!("{heading}{}", words.join("、")))
    };
    let reasons = reasons(speech, discretion, decision);
    let bring = decision.bring.iter();
    let bring = bring.filter(|thing| !discretion.item(&decision.procedure, &thing.id));
    let open = |id: &&String| speech.pack.procedure(id).is_some_and(|row| !row.discreet);
    let covered = decision.covered_by.as_ref().filter(open).map(|other| {
        speech.words("guide.covered").filled("{procedure}", &speech.procedure(other)).text
    });
    let papers = decision.papers.iter().map(|paper| paper.text.clone()).collect();
    let unsigned = (!decision.signed_off).then(|| speech.ja("sheet.check.unconfirmed"));
    let law = format!("{}{}", decision.law, unsigned.unwrap_or_default());
    let about = [who(speech, people), law];
    let office = speech.office(&decision.office).text;
    let place = [
        speech.days(decision).text,
        format!("{office} {}", speech.phone(&decision.office)).trim_end().to_owned(),
    ];
    let details = [
        told("became", became(speech, outcomes, decisions)),
        told("because", reasons),
        told("missing", missing(speech, discretion, decisions)),
        covered,
        told("bring", bring.map(|thing| thing.text.clone()).collect()),
        told("papers", papers),
    ];
    Some(CheckLine {
        procedure: speech.procedure(&decision.procedure).text,
        about: about.into_iter().filter(|words| !words.is_empty()).collect(),
        place: place.into_iter().filter(|words| !words.is_empty()).collect(),
        details: details.into_iter().flatten().collect(),
    })
}

/// What became of it at this visit, each once.
fn became(speech: &Speech<'_>, outcomes: &Outcomes, decisions: &[&Decision]) -> Vec<String> {
    let mut told: Vec<String> = Vec::new();
    let keys = decisions.iter().map(|one| (one.procedure.clone(), one.people.clone()));
    for outcome in keys.filter_map(|key| outcomes.get(&key)) {
        let until = outcome.until.map(|day| speech.day(day).text).unwrap_or_default();
        let words = speech.ja(&format!("outcome.{}", outcome.kind)).replace("{day}", &until);
        let words = match outcome.note.as_str() {
            "" => words,
            note => format!("{words}（{note}）"),
        };
        if !told.contains(&words) {
            told.push(words);
        }
    }
    told
}

/// Each reason once, in the words of its rule: the values it read stand below, under what is known.
fn reasons(speech: &Speech<'_>, discretion: &Discretion, decision: &Decision) -> Vec<String> {
    let mut reasons: Vec<String> = Vec::new();
    for reason in decision.because.iter().filter(|reason| !discretion.rule(&reason.rule)) {
        let own = speech.ja(&format!("rule.{}", reason.rule));
        // A rule says why something is needed; why it is not, only the values can tell.
        let plain = decision.status != Status::NotNeeded && !own.is_empty();
        let told = if plain { own } else { reason.text.clone() };
        if !told.is_empty() && !reasons.contains(&told) {
            reasons.push(told);
        }
    }
    reasons
}

/// What nobody has said yet, each fact once with those of whom it is missing.
fn missing(speech: &Speech<'_>, discretion: &Discretion, decisions: &[&Decision]) -> Vec<String> {
    let needs = decisions.iter().flat_map(|decision| &decision.needs);
    let mut facts: Vec<(&str, Vec<String>)> = Vec::new();
    for Missing { fact, person } in needs.filter(|need| !discretion.fact(&need.fact)) {
        let people: Vec<String> = person.iter().cloned().collect();
        match facts.iter_mut().find(|(known, _)| known == fact) {
            Some((_, known)) => join(known, &people),
            None => facts.push((fact, people)),
        }
    }
    let told = |(fact, people): (&str, Vec<String>)| {
        let label = label(speech.pack, speech, fact);
        if people.is_empty() { label } else { format!("{label}（{}）", who(speech, &people)) }
    };
    facts.into_iter().map(told).collect()
}

fn label(pack: &Pack, speech: &Speech<'_>, fact: &str) -> String {
    pack.text(JA, &format!("fact.{fact}"), speech.on).unwrap_or(fact).to_owned()
}

/// What is not needed, each procedure once.
fn not_needed(
    speech: &Speech<'_>,
    determination: &Determination,
    discretion: &Discretion,
) -> Vec<[String; 3]> {
    let mut lines: Vec<(&str, Vec<String>, Vec<&Decision>)> = Vec::new();
    let shown = determination.decisions.iter().filter(|decision| !decision.discreet);
    for decision in shown.filter(|decision| decision.status == Status::NotNeeded) {
        match lines.iter_mut().find(|(procedure, ..)| *procedure == decision.procedure) {
            Some((_, people, decisions)) => {
                join(people, &decision.people);
                decisions.push(decision);
            }
            None => {
                lines.push((&decision.procedure, decision.people.clone(), vec![decision]));
            }
        }
    }
    let line = |(procedure, people, decisions): (&str, Vec<String>, Vec<&Decision>)| {
        let why = why_not(speech, discretion, &decisions);
        [speech.procedure(procedure).text, who(speech, &people), why]
    };
    lines.into_iter().map(line).collect()
}

/// The values that decided, when they are the same for all; else the facts they belong to.
fn why_not(speech: &Speech<'_>, discretion: &Discretion, decisions: &[&Decision]) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut rules: Vec<&str> = Vec::new();
    for decision in decisions {
        let reasons = reasons(speech, discretion, decision).join("、");
        if !told.contains(&reasons) {
            told.push(reasons);
        }
        rules.extend(decision.because.iter().map(|reason| reason.rule.as_str()));
    }
    let mut labels: Vec<String> = Vec::new();
    for row in speech.pack.rules.iter().filter(|row| rules.contains(&row.id.as_str())) {
        for condition in row.conditions.iter().filter(|one| !discretion.fact(&one.fact)) {
            let label = label(speech.pack, speech, &condition.fact);
            if !labels.contains(&label) {
                labels.push(label);
            }
        }
    }
    match (told.as_slice(), labels.as_slice()) {
        ([one], _) => one.clone(),
        (several, []) => several.join("、"),
        (_, labels) => labels.join("・"),
    }
}

/// Names as the staff write them.
fn who(speech: &Speech<'_>, people: &[String]) -> String {
    let all = speech.facts.people();
    if all.len() <= 1 {
        return String::new();
    }
    if all.iter().all(|person| people.contains(&person.id)) {
        return speech.ja("sheet.everyone");
    }
    names(speech.facts, people).join("、")
}

/// What is known of the case and of each person, with its source; nothing discreet.
fn known(speech: &Speech<'_>, discretion: &Discretion) -> Vec<(String, Vec<[String; 3]>)> {
    let whole = (speech.ja("sheet.check.case"), of(speech, discretion, &Subject::Case));
    let people = speech.facts.people().iter().map(|person| {
        let name = names(speech.facts, std::slice::from_ref(&person.id)).concat();
        (name, of(speech, discretion, &Subject::Person(person.id.clone())))
    });
    std::iter::once(whole).chain(people).collect()
}

fn of(speech: &Speech<'_>, discretion: &Discretion, subject: &Subject) -> Vec<[String; 3]> {
    let questions = &speech.pack.questions;
    let mut known: Vec<&str> =
        speech.facts.known(subject).filter(|fact| !discretion.fact(fact)).collect();
    known.sort_by_key(|fact| {
        (questions.iter().position(|row| row.fact == *fact).unwrap_or(usize::MAX), *fact)
    });
    let told = |fact: &str| {
        let stated = speech.facts.get(subject, fact)?;
        let answer = match &stated.answer {
            Answer::Known(value) => Answer::Known(value.shared(speech.pack)?),
            other => other.clone(),
        };
        let value = said(speech, speech.facts, fact, &answer);
        let source = speech.ja(&format!("sheet.source.{}", stated.source.id()));
        Some([label(speech.pack, speech, fact), value, source])
    };
    known.into_iter().filter_map(told).collect()
}

/// An answer in words.
pub(super) fn said(speech: &Speech<'_>, facts: &FactSet, fact: &str, answer: &Answer) -> String {
    match answer {
        Answer::Known(kakanai_rules::Value::PersonId(person)) => {
            names(facts, std::slice::from_ref(person)).concat()
        }
        Answer::Known(value) => value_text(speech.pack, JA, fact, value, speech.on),
        Answer::Unknown => speech.ja("word.unknown"),
        Answer::Declined => speech.ja("word.declined"),
    }
}
