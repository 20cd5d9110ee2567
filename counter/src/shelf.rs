//! The packs that cases were opened with (手続きデータの控え).
//!
//! An open case keeps its pack, and an old case can be decided again as of its day: the compiled pack lies beside
//! the store under its fingerprint, written once and never changed. It holds no resident's data.

use std::fs;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use kakanai_rules::{Engine, Pack};
use self_cell::self_cell;

use crate::door::DoorError;
use crate::event::PackUsed;
use crate::file::write_over;

/// The folder of the kept packs, within the store's.
const FOLDER: &str = "packs";

self_cell!(
    /// A pack with the engine that reads it: making one takes longer than deciding a household.
    struct Ready {
        owner: Pack,
        #[covariant]
        dependent: Engine,
    }

    impl { Debug }
);

/// Reads the pack at a path: its canonical form, or what is wrong with it.
pub type PackReader = fn(&Path) -> Result<String, DoorError>;

/// The canonical form of a pack, a folder or a compiled file, read here.
///
/// # Errors
/// What is wrong with the pack.
pub fn canonical_of(path: &Path) -> Result<String, DoorError> {
    Ok(kakanai_authoring::canonical(&kakanai_authoring::load(path)?.pack))
}

/// A pack with its fingerprint.
#[derive(Debug)]
pub struct KeptPack {
    ready: Ready,
    /// SHA-256 of its canonical form, lowercase hexadecimal.
    pub fingerprint: String,
    /// All of its canonical form, deflated: the pack cannot be written down from what is left of it.
    canonical: Vec<u8>,
}

impl KeptPack {
    /// Loads a pack: a folder or a compiled file.
    ///
    /// # Errors
    /// What is wrong with the pack.
    pub fn load(path: &Path) -> Result<KeptPack, DoorError> {
        KeptPack::of(&canonical_of(path)?)
    }

    /// The pack of this canonical form.
    ///
    /// # Errors
    /// `pack-differs` when it is none.
    pub fn of(text: &str) -> Result<KeptPack, DoorError> {
        KeptPack::read(text, kakanai_authoring::fingerprint_of(text))
    }

    fn read(text: &str, fingerprint: String) -> Result<KeptPack, DoorError> {
        let unusable = || differs(&fingerprint);
        let mut pack: Pack = serde_json::from_str(text).map_err(|_| unusable())?;
        pack.tests = Vec::new();
        let mut deflated = DeflateEncoder::new(Vec::new(), Compression::fast());
        deflated.write_all(text.as_bytes()).map_err(|_| unusable())?;
        let mut canonical = deflated.finish().map_err(|_| unusable())?;
        canonical.shrink_to_fit();
        Ok(KeptPack { ready: Ready::new(pack, |pack| Engine::new(pack)), fingerprint, canonical })
    }

    /// The pack, without the cases that prove it: nobody at a counter asks for them.
    pub fn pack(&self) -> &Pack {
        self.ready.borrow_owner()
    }

    /// The pack, ready to decide.
    pub fn engine(&self) -> &Engine<'_> {
        self.ready.borrow_dependent()
    }

    /// What a case says about it.
    pub fn used(&self) -> PackUsed {
        let Pack { id, version, base, .. } = self.pack();
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
            used.id == self.pack().id
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
        let mut text = Vec::new();
        let whole = DeflateDecoder::new(self.canonical.as_slice()).read_to_end(&mut text);
        whole.map_err(|_| differs(&self.fingerprint))?;
        write_over(&folder, &name, &text)
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
        KeptPack::read(&text, fingerprint).map_err(|_| differs())
    }
}

fn differs(expected: &str) -> DoorError {
    DoorError::of("pack-differs").with("expected", expected.to_owned())
}

fn place(store: &Path, fingerprint: &str) -> (PathBuf, String) {
    (store.join(FOLDER), format!("{fingerprint}.json"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pack_folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city")
    }

    #[test]
    fn a_kept_pack_is_all_of_the_pack_and_comes_back_as_it_was() {
        let store = tempfile::tempdir().unwrap();
        let all = kakanai_authoring::load(&pack_folder()).unwrap().pack;
        let kept = KeptPack::load(&pack_folder()).unwrap();
        assert!(kept.pack().tests.is_empty() && !all.tests.is_empty());
        kept.keep(store.path()).unwrap();
        let (folder, name) = place(store.path(), &kept.fingerprint);
        let file = fs::read_to_string(folder.join(name)).unwrap();
        assert!(file == kakanai_authoring::canonical(&all), "the file is not the whole pack");
        let again = KeptPack::fetch(store.path(), &kept.used()).unwrap();
        assert!(again.pack() == kept.pack() && again.fingerprint == kept.fingerprint);
        let other = tempfile::tempdir().unwrap();
        again.keep(other.path()).unwrap();
        let (folder, name) = place(other.path(), &again.fingerprint);
        assert!(fs::read_to_string(folder.join(name)).unwrap() == file, "kept again it differs");
    }

    #[test]
    fn a_kept_pack_that_was_changed_or_is_gone_is_refused() {
        let store = tempfile::tempdir().unwrap();
        let kept = KeptPack::load(&pack_folder()).unwrap();
        let code = || KeptPack::fetch(store.path(), &kept.used()).unwrap_err().code;
        assert_eq!(code(), "pack-differs");
        kept.keep(store.path()).unwrap();
        let (folder, name) = place(store.path(), &kept.fingerprint);
        let file = folder.join(name);
        let changed = fs::read_to_string(&file).unwrap().replacen("mihon-city", "mihon-town", 1);
        fs::write(&file, changed).unwrap();
        assert_eq!(code(), "pack-differs");
    }
}
