//! Layout: template + values + fonts → pages of lines, boxes, marks and glyphs. It knows no writer, so
//! print and screen show the same.

mod annex;
mod check;
mod codes;
mod comb;
pub(crate) mod date;
mod fields;
pub(crate) mod fit;
mod form;
mod marks;
pub(crate) mod page;
pub(crate) mod set;
mod vertical;
mod watermark;
pub(crate) mod wrap;

pub use check::fits;
pub(crate) use codes::{drawn, squares};
pub use fields::base_forms;
pub use form::{LayoutError, lay_out, lay_out_blank};
pub use page::{Glyph, Mark, Modules, Page, Paper, Run};
pub use watermark::watermark;
