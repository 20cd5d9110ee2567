//! What a PDF looks like, drawn by a program of another project, and where its words stand; lengths in millimetres.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Five dots to the millimetre.
const DPI: u16 = 127;

/// Greys from 0 black to 255 white.
pub struct Picture {
    width: usize,
    height: usize,
    per_mm: f32,
    dots: Vec<u8>,
}

/// A word on a page: left, top, right, bottom.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    corners: [f32; 4],
}

/// A page of a PDF, counted from 1, five dots to the millimetre.
pub fn drawn(file: &Path, page: u16) -> Picture {
    Picture::of_pdf(file, page, DPI)
}

impl Picture {
    /// A page of a PDF as poppler draws it.
    pub fn of_pdf(file: &Path, page: u16, dpi: u16) -> Picture {
        let (page, resolution) = (page.to_string(), dpi.to_string());
        let tool = Command::new("pdftoppm")
            .args(["-gray", "-r", &resolution, "-f", &page, "-l", &page])
            .arg(file)
            .output()
            .expect("pdftoppm is needed (package poppler-utils)");
        let said = String::from_utf8_lossy(&tool.stderr);
        assert!(tool.status.success() && said.is_empty(), "{}: {said}", file.display());
        // P5, width, height, most, one byte of space, dots.
        let head: Vec<&[u8]> = tool.stdout.splitn(4, |byte| *byte == b'\n').collect();
        let sides = String::from_utf8(head[1].to_vec()).unwrap();
        let (width, height) = sides.split_once(' ').unwrap();
        Picture {
            width: width.parse().unwrap(),
            height: height.parse().unwrap(),
            per_mm: f32::from(dpi) / 25.4,
            dots: head[3].to_vec(),
        }
    }

    /// A greyscale PNG of 150 dots per inch.
    pub fn of_png(file: &Path) -> Picture {
        let bytes = fs::read(file).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(bytes));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut dots = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut dots).unwrap();
        assert_eq!(info.color_type, png::ColorType::Grayscale);
        let side = |side: u32| usize::try_from(side).unwrap();
        Picture { width: side(info.width), height: side(info.height), per_mm: 150.0 / 25.4, dots }
    }

    fn dot(&self, x: f32, y: f32) -> u8 {
        let at = |length: f32| {
            format!("{:.0}", (length * self.per_mm).floor()).parse::<usize>().unwrap()
        };
        self.dots[at(y) * self.width + at(x)]
    }

    /// Whether there is ink at a place.
    pub fn is_dark(&self, x: f32, y: f32) -> bool {
        self.dot(x, y) < 128
    }

    /// Dark dots, five to the millimetre, in left, top, width and height.
    pub fn ink(&self, [x, y, w, h]: [f32; 4]) -> usize {
        let steps = |length: f32| {
            let mut at = 0.0;
            let mut all = Vec::new();
            while at < length {
                all.push(at);
                at += 0.2;
            }
            all
        };
        let rows = steps(h);
        steps(w)
            .iter()
            .map(|across| rows.iter().filter(|down| self.is_dark(x + across, y + *down)).count())
            .sum()
    }

    /// How far two pictures of one size are apart, in the mean over their dots. A dot more or less at the edges is
    /// a matter of rounding.
    pub fn difference(&self, other: &Picture) -> f64 {
        assert!(self.width.abs_diff(other.width) <= 1 && self.height.abs_diff(other.height) <= 1);
        let (width, height) = (self.width.min(other.width), self.height.min(other.height));
        let mut sum = 0_u64;
        for y in 0..height {
            let row = |picture: &Picture| picture.dots[y * picture.width..][..width].to_vec();
            let (one, two) = (row(self), row(other));
            sum += one.iter().zip(two).map(|(a, b)| u64::from(a.abs_diff(b))).sum::<u64>();
        }
        let dots = u32::try_from(width * height).unwrap();
        f64::from(u32::try_from(sum).unwrap()) / f64::from(dots)
    }
}

impl Word {
    /// Whether it stands inside left, top, width and height.
    pub fn lies_in(&self, [x, y, w, h]: [f32; 4]) -> bool {
        let [left, top, right, bottom] = self.corners;
        left >= x && right <= x + w && top >= y && bottom <= y + h
    }
}

/// The words of a page, counted from 1.
pub fn words(file: &Path, page: u16) -> Vec<Word> {
    let page = page.to_string();
    let tool = Command::new("pdftotext")
        .args(["-bbox", "-f", &page, "-l", &page])
        .arg(file)
        .arg("-")
        .output()
        .expect("pdftotext is needed (package poppler-utils)");
    let html = String::from_utf8(tool.stdout).unwrap();
    html.lines()
        .filter_map(|line| line.trim().strip_prefix("<word "))
        .map(|line| {
            let side = |name: &str| {
                let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
                let points: f32 = rest.split('"').next().unwrap().parse().unwrap();
                points * 25.4 / 72.0
            };
            let text = line.split(['>', '<']).nth(1).unwrap().to_owned();
            Word { text, corners: [side("xMin"), side("yMin"), side("xMax"), side("yMax")] }
        })
        .collect()
}
