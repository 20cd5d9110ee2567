//! What is well written but cannot be printed: found when a pack is checked, long before the counter.

use std::collections::BTreeSet;
use std::fmt;

use super::{Area, Field, Kind, SMALLEST, Sheets, Template};

/// One problem of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Field id.
    pub field: String,
    /// Line of `form.toml`.
    pub line: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A box leaves the page; for rows the last row counts.
    OffPage,
    /// A value would print in this protected area or signature place.
    Protected(String),
    /// A size below [`SMALLEST`].
    TooSmall,
    /// Two value fields that may stand on the same sheet share space; the other's id.
    Overlaps(String),
    /// Another field has the same id.
    DuplicateId,
}

impl Fault {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::OffPage => "off-page",
            Self::Protected(_) => "in-protected-area",
            Self::TooSmall => "too-small",
            Self::Overlaps(_) => "overlap",
            Self::DuplicateId => "duplicate-id",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "line {}, field {}: ", self.line, self.field)?;
        match &self.fault {
            Fault::OffPage => out.write_str("its box leaves the page"),
            Fault::Protected(area) => write!(out, "its box reaches into {area}"),
            Fault::TooSmall => write!(out, "nothing may be set below {SMALLEST} pt"),
            Fault::Overlaps(other) => write!(out, "its box overlaps {other}"),
            Fault::DuplicateId => out.write_str("another field has this id"),
        }
    }
}

impl Template {
    /// Everything that would go wrong on paper whatever the values are.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut ids = BTreeSet::new();
        for (index, field) in self.fields.iter().enumerate() {
            let mut report = |fault| {
                problems.push(Problem { field: field.id.clone(), line: field.line, fault });
            };
            if !ids.insert(&field.id) {
                report(Fault::DuplicateId);
            }
            let areas = self.areas(field);
            if areas.iter().any(|area| !self.on_page(*area)) {
                report(Fault::OffPage);
            }
            if field.smallest().is_some_and(|size| size < SMALLEST) {
                report(Fault::TooSmall);
            }
            if field.source().is_none() {
                continue;
            }
            for (id, guarded) in self.guarded() {
                if areas.iter().any(|area| area.overlaps(guarded)) {
                    report(Fault::Protected(id.to_owned()));
                }
            }
            let others = self.fields.iter().skip(index + 1);
            for other in others.filter(|other| other.source().is_some() && !field.excludes(other)) {
                let theirs = self.areas(other);
                if areas.iter().any(|area| theirs.iter().any(|their| area.overlaps(*their))) {
                    report(Fault::Overlaps(other.id.clone()));
                }
            }
        }
        problems
    }

    fn guarded(&self) -> impl Iterator<Item = (&str, Area)> {
        let protected = self.protected.iter().map(|area| (area.id.as_str(), area.area));
        protected.chain(self.signatures.iter().map(|place| (place.id.as_str(), place.area)))
    }

    fn on_page(&self, area: Area) -> bool {
        let (width, height) = self.page();
        area.x >= 0.0 && area.y >= 0.0 && area.x + area.w <= width && area.y + area.h <= height
    }

    /// All boxes of a field, those of every row included.
    fn areas(&self, field: &Field) -> Vec<Area> {
        let boxes = field.boxes();
        let rows: Vec<f32> = match self.repeat {
            Some(repeat) if field.row => {
                std::iter::successors(Some(0.0), |down| Some(down + repeat.pitch))
                    .take(repeat.count)
                    .collect()
            }
            _ => vec![0.0],
        };
        rows.iter().flat_map(|down| boxes.iter().map(|area| area.lowered(*down))).collect()
    }
}

impl Field {
    /// Whether the two can never be drawn on the same sheet.
    fn excludes(&self, other: &Self) -> bool {
        let sheets = matches!(
            (self.sheets, other.sheets),
            (Sheets::First, Sheets::Further) | (Sheets::Further, Sheets::First)
        );
        sheets || self.when.iter().any(|mine| other.when.iter().any(|their| mine.excludes(their)))
    }

    fn boxes(&self) -> Vec<Area> {
        match &self.kind {
            Kind::Text(field) | Kind::Vertical(field) => vec![field.setting.area],
            Kind::Barcode(area) => vec![*area],
            Kind::Qr(field) => vec![field.area],
            Kind::Comb(field) => field.cells.clone(),
            Kind::Date(field) => match &field.parts {
                Some(parts) => parts.boxes(),
                None => vec![field.setting.area],
            },
            Kind::Check(field) | Kind::Circle(field) | Kind::Strike(field) => {
                field.options.iter().map(|option| option.area).collect()
            }
            Kind::Label(field) => vec![field.setting.area],
            Kind::Line(field) => field
                .segments
                .iter()
                .map(|[x1, y1, x2, y2]| Area {
                    x: x1.min(*x2),
                    y: y1.min(*y2),
                    w: (x2 - x1).abs(),
                    h: (y2 - y1).abs(),
                })
                .collect(),
            Kind::Rect(field) => vec![field.area],
        }
    }

    fn smallest(&self) -> Option<f32> {
        match &self.kind {
            Kind::Text(field) | Kind::Vertical(field) => Some(field.setting.min_size),
            Kind::Comb(field) => Some(field.size),
            Kind::Date(field) => Some(field.setting.min_size),
            Kind::Check(field) | Kind::Circle(field) | Kind::Strike(field) => Some(field.size),
            Kind::Label(field) => Some(field.setting.min_size),
            Kind::Barcode(_) | Kind::Qr(_) | Kind::Line(_) | Kind::Rect(_) => None,
        }
    }
}
