//! The set for the day on which no machine runs (停電時の用紙一式): every form empty, the questions of every life event,
//! and the staff's sheet with every procedure.

use std::collections::BTreeSet;

use jiff::civil::Date;
use kakanai_forms::sheets::blank::{BlankQuestion, QuestionPart, QuestionSheet, question_paper};
use kakanai_forms::sheets::check::check_paper;
use kakanai_forms::{FontSet, lay_out_blank};
use kakanai_rules::{
    Answer, Detail, Engine, Fact, FactSet, FactType, Pack, Question, Source, Status, Subject, Value,
};

use super::speech::{JA, Speech};
use super::{CHECK, Packet, PacketPaper, PaperError, check, signature_places, template};

/// Whose answers the columns of the table take, and how many there are.
const SOMEBODY: &str = "p1";
const PEOPLE: usize = 6;

/// The members of the household are asked by the columns of the table.
const MEMBERS: &str = "people";

/// Every form, question sheet and check sheet of a pack, empty.
///
/// # Errors
/// [`PaperError`]; what one paper lacks is a refusal in the packet instead.
pub fn blank_set(pack: &Pack, on: Date, fonts: &FontSet) -> Result<Packet, PaperError> {
    let mut packet = Packet::default();
    for form in pack.forms.keys() {
        let template = template(pack, form)?;
        let title = pack.text(JA, &format!("form.{form}"), on).unwrap_or(&template.title);
        let Some(made) = packet.taken(lay_out_blank(&template, fonts))? else { continue };
        packet.papers.push(PacketPaper {
            id: form.clone(),
            form: form.clone(),
            title: title.to_owned(),
            people: Vec::new(),
            signatures: signature_places(&template),
            origins: Vec::new(),
            tray: template.tray.clone(),
            paper: made,
        });
    }
    let engine = Engine::new(pack);
    for event in pack.choices.iter().filter(|row| row.fact == "event" && !row.retired) {
        let facts = about(&event.value);
        let speech = Speech::new(pack, &facts, on, JA);
        let sheet = questions(&engine, &speech, &event.value);
        let id = format!("questions-{}", event.value);
        packet.add(&id, &sheet.title, question_paper(&sheet, fonts))?;
    }
    let nobody = FactSet::unfinished();
    let determination = engine.determine(&nobody, on, JA);
    let sheet = check::blank_check(&Speech::new(pack, &nobody, on, JA), &determination);
    packet.add(CHECK, &sheet.title, check_paper(&sheet, fonts))?;
    Ok(packet)
}

/// A household of which nothing is known but why it came.
fn about(event: &str) -> FactSet {
    let mut facts = FactSet::unfinished();
    facts.add_person(SOMEBODY);
    let answer = Answer::Known(Value::Choice(event.to_owned()));
    let event = Fact { answer, source: Source::Pack, settles: false };
    facts.state(&Subject::Case, "event", event);
    facts
}

fn questions(engine: &Engine<'_>, speech: &Speech<'_>, event: &str) -> QuestionSheet {
    let asked = asked(engine, speech);
    let name = |name: &str| speech.ja(&format!("sheet.blank.{name}"));
    let event = speech.ja(&format!("choice.event.{event}"));
    let of = |private: bool, personal: bool| {
        let wanted = |(found, _): &&(Question, BlankQuestion)| {
            found.private == private && found.person.is_some() == personal
        };
        asked.iter().filter(wanted).map(|(_, blank)| blank.clone()).collect::<Vec<_>>()
    };
    let part = |heading: &str, private: bool, personal: bool| {
        let mut columns = vec![name("question")];
        match personal {
            true => columns.extend((1..=PEOPLE).map(|person| person.to_string())),
            false => columns.push(name("answer")),
        }
        let questions = of(private, personal);
        QuestionPart { heading: name(heading), columns, apart: false, questions }
    };
    let mut private = vec![part("private", true, false), part("private_people", true, true)];
    private.retain(|part| !part.questions.is_empty());
    // A page of its own, so that it can be kept apart.
    if let Some(first) = private.first_mut() {
        first.apart = true;
    }
    let mut parts = vec![part("case", false, false), part("people", false, true)];
    parts.extend(private);
    QuestionSheet {
        title: format!("{} {event}", name("title")),
        foot: speech.pack.name.clone(),
        lead: vec![name("lead")],
        parts,
    }
}

/// What an event may have to ask, in the pack's order. Discreet questions stand on no paper.
fn asked(engine: &Engine<'_>, speech: &Speech<'_>) -> Vec<(Question, BlankQuestion)> {
    let (facts, on) = (speech.facts, speech.on);
    let open = engine.questions(facts, on, JA, Detail::All);
    let mut wanted: BTreeSet<String> = open.into_iter().map(|question| question.fact).collect();
    for decision in engine.determine(facts, on, JA).decisions {
        let row = speech.pack.procedure(&decision.procedure);
        if let Some(row) = row.filter(|row| !row.discreet && decision.status != Status::NotNeeded) {
            wanted.extend(row.asks.iter().cloned());
        }
    }
    wanted.remove(MEMBERS);
    let subjects = [Subject::Person(SOMEBODY.to_owned()), Subject::Case];
    let about = |fact: &str| {
        subjects.iter().find_map(|subject| engine.question_about(facts, on, JA, subject, fact))
    };
    let rows = speech.pack.questions.iter().filter(|row| !row.retired);
    rows.filter(|row| wanted.contains(&row.fact))
        .filter_map(|row| about(&row.fact))
        .map(|question| {
            let blank = blank(speech, &question);
            (question, blank)
        })
        .collect()
}

fn blank(speech: &Speech<'_>, question: &Question) -> BlankQuestion {
    let somebody = speech.ja("sheet.blank.person");
    let addressed = speech.words("sheet.person").japanese().to_owned();
    let text = question.text.replace(&addressed, &somebody).replace("{name}", &somebody);
    let choices = match question.kind.as_str() {
        "yes-no" if question.choices.is_empty() => {
            ["word.yes", "word.no"].map(|word| speech.ja(word)).to_vec()
        }
        // Who is meant stands in the columns; nobody of a household is known here.
        _ if is_person(speech.pack, &question.fact) => Vec::new(),
        _ => question.choices.iter().map(|choice| choice.text.clone()).collect(),
    };
    BlankQuestion { text: format!("{}．{text}", question.number), choices }
}

fn is_person(pack: &Pack, fact: &str) -> bool {
    pack.vocabulary().get(fact).is_some_and(|def| def.kind == FactType::PersonId)
}
