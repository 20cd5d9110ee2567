//! Codes in picture files, for the command line: what they hold, byte for byte, and nothing of what it means.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use kakanai_hardware::scan::{Chain, Effort, ImageError, Limits, read_image};
use serde::Serialize;

use crate::door::DoorError;

/// What several files gave.
#[derive(Debug, Serialize)]
pub struct Scanned {
    /// In the order in which they were named, those of a folder by name.
    pub images: Vec<ScannedImage>,
}

/// What one file gave.
#[derive(Serialize)]
pub struct ScannedImage {
    /// The file.
    pub file: String,
    /// The bytes of each code in hexadecimal digits, each once; none is no error.
    pub payloads_hex: Vec<String>,
    /// Time of the processor for finding and decoding, in milliseconds; opening the file is not in it.
    pub cpu_ms: f64,
}

/// The number of codes only: they may hold anything.
impl std::fmt::Debug for ScannedImage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ScannedImage({}, {} codes)", self.file, self.payloads_hex.len())
    }
}

/// Reads the codes of picture files; of a folder, of every picture that lies in it.
///
/// # Errors
/// The first file that is no picture, with its code and `file`; in a folder, what is no picture is passed over.
pub fn images(paths: &[PathBuf]) -> Result<Scanned, DoorError> {
    let mut images = Vec::new();
    for path in paths {
        if path.is_dir() {
            for file in files_in(path)? {
                match image(&file) {
                    Err(ImageError::Unknown) => {}
                    read => images.push(read.map_err(|error| of_file(&error, &file))?),
                }
            }
        } else {
            images.push(image(path).map_err(|error| of_file(&error, path))?);
        }
    }
    Ok(Scanned { images })
}

fn image(file: &Path) -> Result<ScannedImage, ImageError> {
    let picture = read_image(file, &Limits::default())?;
    let reading = Chain::new(Effort::Picture).read(&picture);
    Ok(ScannedImage {
        file: file.display().to_string(),
        payloads_hex: reading.codes.iter().map(|code| hex(&code.payload)).collect(),
        cpu_ms: (reading.cpu_ms * 10.0).round() / 10.0,
    })
}

fn files_in(folder: &Path) -> Result<Vec<PathBuf>, DoorError> {
    let failed = |error: io::Error| of_file(&ImageError::Unreadable(error.kind()), folder);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry.map_err(failed)?.path();
        if file.is_file() {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

fn of_file(error: &ImageError, file: &Path) -> DoorError {
    DoorError::of(error.code()).with("file", file.display())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
