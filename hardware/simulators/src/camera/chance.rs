//! Seeded chance (SplitMix64): the same numbers on every machine.

/// A source of numbers.
#[derive(Debug, Clone)]
pub struct Chance {
    state: u64,
}

impl Chance {
    /// Starts at a seed.
    pub fn new(seed: u64) -> Chance {
        Chance { state: seed }
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn part(&mut self) -> f32 {
        f32::from(u16::try_from(self.bits() >> 48).unwrap_or(0)) / 65_536.0
    }

    /// From one number to below another.
    pub fn between(&mut self, from: f32, to: f32) -> f32 {
        from + (to - from) * self.part()
    }

    /// A whole number from 0 to below `count`.
    pub fn below(&mut self, count: u16) -> u16 {
        u16::try_from(self.bits() % u64::from(count.max(1))).unwrap_or(0)
    }

    /// Yes, so often.
    pub fn happens(&mut self, part: f32) -> bool {
        self.part() < part
    }

    /// Nearly normal, with mean 0 and standard deviation 1: four even numbers added up.
    pub fn normal(&mut self) -> f32 {
        let bits = self.bits();
        let quarter = |at: u32| f32::from(u16::try_from(bits >> (16 * at) & 0xFFFF).unwrap_or(0));
        let sum = quarter(0) + quarter(1) + quarter(2) + quarter(3);
        // Four even numbers of width 65,536 have a deviation of 65,536 / sqrt(3).
        (sum / 65_536.0 - 2.0) * 1.732_050_8
    }
}
