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
    let mut packet = Packet { papers: Vec::new(), apart: Vec::new(), refusals: Vec::new() };
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
    let (of_case, of_people, private) = asked(engine, speech);
    let name = |name: &str| speech.ja(&format!("sheet.blank.{name}"));
    let event = speech.ja(&format!("choice.event.{event}"));
    let columns = |first: &str| vec![name(first), name("answer")];
    let mut people_columns = vec![name("question")];
    people_columns.extend((1..=PEOPLE).map(|person| person.to_string()));
    QuestionSheet {
        title: format!("{}（{event}）", name("title")),
        foot: speech.pack.name.clone(),
        lead: vec![name("lead")],
        parts: vec![
            QuestionPart {
                heading: name("case"),
                columns: columns("question"),
                apart: false,
                questions: of_case,
            },
            QuestionPart {
                heading: name("people"),
                columns: people_columns.clone(),
                apart: false,
                questions: of_people,
            },
            QuestionPart {
                heading: name("private"),
                columns: people_columns,
                apart: true,
                questions: private,
            },
        ],
    }
}

/// What an event may have to ask, in the pack's order: of the household, of each person, and what is private.
/// Discreet questions stand on no paper.
fn asked(
    engine: &Engine<'_>,
    speech: &Speech<'_>,
) -> (Vec<BlankQuestion>, Vec<BlankQuestion>, Vec<BlankQuestion>) {
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
    let (mut of_case, mut of_people, mut private) = (Vec::new(), Vec::new(), Vec::new());
    let rows = speech.pack.questions.iter().filter(|row| !row.retired);
    for row in rows.filter(|row| wanted.contains(&row.fact)) {
        let person = Subject::Person(SOMEBODY.to_owned());
        let found = [person, Subject::Case]
            .iter()
            .find_map(|subject| engine.question_about(facts, on, JA, subject, &row.fact));
        let Some(question) = found else { continue };
        let blank = blank(speech, &question);
        match (question.private, question.person.is_some()) {
            (true, _) => private.push(blank),
            (false, true) => of_people.push(blank),
            (false, false) => of_case.push(blank),
        }
    }
    (of_case, of_people, private)
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
