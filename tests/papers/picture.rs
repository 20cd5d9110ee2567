//! Pages as pictures, drawn by poppler where no font is installed: a font that is not in the file is not drawn.

use std::fs::{self, File};
use std::io::{BufReader, BufWriter};
use std::path::Path;
use std::process::Command;

/// Dots per inch: lines and words still show where they stand, and a page is some ten kilobytes.
const DPI: &str = "40";
/// Shades that are kept.
const SHADES: u8 = 16;
/// Difference of two shades, of 255, that an eye sees at once.
const SEEN: u8 = 96;
/// Pixels of a page that may differ so much, in a million: less than one small word.
const ALLOWED: usize = 40;

/// A page in shades of grey.
pub struct Picture {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// Every page of a PDF.
pub fn pages(file: &Path, temporary: &Path) -> Vec<Picture> {
    let stem = file.file_stem().unwrap().to_str().unwrap();
    let folder = temporary.join(format!("pages-{stem}"));
    fs::create_dir_all(&folder).unwrap();
    let nothing = folder.join("fonts.conf");
    fs::write(&nothing, "<?xml version=\"1.0\"?><fontconfig></fontconfig>").unwrap();
    let drawn = Command::new("pdftoppm")
        .args(["-r", DPI, "-gray"])
        .arg(file)
        .arg(folder.join("p"))
        .env("FONTCONFIG_FILE", &nothing)
        .output()
        .unwrap();
    assert!(drawn.status.success(), "{}", String::from_utf8_lossy(&drawn.stderr));
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "pgm"))
        .collect();
    names.sort();
    let pages = names.iter().map(|name| Picture::of_pgm(&fs::read(name).unwrap())).collect();
    fs::remove_dir_all(&folder).unwrap();
    pages
}

impl Picture {
    fn of_pgm(bytes: &[u8]) -> Self {
        let mut words = Vec::new();
        let mut at = 0;
        while words.len() < 4 {
            let end = at + bytes[at..].iter().position(u8::is_ascii_whitespace).unwrap();
            words.push(std::str::from_utf8(&bytes[at..end]).unwrap());
            at = end + 1;
        }
        assert_eq!((words[0], words[3]), ("P5", "255"));
        let step = 255 / (SHADES - 1);
        let pixels = bytes[at..].iter().map(|shade| (shade / step) * step).collect();
        Self { width: words[1].parse().unwrap(), height: words[2].parse().unwrap(), pixels }
    }

    /// The picture in a file, if there is one.
    pub fn read(file: &Path) -> Option<Self> {
        let mut reader =
            png::Decoder::new(BufReader::new(File::open(file).ok()?)).read_info().unwrap();
        let mut packed = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut packed).unwrap();
        let step = 255 / (SHADES - 1);
        let pixels = packed[..info.buffer_size()]
            .chunks(info.line_size)
            .flat_map(|line| {
                let two = line.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
                two.take(usize::try_from(info.width).unwrap()).collect::<Vec<_>>()
            })
            .map(|shade| shade * step)
            .collect();
        Some(Self { width: info.width, height: info.height, pixels })
    }

    /// Keeps the picture.
    pub fn write(&self, file: &Path) {
        let mut encoder =
            png::Encoder::new(BufWriter::new(File::create(file).unwrap()), self.width, self.height);
        encoder.set_color(png::ColorType::Grayscale);
        encoder.set_depth(png::BitDepth::Four);
        encoder.set_compression(png::Compression::High);
        let step = 255 / (SHADES - 1);
        let width = usize::try_from(self.width).unwrap();
        let packed: Vec<u8> = self
            .pixels
            .chunks(width)
            .flat_map(|line| {
                line.chunks(2).map(|two| ((two[0] / step) << 4) | (two.get(1).unwrap_or(&0) / step))
            })
            .collect();
        encoder.write_header().unwrap().write_image_data(&packed).unwrap();
    }

    /// How it differs from the reviewed one, in words; nothing when no eye would see it.
    pub fn differs(&self, reviewed: &Self) -> Option<String> {
        if (self.width, self.height) != (reviewed.width, reviewed.height) {
            return Some("another size of paper".to_owned());
        }
        let seen = self.pixels.iter().zip(&reviewed.pixels);
        let seen = seen.filter(|(new, old)| new.abs_diff(**old) > SEEN).count();
        let allowed = self.pixels.len() * ALLOWED / 1_000_000;
        (seen > allowed).then(|| format!("{seen} pixels look different, {allowed} may"))
    }
}

#[test]
fn one_word_more_on_a_page_is_seen() {
    let white = |pixels| Picture { width: 496, height: 702, pixels };
    let page = vec![255; 496 * 702];
    let mut word = page.clone();
    word[1000..1020].fill(0);
    assert!(white(page.clone()).differs(&white(page.clone())).is_none());
    assert!(white(word).differs(&white(page)).is_some());
}
