//! Every engine as a process of its own, one after the other, and the table.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::neutral::{self, Packet};
use crate::process::Figures;

/// Packets after the first, for the warm time.
const WARM: &str = "15";

struct Row {
    engine: &'static str,
    figures: Figures,
    bytes: u64,
    exact: usize,
}

/// Runs all engines and prints the table.
pub fn table() -> Result<(), Box<dyn Error>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let work = here.join("../target/packet");
    fs::create_dir_all(&work)?;
    let json = work.join("packet.json");
    let packet = neutral::packet()?;
    fs::write(&json, serde_json::to_string(&packet)?)?;
    let texts: usize = packet.pages.iter().map(|page| page.texts.len()).sum();
    let own = std::env::current_exe()?;
    let file = |name: &str| work.join(format!("{name}.pdf"));
    let python = here.join("../target/python/bin/python3");
    let mut rows = Vec::new();
    let engines: [(&'static str, PathBuf, Vec<PathBuf>); 4] = [
        ("this repository, templates and fitting included", own.clone(), vec!["ours".into(), file("ours")]),
        ("pdf-writer + subsetter, laid out before", own, vec!["floor".into(), json.clone(), file("floor")]),
        ("ReportLab 5.1, laid out before", python, vec![here.join("peers/reportlab_packet.py"), json.clone(), file("reportlab")]),
        ("pdf-lib 1.17.1, laid out before", "node".into(), vec![here.join("peers/pdf-lib-packet.mjs"), json.clone(), file("pdf-lib")]),
    ];
    for (engine, program, arguments) in engines {
        let cold: Figures = run(&program, &arguments, "0")?;
        let warm: Figures = run(&program, &arguments, WARM)?;
        let pdf = arguments.last().ok_or("no file")?;
        let figures = Figures { cold_ms: cold.cold_ms, peak_kib: cold.peak_kib, ..warm };
        rows.push(Row { engine, figures, bytes: fs::metadata(pdf)?.len(), exact: exact(&packet, pdf)? });
    }
    print(&rows, &packet, texts);
    Ok(())
}

fn run(program: &Path, arguments: &[PathBuf], runs: &str) -> Result<Figures, Box<dyn Error>> {
    let output = Command::new(program).args(arguments).arg(runs).output()?;
    if !output.status.success() {
        return Err(format!("{}: {}", program.display(), String::from_utf8_lossy(&output.stderr)).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// How many of the printed words `pdftotext` gives back code point for code point, white space apart.
fn exact(packet: &Packet, pdf: &Path) -> Result<usize, Box<dyn Error>> {
    let output = Command::new("pdftotext").arg("-raw").arg(pdf).arg("-").output()?;
    let bare = |text: &str| text.chars().filter(|character| !character.is_whitespace()).collect::<String>();
    let found = bare(&String::from_utf8(output.stdout)?);
    Ok(packet.words.iter().filter(|word| found.contains(&bare(word))).count())
}

fn print(rows: &[Row], packet: &Packet, texts: usize) {
    let Some(ours) = rows.first() else { return };
    println!(
        "{} pages, {texts} texts, {} lines and frames, {} boxes of codes.\n",
        packet.pages.len(),
        packet.pages.iter().map(|page| page.lines.len() + page.rects.len()).sum::<usize>(),
        packet.pages.iter().map(|page| page.modules.len()).sum::<usize>()
    );
    println!("| engine | cold process, ms | warm, ms | ÷ ours, warm | peak memory, MiB | size, KB | words exact |");
    println!("|---|---:|---:|---:|---:|---:|---:|");
    for Row { engine, figures, bytes, exact } in rows {
        println!(
            "| {engine} | {:.1} | {:.1} | {:.2} | {} | {} | {exact} of {} |",
            figures.cold_ms,
            figures.warm_ms,
            figures.warm_ms / ours.figures.warm_ms,
            figures.peak_kib / 1024,
            bytes / 1000,
            packet.words.len()
        );
    }
}
