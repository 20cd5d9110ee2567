//! What the staff window shows of papers on their way out: characters that no font has, printers, jobs.

use serde::Serialize;
use ts_rs::TS;

use super::DoorError;

/// A value with characters that no font has, and the places where it would be printed.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct CharacterView {
    /// The value as it is known.
    pub value: String,
    /// The characters.
    pub characters: Vec<LackingView>,
    /// The value as "base form" would print it: an SVG picture; `null` where that cannot be chosen.
    pub base_form: Option<String>,
    /// The places.
    pub places: Vec<PlaceView>,
    /// `by-hand | base-form | substitute | not-printed`; `null` = not settled, the papers are not printed.
    pub choice: Option<String>,
    /// The text that was chosen, for `substitute`.
    pub substitute: Option<String>,
}

/// One character that no font has.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct LackingView {
    /// `U+9089 U+E010E`.
    pub code_points: String,
    /// `missing | variant-missing | private-use`.
    pub why: String,
    /// What the nearest font would draw: an SVG picture of the base form.
    pub base: Option<String>,
    /// The font that draws it.
    pub base_font: Option<String>,
}

/// A place on a paper.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PlaceView {
    /// Form id.
    pub form: String,
    /// Title of the paper.
    pub title: String,
    /// Field id.
    pub field: String,
    /// What the clerk calls the field.
    pub label: String,
    /// Person id.
    pub person: Option<String>,
    /// That person's name.
    pub person_name: Option<String>,
}

/// A printer to choose from.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PrinterView {
    /// Its address.
    pub uri: String,
    /// What people call it; may be empty.
    pub name: String,
    /// The usual one.
    pub usual: bool,
    /// `idle | processing | stopped`; `null` when it does not answer.
    pub state: Option<String>,
    /// What it complains of, `media-empty`, ….
    pub reasons: Vec<String>,
    /// Paper sizes it has, `A4`, ….
    pub media: Vec<String>,
    /// Why it cannot be used at this moment.
    pub error: Option<DoorError>,
}

/// One job of a printing: papers of one size and tray.
#[derive(Debug, Clone, Serialize, TS)]
#[ts(export_to = "door.ts")]
pub struct PrintJobView {
    /// Keys of its papers.
    pub papers: Vec<String>,
    /// Their titles.
    pub titles: Vec<String>,
    /// Pages.
    pub pages: u32,
    /// Paper size, `A4`.
    pub media: String,
    /// Tray, where the form names one.
    pub tray: Option<String>,
    /// The printer's address.
    pub printer: String,
    /// `waiting | sending | pending | processing | stopped | silent | asked | came-out | not-out | failed`.
    pub state: String,
    /// What the printer complains of.
    pub reasons: Vec<String>,
    /// Why it failed.
    pub error: Option<DoorError>,
}
