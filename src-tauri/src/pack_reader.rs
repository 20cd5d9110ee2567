//! The pack is read by a second run of this program, which ends when it has told what it read.
//!
//! Reading a folder of sheets takes several times the memory of what is kept of them. In this program the remains
//! would lie between what stays for as long as it runs.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use kakanai_counter::door::DoorError;
use kakanai_counter::shelf::canonical_of;

/// Asks a run of this program for nothing but the canonical form of a pack, on its standard output.
const READ_PACK: &str = "--read-pack";

/// By how much the second run steps back: the first gets nearly all of a core that both want.
#[cfg(target_os = "linux")]
const GIVING_WAY: i32 = 15;

/// The pack that this run is asked for; `None` in the run that opens the windows.
pub fn asked() -> Option<PathBuf> {
    let mut arguments = env::args_os().skip(1);
    arguments.next().filter(|first| first == OsStr::new(READ_PACK))?;
    arguments.next().map(PathBuf::from)
}

/// Tells what a pack holds.
///
/// # Errors
/// Nobody listens, or the pack cannot be used; whoever asked finds out what is wrong with it.
pub fn tell(pack: &Path) -> io::Result<()> {
    // The windows are being made meanwhile; they come first. Where it cannot be said, both share.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::nice(GIVING_WAY);
    let text = canonical_of(pack).map_err(|error| io::Error::other(error.code))?;
    io::stdout().lock().write_all(text.as_bytes())
}

/// The canonical form of a pack. What the second run cannot tell is read here, with what is wrong with it.
///
/// # Errors
/// What is wrong with the pack.
pub fn read(pack: &Path) -> Result<String, DoorError> {
    from_second_run(pack).map_or_else(|| canonical_of(pack), Ok)
}

fn from_second_run(pack: &Path) -> Option<String> {
    let mut run = Command::new(env::current_exe().ok()?);
    run.arg(READ_PACK).arg(pack).stdin(Stdio::null()).stderr(Stdio::null());
    // It never holds a resident's data: nothing has to be overwritten that it frees.
    #[cfg(target_os = "linux")]
    run.env_remove(crate::environment::TUNABLES);
    let told = run.output().ok().filter(|told| told.status.success())?;
    String::from_utf8(told.stdout).ok().filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In a test the second run is one of the tests and tells nothing of a pack.
    #[test]
    fn what_the_second_run_does_not_tell_is_read_here_with_what_is_wrong() {
        let pack = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city");
        assert_eq!(from_second_run(&pack), None);
        assert_eq!(read(&pack).unwrap(), canonical_of(&pack).unwrap());
        assert_eq!(read(Path::new("/nirgends")).unwrap_err().code, "pack-missing");
    }
}
