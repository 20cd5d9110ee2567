//! Small packs in a folder of their own, for tests.

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::folder::{Folder, read};
use crate::layouts::LAYOUTS;

/// Packs side by side, removed at the end.
pub struct Packs(TempDir);

impl Packs {
    /// The packs `base` and, over it, `town`, with nothing in them.
    pub fn new() -> Packs {
        let packs = Packs(tempfile::tempdir().unwrap());
        let head =
            |id: &str| format!("id = \"{id}\"\nversion = 1\nname = \"{id}\"\nauthor = \"x\"\n");
        packs.write("base/pack.toml", &head("base"));
        let over = "base = { id = \"base\", version = 1 }\n";
        packs.write("town/pack.toml", &(head("town") + over));
        packs
    }

    /// Writes a file; sheets are named `base/rules`.
    pub fn write(&self, name: &str, text: &str) -> &Packs {
        let name = match name.split_once('/') {
            Some((pack, sheet)) if !sheet.contains('.') => format!("{pack}/sheets/{sheet}.csv"),
            _ => name.to_owned(),
        };
        let file = self.0.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
        self
    }

    /// A pack's folder, or a file beside the packs.
    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The pack `town`, laid over `base`, not yet typed.
    pub fn town(&self) -> Folder {
        read(&self.path("town"), LAYOUTS).unwrap()
    }
}
