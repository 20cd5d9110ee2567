//! Thousands of broken PDFs through the reader, in a process with its limits: nothing gets past it.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kakanai_forms::{FontSet, Settlements, Template, Values, lay_out, page_svg, paper_pdf};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use super::Refused;
use super::child::limit;
use super::clean::clean_page;
use crate::row::hex;

/// Broken files in all, and how many share a process.
const MUTANTS: u64 = 3000;
const TOGETHER: u64 = 500;
/// One in so many of those that are taken is drawn, too.
const DRAWN: u64 = 40;
/// Where the child learns its first file; set for nobody else.
const FIRST: &str = "KAKANAI_TEST_MUTANT";

/// A page with a font, a picture in a drawing, and fields; what it inherits stands above it.
fn honest(kind: u64) -> Vec<u8> {
    let mut file = Document::with_version("1.7");
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let font = file.add_object(font);
    let picture = dictionary! {
        "Type" => "XObject", "Subtype" => "Image", "Width" => 4, "Height" => 4,
        "BitsPerComponent" => 8, "ColorSpace" => "DeviceGray",
    };
    let picture = file.add_object(Stream::new(picture, b"0123456789abcdef".to_vec()));
    let drawing = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 9.into(), 9.into()],
        "Resources" => dictionary! { "XObject" => dictionary! { "P" => picture } },
    };
    let drawing = file.add_object(Stream::new(drawing, b"q 9 0 0 9 0 0 cm /P Do Q".to_vec()));
    let group = file.add_object(dictionary! { "T" => Object::string_literal("all"), "FT" => "Tx" });
    let field = file.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Parent" => group, "MaxLen" => 7, "Ff" => 1 << 24,
        "T" => Object::string_literal("name"), "DA" => Object::string_literal("/F 10 Tf"),
        "Rect" => vec![90.into(), 700.into(), 300.into(), 730.into()],
    });
    let text = b"q BT /F 12 Tf 100 700 Td (paper) Tj ET Q q 90 0 0 90 50 50 cm /D Do Q";
    let content = file.add_object(Stream::new(Dictionary::new(), text.to_vec()));
    let pages = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => vec![content.into(), content.into()],
        "Annots" => vec![field.into()],
    });
    file.set_object(
        pages,
        dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
            "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
            "CropBox" => vec![10.into(), 10.into(), 585.into(), 832.into()],
            "Rotate" => 90,
            "Resources" => dictionary! {
                "Font" => dictionary! { "F" => font }, "XObject" => dictionary! { "D" => drawing },
            },
        },
    );
    let catalog = dictionary! {
        "Type" => "Catalog", "Pages" => pages, "AcroForm" => dictionary! { "Fields" => vec![group.into()] },
    };
    let catalog = file.add_object(catalog);
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    match kind {
        0 => file.save_to(&mut bytes).unwrap(),
        1 => {
            file.compress();
            file.save_to(&mut bytes).unwrap();
        }
        _ => file.save_modern(&mut bytes).unwrap(),
    }
    bytes
}

/// Numbers that look like chance and are the same every time (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(below.max(1)).unwrap()).unwrap()
    }
}

/// What stands in files that were made to do harm.
const HARM: [&[u8]; 16] = [
    b"99999999999",
    b"-1",
    b"2147483648",
    b"1e38",
    b"[[[[[[[[[[[[[[[[",
    b"<<<<<<<<<<<<<<<<",
    b"1 0 R",
    b"3 0 R",
    b"5 0 R",
    b"/Parent",
    b"/Kids",
    b"/Resources",
    b"/FlateDecode",
    b"/LZWDecode",
    b"endstream",
    b"(((((((((",
];

