//! Where the visible page lies: CropBox inside MediaBox, turned by `/Rotate`, scaled by `/UserUnit`.

use lopdf::Object;

use super::MM_PER_PT;
use super::error::Refused;
use super::source::{Leaf, Source};

/// Sides of a page in points: from a card to a poster.
const SIDE: std::ops::RangeInclusive<f32> = 20.0..=6000.0;

/// The visible page, upright, with its lower left corner at 0, 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Geometry {
    /// Left, bottom, right, top in the page's own space: what of its content is visible.
    pub visible: [f32; 4],
    /// From the page's own space to the visible page.
    pub matrix: [f32; 6],
    /// Width in points.
    pub width: f32,
    /// Height in points.
    pub height: f32,
}

impl Geometry {
    /// Reads the boxes of a page.
    pub fn of(source: &Source, leaf: &Leaf<'_>) -> Result<Geometry, Refused> {
        let rectangle =
            |key: &[u8]| leaf.inherited(source, key).and_then(|object| rectangle(source, object));
        let media = rectangle(b"MediaBox").ok_or(Refused::PageSize)?;
        let visible = rectangle(b"CropBox").and_then(|crop| meet(crop, media)).unwrap_or(media);
        let turns = leaf
            .inherited(source, b"Rotate")
            .and_then(number)
            .map_or(0.0, |degrees| (degrees / 90.0).rem_euclid(4.0).round());
        let unit = leaf
            .own()
            .and_then(|page| source.get(page, b"UserUnit"))
            .and_then(number)
            .filter(|unit| (0.1..=100.0).contains(unit))
            .unwrap_or(1.0);
        Self::new(visible, turns, unit)
    }

    fn new(visible: [f32; 4], turns: f32, unit: f32) -> Result<Geometry, Refused> {
        let [x0, y0, x1, y1] = visible;
        // Quarter turns clockwise, as the page is shown (ISO 32000-1, table 30).
        let (turned, sideways) = match turns {
            1.0 => ([0.0, -1.0, 1.0, 0.0, -y0, x1], true),
            2.0 => ([-1.0, 0.0, 0.0, -1.0, x1, y1], false),
            3.0 => ([0.0, 1.0, -1.0, 0.0, y1, -x0], true),
            _ => ([1.0, 0.0, 0.0, 1.0, -x0, -y0], false),
        };
        let (w, h) = ((x1 - x0) * unit, (y1 - y0) * unit);
        let (width, height) = if sideways { (h, w) } else { (w, h) };
        if !SIDE.contains(&width) || !SIDE.contains(&height) {
            return Err(Refused::PageSize);
        }
        // Zero times minus one is a zero that writes as "-0".
        let matrix = turned.map(|entry: f32| entry * unit + 0.0);
        Ok(Geometry { visible, matrix, width, height })
    }

    /// A rectangle of the page as left, top, width and height in millimetres of the visible page.
    pub fn area(&self, [x0, y0, x1, y1]: [f32; 4]) -> [f32; 4] {
        let [a, b, c, d, e, f] = self.matrix;
        let turned = |x: f32, y: f32| (a * x + c * y + e, b * x + d * y + f);
        let ((ax, ay), (bx, by)) = (turned(x0, y0), turned(x1, y1));
        let top = self.height - ay.max(by);
        [ax.min(bx), top, (ax - bx).abs(), (ay - by).abs()].map(millimetres)
    }

    /// Width and height in millimetres.
    pub fn size(&self) -> [f32; 2] {
        [self.width, self.height].map(millimetres)
    }
}

/// Millimetres to a hundredth: what a ruler on paper can tell, and few digits in `blank.toml`.
fn millimetres(points: f32) -> f32 {
    (points * MM_PER_PT * 100.0).round() / 100.0
}

/// A finite number.
pub fn number(object: &Object) -> Option<f32> {
    object.as_float().ok().filter(|number| number.is_finite())
}

/// A rectangle, its corners put in order.
pub fn rectangle(source: &Source, object: &Object) -> Option<[f32; 4]> {
    let corners = object.as_array().ok()?;
    let corner = |index: usize| number(source.follow(corners.get(index)?));
    let (ax, ay, bx, by) = (corner(0)?, corner(1)?, corner(2)?, corner(3)?);
    Some([ax.min(bx), ay.min(by), ax.max(bx), ay.max(by)])
}

/// What two rectangles share, if it is more than an edge.
fn meet(one: [f32; 4], other: [f32; 4]) -> Option<[f32; 4]> {
    let ([ax0, ay0, ax1, ay1], [bx0, by0, bx1, by1]) = (one, other);
    let shared = [ax0.max(bx0), ay0.max(by0), ax1.min(bx1), ay1.min(by1)];
    let [x0, y0, x1, y1] = shared;
    (x0 < x1 && y0 < y1).then_some(shared)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_corner_lands_where_the_eye_sees_it_for_every_quarter_turn() {
        let visible = [10.0, 20.0, 110.0, 220.0];
        // The lower left corner of the page's own space, two points wide and one high.
        let corner = [10.0, 20.0, 12.0, 21.0];
        for (turns, expected) in [
            (0.0, [0.0, 199.0, 2.0, 1.0]),
            (1.0, [0.0, 0.0, 1.0, 2.0]),
            (2.0, [98.0, 0.0, 2.0, 1.0]),
            (3.0, [199.0, 98.0, 1.0, 2.0]),
        ] {
            let geometry = Geometry::new(visible, turns, 1.0).unwrap();
            assert_eq!(geometry.area(corner), expected.map(millimetres), "{turns}");
            let upright = turns == 0.0 || turns == 2.0;
            let size = if upright { (100.0, 200.0) } else { (200.0, 100.0) };
            assert_eq!((geometry.width, geometry.height), size);
        }
    }

    #[test]
    fn a_user_unit_scales_the_page() {
        let geometry = Geometry::new([0.0, 0.0, 100.0, 200.0], 0.0, 2.0).unwrap();
        assert_eq!((geometry.width, geometry.height), (200.0, 400.0));
        assert_eq!(geometry.matrix, [2.0, 0.0, 0.0, 2.0, 0.0, 0.0]);
    }

    #[test]
    fn no_paper_is_as_small_or_as_large_as_a_file_may_say() {
        for far in [1.0, 7000.0, f32::MAX] {
            assert_eq!(Geometry::new([0.0, 0.0, 500.0, far], 0.0, 1.0), Err(Refused::PageSize));
        }
    }
}
