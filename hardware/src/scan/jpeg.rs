//! JPEG as brightness: the first of its three planes, no colour is worked out.

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::image::brightness;
use super::{ImageError, Limits, Luma};

/// Scans of a progressive file; each costs a look at every block.
const MOST_SCANS: usize = 64;

/// Reads a file. What is missing at its end is grey, as other viewers show it.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Luma, ImageError> {
    let side = usize::try_from(limits.side).unwrap_or(usize::MAX);
    let options = DecoderOptions::new_safe()
        .set_max_width(side)
        .set_max_height(side)
        .jpeg_set_max_scans(MOST_SCANS)
        .jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().map_err(|_| ImageError::Damaged)?;
    let info = decoder.info().ok_or(ImageError::Damaged)?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    limits.allow(width, height)?;
    let values = decoder.decode().map_err(|_| ImageError::Damaged)?;
    let pixels = match decoder.output_colorspace() {
        Some(ColorSpace::Luma) => values,
        Some(ColorSpace::RGB) => values.chunks_exact(3).map(brightness).collect(),
        _ => return Err(ImageError::Damaged),
    };
    let luma = Luma { width, height, pixels };
    if luma.is_whole() { Ok(luma) } else { Err(ImageError::Damaged) }
}
