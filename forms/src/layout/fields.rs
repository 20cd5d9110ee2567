//! One field onto one page, or a refusal that names it.

use kakanai_text::clusters;

use crate::fonts::{Cluster, FontError, FontSet, Style, Unknown};
use crate::layout::date::date_texts;
use crate::layout::fit::{self, fit, place, place_line};
use crate::layout::form::Position;
use crate::layout::page::{BASELINE, MM_PER_PT, Mark};
use crate::refusal::{Place, Refusal};
use crate::template::{
    Align, Area, CombField, DateField, DateParts, Field, FitStep, Kind, MarkField, MarkOption,
    SMALLEST, Setting, TextField, Valign,
};
use crate::values::{FieldValue, Settlement, Settlements};

/// What is printed in a place that the clerk fills by hand.
const BY_HAND: &str = "（手書き）";
/// Strokes of drawn marks, in points.
const MARK_WIDTH: f32 = 1.1;
const FRAME_WIDTH: f32 = 0.5;

/// One page being drawn.
pub(super) struct Drawing<'a> {
    pub form: &'a str,
    pub fonts: &'a FontSet,
    pub settlements: &'a Settlements,
    pub marks: Vec<Mark>,
    pub refusals: &'a mut Vec<Refusal>,
}

/// A field at its position.
#[derive(Clone, Copy)]
struct Here<'a> {
    field: &'a Field,
    position: Position<'a>,
}

