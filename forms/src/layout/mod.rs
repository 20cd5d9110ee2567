//! Layout: template + values + fonts → pages of lines, boxes, marks and glyphs. It knows no writer, so
//! print and screen show the same.

mod annex;
mod comb;
pub(crate) mod date;
mod fields;
pub(crate) mod fit;
mod form;
mod marks;
pub(crate) mod page;
pub(crate) mod wrap;

pub use form::{LayoutError, lay_out, lay_out_blank};
pub use page::{Glyph, Mark, Page, Paper, Run};
