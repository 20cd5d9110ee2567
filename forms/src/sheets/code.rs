//! QR codes on a sheet: drawn up elsewhere, set here in a row, each with its number below.

use crate::layout::{LayoutError, Mark, Modules, drawn};
use crate::sheets::flow::{Flow, Row, Set, Span};
use crate::template::{Align, Area};

/// The squares of one QR code, row by row from the top left, `true` is dark.
#[derive(Clone, PartialEq, Eq)]
pub struct CodePicture {
    /// Squares a side.
    pub size: usize,
    /// `size` × `size` squares.
    pub dark: Vec<bool>,
    /// What stands below it.
    pub caption: String,
}

/// Codes side by side from the left, `side` millimetres each with their quiet zone.
pub(super) fn codes(
    flow: &mut Flow<'_>,
    pictures: &[CodePicture],
    side: f32,
    span: Span,
    set: Set,
) -> Result<Vec<Row>, LayoutError> {
    let mut picture_row = Row { height: side, marks: Vec::new() };
    let mut captions: Option<Row> = None;
    let mut x = span.x;
    for picture in pictures {
        let area = Area { x, y: 0.0, w: side, h: side };
        if let Some((area, dark, modules)) = drawn(&picture.dark, picture.size, area) {
            let (field, columns, rows) = ("code".to_owned(), modules, modules);
            picture_row.marks.push(Mark::Modules(Modules { field, area, columns, rows, dark }));
        }
        let below = Set { align: Align::Center, ..set };
        for row in flow.text("code", &picture.caption, below, Span { x, w: side })? {
            match &mut captions {
                Some(captions) => captions.marks.extend(row.marks),
                None => captions = Some(row),
            }
        }
        x += side;
    }
    Ok(std::iter::once(picture_row).chain(captions).collect())
}
