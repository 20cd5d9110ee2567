//! `print`: papers as files and on a real IPP printer: no store, no display.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use serde_json::{Value, json};

use crate::devices::Printer;
use crate::household::{HANAKO, Household, TARO, UNPRINTABLE};
use crate::pdf;
use crate::repository::compiled_pack;
use crate::terminal::{Run, Terminal, text};

fn print(terminal: &Terminal, household: &Household, more: &[&str]) -> Run {
    let file = terminal.write("facts.json", &household.file());
    let arguments =
        [&["print", "--pack", text(compiled_pack()), "--facts", text(&file)], more].concat();
    terminal.run(&arguments)
}

fn folder(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(path).unwrap().map(Result::unwrap);
    let name = |entry: &fs::DirEntry| entry.file_name().into_string().unwrap();
    entries.map(|entry| (name(&entry), fs::read(entry.path()).unwrap())).collect()
}

fn forms(papers: &Value) -> Vec<&str> {
    papers.as_array().unwrap().iter().map(|paper| paper["form"].as_str().unwrap()).collect()
}

#[test]
fn the_papers_of_a_household_hold_its_names_code_point_for_code_point() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let document = print(&terminal, &Household::of_public_servant(), &["--out", text(&out)]).done();
    assert_eq!((&document["packet"], &document["job"]), (&json!("packet.pdf"), &Value::Null));
    let papers = document["papers"].as_array().unwrap();
    let expected = [
        "juki-ido",
        "inkan-toroku",
        "card-keizoku",
        "kodomo-iryo",
        "gakko-tennyu",
        "fees",
        "counters",
        "guide",
        "gakudo",
        "check",
        "tenki",
    ];
    assert_eq!(forms(&document["papers"]), expected);

    let (hanako, taro) = (pdf::without_spaces(HANAKO), pdf::without_spaces(TARO));
    for paper in papers {
        let file = out.join(paper["file"].as_str().unwrap());
        let text = pdf::text(&file);
        // The sheets name whom something is for; forms those who stand on them.
        if !["fees", "counters", "guide", "check", "tenki"]
            .contains(&paper["form"].as_str().unwrap())
        {
            assert!(text.contains(&hanako), "{paper}: {text}");
            let for_child = paper["people"].as_array().unwrap().contains(&json!("p2"));
            assert_eq!(text.contains(&taro), for_child, "{paper}: {text}");
        }
        let mode = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read {}", file.display());
    }
    let packet = pdf::text(&out.join("packet.pdf"));
    assert!(packet.contains(&hanako) && packet.contains(&taro));
    assert_eq!(fs::read_dir(terminal.temporary()).unwrap().count(), 0, "a temporary file stayed");
}

#[test]
fn the_claim_of_the_child_allowance_has_a_row_for_the_child_and_none_for_the_claimant() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let only = ["--out", text(&out), "--form", "jidoteate-nintei"];
    print(&terminal, &Household::moving_in(), &only).done();
    let claim = pdf::text(&out.join("jidoteate-nintei.pdf"));
    let times = |name: &str| claim.matches(&pdf::without_spaces(name)).count();
    assert_eq!((times(HANAKO), times(TARO)), (2, 1), "{claim}");
}

#[test]
fn the_same_papers_are_made_byte_for_byte() {
    let terminal = Terminal::new();
    let made = ["first", "second"].map(|name| {
        let out = terminal.place(name);
        let run = print(&terminal, &Household::of_public_servant(), &["--out", text(&out)]);
        assert_eq!(run.code, Some(0), "{}", run.stderr);
        (run.stdout, folder(&out))
    });
    assert_eq!(made[0].1.len(), 12);
    assert!(made[0] == made[1], "{:?}", made[0].1.keys());
}

#[test]
fn only_the_forms_that_were_named_are_made() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let only = ["--out", text(&out), "--form", "inkan-toroku", "--form", "guide"];
    let document = print(&terminal, &Household::of_public_servant(), &only).done();
    assert_eq!(forms(&document["papers"]), ["inkan-toroku", "guide"]);
    assert!(folder(&out).keys().eq(["guide.pdf", "inkan-toroku-p1.pdf", "packet.pdf"]));
    let unknown = ["--out", text(&out), "--form", "no-such-form"];
    let details =
        print(&terminal, &Household::of_public_servant(), &unknown).refused(2, "form-unknown");
    assert_eq!(details["form"], "no-such-form");
}

