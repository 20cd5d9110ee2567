//! From decisions to papers: the forms that are due and the sheets around them, in one packet and apart from it.
//!
//! A paper that several procedures share is made once. What is discreet stands on one paper alone, which lies in
//! no packet. Nothing is written to a disk here.

mod blank;
mod check;
mod counters;
mod discreet;
mod discretion;
mod due;
mod fees;
mod fields;
mod guide;
mod household;
mod leaflet;
mod list;
mod packet;
mod speech;
mod template;
mod tenki;
mod values;
mod visit;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use jiff::civil::Date;
use kakanai_forms::sheets::Words;
use kakanai_forms::sheets::check::check_paper;
use kakanai_forms::sheets::counters::counters_paper;
use kakanai_forms::sheets::discreet::discreet_paper;
use kakanai_forms::sheets::fees::fees_paper;
use kakanai_forms::sheets::guide::guide_paper;
use kakanai_forms::sheets::tenki::tenki_paper;
use kakanai_forms::template::Scope;
use kakanai_forms::{
    BlankError, FontSet, LayoutError, Paper, PdfError, Refusal, Template, lay_out,
};
use kakanai_rules::{Determination, Engine, FactSet, Pack, Subject, Value, date_text};
use kakanai_text::PartialDate;

use crate::characters::{self, Finding, OnForm, Settled};
use crate::event::Outcomes;
use crate::settings::Settings;
use crate::slip::Slip;
use discretion::Discretion;
use due::{Asked, Due, due, offered, signature_places};
use speech::Speech;
use values::CaseValues;

pub use blank::blank_set;
pub use fields::Origin;
pub(crate) use household::Household;
pub use leaflet::leaflet;
pub(crate) use list::list;
pub use packet::{Packet, PacketPaper};
pub(crate) use template::{put_on, template};

/// The list that the resident keeps (ご家族の手続きリスト).
pub const GUIDE: &str = "guide";
/// The sheet of counters (窓口案内シート).
pub const COUNTERS: &str = "counters";
/// The sheet of fees (手数料票).
pub const FEES: &str = "fees";
/// The staff's sheet of a case (手続きチェックシート).
pub const CHECK: &str = "check";
/// The sheet to copy from (転記シート).
pub const TENKI: &str = "tenki";
/// The sheet for one pair of eyes (配慮シート).
pub const DISCREET: &str = "discreet";

/// Sheets that are no forms; no form of a pack may have one of these ids.
const SHEETS: [&str; 6] = [FEES, COUNTERS, GUIDE, CHECK, TENKI, DISCREET];

/// Places that a text of the pack leaves open.
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
    /// The page of a form is missing.
    #[error("the page of a form is missing")]
    Blank(#[from] BlankError),
}

impl PaperError {
    /// Stable code.
    pub fn code(&self) -> &'static str {
        match self {
            PaperError::NoForm { .. } => "form-unknown",
            PaperError::Fonts(_) => "fonts-missing",
            PaperError::Pdf(error) => error.code(),
            PaperError::Blank(error) => error.code(),
        }
    }
}

/// What papers are made from.
#[derive(Debug, Clone, Copy)]
pub struct Visit<'a> {
    /// The pack, ready to decide.
    pub engine: &'a Engine<'a>,
    /// What is known.
    pub facts: &'a FactSet,
    /// The decisions, in the language of the resident's sheets.
    pub determination: &'a Determination,
    /// Language of what the resident keeps; the Japanese stands beside every other.
    pub lang: &'a str,
    /// Number of the case; empty without one.
    pub case: &'a str,
    /// What the clerk chose for characters no font has.
    pub settled: &'a Settled,
    /// The case for the next terminal.
    pub slip: &'a Slip,
    /// What became of procedures at this visit.
    pub outcomes: &'a Outcomes,
}

/// How often the household has to sign, and how many papers ask for it.
#[derive(Debug, Clone, Copy, Default)]
struct Signatures {
    papers: usize,
    places: usize,
}

