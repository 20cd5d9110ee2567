//! From a file of any origin to one page that holds only what it draws.
//!
//! The page is one Form XObject (`/Bg`) on a page of the visible size: whoever draws it under something else copies
//! that object and needs to know nothing about crop boxes, rotation or inheritance.

use std::collections::BTreeSet;
use std::io::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::content::Operation;
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use super::error::Refused;
use super::fields::{self, fields};
use super::geometry::Geometry;
use super::graph::{Copier, font_name};
use super::source::{Leaf, Source, why};
use super::{BlankWarning, CONTENT_MAX, Cleaned, PAGE_BYTES_MAX};

/// The numbers of the objects that every cleaned page begins with.
const CATALOG: u32 = 1;
const PAGES: u32 = 2;
const PAGE: u32 = 3;
const CONTENT: u32 = 4;
const BACKGROUND: u32 = 5;

/// Cleans the page `number`, counted from 1: its bytes, and what goes with them but for the picture.
pub fn clean_page(bytes: &[u8], number: usize) -> Result<(Vec<u8>, Cleaned), Refused> {
    let source = Source::open(bytes)?;
    let leaf = source.page(number)?;
    let geometry = Geometry::of(&source, &leaf)?;
    let mut copier = Copier::new(&source, BACKGROUND + 1);
    let Content { joined, operators } = content(&source, &leaf)?;
    let background = background(&source, &leaf, &geometry, &joined, &mut copier)?;
    let rest = copier.rest()?;
    let idle = idle_fonts(&source, &leaf, &operators);
    copier.foreign_fonts.retain(|font| !idle.contains(font));
    let page = write(&geometry, background, rest)?;
    if page.len() > PAGE_BYTES_MAX {
        return Err(Refused::TooLarge);
    }
    let cleaned = Cleaned {
        page: STANDARD.encode(&page),
        picture: None,
        size: geometry.size(),
        fields: fields(&source, &leaf, &geometry)?,
        warnings: warnings(&source, &leaf, &copier),
    };
    Ok((page, cleaned))
}

/// The Form XObject of the page (ISO 32000-1, 8.10).
fn background(
    source: &Source,
    leaf: &Leaf<'_>,
    geometry: &Geometry,
    content: &[u8],
    copier: &mut Copier<'_>,
) -> Result<Stream, Refused> {
    let resources = match leaf.inherited(source, b"Resources") {
        Some(Object::Dictionary(resources)) => copier.resources(resources, 0)?,
        _ => Dictionary::new(),
    };
    let mut form = dictionary! {
        "Type" => "XObject",
        "Subtype" => "Form",
        "FormType" => 1,
        "BBox" => numbers(&geometry.visible),
        "Matrix" => numbers(&geometry.matrix),
        "Resources" => resources,
        "Filter" => "FlateDecode",
    };
    let group = leaf.own().and_then(|page| source.dictionary(page, b"Group"));
    if let Some(group) = group {
        form.set("Group", copier.object(&Object::Dictionary(group.clone()), 0)?);
    }
    let mut stream = Stream::new(form, pack(content)?);
    stream.allows_compression = false;
    Ok(stream)
}

/// What a page draws.
struct Content {
    /// All of it as one, with as many `Q` as `q`.
    joined: Vec<u8>,
    /// Its operators; none when they cannot be told apart.
    operators: Vec<Operation>,
}

fn content(source: &Source, leaf: &Leaf<'_>) -> Result<Content, Refused> {
    let contents = leaf.own().and_then(|page| source.get(page, b"Contents"));
    let parts = match contents {
        Some(Object::Array(parts)) => parts.as_slice(),
        Some(part) => std::slice::from_ref(part),
        None => &[],
    };
    let mut plain = Vec::new();
    for part in parts {
        let Object::Stream(stream) = source.follow(part) else { continue };
        let left = CONTENT_MAX.saturating_sub(plain.len());
        plain.extend(stream.get_plain_content_with_limit(left).map_err(|error| why(&error))?);
        if plain.len() > CONTENT_MAX {
            return Err(Refused::TooLarge);
        }
        plain.push(b'\n');
    }
    let operators = lopdf::content::Content::decode(&plain).map(|all| all.operations);
    let operators = operators.unwrap_or_default();
    let (before, after) = balance(&operators);
    let joined = [b"q\n".repeat(before + 1), plain, b"Q\n".repeat(after + 1)].concat();
    Ok(Content { joined, operators })
}

/// How many `q` are missing before the content, and how many `Q` after it.
fn balance(operators: &[Operation]) -> (usize, usize) {
    let (mut open, mut missing) = (0_usize, 0_usize);
    for operation in operators {
        match operation.operator.as_str() {
            "q" => open += 1,
            "Q" if open == 0 => missing += 1,
            "Q" => open -= 1,
            _ => {}
        }
    }
    (missing, open)
}