#[test]
fn a_name_that_no_font_has_keeps_back_its_papers_and_no_other() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    let household = Household::of_public_servant().with_child_named(UNPRINTABLE);
    let run = print(&terminal, &household, &["--out", text(&out)]);
    let details = run.refused(1, "paper-refused");

    let made = forms(&details["made"]["papers"]);
    assert!(made.contains(&"card-keizoku") && made.contains(&"inkan-toroku"), "{made:?}");
    assert!(!made.contains(&"juki-ido") && !made.contains(&"guide"), "{made:?}");
    let packet = pdf::text(&out.join("packet.pdf"));
    assert!(packet.contains(&pdf::without_spaces(HANAKO)));

    let refusals = details["refusals"].as_array().unwrap();
    let refused = |form: &str| {
        refusals.iter().find(|refusal| refusal["details"]["form"] == form).unwrap_or_else(|| {
            panic!("{form} is not refused: {details}");
        })
    };
    let juki = refused("juki-ido");
    assert_eq!(juki["code"], "character-missing");
    assert_eq!(juki["details"]["character"], "U+9089 U+E011E");
    assert_eq!(
        (&juki["details"]["person"], &juki["details"]["label"]),
        (&json!("p2"), &json!("氏名"))
    );
    refused("guide");
    let told = details.to_string();
    assert!(!told.contains("太郎") && !told.contains("葛"), "a name stands in an error: {told}");
}

#[test]
fn the_printer_receives_the_packet_byte_for_byte() {
    let terminal = Terminal::new();
    let Printer { printer, folder: _folder } = Printer::start();
    let out = terminal.place("out");
    let target = ["--out", text(&out), "--printer", &printer.uri()];
    let document = print(&terminal, &Household::of_public_servant(), &target).done();
    assert_eq!(document["job"]["state"], "completed", "{document}");
    assert!(document["job"]["id"].is_i64());
    let received = printer.received().unwrap();
    let [received] = received.as_slice() else { panic!("{received:?}") };
    assert!(fs::read(received).unwrap() == fs::read(out.join("packet.pdf")).unwrap());
    assert!(pdf::text(received).contains(&pdf::without_spaces(HANAKO)));
}

#[test]
fn papers_can_go_to_the_printer_without_ever_being_a_file() {
    let terminal = Terminal::new();
    let Printer { printer, folder: _folder } = Printer::start();
    let document =
        print(&terminal, &Household::of_public_servant(), &["--printer", &printer.uri()]).done();
    assert_eq!(
        (&document["packet"], &document["job"]["state"]),
        (&Value::Null, &json!("completed"))
    );
    let left: Vec<_> = crate::repository::files_below(terminal.folder())
        .into_iter()
        .filter(|file| !file.ends_with("facts.json"))
        .collect();
    assert!(left.is_empty(), "{left:?}");
}

#[test]
fn when_the_printer_cannot_be_reached_the_papers_stay_and_can_be_printed_again() {
    let terminal = Terminal::new();
    let Printer { mut printer, folder: _folder } = Printer::start();
    let out = terminal.place("out");
    let (household, uri) = (Household::of_public_servant(), printer.uri());
    let target = ["--out", text(&out), "--printer", &uri];

    printer.switch_off();
    print(&terminal, &household, &target).refused(3, "printer-unreachable");
    let kept = folder(&out);
    assert_eq!(kept.len(), 12, "{:?}", kept.keys());
    assert!(pdf::text(&out.join("packet.pdf")).contains(&pdf::without_spaces(HANAKO)));

    printer.switch_on().unwrap();
    let document = print(&terminal, &household, &target).done();
    assert_eq!(document["job"]["state"], "completed");
    assert!(folder(&out) == kept, "the papers have changed");
    assert!(fs::read(&printer.received().unwrap()[0]).unwrap() == kept["packet.pdf"]);
}

#[test]
fn an_address_that_is_none_of_a_printer_is_refused_before_a_paper_is_made() {
    let terminal = Terminal::new();
    let out = terminal.place("out");
    for address in ["http://localhost/ipp/print", "localhost", "ipp://", "file:///dev/lp0"] {
        let target = ["--out", text(&out), "--printer", address];
        print(&terminal, &Household::of_public_servant(), &target).refused(2, "printer-uri");
    }
    assert!(!out.exists());
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let terminal = Terminal::new();
    let file = terminal.write("out", "not a folder");
    let run = print(&terminal, &Household::of_public_servant(), &["--out", text(&file)]);
    run.refused(3, "file-not-written");
}
