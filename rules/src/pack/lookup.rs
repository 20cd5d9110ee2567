//! Rows and texts of a pack by their ids, in the version that counts on a day.

use jiff::civil::Date;

use super::{Dated, OfficeRow, Pack, ProcedureRow};
use crate::vocabulary::Vocabulary;

impl Pack {
    /// The facts this pack knows: shared ones and its own, with the values its choices add.
    pub fn vocabulary(&self) -> Vocabulary {
        let values = self.choices.iter().map(|row| (row.fact.as_str(), row.value.as_str()));
        Vocabulary::new(&self.facts, values)
    }

    /// A procedure by id.
    pub fn procedure(&self, id: &str) -> Option<&ProcedureRow> {
        self.procedures.iter().find(|row| row.id == id)
    }

    /// An office by id on the day `on`: the version that counts, else the last one.
    pub fn office(&self, id: &str, on: Date) -> Option<&OfficeRow> {
        version(self.offices.iter().filter(|row| row.id == id), on, |row| &row.dated)
    }

    /// A text in `lang`, else in Japanese, else nothing; of several versions the one for the day `on`.
    pub fn text(&self, lang: &str, id: &str, on: Date) -> Option<&str> {
        [lang, "ja"]
            .iter()
            .find_map(|lang| version(self.texts.get(*lang)?.get(id)?.iter(), on, |row| &row.dated))
            .map(|text| text.text.as_str())
    }

    /// A text for the screen: as [`Pack::text`], with the id itself where no text was written.
    pub fn text_or_id<'a>(&'a self, lang: &str, id: &'a str, on: Date) -> &'a str {
        self.text(lang, id, on).unwrap_or(id)
    }
}

/// The version that counts on the day `on`; without one the last, so that nothing is left without a name.
fn version<'a, T>(
    rows: impl Iterator<Item = &'a T> + Clone,
    on: Date,
    dated: impl Fn(&T) -> &Dated,
) -> Option<&'a T> {
    rows.clone().find(|row| dated(row).holds_on(on)).or_else(|| rows.last())
}
