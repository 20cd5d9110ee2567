//! One case of the register: the steps of the command.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use kakanai_rules::{Detail, Determination, FactSet, Question, Subject, Vocabulary, facts_file};
use serde::Serialize;
use serde_json::Value as Json;

use super::work::{self, ShownIdentity, ShownOutcome};
use super::{NEW_PERSON, Receipt, Register};
use crate::answer::{Statements, check_known};
use crate::case::Case;
use crate::characters::{self, Choice, SHEETS, Spot, settling};
use crate::conflict::{self, settling as settling_conflict};
use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::{new_file, read_facts, write_over};
use crate::handover::{Delivery, Handing};
use crate::headless::Decided;
use crate::holder::{Candidate, Holder};
use crate::papers::Visit;
use crate::printing::{JobWatch, Printed, Target, put_out};
use crate::settings::today;
use crate::shelf::KeptPack;
use crate::slip::{self, Slip};
use crate::{Pin, card, papers};

/// The language that papers are laid out in to see what they lack.
const PAPER_LANG: &str = "ja";

/// A case of an open register, with its pack.
pub struct Entry<'a> {
    pub(super) register: &'a mut Register,
    pub(super) case: Case,
    pub(super) kept: Arc<KeptPack>,
}

/// A case as `case show` tells it.
#[derive(Serialize)]
pub struct Shown {
    /// Id, number and events.
    pub case: Receipt,
    /// A facts file.
    pub facts: Json,
    /// Where sources disagree.
    pub conflicts: Vec<ShownConflict>,
    /// Language of the sheet that was taken in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet_lang: Option<String>,
    /// The case that this one goes on from, as its slip named it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// 本人確認, once it was done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identity: Option<ShownIdentity>,
    /// What became of procedures at this visit.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<ShownOutcome>,
    /// The questions that still matter.
    pub questions: Vec<Question>,
    /// The decisions of this moment.
    pub determination: Determination,
    /// Who did what and when.
    pub journal: Vec<JournalLine>,
}

/// Values of one thing that disagree.
#[derive(Serialize)]
pub struct ShownConflict {
    /// The fact that `case settle-conflict` takes.
    pub fact: String,
    /// About whom; `null` for the case.
    pub person: Option<String>,
    /// The values; the first counts until somebody chooses.
    pub values: Vec<ShownValue>,
}

/// One of several values.
#[derive(Serialize)]
pub struct ShownValue {
    /// What `--choice` takes.
    pub choice: String,
    /// The value.
    pub value: Json,
    /// Its source.
    pub source: &'static str,
}

/// The codes of a slip.
#[derive(Serialize)]
pub struct SlipTexts {
    /// Id, number and events of the case.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// The digits of each code, in order.
    pub texts: Vec<String>,
}

/// One event without its data.
#[derive(Debug, Serialize)]
pub struct JournalLine {
    /// Place in the case, from 1.
    pub revision: u64,
    /// When, UTC.
    pub at: String,
    /// Who.
    pub account: String,
    /// In which role.
    pub role: &'static str,
    /// What.
    pub kind: String,
}

