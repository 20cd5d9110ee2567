//! Form templates (`form.toml`): one folder per form, millimetres from the top left of the page.
//!
//! A template is data of a rule pack. It says where each value goes and how it may be fitted; it never
//! decides anything and never cuts a value. The format is described in `docs/formats`; [`Template::parse`]
//! names file, line and key of whatever is wrong, [`Template::problems`] finds what is well written but
//! cannot be printed.

mod field;
mod kinds;
mod problems;
mod raw;
mod read;
mod when;

use kakanai_text::PartialDate;
use serde::Deserialize;

pub use kinds::*;
pub use problems::{Fault, Problem};
pub use read::TemplateError;
pub use when::{Test, When};

/// The smallest size that may ever be set, in points.
pub const SMALLEST: f32 = 6.0;

/// What a barcode holds: form id, version and case number, given by the caller.
pub const MARK: &str = "form.mark";

/// One form.
#[derive(Debug, Clone, PartialEq)]
pub struct Template {
    /// Form id, the name of its folder.
    pub id: String,
    /// Printed name of the form (様式名).
    pub title: String,
    /// Who issues it (みほん市長).
    pub issuer: String,
    /// Only grows.
    pub version: u32,
    /// First day on which it is used.
    pub valid_from: PartialDate,
    /// Last day, if it is known.
    pub valid_until: Option<PartialDate>,
    /// The law, ordinance or notice it follows.
    pub law: String,
    /// The printer's tray with this form's paper, as IPP names it (media-source).
    pub tray: Option<String>,
    /// One paper per household or one per person.
    pub scope: Scope,
    /// Paper size.
    pub paper: PaperSize,
    /// How the paper lies.
    pub orientation: Orientation,
    /// Rows for people.
    pub repeat: Option<Repeat>,
    /// Fields in drawing order.
    pub fields: Vec<Field>,
    /// Areas where no value may print: seal, office use.
    pub protected: Vec<Protected>,
    /// Where somebody signs, and why.
    pub signatures: Vec<Signature>,
}

/// Whom one paper is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// One paper for all its people, who may fill repeated rows.
    Household,
    /// One paper for each person.
    Person,
}

/// Paper sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum PaperSize {
    /// 210 × 297 mm.
    A4,
    /// 297 × 420 mm.
    A3,
}

/// How the paper lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// 縦
    #[default]
    Portrait,
    /// 横
    Landscape,
}

/// Rows for people; the person after the last row starts a continuation sheet (続紙).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Repeat {
    /// Rows on one sheet.
    pub count: usize,
    /// Distance from row to row in millimetres.
    pub pitch: f32,
}

/// A rectangle in millimetres from the top left of the page: `[x, y, width, height]`.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(from = "[f32; 4]")]
pub struct Area {
    /// Left edge.
    pub x: f32,
    /// Top edge.
    pub y: f32,
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

impl From<[f32; 4]> for Area {
    fn from([x, y, w, h]: [f32; 4]) -> Self {
        Self { x, y, w, h }
    }
}

impl Area {
    /// The same area lower on the page.
    pub(crate) fn lowered(self, by: f32) -> Self {
        Self { y: self.y + by, ..self }
    }

    /// The smallest area around all of `areas`.
    pub(crate) fn around(areas: impl IntoIterator<Item = Self>) -> Self {
        areas
            .into_iter()
            .reduce(|all, area| {
                let (x, y) = (all.x.min(area.x), all.y.min(area.y));
                let (right, below) =
                    ((all.x + all.w).max(area.x + area.w), (all.y + all.h).max(area.y + area.h));
                Self { x, y, w: right - x, h: below - y }
            })
            .unwrap_or(Self { x: 0.0, y: 0.0, w: 0.0, h: 0.0 })
    }

    /// Whether the two share more than an edge.
    pub(crate) fn overlaps(self, other: Self) -> bool {
        const EDGE: f32 = 0.05;
        self.x + EDGE < other.x + other.w
            && other.x + EDGE < self.x + self.w
            && self.y + EDGE < other.y + other.h
            && other.y + EDGE < self.y + self.h
    }
}

/// An area where nothing of a case may print.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Protected {
    /// Its id.
    pub id: String,
    /// Where.
    #[serde(rename = "box")]
    pub area: Area,
}

/// Where somebody signs.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Its id.
    pub id: String,
    /// Where; nothing of a case may print there.
    #[serde(rename = "box")]
    pub area: Area,
    /// What asks for the signature.
    pub signature: SignedBy,
    /// The article, ordinance or custom meant.
    pub source: String,
}

/// What asks for a signature. A paper that only habit signs is worth asking about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedBy {
    /// 法令
    Law,
    /// 条例・規則
    Ordinance,
    /// 慣行
    Habit,
    /// Nobody has to sign here; the place is kept for those who wish to.
    None,
}

/// On which sheets of one paper a field is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sheets {
    /// On all.
    #[default]
    Every,
    /// On the first only.
    First,
    /// On continuation sheets only.
    Further,
}

/// One field.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Id, unique in the form.
    pub id: String,
    /// What the clerk calls it.
    pub label: String,
    /// Line of `form.toml` on which it begins.
    pub line: usize,
    /// Part of the repeated row; its boxes are those of the first row.
    pub row: bool,
    /// Sheets on which it is drawn.
    pub sheets: Sheets,
    /// Conditions, all of which must hold.
    pub when: Vec<When>,
    /// What is drawn.
    pub kind: Kind,
}

impl Template {
    /// Width and height of the page in millimetres.
    pub fn page(&self) -> (f32, f32) {
        let (short, long) = match self.paper {
            PaperSize::A4 => (210.0, 297.0),
            PaperSize::A3 => (297.0, 420.0),
        };
        match self.orientation {
            Orientation::Portrait => (short, long),
            Orientation::Landscape => (long, short),
        }
    }

    /// Every source the template uses, conditions included, without repetition, for the pack's check.
    pub fn sources(&self) -> Vec<&str> {
        let conditions = self.fields.iter().flat_map(|field| &field.when);
        let mut sources: Vec<&str> = self
            .fields
            .iter()
            .filter_map(Field::source)
            .chain(conditions.map(|when| when.source.as_str()))
            .collect();
        sources.sort_unstable();
        sources.dedup();
        sources
    }
}

impl Field {
    /// The source of its value; printed fields have none.
    pub fn source(&self) -> Option<&str> {
        match &self.kind {
            Kind::Text(field) | Kind::Vertical(field) => Some(&field.source),
            Kind::Comb(field) => Some(&field.source),
            Kind::Date(field) => Some(&field.source),
            Kind::Check(field) | Kind::Circle(field) | Kind::Strike(field) => Some(&field.source),
            Kind::Barcode(_) => Some(MARK),
            Kind::Qr(field) => Some(&field.source),
            Kind::Label(_) | Kind::Line(_) | Kind::Rect(_) => None,
        }
    }
}
