//! What lies before the camera: paper or a screen with a code on it.

use qrcode::bits::Bits;
use qrcode::{Color, EcLevel, QrCode, Version};

use super::Chance;
use super::number::real;

/// Level of error correction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// 7 %.
    L,
    /// 15 %.
    M,
    /// 25 %.
    Q,
}

/// A flat picture of ink on paper; 0 is ink, 255 paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    width: usize,
    height: usize,
    /// Dots in the width of one module of a code, as far as this sheet has modules.
    dots: f32,
    shade: Vec<u8>,
}

impl Level {
    fn of_qrcode(self) -> EcLevel {
        match self {
            Level::L => EcLevel::L,
            Level::M => EcLevel::M,
            Level::Q => EcLevel::Q,
        }
    }
}

/// Digits that fill a code to the brim, from `4649` on.
pub fn digits(version: i16, level: Level, chance: &mut Chance) -> Vec<u8> {
    let version = Version::Normal(version);
    let room = Bits::new(version).max_len(level.of_qrcode()).unwrap_or(0);
    let Version::Normal(number) = version else { return Vec::new() };
    let length_bits = if number < 10 {
        10
    } else if number < 27 {
        12
    } else {
        14
    };
    let room = room.saturating_sub(4 + length_bits);
    let rest = match room % 10 {
        0..4 => 0,
        4..7 => 1,
        _ => 2,
    };
    let mut digits = b"46491".to_vec();
    digits.resize_with(room / 10 * 3 + rest, || b'0'.saturating_add(digit(chance)));
    digits
}

fn digit(chance: &mut Chance) -> u8 {
    u8::try_from(chance.below(10)).unwrap_or(0)
}

impl Sheet {
    /// A code with its quiet zone (in modules) on paper that goes on around it, with lines of print above and below.
    ///
    /// # Errors
    /// When the payload does not fit the version at this level.
    pub fn code(
        payload: &[u8],
        version: i16,
        level: Level,
        quiet: usize,
        chance: &mut Chance,
    ) -> Result<Sheet, qrcode::types::QrError> {
        let code = QrCode::with_version(payload, Version::Normal(version), level.of_qrcode())?;
        let side = code.width();
        let paper = quiet + 6;
        let width = side + 2 * paper;
        let mut shade = Vec::with_capacity(width * width);
        let colours = code.into_colors();
        let mut rows = colours.chunks(side);
        for y in 0..width {
            if y < paper || y >= paper + side {
                let printed = y % 3 == 0 && (y + quiet < paper || y >= paper + side + quiet);
                shade.extend(
                    (0..width).map(|_| if printed && chance.happens(0.5) { 0 } else { u8::MAX }),
                );
                continue;
            }
            shade.extend(std::iter::repeat_n(u8::MAX, paper));
            let row = rows.next().unwrap_or_default();
            shade.extend(row.iter().map(|colour| if *colour == Color::Dark { 0 } else { u8::MAX }));
            shade.extend(std::iter::repeat_n(u8::MAX, paper));
        }
        Ok(Sheet { width, height: width, dots: 1.0, shade })
    }

    /// A picture: `width` dots in a row, each 0 to 255, and `dots` of them in a module.
    pub fn picture(width: usize, dots: f32, shade: Vec<u8>) -> Sheet {
        let width = width.max(1);
        Sheet { width, height: shade.len() / width, dots: dots.max(0.01), shade }
    }

    /// The same, light on dark.
    #[must_use]
    pub fn inverted(mut self) -> Sheet {
        self.shade.iter_mut().for_each(|shade| *shade = u8::MAX - *shade);
        self
    }

    /// Width and height in modules.
    pub fn modules(&self) -> (f32, f32) {
        (real(self.width) / self.dots, real(self.height) / self.dots)
    }

    /// The shade at a place in modules from the middle; none beside the sheet.
    pub(super) fn at(&self, x: f32, y: f32) -> Option<u8> {
        let across = x * self.dots + real(self.width) / 2.0;
        let down = y * self.dots + real(self.height) / 2.0;
        if across < 0.0 || down < 0.0 {
            return None;
        }
        let (across, down) = (super::number::whole(across - 0.5), super::number::whole(down - 0.5));
        if across >= self.width || down >= self.height {
            return None;
        }
        self.shade.get(down * self.width + across).copied()
    }
}
