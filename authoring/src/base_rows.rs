//! Base rows as a city last saw them (`base-rows.csv` beside `pack.toml`): `sheet,id,fingerprint`.
//!
//! A city that overrides a row has decided on what the row said then. When the base changes the row later, the
//! override may hide new law; the fingerprints tell the checks which rows somebody has to look at again.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::folder::{self, read_text};
use crate::layouts::LAYOUTS;
use crate::load::PackError;

/// The file's name.
const FILE: &str = "base-rows.csv";
/// Its headings.
const HEADINGS: [&str; 3] = ["sheet", "id", "fingerprint"];

/// Fingerprints by sheet and row id.
type Fingerprints = BTreeMap<(String, String), String>;

/// The fingerprints kept with the pack `id` in the folder `path`; `None` when it keeps none.
pub fn read(path: &Path, id: &str) -> Result<Option<Fingerprints>, PackError> {
    let file = path.join(FILE);
    if !file.is_file() {
        return Ok(None);
    }
    let name = format!("{id}/{FILE}");
    let text = read_text(&file, &name)?;
    let syntax = |row: u64| PackError::Syntax {
        file: name.clone(),
        row: usize::try_from(row).unwrap_or(0),
        expected: HEADINGS.join(","),
    };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    if !reader.headers().is_ok_and(|headings| headings.iter().eq(HEADINGS)) {
        return Err(syntax(1));
    }
    reader
        .deserialize()
        .map(|row| {
            let (sheet, id, fingerprint): (String, String, String) =
                row.map_err(|error| syntax(error.position().map_or(0, csv::Position::line)))?;
            Ok(((sheet, id), fingerprint))
        })
        .collect::<Result<_, _>>()
        .map(Some)
}

/// Accepts the base rows that the pack in the folder `path` overrides as they are now, and says how many.
///
/// A pack without a base has nothing to accept; nothing is written then.
///
/// # Errors
/// [`PackError`] when the folder or one of its bases cannot be read, or the file cannot be written.
pub fn accept_base(path: &Path) -> Result<usize, PackError> {
    let folder = folder::read(path, LAYOUTS)?;
    if folder.head.base.is_none() {
        return Ok(0);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    let io = |error: csv::Error| PackError::Io(error.into());
    writer.write_record(HEADINGS).map_err(io)?;
    let mut rows: Vec<_> = folder
        .sheets
        .overridden()
        .map(|(sheet, id, base, _)| (sheet, id, base.fingerprint()))
        .collect();
    rows.sort();
    for (sheet, id, fingerprint) in &rows {
        writer.write_record([sheet, id.as_str(), fingerprint.as_str()]).map_err(io)?;
    }
    let text = writer.into_inner().map_err(|error| PackError::Io(error.into_error()))?;
    // Renamed into place: whoever reads meanwhile sees the old file or the new one.
    let new = path.join(format!("{FILE}.new"));
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, path.join(FILE)))
        .map_err(PackError::Io)?;
    Ok(rows.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Packs;

    fn packs() -> Packs {
        let packs = Packs::new();
        packs
            .write("base/offices", "id,place,phone\na,1階,00\nb,2階,11\n")
            .write("base/fees", "id,procedure,yen,from\nf,p,300,2026-04-01\n")
            .write("town/offices", "id,place,phone\nb,3階,\nc,4階,\n")
            .write("town/fees", "id,yen\nf,400\n");
        packs
    }

    /// The rows whose base is not as it was accepted.
    fn changed(packs: &Packs) -> Vec<String> {
        let sheets = packs.town().sheets;
        let accepted = sheets.accepted.clone().unwrap_or_default();
        let is_accepted = |key: &(String, String), now: &str| {
            accepted.get(key).is_some_and(|fingerprint| fingerprint == now)
        };
        sheets
            .overridden()
            .filter(|(sheet, id, base, _)| {
                !is_accepted(&((*sheet).to_owned(), id.clone()), &base.fingerprint())
            })
            .map(|(sheet, id, ..)| format!("{sheet} {id}"))
            .collect()
    }

    #[test]
    fn a_base_row_that_changes_after_it_was_accepted_shows() {
        let packs = packs();
        let town = packs.path("town");
        assert_eq!(packs.town().sheets.accepted, None);
        assert_eq!(changed(&packs), ["offices b", "fees f/2026-04-01"]);
        assert_eq!(accept_base(&town).unwrap(), 2);
        assert!(changed(&packs).is_empty());
        let written = std::fs::read_to_string(town.join(FILE)).unwrap();
        assert!(written.starts_with("sheet,id,fingerprint\nfees,f/2026-04-01,"), "{written}");
        assert!(!town.join("base-rows.csv.new").exists());

        packs.write("town/offices", "id,place,phone\nb,5階,\n");
        assert!(changed(&packs).is_empty(), "the town's own change");
        packs.write("base/offices", "phone,id,place\n11,b,2階\n99,a,1階\n");
        assert!(changed(&packs).is_empty(), "another row, and the columns in another order");
        packs.write("base/offices", "id,place,phone\nb,2階,12\n");
        assert_eq!(changed(&packs), ["offices b"]);
        assert_eq!(accept_base(&town).unwrap(), 2);
        assert!(changed(&packs).is_empty());
    }

    #[test]
    fn a_pack_without_a_base_has_nothing_to_accept() {
        let packs = packs();
        assert_eq!(accept_base(&packs.path("base")).unwrap(), 0);
        assert!(!packs.path("base").join(FILE).exists());
    }

    #[test]
    fn a_file_that_is_none_is_refused_with_its_row() {
        let packs = packs();
        for (text, row) in [("id\nx\n", 1), ("sheet,id,fingerprint\na,b\n", 2)] {
            packs.write("town/base-rows.csv", text);
            match read(&packs.path("town"), "town") {
                Err(PackError::Syntax { file, row: found, .. }) => {
                    assert_eq!((file.as_str(), found), ("town/base-rows.csv", row), "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }
}