/// Names of fonts that the page names but sets no text in: many programs name one in every file. Drawings that bring
/// no resources of their own may use any font of the page.
fn idle_fonts(source: &Source, leaf: &Leaf<'_>, operators: &[Operation]) -> BTreeSet<String> {
    let resources = leaf.inherited(source, b"Resources").and_then(|held| held.as_dict().ok());
    let held = |key: &[u8]| resources.and_then(|resources| source.dictionary(resources, key));
    let borrows = held(b"XObject").is_some_and(|drawings| {
        drawings.iter().any(|(_, drawing)| match source.follow(drawing) {
            Object::Stream(drawing) => {
                fields::name(source, &drawing.dict, b"Subtype") == Some(b"Form")
                    && !drawing.dict.has(b"Resources")
            }
            _ => false,
        })
    });
    let (false, false, Some(fonts)) = (operators.is_empty(), borrows, held(b"Font")) else {
        return BTreeSet::new();
    };
    let used = used_fonts(operators);
    let names = |wanted: bool| {
        fonts
            .iter()
            .filter(move |(name, _)| used.contains(name.as_slice()) == wanted)
            .filter_map(|(_, font)| Some(font_name(source, source.follow(font).as_dict().ok()?)))
    };
    let in_use: BTreeSet<String> = names.clone()(true).collect();
    names(false).filter(|name| !in_use.contains(name)).collect()
}

/// Resource names of the fonts in which text is shown.
fn used_fonts(operators: &[Operation]) -> BTreeSet<&[u8]> {
    let mut used = BTreeSet::new();
    let mut font: Option<&[u8]> = None;
    let mut saved = Vec::new();
    for operation in operators {
        match operation.operator.as_str() {
            "q" => saved.push(font),
            "Q" => font = saved.pop().flatten(),
            "Tf" => font = operation.operands.first().and_then(|name| name.as_name().ok()),
            "Tj" | "TJ" | "'" | "\"" => used.extend(font),
            _ => {}
        }
    }
    used
}

fn write(
    geometry: &Geometry,
    background: Stream,
    rest: Vec<(u32, Object)>,
) -> Result<Vec<u8>, Refused> {
    let mut document = Document::with_version("1.7");
    document.reference_table.cross_reference_type = lopdf::xref::XrefType::CrossReferenceTable;
    let mut add = |number: u32, object: Object| document.objects.insert((number, 0), object);
    add(CATALOG, dictionary! { "Type" => "Catalog", "Pages" => (PAGES, 0) }.into());
    let kids = vec![Object::Reference((PAGE, 0))];
    add(PAGES, dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => 1 }.into());
    let drawn = dictionary! { "XObject" => dictionary! { "Bg" => (BACKGROUND, 0) } };
    let page = dictionary! {
        "Type" => "Page",
        "Parent" => (PAGES, 0),
        "MediaBox" => numbers(&[0.0, 0.0, geometry.width, geometry.height]),
        "Resources" => drawn,
        "Contents" => (CONTENT, 0),
    };
    add(PAGE, page.into());
    let mut content = Stream::new(Dictionary::new(), b"q /Bg Do Q\n".to_vec());
    content.allows_compression = false;
    add(CONTENT, content.into());
    add(BACKGROUND, background.into());
    for (number, object) in rest {
        add(number, object);
    }
    document.max_id =
        document.objects.keys().map(|(number, _)| *number).max().unwrap_or(BACKGROUND);
    document.trailer.set("Root", (CATALOG, 0));
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).map_err(|_| Refused::Damaged)?;
    Ok(bytes)
}

fn numbers(numbers: &[f32]) -> Vec<Object> {
    numbers.iter().map(|number| Object::Real(*number)).collect()
}

fn pack(content: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(content).and_then(|()| encoder.finish()).map_err(|_| Refused::TooLarge)
}

fn warnings(source: &Source, leaf: &Leaf<'_>, copier: &Copier<'_>) -> Vec<BlankWarning> {
    let mut warnings = Vec::new();
    if !copier.foreign_fonts.is_empty() {
        let fonts = copier.foreign_fonts.iter().take(20).cloned().collect();
        warnings.push(BlankWarning::FontNotEmbedded { fonts });
    }
    if source.was_locked() {
        warnings.push(BlankWarning::OwnerLocked);
    }
    let catalog = source.catalog().ok();
    let below = |key: &[u8]| catalog.and_then(|catalog| source.dictionary(catalog, key));
    let layers = below(b"OCProperties").and_then(|layers| source.dictionary(layers, b"D"));
    let hidden = layers.is_some_and(|usual| {
        let off = source.array(usual, b"OFF").is_some_and(|off| !off.is_empty());
        let base = source.get(usual, b"BaseState").and_then(|base| base.as_name().ok());
        off || base == Some(b"OFF")
    });
    if hidden {
        warnings.push(BlankWarning::HiddenLayers);
    }
    if below(b"AcroForm").is_some_and(|form| source.get(form, b"XFA").is_some()) {
        warnings.push(BlankWarning::Xfa);
    }
    let note = |kind: &[u8]| !matches!(kind, b"Widget" | b"Link" | b"Popup");
    if fields::annotations(source, leaf)
        .any(|annotation| fields::name(source, annotation, b"Subtype").is_some_and(note))
    {
        warnings.push(BlankWarning::NotesDropped);
    }
    warnings
}
