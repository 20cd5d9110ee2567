//! From decisions to papers: which forms are due, filled for whom, in one packet.
//!
//! A paper that several procedures share is made once. Nothing is written to a disk here.

use jiff::civil::Date;
use kakanai_forms::{
    FieldValue, FontSet, GuideLine, GuideSheet, LayoutError, Paper, PdfError, Refusal, Settlements,
    Template, Values, guide_paper, lay_out, packet_pdf,
};
use kakanai_rules::{
    Decision, Determination, FactSet, Pack, Status, Subject, Value, complete, date_text,
};
use kakanai_text::PartialDate;

use crate::settings::Settings;

/// The form id of the sheet that the resident keeps (手続のご案内).
pub const GUIDE: &str = "guide";

/// The language of the forms themselves.
const PAPER_LANG: &str = "ja";

/// Places that a text of the pack leaves open.
const PROCEDURE: &str = "{procedure}";
const DAY: &str = "{day}";

/// Why papers could not be made at all.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The pack has no such form.
    #[error("the pack has no form {form}")]
    NoForm {
        /// The form's id.
        form: String,
    },
    /// Fonts are missing or damaged.
    #[error("the fonts cannot be used")]
    Fonts(#[source] kakanai_forms::FontError),
    /// The PDF could not be written.
    #[error("the PDF could not be written")]
    Pdf(#[from] PdfError),
}

impl PaperError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PaperError::NoForm { .. } => "form-unknown",
            PaperError::Fonts(_) => "fonts-missing",
            PaperError::Pdf(error) => error.code(),
        }
    }
}

/// One paper of the packet.
pub struct PacketPaper {
    /// Key within the case: form id, and for a paper of one person `form/person`.
    pub id: String,
    /// Form id.
    pub form: String,
    /// Title in the language of the screen.
    pub title: String,
    /// The people it is for.
    pub people: Vec<String>,
    /// Places to sign.
    pub signatures: usize,
    /// The laid-out paper.
    pub paper: Paper,
}

/// All papers of a case.
pub struct Packet {
    /// Papers that can be printed, the sheet to keep last.
    pub papers: Vec<PacketPaper>,
    /// Findings that keep other papers from being made.
    pub refusals: Vec<Refusal>,
}

/// Opens the fonts that the settings name.
///
/// # Errors
/// [`PaperError::Fonts`].
pub fn fonts(settings: &Settings) -> Result<FontSet, PaperError> {
    let own: Vec<_> = settings.own_fonts.iter().cloned().collect();
    let set = match &settings.fonts {
        Some(folders) => FontSet::open(folders, &own),
        None => FontSet::open(&kakanai_forms::DEBIAN_FOLDERS.map(std::path::PathBuf::from), &own),
    };
    set.map_err(PaperError::Fonts)
}

/// Lays out every paper that the decisions ask for; `only` names forms to restrict it to.
///
/// # Errors
/// [`PaperError`]; what one paper lacks is a refusal in the packet instead.
pub fn prepare(
    pack: &Pack,
    facts: &FactSet,
    determination: &Determination,
    fonts: &FontSet,
    only: &[String],
    lang: &str,
) -> Result<Packet, PaperError> {
    let on = day(determination);
    let facts = complete(pack, facts, on).into_owned();
    let mut packet = Packet { papers: Vec::new(), refusals: Vec::new() };
    let wanted = |form: &str| only.is_empty() || only.iter().any(|id| id == form);
    if let Some(form) = only.iter().find(|form| *form != GUIDE && !pack.forms.contains_key(*form)) {
        return Err(PaperError::NoForm { form: form.clone() });
    }
    for (form, people) in due(determination).into_iter().filter(|(form, _)| wanted(form)) {
        let text =
            pack.forms.get(&form).ok_or_else(|| PaperError::NoForm { form: form.clone() })?;
        let template =
            Template::parse(text, &form).map_err(|_| PaperError::NoForm { form: form.clone() })?;
        let values = CaseValues { pack, facts: &facts, people: &people, on };
        match lay_out(&template, &values, fonts, &Settlements::default()) {
            Ok(papers) => {
                let title = pack
                    .text(lang, &format!("form.{form}"), on)
                    .unwrap_or(&template.title)
                    .to_owned();
                packet.papers.extend(papers.into_iter().map(|paper| PacketPaper {
                    id: key(&form, &template, &paper),
                    form: form.clone(),
                    title: title.clone(),
                    people: paper.people.clone(),
                    signatures: template.signatures.len(),
                    paper,
                }));
            }
            Err(LayoutError::Refused(refusals)) => packet.refusals.extend(refusals.0),
            Err(LayoutError::Font(error)) => return Err(PaperError::Fonts(error)),
        }
    }
    if wanted(GUIDE) {
        let guide = guide(pack, &facts, determination, lang);
        match guide_paper(&guide, fonts) {
            Ok(paper) => packet.papers.push(PacketPaper {
                id: GUIDE.to_owned(),
                form: GUIDE.to_owned(),
                title: guide.title,
                people: facts.people().iter().map(|person| person.id.clone()).collect(),
                signatures: 0,
                paper,
            }),
            Err(LayoutError::Refused(refusals)) => packet.refusals.extend(refusals.0),
            Err(LayoutError::Font(error)) => return Err(PaperError::Fonts(error)),
        }
    }
    Ok(packet)
}

