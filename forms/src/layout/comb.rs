//! Combs (一マス一文字): what stands in which cell.

use unicode_normalization::char::decompose_canonical;

use kakanai_text::clusters;

use crate::fonts::{Cluster, FontError, drawn_clusters};
use crate::layout::fields::{Drawing, Here};
use crate::layout::fit::{place_line, width};
use crate::layout::page::{BASELINE, MM_PER_PT};
use crate::refusal::Refusal;
use crate::template::{Align, CombField, Dakuten, Width};
use crate::values::FieldValue;

/// How far a glyph may stand out of its cell by rounding, in millimetres.
const ROUNDING: f32 = 0.02;

impl Drawing<'_> {
    pub(super) fn comb(
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
        let cells = cell_texts(&text, field);
        let Some(drawn) = self.shaped(here, &cells.concat(), field.style)? else { return Ok(()) };
        let Some(drawn) = fill(&cells, &drawn, field) else {
            let (length, tried) = (cells.len(), Vec::new());
            self.refusals.push(Refusal::DoesNotFit { place: self.place(here), length, tried });
            return Ok(());
        };
        let skipped = if field.align == Align::Right { field.cells.len() - drawn.len() } else { 0 };
        let em = field.size * MM_PER_PT;
        for (glyphs, cell) in drawn.iter().zip(field.cells.iter().skip(skipped)) {
            let cell = cell.lowered(here.position.down);
            let baseline = cell.y + (cell.h - em) / 2.0 + em * BASELINE;
            let id = &here.field.id;
            place_line(id, glyphs, field.size, cell, baseline, Align::Center, &mut self.marks);
        }
        Ok(())
    }
}

/// The text of each cell.
pub(super) fn cell_texts(text: &str, field: &CombField) -> Vec<String> {
    let text: String = text.chars().map(|character| widened(character, field.width)).collect();
    let mut cells = Vec::new();
    if let Some(prefix) = field.prefix.as_ref().filter(|_| !text.is_empty()) {
        cells.push(prefix.clone());
    }
    for cluster in clusters(&text) {
        match voiced(cluster).filter(|_| field.dakuten == Dakuten::TwoCells) {
            Some((kana, mark)) => cells.extend([kana, mark]),
            None => cells.push(cluster.to_owned()),
        }
    }
    cells
}

/// The glyphs of each cell; `None` when there are too few cells or one is too small for its glyph.
pub(super) fn fill(
    cells: &[String],
    drawn: &[Cluster],
    field: &CombField,
) -> Option<Vec<Vec<Cluster>>> {
    if cells.len() > field.cells.len() {
        return None;
    }
    let em = field.size * MM_PER_PT;
    let narrowest = field.cells.iter().map(|cell| cell.w).fold(f32::INFINITY, f32::min);
    let lowest = field.cells.iter().map(|cell| cell.h).fold(f32::INFINITY, f32::min);
    let mut rest = drawn;
    let mut filled = Vec::new();
    for cell in cells {
        let (glyphs, further) = rest.split_at_checked(drawn_clusters(cell).count())?;
        rest = further;
        if width(glyphs) * em > narrowest + ROUNDING || em > lowest + ROUNDING {
            return None;
        }
        filled.push(glyphs.to_vec());
    }
    Some(filled)
}

/// Digits and other ASCII in the wanted width; nothing else is touched.
fn widened(character: char, width: Width) -> char {
    const APART: u32 = 0xFEE0;
    let code = u32::from(character);
    let other = match (width, character) {
        (Width::Full, ' ') => return '　',
        (Width::Half, '　') => return ' ',
        (Width::Full, '!'..='~') => code + APART,
        (Width::Half, '！'..='～') => code - APART,
        _ => code,
    };
    char::from_u32(other).unwrap_or(character)
}

/// A voiced kana as the plain kana and the mark in a cell of its own.
fn voiced(cluster: &str) -> Option<(String, String)> {
    let mut parts = String::new();
    cluster.chars().for_each(|character| decompose_canonical(character, |part| parts.push(part)));
    let (at, mark) = parts.char_indices().next_back()?;
    let mark = match mark {
        '\u{3099}' => '゛',
        '\u{309A}' => '゜',
        'ﾞ' | 'ﾟ' => mark,
        _ => return None,
    };
    let kana = parts.get(..at).filter(|kana| !kana.is_empty())?;
    Some((kana.to_owned(), mark.to_string()))
}
