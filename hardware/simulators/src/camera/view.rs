//! From the sheet to the frame: a pinhole camera over a desk.

use super::number::{real, whole};
use super::{Scene, Sheet};

/// Where a sheet lies and how it is held.
#[derive(Debug, Clone, Copy)]
pub struct Placement {
    /// Where its middle is, in pixels of the frame.
    pub middle: (f32, f32),
    /// Pixels a module at its middle.
    pub scale: f32,
    /// Turned in its plane, in degrees.
    pub roll: f32,
    /// Tilted away from the camera, around the axes across and down, in degrees.
    pub tilt: (f32, f32),
    /// How far the paper is bent: part of its width by which a line at its edge is moved.
    pub bend: f32,
}

/// Rays through each side of a pixel: what a sensor adds up.
const RAYS: [f32; 3] = [-1.0 / 3.0, 0.0, 1.0 / 3.0];

struct Held<'a> {
    sheet: &'a Sheet,
    across: [f32; 3],
    down: [f32; 3],
    normal: [f32; 3],
    /// Middle of the sheet before the camera, whose focal length is 1.
    place: [f32; 3],
    bend: f32,
    half: f32,
    /// Pixels of the frame that can show it: left, top, right, bottom.
    bounds: [f32; 4],
}

/// Draws the desk and everything on it.
pub(super) fn draw(scene: &Scene) -> Vec<f32> {
    let (width, height) = (usize::from(scene.size.0), usize::from(scene.size.1));
    let focal = f32::from(scene.size.0);
    let middle = (real(width) / 2.0, real(height) / 2.0);
    let mut picture = vec![scene.desk; width * height];
    let (ink, paper) = scene.print;
    for (sheet, placement) in &scene.sheets {
        let held = Held::new(sheet, placement, focal, middle);
        let [left, top, right, bottom] = held.bounds.map(whole);
        for (y, row) in picture.chunks_mut(width).enumerate().take(bottom + 1).skip(top) {
            for (x, pixel) in row.iter_mut().enumerate().take(right + 1).skip(left) {
                let mut sum = 0.0;
                for (dx, dy) in RAYS.iter().flat_map(|dx| RAYS.iter().map(move |dy| (dx, dy))) {
                    let ray = (real(x) + 0.5 + dx - middle.0, real(y) + 0.5 + dy - middle.1);
                    sum += match held.seen((ray.0 / focal, ray.1 / focal)) {
                        Some(shade) => ink + (paper - ink) * f32::from(shade) / 255.0,
                        None => *pixel,
                    };
                }
                *pixel = sum / 9.0;
            }
        }
    }
    picture
}

impl<'a> Held<'a> {
    fn new(sheet: &'a Sheet, placement: &Placement, focal: f32, middle: (f32, f32)) -> Held<'a> {
        let (sin_roll, cos_roll) = placement.roll.to_radians().sin_cos();
        let (sin_x, cos_x) = placement.tilt.0.to_radians().sin_cos();
        let (sin_y, cos_y) = placement.tilt.1.to_radians().sin_cos();
        // First around the axis down, then around the axis across, then in the plane of the frame.
        let turn = |[x, y, z]: [f32; 3]| {
            let (x, z) = (x * cos_y + z * sin_y, z * cos_y - x * sin_y);
            let (y, z) = (y * cos_x - z * sin_x, z * cos_x + y * sin_x);
            [x * cos_roll - y * sin_roll, y * cos_roll + x * sin_roll, z]
        };
        let distance = focal / placement.scale.max(0.1);
        let place = [
            (placement.middle.0 - middle.0) / placement.scale.max(0.1),
            (placement.middle.1 - middle.1) / placement.scale.max(0.1),
            distance,
        ];
        let (wide, high) = sheet.modules();
        let mut held = Held {
            sheet,
            across: turn([1.0, 0.0, 0.0]),
            down: turn([0.0, 1.0, 0.0]),
            normal: turn([0.0, 0.0, 1.0]),
            place,
            bend: placement.bend,
            half: wide / 2.0,
            bounds: [f32::MAX, f32::MAX, 0.0, 0.0],
        };
        let room = 0.5 + placement.bend.abs();
        for (x, y) in [(-room, -room), (room, -room), (room, room), (-room, room)] {
            let (x, y) = held.projected(x * wide, y * high, focal, middle);
            let [left, top, right, bottom] = held.bounds;
            held.bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
        }
        held
    }

    fn projected(&self, x: f32, y: f32, focal: f32, middle: (f32, f32)) -> (f32, f32) {
        let [px, py, pz] = [0, 1, 2].map(|axis: usize| {
            let part = |vector: &[f32; 3]| vector.get(axis).copied().unwrap_or(0.0);
            part(&self.place) + x * part(&self.across) + y * part(&self.down)
        });
        (middle.0 + focal * px / pz.max(1.0), middle.1 + focal * py / pz.max(1.0))
    }

    /// What a ray meets.
    fn seen(&self, (x, y): (f32, f32)) -> Option<u8> {
        let ray = [x, y, 1.0];
        let reach = dot(self.place, self.normal) / dot(ray, self.normal);
        let [px, py, pz] = self.place;
        let met = [x * reach - px, y * reach - py, reach - pz];
        let (x, y) = (dot(met, self.across), dot(met, self.down));
        // Bent around the axis down: lines across bow, lines at the edge come closer.
        let edge = x / self.half;
        let bow = self.bend * edge * edge;
        self.sheet.at(x * (1.0 + bow.abs() / 2.0), y + bow * self.half)
    }
}

fn dot([ax, ay, az]: [f32; 3], [bx, by, bz]: [f32; 3]) -> f32 {
    ax * bx + ay * by + az * bz
}