impl Signatures {
    fn told(self, speech: &Speech<'_>, text: &str) -> Words {
        let number = |number: usize| Words::plain(number.to_string());
        let words = speech.words(text).filled("{papers}", &number(self.papers));
        words.filled("{places}", &number(self.places))
    }
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

/// Lays out every paper that the decisions ask for; `only` names forms and sheets to restrict it to.
///
/// # Errors
/// [`PaperError`]; what one paper lacks is a refusal in the packet instead.
pub fn prepare(visit: &Visit<'_>, fonts: &FontSet, only: &[String]) -> Result<Packet, PaperError> {
    let Visit { engine, determination, .. } = *visit;
    let pack = engine.pack();
    let known = |form: &String| SHEETS.contains(&form.as_str()) || pack.forms.contains_key(form);
    if let Some(form) = only.iter().find(|form| !known(form)) {
        return Err(PaperError::NoForm { form: form.clone() });
    }
    let on = day(determination);
    let facts = engine.complete(visit.facts, on).into_owned();
    let maker = Maker {
        visit: Visit { facts: &facts, ..*visit },
        fonts,
        only,
        discretion: Discretion::of(engine),
        on,
        deduced: engine.deduce(&facts, on),
        templates: RefCell::default(),
    };
    let mut packet = Packet::default();
    let forms = due(pack, determination, Asked::Required);
    let signatures = maker.signatures(&forms)?;
    for due in forms.iter().filter(|due| maker.wanted(&due.form)) {
        let made = maker.form(due, Some(&maker.discretion))?;
        packet.papers.extend(made.papers);
        packet.refusals.extend(made.refusals);
        packet.findings.extend(made.findings);
    }
    maker.offered(&mut packet, &forms)?;
    maker.sheets(&mut packet, signatures)?;
    maker.discreet(&mut packet)?;
    Ok(packet)
}

/// What became of one form.
#[derive(Default)]
struct OfForm {
    papers: Vec<PacketPaper>,
    refusals: Vec<Refusal>,
    findings: Vec<Finding>,
}

/// Makes the papers of one visit.
struct Maker<'a> {
    visit: Visit<'a>,
    fonts: &'a FontSet,
    only: &'a [String],
    discretion: Discretion,
    on: Date,
    /// The facts and what the pack derives from them: what forms print.
    deduced: FactSet,
    /// The templates read so far: each is long, and asked several times.
    templates: RefCell<BTreeMap<String, Rc<Template>>>,
}

