//! The page at home, made from a pack and the municipality's public key.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use kakanai_authoring::home::{
    Page, Sizes, Town, make_page, read_assets, single_file, sizes, write_folder,
};
use kakanai_prefill::{PublicKey, Purpose};
use serde::Serialize;

use crate::door::DoorError;
use crate::prefill::public_key;
use crate::settings::today;

/// Where the package puts the built page.
const INSTALLED: &str = "/usr/share/kakanai/home";

/// What the page is made of, and where it goes.
#[derive(Debug, Clone, Copy)]
pub struct Making<'a> {
    /// Pack folder or compiled file.
    pub pack: &'a Path,
    /// The public key's file.
    pub key: &'a Path,
    /// Folder for a web server.
    pub out: Option<&'a Path>,
    /// The page as one file.
    pub single: Option<&'a Path>,
    /// Where the page will stand.
    pub url: Option<&'a str>,
    /// The built page; otherwise the installed one.
    pub assets: Option<&'a Path>,
    /// The day whose first question stands in the page; otherwise today.
    pub on: Option<Date>,
}

/// What was made.
#[derive(Debug, Serialize)]
pub struct Made {
    /// The files of the folder.
    pub files: Vec<String>,
    /// The single file, if it was made, and its bytes.
    pub single: Option<Single>,
    /// The key, for people to compare with the counter's.
    pub key: String,
    /// How much a browser fetches, and when.
    pub sizes: Sizes,
}

/// The page as one file.
#[derive(Debug, Serialize)]
pub struct Single {
    /// Its name.
    pub file: String,
    /// Its bytes.
    pub bytes: usize,
}

/// Makes the page.
///
/// # Errors
/// What is wrong with the pack, the key (`key-form`, `key-private`, `key-purpose`), the built page or the folder.
pub fn make(making: &Making<'_>) -> Result<Made, DoorError> {
    let key = read_key(making.key)?;
    let pack = kakanai_authoring::load(making.pack)?.pack;
    let assets =
        read_assets(&making.assets.map_or_else(|| PathBuf::from(INSTALLED), Path::to_owned))?;
    let hex: String = key.bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let on = making.on.unwrap_or_else(today);
    let page = make_page(&Town { pack: &pack, key: &hex, url: making.url, on }, &assets)?;
    if let Some(folder) = making.out {
        write_folder(&page, folder)?;
    }
    let single = match making.single {
        None => None,
        Some(file) => {
            let text = single_file(&page, &assets)?;
            fs::write(file, &text).map_err(|_| DoorError::of("page-io"))?;
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
            Some(Single { file: name.unwrap_or_default(), bytes: text.len() })
        }
    };
    let files = names(&page).filter(|_| making.out.is_some()).collect();
    Ok(Made { files, single, key: key.fingerprint(), sizes: sizes(&page) })
}

fn names(page: &Page) -> impl Iterator<Item = String> {
    page.files.iter().map(|file| file.name.clone())
}

/// The public key for pre-filling; a private one, or one for case slips, must not get into a page.
fn read_key(file: &Path) -> Result<PublicKey, DoorError> {
    let key = public_key(file)?;
    match key.purpose() {
        Purpose::Prefill => Ok(key),
        Purpose::Slip => Err(DoorError::of("key-purpose")),
    }
}
