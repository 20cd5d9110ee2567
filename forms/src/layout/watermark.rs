//! A word across every page of a paper that must not be taken for a real one (透かし).
//!
//! It lies above a municipality's own page and below everything else, in a grey that leaves every value readable and
//! that a copier keeps.

use crate::fonts::{FontError, FontSet, Style};
use crate::layout::fit::width;
use crate::layout::page::{BASELINE, MM_PER_PT, Mark, Paper, runs};

/// Grey of the word: printed and copied it stays visible, and black on it stays readable.
const GREY: f32 = 0.8;
/// How much of the page's width the word takes.
const SHARE: f32 = 0.4;
/// How far down the page its middles stand: no half of the sheet is without one.
const PLACES: [f32; 3] = [0.18, 0.5, 0.82];

/// Puts `word` on every page.
///
/// # Errors
/// [`FontError`] when the font cannot be read. A word that no font has puts nothing.
pub fn watermark(paper: &mut Paper, word: &str, fonts: &FontSet) -> Result<(), FontError> {
    let Ok(clusters) = fonts.clusters(word, Style::GothicBold)? else { return Ok(()) };
    let ems = width(&clusters).max(1.0);
    for page in &mut paper.pages {
        let em = page.width * SHARE / ems;
        let mut marks = Vec::new();
        for place in PLACES {
            let baseline = page.height * place + em * (BASELINE - 0.5);
            let left = (page.width - em * ems) / 2.0;
            runs("watermark", &clusters, em / MM_PER_PT, left, baseline, 0.0, &mut marks);
        }
        for mark in &mut marks {
            if let Mark::Run(run) = mark {
                run.grey = GREY;
            }
        }
        let under = page.marks.iter().take_while(|mark| matches!(mark, Mark::Blank(_))).count();
        page.marks.splice(under..under, marks);
    }
    Ok(())
}
