//! The AcroForm fields of a page: names and places. The fields themselves do not print.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Object, decode_text_string};

use super::error::Refused;
use super::geometry::{Geometry, number, rectangle};
use super::source::{Leaf, Source};
use super::{BlankField, FIELDS_MAX};

/// How deep fields may lie in one another.
const PARENTS_MAX: usize = 16;
/// Longest name that is kept, in characters.
const NAME_MAX: usize = 200;
/// Flag of text fields with a cell for each character (ISO 32000-1, table 228).
const COMB: i64 = 1 << 24;

/// The dictionaries of the page's annotations.
pub fn annotations<'a>(
    source: &'a Source,
    leaf: &Leaf<'a>,
) -> impl Iterator<Item = &'a Dictionary> {
    let all = leaf.own().and_then(|page| source.array(page, b"Annots")).unwrap_or_default();
    all.iter().filter_map(|annotation| source.follow(annotation).as_dict().ok())
}

/// The name below a key.
pub fn name<'a>(source: &'a Source, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
    source.get(dictionary, key)?.as_name().ok()
}

/// Every field that has a place on the page, from top to bottom and left to right.
pub fn fields(
    source: &Source,
    leaf: &Leaf<'_>,
    geometry: &Geometry,
) -> Result<Vec<BlankField>, Refused> {
    let form = source.dictionary(source.catalog()?, b"AcroForm");
    let mut fields: Vec<BlankField> = Vec::new();
    for annotation in annotations(source, leaf) {
        if name(source, annotation, b"Subtype") != Some(b"Widget") {
            continue;
        }
        if fields.len() >= FIELDS_MAX {
            return Err(Refused::TooLarge);
        }
        fields.extend(Widget::new(source, annotation, form).field(geometry));
    }
    fields.sort_by(|one, other| {
        let place = |field: &BlankField| (field.area[1], field.area[0]);
        let ((y1, x1), (y2, x2)) = (place(one), place(other));
        y1.total_cmp(&y2).then(x1.total_cmp(&x2))
    });
    let mut times: BTreeMap<String, u32> = BTreeMap::new();
    for field in &mut fields {
        let time = times.entry(field.name.clone()).or_default();
        *time += 1;
        if *time > 1 {
            field.name = format!("{}#{time}", field.name);
        }
    }
    Ok(fields)
}

/// One place of a field, with the fields it lies in.
struct Widget<'a> {
    source: &'a Source,
    chain: Vec<&'a Dictionary>,
}

impl<'a> Widget<'a> {
    fn new(
        source: &'a Source,
        annotation: &'a Dictionary,
        form: Option<&'a Dictionary>,
    ) -> Widget<'a> {
        let mut chain = vec![annotation];
        let mut last = annotation;
        while let (true, Some(parent)) =
            (chain.len() < PARENTS_MAX, source.dictionary(last, b"Parent"))
        {
            chain.push(parent);
            last = parent;
        }
        // The form itself says what its fields do not (DA, Q).
        chain.extend(form);
        Widget { source, chain }
    }

    fn get(&self, key: &[u8]) -> Option<&'a Object> {
        self.chain.iter().find_map(|node| self.source.get(node, key))
    }

    fn name(&self) -> String {
        let mut parts: Vec<String> = self
            .chain
            .iter()
            .filter_map(|node| decode_text_string(self.source.get(node, b"T")?).ok())
            .collect();
        parts.reverse();
        let name = parts.join(".");
        name.chars().filter(|character| !character.is_control()).take(NAME_MAX).collect()
    }

    fn field(&self, geometry: &Geometry) -> Option<BlankField> {
        let area = geometry.area(rectangle(self.source, self.get(b"Rect")?)?);
        let name = self.name();
        if name.is_empty() || area.iter().any(|length| length.abs() > 2000.0) {
            return None;
        }
        let kind = match self.get(b"FT")?.as_name().ok()? {
            b"Tx" => "text",
            b"Btn" => "button",
            b"Ch" => "choice",
            b"Sig" => "signature",
            _ => return None,
        };
        let whole = |key: &[u8]| self.get(key).and_then(|object| object.as_i64().ok());
        let max_len = whole(b"MaxLen")
            .and_then(|most| u16::try_from(most).ok())
            .filter(|most| (1..=200).contains(most));
        Some(BlankField {
            name,
            kind: kind.to_owned(),
            area,
            max_len,
            comb: max_len.is_some() && whole(b"Ff").is_some_and(|flags| flags & COMB != 0),
            align: match whole(b"Q") {
                Some(1) => "center",
                Some(2) => "right",
                _ => "left",
            }
            .to_owned(),
            size: self.size(),
        })
    }

    /// The size of the text, from the default appearance: `/Helv 10 Tf`. 0 means that the viewer chooses.
    fn size(&self) -> Option<f32> {
        let appearance = self.get(b"DA")?.as_str().ok()?;
        let words: Vec<&[u8]> = appearance.split(u8::is_ascii_whitespace).collect();
        let mut sizes = words.windows(2).filter(|pair| pair.last() == Some(&b"Tf".as_slice()));
        let size = sizes.next_back()?.first().and_then(|size| std::str::from_utf8(size).ok())?;
        number(&Object::Real(size.parse().ok()?)).filter(|size| (4.0..=72.0).contains(size))
    }
}
