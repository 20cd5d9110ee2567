//! Rows with their history: where each cell was written, and what stood there before a city changed it.
//!
//! Checks need more than the cells that count: that a base row changed under an overlay, or that a telephone
//! number still is the sample town's.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::finding::Place;
use crate::folder::Head;

/// One cell.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cell {
    text: String,
    layer: usize,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// Where it stands; of an overridden row, the city's line.
    pub place: Place,
    /// Which pack of the chain wrote that line: an index into [`Sheets::layers`].
    pub layer: usize,
    cells: BTreeMap<String, Cell>,
    base: Option<Box<Row>>,
}

impl Row {
    /// A row of the pack `layer`.
    pub fn new(
        place: Place,
        layer: usize,
        cells: impl IntoIterator<Item = (String, String)>,
    ) -> Row {
        let cells =
            cells.into_iter().map(|(column, text)| (column, Cell { text, layer })).collect();
        Row { place, layer, cells, base: None }
    }

    /// A cell; empty when the column is missing.
    pub fn cell(&self, column: &str) -> &str {
        self.cells.get(column).map_or("", |cell| cell.text.as_str())
    }

    /// Which pack of the chain wrote a cell that is not empty.
    pub fn layer_of(&self, column: &str) -> Option<usize> {
        self.cells.get(column).filter(|cell| !cell.text.is_empty()).map(|cell| cell.layer)
    }

    /// The row below, as it was before this row's pack changed it.
    pub fn base(&self) -> Option<&Row> {
        self.base.as_deref()
    }

    /// The cells that are not empty, in order of their column.
    pub fn cells(&self) -> impl Iterator<Item = (&str, &str)> {
        self.cells
            .iter()
            .filter(|(_, cell)| !cell.text.is_empty())
            .map(|(column, cell)| (column.as_str(), cell.text.as_str()))
    }

    /// What the row says, as a number that changes with any cell (lowercase hexadecimal SHA-256).
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        for (column, text) in self.cells() {
            for part in [column, text] {
                digest.update(part.len().to_string());
                digest.update(":");
                digest.update(part);
            }
        }
        hex(&digest.finalize())
    }

    /// Lays `over` on this row: an empty cell inherits, `-` empties unless the column keeps it.
    pub fn lay(&mut self, over: Row, keeps_dash: &[&str]) {
        let before = self.clone();
        self.place = over.place;
        self.layer = over.layer;
        for (column, mut cell) in over.cells.into_iter().filter(|(_, cell)| !cell.text.is_empty()) {
            if cell.text == "-" && !keeps_dash.contains(&column.as_str()) {
                cell.text.clear();
            }
            self.cells.insert(column, cell);
        }
        self.base = Some(Box::new(before));
    }

    /// Empties the cells that say `-` in a row with nothing below.
    pub fn empty_dashes(&mut self, keeps_dash: &[&str]) {
        let dashes = self
            .cells
            .iter_mut()
            .filter(|(column, cell)| cell.text == "-" && !keeps_dash.contains(&column.as_str()));
        for (_, cell) in dashes {
            cell.text.clear();
        }
    }
}

/// All sheets of a chain of packs, the bases' rows overridden by those above.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The packs of the chain, the lowest base first and the pack itself last.
    pub layers: Vec<Head>,
    /// Rows by sheet.
    pub rows: BTreeMap<&'static str, Vec<Row>>,
    /// The fingerprints of overridden base rows as last accepted, by sheet and id; `None` without such a file.
    pub accepted: Option<BTreeMap<(String, String), String>>,
}

impl Sheets {
    /// The rows of a sheet.
    pub fn rows(&self, sheet: &str) -> &[Row] {
        self.rows.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// The rows of a sheet with this `id`, all versions.
    pub fn of_id<'a>(&'a self, sheet: &str, id: &str) -> impl Iterator<Item = &'a Row> {
        self.rows(sheet).iter().filter(move |row| row.cell("id") == id)
    }

    /// The head of the pack that wrote a cell that is not empty.
    pub fn writer(&self, row: &Row, column: &str) -> Option<&Head> {
        self.layers.get(row.layer_of(column)?)
    }

    /// The pack itself overrides these base rows: sheet, id of the base row, base row, overriding row.
    pub fn overridden(&self) -> impl Iterator<Item = (&'static str, String, &Row, &Row)> {
        let top = self.layers.len().saturating_sub(1);
        crate::layouts::LAYOUTS.iter().flat_map(move |layout| {
            self.rows(layout.name).iter().filter(move |row| row.layer == top).filter_map(
                move |row| {
                    let base = row.base()?;
                    Some((layout.name, layout.id_of(base), base, row))
                },
            )
        })
    }
}

/// Lowercase hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
