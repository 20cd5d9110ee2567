//! Files of pre-filling: keys of one line each, pictures of codes, texts of codes.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use kakanai_prefill::{Modules, OpeningKey, PublicKey};
use zeroize::Zeroizing;

use crate::door::DoorError;

/// Longest key file, in bytes; a key is one line.
const KEY_BYTES_MAX: u64 = 1024;
/// Pixels a module of a picture, and modules of its quiet zone.
const PIXELS: usize = 8;
const QUIET: usize = 4;

/// Reads a public key.
///
/// # Errors
/// `key-form`, `key-private`.
pub fn public_key(file: &Path) -> Result<PublicKey, DoorError> {
    PublicKey::parse(&line(file)?).map_err(|error| DoorError::of(error.code()))
}

/// Reads a private key.
///
/// # Errors
/// `key-form`, `key-public`.
pub fn opening_key(file: &Path) -> Result<OpeningKey, DoorError> {
    OpeningKey::parse(&line(file)?).map_err(|error| DoorError::of(error.code()))
}

fn line(file: &Path) -> Result<Zeroizing<String>, DoorError> {
    let is_short = fs::metadata(file).is_ok_and(|found| found.len() <= KEY_BYTES_MAX);
    let text = if is_short { fs::read_to_string(file).ok() } else { None };
    text.map(Zeroizing::new).ok_or_else(|| DoorError::of("key-form"))
}

/// Writes a new file that only its owner can read.
///
/// # Errors
/// `file-exists`, `file-not-written`.
pub fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> Result<(), DoorError> {
    let told = |error: io::Error| {
        let exists = error.kind() == io::ErrorKind::AlreadyExists;
        DoorError::of(if exists { "file-exists" } else { "file-not-written" }).with("file", name)
    };
    fs::create_dir_all(folder).map_err(told)?;
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(folder.join(name)).map_err(told)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(told)
}

/// A code as a PNG, black on white with its quiet zone.
///
/// # Errors
/// `file-not-written` when the picture cannot be made.
pub fn picture(modules: &Modules) -> Result<Vec<u8>, DoorError> {
    let side = (modules.size + 2 * QUIET) * PIXELS;
    let dark = |x: usize, y: usize| {
        let module = |at: usize| (at / PIXELS).checked_sub(QUIET).filter(|at| *at < modules.size);
        let at = module(x).zip(module(y)).map(|(x, y)| y * modules.size + x);
        at.and_then(|at| modules.bits.get(at)).copied().unwrap_or(false)
    };
    let grey = |at: usize| if dark(at % side, at / side) { 0 } else { 255 };
    let pixels: Vec<u8> = (0..side * side).map(grey).collect();
    let mut png = Vec::new();
    let written = u32::try_from(side).ok().and_then(|side| {
        let mut encoder = png::Encoder::new(&mut png, side, side);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.write_header().ok()?.write_image_data(&pixels).ok()
    });
    written.map(|()| png).ok_or_else(|| DoorError::of("file-not-written"))
}
