//! Reviewed snapshots: an upgrade of a font, of the layout or of the writer shows itself here.
//!
//! `KAKANAI_GOLDEN=write cargo test -p kakanai-forms golden` writes them anew; look at the papers
//! (`--example samples`) before committing the difference.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use kakanai_forms::{Mark, Paper, packet_pdf};
use sha2::{Digest, Sha256};

use crate::support::{every_kind, fill, fonts, samples, tool};

#[test]
fn the_sample_papers_are_as_they_were_reviewed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forms/golden");
    let write = std::env::var("KAKANAI_GOLDEN").is_ok_and(|value| value == "write");
    let mut changed = Vec::new();
    let (kinds, _, values) = every_kind();
    for (name, template, sample) in
        samples().into_iter().chain([("kinds".to_owned(), kinds, values)])
    {
        let papers = fill(&template, &sample).unwrap();
        let pdf = packet_pdf(&papers, &template.title, fonts()).unwrap();
        let found = snapshot(&papers, &pdf);
        let file = folder.join(format!("{name}.txt"));
        if write {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &found).unwrap();
        }
        let reviewed = fs::read_to_string(&file).unwrap_or_default();
        if let Some((line, (found, reviewed))) = (1..)
            .zip(found.lines().zip(reviewed.lines().chain(std::iter::repeat(""))))
            .find(|(_, (found, reviewed))| found != reviewed)
        {
            changed.push(format!("{name}.txt:{line}: was `{reviewed}`, is `{found}`"));
        }
    }
    assert!(changed.is_empty(), "{}", changed.join("\n"));
}

/// Every mark of every page, one per line, then the hash of the PDF.
fn snapshot(papers: &[Paper], pdf: &[u8]) -> String {
    let mut lines = String::new();
    for paper in papers {
        writeln!(lines, "# {} {:?}", paper.title, paper.people).unwrap();
        for page in &paper.pages {
            writeln!(lines, "## {} x {}", page.width, page.height).unwrap();
            for mark in &page.marks {
                match mark {
                    Mark::Blank(blank) => writeln!(lines, "{blank:?}"),
                    Mark::Line { points, width, .. } => {
                        writeln!(lines, "line {points:.2?} {width}")
                    }
                    Mark::Rect { area, width, .. } => writeln!(
                        lines,
                        "rect {:.2} {:.2} {:.2} {:.2} {width}",
                        area.x, area.y, area.w, area.h
                    ),
                    Mark::Ellipse { area, .. } => {
                        writeln!(lines, "ellipse {:.2} {:.2}", area.x, area.y)
                    }
                    Mark::Tick { area, .. } => writeln!(lines, "tick {:.2} {:.2}", area.x, area.y),
                    Mark::Modules(code) => writeln!(
                        lines,
                        "{} {} x {} modules {:.2} {:.2} {:.2} {:.2}",
                        code.field,
                        code.columns,
                        code.rows,
                        code.area.x,
                        code.area.y,
                        code.area.w,
                        code.area.h
                    ),
                    Mark::Run(run) => {
                        let glyphs: Vec<u16> = run.glyphs.iter().map(|glyph| glyph.id).collect();
                        writeln!(
                            lines,
                            "{} {:?} {:.1}pt {:.2} {:.2} {} {glyphs:?}",
                            run.field, run.face, run.size, run.x, run.y, run.text
                        )
                    }
                }
                .unwrap();
            }
        }
    }
    // Packing differs with the library that a build happens to unify; what is packed does not.
    let plain = tool("qpdf", &["--qdf", "--static-id"], pdf, &["-"]);
    writeln!(lines, "pdf sha256 {}", hex(&Sha256::digest(plain))).unwrap();
    lines
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
