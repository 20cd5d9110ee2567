//! The rows of the files: for which people and procedures, and the fields of each.

use jiff::civil::Date;
use kakanai_rules::pack::{DoneAt, HandoverColumn, HandoverFile, HandoverSource, RowsOf};
use kakanai_rules::{Decision, Determination, Engine, Pack, Status, Value, Vocabulary};

use crate::format::{LANG, Writing};

/// Where the values of a case come from.
pub trait Sources {
    /// The people, in their order.
    fn people(&self) -> Vec<String>;

    /// The value of a source (`case.move_date`, `person.name`, `form.today`); `None` while it is not known. `person` is
    /// whose row it is.
    fn value(&self, source: &str, person: Option<&str>) -> Option<Value>;
}

/// One file with the rows that it gets.
pub struct Table<'a> {
    pub file: &'a HandoverFile,
    pub columns: Vec<Column<'a>>,
    pub rows: Vec<Row<'a>>,
}

/// A column with what its source is; `None` for one that the pack's vocabulary does not have.
pub struct Column<'a> {
    pub column: &'a HandoverColumn,
    pub source: Option<HandoverSource>,
}

/// Whose row it is.
pub struct Row<'a> {
    pub person: Option<String>,
    pub decision: Option<&'a Decision>,
}

/// The files of a case that have rows, in their order.
pub fn tables<'a>(
    engine: &Engine<'a>,
    determination: &'a Determination,
    sources: &dyn Sources,
    on: Date,
) -> Vec<Table<'a>> {
    let events = events(sources);
    let wanted = |file: &&HandoverFile| {
        file.events.is_empty() || file.events.iter().any(|event| events.contains(event))
    };
    let pack = engine.pack();
    let mut files: Vec<_> = pack.handover.files.iter().filter(wanted).collect();
    files.sort_by_key(|file| file.order);
    files
        .into_iter()
        .map(|file| Table {
            file,
            columns: columns(pack, engine.vocabulary(), file, on),
            rows: rows(file, determination, sources),
        })
        .filter(|table| !table.rows.is_empty() && !table.columns.is_empty())
        .collect()
}

/// The columns of a file on a day.
pub fn columns<'a>(
    pack: &'a Pack,
    vocabulary: &Vocabulary,
    file: &HandoverFile,
    on: Date,
) -> Vec<Column<'a>> {
    let columns = pack.handover.columns_of(&file.id, on).into_iter();
    columns
        .map(|column| Column {
            column,
            source: HandoverSource::of(&column.source, vocabulary)
                .filter(|source| source.rows.contains(&file.rows)),
        })
        .collect()
}

fn events(sources: &dyn Sources) -> Vec<String> {
    let mut events = Vec::new();
    if let Some(Value::Choice(event)) = sources.value("case.event", None) {
        events.push(event);
    }
    if let Some(Value::Choices(also)) = sources.value("case.also_events", None) {
        events.extend(also);
    }
    events
}

/// Whether a file is written for a decision: one that the household has to file, or any for a list of procedures.
fn counts(file: &HandoverFile, decision: &Decision) -> bool {
    let named = |pattern: &String| match pattern.strip_suffix('*') {
        Some(start) => decision.procedure.starts_with(start),
        None => decision.procedure == *pattern,
    };
    let decided = match file.rows {
        RowsOf::Procedure => decision.status != Status::NotNeeded,
        RowsOf::Case | RowsOf::Person => decision.status == Status::Required,
    };
    decided
        && !decision.discreet
        && (file.procedures.is_empty() || file.procedures.iter().any(named))
}

fn rows<'a>(
    file: &HandoverFile,
    determination: &'a Determination,
    sources: &dyn Sources,
) -> Vec<Row<'a>> {
    let decisions: Vec<&Decision> =
        determination.decisions.iter().filter(|decision| counts(file, decision)).collect();
    let of_person = |person: String| Row { person: Some(person), decision: None };
    match file.rows {
        RowsOf::Case if file.procedures.is_empty() || !decisions.is_empty() => {
            vec![Row { person: None, decision: None }]
        }
        RowsOf::Case => Vec::new(),
        RowsOf::Person if file.procedures.is_empty() => {
            moving(sources).into_iter().map(of_person).collect()
        }
        RowsOf::Person => {
            let concerned =
                |person: &String| decisions.iter().any(|decision| decision.people.contains(person));
            sources.people().into_iter().filter(concerned).map(of_person).collect()
        }
        RowsOf::Procedure => decisions
            .into_iter()
            .flat_map(|decision| {
                let people: Vec<Option<String>> = match decision.people.as_slice() {
                    [] => vec![None],
                    people => people.iter().cloned().map(Some).collect(),
                };
                people.into_iter().map(move |person| Row { person, decision: Some(decision) })
            })
            .collect(),
    }
}

/// Those who move; everybody when nobody does.
fn moving(sources: &dyn Sources) -> Vec<String> {
    let people = sources.people();
    let moves =
        |person: &&String| sources.value("person.moving", Some(person)) == Some(Value::YesNo(true));
    let moving: Vec<String> = people.iter().filter(moves).cloned().collect();
    if moving.is_empty() { people } else { moving }
}

/// The value of a source in a row.
pub fn value(
    writing: &Writing<'_>,
    sources: &dyn Sources,
    row: &Row<'_>,
    source: &str,
) -> Option<Value> {
    let Some(about) = source.strip_prefix("procedure.") else {
        return sources.value(source, row.person.as_deref())?.shared(writing.pack);
    };
    let decision = row.decision?;
    let text = |text: &str| Some(Value::Text(text.to_owned()));
    let choice = |id: &str| Some(Value::Choice(id.to_owned()));
    let title =
        |key: String, id: &str| text(writing.pack.text(LANG, &key, writing.on).unwrap_or(id));
    match about {
        "id" => text(&decision.procedure),
        "title" => title(format!("procedure.{}", decision.procedure), &decision.procedure),
        "status" => choice(decision.status.id()),
        "deadline" => decision.deadline.map(Value::Date),
        "office" => text(&decision.office),
        "office_title" => title(format!("office.{}", decision.office), &decision.office),
        "outcome" => choice(outcome(decision)),
        "covered_by" => {
            let notice = writing.pack.procedure(decision.covered_by.as_deref()?)?;
            text(&notice.id).filter(|_| !notice.discreet)
        }
        "law" => text(&decision.law),
        _ => None,
    }
}

/// What the counter did with a procedure (取扱い): filed here, by the notice of another one, handed out or told.
fn outcome(decision: &Decision) -> &'static str {
    match (decision.status, &decision.covered_by, decision.done_at) {
        (Status::Undecided | Status::NotNeeded, ..) => "open",
        (Status::MayApply, ..) => "offered",
        (Status::Required, Some(_), _) => "covered",
        (Status::Required, None, DoneAt::Here) => "here",
        (Status::Required, None, DoneAt::Paper) => "paper",
        (Status::Required, None, DoneAt::Elsewhere) => "elsewhere",
    }
}
