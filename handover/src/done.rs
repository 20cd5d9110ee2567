//! The manifest of a case that has been handed over whole (`.done`), written last.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The file's name.
pub const DONE: &str = ".done";

/// The version of the manifest.
pub const FORMAT: u32 = 1;

/// What lies in the folder of a case. No name and no value of a resident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// [`FORMAT`].
    pub format: u32,
    /// The folder's name: reception number (受付番号) or what stands for it.
    pub case: String,
    /// The case's own id; empty without a case.
    pub case_id: String,
    /// Counts the steps that changed what is known; a later hand-over of a case has a larger one.
    pub revision: u64,
    /// The day at the counter.
    pub on: String,
    /// The pack that set the columns.
    pub pack: String,
    /// Its version.
    pub pack_version: u32,
    /// The files.
    pub files: Vec<DoneFile>,
    /// SHA-256 over names and contents of all files: the same case has the same.
    pub fingerprint: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoneFile {
    /// Name.
    pub file: String,
    /// Rows without the heading.
    pub rows: usize,
    /// Length in bytes.
    pub bytes: usize,
    /// SHA-256, lowercase hexadecimal.
    pub sha256: String,
}

impl Done {
    /// Reads a manifest; `None` for anything else.
    pub fn parse(bytes: &[u8]) -> Option<Done> {
        serde_json::from_slice(bytes).ok()
    }

    /// The manifest's bytes: one line of JSON, ASCII unless the pack's id is not.
    pub fn bytes(&self) -> Vec<u8> {
        // Texts and numbers: nothing that JSON cannot say.
        let mut bytes = serde_json::to_vec(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// SHA-256 in lowercase hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
