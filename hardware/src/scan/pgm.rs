//! PGM, plain (P2) and raw (P5): what cameras and test tools write without a library.

use super::{ImageError, Limits, Luma};

/// Reads what follows the two letters.
pub(super) fn read(raw: bool, bytes: &[u8], limits: &Limits) -> Result<Luma, ImageError> {
    let (width, rest) = number(bytes)?;
    let (height, rest) = number(rest)?;
    limits.allow(width, height)?;
    let (maximum, rest) = number(rest)?;
    if !(1..=65_535).contains(&maximum) {
        return Err(ImageError::Damaged);
    }
    let wanted = usize::try_from(u64::from(width) * u64::from(height));
    let wanted = wanted.map_err(|_| ImageError::TooLarge)?;
    let pixels = if raw { raw_values(rest, maximum, wanted) } else { plain_values(rest, maximum) };
    let pixels: Vec<u8> = pixels.take(wanted).collect();
    if pixels.len() < wanted {
        Err(ImageError::Damaged)
    } else {
        Ok(Luma { width, height, pixels })
    }
}

type Values<'a> = Box<dyn Iterator<Item = u8> + 'a>;

/// One white space, then one byte a value, or two when the maximum does not fit one.
fn raw_values(rest: &[u8], maximum: u32, wanted: usize) -> Values<'_> {
    let bytes = rest.get(1..).unwrap_or_default();
    if maximum == 255 {
        return Box::new(bytes.iter().copied());
    }
    if maximum < 256 {
        return Box::new(bytes.iter().map(move |value| scaled(u32::from(*value), maximum)));
    }
    let pairs = bytes.chunks_exact(2).take(wanted);
    Box::new(pairs.map(move |pair| {
        let value = pair.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte));
        scaled(value, maximum)
    }))
}

fn plain_values(mut rest: &[u8], maximum: u32) -> Values<'_> {
    Box::new(std::iter::from_fn(move || {
        let (value, after) = number(rest).ok()?;
        rest = after;
        Some(scaled(value, maximum))
    }))
}

fn scaled(value: u32, maximum: u32) -> u8 {
    u8::try_from(value.min(maximum) * 255 / maximum).unwrap_or(u8::MAX)
}

/// The next number after white space and comments.
fn number(mut bytes: &[u8]) -> Result<(u32, &[u8]), ImageError> {
    loop {
        match bytes {
            [b'#', ..] => {
                let end = bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
                bytes = end.and_then(|end| bytes.get(end..)).ok_or(ImageError::Damaged)?;
            }
            [space, rest @ ..] if space.is_ascii_whitespace() => bytes = rest,
            _ => break,
        }
    }
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let (digits, rest) = bytes.split_at_checked(digits).ok_or(ImageError::Damaged)?;
    let text = std::str::from_utf8(digits).map_err(|_| ImageError::Damaged)?;
    let value = text.parse().map_err(|_| ImageError::Damaged)?;
    Ok((value, rest))
}