impl Maker<'_> {
    fn template(&self, form: &str) -> Result<Rc<Template>, PaperError> {
        if let Some(read) = self.templates.borrow().get(form) {
            return Ok(Rc::clone(read));
        }
        let read = Rc::new(template(self.pack(), form)?);
        self.templates.borrow_mut().insert(form.to_owned(), Rc::clone(&read));
        Ok(read)
    }

    fn pack(&self) -> &Pack {
        self.visit.engine.pack()
    }

    fn wanted(&self, form: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|id| id == form)
    }

    fn signatures(&self, forms: &[Due]) -> Result<Signatures, PaperError> {
        let mut signatures = Signatures::default();
        for due in forms {
            let template = self.template(&due.form)?;
            let (papers, places) = (due.papers(&template), signature_places(&template));
            signatures.places = signatures.places.saturating_add(papers.saturating_mul(places));
            let signed = if places > 0 { papers } else { 0 };
            signatures.papers = signatures.papers.saturating_add(signed);
        }
        Ok(signatures)
    }

    /// The papers of one form, or why they are refused.
    fn form(&self, due: &Due, kept_back: Option<&Discretion>) -> Result<OfForm, PaperError> {
        let Visit { lang, case, settled, .. } = self.visit;
        let pack = self.pack();
        let facts = &self.deduced;
        let template = self.template(&due.form)?;
        let version = template.version;
        let values = CaseValues { pack, facts, on: self.on, due, version, case, kept_back };
        let chosen = settled.on_form(&template, &values, self.fonts).map_err(PaperError::Fonts)?;
        let mut made = OfForm { findings: chosen.findings.clone(), ..OfForm::default() };
        let Some(people) = chosen.people(template.scope, due.people.clone()) else {
            return Ok(made);
        };
        let due = &Due { people, ..due.clone() };
        let values = CaseValues { due, ..values };
        let papers = match lay_out(&template, &values, self.fonts, &chosen.settlements) {
            Ok(papers) => papers,
            Err(LayoutError::Refused(refusals)) => {
                made.findings.extend(characters::findings(&refusals.0, &template, &values));
                made.refusals = refusals.0;
                return Ok(made);
            }
            Err(LayoutError::Font(error)) => return Err(PaperError::Fonts(error)),
            Err(LayoutError::Blank(error)) => return Err(PaperError::Blank(error)),
        };
        let title = pack.text(lang, &format!("form.{}", due.form), self.on);
        let title = title.unwrap_or(&template.title);
        let household = Household { pack, facts, on: self.on };
        let vocabulary = self.visit.engine.vocabulary();
        let paper = |paper: Paper| PacketPaper {
            origins: fields::origins(&template, household, vocabulary, &paper),
            id: key(&due.form, &template, &paper),
            form: due.form.clone(),
            title: title.to_owned(),
            people: paper.people.clone(),
            signatures: signature_places(&template),
            tray: template.tray.clone(),
            paper,
        };
        made.papers = papers.into_iter().map(paper).collect();
        Ok(made)
    }

    /// Papers that somebody may wish for, apart from the packet. One that cannot be made keeps nobody waiting: why
    /// is told to whoever names it.
    fn offered(&self, packet: &mut Packet, required: &[Due]) -> Result<(), PaperError> {
        let scope = |form: &str| self.template(form).ok().map(|template| template.scope);
        for due in offered(self.pack(), self.visit.determination, required, scope) {
            if !self.wanted(&due.form) {
                continue;
            }
            let made = self.form(&due, Some(&self.discretion))?;
            packet.apart.extend(made.papers);
            if !self.only.is_empty() {
                packet.refusals.extend(made.refusals);
                packet.findings.extend(made.findings);
            }
        }
        Ok(())
    }

    /// The facts as the sheets show them, what the clerk chose for names, and, where that changes a name, the
    /// decisions anew: reasons name people too.
    fn shown(&self) -> Result<(FactSet, OnForm, Option<Determination>), PaperError> {
        let Visit { engine, facts, lang, settled, .. } = self.visit;
        let (shown, chosen) = settled.on_sheets(facts, self.fonts).map_err(PaperError::Fonts)?;
        let changed = !chosen.findings.is_empty();
        let named_anew = changed.then(|| engine.determine(&shown, self.on, lang));
        Ok((shown, chosen, named_anew))
    }

    /// The sheets of the packet in their order, then the office's.
    fn sheets(&self, packet: &mut Packet, signatures: Signatures) -> Result<(), PaperError> {
        let Visit { engine, facts, determination, lang, case, slip, outcomes, .. } = self.visit;
        let (shown, chosen, named_anew) = self.shown()?;
        let determination = named_anew.as_ref().unwrap_or(determination);
        packet.findings.extend(chosen.findings);
        if !chosen.withheld.is_empty() {
            return Ok(());
        }
        let before = packet.refusals.len();
        let speech = Speech::new(self.pack(), &shown, self.on, lang);
        let (fonts, discretion) = (self.fonts, &self.discretion);
        if self.wanted(FEES)
            && let Some(sheet) = fees::fees(&speech, determination, outcomes)
        {
            packet.add(FEES, sheet.title.japanese(), fees_paper(&sheet, fonts))?;
        }
        if self.wanted(COUNTERS)
            && let Some(sheet) = counters::counters(&speech, determination, outcomes, signatures)
        {
            packet.add(COUNTERS, sheet.title.japanese(), counters_paper(&sheet, fonts))?;
        }
        if self.wanted(GUIDE) {
            let sheet = guide::guide(&speech, determination, discretion, outcomes, signatures);
            packet.add(GUIDE, sheet.title.japanese(), guide_paper(&sheet, fonts))?;
            if let Some(guide) = packet.papers.last_mut().filter(|paper| paper.form == GUIDE) {
                guide.people = facts.people().iter().map(|person| person.id.clone()).collect();
            }
        }
        if self.wanted(CHECK) {
            let speech = speech.japanese();
            let sheet =
                check::check(&speech, determination, discretion, signatures, outcomes, case, slip);
            packet.put_apart(CHECK, &sheet.title, check_paper(&sheet, fonts))?;
        }
        if self.wanted(TENKI)
            && let Some(sheet) = tenki::tenki(engine, &speech, determination, case)
        {
            packet.put_apart(TENKI, &sheet.title, tenki_paper(&sheet, fonts))?;
        }
        let refused = packet.refusals.get(before..).unwrap_or_default();
        let findings = characters::findings_on_sheets(refused, &shown);
        packet.findings.extend(findings);
        Ok(())
    }

    /// The sheet for one pair of eyes, and behind it the forms of what it names, as one paper.
    fn discreet(&self, packet: &mut Packet) -> Result<(), PaperError> {
        if !self.wanted(DISCREET) {
            return Ok(());
        }
        let Visit { determination, lang, .. } = self.visit;
        let pack = self.pack();
        let (shown, _, named_anew) = self.shown()?;
        let determination = named_anew.as_ref().unwrap_or(determination);
        let speech = Speech::new(pack, &shown, self.on, lang);
        let Some(sheet) = discreet::discreet(&speech, determination, &self.discretion) else {
            return Ok(());
        };
        packet.put_apart(DISCREET, sheet.title.japanese(), discreet_paper(&sheet, self.fonts))?;
        for due in due(pack, determination, Asked::Discreet) {
            let made = self.form(&due, None)?;
            let Some(paper) = packet.apart.last_mut().filter(|paper| paper.form == DISCREET) else {
                continue;
            };
            for form in made.papers {
                paper.signatures = paper.signatures.saturating_add(form.signatures);
                paper.paper.pages.extend(form.paper.pages);
            }
            packet.refusals.extend(made.refusals.into_iter().map(unnamed));
        }
        Ok(())
    }
}

/// A finding on a paper that nobody else may hear of: that there is one, and nothing of which.
fn unnamed(mut refusal: Refusal) -> Refusal {
    let place = refusal.place_mut();
    place.form = DISCREET.to_owned();
    place.field = String::new();
    place.label = String::new();
    refusal
}

fn key(form: &str, template: &Template, paper: &Paper) -> String {
    match (template.scope, paper.people.first()) {
        (Scope::Person, Some(person)) => format!("{form}/{person}"),
        _ => form.to_owned(),
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
