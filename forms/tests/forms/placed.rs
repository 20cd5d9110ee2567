//! Pages set off for one printer: the municipality's own page moves with the values on it.

use std::fs;
use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kakanai_forms::{Placement, packet_pdf_for};
use lopdf_of_printpdf::content::{Content, Operation};
use lopdf_of_printpdf::{Dictionary, Document, Object, Stream, dictionary};
use sha2::{Digest, Sha256};

use crate::support::{Given, fill, fonts, form};

/// Where the mark stands: millimetres from the top left, as a template says it.
const BOX: [f32; 4] = [30.0, 40.0, 50.0, 20.0];

/// A page of A4 as `kakanai pack blank` leaves one, with a black rectangle at [`BOX`].
fn blank() -> Vec<u8> {
    let point = |millimetres: f32| millimetres * 72.0 / 25.4;
    let [x, y, w, h] = BOX;
    let area = [x, 297.0 - y - h, w, h].map(|length| Object::Real(point(length)));
    let operations = vec![Operation::new("re", area.to_vec()), Operation::new("f", vec![])];
    let whole = [0.0, 0.0, point(210.0), point(297.0)].map(Object::Real).to_vec();
    let mut file = Document::with_version("1.7");
    let drawn = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => whole.clone(),
        "Resources" => Dictionary::new(),
    };
    let drawn = file.add_object(Stream::new(drawn, Content { operations }.encode().unwrap()));
    let content = file.add_object(Stream::new(Dictionary::new(), b"/Bg Do".to_vec()));
    let pages = file.new_object_id();
    let page = file.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "MediaBox" => whole, "Contents" => content,
        "Resources" => dictionary! { "XObject" => dictionary! { "Bg" => drawn } },
    });
    let tree = dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 };
    file.objects.insert(pages, tree.into());
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    file.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).unwrap();
    bytes
}

fn picture(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.pdf");
    fs::write(&file, pdf).unwrap();
    let options = ["-r", "60", "-gray", "-aa", "no", "-aaVector", "no"];
    let drawn = Command::new("pdftoppm").args(options).arg(&file).output().unwrap();
    assert!(drawn.status.success());
    drawn.stdout
}

#[test]
fn a_blank_page_is_moved_and_scaled_for_a_printer_as_what_is_printed_on_it() {
    let page = blank();
    let digest: String = Sha256::digest(&page).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut under =
        form("household", &format!("blank = {{ page = 1, sha256 = \"{digest}\" }}\nfield = []"));
    under.put_on(&STANDARD.encode(&page), "").unwrap();
    let drawn = form(
        "household",
        &format!("field = [{{ kind = \"rect\", box = {BOX:?}, width = 0, fill = 0.0 }}]"),
    );
    let mut seen = Vec::new();
    for placement in [
        Placement::default(),
        Placement { dx: 5.0, dy: 3.0, scale: 1.0 },
        Placement { dx: -4.0, dy: 2.0, scale: 0.95 },
    ] {
        let picture_of = |template| {
            let papers = fill(template, &Given::default()).unwrap();
            picture(&packet_pdf_for(&papers, "t", fonts(), placement).unwrap())
        };
        let (blank, mark) = (picture_of(&under), picture_of(&drawn));
        assert!(blank.contains(&0), "nothing was drawn");
        let different = blank.iter().zip(&mark).filter(|(one, other)| one != other).count();
        // A line of pixels may fall to either side: the two ways to the same place round differently.
        assert!(blank.len() == mark.len() && different < 200, "{placement:?}: {different} pixels");
        seen.push(blank);
    }
    assert!(seen[0] != seen[1] && seen[1] != seen[2], "the page moves");
}
