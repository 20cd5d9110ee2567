//! What stands on the leaflet that explains pre-filling at home (事前入力のご案内).

use jiff::civil::Date;
use kakanai_forms::sheets::leaflet::{LeafletSheet, leaflet_paper};
use kakanai_forms::{FontSet, LayoutError, Paper};
use kakanai_rules::{FactSet, Pack};

use super::PaperError;
use super::speech::{JA, Speech};
use crate::door::DoorError;

/// How many steps it explains.
const STEPS: usize = 4;

/// The leaflet of a pack with the address of its page.
///
/// # Errors
/// `leaflet-refused` when a character of it is in no font or the address is too long for a code; missing fonts.
pub fn leaflet(pack: &Pack, url: &str, on: Date, fonts: &FontSet) -> Result<Paper, DoorError> {
    let nobody = FactSet::default();
    let speech = Speech::new(pack, &nobody, on, JA);
    let word = |word: &str| speech.ja(&format!("leaflet.{word}"));
    let step = |number| [word(&format!("step{number}")), word(&format!("step{number}.text"))];
    let office = pack.procedures.first().map(|row| row.office.as_str()).unwrap_or_default();
    let sheet = LeafletSheet {
        title: word("title"),
        lead: word("lead"),
        steps: (1..=STEPS).map(step).collect(),
        open: word("open"),
        url: url.to_owned(),
        remarks: vec![word("safe"), word("without")],
        ask: word("ask"),
        office: format!("{}　{}", speech.ja(&format!("office.{office}")), speech.phone(office)),
        municipality: pack.name.clone(),
    };
    leaflet_paper(&sheet, fonts).map_err(|error| match error {
        LayoutError::Font(error) => PaperError::Fonts(error).into(),
        LayoutError::Blank(error) => PaperError::Blank(error).into(),
        LayoutError::Refused(_) => DoorError::of("leaflet-refused"),
    })
}
