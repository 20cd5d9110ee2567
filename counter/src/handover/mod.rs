//! Handing over (引き渡し): the files of a case for robots and core systems, for both faces of the counter.
//!
//! What cannot be handed over exactly is told and nothing is written. The bytes are `kakanai-handover`'s; here stand
//! the facts they come from and the disk they go to.

mod disk;
mod values;

use std::path::Path;

use jiff::civil::Date;
pub use kakanai_handover::DoneFile;
use kakanai_handover::{CaseHead, Export, Transcription, export};
use kakanai_rules::{Determination, Engine, FactSet};
use serde::Serialize;

use crate::door::DoorError;
use crate::event::CaseEvent;
use crate::file::write_over;
use crate::printing::Refused;
use crate::settings::today;
use values::CaseSources;

/// What lies in the folder of a case.
#[derive(Debug, Serialize)]
pub struct HandedOver {
    /// The folder's name: reception number, or the name of the facts file.
    pub folder: String,
    /// The version of what is known.
    pub revision: u64,
    /// The files.
    pub files: Vec<DoneFile>,
    /// SHA-256 over names and contents.
    pub fingerprint: String,
    /// Exactly this lay there before; nothing was written.
    pub unchanged: bool,
}

/// A hand-over, or why there is none.
#[derive(Debug)]
pub enum Delivery {
    /// The files are there.
    Done(HandedOver),
    /// Something could not be handed over exactly; nothing was written.
    Refused(Vec<Refused>),
}

/// What was written for the author of a robot.
#[derive(Debug, Serialize)]
pub struct SheetMade {
    /// The files.
    pub files: Vec<String>,
}

/// The case of which files are made.
pub(crate) struct Handing<'a> {
    pub engine: &'a Engine<'a>,
    pub facts: &'a FactSet,
    pub determination: &'a Determination,
    /// Reception number and case id; `None` without a case.
    pub case: Option<(&'a str, &'a str)>,
    /// The folder's name.
    pub name: &'a str,
    pub revision: u64,
}

impl Handing<'_> {
    /// The files as bytes, or every place at which they cannot be made.
    pub fn files(&self) -> Result<Export, Vec<Refused>> {
        let head = CaseHead {
            name: self.name.to_owned(),
            id: self.case.map(|(_, id)| id.to_owned()).unwrap_or_default(),
            revision: self.revision,
        };
        self.with_sources(|sources| export(self.engine, self.determination, sources, &head))
            .map_err(|refusals| {
                let refused = |refusal: &kakanai_handover::Refusal| Refused {
                    error: refusal.into(),
                    text: refusal.to_string(),
                };
                refusals.iter().map(refused).collect()
            })
    }

    fn with_sources<T>(&self, then: impl FnOnce(&CaseSources<'_>) -> T) -> T {
        let on = self.determination.on.full().unwrap_or(Date::ZERO);
        let facts = self.engine.complete(self.facts, on);
        let number = self.case.map(|(number, _)| number);
        then(&CaseSources { pack: self.engine.pack(), facts: &facts, on, number })
    }
}

/// The values of a case for typing into the core system (転記シート), in the order of its screens.
pub fn transcription(
    engine: &Engine<'_>,
    facts: &FactSet,
    determination: &Determination,
    number: Option<&str>,
) -> Transcription {
    let case = number.map(|number| (number, ""));
    let handing = Handing { engine, facts, determination, case, name: "", revision: 0 };
    handing.with_sources(|sources| kakanai_handover::transcription(engine, determination, sources))
}

/// Hands a case over into the folder `out`. `record` keeps that data leaves before it does, and that it lies there
/// whole after it does.
pub(crate) fn hand_over(
    handing: &Handing<'_>,
    out: &Path,
    record: &mut dyn FnMut(CaseEvent) -> Result<(), DoorError>,
) -> Result<Delivery, DoorError> {
    if handing.engine.pack().handover.is_empty() {
        return Err(DoorError::of("pack-no-handover"));
    }
    let export = match handing.files() {
        Ok(export) => export,
        Err(refused) => return Ok(Delivery::Refused(refused)),
    };
    record(CaseEvent::Exported { what: "handover".to_owned() })?;
    let written = disk::put(&export, out)?;
    let files = export.files.iter().map(|file| file.name.clone()).collect();
    let fingerprint = export.done.fingerprint.clone();
    record(CaseEvent::HandedOver { files, fingerprint: fingerprint.clone() })?;
    Ok(Delivery::Done(HandedOver {
        folder: export.done.case,
        revision: export.done.revision,
        files: export.done.files,
        fingerprint,
        unchanged: !written,
    }))
}

/// Writes the data sheet of a pack with its samples, over files of the same name.
///
/// # Errors
/// What is wrong with the pack; `pack-no-handover`; `file-not-written`.
pub fn data_sheet(pack: &Path, out: &Path, on: Option<Date>) -> Result<SheetMade, DoorError> {
    let pack = kakanai_authoring::load(pack)?.pack;
    if pack.handover.is_empty() {
        return Err(DoorError::of("pack-no-handover"));
    }
    let sheet =
        kakanai_handover::data_sheet(&pack, on.unwrap_or_else(today)).map_err(|refusals| {
            refusals.first().map_or_else(|| DoorError::of("internal"), DoorError::from)
        })?;
    let mut files = Vec::new();
    for file in sheet {
        match file.name.split_once('/') {
            Some((folder, name)) => write_over(&out.join(folder), name, &file.bytes)?,
            None => write_over(out, &file.name, &file.bytes)?,
        }
        files.push(file.name);
    }
    Ok(SheetMade { files })
}
