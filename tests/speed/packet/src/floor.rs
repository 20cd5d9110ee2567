//! A bare writer: `pdf-writer` and the same subsetter, glyphs by number, no template, no fitting, no check.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use kakanai_text::clusters;
use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Content, Filter, Finish, Name, Pdf, Rect, Ref, Str};
use skrifa::charmap::MapVariant;
use skrifa::prelude::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use subsetter::{GlyphRemapper, subset};

use crate::neutral::{Packet, Page};

/// The fonts in memory and the packet; what is made each time is the PDF.
pub fn engine(json: &str) -> Result<impl FnMut() -> Result<Vec<u8>, Box<dyn Error>>, Box<dyn Error>> {
    let packet: Packet = serde_json::from_str(&fs::read_to_string(json)?)?;
    let files = packet.fonts.iter().map(fs::read).collect::<Result<Vec<_>, _>>()?;
    Ok(move || write(&packet, &files))
}

/// One font while the packet is written.
struct Used<'a> {
    font: FontRef<'a>,
    glyphs: BTreeMap<u16, String>,
    remapper: GlyphRemapper,
}

fn write(packet: &Packet, files: &[Vec<u8>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut fonts = Vec::new();
    for file in files {
        let (font, glyphs) = (FontRef::new(file)?, BTreeMap::new());
        fonts.push(Used { font, glyphs, remapper: GlyphRemapper::new() });
    }
    for (font, _, _, _, text) in packet.pages.iter().flat_map(|page| &page.texts) {
        let used = fonts.get_mut(*font).ok_or("no such font")?;
        for cluster in clusters(text) {
            let glyph = glyph(&used.font, cluster).ok_or("no glyph")?;
            used.remapper.remap(glyph);
            used.glyphs.entry(glyph).or_insert_with(|| cluster.to_owned());
        }
    }
    let mut pdf = Pdf::new();
    let mut next = 1;
    let mut fresh = || {
        next += 1;
        Ref::new(next - 1)
    };
    let (catalog, pages) = (fresh(), fresh());
    let font_refs: Vec<Ref> = fonts.iter().map(|_| fresh()).collect();
    let page_refs: Vec<Ref> = packet.pages.iter().map(|_| fresh()).collect();
    pdf.catalog(catalog).pages(pages);
    let count = i32::try_from(page_refs.len())?;
    pdf.pages(pages).kids(page_refs.iter().copied()).count(count);
    for (page, reference) in packet.pages.iter().zip(&page_refs) {
        let content = fresh();
        let mut written = pdf.page(*reference);
        written.parent(pages).media_box(Rect::new(0.0, 0.0, 595.276, 841.89)).contents(content);
        let mut resources = written.resources();
        let mut dictionary = resources.fonts();
        for (index, font) in font_refs.iter().enumerate() {
            dictionary.pair(Name(format!("F{index}").as_bytes()), *font);
        }
        dictionary.finish();
        resources.finish();
        written.finish();
        let packed = deflate(&draw(page, &fonts)?)?;
        pdf.stream(content, &packed).filter(Filter::FlateDecode);
    }
    for ((used, file), reference) in fonts.iter().zip(files).zip(&font_refs) {
        embed(&mut pdf, used, file, *reference, &mut fresh)?;
    }
    Ok(pdf.finish())
}

fn draw(page: &Page, fonts: &[Used<'_>]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut content = Content::new();
    for [x, y, w, h, width, grey] in &page.rects {
        if *grey >= 0.0 {
            content.set_fill_gray(*grey).rect(*x, *y, *w, *h).fill_nonzero();
        }
        if *width > 0.0 {
            content.set_line_width(*width).rect(*x, *y, *w, *h).stroke();
        }
    }
    for [x1, y1, x2, y2, width] in &page.lines {
        content.set_line_width(*width).move_to(*x1, *y1).line_to(*x2, *y2).stroke();
    }
    for [x, y, w, h, width] in &page.ellipses {
        const QUARTER: f32 = 0.552_284_8;
        let (rx, ry) = (w / 2.0, h / 2.0);
        let at = |dx: f32, dy: f32| (x + rx + dx * rx, y + ry + dy * ry);
        let (start_x, start_y) = at(1.0, 0.0);
        content.set_line_width(*width).move_to(start_x, start_y);
        for [one, two, end] in [
            [at(1.0, QUARTER), at(QUARTER, 1.0), at(0.0, 1.0)],
            [at(-QUARTER, 1.0), at(-1.0, QUARTER), at(-1.0, 0.0)],
            [at(-1.0, -QUARTER), at(-QUARTER, -1.0), at(0.0, -1.0)],
            [at(QUARTER, -1.0), at(1.0, -QUARTER), at(1.0, 0.0)],
        ] {
            content.cubic_to(one.0, one.1, two.0, two.1, end.0, end.1);
        }
        content.stroke();
    }
    content.set_fill_gray(0.0);
    for [x, y, w, h] in &page.modules {
        content.rect(*x, *y, *w, *h);
    }
    if !page.modules.is_empty() {
        content.fill_nonzero();
    }
    for (font, size, x, y, text) in &page.texts {
        let used = fonts.get(*font).ok_or("no such font")?;
        let mut codes = Vec::new();
        for cluster in clusters(text) {
            let glyph = glyph(&used.font, cluster).ok_or("no glyph")?;
            codes.extend(used.remapper.get(glyph).ok_or("no glyph")?.to_be_bytes());
        }
        content.begin_text().set_font(Name(format!("F{font}").as_bytes()), *size);
        content.next_line(*x, *y).show(Str(&codes)).end_text();
    }
    Ok(content.finish().to_vec())
}

fn embed(
    pdf: &mut Pdf,
    used: &Used<'_>,
    file: &[u8],
    reference: Ref,
    fresh: &mut impl FnMut() -> Ref,
) -> Result<(), Box<dyn Error>> {
    let (cid, descriptor, program, unicode) = (fresh(), fresh(), fresh(), fresh());
    let metrics = used.font.metrics(Size::unscaled(), LocationRef::default());
    let widths = used.font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let thousand = |units: f32| units * 1000.0 / f32::from(metrics.units_per_em);
    let info = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };
    let name = Name(b"AAAAAA+Font");
    pdf.type0_font(reference)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);
    let mut font = pdf.cid_font(cid);
    font.subtype(CidFontType::Type2).base_font(name).system_info(info).font_descriptor(descriptor);
    font.default_width(1000.0).cid_to_gid_map_predefined(Name(b"Identity"));
    let mut list = font.widths();
    let mut map = UnicodeCmap::new(Name(b"Custom"), info);
    for (glyph, text) in &used.glyphs {
        let new = used.remapper.get(*glyph).ok_or("no glyph")?;
        let width = widths.advance_width((*glyph).into()).ok_or("no width")?;
        list.same(new, new, thousand(width));
        map.pair_with_multiple(new, text.chars());
    }
    list.finish();
    font.finish();
    let bounds = Rect::new(-200.0, -200.0, 1200.0, 1000.0);
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC)
        .bbox(bounds)
        .italic_angle(0.0)
        .ascent(thousand(metrics.ascent))
        .descent(thousand(metrics.descent))
        .cap_height(700.0)
        .stem_v(80.0)
        .font_file2(program);
    let cut = deflate(&subset(file, 0, &used.remapper).map_err(|error| format!("{error:?}"))?)?;
    pdf.stream(program, &cut).filter(Filter::FlateDecode);
    let text = deflate(&map.finish())?;
    pdf.stream(unicode, &text).filter(Filter::FlateDecode);
    Ok(())
}

fn glyph(font: &FontRef<'_>, cluster: &str) -> Option<u16> {
    let charmap = font.charmap();
    let mut characters = cluster.chars();
    let base = characters.next()?;
    let glyph = match characters.next() {
        None => charmap.map(base)?,
        Some(selector) => match charmap.map_variant(base, selector)? {
            MapVariant::UseDefault => charmap.map(base)?,
            MapVariant::Variant(glyph) => glyph,
        },
    };
    u16::try_from(glyph.to_u32()).ok()
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