impl Packet {
    /// One PDF of the papers with these keys (all when empty), in order.
    ///
    /// # Errors
    /// [`PaperError::Pdf`].
    pub fn pdf(&self, keys: &[String], fonts: &FontSet) -> Result<Vec<u8>, PaperError> {
        let papers: Vec<Paper> = self
            .papers
            .iter()
            .filter(|paper| keys.is_empty() || keys.contains(&paper.id))
            .map(|paper| paper.paper.clone())
            .collect();
        Ok(packet_pdf(&papers, "kakanai", fonts)?)
    }
}

fn key(form: &str, template: &Template, paper: &Paper) -> String {
    match (template.scope, paper.people.first()) {
        (kakanai_forms::template::Scope::Person, Some(person)) => format!("{form}/{person}"),
        _ => form.to_owned(),
    }
}

/// The forms that are due with the people they are for, in the order of the decisions.
fn due(determination: &Determination) -> Vec<(String, Vec<String>)> {
    let mut due: Vec<(String, Vec<String>)> = Vec::new();
    for decision in
        determination.decisions.iter().filter(|decision| decision.status == Status::Required)
    {
        for paper in &decision.papers {
            match due.iter_mut().find(|(form, _)| *form == paper.form) {
                None => due.push((paper.form.clone(), paper.people.clone())),
                Some((_, people)) => {
                    for person in &paper.people {
                        if !people.contains(person) {
                            people.push(person.clone());
                        }
                    }
                }
            }
        }
    }
    due
}

/// The facts of a case as papers ask for them.
struct CaseValues<'a> {
    pack: &'a Pack,
    facts: &'a FactSet,
    people: &'a [String],
    on: Date,
}

impl CaseValues<'_> {
    fn with(&self, fact: &str, value: &str) -> Option<String> {
        let matches = |person: &&kakanai_rules::Person| match self
            .facts
            .value(&Subject::Person(person.id.clone()), fact)
        {
            Some(Value::Choice(choice)) => choice == value,
            Some(Value::YesNo(yes)) => *yes == (value == "yes"),
            _ => false,
        };
        self.facts.people().iter().find(matches).map(|person| person.id.clone())
    }

    /// The relation as the resident record writes it (標準仕様 1.1.11), where the pack has words for it: with the
    /// sex, else for either. What cannot be told from the choice alone stays blank for the clerk.
    fn relation(&self, person: &Subject) -> Option<String> {
        let choice = |fact: &str| match self.facts.value(person, fact) {
            Some(Value::Choice(id)) => Some(id.as_str()),
            _ => None,
        };
        let relation = format!("paper.relation.{}", choice("relation")?);
        let text = |id: &str| self.pack.text(PAPER_LANG, id, self.on);
        choice("sex")
            .and_then(|sex| text(&format!("{relation}.{sex}")))
            .or_else(|| text(&relation))
            .map(str::to_owned)
    }

    fn first(&self) -> Option<String> {
        self.facts.people().first().map(|person| person.id.clone())
    }

    fn head(&self) -> Option<String> {
        self.with("relation", "head").or_else(|| self.first())
    }

    /// Whom a namespace stands for.
    fn someone(&self, namespace: &str, person: Option<&str>) -> Option<String> {
        let claimant = || self.with("child_allowance_earner", "yes").or_else(|| self.head());
        match namespace {
            "person" => person.map(str::to_owned),
            "head" => self.head(),
            "visitor" => match self.facts.value(&Subject::Case, "visitor_person") {
                Some(Value::PersonId(id)) => Some(id.clone()),
                _ => self.first(),
            },
            "claimant" => claimant(),
            // The claimant and the spouse are the head and the member related as spouse, either way round.
            "spouse" => {
                let spouse = self.with("relation", "spouse")?;
                if claimant().as_ref() == Some(&spouse) {
                    self.with("relation", "head")
                } else {
                    Some(spouse)
                }
            }
            _ => None,
        }
    }
}

