//! Sheets of codes as the command takes them in: from image files or from files of texts.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use jiff::civil::Date;
use kakanai_prefill::municipality;
use kakanai_rules::Pack;
use serde::Serialize;

use super::{Entry, Receipt, Register};
use crate::case::Case;
use crate::door::DoorError;
use crate::event::Received;
use crate::scanning::{
    Arrival, NotTaken, Opened, Place, Standing, Via, WhoIsWho, check_standing, collect, earlier,
    opening_keys, texts_of_file, texts_of_image_file,
};
use crate::settings::{local_time, today};
use crate::shelf::KeptPack;

/// Where a sheet comes from, and what the clerk says to it.
#[derive(Debug, Clone, Copy)]
pub struct SheetSource<'a> {
    /// Pictures with its codes.
    pub images: &'a [PathBuf],
    /// A file with the texts of its codes, one a line.
    pub texts: Option<&'a Path>,
    /// Also though it has expired or comes from the future.
    pub even_so: bool,
    /// Who is who: `SHEET=PERSON`, or `SHEET=new`.
    pub same: &'a [String],
}

/// A sheet that was taken in.
#[derive(Debug, Serialize)]
pub struct SheetTaken {
    /// Id, number and events of the case.
    #[serde(flatten)]
    pub receipt: Receipt,
    /// The sheet.
    pub sheet: SheetTold,
}

/// What a sheet was.
#[derive(Debug, Serialize)]
pub struct SheetTold {
    /// `resident | slip`.
    pub kind: &'static str,
    /// When it was made, local time.
    pub made: String,
    /// Its last day.
    pub valid_until: String,
    /// `valid | expired | from-the-future`.
    pub standing: &'static str,
    /// Language tag of the page.
    pub lang: String,
    /// Version of its pack.
    pub pack: u32,
    /// How many values it carries.
    pub answers: usize,
    /// Of a slip: the number of the case it carries.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<String>,
    /// Questions that it leaves to the counter.
    pub at_counter: Vec<AtCounter>,
    /// Numbers of questions that there are no more.
    pub withdrawn: Vec<u32>,
    /// Answers that were not taken over.
    pub refused: Vec<RefusedLine>,
    /// When it was received before, latest first.
    pub received_before: Vec<ReceivedBefore>,
}

/// A question left to the counter.
#[derive(Debug, Serialize)]
pub struct AtCounter {
    /// Person id on the sheet; `null` for the case.
    pub person: Option<String>,
    /// Its fact.
    pub fact: String,
}

/// An answer that was not taken over.
#[derive(Debug, Serialize)]
pub struct RefusedLine {
    /// Number of the question, or the id of its fact.
    pub what: String,
    /// Person id on the sheet; `null` for the case.
    pub person: Option<String>,
    /// Why.
    pub why: &'static str,
}

/// An earlier reception.
#[derive(Debug, Serialize)]
pub struct ReceivedBefore {
    /// When, local time.
    pub at: String,
    /// Its reception number.
    pub reception: String,
}

impl Register {
    /// Opens a case for a sheet.
    ///
    /// # Errors
    /// Why the sheet cannot be read, opened or taken in; what is wrong with the pack; what the store says.
    pub fn new_case_of_sheet(
        &mut self,
        source: &SheetSource<'_>,
        on: Option<Date>,
    ) -> Result<SheetTaken, DoorError> {
        let kept = KeptPack::load(&self.pack)?;
        let opened = self.open_sheet(kept.pack(), source)?;
        let arrival = Arrival::of(&opened, kept.pack());
        // A visit may go on the day after: the slip keeps the day of the visit, and is of the day it was made.
        let now_day = on.or(self.settings.on).unwrap_or_else(today);
        let day = on.or(arrival.day()).unwrap_or(now_day);
        check_standing(&opened, now_day, source.even_so)?;
        arrival.received(&opened, Place::New, &who(source.same)?)?;
        let told = self.told(&opened, &arrival, day)?;
        kept.keep(&self.folder)?;
        let now = Timestamp::now();
        let event = arrival.event().into_iter().collect();
        let mut case = Case::open(&mut self.store, kept.used(), day, event, now)?;
        let received = arrival.received(&opened, Place::Case(&case), &WhoIsWho::new())?;
        case.record(&mut self.store, received.event(), now)?;
        Ok(SheetTaken { receipt: self.receipt(&case)?, sheet: told })
    }

