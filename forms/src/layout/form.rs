//! A whole paper: sheets, rows of people, continuation sheets, conditions.

use crate::fonts::{FontError, FontSet};
use crate::layout::annex::{self, Annexed, Heads};
use crate::layout::fields::Drawing;
use crate::layout::page::{Page, Paper};
use crate::refusal::{Place, Refusal, Refusals};
use crate::template::{Field, Scope, Sheets, Template, When};
use crate::values::{FieldValue, Settlements, Values};

/// More sheets than this is a mistake in the data, not a household.
const MOST_SHEETS: usize = 50;

/// Why a paper was not laid out.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum LayoutError {
    /// The paper is refused; every finding is listed.
    #[error(transparent)]
    Refused(#[from] Refusals),
    /// A font cannot be used.
    #[error(transparent)]
    Font(#[from] FontError),
}

impl LayoutError {
    /// A stable name for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "paper-refused",
            Self::Font(error) => error.code(),
        }
    }
}

/// Where one drawing pass stands: which sheet, which row, whose values.
#[derive(Clone, Copy)]
pub(super) struct Position<'a> {
    pub sheet: usize,
    pub sheets: usize,
    /// Number of the person from 1 over all sheets; 0 outside rows.
    pub row: usize,
    pub person: Option<&'a str>,
    /// How far down the row lies from the first, in millimetres.
    pub down: f32,
}

/// Fills a form: one paper for the household, or one per person.
///
/// # Errors
/// [`LayoutError::Refused`] with everything that keeps the paper from being made, or
/// [`LayoutError::Font`]. No page exists then.
pub fn lay_out(
    template: &Template,
    values: &dyn Values,
    fonts: &FontSet,
    settlements: &Settlements,
) -> Result<Vec<Paper>, LayoutError> {
    let people = values.people();
    let groups: Vec<(Option<&str>, &[String])> = match template.scope {
        Scope::Household => vec![(None, people.as_slice())],
        Scope::Person => people
            .iter()
            .map(|person| (Some(person.as_str()), std::slice::from_ref(person)))
            .collect(),
    };
    let mut papers = Vec::new();
    let mut refusals = Vec::new();
    for (person, people) in groups {
        let form = Form { template, values, fonts, settlements, person };
        papers.push(form.paper(people, &mut refusals)?);
    }
    if refusals.is_empty() { Ok(papers) } else { Err(Refusals(refusals).into()) }
}

struct Form<'a> {
    template: &'a Template,
    values: &'a dyn Values,
    fonts: &'a FontSet,
    settlements: &'a Settlements,
    /// Whose paper it is; `None` for a household.
    person: Option<&'a str>,
}

impl Form<'_> {
    fn paper(&self, people: &[String], refusals: &mut Vec<Refusal>) -> Result<Paper, FontError> {
        let (sheets, per_sheet) = match self.template.repeat {
            Some(repeat) => (people.len().div_ceil(repeat.count).max(1), repeat.count),
            None => (1, 1),
        };
        let mut pages = Vec::new();
        let mut annex = Vec::new();
        if sheets > MOST_SHEETS {
            refusals.push(Refusal::TooManyPeople { place: self.whole("repeat") });
        } else {
            for sheet in 1..=sheets {
                let first = (sheet - 1) * per_sheet;
                let rows: Vec<&String> = people.iter().skip(first).take(per_sheet).collect();
                pages.push(self.page(sheet, sheets, first, &rows, &mut annex, refusals)?);
            }
        }
        pages.extend(self.annex(&annex, refusals)?);
        Ok(Paper {
            form: self.template.id.clone(),
            title: self.template.title.clone(),
            people: people.to_vec(),
            pages,
        })
    }

    /// The continuation pages (別紙) of the paper.
    fn annex(
        &self,
        annex: &[Annexed],
        refusals: &mut Vec<Refusal>,
    ) -> Result<Vec<Page>, FontError> {
        let case = match self.values.value("form.case", self.person) {
            FieldValue::Text(case) => case,
            FieldValue::Number(number) => number.to_string(),
            _ => String::new(),
        };
        let heads = Heads { title: &self.template.title, case: &case, page: self.template.page() };
        let unknown = match annex::pages(annex, &heads, self.fonts)? {
            Ok(pages) => return Ok(pages),
            Err(unknown) => unknown,
        };
        refusals.extend(unknown.into_iter().map(|unknown| Refusal::Character {
            place: self.whole("annex"),
            code_points: unknown.code_points,
            why: unknown.why,
            base_font: unknown.base_font,
        }));
        Ok(Vec::new())
    }

    /// The paper as a place, where no single field is at fault.
    fn whole(&self, field: &str) -> Place {
        Place {
            form: self.template.id.clone(),
            field: field.to_owned(),
            label: self.template.title.clone(),
            person: self.person.map(str::to_owned),
        }
    }

    fn page(
        &self,
        sheet: usize,
        sheets: usize,
        before: usize,
        rows: &[&String],
        annex: &mut Vec<Annexed>,
        refusals: &mut Vec<Refusal>,
    ) -> Result<Page, FontError> {
        let (width, height) = self.template.page();
        let mut drawing = Drawing {
            form: &self.template.id,
            fonts: self.fonts,
            settlements: self.settlements,
            marks: Vec::new(),
            annex,
            refusals,
        };
        let whole = Position { sheet, sheets, row: 0, person: self.person, down: 0.0 };
        let fields: Vec<&Field> =
            self.template.fields.iter().filter(|field| on_sheet(field, sheet)).collect();
        for together in fields.chunk_by(|left, right| left.row == right.row) {
            match self.template.repeat.filter(|_| together.iter().any(|field| field.row)) {
                Some(repeat) => {
                    let mut down = 0.0;
                    for row in 0..repeat.count {
                        let person = rows.get(row).map(|person| person.as_str());
                        let position = Position { row: before + row + 1, person, down, ..whole };
                        for field in together {
                            self.field(field, position, &mut drawing)?;
                        }
                        down += repeat.pitch;
                    }
                }
                None => {
                    for field in together {
                        self.field(field, whole, &mut drawing)?;
                    }
                }
            }
        }
        Ok(Page { width, height, marks: drawing.marks })
    }

    /// Draws one field; the printed parts of an empty row are drawn too, its values are not.
    fn field(
        &self,
        field: &Field,
        position: Position<'_>,
        drawing: &mut Drawing<'_>,
    ) -> Result<(), FontError> {
        let empty_row = position.row > 0 && position.person.is_none();
        let value = match field.source() {
            Some(_) if empty_row => FieldValue::Missing,
            Some(source) => self.value(source, position),
            None => FieldValue::Missing,
        };
        let holds = |when: &When| !empty_row && when.holds(&self.value(&when.source, position));
        if !field.when.iter().all(holds) {
            return Ok(());
        }
        drawing.field(field, value, position, empty_row)
    }

    /// Sources of the paper itself are answered here, all others by the caller.
    fn value(&self, source: &str, position: Position<'_>) -> FieldValue {
        let number =
            |number: usize| i64::try_from(number).map_or(FieldValue::Missing, FieldValue::Number);
        match source {
            "form.sheet" => number(position.sheet),
            "form.sheets" => number(position.sheets),
            "form.row" => number(position.row),
            _ => self.values.value(source, position.person),
        }
    }
}

fn on_sheet(field: &Field, sheet: usize) -> bool {
    match field.sheets {
        Sheets::Every => true,
        Sheets::First => sheet == 1,
        Sheets::Further => sheet > 1,
    }
}
