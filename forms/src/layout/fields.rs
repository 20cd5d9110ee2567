//! One field onto one page, or a refusal that names it.

use kakanai_text::clusters;

use crate::fonts::{Cluster, FontError, FontSet, Style, Unknown};
use crate::layout::annex::Annexed;
use crate::layout::date::date_texts;
use crate::layout::form::Position;
use crate::layout::page::Mark;
use crate::layout::set::{Way, notice, set};
use crate::refusal::{Place, Refusal};
use crate::template::{
    Align, Area, DateField, Field, FitStep, Kind, SMALLEST, Setting, TextField, Valign,
};
use crate::values::{FieldValue, Settlement, Settlements};

/// What is printed in a place that the clerk fills by hand.
const BY_HAND: &str = "（手書き）";

/// What stands between the texts of a list.
const BETWEEN: &str = "、";

/// One page being drawn.
pub(super) struct Drawing<'a> {
    pub form: &'a str,
    pub fonts: &'a FontSet,
    pub settlements: &'a Settlements,
    pub marks: Vec<Mark>,
    /// Values too long for their boxes.
    pub annex: &'a mut Vec<Annexed>,
    pub refusals: &'a mut Vec<Refusal>,
}

/// A field at its position.
#[derive(Clone, Copy)]
pub(super) struct Here<'a> {
    pub field: &'a Field,
    pub position: Position<'a>,
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
            Kind::Check(marks) | Kind::Circle(marks) | Kind::Strike(marks) => {
                self.options(here, marks)?;
            }
            Kind::Text(_)
            | Kind::Vertical(_)
            | Kind::Comb(_)
            | Kind::Date(_)
            | Kind::Barcode(_)
            | Kind::Qr(_) => {}
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
        if value == FieldValue::Missing || value == FieldValue::Choices(Vec::new()) {
            if field.required() {
                self.refusals.push(Refusal::Required { place: self.place(here) });
            }
            return Ok(());
        }
        match &field.kind {
            Kind::Text(text) => match self.text_of(here, text, &value) {
                Some(words) => self.set(here, &words, &lowered(&text.setting, down), Way::Lines),
                None => Ok(()),
            },
            Kind::Vertical(text) => match self.text_of(here, text, &value) {
                Some(words) => self.set(here, &words, &lowered(&text.setting, down), Way::Columns),
                None => Ok(()),
            },
            Kind::Barcode(area) => self.barcode(here, *area, &value),
            Kind::Qr(qr) => {
                self.qr(here, qr, &value);
                Ok(())
            }
            Kind::Comb(comb) => self.comb(here, comb, &value),
            Kind::Date(date) => self.date(here, date, &value),
            Kind::Check(marks) | Kind::Circle(marks) | Kind::Strike(marks) => {
                self.mark(here, marks, &value);
                Ok(())
            }
            Kind::Label(_) | Kind::Line(_) | Kind::Rect(_) => Ok(()),
        }
    }

    /// The words of a value; `None` after a refusal.
    fn text_of(&mut self, here: Here<'_>, field: &TextField, value: &FieldValue) -> Option<String> {
        match value {
            FieldValue::Text(text) => Some(text.clone()),
            FieldValue::Number(number) => Some(number.to_string()),
            FieldValue::Choice(_) | FieldValue::Choices(_) | FieldValue::YesNo(_) => {
                let words = value.words();
                let texts: Option<Vec<&str>> =
                    words.iter().map(|word| field.texts.get(word).map(String::as_str)).collect();
                if texts.is_none() {
                    self.refusals.push(Refusal::NoSuchOption { place: self.place(here) });
                }
                texts.map(|texts| texts.join(BETWEEN))
            }
            FieldValue::Date(_) | FieldValue::Missing => {
                self.wrong_kind(here, value, "text");
                None
            }
        }
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
        let texts = texts.with_first_year(field.first_year, field.digits);
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

    /// Marks the place 手書き and leaves it to the pen; squares and printed choices just stay unmarked.
    fn by_hand(&mut self, here: Here<'_>) -> Result<(), FontError> {
        let mut way = Way::Lines;
        let area = match &here.field.kind {
            Kind::Text(field) => field.setting.area,
            Kind::Vertical(field) => {
                way = Way::Columns;
                field.setting.area
            }
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
            && let Ok(set) = set(&[drawn], &setting, way, self.fonts)?
        {
            set.place(&here.field.id, &setting, &mut self.marks);
        }
        Ok(())
    }

    /// Sets text in lines in its box, or refuses.
    pub(super) fn text(
        &mut self,
        here: Here<'_>,
        text: &str,
        setting: &Setting,
    ) -> Result<(), FontError> {
        self.set(here, text, setting, Way::Lines)
    }

    fn set(
        &mut self,
        here: Here<'_>,
        text: &str,
        setting: &Setting,
        way: Way,
    ) -> Result<(), FontError> {
        let mut paragraphs = Vec::new();
        for paragraph in text.lines() {
            match self.shaped(here, paragraph, setting.style)? {
                Some(drawn) => paragraphs.push(drawn),
                None => return Ok(()),
            }
        }
        let id = &here.field.id;
        match set(&paragraphs, setting, way, self.fonts)? {
            Ok(set) => set.place(id, setting, &mut self.marks),
            Err(tried) => match notice(setting, way, self.fonts)? {
                Some(notice) => {
                    notice.place(id, setting, &mut self.marks);
                    self.annexed(here, paragraphs);
                }
                None => {
                    let length = paragraphs.iter().map(Vec::len).sum();
                    let place = self.place(here);
                    self.refusals.push(Refusal::DoesNotFit { place, length, tried });
                }
            },
        }
        Ok(())
    }

    /// Once, although the field may stand on every sheet.
    fn annexed(&mut self, here: Here<'_>, paragraphs: Vec<Vec<Cluster>>) {
        let (field, row) = (here.field.id.clone(), here.position.row);
        if !self.annex.iter().any(|other| other.field == field && other.row == row) {
            self.annex.push(Annexed { field, label: here.field.label.clone(), row, paragraphs });
        }
    }

    /// Glyphs for a text; `None` after a refusal.
    pub(super) fn shaped(
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

    pub(super) fn wrong_kind(
        &mut self,
        here: Here<'_>,
        value: &FieldValue,
        expected: &'static str,
    ) {
        let place = self.place(here);
        self.refusals.push(Refusal::WrongKind { place, found: value.kind(), expected });
    }

    pub(super) fn place(&self, here: Here<'_>) -> Place {
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
            Kind::Text(field) | Kind::Vertical(field) => field.required,
            Kind::Qr(field) => field.required,
            Kind::Barcode(_) => false,
            Kind::Comb(field) => field.required,
            Kind::Date(field) => field.required,
            Kind::Check(field) | Kind::Circle(field) | Kind::Strike(field) => field.required,
            Kind::Label(_) | Kind::Line(_) | Kind::Rect(_) => false,
        }
    }
}

fn lowered(setting: &Setting, down: f32) -> Setting {
    Setting { area: setting.area.lowered(down), ..setting.clone() }
}

/// The text with every cluster that no font has reduced to its base: what the clerk saw and allowed.
fn base_forms(text: &str, unknown: &[Unknown]) -> String {
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
