//! `kakanai-virtual-camera`: what a webcam at a counter would take of a picture of codes, for tests and practice.
//!
//! The pictures lie side by side before the camera, as sheets or on telephones, a little differently in each frame.

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, ValueEnum};
use kakanai_simulators::camera::{Chance, Frame, Placement, Scene, Sheet};
use png::{BitDepth, ColorType, Decoder, Encoder, Transformations};

/// Frames of a camera from pictures of codes (PNG).
#[derive(Parser)]
#[command(name = "kakanai-virtual-camera", version)]
struct Arguments {
    /// Pictures of what lies before the camera, side by side
    #[arg(required = true)]
    pictures: Vec<PathBuf>,
    /// Folder for the frames, frame-0001.pgm and so on
    #[arg(long)]
    out: PathBuf,
    /// How many frames
    #[arg(long, default_value_t = 1)]
    frames: u16,
    /// Size of a frame
    #[arg(long, value_enum, default_value = "1080p")]
    size: Size,
    /// Kind of file
    #[arg(long, value_enum, default_value = "pgm")]
    format: Format,
    /// The same seed, the same frames
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Clone, Copy, ValueEnum)]
enum Size {
    /// 1280 x 720
    #[value(name = "720p")]
    Small,
    /// 1920 x 1080
    #[value(name = "1080p")]
    Large,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Brightness alone, without packing
    Pgm,
    /// Packed
    Png,
}

fn main() -> ExitCode {
    match play(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to report a failure of standard error.
            let _ = writeln!(std::io::stderr(), "kakanai-virtual-camera: {error}");
            ExitCode::from(2)
        }
    }
}

fn play(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let pictures = arguments
        .pictures
        .iter()
        .map(|file| sheet(file).map_err(|error| format!("{}: {error}", file.display())));
    let sheets = pictures.collect::<Result<Vec<Sheet>, String>>()?;
    fs::create_dir_all(&arguments.out)?;
    let size = match arguments.size {
        Size::Small => (1280, 720),
        Size::Large => (1920, 1080),
    };
    for number in 1..=arguments.frames {
        let seed = arguments.seed.wrapping_mul(1_000_003).wrapping_add(u64::from(number));
        let frame = scene(&sheets, size, seed).take();
        let place = arguments.out.join(format!("frame-{number:04}"));
        match arguments.format {
            Format::Pgm => write_pgm(&frame, &place.with_extension("pgm"))?,
            Format::Png => write_png(&frame, &place.with_extension("png"))?,
        }
    }
    Ok(())
}

/// The sheets in one row, each as large as it fits, held by hand.
fn scene(sheets: &[Sheet], size: (u16, u16), seed: u64) -> Scene {
    let mut chance = Chance::new(seed);
    let mut scene = Scene::empty(size, chance.bits());
    let (width, height) = (f32::from(size.0), f32::from(size.1));
    let count = f32::from(u16::try_from(sheets.len()).unwrap_or(u16::MAX));
    let mut left = 0.0;
    for sheet in sheets {
        let room = width / count;
        let (wide, high) = sheet.modules();
        let middle = (left + room / 2.0, height / 2.0);
        left += room;
        let scale = (room / wide).min(height / high) * chance.between(0.72, 0.86);
        let roll = chance.between(-6.0, 6.0);
        let tilt = (chance.between(-8.0, 8.0), chance.between(-8.0, 8.0));
        scene.sheets.push((sheet.clone(), Placement { middle, scale, roll, tilt, bend: 0.0 }));
    }
    scene.blur = chance.between(0.5, 0.8);
    scene.noise = chance.between(2.0, 4.0);
    scene.light.fall = chance.between(-0.3, 0.3);
    scene.quality = Some(80);
    scene
}

/// A picture, one dot of it as the unit of its size.
fn sheet(file: &Path) -> Result<Sheet, Box<dyn Error>> {
    let mut decoder = Decoder::new(BufReader::new(File::open(file)?));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut values = vec![0; reader.output_buffer_size().ok_or("too large")?];
    let head = reader.next_frame(&mut values)?;
    values.truncate(head.buffer_size());
    let width = usize::try_from(head.width)?;
    let channels = head.color_type.samples();
    let opaque = matches!(head.color_type, ColorType::Grayscale | ColorType::Rgb);
    let shade = values.chunks_exact(channels).map(|dot| {
        let alpha = if opaque { u8::MAX } else { dot.last().copied().unwrap_or(0) };
        // Green stands for all three: codes are black and white.
        let value = dot.get(usize::from(channels > 2)).copied().unwrap_or(0);
        if alpha < 128 { u8::MAX } else { value }
    });
    Ok(Sheet::picture(width, 1.0, shade.collect()))
}

fn write_pgm(frame: &Frame, file: &Path) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(File::create(file)?);
    write!(out, "P5\n{} {}\n255\n", frame.width, frame.height)?;
    out.write_all(&frame.pixels)?;
    Ok(out.flush()?)
}

fn write_png(frame: &Frame, file: &Path) -> Result<(), Box<dyn Error>> {
    let out = BufWriter::new(File::create(file)?);
    let mut encoder = Encoder::new(out, frame.width.into(), frame.height.into());
    encoder.set_color(ColorType::Grayscale);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&frame.pixels)?;
    Ok(writer.finish()?)
}
