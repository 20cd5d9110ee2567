//! What a page draws, copied object by object: fonts, pictures, patterns and colours, and nothing else.
//!
//! Objects get new numbers in the order in which they are met, so equal pages are equal bytes. What is not drawn
//! (actions, scripts, notes, attached files, metadata, structure, layers) has no way in.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lopdf::{DecompressError, Dictionary, Error, Object, ObjectId, Stream};

use super::error::Refused;
use super::source::Source;
use super::{INFLATED_MAX, PIXELS_MAX};

/// What the resources of a page may hold (ISO 32000-1, table 33), besides property lists.
const CATEGORIES: [&[u8]; 7] =
    [b"ExtGState", b"ColorSpace", b"Pattern", b"Shading", b"XObject", b"Font", b"ProcSet"];

/// Keys that lead away from what is drawn.
const AWAY: [&[u8]; 20] = [
    b"AA",
    b"AF",
    b"Alternates",
    b"Annots",
    b"EF",
    b"LastModified",
    b"Measure",
    b"Metadata",
    b"OC",
    b"OPI",
    b"OpenAction",
    b"PieceInfo",
    b"PtData",
    b"Ref",
    b"SeparationInfo",
    b"StructParent",
    b"StructParents",
    b"StructTreeRoot",
    b"Thumb",
    b"Tabs",
];

/// Dictionaries that are never part of a drawing.
const FOREIGN: [&[u8]; 12] = [
    b"Action",
    b"Annot",
    b"Catalog",
    b"EmbeddedFile",
    b"Filespec",
    b"Metadata",
    b"OCG",
    b"Page",
    b"Pages",
    b"Sig",
    b"StructElem",
    b"StructTreeRoot",
];

/// Deepest nesting of one object; the reader allows 100.
const DEPTH_MAX: usize = 128;

/// Copies objects out of a file.
pub struct Copier<'a> {
    source: &'a Source,
    /// New numbers by old ones.
    numbers: BTreeMap<ObjectId, u32>,
    waiting: VecDeque<ObjectId>,
    first: u32,
    inflated: usize,
    /// Fonts that are not in the file.
    pub foreign_fonts: BTreeSet<String>,
}

impl<'a> Copier<'a> {
    /// Copies number their objects from `first`.
    pub fn new(source: &'a Source, first: u32) -> Copier<'a> {
        Copier {
            source,
            numbers: BTreeMap::new(),
            waiting: VecDeque::new(),
            first,
            inflated: 0,
            foreign_fonts: BTreeSet::new(),
        }
    }

    /// The resources of a page or of anything that draws.
    pub fn resources(
        &mut self,
        resources: &Dictionary,
        depth: usize,
    ) -> Result<Dictionary, Refused> {
        let mut copy = Dictionary::new();
        for category in CATEGORIES {
            let Some(held) = self.source.get(resources, category) else { continue };
            let held = match held {
                Object::Dictionary(named) => Object::Dictionary(self.named(named, depth)?),
                other => self.object(other, depth)?,
            };
            copy.set(category, held);
        }
        // Content names its property lists; without any it would name nothing.
        if let Some(lists) = self.source.dictionary(resources, b"Properties") {
            let mut empty = Dictionary::new();
            for name in sorted(lists) {
                empty.set(name, Dictionary::new());
            }
            copy.set("Properties", empty);
        }
        Ok(copy)
    }

    /// A dictionary of names that the file is free to choose.
    fn named(&mut self, named: &Dictionary, depth: usize) -> Result<Dictionary, Refused> {
        let mut copy = Dictionary::new();
        for name in sorted(named) {
            if let Ok(object) = named.get(name) {
                copy.set(name, self.object(object, depth + 1)?);
            }
        }
        Ok(copy)
    }

    /// Any object; what it refers to is copied by [`Copier::rest`].
    pub fn object(&mut self, object: &Object, depth: usize) -> Result<Object, Refused> {
        if depth > DEPTH_MAX {
            return Err(Refused::TooLarge);
        }
        Ok(match object {
            Object::Reference(id) => self.reference(*id),
            Object::Array(items) => Object::Array(
                items.iter().map(|item| self.object(item, depth + 1)).collect::<Result<_, _>>()?,
            ),
            Object::Dictionary(dictionary) => match self.dictionary(dictionary, depth)? {
                Some(copy) => Object::Dictionary(copy),
                None => Object::Null,
            },
            Object::Stream(stream) => self.stream(stream, depth)?,
            plain => plain.clone(),
        })
    }

    fn reference(&mut self, id: ObjectId) -> Object {
        if self.source.object(id).is_none() {
            return Object::Null;
        }
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX).saturating_add(self.first);
        let number = *self.numbers.entry(id).or_insert_with(|| {
            self.waiting.push_back(id);
            next
        });
        Object::Reference((number, 0))
    }

