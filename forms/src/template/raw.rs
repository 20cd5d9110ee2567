//! The keys of `form.toml` as they are written, before anything is checked.
//!
//! Fields are flat here: every kind's keys side by side, unknown keys refused. `read` takes what the
//! kind needs; a key that is left over has no meaning for that kind.

use std::collections::BTreeMap;

use kakanai_text::PartialDate;
use serde::Deserialize;
use toml::Spanned;

use super::when::one_or_many;
use super::{
    Align, Area, BlankRef, Calendar, Dakuten, DateParts, Digits, FirstYear, FitStep, MarkOption,
    Orientation, PaperSize, Protected, Repeat, Scope, Sheets, Signature, Valign, When, Width,
};
use crate::fonts::Style;

/// Read when a text is no template of the format that is known.
#[derive(Deserialize)]
pub(super) struct RawFormat {
    pub format: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTemplate {
    pub format: i64,
    pub id: String,
    pub title: String,
    pub issuer: String,
    pub version: u32,
    pub valid_from: PartialDate,
    pub valid_until: Option<PartialDate>,
    pub law: String,
    pub tray: Option<Spanned<String>>,
    pub scope: Scope,
    pub paper: PaperSize,
    #[serde(default)]
    pub orientation: Orientation,
    pub blank: Option<Spanned<BlankRef>>,
    pub defaults: Option<Spanned<RawDefaults>>,
    pub repeat: Option<Spanned<Repeat>>,
    pub field: Vec<Spanned<RawField>>,
    #[serde(default)]
    pub protected: Vec<Spanned<Protected>>,
    #[serde(default)]
    pub signature: Vec<Spanned<Signature>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct RawDefaults {
    pub font: Style,
    pub size: f32,
    pub min_size: f32,
    pub fit: Vec<FitStep>,
    pub label_font: Style,
    pub label_size: f32,
}

impl Default for RawDefaults {
    fn default() -> Self {
        Self {
            font: Style::Mincho,
            size: 10.5,
            min_size: 7.0,
            fit: vec![FitStep::OneLine, FitStep::TwoLines, FitStep::Shrink, FitStep::Continue],
            label_font: Style::Gothic,
            label_size: 9.0,
        }
    }
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum RawKind {
    Text,
    Vertical,
    Comb,
    Date,
    Check,
    Circle,
    Strike,
    Barcode,
    Qr,
    Label,
    Line,
    Rect,
}

/// `width` is the thickness of rules, and in a comb the width of characters.
#[derive(Clone, Copy, Deserialize)]
#[serde(untagged)]
pub(super) enum RawWidth {
    Points(f32),
    Characters(Width),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub kind: RawKind,
    pub id: Option<String>,
    pub label: Option<String>,
    #[serde(default)]
    pub row: bool,
    #[serde(default)]
    pub sheets: Sheets,
    #[serde(default, deserialize_with = "one_or_many")]
    pub when: Vec<When>,
    pub source: Option<String>,
    pub required: Option<bool>,
    #[serde(rename = "box")]
    pub area: Option<Area>,
    pub font: Option<Style>,
    pub size: Option<f32>,
    pub min_size: Option<f32>,
    pub align: Option<Align>,
    pub valign: Option<Valign>,
    pub fit: Option<Vec<FitStep>>,
    pub texts: Option<BTreeMap<String, String>>,
    pub cells: Option<u16>,
    pub boxes: Option<Vec<Area>>,
    pub dakuten: Option<Dakuten>,
    pub prefix: Option<String>,
    pub calendar: Option<Calendar>,
    pub digits: Option<Digits>,
    pub first_year: Option<FirstYear>,
    pub parts: Option<DateParts>,
    pub options: Option<Vec<MarkOption>>,
    pub blank: Option<Vec<String>>,
    pub text: Option<String>,
    pub segments: Option<Vec<[f32; 4]>>,
    pub width: Option<RawWidth>,
    pub dashed: Option<bool>,
    pub fill: Option<f32>,
}

impl RawField {
    /// The first key nobody took.
    pub fn left_over(&self) -> Option<&'static str> {
        [
            ("source", self.source.is_some()),
            ("required", self.required.is_some()),
            ("box", self.area.is_some()),
            ("font", self.font.is_some()),
            ("size", self.size.is_some()),
            ("min_size", self.min_size.is_some()),
            ("align", self.align.is_some()),
            ("valign", self.valign.is_some()),
            ("fit", self.fit.is_some()),
            ("texts", self.texts.is_some()),
            ("cells", self.cells.is_some()),
            ("boxes", self.boxes.is_some()),
            ("dakuten", self.dakuten.is_some()),
            ("prefix", self.prefix.is_some()),
            ("calendar", self.calendar.is_some()),
            ("digits", self.digits.is_some()),
            ("first_year", self.first_year.is_some()),
            ("parts", self.parts.is_some()),
            ("options", self.options.is_some()),
            ("blank", self.blank.is_some()),
            ("text", self.text.is_some()),
            ("segments", self.segments.is_some()),
            ("width", self.width.is_some()),
            ("dashed", self.dashed.is_some()),
            ("fill", self.fill.is_some()),
        ]
        .into_iter()
        .find_map(|(key, left)| left.then_some(key))
    }
}
