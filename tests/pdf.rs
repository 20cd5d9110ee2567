//! Text read back out of a PDF, with the tool of another project.

use std::path::Path;
use std::process::Command;

/// All text of a PDF in the order in which it was written, without its spaces and line ends, which are a
/// matter of layout.
pub fn text(file: &Path) -> String {
    let tool = Command::new("pdftotext")
        .arg("-raw")
        .arg(file)
        .arg("-")
        .output()
        .expect("pdftotext is needed (package poppler-utils)");
    assert!(tool.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&tool.stderr));
    without_spaces(&String::from_utf8(tool.stdout).unwrap())
}

/// The same, of a text.
pub fn without_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// How far the first word of a PDF stands from the left edge of its page, in points.
pub fn left_of_title(file: &Path) -> f32 {
    let tool = Command::new("pdftotext").arg("-bbox").arg(file).arg("-").output().unwrap();
    let boxes = String::from_utf8(tool.stdout).unwrap();
    let (_, rest) = boxes.split_once("xMin=\"").unwrap();
    rest.split_once('"').unwrap().0.parse().unwrap()
}
