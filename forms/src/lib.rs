//! Papers: form templates, text fitting, fonts, PDF and SVG, and the sheets around the forms.
//!
//! One layout serves print and screen: template + values + fonts → pages of marks and glyphs, which the
//! PDF writer and the SVG writer draw alike. A value is printed exactly as it came, or the paper is
//! refused by form, field and character: no substitute, no box, no cut, no default choice. No place for
//! the 個人番号 is ever filled. Pages hold residents' data, so no type here shows them in `Debug`, and no
//! error carries their text.

mod fonts;
mod layout;
mod outline;
mod pdf;
mod proof;
mod refusal;
mod sample;
pub mod sheets;
mod svg;
pub mod template;
mod values;

pub use fonts::{DEBIAN_FOLDERS, FaceId, FontError, FontSet, Style, Unknown};
pub use layout::{
    Glyph, LayoutError, Mark, Modules, Page, Paper, Run, base_forms, fits, lay_out, lay_out_blank,
    watermark,
};
pub use outline::{Outline, text_outline};
pub use pdf::{PdfError, Placement, packet_pdf, packet_pdf_for, paper_pdf};
pub use proof::{proof, sample_length};
pub use refusal::{Lack, Place, Refusal, Refusals, code_points};
pub use sample::{Sample, SampleError};
pub use svg::{NameShape, SvgError, page_svg, text_svg};
pub use template::{Blank, BlankError, Problem, Template, TemplateError};
pub use values::{FieldValue, Settlement, Settlements, Values};
