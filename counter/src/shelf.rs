//! The packs that cases were opened with (手続きデータの控え).
//!
//! An open case keeps its pack, and an old case can be decided again as of its day: the compiled pack lies beside
//! the store under its fingerprint, written once and never changed. It holds no resident's data.

use std::fs;
use std::path::{Path, PathBuf};

use kakanai_rules::Pack;

use crate::door::DoorError;
use crate::event::PackUsed;
use crate::file::write_over;

/// The folder of the kept packs, within the store's.
const FOLDER: &str = "packs";

/// A pack with its fingerprint.
#[derive(Debug)]
pub struct KeptPack {
    /// The pack.
    pub pack: Pack,
    /// SHA-256 of its canonical form, lowercase hexadecimal.
    pub fingerprint: String,
}

impl KeptPack {
    /// Loads the pack of this terminal: a folder or a compiled file.
    ///
    /// # Errors
    /// What is wrong with the pack.
    pub fn load(path: &Path) -> Result<KeptPack, DoorError> {
        let text = kakanai_authoring::canonical(&kakanai_authoring::load(path)?.pack);
        let fingerprint = kakanai_authoring::fingerprint_of(&text);
        // Read anew from one text a pack takes two thirds of what it took among the remains of its sheets.
        let pack = serde_json::from_str(&text).map_err(|_| differs(&fingerprint))?;
        Ok(KeptPack { pack, fingerprint })
    }

    /// What a case says about it.
    pub fn used(&self) -> PackUsed {
        let Pack { id, version, base, .. } = &self.pack;
        PackUsed {
            id: id.clone(),
            version: *version,
            base: base.clone(),
            fingerprint: self.fingerprint.clone(),
        }
    }

    /// Whether a case was opened with this pack. A case from before fingerprints were kept goes by the id.
    pub fn is(&self, used: &PackUsed) -> bool {
        if used.fingerprint.is_empty() {
            used.id == self.pack.id
        } else {
            used.fingerprint == self.fingerprint
        }
    }

    /// Puts the pack beside the store, unless it lies there already.
    ///
    /// # Errors
    /// `file-not-written`.
    pub fn keep(&self, store: &Path) -> Result<(), DoorError> {
        let (folder, name) = place(store, &self.fingerprint);
        if folder.join(&name).is_file() {
            return Ok(());
        }
        write_over(&folder, &name, kakanai_authoring::canonical(&self.pack).as_bytes())
    }

    /// The pack that a case was opened with.
    ///
    /// # Errors
    /// `pack-differs` when it is not there any more, or is not what it was.
    pub fn fetch(store: &Path, used: &PackUsed) -> Result<KeptPack, DoorError> {
        let differs = || differs(&format!("{} {}", used.id, used.version));
        let fingerprint = used.fingerprint.clone();
        if fingerprint.is_empty() {
            return Err(differs());
        }
        let (folder, name) = place(store, &fingerprint);
        let text = fs::read_to_string(folder.join(name)).map_err(|_| differs())?;
        if kakanai_authoring::fingerprint_of(&text) != fingerprint {
            return Err(differs());
        }
        let pack = serde_json::from_str(&text).map_err(|_| differs())?;
        Ok(KeptPack { pack, fingerprint })
    }
}

fn differs(expected: &str) -> DoorError {
    DoorError::of("pack-differs").with("expected", expected.to_owned())
}

fn place(store: &Path, fingerprint: &str) -> (PathBuf, String) {
    (store.join(FOLDER), format!("{fingerprint}.json"))
}
