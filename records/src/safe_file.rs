//! Small files that are not SQLite: replaced as a whole or not at all, and read as untrusted.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::Path;

/// Replaces `path` by `bytes`: a new file in the same folder is written, flushed and renamed over
/// it, then the folder is flushed. After a power cut the file holds the old or the new bytes.
///
/// # Errors
/// The failing step's error; the old file is still in place unless only the last flush failed.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    let mut new = tempfile::NamedTempFile::new_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    new.persist(path)?;
    flush_folder(folder)
}

/// Reads at most `bytes_max` bytes; `None` when the file is longer.
///
/// # Errors
/// The operating system's, `NotFound` included.
pub(crate) fn read_bounded(path: &Path, bytes_max: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = File::open(path)?.take(bytes_max.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(u64::try_from(read).is_ok_and(|read| read <= bytes_max).then_some(bytes))
}

/// Makes a folder that only its owner may enter, and its parents likewise, unless it is there already.
/// A folder that was made is there for good: its parent is flushed.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    let named = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let parent = named.unwrap_or(Path::new("."));
    private_folder(parent)?;
    #[cfg_attr(not(unix), expect(unused_mut, reason = "the mode is set on Unix only"))]
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path)?;
    flush_folder(parent)
}

/// Opens a file for writing that only its owner may read, making it if need be.
pub(crate) fn private_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Flushes the names in a folder. Windows has no such call; its file systems journal names.
pub(crate) fn flush_folder(folder: &Path) -> io::Result<()> {
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_as_a_whole_and_nothing_is_left_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        replace(&path, b"first, longer").unwrap();
        replace(&path, b"second").unwrap();
        assert_eq!(read_bounded(&path, 100).unwrap().unwrap(), b"second");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_longer_than_its_limit_is_not_read_on() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys.json");
        replace(&path, &[b'x'; 11]).unwrap();
        assert!(read_bounded(&path, 10).unwrap().is_none());
        assert_eq!(read_bounded(&path, 11).unwrap().unwrap().len(), 11);
    }

    #[cfg(unix)]
    #[test]
    fn key_files_belong_to_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("a/store");
        private_folder(&inner).unwrap();
        replace(&inner.join("keys.json"), b"{}").unwrap();
        private_file(&inner.join("store.lock")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&inner), 0o700);
        assert_eq!(mode(&inner.join("keys.json")), 0o600);
        assert_eq!(mode(&inner.join("store.lock")), 0o600);
    }
}