impl Entry<'_> {
    /// States what a facts file says, in one step.
    ///
    /// # Errors
    /// What is wrong with the file; `case-closed`; what the store says.
    pub fn add_facts(mut self, file: &Path) -> Result<Receipt, DoorError> {
        let facts = read_facts(file, self.kept.pack())?;
        self.keep(CaseEvent::stating(&facts))
    }

    /// Reads the card into the case, of `person` if one is named (`new` for somebody new). The PIN is not sent for a
    /// case that takes nothing in any more.
    ///
    /// # Errors
    /// What the card says; `card-holder` when nobody in the household is surely its holder and nobody is named;
    /// `person-unknown`, `case-closed`; what the store says.
    pub fn add_card(
        mut self,
        reader: Option<&str>,
        pin: Pin,
        last_try: bool,
        person: Option<&str>,
    ) -> Result<Receipt, DoorError> {
        self.case.check_open()?;
        let named = match person {
            Some(NEW_PERSON) => Some(self.case.next_person()),
            Some(person) => {
                check_known(&self.case, person)?;
                Some(person.to_owned())
            }
            None => None,
        };
        let document = Case::read_card(&card::read(reader, pin, last_try)?);
        let person = match (named, self.case.holder(&document)) {
            (Some(person), _) | (None, Holder::Known(person)) => person,
            (None, Holder::Ask(people)) => {
                let like = |one: &Candidate| format!("{}:{}", one.person, one.likeness.id());
                let people: Vec<String> = people.iter().map(like).collect();
                return Err(DoorError::of("card-holder").with("people", people.join(",")));
            }
        };
        self.keep(document.of(person))
    }

    /// Keeps the value that the clerk chose where sources disagree.
    ///
    /// # Errors
    /// `conflict-unknown`, `case-closed`; what the store says.
    pub fn settle_conflict(
        mut self,
        person: Option<&str>,
        fact: &str,
        choice: &str,
    ) -> Result<Receipt, DoorError> {
        let subject = Subject::from(person.map(str::to_owned));
        let event = settling_conflict(
            self.kept.engine().vocabulary(),
            &self.case.facts,
            &subject,
            fact,
            choice,
        )?;
        self.keep(event)
    }

    /// Keeps answers, `FACT=VALUE`, in one step. A person who is the next one of the household is added.
    ///
    /// # Errors
    /// `answer-form`, `fact-unknown`, `fact-wrong-value`, `person-unknown`, `case-closed`; what the store says.
    pub fn answer(
        mut self,
        person: Option<&str>,
        answers: &[String],
    ) -> Result<Receipt, DoorError> {
        let mut said = Statements::about_or_next(
            &self.case,
            self.kept.engine().vocabulary(),
            person.map(str::to_owned),
        )?;
        for answer in answers {
            said.text(answer)?;
        }
        let event = said.event();
        self.keep(event)
    }

    /// Takes the last step back that stated something or removed a person.
    ///
    /// # Errors
    /// `nothing-to-undo`, `case-closed`; what the store says.
    pub fn undo(mut self) -> Result<Receipt, DoorError> {
        self.case.undo(&mut self.register.store, Timestamp::now())?;
        self.receipt()
    }

    /// Decides and keeps the result.
    ///
    /// # Errors
    /// `case-closed`; what the store says.
    pub fn decide(mut self, lang: &str) -> Result<Decided, DoorError> {
        let now = Timestamp::now();
        let determination =
            self.case.decide(&mut self.register.store, self.kept.engine(), lang, now)?;
        Ok(Decided::new(self.kept.pack(), &self.case.facts, determination, lang))
    }

    /// Decides, and makes and prints papers. Of a closed case papers can be printed again; its result stands.
    ///
    /// # Errors
    /// As [`crate::headless::print`]; what the store says.
    pub fn print(mut self, target: &Target<'_>, lang: &str) -> Result<Printed, DoorError> {
        target.check()?;
        let fonts = papers::fonts(&self.register.settings)?;
        let determined = &self.case.determine(self.kept.engine(), lang);
        let number = self.register.store.case(&self.case.id)?.reception.to_string();
        let (engine, facts) = (self.kept.engine(), &self.case.facts);
        let settled = &self.case.settled;
        let slip = &self.slip(lang)?;
        let case = &*number;
        let determination = determined;
        let outcomes = &self.case.outcomes;
        let visit = Visit { engine, facts, determination, lang, case, settled, slip, outcomes };
        let packet = papers::prepare(&visit, &fonts, target.forms)?;
        if !self.case.closed {
            self.record(Case::decided(determination))?;
        }
        let name = self.case.id.to_string();
        let settings = self.register.settings.clone();
        put_out(&packet, &fonts, &settings, target, &name, &mut self)
    }

    /// Keeps what happens to characters that no font has, in one place of one paper.
    ///
    /// # Errors
    /// `case-closed`, `nothing-to-settle`, `no-base-form`, `substitute-form`, `substitute-missing`; missing fonts;
    /// what the store says.
    pub fn settle(mut self, spot: &Spot, choice: &Choice) -> Result<Receipt, DoorError> {
        self.case.check_open()?;
        let spot = &characters::settled_at(spot);
        // Any of the sheets may hold the name.
        let only = if spot.form == SHEETS { &[] } else { std::slice::from_ref(&spot.form) };
        let fonts = papers::fonts(&self.register.settings)?;
        let determination = self.case.determine(self.kept.engine(), PAPER_LANG);
        let visit = Visit {
            engine: self.kept.engine(),
            facts: &self.case.facts,
            determination: &determination,
            lang: PAPER_LANG,
            case: "",
            settled: &self.case.settled,
            slip: &Slip::NoCase,
            outcomes: &self.case.outcomes,
        };
        let packet = papers::prepare(&visit, &fonts, only)?;
        let event = settling(&packet, spot, choice, &fonts)?;
        self.keep(event)
    }

    /// Everything about the case; looking is an event.
    ///
    /// # Errors
    /// What the store says.
    pub fn show(mut self, lang: &str) -> Result<Shown, DoorError> {
        self.record(CaseEvent::Viewed {})?;
        let journal = self
            .register
            .store
            .events(&self.case.id)?
            .into_iter()
            .map(|event| JournalLine {
                revision: event.case_rev,
                at: event.at.to_string(),
                account: event.actor.account.to_string(),
                role: event.actor.role.as_str(),
                kind: event.kind,
            })
            .collect();
        Ok(Shown {
            case: self.receipt()?,
            facts: facts_file(&self.case.facts),
            conflicts: shown_conflicts(self.kept.engine().vocabulary(), &self.case.facts),
            sheet_lang: self.case.lang.clone(),
            continues: self.case.continues.clone(),
            identity: work::identity(&self.case),
            outcomes: work::outcomes(&self.case),
            questions: self.case.questions(self.kept.engine(), lang, Detail::Next),
            determination: self.case.determine(self.kept.engine(), lang),
            journal,
        })
    }

    /// Writes the facts as a facts file, never over another file.
    ///
    /// # Errors
    /// `file-exists`, `file-not-written`; what the store says.
    pub fn export(mut self, out: &Path) -> Result<Receipt, DoorError> {
        let (folder, name) = new_file(out)?;
        self.record(CaseEvent::Exported { what: "facts".to_owned() })?;
        write_over(folder, name, facts_file(&self.case.facts).to_string().as_bytes())?;
        self.receipt()
    }

    /// Writes the hand-over files into `out`, else into the folder of the settings.
    ///
    /// # Errors
    /// `no-handover-folder`, `pack-no-handover`; what lies there already; what the disk and the store say.
    pub fn hand_over(mut self, out: Option<&Path>, lang: &str) -> Result<Delivery, DoorError> {
        let folder = out.map(Path::to_owned).or_else(|| self.register.settings.handover.clone());
        let folder = folder.ok_or_else(|| DoorError::of("no-handover-folder"))?;
        let number = self.receipt()?.reception;
        let id = self.case.id.to_string();
        let determination = self.case.determine(self.kept.engine(), lang);
        let (kept, facts) = (Arc::clone(&self.kept), self.case.facts.clone());
        let handing = Handing {
            engine: kept.engine(),
            facts: &facts,
            determination: &determination,
            case: Some((&number, &id)),
            name: &number,
            revision: self.case.revision(),
        };
        crate::handover::hand_over(&handing, &folder, &mut |event| self.record(event))
    }

    /// The case slip as texts, one a code, and on the check sheet in a PDF file `out`. It may be made of a closed case
    /// too: people come back.
    ///
    /// # Errors
    /// `slip-no-key`, `slip-not-carried`, `file-exists`, `file-not-written`; missing fonts; what the store says.
    pub fn slip_texts(mut self, out: Option<&Path>, lang: &str) -> Result<SlipTexts, DoorError> {
        if let Some(out) = out {
            new_file(out)?;
        }
        let slip = self.slip(lang)?;
        let Slip::Codes(codes) = &slip else {
            return Err(DoorError::of(slip.refusal().unwrap_or_default()));
        };
        let pdf = out.map(|_| self.check_sheet(&slip)).transpose()?;
        self.record(CaseEvent::Exported { what: "slip".to_owned() })?;
        if let (Some(out), Some(pdf)) = (out, pdf) {
            let (folder, name) = new_file(out)?;
            write_over(folder, name, &pdf)?;
        }
        Ok(SlipTexts { receipt: self.receipt()?, texts: codes.texts.clone() })
    }

    /// The check sheet with the slip, as a PDF.
    fn check_sheet(&self, slip: &Slip) -> Result<Vec<u8>, DoorError> {
        let fonts = papers::fonts(&self.register.settings)?;
        let determination = self.case.determine(self.kept.engine(), PAPER_LANG);
        let number = self.receipt()?.reception;
        let visit = Visit {
            engine: self.kept.engine(),
            facts: &self.case.facts,
            determination: &determination,
            lang: PAPER_LANG,
            case: &number,
            settled: &self.case.settled,
            slip,
            outcomes: &self.case.outcomes,
        };
        let packet = papers::prepare(&visit, &fonts, &[papers::CHECK.to_owned()])?;
        let sheet = packet.paper(papers::CHECK).ok_or_else(|| DoorError::of("paper-refused"))?;
        Ok(kakanai_forms::paper_pdf(&sheet.paper, &fonts).map_err(papers::PaperError::Pdf)?)
    }

    fn slip(&self, lang: &str) -> Result<Slip, DoorError> {
        let Register { store, settings, .. } = &*self.register;
        let number = store.case(&self.case.id)?.reception.to_string();
        let on = settings.on.unwrap_or_else(today);
        slip::slip(store, &self.case, self.kept.pack(), &number, lang, on)
    }

    /// Ends the visit; once is enough.
    ///
    /// # Errors
    /// What the store says.
    pub fn close(mut self) -> Result<Receipt, DoorError> {
        self.case.close(&mut self.register.store, Timestamp::now())?;
        self.receipt()
    }

    pub(super) fn keep(&mut self, event: CaseEvent) -> Result<Receipt, DoorError> {
        self.record(event)?;
        self.receipt()
    }

    fn receipt(&self) -> Result<Receipt, DoorError> {
        self.register.receipt(&self.case)
    }
}

impl JobWatch for Entry<'_> {
    fn record(&mut self, event: CaseEvent) -> Result<(), DoorError> {
        Ok(self.case.record(&mut self.register.store, event, Timestamp::now())?)
    }
}

fn shown_conflicts(vocabulary: &Vocabulary, facts: &FactSet) -> Vec<ShownConflict> {
    let value = |candidate: &conflict::Candidate| ShownValue {
        choice: candidate.choice.clone(),
        value: candidate.value.to_json(),
        source: candidate.source.id(),
    };
    conflict::conflicts(vocabulary, facts)
        .into_iter()
        .map(|conflict| ShownConflict {
            person: conflict.subject.person().map(str::to_owned),
            values: conflict.values.iter().map(value).collect(),
            fact: conflict.fact,
        })
        .collect()
}
