//! Picture files: each kind gives the same code, none of them gets further than its limits.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use kakanai_hardware::scan::{
    Chain, Effort, ImageError, Limits, Luma, read_image, read_image_bytes,
};
use kakanai_simulators::camera::{Chance, Level, Placement, Scene, Sheet};
use png::{BitDepth, ColorType, Encoder};
use proptest::prelude::*;

const PAYLOAD: &[u8] = b"46491000000000000000000000000001";

fn picture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures").join(name)
}

fn read(bytes: &[u8]) -> Result<Luma, ImageError> {
    read_image_bytes(bytes, &Limits::default())
}

fn payloads(picture: &Luma) -> Vec<Vec<u8>> {
    let reading = Chain::new(Effort::Picture).read(picture);
    reading.codes.into_iter().map(|code| code.payload).collect()
}

/// A sheet with one code, photographed.
fn photograph(payload: &[u8]) -> Luma {
    let mut scene = Scene::empty((240, 240), 3);
    let sheet = Sheet::code(payload, 5, Level::M, 4, &mut Chance::new(5)).unwrap();
    let placement =
        Placement { middle: (120.0, 120.0), scale: 4.0, roll: 3.0, tilt: (0.0, 0.0), bend: 0.0 };
    scene.sheets.push((sheet, placement));
    Luma::new(240, 240, scene.take().pixels)
}

fn png(picture: &Luma, colour: ColorType, depth: BitDepth, of_pixel: fn(u8) -> Vec<u8>) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, picture.width, picture.height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ColorType::Indexed {
        encoder.set_palette((0..=255).rev().flat_map(|value| [value; 3]).collect::<Vec<u8>>());
    }
    let mut writer = encoder.write_header().unwrap();
    let values: Vec<u8> = picture.pixels.iter().flat_map(|pixel| of_pixel(*pixel)).collect();
    writer.write_image_data(&values).unwrap();
    drop(writer);
    file
}

fn pgm(picture: &Luma) -> Vec<u8> {
    let mut file =
        format!("P5\n# みほん\n{} {}\n255\n", picture.width, picture.height).into_bytes();
    file.extend(&picture.pixels);
    file
}

#[test]
fn every_kind_of_png_is_the_same_picture() {
    let wanted = photograph(PAYLOAD);
    type Kind = (ColorType, BitDepth, fn(u8) -> Vec<u8>);
    let kinds: [Kind; 6] = [
        (ColorType::Grayscale, BitDepth::Eight, |value| vec![value]),
        (ColorType::Grayscale, BitDepth::Sixteen, |value| vec![value, 0]),
        (ColorType::GrayscaleAlpha, BitDepth::Eight, |value| vec![value, 255]),
        (ColorType::Rgb, BitDepth::Eight, |value| vec![value; 3]),
        (ColorType::Rgba, BitDepth::Eight, |value| vec![value, value, value, 255]),
        (ColorType::Indexed, BitDepth::Eight, |value| vec![255 - value]),
    ];
    for (colour, depth, of_pixel) in kinds {
        let read = read(&png(&wanted, colour, depth, of_pixel)).unwrap();
        assert_eq!((read.width, read.height), (240, 240));
        assert!(read.pixels == wanted.pixels, "{colour:?} {depth:?}");
    }
}

#[test]
fn what_is_transparent_is_white_paper() {
    let clear = png(&Luma::new(2, 1, vec![0, 200]), ColorType::Rgba, BitDepth::Eight, |value| {
        vec![0, 0, 0, value]
    });
    assert_eq!(read(&clear).unwrap().pixels, [255, 55]);
}

#[test]
fn pgm_is_read_raw_and_plain_with_comments_and_any_maximum() {
    let wanted = photograph(PAYLOAD);
    assert!(read(&pgm(&wanted)).unwrap() == wanted);
    let plain = |text: &str| read(text.as_bytes()).map(|picture| picture.pixels);
    assert_eq!(plain("P2 3 1 # three\n10\n0 5 10\n"), Ok(vec![0, 127, 255]));
    assert_eq!(plain("P2 2 1 255 7 300"), Ok(vec![7, 255]));
    assert_eq!(read(b"P5 2 1 65535 \x80\x00\xFF\xFF").unwrap().pixels, [127, 255]);
    assert_eq!(read(b"P5 2 1 15 \x0F\x03").unwrap().pixels, [255, 51]);
}

#[test]
fn the_code_is_read_from_every_kind_of_file() {
    let photograph = photograph(PAYLOAD);
    let png = png(&photograph, ColorType::Grayscale, BitDepth::Eight, |value| vec![value]);
    let mut files = vec![pgm(&photograph), png];
    for name in ["grey.jpg", "colour.jpg", "progressive.jpg"] {
        files.push(fs::read(picture(name)).unwrap());
    }
    for file in files {
        assert_eq!(payloads(&read(&file).unwrap()), [PAYLOAD]);
    }
}

