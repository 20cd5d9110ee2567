//! What every check looks at: the compiled pack and, for the place of a finding, the rows it was read from.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use kakanai_rules::Vocabulary;
use kakanai_rules::pack::{Dated, Pack};
use kakanai_text::PartialDate;

use super::uses::{Use, uses};
use crate::finding::Place;
use crate::row::{Row, Sheets};

/// The pack under check.
pub struct Scene<'a> {
    pub pack: &'a Pack,
    pub vocabulary: Vocabulary,
    pub sheets: &'a Sheets,
    /// Every cell could be read, so that what is not used is really not used.
    pub whole: bool,
    uses: OnceCell<Vec<Use<'a>>>,
}

impl<'a> Scene<'a> {
    pub fn new(pack: &'a Pack, sheets: &'a Sheets, whole: bool) -> Scene<'a> {
        Scene { pack, vocabulary: pack.vocabulary(), sheets, whole, uses: OnceCell::new() }
    }

    /// Every fact that some row weighs or asks for.
    pub fn uses(&self) -> &[Use<'a>] {
        self.uses.get_or_init(|| uses(self.pack))
    }

    /// The rows of a sheet after all layers were laid over each other.
    pub fn rows(&self, sheet: &str) -> &'a [Row] {
        self.sheets.rows(sheet)
    }

    /// What stands in a column, rows that cannot be read included: a fault is told once, in its own row.
    pub fn cells(&self, sheet: &str, column: &str) -> BTreeSet<&'a str> {
        self.rows(sheet).iter().map(|row| row.cell(column)).collect()
    }

    /// A town's pack; a base alone lacks what every town adds: offices, papers, tests.
    pub fn is_town(&self) -> bool {
        !self.pack.municipality_code.is_empty()
    }

    /// The row of a sheet with this id and first day.
    pub fn row(&self, sheet: &str, id: &str, from: Option<PartialDate>) -> Option<&'a Row> {
        let versions: Vec<&Row> = self.sheets.of_id(sheet, id).collect();
        let version = versions.iter().find(|row| row.cell("from").parse().ok() == from);
        version.or(versions.first()).copied()
    }

    /// Where the row with this id stands.
    pub fn place(&self, sheet: &str, id: &str) -> Place {
        self.version(sheet, id, None)
    }

    /// Where this version of a row stands.
    pub fn dated(&self, sheet: &str, id: &str, dated: &Dated) -> Place {
        self.version(sheet, id, dated.from)
    }

    fn version(&self, sheet: &str, id: &str, from: Option<PartialDate>) -> Place {
        self.row(sheet, id, from)
            .map_or_else(|| Place { sheet: sheet.to_owned(), row: 0 }, |row| row.place.clone())
    }

    /// Where a fact is used.
    pub fn used_at(&self, used: &Use<'_>) -> Place {
        self.version(used.sheet, used.id, used.from)
    }

    /// The column in which a row names a fact.
    pub fn column(&self, used: &Use<'_>) -> String {
        let row = self.row(used.sheet, used.id, used.from);
        let found =
            row.and_then(|row| NAMING.iter().find(|column| names(row.cell(column), &used.fact)));
        found.map_or("expression", |column| column).to_owned()
    }
}

/// The columns that name facts, besides `expression`.
const NAMING: [&str; 19] = [
    "fact1",
    "fact2",
    "fact3",
    "fact4",
    "fact5",
    "value1",
    "value2",
    "value3",
    "value4",
    "value5",
    "start",
    "fallback",
    "not_before",
    "gate",
    "fact",
    "value",
    "date_by",
    "asks",
    "covered_by",
];

/// Whether a cell names `fact`: alone, with `@`, with time added, or among other words.
fn names(cell: &str, fact: &str) -> bool {
    cell.split_whitespace().any(|word| {
        word.strip_prefix('@').unwrap_or(word).strip_prefix(fact).is_some_and(|rest| {
            rest.is_empty()
                || rest
                    .strip_prefix(['+', '-'])
                    .is_some_and(|time| time.starts_with(|c: char| c.is_ascii_digit()))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn a_fact_is_found_in_every_way_of_writing_it() {
        for cell in
            ["move_date", "@move_date", "@move_date-14", "@move_date+1y", "from move_date to"]
        {
            assert!(names(cell, "move_date"), "{cell}");
        }
        for cell in ["", "move_dates", "@move_date-x", "new_move_date"] {
            assert!(!names(cell, "move_date"), "{cell}");
        }
        assert!(!names("@deadline.juki.tennyu-tokurei", "deadline.juki.tennyu"));
    }
}
