//! `scan`: pictures and folders of them in, bytes of codes out.

use std::fs;
use std::path::Path;
use std::process::Command;

use kakanai_simulators::camera::{
    Chance, Frame, Level, Placement, Sample, Scene, Sheet, digits, hostile, sample,
};
use serde_json::{Value, json};

use crate::terminal::{Terminal, program, text};

const SEED: u64 = 20_261_120;

fn pgm(frame: &Frame) -> Vec<u8> {
    let mut file = format!("P5 {} {} 255\n", frame.width, frame.height).into_bytes();
    file.extend(&frame.pixels);
    file
}

fn png(frame: &Frame) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, frame.width.into(), frame.height.into());
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&frame.pixels).unwrap();
    drop(writer);
    file
}

/// One code that fills a picture of so many pixels a side.
fn close_up(payload: &[u8], version: i16, level: Level, side: u16) -> Frame {
    let sheet = Sheet::code(payload, version, level, 4, &mut Chance::new(SEED)).unwrap();
    let (middle, (modules, _)) = (f32::from(side) / 2.0, sheet.modules());
    let scale = f32::from(side) / modules;
    let held =
        Placement { middle: (middle, middle), scale, roll: 0.0, tilt: (0.0, 0.0), bend: 0.0 };
    let mut scene = Scene::empty((side, side), SEED);
    scene.sheets.push((sheet, held));
    scene.take()
}

fn hex(payload: &[u8]) -> String {
    payload.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn put(file: &Path, bytes: &[u8]) {
    fs::write(file, bytes).unwrap();
}

#[test]
fn the_codes_of_files_and_folders_are_told_in_hexadecimal_digits() {
    let terminal = Terminal::new();
    let [first, second] = [0, 1].map(|number| sample(SEED, number).unwrap());
    let (alone, folder) = (terminal.place("alone.pgm"), terminal.place("frames"));
    fs::create_dir(&folder).unwrap();
    put(&alone, &pgm(&first.frame));
    put(&folder.join("2.png"), &png(&second.frame));
    put(
        &folder.join("1.pgm"),
        b"P5 60 60 255\n".iter().copied().chain([200; 3_600]).collect::<Vec<u8>>().as_slice(),
    );
    put(&folder.join("notes.txt"), "みほん".as_bytes());

    let document = terminal.run(&["scan", text(&alone), text(&folder)]).done();
    let images = document["images"].as_array().unwrap();
    let payloads: Vec<&Value> = images.iter().map(|image| &image["payloads_hex"]).collect();
    let hex = |sample: &Sample| sample.payloads.iter().map(|payload| hex(payload)).collect();
    let wanted: [Value; 3] = [hex(&first), json!([]), hex(&second)];
    assert_eq!(payloads, wanted.each_ref());
    let files: Vec<&str> = images.iter().map(|image| image["file"].as_str().unwrap()).collect();
    assert_eq!(files, [text(&alone), text(&folder.join("1.pgm")), text(&folder.join("2.png"))]);
    assert!(images.iter().all(|image| image["cpu_ms"].as_f64().unwrap() >= 0.0));
}

#[test]
fn what_is_no_picture_is_a_wrong_file_with_its_name() {
    let terminal = Terminal::new();
    let refused = |name: &str, bytes: &[u8], code: &str| {
        let file = terminal.place(name);
        put(&file, bytes);
        assert_eq!(terminal.run(&["scan", text(&file)]).refused(2, code)["file"], text(&file));
    };
    refused("letter.txt", b"%PDF-1.7", "image-unknown");
    refused("cut.png", b"\x89PNG\r\n\x1A\n\0\0", "image-damaged");
    refused("large.pgm", b"P5 60000 60000 255\n", "image-too-large");
    let missing = terminal.place("missing.png");
    terminal.run(&["scan", text(&missing)]).refused(2, "image-unreadable");
    terminal.run(&["scan"]).refused(2, "usage");
}

#[test]
fn a_picture_full_of_squares_holds_nothing_and_nobody_up() {
    let terminal = Terminal::new();
    let file = terminal.place("squares.pgm");
    put(&file, &pgm(&hostile(3)));
    let document = terminal.run(&["scan", text(&file)]).done();
    assert_eq!(document["images"][0]["payloads_hex"], json!([]));
}

#[test]
fn a_code_with_bytes_that_are_no_text_is_told_byte_by_byte() {
    let terminal = Terminal::new();
    let payload = [0x00, 0xFF, 0x80, 0x93, 0xFA, 0x0A, 0x1B];
    let file = terminal.place("bytes.png");
    put(&file, &png(&close_up(&payload, 5, Level::Q, 300)));
    let document = terminal.run(&["scan", text(&file)]).done();
    assert_eq!(document["images"][0]["payloads_hex"], json!(["00ff8093fa0a1b"]));
}

#[test]
fn what_the_virtual_camera_takes_of_two_sheets_is_read_in_every_frame() {
    let terminal = Terminal::new();
    let (mut wanted, mut files) = (Vec::new(), Vec::new());
    for name in ["1.png", "2.png"] {
        let payload = digits(10, Level::M, &mut Chance::new(SEED + wanted.len() as u64));
        let file = terminal.place(name);
        put(&file, &png(&close_up(&payload, 10, Level::M, 600)));
        wanted.push(hex(&payload));
        files.push(file);
    }
    let take = |folder: &str, seed: &str| {
        let folder = terminal.place(folder);
        let mut camera = Command::new(program().with_file_name("kakanai-virtual-camera"));
        camera.args(&files).args(["--frames", "3", "--seed", seed, "--out"]).arg(&folder);
        assert!(camera.status().unwrap().success());
        folder
    };
    let (first, again, other) = (take("first", "7"), take("again", "7"), take("other", "8"));
    let frame = |folder: &Path| fs::read(folder.join("frame-0003.pgm")).unwrap();
    assert!(frame(&first) == frame(&again) && frame(&first) != frame(&other));

    let document = terminal.run(&["scan", text(&first), text(&other)]).done();
    let images = document["images"].as_array().unwrap();
    assert_eq!(images.len(), 6);
    for image in images {
        let read = image["payloads_hex"].as_array().unwrap();
        assert!(wanted.iter().all(|payload| read.contains(&json!(payload))), "{image}");
    }
}
