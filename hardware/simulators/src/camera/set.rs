//! The set of frames that decoders are compared on: eight kinds of trouble, versions 5 to 25, levels L, M and Q, every
//! code filled to the brim with digits.
//!
//! Seed and number give a frame, the same on every machine. Good frames are few on purpose: what a set is worth is
//! how much of it a plain decoder fails on.

use super::light::{Glare, Light, Shadow};
use super::number::real;
use super::{Chance, Frame, Level, Placement, Scene, Sheet, digits};

/// What is wrong with a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Category {
    /// Nothing: flat, sharp, well lit.
    Nominal,
    /// Tilted by 20 to 40 degrees.
    Tilt,
    /// Out of focus.
    Defocus,
    /// Pale print, a dim room.
    LowContrast,
    /// 1.7 to 2.8 pixels a module.
    Small,
    /// Two to four codes.
    Several,
    /// Light on dark.
    Inverted,
    /// What a counter sees: some of everything at once.
    Mixture,
}

/// One frame and what is in it.
#[derive(Debug, Clone)]
pub struct Sample {
    /// What is wrong with it.
    pub category: Category,
    /// The frame.
    pub frame: Frame,
    /// What its codes hold.
    pub payloads: Vec<Vec<u8>>,
}

impl Category {
    /// All, in the order of the tables, with the frames of each.
    pub const ALL: [(Category, usize); 8] = [
        (Category::Nominal, 40),
        (Category::Tilt, 40),
        (Category::Defocus, 36),
        (Category::LowContrast, 36),
        (Category::Small, 36),
        (Category::Several, 24),
        (Category::Inverted, 30),
        (Category::Mixture, 210),
    ];

    /// What the tables call it.
    pub fn name(self) -> &'static str {
        match self {
            Category::Nominal => "nominal",
            Category::Tilt => "tilt",
            Category::Defocus => "defocus",
            Category::LowContrast => "low contrast",
            Category::Small => "small",
            Category::Several => "several codes",
            Category::Inverted => "inverted",
            Category::Mixture => "counter mixture",
        }
    }
}

/// How many frames the set has.
pub fn samples() -> usize {
    Category::ALL.iter().map(|(_, frames)| frames).sum()
}

/// One frame of the set; none beyond its end.
pub fn sample(seed: u64, number: usize) -> Option<Sample> {
    let mut end = 0;
    let (category, _) = Category::ALL.iter().find(|(_, frames)| {
        end += frames;
        number < end
    })?;
    let number = u64::try_from(number).unwrap_or(0);
    let mut chance = Chance::new(seed.wrapping_mul(1_000_003).wrapping_add(number));
    let (scene, payloads) = scene(*category, &mut chance);
    Some(Sample { category: *category, frame: scene.take(), payloads })
}

/// A frame of 1080p without a code, tiled with finder patterns of so many pixels a module.
pub fn hostile(pixels: u16) -> Frame {
    let (width, height) = (1920, 1080);
    let dark = |x: u16, y: u16| {
        let ring = 3_u16.abs_diff(x).max(3_u16.abs_diff(y));
        matches!(ring, 0 | 1 | 3)
    };
    let module = |at: u16| at / pixels.max(1) % 9;
    let row = |y: u16| (0..width).map(move |x| if dark(module(x), module(y)) { 20 } else { 235 });
    Frame { width, height, pixels: (0..height).flat_map(row).collect() }
}

fn scene(category: Category, chance: &mut Chance) -> (Scene, Vec<Vec<u8>>) {
    let size = if chance.happens(0.6) { (1280, 720) } else { (1920, 1080) };
    let mut scene = Scene::empty(size, chance.bits());
    scene.desk = chance.between(70.0, 150.0);
    let codes = if category == Category::Several { 2 + chance.below(3) } else { 1 };
    let mut payloads = Vec::new();
    for place in 0..codes {
        let (sheet, placement, payload) = code(category, size, (place, codes), chance);
        scene.sheets.push((sheet, placement));
        payloads.push(payload);
    }
    match category {
        Category::Nominal | Category::Small => {}
        Category::Tilt | Category::Several => scene.quality = Some(85),
        Category::Defocus => scene.blur = chance.between(1.4, 2.2),
        Category::LowContrast => {
            let ink = chance.between(60.0, 100.0);
            scene.print = (ink, ink + chance.between(22.0, 40.0));
            scene.desk = ink + 10.0;
            scene.light.fall = chance.between(-0.4, 0.4);
        }
        Category::Inverted => {
            scene.print = (30.0, chance.between(150.0, 220.0));
            scene.quality = Some(80);
        }
        Category::Mixture => trouble(&mut scene, chance),
    }
    (scene, payloads)
}

