//! The built page that is read, and the folder that is written.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::page::{Page, PageError};

/// The page as vite builds it, with the module and the postal codes beside it.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// `index.html`, with an empty place for the bootstrap.
    pub index: String,
    /// Scripts and styles by their place, `assets/index-….js`.
    pub files: BTreeMap<String, Vec<u8>>,
    /// `engine.wasm`: the rules as a module.
    pub engine: Vec<u8>,
    /// `postal.json`: addresses by postal code; an empty dictionary when it was not made.
    pub postal: Vec<u8>,
}

/// When a browser needs a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Before the first question can be answered.
    Shell,
    /// Before the second.
    Rules,
    /// When its language is chosen.
    Language,
    /// When there is nothing else to do.
    Later,
    /// Keeps the page for days without a network.
    Worker,
}

/// One file of the page.
#[derive(Debug, Clone)]
pub struct PageFile {
    /// Its place in the folder.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// When it is needed.
    pub stage: Stage,
    /// The same for browsers that take Brotli.
    pub brotli: Vec<u8>,
    /// The same for those that do not.
    pub gzip: Vec<u8>,
}

impl PageFile {
    /// A file with its packed forms.
    pub fn new(name: &str, bytes: Vec<u8>, stage: Stage) -> PageFile {
        let (brotli, gzip) = (brotli(&bytes), gzip(&bytes));
        PageFile { name: name.to_owned(), bytes, stage, brotli, gzip }
    }
}

/// Writing into memory does not fail.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    let mut writer = brotli::CompressorWriter::new(&mut packed, 1 << 16, 11, 24);
    let written = writer.write_all(bytes);
    drop(writer);
    if written.is_ok() { packed } else { Vec::new() }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    let written = writer.write_all(bytes);
    written.and_then(|()| writer.finish()).unwrap_or_default()
}

/// Reads the built page.
///
/// # Errors
/// [`PageError::Assets`] for what is not there.
pub fn read_assets(folder: &Path) -> Result<Assets, PageError> {
    let read =
        |name: &'static str| fs::read(folder.join(name)).map_err(|_| PageError::Assets(name));
    let index =
        String::from_utf8(read("index.html")?).map_err(|_| PageError::Assets("index.html"))?;
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder.join("assets")).map_err(|_| PageError::Assets("assets"))? {
        let entry = entry?;
        let name = entry.file_name().into_string().map_err(|_| PageError::Assets("assets"))?;
        files.insert(format!("assets/{name}"), fs::read(entry.path())?);
    }
    let postal = fs::read(folder.join("postal.json")).unwrap_or_else(|_| b"{}".to_vec());
    Ok(Assets { index, files, engine: read("engine.wasm")?, postal })
}

/// Writes the page into a folder that is new, empty, or holds a page made before, of which nothing stays.
///
/// # Errors
/// [`PageError::Folder`] for a folder with anything else in it, [`PageError::Io`].
pub fn write_folder(page: &Page, folder: &Path) -> Result<(), PageError> {
    if folder.is_dir() && fs::read_dir(folder)?.next().is_some() {
        let worker = fs::read_to_string(folder.join("sw.js")).unwrap_or_default();
        if !worker.starts_with(super::worker::MARK) {
            return Err(PageError::Folder);
        }
        fs::remove_dir_all(folder)?;
    }
    for file in &page.files {
        let place = folder.join(&file.name);
        if let Some(parent) = place.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(&place, &file.bytes)?;
        for (end, packed) in [("br", &file.brotli), ("gz", &file.gzip)] {
            fs::write(folder.join(format!("{}.{end}", file.name)), packed)?;
        }
    }
    Ok(())
}