impl Drawing<'_> {
    /// Draws a field with its value; `empty` is a row without a person.
    pub fn field(
        &mut self,
        field: &Field,
        value: FieldValue,
        position: Position<'_>,
        empty: bool,
    ) -> Result<(), FontError> {
        let here = Here { field, position };
        let down = position.down;
        match &field.kind {
            Kind::Label(label) => {
                let setting = lowered(&label.setting, down);
                return self.text(here, &label.text, &setting);
            }
            Kind::Line(line) => {
                for [x1, y1, x2, y2] in &line.segments {
                    let points = [*x1, y1 + down, *x2, y2 + down];
                    self.marks.push(Mark::Line { points, width: line.width, dashed: line.dashed });
                }
                return Ok(());
            }
            Kind::Rect(rect) => {
                let area = rect.area.lowered(down);
                self.marks.push(Mark::Rect { area, width: rect.width, fill: rect.fill });
                return Ok(());
            }
            Kind::Check(marks) | Kind::Circle(marks) => self.options(here, marks)?,
            Kind::Text(_) | Kind::Comb(_) | Kind::Date(_) => {}
        }
        if empty {
            return Ok(());
        }
        let settlements = self.settlements;
        let choice = settlements.of(&field.id, position.person);
        if choice == Some(&Settlement::ByHand) {
            return self.by_hand(here);
        }
        let value = match choice {
            Some(Settlement::Substitute(text)) => FieldValue::Text(text.clone()),
            _ => value,
        };
        if value == FieldValue::Missing {
            if field.required() {
                self.refusals.push(Refusal::Required { place: self.place(here) });
            }
            return Ok(());
        }
        match &field.kind {
            Kind::Text(text) => self.text_value(here, text, &value),
            Kind::Comb(comb) => self.comb(here, comb, &value),
            Kind::Date(date) => self.date(here, date, &value),
            Kind::Check(marks) | Kind::Circle(marks) => {
                self.mark(here, marks, &value);
                Ok(())
            }
            Kind::Label(_) | Kind::Line(_) | Kind::Rect(_) => Ok(()),
        }
    }

    fn text_value(
        &mut self,
        here: Here<'_>,
        field: &TextField,
        value: &FieldValue,
    ) -> Result<(), FontError> {
        let setting = lowered(&field.setting, here.position.down);
        let text = match value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Number(number) => number.to_string(),
            FieldValue::Choice(_) | FieldValue::YesNo(_) => {
                let word = value.word().unwrap_or_default();
                match field.texts.get(&word) {
                    Some(text) => text.clone(),
                    None => {
                        self.refusals.push(Refusal::NoSuchOption { place: self.place(here) });
                        return Ok(());
                    }
                }
            }
            FieldValue::Date(_) | FieldValue::Missing => {
                self.wrong_kind(here, value, "text");
                return Ok(());
            }
        };
        self.text(here, &text, &setting)
    }

    fn comb(
        &mut self,
        here: Here<'_>,
        field: &CombField,
        value: &FieldValue,
    ) -> Result<(), FontError> {
        let text = match value {
            FieldValue::Text(text) => text.clone(),
            FieldValue::Number(number) => number.to_string(),
            _ => {
                self.wrong_kind(here, value, "text");
                return Ok(());
            }
        };
        let Some(drawn) = self.shaped(here, &text, field.style)? else { return Ok(()) };
        if drawn.len() > field.cells.len() {
            let (length, tried) = (drawn.len(), Vec::new());
            self.refusals.push(Refusal::DoesNotFit { place: self.place(here), length, tried });
            return Ok(());
        }
        let skipped = if field.align == Align::Right { field.cells.len() - drawn.len() } else { 0 };
        let em = field.size * MM_PER_PT;
        for (cluster, cell) in drawn.iter().zip(field.cells.iter().skip(skipped)) {
            let cell = cell.lowered(here.position.down);
            let baseline = cell.y + (cell.h - em) / 2.0 + em * BASELINE;
            let line = std::slice::from_ref(cluster);
            let id = &here.field.id;
            place_line(id, line, field.size, cell, baseline, Align::Center, &mut self.marks);
        }
        Ok(())
    }

    fn date(
        &mut self,
        here: Here<'_>,
        field: &DateField,
        value: &FieldValue,
    ) -> Result<(), FontError> {
        let date = match value {
            FieldValue::Date(date) => date,
            FieldValue::Text(text) => {
                let setting = lowered(&field.setting, here.position.down);
                return self.text(here, text, &setting);
            }
            _ => {
                self.wrong_kind(here, value, "date");
                return Ok(());
            }
        };
        let Some(texts) = date_texts(*date, field.calendar, field.digits) else {
            self.refusals.push(Refusal::NoEra { place: self.place(here) });
            return Ok(());
        };
        let Some(parts) = &field.parts else {
            let setting = lowered(&field.setting, here.position.down);
            return self.text(here, &texts.whole(), &setting);
        };
        self.era(here, parts, texts.era);
        let era = texts.era.map(str::to_owned);
        let boxes = [
            (parts.era, era),
            (parts.year, texts.year),
            (parts.month, texts.month),
            (parts.day, texts.day),
        ];
        for (area, text) in boxes {
            if let (Some(area), Some(text)) = (area, text) {
                let setting = Setting { area, ..field.setting.clone() };
                self.text(here, &text, &lowered(&setting, here.position.down))?;
            }
        }
        Ok(())
    }

    fn era(&mut self, here: Here<'_>, parts: &DateParts, era: Option<&str>) {
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
    fn options(&mut self, here: Here<'_>, field: &MarkField) -> Result<(), FontError> {
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

    fn mark(&mut self, here: Here<'_>, field: &MarkField, value: &FieldValue) {
        let word = value.word().unwrap_or_default();
        match field
            .options
            .iter()
            .find(|option| option.value == word || option.also.contains(&word))
        {
            Some(option) => {
                let area = option.area.lowered(here.position.down);
                self.marks.push(match here.field.kind {
                    Kind::Check(_) => Mark::Tick { area, width: MARK_WIDTH },
                    _ => Mark::Ellipse { area, width: MARK_WIDTH },
                });
            }
            None if field.blank.contains(&word) => {}
            None => self.refusals.push(Refusal::NoSuchOption { place: self.place(here) }),
        }
    }

    /// Marks the place 手書き and leaves it to the pen; squares and printed choices just stay unmarked.
    fn by_hand(&mut self, here: Here<'_>) -> Result<(), FontError> {
        let area = match &here.field.kind {
            Kind::Text(field) => field.setting.area,
            Kind::Date(field) => field.setting.area,
            Kind::Comb(field) => Area::around(field.cells.iter().copied()),
            _ => return Ok(()),
        };
        let setting = Setting {
            area: area.lowered(here.position.down),
            style: Style::Gothic,
            size: SMALLEST,
            min_size: SMALLEST,
            align: Align::Right,
            valign: Valign::Bottom,
            fit: vec![FitStep::OneLine],
        };
        if let Some(drawn) = self.shaped(here, BY_HAND, setting.style)?
            && let Ok(fitted) = fit(&[drawn], &setting)
        {
            place(&here.field.id, &fitted, &setting, &mut self.marks);
        }
        Ok(())
    }

    /// Sets text in its box, or refuses.
    fn text(&mut self, here: Here<'_>, text: &str, setting: &Setting) -> Result<(), FontError> {
        let mut paragraphs = Vec::new();
        for paragraph in text.lines() {
            match self.shaped(here, paragraph, setting.style)? {
                Some(drawn) => paragraphs.push(drawn),
                None => return Ok(()),
            }
        }
        match fit(&paragraphs, setting) {
            Ok(fitted) => place(&here.field.id, &fitted, setting, &mut self.marks),
            Err(tried) => {
                let length = paragraphs.iter().map(Vec::len).sum();
                self.refusals.push(Refusal::DoesNotFit { place: self.place(here), length, tried });
            }
        }
        Ok(())
    }

    /// Glyphs for a text; `None` after a refusal.
    fn shaped(
        &mut self,
        here: Here<'_>,
        text: &str,
        style: Style,
    ) -> Result<Option<Vec<Cluster>>, FontError> {
        let unknown = match self.fonts.clusters(text, style)? {
            Ok(drawn) => return Ok(Some(drawn)),
            Err(unknown) => unknown,
        };
        let choice = self.settlements.of(&here.field.id, here.position.person);
        if choice == Some(&Settlement::BaseForm)
            && let Ok(drawn) = self.fonts.clusters(&base_forms(text, &unknown), style)?
        {
            return Ok(Some(drawn));
        }
        let place = self.place(here);
        self.refusals.extend(unknown.into_iter().map(|unknown| Refusal::Character {
            place: place.clone(),
            code_points: unknown.code_points,
            why: unknown.why,
            base_font: unknown.base_font,
        }));
        Ok(None)
    }

    fn wrong_kind(&mut self, here: Here<'_>, value: &FieldValue, expected: &'static str) {
        let place = self.place(here);
        self.refusals.push(Refusal::WrongKind { place, found: value.kind(), expected });
    }

    fn place(&self, here: Here<'_>) -> Place {
        Place {
            form: self.form.to_owned(),
            field: here.field.id.clone(),
            label: here.field.label.clone(),
            person: here.position.person.map(str::to_owned),
        }
    }
}

impl Field {
    fn required(&self) -> bool {
        match &self.kind {
            Kind::Text(field) => field.required,
            Kind::Comb(field) => field.required,
            Kind::Date(field) => field.required,
            Kind::Check(field) | Kind::Circle(field) => field.required,
            Kind::Label(_) | Kind::Line(_) | Kind::Rect(_) => false,
        }
    }
}

fn lowered(setting: &Setting, down: f32) -> Setting {
    Setting { area: setting.area.lowered(down), ..setting.clone() }
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

/// The text with every cluster that no font has reduced to its base: what the clerk saw and allowed.
pub fn base_forms(text: &str, unknown: &[Unknown]) -> String {
    let lacking = |cluster: &str| {
        unknown
            .iter()
            .any(|unknown| unknown.code_points.iter().copied().eq(cluster.chars().map(u32::from)))
    };
    clusters(text)
        .flat_map(|cluster| cluster.chars().take(if lacking(cluster) { 1 } else { usize::MAX }))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::refusal::Lack;

    #[test]
    fn the_base_form_drops_only_the_selector_no_font_has() {
        let code_points = vec![0x9089, 0xE010E];
        let unknown = [Unknown { code_points, why: Lack::VariantMissing, base_font: None }];
        let name = "渡邉\u{E010E}　葛\u{E0100}";
        assert_eq!(base_forms(name, &unknown), "渡邉　葛\u{E0100}");
    }
}
