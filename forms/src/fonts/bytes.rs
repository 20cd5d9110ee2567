//! The bytes of a font file. The system's fonts are large (IPAmj Mincho has 46 MB) and few of their glyphs are drawn: they
//! are mapped, so that only what is looked at takes memory, shared with every program that draws with them.

use std::fs::{self, File};
use std::io;
use std::ops::Deref;
use std::path::Path;

use memmap2::Mmap;

/// The bytes of one font file.
#[derive(Debug)]
pub(crate) enum Bytes {
    /// A font of the system's packages.
    Mapped(Mmap),
    /// A font of the municipality's own folder.
    Read(Vec<u8>),
}

impl Bytes {
    /// Opens a file. `own` files are read: somebody may write over them while the counter runs, and a mapped file that
    /// becomes shorter ends the program. Packages put a new file in the place of the old one, which stays as it is.
    pub fn open(path: &Path, own: bool) -> io::Result<Self> {
        if own {
            return fs::read(path).map(Self::Read);
        }
        let file = File::open(path)?;
        #[expect(
            unsafe_code,
            reason = "mapping has no safe form; the file is replaced, never changed"
        )]
        // SAFETY: the files of installed packages are replaced by renaming and not written to.
        let mapped = unsafe { Mmap::map(&file)? };
        Ok(Self::Mapped(mapped))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Mapped(bytes) => bytes,
            Self::Read(bytes) => bytes,
        }
    }
}
