//! Layout: template + values + fonts → pages of lines, boxes, marks and glyphs. It knows no writer, so
//! print and screen show the same.

pub(crate) mod date;
mod fields;
pub(crate) mod fit;
mod form;
pub(crate) mod page;
pub(crate) mod wrap;

pub use fields::base_forms;
pub use form::{LayoutError, lay_out};
pub use page::{Glyph, Mark, Page, Paper, Run};