impl Values for CaseValues<'_> {
    fn value(&self, source: &str, person: Option<&str>) -> FieldValue {
        let Some((namespace, fact)) = source.split_once('.') else { return FieldValue::Missing };
        if source == "form.today" || source == "case.counter_date" {
            return FieldValue::Date(self.on.into());
        }
        let fact = match source {
            "form.moved_on" if self.facts.value(&Subject::Case, "move_date").is_none() => {
                "change_date"
            }
            "form.moved_on" => "move_date",
            _ => fact,
        };
        let subject = match namespace {
            "case" => Subject::Case,
            "form" if source == "form.moved_on" => Subject::Case,
            _ => match self.someone(namespace, person) {
                Some(id) => Subject::Person(id),
                None => return FieldValue::Missing,
            },
        };
        match self.facts.value(&subject, fact) {
            None if fact == "relation_text" => {
                self.relation(&subject).map_or(FieldValue::Missing, FieldValue::Text)
            }
            None => FieldValue::Missing,
            Some(Value::YesNo(yes)) => FieldValue::YesNo(*yes),
            Some(Value::Choice(id) | Value::PersonId(id)) => FieldValue::Choice(id.clone()),
            Some(Value::Choices(ids)) => FieldValue::Choices(ids.clone()),
            Some(Value::Date(date)) => FieldValue::Date(*date),
            Some(Value::Number(number)) => FieldValue::Number(*number),
            Some(Value::Text(text)) => FieldValue::Text(text.clone()),
            Some(Value::DoneList(_)) => FieldValue::Missing,
        }
    }

    fn people(&self) -> Vec<String> {
        self.people.to_vec()
    }
}

fn guide(pack: &Pack, facts: &FactSet, determination: &Determination, lang: &str) -> GuideSheet {
    let on = day(determination);
    let of = |wanted: &dyn Fn(&Decision) -> bool| -> Vec<GuideLine> {
        determination
            .decisions
            .iter()
            .filter(|decision| wanted(decision) && !decision.discreet)
            .map(|decision| guide_line(pack, facts, decision, lang, on))
            .collect()
    };
    let covered = |decision: &Decision| decision.covered_by.is_some();
    GuideSheet {
        title: pack.text(lang, "guide.title", on).unwrap_or(GUIDE).to_owned(),
        municipality: pack.name.clone(),
        today: determination.on,
        household: facts.people().len(),
        done: of(&covered),
        later: of(&|decision| decision.status == Status::Required && !covered(decision)),
        may: of(&|decision| matches!(decision.status, Status::MayApply | Status::Undecided)),
    }
}

fn guide_line(
    pack: &Pack,
    facts: &FactSet,
    decision: &Decision,
    lang: &str,
    on: Date,
) -> GuideLine {
    let mut note: Vec<String> = Vec::new();
    if let Some(other) = &decision.covered_by {
        let covered = pack.text(lang, "guide.covered", on).unwrap_or(PROCEDURE);
        note.push(covered.replace(PROCEDURE, &title(pack, lang, other, on)));
    }
    if decision.status == Status::Undecided {
        note.push(pack.text(lang, "guide.undecided", on).unwrap_or_default().to_owned());
    } else {
        // The first remark is the resident's; the clerk's screen has them all.
        note.extend(decision.notes.first().cloned());
    }
    GuideLine {
        procedure: title(pack, lang, &decision.procedure, on),
        for_whom: names(facts, &decision.people).join("、"),
        office: office(pack, lang, &decision.office, on),
        deadline: decision.deadline.map(|day| deadline_text(pack, lang, day, on)),
        bring: decision.bring.iter().map(|thing| thing.text.clone()).collect(),
        note: Some(note.join("")).filter(|note| !note.is_empty()),
    }
}

/// The day of the decisions; one that is none chooses the first versions of texts.
fn day(determination: &Determination) -> Date {
    determination.on.full().unwrap_or(Date::ZERO)
}

/// A procedure's title.
pub fn title(pack: &Pack, lang: &str, procedure: &str, on: Date) -> String {
    let id = format!("procedure.{procedure}");
    pack.text(lang, &id, on).unwrap_or(procedure).to_owned()
}

/// An office with its place.
pub fn office(pack: &Pack, lang: &str, id: &str, on: Date) -> String {
    let text = format!("office.{id}");
    let name = pack.text(lang, &text, on).unwrap_or(id);
    match pack.office(id, on) {
        Some(office) if !office.place.is_empty() => format!("{name} {}", office.place),
        _ => name.to_owned(),
    }
}

/// A last day in words.
pub fn deadline_text(pack: &Pack, lang: &str, day: PartialDate, on: Date) -> String {
    pack.text(lang, "word.until", on).unwrap_or(DAY).replace(DAY, &date_text(lang, day))
}

/// The names of people; an id where no name is known.
pub fn names(facts: &FactSet, people: &[String]) -> Vec<String> {
    people
        .iter()
        .map(|id| match facts.value(&Subject::Person(id.clone()), "name") {
            Some(Value::Text(name)) => name.clone(),
            _ => id.clone(),
        })
        .collect()
}
