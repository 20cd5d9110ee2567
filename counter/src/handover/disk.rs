//! Hand-over files onto the disk: a robot that waits for `.done` never sees half a case.
//!
//! `.done` is the last name that appears and, when a case is written again, the first that goes. Every file is written
//! under another name, flushed and renamed.

use std::fs;
use std::io;
use std::path::Path;

use kakanai_handover::{DONE, Done, Export};

use crate::door::DoorError;
use crate::file::{sync_folder, write_over};

/// Writes a case into its folder in `out`. Says `false` when exactly this already lies there.
///
/// # Errors
/// `handover-other-case`, `handover-newer`, `handover-differs` for what lies there; `file-not-written`. Without an
/// error the folder is whole; after one it has no `.done`, or is as it was.
pub fn put(export: &Export, out: &Path) -> Result<bool, DoorError> {
    let folder = out.join(&export.done.case);
    if let Some(before) = manifest(&folder)? {
        check_older(&before, &export.done)?;
        if before == export.done && is_whole(&folder, export) {
            return Ok(false);
        }
    }
    let failed = |_: io::Error| not_written(DONE);
    fs::create_dir_all(&folder).map_err(failed)?;
    sync_folder(out).map_err(failed)?;
    clear(&folder).map_err(failed)?;
    for file in &export.files {
        write_over(&folder, &file.name, &file.bytes)?;
    }
    sync_folder(&folder).map_err(failed)?;
    write_over(&folder, DONE, &export.done.bytes())?;
    sync_folder(&folder).map_err(failed)?;
    Ok(true)
}

/// The manifest in a folder; `None` where there is none, because nothing or only a part was written.
fn manifest(folder: &Path) -> Result<Option<Done>, DoorError> {
    match fs::read(folder.join(DONE)) {
        Ok(bytes) => {
            Done::parse(&bytes).map(Some).ok_or_else(|| DoorError::of("handover-other-case"))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(_) => Err(not_written(DONE)),
    }
}

fn check_older(before: &Done, now: &Done) -> Result<(), DoorError> {
    let refused = |code: &str| {
        Err(DoorError::of(code).with("there", before.revision).with("revision", now.revision))
    };
    if before.case_id != now.case_id {
        return Err(DoorError::of("handover-other-case"));
    }
    match before.revision.cmp(&now.revision) {
        std::cmp::Ordering::Greater => refused("handover-newer"),
        std::cmp::Ordering::Equal if before.fingerprint != now.fingerprint => {
            refused("handover-differs")
        }
        _ => Ok(()),
    }
}

fn is_whole(folder: &Path, export: &Export) -> bool {
    export
        .files
        .iter()
        .all(|file| fs::read(folder.join(&file.name)).is_ok_and(|bytes| bytes == file.bytes))
}

/// Takes away what an earlier hand-over left: first its `.done`, then its files and parts of files.
fn clear(folder: &Path) -> io::Result<()> {
    match fs::remove_file(folder.join(DONE)) {
        Ok(()) => sync_folder(folder)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(error),
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".csv") || (name.starts_with('.') && name.ends_with(".part")) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn not_written(file: &str) -> DoorError {
    DoorError::of("file-not-written").with("file", file)
}