    fn open_sheet(&self, pack: &Pack, source: &SheetSource<'_>) -> Result<Opened, DoorError> {
        let mut texts = source.texts.map(texts_of_file).transpose()?.unwrap_or_default();
        for image in source.images {
            texts.extend(texts_of_image_file(image)?);
        }
        let via = if source.images.is_empty() { Via::Text } else { Via::Image };
        let message = collect(&texts, via)?;
        let town = municipality(pack).map_err(|error| DoorError::of(error.code()))?;
        Ok(Opened::open(&message, &opening_keys(&self.store)?, town, via)?)
    }

    fn told(&self, opened: &Opened, arrival: &Arrival, on: Date) -> Result<SheetTold, DoorError> {
        let before = earlier(&self.store, &opened.sheet, Timestamp::now())?;
        let given = &arrival.given;
        let refused = |refused: &NotTaken| RefusedLine {
            what: refused.what.clone(),
            person: refused.person.clone(),
            why: refused.why.code(),
        };
        Ok(SheetTold {
            kind: opened.kind().id(),
            made: local_time(opened.made()),
            valid_until: opened.valid_until.to_string(),
            standing: match opened.standing(on) {
                Standing::Valid => "valid",
                Standing::Expired => "expired",
                Standing::FromFuture => "from-the-future",
            },
            lang: opened.lang.clone(),
            pack: opened.pack.revision,
            answers: arrival.answers(),
            continues: opened.goes_on_from().map(|(case, _)| case.to_owned()),
            at_counter: given
                .at_counter
                .iter()
                .map(|(subject, fact)| AtCounter {
                    person: subject.person().map(str::to_owned),
                    fact: fact.clone(),
                })
                .collect(),
            withdrawn: given.withdrawn.clone(),
            refused: given.refused.iter().map(refused).collect(),
            received_before: before
                .into_iter()
                .map(|one| ReceivedBefore { at: local_time(one.at), reception: one.reception })
                .collect(),
        })
    }
}

impl Entry<'_> {
    /// Takes a sheet into the case.
    ///
    /// # Errors
    /// As [`Register::new_case_of_sheet`]; `sheet-people` when it has to be said who is who; `case-closed`.
    pub fn add_sheet(mut self, source: &SheetSource<'_>) -> Result<SheetTaken, DoorError> {
        self.case.check_open()?;
        let opened = self.register.open_sheet(self.kept.pack(), source)?;
        let mut day = self.case.counter_date;
        if opened.standing(day) == Standing::FromFuture {
            // The resident came back with a sheet made after the day on which the visit began.
            day = day.max(self.register.settings.on.unwrap_or_else(today));
        }
        check_standing(&opened, day, source.even_so)?;
        let arrival = Arrival::of(&opened, self.kept.pack());
        let told = self.register.told(&opened, &arrival, day)?;
        let received: Received =
            arrival.received(&opened, Place::Case(&self.case), &who(source.same)?)?;
        let receipt = self.keep(received.event())?;
        Ok(SheetTaken { receipt, sheet: told })
    }
}

fn who(same: &[String]) -> Result<WhoIsWho, DoorError> {
    let pair = |text: &String| {
        let (sheet, person) = text.split_once('=').ok_or_else(|| DoorError::of("answer-form"))?;
        Ok((sheet.to_owned(), (person != NEW_PERSON).then(|| person.to_owned())))
    };
    same.iter().map(pair).collect()
}

/// Stands for somebody who is not in the household yet.
pub const NEW_PERSON: &str = "new";