/// One code, and where it lies among as many.
fn code(
    category: Category,
    size: (u16, u16),
    (place, codes): (u16, u16),
    chance: &mut Chance,
) -> (Sheet, Placement, Vec<u8>) {
    let level = [Level::L, Level::M, Level::Q].into_iter().nth(usize::from(chance.below(3)));
    let level = level.unwrap_or(Level::M);
    let most = if category == Category::Several { 13 } else { 25 };
    let version = 5 + i16::try_from(chance.below(most - 4)).unwrap_or(0);
    let payload = digits(version, level, chance);
    let narrow = category == Category::Mixture && chance.happens(0.2);
    let quiet = if narrow { 2 } else { 4 };
    // Digits that fill a code are digits that fit it.
    let sheet = Sheet::code(&payload, version, level, quiet, chance);
    let sheet = sheet.unwrap_or_else(|_| Sheet::picture(1, 1.0, vec![u8::MAX]));
    let sheet = if category == Category::Inverted { sheet.inverted() } else { sheet };
    let mut held = held(category, chance);

    let (width, height) = (f32::from(size.0), f32::from(size.1));
    let (columns, rows) = if codes == 1 { (1, 1) } else { (2, codes.div_ceil(2)) };
    let room = (width / f32::from(columns), height / f32::from(rows));
    let (sin, cos) = held.roll.to_radians().sin_cos();
    let side = real(usize::try_from(17 + 4 * version + 4).unwrap_or(0)) * (sin.abs() + cos.abs());
    held.scale = held.scale.min(0.94 * room.0.min(room.1) / side);
    let half = held.scale * side / 2.0;
    let free = ((room.0 / 2.0 - half).max(0.0), (room.1 / 2.0 - half).max(0.0));
    held.middle = (
        room.0 * (f32::from(place % columns) + 0.5) + chance.between(-0.7, 0.7) * free.0,
        room.1 * (f32::from(place / columns) + 0.5) + chance.between(-0.7, 0.7) * free.1,
    );
    (sheet, held, payload)
}

/// How far away and how it is held.
fn held(category: Category, chance: &mut Chance) -> Placement {
    let scale = match category {
        Category::Nominal => chance.between(3.0, 6.0),
        Category::Small => chance.between(1.7, 2.8),
        Category::Mixture => chance.between(3.0, 5.5),
        _ => chance.between(3.0, 5.0),
    };
    let roll = match category {
        Category::Nominal | Category::Small => chance.between(-4.0, 4.0),
        _ if chance.happens(0.25) => chance.between(-180.0, 180.0),
        _ => chance.between(-15.0, 15.0),
    };
    let mut tilted = |least: f32, most: f32| {
        let tilt = chance.between(least, most);
        if chance.happens(0.5) { tilt } else { -tilt }
    };
    let tilt = match category {
        Category::Tilt => (tilted(20.0, 38.0), tilted(0.0, 20.0)),
        Category::Mixture => (tilted(0.0, 22.0), tilted(0.0, 16.0)),
        _ => (0.0, 0.0),
    };
    let bent = category == Category::Mixture && chance.happens(0.3);
    let bend = if bent { chance.between(-0.05, 0.05) } else { 0.0 };
    Placement { middle: (0.0, 0.0), scale, roll, tilt, bend }
}

/// Some of everything: each frame of the mixture has a camera's noise and blocks, and two or three troubles more.
fn trouble(scene: &mut Scene, chance: &mut Chance) {
    let (width, height) = (f32::from(scene.size.0), f32::from(scene.size.1));
    let middle = scene.sheets.first().map_or((width / 2.0, height / 2.0), |(_, held)| held.middle);
    scene.blur = chance.between(0.5, 1.2);
    scene.noise = chance.between(3.0, 9.0);
    scene.quality = chance.happens(0.8).then(|| 50 + u8::try_from(chance.below(40)).unwrap_or(0));
    let mut light = Light { fall: chance.between(-0.5, 0.5), ..Light::default() };
    if chance.happens(0.4) {
        light.shadow = Some(Shadow {
            at: middle,
            towards: chance.between(0.0, 360.0),
            left: chance.between(0.35, 0.7),
            soft: chance.between(10.0, 120.0),
        });
    }
    if chance.happens(0.3) {
        light.glare = Some(Glare {
            at: (middle.0 + chance.between(-90.0, 90.0), middle.1 + chance.between(-90.0, 90.0)),
            radius: chance.between(20.0, 90.0),
            strength: chance.between(0.3, 0.75),
        });
    }
    scene.light = light;
    if chance.happens(0.25) {
        scene.grid = Some((chance.between(2.2, 7.0), chance.between(0.1, 0.35)));
    }
    if chance.happens(0.3) {
        let ink = chance.between(40.0, 80.0);
        scene.print = (ink, ink + chance.between(60.0, 100.0));
    }
}
