//! Pages of other writers under ours: the cleaned blank as one Form XObject, however many pages use it.
//!
//! Only pages that were cleaned when a pack was written are read here. The blank is drawn first, and what we draw
//! stands between `q` and `Q`, so neither can change how the other looks.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use lopdf_of_printpdf as lopdf;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use crate::layout::{Mark, Page};
use crate::pdf::{PdfError, Placement};
use crate::template::Blank;

/// The most that a structure of a cleaned page inflates to.
const INFLATED_MAX: usize = 16 * 1024 * 1024;

/// A blank and the pages that use it.
pub(super) struct Under {
    page: Document,
    height: f32,
    name: String,
    pages: Vec<ObjectId>,
}

impl Under {
    fn new(blank: &Blank, name: String) -> Option<Under> {
        let options = LoadOptions::with_max_decompressed_size(INFLATED_MAX);
        let page = Document::load_mem_with_options(blank.page(), options).ok()?;
        let height = height(first_page(&page)?)?;
        Some(Under { page, height, name, pages: Vec::new() })
    }
}

/// The blank under a page.
pub(super) fn of(page: &Page) -> Option<&Blank> {
    page.marks.iter().find_map(|mark| match mark {
        Mark::Blank(blank) => Some(blank),
        _ => None,
    })
}

/// Draws the blanks first in the content of their pages, which is not packed yet. They are set off for a printer as
/// what we draw on them is.
pub(super) fn wrap(
    file: &mut Document,
    grounds: &[Option<&Blank>],
    placement: Placement,
) -> Result<Vec<Under>, PdfError> {
    let mut all: BTreeMap<&str, Under> = BTreeMap::new();
    let pages: Vec<ObjectId> = file.page_iter().collect();
    for (page, blank) in pages.into_iter().zip(grounds) {
        let Some(blank) = blank else { continue };
        let name = format!("Bg{}", all.len());
        let under = match all.entry(blank.sha256()) {
            Entry::Occupied(met) => met.into_mut(),
            Entry::Vacant(new) => new.insert(Under::new(blank, name).ok_or(PdfError::Blank)?),
        };
        under.pages.push(page);
        // Both begin at the top left; PDF counts from the bottom.
        let ours = file.get_dictionary(page).ok().and_then(height).ok_or(PdfError::Blank)?;
        let drop = ours - under.height;
        let placed = placement.matrix(ours).map_or_else(String::new, |[a, b, c, d, x, y]| {
            format!("{a:.5} {b} {c} {d:.5} {x:.3} {y:.3} cm ")
        });
        let head = format!("q {placed}1 0 0 1 0 {drop:.3} cm /{} Do Q\nq\n", under.name);
        let content = file
            .get_dictionary(page)
            .and_then(|page| page.get(b"Contents"))
            .and_then(Object::as_reference)
            .and_then(|content| file.get_object_mut(content))
            .and_then(Object::as_stream_mut)
            .map_err(|_| PdfError::Blank)?;
        let ours = std::mem::take(&mut content.content);
        content.set_content([head.as_bytes(), ours.as_slice(), b"\nQ\n"].concat());
    }
    Ok(all.into_values().collect())
}

/// Copies the blanks into the document and names them on their pages.
pub(super) fn put(file: &mut Document, all: Vec<Under>) -> Result<(), PdfError> {
    for under in all {
        let drawn = copy(file, under.page).ok_or(PdfError::Blank)?;
        for page in under.pages {
            name(file, page, &under.name, drawn).ok_or(PdfError::Blank)?;
        }
    }
    Ok(())
}

/// Copies what a cleaned page draws; the number of its Form XObject.
fn copy(file: &mut Document, mut page: Document) -> Option<ObjectId> {
    let drawn = drawn(&page)?;
    let shift = file.max_id;
    let mut waiting = vec![drawn];
    let mut copied = Vec::new();
    while let Some(id) = waiting.pop() {
        // An object that is gone was copied before, or was never there.
        let Some(mut object) = page.objects.remove(&id) else { continue };
        renumber(&mut object, shift, &mut waiting)?;
        copied.push((renumbered(id, shift)?, object));
    }
    for (id, object) in copied {
        file.max_id = file.max_id.max(id.0);
        file.objects.insert(id, object);
    }
    renumbered(drawn, shift)
}

fn first_page(page: &Document) -> Option<&Dictionary> {
    page.get_dictionary(page.page_iter().next()?).ok()
}

/// The Form XObject that a cleaned page draws.
fn drawn(page: &Document) -> Option<ObjectId> {
    let resources = first_page(page)?.get(b"Resources").ok()?.as_dict().ok()?;
    resources.get(b"XObject").ok()?.as_dict().ok()?.get(b"Bg").ok()?.as_reference().ok()
}

fn height(page: &Dictionary) -> Option<f32> {
    let corners = page.get(b"MediaBox").ok()?.as_array().ok()?;
    corners.get(3)?.as_float().ok().filter(|height| height.is_finite())
}

fn renumbered((number, generation): ObjectId, shift: u32) -> Option<ObjectId> {
    Some((number.checked_add(shift)?, generation))
}

/// Gives every reference its new number and remembers where it leads.
fn renumber(object: &mut Object, shift: u32, waiting: &mut Vec<ObjectId>) -> Option<()> {
    match object {
        Object::Reference(id) => {
            waiting.push(*id);
            *id = renumbered(*id, shift)?;
        }
        Object::Array(items) => {
            items.iter_mut().try_for_each(|item| renumber(item, shift, waiting))?;
        }
        Object::Dictionary(dictionary) => renumber_in(dictionary, shift, waiting)?,
        Object::Stream(stream) => {
            stream.allows_compression = false;
            renumber_in(&mut stream.dict, shift, waiting)?;
        }
        _ => {}
    }
    Some(())
}

fn renumber_in(dictionary: &mut Dictionary, shift: u32, waiting: &mut Vec<ObjectId>) -> Option<()> {
    dictionary.iter_mut().try_for_each(|(_, held)| renumber(held, shift, waiting))
}

/// Names an object among the things a page may draw; printpdf keeps them in one dictionary of its own.
fn name(file: &mut Document, page: ObjectId, name: &str, drawn: ObjectId) -> Option<()> {
    let resources = file.get_dictionary(page).ok()?.get(b"Resources").ok()?.as_reference().ok()?;
    let named = file.get_dictionary(resources).ok()?.get(b"XObject").ok()?.as_reference().ok()?;
    file.get_dictionary_mut(named).ok()?.set(name, drawn);
    Some(())
}
