//! The proof sheet (校正刷り) of a form: where its fields lie, and what it looks like filled.
//!
//! For whoever draws a form up; no resident's data ever come here, only samples.

use kakanai_text::clusters;

use crate::fonts::{FontSet, Style};
use crate::layout::page::{BASELINE, MM_PER_PT, runs};
use crate::layout::{LayoutError, Mark, Page, Paper, lay_out, lay_out_blank};
use crate::sample::Sample;
use crate::template::{Area, Template};
use crate::values::Settlements;

/// Thickness of outlines in points.
const OUTLINE: f32 = 0.4;
/// Size of ids in points.
const ID: f32 = 6.0;
/// From the corner of a box to its id, in millimetres.
const GAP: f32 = 0.3;

/// The proof of a form: a page with the outlines and ids of all fields, then the sheets of a filled sample.
///
/// # Errors
/// As [`lay_out`].
pub fn proof(
    template: &Template,
    sample: Option<&Sample>,
    fonts: &FontSet,
) -> Result<Paper, LayoutError> {
    let mut pages = lay_out_blank(template, fonts)?.pages;
    let Some(page) = pages.first_mut() else { return lay_out_blank(template, fonts) };
    for field in template.fields.iter().filter(|field| field.source().is_some()) {
        outline(page, &field.id, &template.areas(field), fonts)?;
    }
    for place in &template.signatures {
        outline(page, &place.id, &[place.area], fonts)?;
    }
    for place in &template.protected {
        outline(page, &place.id, &[place.area], fonts)?;
    }
    if let Some(sample) = sample {
        let filled = lay_out(template, sample, fonts, &Settlements::default())?;
        pages.extend(filled.into_iter().next().into_iter().flat_map(|paper| paper.pages));
    }
    let (form, title) = (template.id.clone(), template.title.clone());
    Ok(Paper { form, title, people: Vec::new(), pages })
}

/// How much a sample puts on paper, in clusters: the longest one shows most.
pub fn sample_length(sample: &Sample) -> usize {
    sample.all().flat_map(|value| value.words()).map(|word| clusters(&word).count()).sum()
}

/// Dashed lines around the boxes of a field, its id in the first.
fn outline(page: &mut Page, id: &str, areas: &[Area], fonts: &FontSet) -> Result<(), LayoutError> {
    for area in areas {
        let (x1, y1, x2, y2) = (area.x, area.y, area.x + area.w, area.y + area.h);
        for points in [[x1, y1, x2, y1], [x2, y1, x2, y2], [x2, y2, x1, y2], [x1, y2, x1, y1]] {
            page.marks.push(Mark::Line { points, width: OUTLINE, dashed: true });
        }
    }
    // An id that the font cannot write is found by its outline.
    let (Some(first), Ok(clusters)) = (areas.first(), fonts.clusters(id, Style::Gothic)?) else {
        return Ok(());
    };
    let em = ID * MM_PER_PT;
    let (x, y) = (first.x + GAP, first.y + GAP);
    let width = crate::layout::fit::width(&clusters) * em;
    let area = Area { x, y, w: width, h: em };
    page.marks.push(Mark::Rect { area, width: 0.0, fill: Some(1.0) });
    runs("", &clusters, ID, x, y + em * BASELINE, 0.0, &mut page.marks);
    Ok(())
}
