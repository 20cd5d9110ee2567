//! `printers`, `printer show`, and papers of several sizes on their way to a printer.

use std::fs;
use std::path::PathBuf;

use kakanai_simulators::cups::Cups;
use kakanai_simulators::printer::Model;
use serde_json::{Value, json};

use crate::devices::Printer;
use crate::household::{HANAKO, Household};
use crate::pdf;
use crate::repository::{compiled_pack, files_below};
use crate::terminal::{Run, Terminal, text};
use crate::trace;

fn settings(terminal: &Terminal, toml: &str) {
    fs::write(terminal.folder().join("home/settings.toml"), toml).unwrap();
}

/// The sample pack with the notification of moving on A3.
fn pack_with_a3(terminal: &Terminal) -> PathBuf {
    let mut pack: Value = serde_json::from_slice(&fs::read(compiled_pack()).unwrap()).unwrap();
    let form = pack["forms"]["juki-ido"].as_str().unwrap();
    assert!(form.contains("paper = \"A4\""), "{form}");
    let form = form.replace("paper = \"A4\"", "paper = \"A3\"");
    pack["forms"]["juki-ido"] = json!(form);
    terminal.write("a3.json", &pack.to_string())
}

fn print_a3(terminal: &Terminal, printer: &Printer) -> Run {
    let facts = terminal.write("facts.json", &Household::of_public_servant().file());
    let pack = pack_with_a3(terminal);
    let uri = printer.printer.uri();
    terminal.run(&["print", "--pack", text(&pack), "--facts", text(&facts), "--printer", &uri])
}

#[test]
fn the_printers_of_the_settings_and_the_queues_of_the_machine_are_listed_with_what_they_can_do() {
    let terminal = Terminal::new();
    let folder = tempfile::tempdir().unwrap();
    let cups = Cups::start(folder.path()).unwrap();
    let printer = Printer::start();
    let (usual, queue) = (printer.printer.uri(), cups.add("Back", &printer.printer.uri()).unwrap());
    let gone = "ipp://127.0.0.1:9/ipp/print";
    settings(
        &terminal,
        &format!(
            "printer = {usual:?}\ncups = {:?}\n[[printers]]\nuri = {gone:?}\nname = \"奥\"\n",
            cups.uri()
        ),
    );
    let listed = terminal.run(&["printers"]).done();
    let printers = listed["printers"].as_array().unwrap();
    let uris: Vec<&str> = printers.iter().map(|one| one["uri"].as_str().unwrap()).collect();
    assert_eq!(uris, [usual.as_str(), gone, queue.as_str()]);
    assert_eq!((&printers[0]["usual"], &printers[1]["usual"]), (&json!(true), &json!(false)));
    assert_eq!(printers[0]["able"]["media"], json!(["A4"]));
    assert_eq!(printers[0]["able"]["state"], "idle");
    assert_eq!(
        (&printers[1]["able"], &printers[1]["error"], &printers[1]["name"]),
        (&Value::Null, &json!("printer-unreachable"), &json!("奥"))
    );
    assert_eq!(printers[2]["able"]["accepting"], true);

    let shown = terminal.run(&["printer", "show", &usual]).done();
    assert_eq!(shown["able"]["accepts_pdf"], true);
    let trays = shown["able"]["trays"].as_array().unwrap();
    assert!(trays.contains(&json!("manual")), "{shown}");
    terminal.run(&["printer", "show", gone]).refused(3, "printer-unreachable");
    terminal.run(&["printer", "show", "printer"]).refused(2, "printer-uri");
}

#[test]
fn a_terminal_without_settings_and_without_a_print_service_has_no_printers() {
    let terminal = Terminal::new();
    settings(&terminal, "cups = \"ipp://127.0.0.1:9/\"\n");
    assert_eq!(terminal.run(&["printers"]).done(), json!({ "printers": [] }));
}

