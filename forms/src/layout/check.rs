//! What a template could not print, found with its fonts: words too long for their boxes, and values as
//! long as the law lets them be. Run when a pack is checked; at the counter it is too late.

use kakanai_text::PartialDate;

use crate::fonts::{Cluster, FontError, FontSet, Style, Unknown};
use crate::layout::codes::{bars, squares};
use crate::layout::comb::{cell_texts, fill};
use crate::layout::date::date_texts;
use crate::layout::fit::{PADDING, width};
use crate::layout::marks::WORDS;
use crate::layout::page::MM_PER_PT;
use crate::layout::set::{Way, notice, set};
use crate::refusal::code_points;
use crate::template::{
    CombField, DateField, Fault, Field, Kind, MarkField, Problem, Setting, Template, TextField,
};

impl Template {
    /// Printed words that do not fit: labels their box, words of options their ellipse, or the room up to
    /// the next square.
    ///
    /// # Errors
    /// [`FontError`] when a font cannot be used.
    pub fn label_problems(&self, fonts: &FontSet) -> Result<Vec<Problem>, FontError> {
        let mut check = Check { fonts, found: Vec::new() };
        for field in &self.fields {
            match &field.kind {
                Kind::Label(label) => {
                    let fault = Fault::LabelDoesNotFit(label.text.clone());
                    check.text(field, &label.text, &label.setting, Way::Lines, fault)?;
                }
                Kind::Check(marks) => check.words(field, marks, self.page().0, true)?,
                Kind::Circle(marks) | Kind::Strike(marks) => {
                    check.words(field, marks, self.page().0, false)?;
                }
                _ => {}
            }
        }
        Ok(check.found)
    }
}

/// The fields that could not take the longest legal value: of `only`, or of all. `longest` gives it by
/// source, or `None` where a source has no text or no limit. Fields that continue on a page of their own
/// (別紙) can take any; texts of choices and dates are checked without being asked for.
///
/// # Errors
/// [`FontError`] when a font cannot be used.
pub fn fits(
    template: &Template,
    only: Option<&str>,
    fonts: &FontSet,
    longest: &dyn Fn(&str) -> Option<String>,
) -> Result<Vec<Problem>, FontError> {
    let mut check = Check { fonts, found: Vec::new() };
    let wanted = |field: &&Field| only.is_none_or(|id| field.id == id);
    for field in template.fields.iter().filter(wanted) {
        let Some(source) = field.source() else { continue };
        let value = longest(source);
        match &field.kind {
            Kind::Text(text) => check.values(field, text, value, Way::Lines)?,
            Kind::Vertical(text) => check.values(field, text, value, Way::Columns)?,
            Kind::Date(date) => check.date(field, date)?,
            Kind::Comb(comb) => {
                if let Some(value) = value {
                    check.comb(field, comb, &value)?;
                }
            }
            Kind::Barcode(area) => {
                let none = value.as_ref().is_some_and(|value| bars(value, *area).is_none());
                check.unless(!none, field, value.unwrap_or_default());
            }
            Kind::Qr(qr) => {
                let none = value.as_ref().is_some_and(|value| squares(value, qr.area).is_none());
                check.unless(!none, field, value.unwrap_or_default());
            }
            _ => {}
        }
    }
    Ok(check.found)
}

struct Check<'a> {
    fonts: &'a FontSet,
    found: Vec<Problem>,
}