    /// A dictionary without what leads away; none when it is no part of a drawing at all.
    fn dictionary(
        &mut self,
        dictionary: &Dictionary,
        depth: usize,
    ) -> Result<Option<Dictionary>, Refused> {
        let kind = |key: &[u8]| {
            self.source
                .get(dictionary, key)
                .and_then(|kind| kind.as_name().ok())
                .unwrap_or_default()
        };
        let foreign = FOREIGN.contains(&kind(b"Type")) || kind(b"Subtype") == b"PS";
        if foreign || dictionary.has(b"JS") || dictionary.has(b"JavaScript") {
            return Ok(None);
        }
        if kind(b"Type") == b"Font" {
            self.look_at_font(dictionary);
        }
        let mut copy = Dictionary::new();
        for key in sorted(dictionary) {
            let Ok(held) = dictionary.get(key) else { continue };
            if AWAY.contains(&key) {
                continue;
            }
            let held = match (key, self.source.follow(held)) {
                (b"Resources", Object::Dictionary(resources)) => {
                    Object::Dictionary(self.resources(resources, depth + 1)?)
                }
                (b"CharProcs" | b"Colorants", Object::Dictionary(named)) => {
                    Object::Dictionary(self.named(named, depth + 1)?)
                }
                _ => self.object(held, depth + 1)?,
            };
            copy.set(key, held);
        }
        Ok(Some(copy))
    }

    /// A stream as it is packed, once it is known not to inflate to too much.
    fn stream(&mut self, stream: &Stream, depth: usize) -> Result<Object, Refused> {
        let mut plain = stream.dict.clone();
        // Its bytes may be said to lie in another file.
        for key in [b"F".as_slice(), b"FFilter", b"FDecodeParms", b"Length"] {
            plain.remove(key);
        }
        let Some(copy) = self.dictionary(&plain, depth)? else { return Ok(Object::Null) };
        let side = |key: &[u8]| {
            self.source.get(&stream.dict, key).and_then(|side| side.as_i64().ok()).unwrap_or(0)
        };
        if side(b"Width").saturating_mul(side(b"Height")) > PIXELS_MAX {
            return Err(Refused::TooLarge);
        }
        let left = INFLATED_MAX.saturating_sub(self.inflated);
        match stream.decompressed_content_with_limit(left) {
            Ok(content) => self.inflated = self.inflated.saturating_add(content.len()),
            Err(Error::Decompress(
                DecompressError::MemoryLimitExceeded { .. }
                | DecompressError::TooManyFilters { .. },
            )) => return Err(Refused::TooLarge),
            // A filter of pictures, which is no way to inflate without end: its pixels were counted.
            Err(_) => self.inflated = self.inflated.saturating_add(stream.content.len()),
        }
        if self.inflated > INFLATED_MAX {
            return Err(Refused::TooLarge);
        }
        let mut copied = Stream::new(copy, stream.content.clone());
        copied.allows_compression = false;
        Ok(Object::Stream(copied))
    }

    /// Remembers a font whose glyphs are not in the file.
    fn look_at_font(&mut self, font: &Dictionary) {
        let name = |key: &[u8]| self.source.get(font, key).and_then(|name| name.as_name().ok());
        if matches!(name(b"Subtype"), Some(b"Type0" | b"Type3")) {
            return;
        }
        let embedded = self.source.dictionary(font, b"FontDescriptor").is_some_and(|descriptor| {
            [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"]
                .iter()
                .any(|key| self.source.get(descriptor, key).is_some())
        });
        if !embedded {
            self.foreign_fonts.insert(font_name(self.source, font));
        }
    }

    /// Copies everything that copied objects refer to: number and object, in order.
    pub fn rest(&mut self) -> Result<Vec<(u32, Object)>, Refused> {
        let mut copies = Vec::new();
        while let Some(id) = self.waiting.pop_front() {
            let source = self.source;
            let object = source.object(id).unwrap_or(&Object::Null);
            let copy = self.object(object, 0)?;
            if let Some(number) = self.numbers.get(&id) {
                copies.push((*number, copy));
            }
        }
        Ok(copies)
    }
}

/// What a font is called, as far as a message needs it.
pub fn font_name(source: &Source, font: &Dictionary) -> String {
    let name = source.get(font, b"BaseFont").and_then(|name| name.as_name().ok()).unwrap_or(b"?");
    String::from_utf8_lossy(name).chars().filter(|c| !c.is_control()).take(80).collect()
}

fn sorted(dictionary: &Dictionary) -> Vec<&[u8]> {
    let mut keys: Vec<&[u8]> = dictionary.iter().map(|(key, _)| key.as_slice()).collect();
    keys.sort_unstable();
    keys
}
