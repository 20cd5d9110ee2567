//! `kakanai scan`.

use kakanai_counter::scan;

use crate::args::Scan;
use crate::outcome::{Answer, Outcome};

/// Reads the codes of picture files.
pub fn images(arguments: &Scan) -> Outcome {
    let scanned = scan::images(&arguments.images)?;
    let lines = scanned
        .images
        .iter()
        .map(|image| {
            format!(
                "{}\t{}\t{}",
                image.file,
                image.payloads_hex.len(),
                image.payloads_hex.join(" ")
            )
        })
        .collect();
    Answer::of(&scanned, lines)
}