#[test]
fn bytes_of_a_code_arrive_as_they_are() {
    let bytes: Vec<u8> = (0..70).map(|at: u8| at.wrapping_mul(3).wrapping_add(0x7E)).collect();
    assert_eq!(payloads(&photograph(&bytes)), [bytes]);
    let shift_jis = b"\x93\xFA\x96\x7B\x8C\xEA";
    assert_eq!(payloads(&photograph(shift_jis)), [shift_jis]);
}

#[test]
fn a_size_beyond_the_limits_is_refused_before_anything_of_that_size_is_made() {
    let limits = Limits { bytes: 1_000, pixels: 5_000, side: 200 };
    let refused = |bytes: &[u8]| read_image_bytes(bytes, &limits).unwrap_err().code();
    assert_eq!(refused(&pgm(&photograph(PAYLOAD))), "image-too-large");
    assert_eq!(refused(b"P5 201 1 255 "), "image-too-large");
    assert_eq!(refused(b"P5 100 51 255 "), "image-too-large");
    assert_eq!(refused(b"P2 4294967295 4294967295 255 0"), "image-too-large");
    assert_eq!(refused(b"P2 4294967296 1 255 0"), "image-damaged");

    // A head that promises 65,500 x 65,500 pixels, over a body of nothing.
    let mut bomb =
        png(&Luma::new(1, 1, vec![0]), ColorType::Grayscale, BitDepth::Eight, |_| vec![0]);
    bomb[16..24].copy_from_slice(&[0, 0, 0xFF, 0xDC, 0, 0, 0xFF, 0xDC]);
    let crc = bomb[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            crc >> 1 ^ if crc & 1 == 1 { 0xEDB8_8320 } else { 0 }
        })
    });
    bomb[29..33].copy_from_slice(&(!crc).to_be_bytes());
    assert_eq!(read(&bomb).unwrap_err(), ImageError::TooLarge);

    let mut jpeg = fs::read(picture("grey.jpg")).unwrap();
    let frame = jpeg.windows(2).position(|two| two == [0xFF, 0xC0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0x3E, 0x80, 0x3E, 0x80]);
    assert_eq!(read(&jpeg).unwrap_err(), ImageError::TooLarge);
}

#[test]
fn files_that_are_no_picture_are_told_apart() {
    let of = |bytes: &[u8]| read(bytes).unwrap_err();
    assert_eq!(of(b""), ImageError::Unknown);
    assert_eq!(of(b"%PDF-1.7"), ImageError::Unknown);
    assert_eq!(of(b"P5"), ImageError::Damaged);
    assert_eq!(of(b"P5 0 5 255 "), ImageError::Damaged);
    assert_eq!(of(b"P5 2 2 0 \0\0\0\0"), ImageError::Damaged);
    assert_eq!(of(b"P5 2 2 255 \0\0\0"), ImageError::Damaged);
    assert_eq!(of(b"\x89PNG\r\n\x1A\n"), ImageError::Damaged);
    assert_eq!(of(b"\xFF\xD8\xFF\xD9"), ImageError::Damaged);
    let folder = tempfile::tempdir().unwrap();
    let missing = read_image(&folder.path().join("none.png"), &Limits::default()).unwrap_err();
    assert_eq!(
        (missing.code(), &missing),
        ("image-unreadable", &ImageError::Unreadable(ErrorKind::NotFound))
    );
    assert_eq!(
        read_image(folder.path(), &Limits::default()).unwrap_err().code(),
        "image-unreadable"
    );
}

#[test]
fn a_file_cut_anywhere_gives_a_whole_picture_or_an_error() {
    let photograph = photograph(PAYLOAD);
    let png = png(&photograph, ColorType::Rgb, BitDepth::Eight, |value| vec![value; 3]);
    let files = ["grey.jpg", "progressive.jpg"].map(|name| fs::read(picture(name)).unwrap());
    for file in [png, pgm(&photograph)].iter().chain(&files) {
        for length in (0..file.len()).step_by(97) {
            if let Ok(picture) = read(&file[..length]) {
                assert_eq!(picture.pixels.len(), 240 * 240, "cut to {length} bytes");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damaged_files_never_panic(
        kind in 0_usize..4,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let mut file = match kind {
            0 => pgm(&Luma::new(40, 40, vec![90; 1_600])),
            1 => png(&Luma::new(40, 40, vec![90; 1_600]), ColorType::Rgba, BitDepth::Eight, |value| vec![value; 4]),
            2 => fs::read(picture("colour.jpg")).unwrap(),
            _ => fs::read(picture("progressive.jpg")).unwrap(),
        };
        for (at, byte) in changes {
            let at = at.index(file.len());
            file[at] = byte;
        }
        if let Ok(picture) = read(&file) {
            let pixels = u64::from(picture.width) * u64::from(picture.height);
            prop_assert_eq!(u64::try_from(picture.pixels.len()).unwrap(), pixels);
        }
    }
}
