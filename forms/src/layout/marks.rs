//! Marks: squares and words of options, and what the value does to them: tick, circle, strike.

use kakanai_text::clusters;

use crate::fonts::{FontError, Style};
use crate::layout::fields::{Drawing, Here};
use crate::layout::fit;
use crate::layout::page::{MM_PER_PT, Mark};
use crate::refusal::Refusal;
use crate::template::{
    Align, Area, DateParts, FitStep, Kind, MarkField, MarkOption, Setting, Valign,
};
use crate::values::FieldValue;

/// Strokes of drawn marks, in points.
const MARK_WIDTH: f32 = 1.1;
const FRAME_WIDTH: f32 = 0.5;
/// The two lines of a strike, in points, and how far each stands from the middle, in millimetres.
const STRIKE_WIDTH: f32 = 0.7;
const STRIKE_APART: f32 = 0.35;

impl Drawing<'_> {
    pub(super) fn era(&mut self, here: Here<'_>, parts: &DateParts, era: Option<&str>) {
        let Some(era) = era.filter(|_| !parts.eras.is_empty()) else { return };
        match parts.eras.get(era) {
            Some(area) => {
                let area = area.lowered(here.position.down);
                self.marks.push(Mark::Ellipse { area, width: MARK_WIDTH });
            }
            None => self.refusals.push(Refusal::NoSuchOption { place: self.place(here) }),
        }
    }

    /// The printed part of options: squares with words beside them, or words to be circled.
    pub(super) fn options(&mut self, here: Here<'_>, field: &MarkField) -> Result<(), FontError> {
        let squares = matches!(here.field.kind, Kind::Check(_));
        for option in &field.options {
            let area = option.area.lowered(here.position.down);
            if squares {
                self.marks.push(Mark::Rect { area, width: FRAME_WIDTH, fill: None });
            }
            if !option.text.is_empty() {
                let setting = word_setting(field, option, area, squares);
                self.text(here, &option.text, &setting)?;
            }
        }
        Ok(())
    }

    pub(super) fn mark(&mut self, here: Here<'_>, field: &MarkField, value: &FieldValue) {
        let words = value.words();
        let marks = |option: &MarkOption, word: &String| {
            option.value == *word || option.also.contains(word)
        };
        for option in &field.options {
            if words.iter().any(|word| marks(option, word)) {
                self.mark_option(here, option.area.lowered(here.position.down));
            }
        }
        let meant = |word: &String| {
            field.blank.contains(word) || field.options.iter().any(|option| marks(option, word))
        };
        if !words.iter().all(meant) {
            self.refusals.push(Refusal::NoSuchOption { place: self.place(here) });
        }
    }

    fn mark_option(&mut self, here: Here<'_>, area: Area) {
        match here.field.kind {
            Kind::Check(_) => self.marks.push(Mark::Tick { area, width: MARK_WIDTH }),
            Kind::Strike(_) => {
                let middle = area.y + area.h / 2.0;
                for y in [middle - STRIKE_APART, middle + STRIKE_APART] {
                    let points = [area.x, y, area.x + area.w, y];
                    self.marks.push(Mark::Line { points, width: STRIKE_WIDTH, dashed: false });
                }
            }
            _ => self.marks.push(Mark::Ellipse { area, width: MARK_WIDTH }),
        }
    }
}

/// The word of an option: right of its square, or in the middle of its ellipse.
fn word_setting(field: &MarkField, option: &MarkOption, area: Area, squares: bool) -> Setting {
    const ROOM: f32 = 1.2;
    let width = fit::count(clusters(&option.text).count()) * field.size * MM_PER_PT * ROOM
        + 2.0 * fit::PADDING;
    let em = field.size * MM_PER_PT;
    let (area, align) = if squares {
        let top = area.y + (area.h - em) / 2.0;
        (Area { x: area.x + area.w, y: top, w: width, h: em }, Align::Left)
    } else {
        let middle = area.x + area.w / 2.0;
        (Area { x: middle - width / 2.0, w: width, ..area }, Align::Center)
    };
    Setting {
        area,
        style: Style::Gothic,
        size: field.size,
        min_size: field.size,
        align,
        valign: Valign::Middle,
        fit: vec![FitStep::OneLine],
    }
}
