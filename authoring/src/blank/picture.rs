//! The cleaned page as a picture for the screen: 150 dots per inch, sixteen greys.

use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};

/// Dots per point; `kakanai_forms` puts the picture back with the same number.
const SCALE: f32 = 150.0 / 72.0;

/// Where Japanese glyphs come from that the file does not hold, the packages of `kakanai_forms::DEBIAN_FOLDERS`.
const MINCHO: &str = "/usr/share/fonts/truetype/bizud-mincho/BIZUDMincho-Regular.ttf";
const GOTHIC: &str = "/usr/share/fonts/truetype/bizud-gothic/BIZUDGothic-Regular.ttf";

/// Draws a cleaned page; none when it cannot be drawn.
pub fn png(page: &[u8]) -> Option<Vec<u8>> {
    let pdf = Pdf::new(page.to_vec()).ok()?;
    let page = pdf.pages().first()?;
    let settings =
        InterpreterSettings { font_resolver: Arc::new(font), ..InterpreterSettings::default() };
    let pixels = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
    let drawn = render(page, &RenderCache::new(), &settings, &RenderSettings::default(), &pixels);
    let greys: Vec<u8> = drawn
        .data()
        .iter()
        .map(|pixel| grey(u32::from(pixel.r), u32::from(pixel.g), u32::from(pixel.b)))
        .collect();
    encode(u32::from(drawn.width()), u32::from(drawn.height()), &greys)
}

/// A grey from 0 to 15, with the weights of ITU-R BT.601.
fn grey(red: u32, green: u32, blue: u32) -> u8 {
    let level = (red * 299 + green * 587 + blue * 114) / 1000;
    u8::try_from((level * 15 + 127) / 255).unwrap_or(15).min(15)
}

/// Four bits for each pixel, two pixels in a byte.
fn encode(width: u32, height: u32, greys: &[u8]) -> Option<Vec<u8>> {
    let line = usize::try_from(width).ok().filter(|width| *width > 0)?;
    let packed: Vec<u8> = greys
        .chunks(line)
        .flat_map(|row| {
            row.chunks(2).map(|pair| match pair {
                [left, right] => left << 4 | right,
                [left] => left << 4,
                _ => 0,
            })
        })
        .collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_compression(png::Compression::High);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&packed).ok()?;
    writer.finish().ok()?;
    Some(bytes)
}

fn font(query: &FontQuery) -> Option<(FontData, u32)> {
    match query {
        FontQuery::Standard(standard) => Some(standard.get_font_data()),
        FontQuery::Fallback(wanted) => {
            let japanese = wanted.character_collection.is_some();
            let name = wanted.post_script_name.as_deref().unwrap_or_default();
            let mincho = wanted.is_serif || name.contains("Mincho") || name.contains("Ryumin");
            let file = if mincho { MINCHO } else { GOTHIC };
            let read = || std::fs::read(file).ok();
            match japanese.then(read).flatten() {
                Some(bytes) => Some((Arc::new(bytes), 0)),
                None => Some(wanted.pick_standard_font().get_font_data()),
            }
        }
    }
}