fn mutant(number: u64) -> Vec<u8> {
    let mut bytes = honest(number % 3);
    let mut chance = Chance((number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    for _ in 0..=chance.next(6) {
        let at = chance.next(bytes.len());
        let end = (at + 1 + chance.next(60)).min(bytes.len());
        // Mostly changes that leave everything in its place: a file whose table is wrong goes no further.
        match [0, 4, 4, 4, 5, 5, 0, 1, 2, 3, 6].get(chance.next(40)).copied().unwrap_or(4) {
            0 => bytes[at] = u8::try_from(chance.next(256)).unwrap(),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let copy = bytes[at..end].to_vec();
                let to = chance.next(bytes.len());
                bytes.splice(to..to, copy);
            }
            3 => bytes.truncate(at.max(64)),
            // Numbers make the structure: one digit of them.
            4 => {
                let digits: Vec<usize> =
                    (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
                if let Some(at) = digits.get(chance.next(digits.len())) {
                    bytes[*at] = b'0' + u8::try_from(chance.next(10)).unwrap();
                }
            }
            5 => {
                let harm = HARM[chance.next(HARM.len())];
                let end = (at + harm.len()).min(bytes.len());
                bytes.splice(at..end, harm.iter().copied());
            }
            _ => {
                let harm = HARM[chance.next(HARM.len())];
                bytes.splice(at..at, harm.iter().copied());
            }
        }
    }
    bytes
}

struct Nothing;

impl Values for Nothing {
    fn value(&self, _: &str, _: Option<&str>) -> kakanai_forms::FieldValue {
        kakanai_forms::FieldValue::Missing
    }

    fn people(&self) -> Vec<String> {
        Vec::new()
    }
}

/// A page that was taken comes under a form and out of the printer's side without a fault.
fn print_on(page: &[u8], picture: &str, fonts: &FontSet) {
    let sha256 = hex(&Sha256::digest(page));
    let text = format!(
        "format = 1\nid = \"f\"\ntitle = \"f\"\nissuer = \"m\"\nversion = 1\nvalid_from = \"2026-04-01\"\n\
         law = \"l\"\nscope = \"household\"\npaper = \"A4\"\nblank = {{ page = 1, sha256 = \"{sha256}\" }}\n\
         field = []\n"
    );
    let mut form = Template::parse(&text, "f").unwrap();
    form.put_on(&STANDARD.encode(page), picture).unwrap();
    let papers = lay_out(&form, &Nothing, fonts, &Settlements::default()).unwrap();
    let pdf = paper_pdf(&papers[0], fonts).unwrap();
    assert!(pdf.starts_with(b"%PDF-1.7"));
    let svg = page_svg(&papers[0].pages[0], fonts).unwrap();
    assert_eq!(svg.contains("data:image/png"), !picture.is_empty());
}

/// The child of the test below.
#[test]
#[ignore = "run by the test of broken files"]
fn reads_broken_files() {
    let Some(first) = std::env::var(FIRST).ok().and_then(|first| first.parse::<u64>().ok()) else {
        return;
    };
    let fonts = FontSet::debian().unwrap();
    limit().unwrap();
    let mut taken = 0;
    for number in first..MUTANTS.min(first + TOGETHER) {
        // Said before and after, so that whoever waits knows which file ended the process.
        println!("begin {number}");
        std::io::stdout().flush().unwrap();
        let outcome = match clean_page(&mutant(number), 1) {
            Ok((page, _)) => {
                taken += 1;
                let drawn = taken % DRAWN == 0;
                let picture = drawn.then(|| super::picture::png(&page)).flatten();
                print_on(
                    &page,
                    &picture.map(|png| STANDARD.encode(png)).unwrap_or_default(),
                    &fonts,
                );
                "taken".to_owned()
            }
            Err(refused) => format!("{refused:?}"),
        };
        println!("end {number} {outcome}");
    }
    println!("finished");
}

/// Reads on from a file: what came out by kind; the last file read, and whether it ended the process.
fn read_from(first: u64, outcomes: &mut BTreeMap<String, usize>) -> (u64, bool) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "blank::tests::reads_broken_files", "--ignored", "--nocapture"])
        .env(FIRST, first.to_string())
        // As much as a program's first thread has.
        .env("RUST_MIN_STACK", (8 * 1024 * 1024).to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut last = first;
    let mut finished = false;
    for line in BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok) {
        let mut words = line.split(' ');
        match (words.next(), words.next(), words.next()) {
            (Some("begin"), Some(number), _) => last = number.parse().unwrap(),
            (Some("end"), _, Some(outcome)) => {
                *outcomes.entry(outcome.to_owned()).or_default() += 1
            }
            (Some("finished"), ..) => finished = true,
            _ => {}
        }
    }
    child.wait().unwrap();
    (last, !finished)
}

#[test]
fn three_thousand_broken_files_end_in_a_page_or_a_refusal_within_the_limits() {
    let started = Instant::now();
    let mut outcomes = BTreeMap::new();
    let mut ended = Vec::new();
    let mut first = 0;
    while first < MUTANTS {
        let (last, fault) = read_from(first, &mut outcomes);
        ended.extend(fault.then_some(last));
        first = last + 1;
        assert!(ended.len() < 20, "these files end the reader: {ended:?}; {outcomes:?}");
    }
    println!("{outcomes:?}, ended the reader: {ended:?}, {:?}", started.elapsed());
    let read: usize = outcomes.values().sum();
    assert_eq!(u64::try_from(read + ended.len()).unwrap(), MUTANTS);
    assert_eq!(ended, [0; 0], "these files end the reader, which the counter would survive");
    assert!(outcomes["taken"] > 200 && outcomes["Damaged"] > 200, "{outcomes:?}");
    assert!(started.elapsed() < Duration::from_secs(120), "{:?}", started.elapsed());
}

#[test]
fn an_honest_file_is_read_however_it_was_written() {
    for kind in 0..3 {
        let (page, cleaned) = clean_page(&honest(kind), 1).unwrap();
        assert_eq!(cleaned.size, [289.98, 202.85], "{kind}");
        let [field] = &cleaned.fields[..] else { panic!("{:?}", cleaned.fields) };
        assert_eq!((field.name.as_str(), field.max_len, field.comb), ("all.name", Some(7), true));
        assert_eq!(field.size, Some(10.0));
        let (again, _) = clean_page(&page, 1).unwrap();
        assert_eq!(clean_page(&again, 1).unwrap().1.size, cleaned.size);
        assert_eq!(clean_page(&honest(kind), 2).unwrap_err(), Refused::NoPage);
        assert_eq!(clean_page(&honest(kind), 0).unwrap_err(), Refused::NoPage);
    }
}
