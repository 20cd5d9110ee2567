//! How much a browser fetches, and when.

use serde::Serialize;

use super::files::{PageFile, Stage};
use super::page::Page;

/// Bytes of one file, or of several together.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Size {
    /// Its name, or what the files are for.
    pub file: String,
    /// As it is.
    pub raw: usize,
    /// Packed with Brotli.
    pub br: usize,
    /// Packed with gzip.
    pub gz: usize,
}

/// The sizes of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Each file.
    pub files: Vec<Size>,
    /// What must be there before the first question can be answered.
    pub first: Size,
    /// What one resident needs to the end: Japanese and the largest other language, without postal codes.
    pub everything: Size,
    /// The postal codes.
    pub postal: Size,
}

/// The sizes of a page.
pub fn sizes(page: &Page) -> Sizes {
    let of = |wanted: &dyn Fn(&PageFile) -> bool, name: &str| {
        let files = page.files.iter().filter(|file| wanted(file));
        files.fold(Size { file: name.to_owned(), ..Size::default() }, |sum, file| Size {
            file: sum.file,
            raw: sum.raw + file.bytes.len(),
            br: sum.br + file.brotli.len(),
            gz: sum.gz + file.gzip.len(),
        })
    };
    let languages = page.files.iter().filter(|file| file.stage == Stage::Language);
    let largest = languages.max_by_key(|file| file.brotli.len()).map(|file| file.name.as_str());
    let needed = |file: &PageFile| match file.stage {
        Stage::Shell | Stage::Rules | Stage::Worker => true,
        Stage::Language => Some(file.name.as_str()) == largest,
        Stage::Later => false,
    };
    Sizes {
        files: page
            .files
            .iter()
            .map(|file| of(&|other| other.name == file.name, &file.name))
            .collect(),
        first: of(&|file| file.stage == Stage::Shell, "first"),
        everything: of(&needed, "everything"),
        postal: of(&|file| file.stage == Stage::Later, "postal"),
    }
}
