//! The service worker: keeps the page, so that it works without a network after the first visit.
//!
//! It knows every file by name. Names follow from contents, so a new page is a new worker with a cache of its own;
//! the one before is thrown away with it.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::files::{PageFile, Stage};
use crate::row::hex;

/// How the script begins: by this a folder is known to be a page.
pub const MARK: &str = "// Kakanai page at home.";

const SCRIPT: &str = include_str!("worker.js");

/// The script for these files.
pub fn script(files: &[PageFile]) -> String {
    let names = |stages: &[Stage]| -> Vec<&str> {
        let files = files.iter().filter(|file| stages.contains(&file.stage));
        files.map(|file| file.name.as_str()).collect()
    };
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.name.as_bytes());
        digest.update(Sha256::digest(&file.bytes));
    }
    let version = hex(&digest.finalize());
    let list = json!({
        "version": version.get(..16),
        "shell": names(&[Stage::Shell, Stage::Rules]),
        "later": names(&[Stage::Language, Stage::Later]),
    });
    format!("{MARK}\nconst PAGE = {list};\n{SCRIPT}")
}
