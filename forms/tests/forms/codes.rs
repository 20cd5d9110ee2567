//! Barcodes and QR codes, read back from a picture of the paper by a reader of others (zbar).

use std::fs;
use std::process::Command;

use kakanai_forms::{
    FieldValue, LayoutError, Mark, Modules, Paper, packet_pdf, page_svg, paper_pdf,
};
use proptest::prelude::*;

use crate::support::{Given, code, fill, fonts, form, pdf_text, text, tool};

const NUMBER: &str = "juki-ido.3.20261120-0012";

fn barcode(area: &str, mark: FieldValue) -> Result<Vec<Paper>, LayoutError> {
    let fields = format!(
        "field = [{{ kind = \"barcode\", id = \"mark\", label = \"番号\", box = {area} }}]"
    );
    fill(&form("person", &fields), &Given::person(&[("form.mark", mark)]))
}

fn qr(area: &str, value: &str) -> Result<Vec<Paper>, LayoutError> {
    let fields = format!(
        "field = [{{ kind = \"qr\", id = \"qr\", label = \"QR\", source = \"person.f\", box = {area} }}]"
    );
    fill(&form("person", &fields), &Given::person(&[("person.f", text(value))]))
}

fn modules(papers: &[Paper]) -> &Modules {
    let mut marks = papers[0].pages[0].marks.iter();
    marks.find_map(|mark| if let Mark::Modules(code) = mark { Some(code) } else { None }).unwrap()
}

/// What a reader sees on the first page, printed at 200 dots per inch.
fn seen(pdf: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("paper.pdf"), pdf).unwrap();
    let run = |command: &mut Command| command.current_dir(folder.path()).output().unwrap();
    run(Command::new("pdftoppm").args([
        "-r",
        "200",
        "-gray",
        "-png",
        "-f",
        "1",
        "-singlefile",
        "paper.pdf",
        "page",
    ]));
    let output = run(Command::new("zbarimg").args(["--quiet", "page.png"]));
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_barcode_is_read_back_from_the_picture_of_the_paper() {
    let papers = barcode("[60, 270, 90, 12]", text(NUMBER)).unwrap();
    let pdf = paper_pdf(&papers[0], fonts()).unwrap();
    assert_eq!(seen(&pdf), [format!("CODE-128:{NUMBER}")]);
    assert_eq!(pdf_text(&pdf), NUMBER, "the number stands below for people");
    assert_eq!(pdf, paper_pdf(&papers[0], fonts()).unwrap());
    tool("qpdf", &["--check"], &pdf, &[]);
    let bars = modules(&papers);
    let last = bars.dark.last().unwrap();
    assert_eq!((bars.dark[0][0], last[0] + last[2]), (0, bars.columns));
    assert!(bars.area.x >= 60.0 + 10.0 * bars.area.w / f32::from(bars.columns) - 0.1, "quiet zone");
}

#[test]
fn a_qr_code_is_read_back_from_the_picture_of_the_paper() {
    let value = "https://example.jp/みほん市?手続=転入&番号=0012";
    let papers = qr("[150, 20, 30, 30]", value).unwrap();
    let pdf = paper_pdf(&papers[0], fonts()).unwrap();
    assert_eq!(seen(&pdf), [format!("QR-Code:{value}")]);
    let svg = page_svg(&papers[0].pages[0], fonts()).unwrap();
    assert_eq!(svg.matches("<rect x=").count(), modules(&papers).dark.len());
}

#[test]
fn a_code_is_one_object_with_whole_numbers_and_written_once() {
    let papers = qr("[150, 20, 30, 30]", NUMBER).unwrap();
    let twice: Vec<Paper> = papers.iter().cycle().take(2).cloned().collect();
    let plain = packet_pdf(&twice, "t", fonts()).unwrap();
    let shown = tool("qpdf", &["--qdf", "--object-streams=disable"], &plain, &["-"]);
    let objects: Vec<&str> =
        shown.split("endobj").filter(|object| object.contains("/Subtype /Form")).collect();
    assert_eq!(objects.len(), 1, "two pages share it");
    let rectangles: Vec<&str> = objects[0].lines().filter(|line| line.ends_with(" re")).collect();
    assert_eq!(rectangles.len(), modules(&papers).dark.len());
    assert!(rectangles.iter().all(|line| !line.contains('.')), "whole numbers");
    assert_eq!(shown.matches("Do\n").count(), 2);
}

#[test]
fn a_code_no_reader_could_read_is_refused() {
    assert_eq!(code(barcode("[60, 270, 30, 12]", text(NUMBER))), ["does-not-fit"], "too fine");
    assert_eq!(code(barcode("[60, 270, 90, 5]", text(NUMBER))), ["does-not-fit"], "too low");
    assert_eq!(code(barcode("[60, 270, 90, 12]", text("みほん"))), ["does-not-fit"]);
    assert_eq!(code(barcode("[60, 270, 90, 12]", FieldValue::Number(1))), ["wrong-kind"]);
    assert_eq!(code(qr("[150, 20, 10, 10]", NUMBER)), ["does-not-fit"]);
    assert_eq!(code(qr("[150, 20, 30, 30]", &"大".repeat(2000))), ["does-not-fit"]);
    for nothing in [FieldValue::Missing, text("")] {
        let papers = barcode("[60, 270, 90, 12]", nothing).unwrap();
        assert!(papers[0].pages[0].marks.is_empty(), "no case, no mark");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// proptest prints the seed of a failure and keeps it beside this file.
    #[test]
    fn any_mark_is_read_back(mark in "[a-z]{3,12}(-[a-z]{1,8})?\\.[1-9][0-9]?\\.20[0-9]{6}-[0-9]{4}") {
        let papers = barcode("[20, 270, 120, 12]", text(&mark)).unwrap();
        let pdf = paper_pdf(&papers[0], fonts()).unwrap();
        prop_assert_eq!(seen(&pdf), [format!("CODE-128:{mark}")]);
    }
}
