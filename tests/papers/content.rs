//! What text extraction cannot see: a box in place of a character, a font that is not in the file.

use std::path::Path;
use std::process::{Command, Output};

fn tool(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// A line for every file that shows glyph 0, the box of a missing character; and for one that shows nothing.
pub fn missing_glyphs(file: &Path) -> Option<String> {
    let mut qpdf = Command::new("qpdf");
    let plain = tool(qpdf.args(["--qdf", "--object-streams=disable"]).arg(file).arg("-")).stdout;
    let mut codes = 0;
    let mut boxes = 0;
    for line in plain
        .split(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"TJ") || line.ends_with(b"Tj"))
    {
        let line = std::str::from_utf8(line).expect("glyphs are written as numbers");
        for shown in line.split('<').skip(1).filter_map(|rest| rest.split('>').next()) {
            assert_eq!(shown.len() % 4, 0, "{line}");
            codes += shown.len() / 4;
            boxes += shown.as_bytes().chunks(4).filter(|code| *code == b"0000").count();
        }
    }
    assert!(codes > 20, "{}: no text was found", file.display());
    (boxes > 0).then(|| format!("{}: glyph 0 is shown {boxes} times", file.display()))
}

/// A line for every font that is not in the file, whole or without a map to text.
pub fn fonts_not_embedded(file: &Path) -> Vec<String> {
    let listed = tool(Command::new("pdffonts").arg(file)).stdout;
    let listed = String::from_utf8(listed).unwrap();
    let fonts: Vec<&str> = listed.lines().skip(2).collect();
    assert!(!fonts.is_empty(), "{listed}");
    let good = |font: &&&str| !font.contains("yes yes yes");
    fonts.iter().filter(good).map(|font| format!("{}: {font}", file.display())).collect()
}
