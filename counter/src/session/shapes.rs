//! Names and addresses in their exact shape (字形) for both windows, drawn once per text.
//!
//! What was drawn is forgotten with the case.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use kakanai_forms::{FontSet, Outline, Style, code_points, text_outline};

use crate::door::{NameShape, PersonView};

/// The shapes drawn so far.
#[derive(Default)]
pub struct Shapes(Mutex<BTreeMap<String, NameShape>>);

impl Shapes {
    /// The shape of `text`; `None` of nothing, and without fonts.
    pub fn of(&self, text: &str, fonts: Option<&FontSet>) -> Option<NameShape> {
        let fonts = fonts.filter(|_| !text.trim().is_empty())?;
        let mut drawn = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shape) = drawn.get(text) {
            return Some(shape.clone());
        }
        let shape = name_shape(text_outline(text, Style::Mincho, fonts).ok()?);
        drawn.insert(text.to_owned(), shape.clone());
        Some(shape)
    }

    /// The people with the shapes of their names.
    pub fn of_people(&self, people: Vec<PersonView>, fonts: Option<&FontSet>) -> Vec<PersonView> {
        let shaped = |one: PersonView| PersonView { shape: self.of(&one.name, fonts), ..one };
        people.into_iter().map(shaped).collect()
    }

    /// Forgets everything.
    pub fn forget(&mut self) {
        self.0 = Mutex::default();
    }
}

fn name_shape(outline: Outline) -> NameShape {
    let Outline { path, width, height, baseline, missing } = outline;
    let points = |cluster: String| code_points(&cluster.chars().map(u32::from).collect::<Vec<_>>());
    NameShape {
        path,
        width: width.into(),
        height: height.into(),
        baseline: baseline.into(),
        missing: missing.into_iter().map(points).collect(),
    }
}
