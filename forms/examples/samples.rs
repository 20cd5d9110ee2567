//! Writes the sample papers of みほん市, filled with their samples, to a folder: PDF and SVG of each, and one
//! packet. `cargo run -p kakanai-forms --example samples -- OUTDIR`

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use kakanai_forms::{
    FontSet, Paper, Sample, Settlements, Template, lay_out, packet_pdf, page_svg, paper_pdf,
};

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: samples OUTDIR")?);
    fs::create_dir_all(&out)?;
    let fonts = FontSet::debian()?;
    let forms = Path::new(env!("CARGO_MANIFEST_DIR")).join("../packs/mihon-city/forms");
    let mut packet = Vec::new();
    for form in sorted(&forms)? {
        let file = form.join("form.toml");
        let template = Template::parse(&fs::read_to_string(&file)?, &file.to_string_lossy())?;
        for sample in sorted(&form.join("samples"))? {
            let values = Sample::parse(&fs::read_to_string(&sample)?, &sample.to_string_lossy())?;
            let papers = lay_out(&template, &values, &fonts, &Settlements::default())?;
            let stem = sample.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            for (number, paper) in (1..).zip(&papers) {
                write(&out, &format!("{}-{stem}-{number}", template.id), paper, &fonts)?;
            }
            packet.extend(papers);
        }
    }
    fs::write(out.join("packet.pdf"), packet_pdf(&packet, "手続き一式", &fonts)?)?;
    Ok(())
}

fn write(out: &Path, name: &str, paper: &Paper, fonts: &FontSet) -> Result<(), Box<dyn Error>> {
    fs::write(out.join(format!("{name}.pdf")), paper_pdf(paper, fonts)?)?;
    for (number, page) in (1..).zip(&paper.pages) {
        fs::write(out.join(format!("{name}-{number}.svg")), page_svg(page, fonts)?)?;
    }
    Ok(())
}

fn sorted(folder: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut entries = fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()?;
    entries.sort();
    Ok(entries)
}
