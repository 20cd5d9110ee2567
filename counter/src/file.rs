//! Files that cross the counter: facts files in, facts files, papers and hand-over files out.
//!
//! A file that goes out is readable by its owner only and appears under its name once it is whole.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use kakanai_rules::{FactSet, Pack, parse_facts};

use crate::door::DoorError;

/// Largest facts file, in bytes.
const FACTS_BYTES_MAX: u64 = 1024 * 1024;

/// Reads a facts file.
pub(crate) fn read_facts(path: &Path, pack: &Pack) -> Result<FactSet, DoorError> {
    let unreadable = || {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        DoorError::of("facts-unreadable").with("file", name.unwrap_or_default())
    };
    let size = fs::metadata(path).map_err(|_| unreadable())?.len();
    if size > FACTS_BYTES_MAX {
        return Err(unreadable());
    }
    let text = fs::read_to_string(path).map_err(|_| unreadable())?;
    Ok(parse_facts(&text, &pack.vocabulary())?)
}

/// Folder and name of a file that is not there yet.
///
/// # Errors
/// `file-exists`, `file-not-written` for what names no file.
pub(crate) fn new_file(out: &Path) -> Result<(&Path, &str), DoorError> {
    if out.exists() {
        return Err(DoorError::of("file-exists"));
    }
    let name = out.file_name().and_then(|name| name.to_str());
    out.parent().zip(name).ok_or_else(|| DoorError::of("file-not-written"))
}

/// Writes a file, over one of the same name.
pub(crate) fn write_over(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), DoorError> {
    whole(folder, name, bytes).map_err(|_| DoorError::of("file-not-written").with("file", name))
}

/// Puts the names in a folder onto the disk: what was renamed or removed before stays so after a power cut.
pub(crate) fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows has no handle of a folder to flush; there the file system's own journal keeps the order.
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn whole(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let part = folder.join(format!(".{name}.part"));
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options
        .open(&part)
        .and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_all()
        })
        .and_then(|()| fs::rename(&part, folder.join(name)));
    if written.is_err() {
        // The first error is the one to tell; a part that stays is replaced by the next attempt.
        let _ = fs::remove_file(&part);
    }
    written
}