#[test]
fn papers_of_two_sizes_go_out_as_two_jobs() {
    let terminal = Terminal::new();
    let printer = Printer::of(Model::OriginalSize);
    let document = print_a3(&terminal, &printer).done();
    let media: Vec<&str> = document["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .map(|job| job["media"].as_str().unwrap())
        .collect();
    assert_eq!(media, ["A3", "A4"], "{document}");
    assert_eq!(document["job"], document["jobs"][0]);
    assert_eq!(document["jobs"][0]["papers"], json!(["juki-ido"]));
    let received = printer.printer.received().unwrap();
    assert_eq!(received.len(), 2);
    assert!(pdf::text(&received[0]).contains("住民異動届"));
    assert!(!pdf::text(&received[1]).contains("住民異動届"));
    assert!(pdf::text(&received[1]).contains(&pdf::without_spaces(HANAKO)));
    let last = printer.printer.last_job().unwrap();
    assert!(last.contains("IPP_MEDIA=iso_a4_210x297mm"), "{last}");
}

#[test]
fn a_size_that_the_printer_lacks_is_told_with_its_papers_before_anything_is_sent() {
    let terminal = Terminal::new();
    let printer = Printer::start();
    let details = print_a3(&terminal, &printer).refused(3, "printer-refused-media");
    assert_eq!(details["media"], "A3");
    let papers = details["papers"].as_str().unwrap();
    assert!(papers.contains("住民異動届") && !papers.contains("印鑑"), "{papers}");
    assert!(printer.printer.received().unwrap().is_empty());
}

#[test]
fn a_printer_set_off_by_its_settings_gets_other_bytes_and_the_same_words() {
    let terminal = Terminal::new();
    let printer = Printer::start();
    let uri = printer.printer.uri();
    let facts = terminal.write("facts.json", &Household::of_public_servant().file());
    let inputs = ["print", "--pack", text(compiled_pack()), "--facts", text(&facts), "--printer"];
    let print = || terminal.run(&[&inputs[..], &[&uri]].concat()).done();
    print();
    settings(
        &terminal,
        &format!("[[printers]]\nuri = {uri:?}\ndx = 2.0\ndy = -1.0\nscale = 0.98\n"),
    );
    print();
    let received = printer.printer.received().unwrap();
    let [straight, set_off] = received.as_slice() else { panic!("{received:?}") };
    assert!(fs::read(straight).unwrap() != fs::read(set_off).unwrap());
    assert_eq!(pdf::text(straight), pdf::text(set_off));
    let left = |file| pdf::left_of_title(file);
    let moved = left(set_off) - left(straight);
    assert!(
        (2.0..8.0).contains(&moved),
        "2 mm are 5.7 pt, and 2 % less of what lies left: {moved}"
    );
}

#[test]
fn no_paper_is_ever_a_file_on_this_side_of_the_printer() {
    let terminal = Terminal::new();
    let printer = Printer::start();
    let facts = terminal.write("facts.json", &Household::of_public_servant().file());
    let uri = printer.numeric_uri();
    let arguments =
        ["print", "--pack", text(compiled_pack()), "--facts", text(&facts), "--printer", &uri]
            .map(str::to_owned);
    let (run, calls) = trace::calls(&terminal, &arguments, "", "openat,open,creat,memfd_create");
    run.done();
    let opened: Vec<&str> = calls
        .lines()
        .filter(|call| {
            ["O_WRONLY", "O_RDWR", "O_CREAT", "creat(", "memfd_create("]
                .iter()
                .any(|way| call.contains(way))
        })
        .collect();
    assert!(opened.is_empty(), "something was opened for writing: {opened:?}");
    for file in files_below(terminal.folder()) {
        let bytes = fs::read(&file).unwrap();
        let pdf = bytes.windows(5).any(|window| window == b"%PDF-");
        assert!(!pdf, "{} holds a PDF", file.display());
    }
    assert_eq!(printer.printer.received().unwrap().len(), 1);
}