impl Check<'_> {
    fn report(&mut self, field: &Field, fault: Fault) {
        let problem = Problem { field: field.id.clone(), line: field.line, fault };
        if !self.found.contains(&problem) {
            self.found.push(problem);
        }
    }

    fn unless(&mut self, fits: bool, field: &Field, value: String) {
        if !fits {
            self.report(field, Fault::CannotTake(value));
        }
    }

    /// Glyphs, or a report of what no font has.
    fn shaped(
        &mut self,
        field: &Field,
        text: &str,
        style: Style,
    ) -> Result<Option<Vec<Cluster>>, FontError> {
        Ok(match self.fonts.clusters(text, style)? {
            Ok(drawn) => Some(drawn),
            Err(unknown) => {
                for Unknown { code_points: points, .. } in unknown {
                    self.report(field, Fault::NoGlyph(code_points(&points)));
                }
                None
            }
        })
    }

    /// Reports `fault` when neither the text nor the notice that it continues elsewhere fits.
    fn text(
        &mut self,
        field: &Field,
        text: &str,
        setting: &Setting,
        way: Way,
        fault: Fault,
    ) -> Result<(), FontError> {
        let mut paragraphs = Vec::new();
        for paragraph in text.lines() {
            match self.shaped(field, paragraph, setting.style)? {
                Some(drawn) => paragraphs.push(drawn),
                None => return Ok(()),
            }
        }
        if set(&paragraphs, setting, way, self.fonts)?.is_err()
            && notice(setting, way, self.fonts)?.is_none()
        {
            self.report(field, fault);
        }
        Ok(())
    }

    fn values(
        &mut self,
        field: &Field,
        text: &TextField,
        longest: Option<String>,
        way: Way,
    ) -> Result<(), FontError> {
        for value in longest.iter().chain(text.texts.values()) {
            let fault = Fault::CannotTake(value.clone());
            self.text(field, value, &text.setting, way, fault)?;
        }
        Ok(())
    }

    fn comb(&mut self, field: &Field, comb: &CombField, value: &str) -> Result<(), FontError> {
        let cells = cell_texts(value, comb);
        if let Some(drawn) = self.shaped(field, &cells.concat(), comb.style)? {
            self.unless(fill(&cells, &drawn, comb).is_some(), field, value.to_owned());
        }
        Ok(())
    }

    /// A day on which every part is as long as it gets.
    fn date(&mut self, field: &Field, date: &DateField) -> Result<(), FontError> {
        let Ok(day) = "1988-12-28".parse::<PartialDate>() else { return Ok(()) };
        let Some(texts) = date_texts(day, date.calendar, date.digits) else { return Ok(()) };
        let Some(parts) = &date.parts else {
            let whole = texts.whole();
            let fault = Fault::CannotTake(whole.clone());
            return self.text(field, &whole, &date.setting, Way::Lines, fault);
        };
        let era = texts.era.map(str::to_owned);
        let boxes = [
            (parts.era, era),
            (parts.year, texts.year),
            (parts.month, texts.month),
            (parts.day, texts.day),
        ];
        for (area, text) in boxes {
            if let (Some(area), Some(text)) = (area, text) {
                let setting = Setting { area, ..date.setting.clone() };
                let fault = Fault::CannotTake(text.clone());
                self.text(field, &text, &setting, Way::Lines, fault)?;
            }
        }
        Ok(())
    }

    /// Words beside squares end before the next square and on the page; others stay inside their box.
    fn words(
        &mut self,
        field: &Field,
        marks: &MarkField,
        page: f32,
        squares: bool,
    ) -> Result<(), FontError> {
        const ROUNDING: f32 = 0.05;
        for option in marks.options.iter().filter(|option| !option.text.is_empty()) {
            let Some(drawn) = self.shaped(field, &option.text, WORDS)? else { continue };
            let used = width(&drawn) * marks.size * MM_PER_PT;
            let area = option.area;
            let room = if squares {
                let begin = area.x + area.w;
                let beside = marks.options.iter().map(|other| other.area).filter(|other| {
                    other.x >= begin && other.y < area.y + area.h && area.y < other.y + other.h
                });
                beside.map(|other| other.x).fold(page, f32::min) - begin - PADDING
            } else {
                area.w
            };
            if used > room + ROUNDING {
                self.report(field, Fault::LabelDoesNotFit(option.text.clone()));
            }
        }
        Ok(())
    }
}
