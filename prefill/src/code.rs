//! QR codes (JIS X 0510): how much one holds, and its modules. Numeric mode, level M, always.

use qrcode::bits::Bits;
use qrcode::{EcLevel, QrCode, Version};

use crate::part::{HEADER_AND_CHECK, MARK, PARTS_MAX, digits_for};

/// Where codes are shown: what a cheap camera still reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A phone's screen, one code at a time, 6 cm: version 10.
    Phone,
    /// Paper, 7 cm: version 13.
    Paper,
}

impl Medium {
    /// The largest version.
    pub fn version_max(self) -> u8 {
        match self {
            Medium::Phone => 10,
            Medium::Paper => 13,
        }
    }

    /// Into how many parts a message of `length` bytes is cut, as few as fit, and the smallest version that holds
    /// them; `None` when sixteen are too few.
    pub(crate) fn cut(self, length: usize) -> Option<(usize, u8)> {
        let digits =
            |parts: usize| MARK.len() + digits_for(length.div_ceil(parts) + HEADER_AND_CHECK);
        let parts = (1..=PARTS_MAX).find(|parts| holds(self.version_max(), digits(*parts)))?;
        let version = (1..=self.version_max()).find(|version| holds(*version, digits(parts)))?;
        Some((parts, version))
    }
}

/// Whether a code of this version and level M holds so many digits.
fn holds(version: u8, digits: usize) -> bool {
    let counter = if version < 10 { 10 } else { 12 };
    let rest = match digits % 3 {
        0 => 0,
        1 => 4,
        _ => 7,
    };
    let bits = 4 + counter + digits / 3 * 10 + rest;
    Bits::new(Version::Normal(version.into())).max_len(EcLevel::M).is_ok_and(|most| bits <= most)
}

/// The picture of a code, without its quiet zone (four modules on every side).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Modules {
    /// Modules a side.
    pub size: usize,
    /// Row by row, `true` = dark; `size` × `size`.
    pub bits: Vec<bool>,
}

/// Why a text has no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not digits only, or too long for this version")]
pub struct NoCode;

/// Draws digits as a code of `version` 1-40.
///
/// # Errors
/// [`NoCode`] when the text is not digits only, or the version does not hold it.
pub fn modules(text: &str, version: u8) -> Result<Modules, NoCode> {
    if !text.bytes().all(|byte| byte.is_ascii_digit()) || !(1..=40).contains(&version) {
        return Err(NoCode);
    }
    let code = || {
        let mut bits = Bits::new(Version::Normal(version.into()));
        bits.push_numeric_data(text.as_bytes())?;
        bits.push_terminator(EcLevel::M)?;
        QrCode::with_bits(bits, EcLevel::M)
    };
    let code = code().map_err(|_| NoCode)?;
    let size = code.width();
    let bits = code.into_colors().into_iter().map(|color| color == qrcode::Color::Dark).collect();
    Ok(Modules { size, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_what_the_standard_says() {
        // ISO/IEC 18004, table 7: numeric characters at level M.
        for (version, digits) in
            [(1, 34), (5, 202), (7, 293), (9, 432), (10, 513), (13, 796), (25, 2395)]
        {
            assert!(holds(version, digits), "{version}");
            assert!(!holds(version, digits + 1), "{version}");
            assert!(modules(&"4".repeat(digits), version).is_ok(), "{version}");
            assert_eq!(modules(&"4".repeat(digits + 1), version), Err(NoCode), "{version}");
        }
    }

    #[test]
    fn as_few_codes_as_fit_and_then_as_small_as_fit() {
        for (medium, length, parts, version) in [
            (Medium::Phone, 198, 1, 10),
            (Medium::Phone, 199, 2, 7),
            (Medium::Phone, 585, 3, 10),
            (Medium::Paper, 585, 2, 13),
            (Medium::Paper, 314, 1, 13),
            (Medium::Paper, 5_024, 16, 13),
            (Medium::Phone, 3_168, 16, 10),
        ] {
            assert_eq!(medium.cut(length), Some((parts, version)), "{length}");
        }
        assert_eq!(Medium::Paper.cut(5_025), None);
        assert_eq!(Medium::Phone.cut(3_169), None);
    }

    #[test]
    fn only_digits_have_a_code() {
        assert_eq!(modules("46491A", 5), Err(NoCode));
        assert_eq!(modules("１", 5), Err(NoCode));
        assert_eq!(modules("1", 0), Err(NoCode));
        assert_eq!(modules("1", 41), Err(NoCode));
        assert_eq!(modules("1", 10).unwrap().size, 57);
    }
}
