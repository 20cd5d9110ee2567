//! Papers: form templates, text fitting, fonts, PDF and SVG, and the guide sheet (手続のご案内).
//!
//! One layout serves print and screen: template + values + fonts → pages of marks and glyphs, which the
//! PDF writer and the SVG writer draw alike. A value is printed exactly as it came, or the paper is
//! refused by form, field and character: no substitute, no box, no cut, no default choice. No place for
//! the 個人番号 is ever filled. Pages hold residents' data, so no type here shows them in `Debug`, and no
//! error carries their text.

mod fonts;
mod guide;
mod layout;
mod pdf;
mod refusal;
mod sample;
mod svg;
pub mod template;
mod values;

pub use fonts::{DEBIAN_FOLDERS, FaceId, FontError, FontSet, Style, Unknown};
pub use guide::{GuideLine, GuideSheet, guide_paper};
pub use layout::{Glyph, LayoutError, Mark, Modules, Page, Paper, Run, lay_out};
pub use pdf::{PdfError, packet_pdf, paper_pdf};
pub use refusal::{Lack, Place, Refusal, Refusals, code_points};
pub use sample::{Sample, SampleError};
pub use svg::{NameShape, SvgError, page_svg, text_svg};
pub use template::{Problem, Template, TemplateError};
pub use values::{FieldValue, Settlement, Settlements, Values};
