//! From counts to lengths and back, without a silent cast.

/// 2 to the 23rd: a number added to it has its whole part in the last bits.
const SHIFT: f32 = 8_388_608.0;

/// The nearest whole number from 0 to 4,194,303.
pub(super) fn whole(value: f32) -> usize {
    let bits = (value.clamp(0.0, 4_194_303.0) + SHIFT).to_bits() & 0x007F_FFFF;
    usize::try_from(bits).unwrap_or(0)
}

/// The nearest brightness.
pub(super) fn byte(value: f32) -> u8 {
    u8::try_from(whole(value.min(255.0))).unwrap_or(u8::MAX)
}

/// A small count as a length.
pub(super) fn real(count: usize) -> f32 {
    f32::from(u16::try_from(count).unwrap_or(u16::MAX))
}
