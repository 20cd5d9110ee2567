//! This repository's engine: templates and values in, a PDF out.

use std::error::Error;

use kakanai_forms::{FontSet, Paper, Settlements, Template, lay_out, packet_pdf};

use crate::form::{self, Household};
use crate::process::memory;

/// Forms in the packet.
pub const FORMS: usize = 20;

/// The whole way for one packet, fonts and templates kept as the counter keeps them.
pub fn engine() -> Result<impl FnMut() -> Result<Vec<u8>, Box<dyn Error>>, Box<dyn Error>> {
    let fonts = FontSet::debian()?;
    let templates = templates()?;
    Ok(move || Ok(packet_pdf(&papers(&templates, &fonts)?, "kakanai", &fonts)?))
}

/// The templates of the packet.
pub fn templates() -> Result<Vec<Template>, Box<dyn Error>> {
    (1..=FORMS)
        .map(|number| Ok(Template::parse(&form::toml(number), &format!("bench-{number}"))?))
        .collect()
}

/// The packet laid out.
pub fn papers(templates: &[Template], fonts: &FontSet) -> Result<Vec<Paper>, Box<dyn Error>> {
    let mut papers = Vec::new();
    for template in templates {
        papers.extend(lay_out(template, &Household, fonts, &Settlements::default())?);
    }
    Ok(papers)
}

/// Memory after 100, 400, 700 and 1,000 packets; nothing is kept from one to the next.
pub fn growth() -> Result<(), Box<dyn Error>> {
    let mut packet = engine()?;
    println!("| packets | resident memory, KiB |\n|---:|---:|");
    for number in 1..=1000 {
        packet()?;
        if number % 300 == 100 {
            println!("| {number} | {} |", memory("VmRSS")?);
        }
    }
    Ok(())
}
