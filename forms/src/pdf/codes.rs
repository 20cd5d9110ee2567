//! Barcodes and QR codes: one Form XObject each, rectangles in whole modules, placed with a scale.

use std::collections::BTreeMap;
use std::fmt::Write;

use printpdf::{
    DictItem, ExternalStream, ExternalXObject, Op, Pt, XObject, XObjectId, XObjectTransform,
};

use crate::layout::Modules;

/// The codes of one document; the same code on several pages is written once.
#[derive(Default)]
pub(super) struct Codes(BTreeMap<Content, XObjectId>);

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Content {
    columns: u16,
    rows: u16,
    dark: Vec<[u16; 4]>,
}

impl Codes {
    /// The operator that draws a code whose lower left corner stands at `x`, `y`, `width` by `height`.
    pub fn place(&mut self, code: &Modules, x: Pt, y: Pt, width: Pt, height: Pt) -> Op {
        let Modules { columns, rows, .. } = *code;
        let next = XObjectId(format!("C{}", self.0.len()));
        let content = Content { columns, rows, dark: code.dark.clone() };
        let id = self.0.entry(content).or_insert(next).clone();
        let transform = XObjectTransform {
            translate_x: Some(x),
            translate_y: Some(y),
            scale_x: Some(width.0 / f32::from(columns)),
            scale_y: Some(height.0 / f32::from(rows)),
            no_auto_scale: true,
            ..XObjectTransform::default()
        };
        Op::UseXobject { id, transform }
    }

    /// Every code with its name.
    pub fn objects(self) -> impl Iterator<Item = (XObjectId, XObject)> {
        self.0.into_iter().map(|(content, id)| (id, object(&content)))
    }
}

fn object(content: &Content) -> XObject {
    let mut operators = String::new();
    for [x, y, w, h] in &content.dark {
        // PDF counts from the bottom. Writing into a String cannot fail.
        let below = content.rows.saturating_sub(*y).saturating_sub(*h);
        let _ = writeln!(operators, "{x} {below} {w} {h} re");
    }
    operators.push('f');
    let name = |name: &str| DictItem::Name(name.as_bytes().to_vec());
    let number = |number: u16| DictItem::Int(i64::from(number));
    let bounds = vec![number(0), number(0), number(content.columns), number(content.rows)];
    let dict = BTreeMap::from([
        ("Type".to_owned(), name("XObject")),
        ("Subtype".to_owned(), name("Form")),
        ("BBox".to_owned(), DictItem::Array(bounds)),
        ("Resources".to_owned(), DictItem::Dict { map: BTreeMap::new() }),
    ]);
    let stream = ExternalStream { dict, content: operators.into_bytes(), compress: false };
    XObject::External(ExternalXObject { stream, width: None, height: None, dpi: None })
}
