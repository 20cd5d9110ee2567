//! The glyphs a font has for vertical text: GSUB single substitution of `vert` and `vrt2`.

use skrifa::raw::tables::gsub::{Gsub, SingleSubst, SubstitutionSubtables};
use skrifa::raw::{ReadError, TableProvider};
use skrifa::{FontRef, GlyphId, Tag};

const FEATURES: [Tag; 2] = [Tag::new(b"vert"), Tag::new(b"vrt2")];

/// The glyph that stands for `glyph` in a column, if the font has one. Tables that cannot be read have none.
pub(super) fn vertical(font: &FontRef<'_>, glyph: u16) -> Option<u16> {
    let gsub = font.gsub().ok()?;
    FEATURES.iter().find_map(|feature| substitute(&gsub, *feature, glyph).ok().flatten())
}

fn substitute(gsub: &Gsub<'_>, feature: Tag, glyph: u16) -> Result<Option<u16>, ReadError> {
    let features = gsub.feature_list()?;
    let lookups = gsub.lookup_list()?.lookups();
    for record in features.feature_records().iter().filter(|record| record.feature_tag() == feature)
    {
        for index in record.feature(features.offset_data())?.lookup_list_indices() {
            let SubstitutionSubtables::Single(tables) =
                lookups.get(usize::from(index.get()))?.subtables()?
            else {
                continue;
            };
            for table in tables.iter() {
                if let Some(other) = single(&table?, glyph)? {
                    return Ok(Some(other));
                }
            }
        }
    }
    Ok(None)
}

fn single(table: &SingleSubst<'_>, glyph: u16) -> Result<Option<u16>, ReadError> {
    let id = GlyphId::from(glyph);
    let other = match table {
        SingleSubst::Format1(table) => {
            table.coverage()?.get(id).map(|_| glyph.wrapping_add_signed(table.delta_glyph_id()))
        }
        SingleSubst::Format2(table) => table
            .coverage()?
            .get(id)
            .and_then(|index| usize::try_from(index).ok())
            .and_then(|index| table.substitute_glyph_ids().get(index))
            .map(|other| other.get().to_u16()),
        SingleSubst::Format3(_) | SingleSubst::Format4(_) => None,
    };
    Ok(other.filter(|other| *other != 0))
}
