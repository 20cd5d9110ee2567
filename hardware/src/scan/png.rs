//! PNG of any kind as brightness; what is transparent is white paper.

use std::io::Cursor;

use ::png::{ColorType, Decoder, DecodingError, Limits as PngLimits, Transformations};

use super::image::brightness;
use super::{ImageError, Limits, Luma};

/// Reads a file.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Luma, ImageError> {
    // Two channels of colour more than the pixels themselves, and what the unpacking needs.
    let most = limits.pixels.saturating_mul(5).saturating_add(1 << 20);
    let most = PngLimits { bytes: usize::try_from(most).unwrap_or(usize::MAX) };
    let mut decoder = Decoder::new_with_limits(Cursor::new(bytes), most);
    decoder.set_transformations(Transformations::normalize_to_color8());
    decoder.set_ignore_text_chunk(true);
    decoder.set_ignore_iccp_chunk(true);
    let header = decoder.read_header_info().map_err(|error| reason(&error))?;
    let (width, height) = header.size();
    limits.allow(width, height)?;
    let mut reader = decoder.read_info().map_err(|error| reason(&error))?;
    let size = reader.output_buffer_size().ok_or(ImageError::TooLarge)?;
    let mut values = vec![0; size];
    let frame = reader.next_frame(&mut values).map_err(|error| reason(&error))?;
    values.truncate(frame.buffer_size());
    let pixels = match frame.color_type {
        ColorType::Grayscale => values,
        ColorType::GrayscaleAlpha => values.chunks_exact(2).map(over_white).collect(),
        ColorType::Rgb => values.chunks_exact(3).map(brightness).collect(),
        ColorType::Rgba => values.chunks_exact(4).map(over_white).collect(),
        ColorType::Indexed => return Err(ImageError::Damaged),
    };
    Ok(Luma::new(width, height, pixels))
}

/// The brightness of a pixel whose last value says how much of it is there.
fn over_white(pixel: &[u8]) -> u8 {
    let Some((alpha, colour)) = pixel.split_last() else { return u8::MAX };
    let value = if let [grey] = colour { *grey } else { brightness(colour) };
    let (value, alpha) = (u16::from(value), u16::from(*alpha));
    u8::try_from((value * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
}

fn reason(error: &DecodingError) -> ImageError {
    match error {
        DecodingError::LimitsExceeded => ImageError::TooLarge,
        _ => ImageError::Damaged,
    }
}
