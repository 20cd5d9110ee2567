//! A municipality's own PDF under a form: the manual followed to the letter with a PDF of another program, and
//! every kind of file that must not get in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::pdf;
use crate::picture::{Picture, drawn, words};
use crate::repository::{copy_folder, root};
use crate::terminal::{Run, Terminal, finished, program, start, text};

const FORM: &str = "bosai-radio";

/// A terminal with a copy of all packs.
struct Desk {
    terminal: Terminal,
}

impl Desk {
    fn new() -> Self {
        let terminal = Terminal::new();
        copy_folder(&root().join("packs"), &terminal.place("packs"));
        Self { terminal }
    }

    fn folder(&self, form: &str) -> PathBuf {
        self.terminal.place("packs/mihon-city/forms").join(form)
    }

    /// A PDF of `tests/blank.py`.
    fn pdf(&self, kind: &str, name: &str) -> PathBuf {
        let file = self.terminal.place(name);
        // Debian's own: reportlab is a package of it.
        let made = Command::new("/usr/bin/python3")
            .arg(root().join("tests/blank.py"))
            .args([kind, text(&file)])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&made.stderr);
        assert!(made.status.success(), "package python3-reportlab is needed: {said}");
        file
    }

    /// A form on A4 with nothing on it but its page.
    fn form(&self, id: &str, orientation: &str) {
        let folder = self.folder(id);
        fs::create_dir_all(&folder).unwrap();
        let head = format!(
            "format = 1\nid = \"{id}\"\ntitle = \"{id}\"\nissuer = \"みほん市長\"\nversion = 1\n\
             valid_from = \"2026-04-01\"\nlaw = \"-\"\nscope = \"person\"\npaper = \"A4\"\n\
             orientation = \"{orientation}\" # 向き\n\nfield = []\n"
        );
        fs::write(folder.join("form.toml"), head).unwrap();
    }

    fn put(&self, form: &str, file: &Path, more: &[&str]) -> Run {
        let mut arguments = vec!["pack", "blank", "packs/mihon-city", form, text(file)];
        arguments.extend(more);
        self.terminal.run(&arguments)
    }

    fn proof(&self, form: &str) -> PathBuf {
        let out = self.terminal.place(&format!("{form}-proof.pdf"));
        self.terminal.run(&["pack", "proof", "packs/mihon-city", form, "--out", text(&out)]).done();
        out
    }
}

fn qpdf(arguments: &[&str]) -> String {
    let run = Command::new("qpdf").args(arguments).output().expect("qpdf is needed");
    let told = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{arguments:?}: {told}{}", String::from_utf8_lossy(&run.stderr));
    told
}

/// Every file of a folder with what it holds.
fn held(folder: &Path) -> BTreeSet<(String, Vec<u8>)> {
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// The corner marks that `tests/blank.py` draws: black inside, white a millimetre outside.
fn corners_are_in_place(page: &Picture, width: f32, height: f32) {
    for x in [10.0, width - 15.0] {
        for y in [10.0, height - 15.0] {
            for (across, down, black) in [
                (2.5, 2.5, true),
                (0.4, 0.4, true),
                (4.6, 4.6, true),
                (-0.6, 2.5, false),
                (5.6, 2.5, false),
                (2.5, -0.6, false),
                (2.5, 5.6, false),
            ] {
                let dark = page.is_dark(x + across, y + down);
                assert_eq!(dark, black, "corner {x} {y}, at {across} {down}");
            }
        }
    }
}

/// A step of the manual: what stands after the three backquotes, and the lines.
fn steps(page: &str) -> Vec<(String, String)> {
    let parts = page.split("\n```").skip(1).step_by(2);
    let step = |part: &str| {
        let (label, lines) = part.split_once('\n').unwrap_or((part, ""));
        let end = if lines.is_empty() { "" } else { "\n" };
        (label.to_owned(), format!("{lines}{end}"))
    };
    parts.map(step).collect()
}

/// Runs a line of the manual, as it stands there.
fn typed(terminal: &Terminal, line: &str, more: &[&str]) -> Run {
    let words: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(words[0], "kakanai");
    let mut command = Command::new(program());
    command.args(more).args(&words[1..]);
    finished(start(terminal.surround(command), ""))
}

#[test]
fn a_form_of_the_municipality_is_put_under_the_values_as_the_manual_says() {
    let desk = Desk::new();
    let terminal = &desk.terminal;
    desk.pdf("form", "防災ラジオ借用申込書.pdf");
    let pack = terminal.place("packs/mihon-city");
    let page = fs::read_to_string(root().join("docs/manual/blank-pdf.ja.md")).unwrap();
    let mut said = String::new();
    let mut commands = 0;
    for (label, lines) in steps(&page) {
        match label.split_once(' ') {
            Some(("csv", sheet)) => {
                let file = pack.join(sheet);
                fs::write(&file, fs::read_to_string(&file).unwrap() + &lines).unwrap();
            }
            Some((_, file)) if file.contains('/') => {
                let file = pack.join(file);
                fs::create_dir_all(file.parent().unwrap()).unwrap();
                fs::write(file, lines).unwrap();
            }
            Some(("toml", "field")) => {
                let file = desk.folder(FORM).join("form.toml");
                let form = fs::read_to_string(&file).unwrap();
                assert_eq!(form.matches("field = []\n").count(), 1);
                fs::write(file, form.replace("field = []\n", &lines)).unwrap();
            }
            None if label.is_empty() => {
                let run = typed(terminal, lines.trim_end(), &[]);
                said = String::from_utf8(run.stdout).unwrap();
                assert_eq!(run.code, Some(0), "{lines}{said}{}", run.stderr);
                commands += 1;
            }
            // The state of the translations stands under the findings.
            None => {
                let found = said.lines().filter(|line| !line.starts_with("翻訳 "));
                assert_eq!(found.collect::<Vec<_>>().join("\n"), lines.trim_end(), "{label}");
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(commands, 4);

    let printed = terminal.place("見本/bosai-radio.pdf");
    let picture = drawn(&printed, 1);
    corners_are_in_place(&picture, 210.0, 297.0);
    let read = pdf::text(&printed);
    for expected in ["防災ラジオ借用申込書", "フリガナ", "見本太郎"] {
        assert!(read.contains(expected), "{expected} in {read}");
    }
    // Not a trace of who made the page.
    let blank = desk.folder(FORM).join("blank.pdf");
    assert!(!qpdf(&["--qdf", "--object-streams=disable", text(&blank), "-"]).contains("/Author"));
    let name = words(&printed, 1).into_iter().find(|word| word.text.contains("太郎")).unwrap();
    assert!(name.lies_in([50.0, 68.0, 112.0, 14.0]), "{name:?}");

    // The proof: outlines on the first page, the longest values on the second, in the boxes of the page's fields.
    let proof = terminal.place("校正.pdf");
    corners_are_in_place(&drawn(&proof, 1), 210.0, 297.0);
    let ids: BTreeSet<String> = words(&proof, 1).into_iter().map(|word| word.text).collect();
    for id in ["today", "kana", "name", "address", "phone", "signature"] {
        assert!(ids.contains(id), "{id} in {ids:?}");
    }
    let filled = words(&proof, 2);
    let word = |part: &str| filled.iter().find(|word| word.text.contains(part)).unwrap();
    assert!(word("髙﨑𠮷之助").lies_in([50.0, 68.0, 112.0, 14.0]));
    assert!(word("000-0000-0000").lies_in([51.0, 98.0, 58.0, 10.0]));
    assert!(word("葛󠄀城").lies_in([50.0, 82.0, 112.0, 16.0]));
    // One character in each cell of seven millimetres.
    let page_two = drawn(&proof, 2);
    for cell in 0..14_u8 {
        let left = 50.0 + 7.0 * f32::from(cell);
        let ink = page_two.ink([left + 0.6, 60.8, 5.8, 6.4]);
        assert_eq!(ink > 0, cell != 4, "cell {cell}: {ink}");
    }
    assert_eq!(page_two.ink([51.0, 131.0, 110.0, 14.0]), 0, "nothing prints where somebody signs");
}

#[test]
fn a_turned_page_cut_out_of_a_larger_sheet_lies_as_the_eye_sees_it() {
    let desk = Desk::new();
    let file = desk.pdf("turned", "turned.pdf");
    desk.form("turned", "landscape");
    let put = desk.put("turned", &file, &[]).done();
    assert_eq!(put["warnings"], serde_json::json!([]), "{put}");
    assert_eq!(put["size"], serde_json::json!([297.0, 210.0]));
    let field = &put["fields"][0];
    assert_eq!(field["name"], "氏名");
    let area: Vec<f64> =
        field["box"].as_array().unwrap().iter().map(|side| side.as_f64().unwrap()).collect();
    for (found, drawn) in area.iter().zip([60.0, 50.0, 120.0, 14.0]) {
        assert!((found - drawn).abs() < 0.02, "{area:?}");
    }
    let form = fs::read_to_string(desk.folder("turned").join("form.toml")).unwrap();
    assert!(form.contains("orientation = \"landscape\" # 向き\nblank = { page = 1, "), "{form}");
    let proof = desk.proof("turned");
    corners_are_in_place(&drawn(&proof, 1), 297.0, 210.0);
    assert!(pdf::text(&proof).contains("横向きの申込書"));
}

#[test]
fn the_screen_shows_the_page_that_the_printer_prints() {
    let desk = Desk::new();
    for (kind, orientation) in [("form", "portrait"), ("turned", "landscape")] {
        let file = desk.pdf(kind, "page.pdf");
        desk.form(kind, orientation);
        desk.put(kind, &file, &[]).done();
        let shown = Picture::of_png(&desk.folder(kind).join("blank.png"));
        let printed = Picture::of_pdf(&desk.folder(kind).join("blank.pdf"), 1, 150);
        let difference = shown.difference(&printed);
        assert!(difference < 2.0, "{kind}: {difference} of 255 in the mean");
    }
}

#[test]
fn the_same_page_gives_the_same_bytes_and_once_cleaned_stays_as_it_is() {
    let desk = Desk::new();
    desk.form("one", "portrait");
    desk.form("two", "portrait");
    let file = desk.pdf("form", "form.pdf");
    let first = desk.put("one", &file, &[]).done();
    assert_eq!(desk.put("two", &file, &[]).done()["sha256"], first["sha256"]);
    let second = desk.put("two", &file, &["--page", "2"]).done();
    assert_ne!(second["sha256"], first["sha256"]);
    assert_eq!(second["fields"], serde_json::json!([]));
    assert!(pdf::text(&desk.folder("two").join("blank.pdf")).contains("借りるときの約束"));
}

#[test]
fn a_page_under_several_sheets_is_in_the_file_once() {
    let desk = Desk::new();
    desk.put("juki-ido", &desk.pdf("form", "form.pdf"), &[]).done();
    let proof = desk.proof("juki-ido");
    qpdf(&["--check", text(&proof)]);
    let inside = qpdf(&["--qdf", "--object-streams=disable", text(&proof), "-"]);
    assert_eq!(inside.matches("/FormType 1").count(), 1);
    // Outlines, first sheet, continuation sheet.
    assert_eq!(inside.matches("/Bg0 Do Q\nq\n").count(), 3);
    assert_eq!(fs::read(desk.proof("juki-ido")).unwrap(), fs::read(&proof).unwrap());
}

#[test]
fn of_a_page_only_what_it_draws_is_kept() {
    let desk = Desk::new();
    desk.form("busy", "portrait");
    let put = desk.put("busy", &desk.pdf("busy", "busy.pdf"), &[]).done();
    let kinds: Vec<&str> =
        put["warnings"].as_array().unwrap().iter().map(|w| w["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["font-not-embedded", "hidden-layers", "xfa", "notes-dropped"]);
    let blank = desk.folder("busy").join("blank.pdf");
    qpdf(&["--check", text(&blank)]);
    let inside = qpdf(&["--qdf", "--object-streams=disable", text(&blank), "-"]);
    for foreign in [
        "JavaScript",
        "/JS",
        "app.alert",
        "/AA",
        "/Annot",
        "/AcroForm",
        "secret",
        "/Metadata",
        "/URI",
        "/Filespec",
        "/OpenAction",
        "/Names",
        "/OCG",
        "/Info",
        "/PieceInfo",
        "/Author",
    ] {
        assert!(!inside.contains(foreign), "{foreign}");
    }
    assert!(inside.contains("(kept) Tj"));
    // The content has one Q too many and two q too many: nothing of it may reach what is drawn over it.
    let proof = desk.proof("busy");
    assert!(Picture::of_pdf(&proof, 1, 127).is_dark(15.0, 15.0));
}

#[test]
fn what_is_odd_about_a_page_is_said_and_the_page_is_taken() {
    let desk = Desk::new();
    desk.form("odd", "portrait");
    let foreign = desk.put("odd", &desk.pdf("foreign_font", "font.pdf"), &[]).done();
    assert_eq!(
        foreign["warnings"],
        serde_json::json!([
            {"kind": "font-not-embedded", "fonts": ["HeiseiMin-W3"]},
            {"kind": "size-differs", "page": [148, 210], "paper": [210, 297]},
        ])
    );
    let honest = desk.pdf("form", "form.pdf");
    let locked = desk.terminal.place("locked.pdf");
    for strength in ["128", "256"] {
        let args =
            ["--allow-weak-crypto", "--encrypt", "", "owner", strength, "--modify=none", "--"];
        qpdf(&[&args[..], &[text(&honest), text(&locked)]].concat());
        let put = desk.put("odd", &locked, &[]).done();
        assert_eq!(put["warnings"], serde_json::json!([{"kind": "owner-locked"}]), "{strength}");
        let read = pdf::text(&desk.folder("odd").join("blank.pdf"));
        assert!(read.contains("防災ラジオ借用申込書"), "{read}");
    }
}

#[test]
fn a_file_that_must_not_get_in_is_refused_in_plain_words_and_changes_nothing() {
    let desk = Desk::new();
    desk.form("safe", "portrait");
    let folder = desk.folder("safe");
    let honest = desk.pdf("form", "form.pdf");
    desk.put("safe", &honest, &[]).done();
    let before = held(&folder);
    assert_eq!(before.len(), 4);
    let secret = desk.terminal.place("secret.pdf");
    qpdf(&["--encrypt", "user", "owner", "256", "--", text(&honest), text(&secret)]);
    let bytes = fs::read(&honest).unwrap();
    let short = desk.terminal.place("short.pdf");
    fs::write(&short, &bytes[..bytes.len() * 2 / 3]).unwrap();
    let word = desk.terminal.place("word.pdf");
    fs::write(&word, b"PK\x03\x04 this is a Word file by another name").unwrap();
    let empty = desk.terminal.place("empty.pdf");
    fs::write(&empty, b"").unwrap();
    let mut cases = vec![
        (secret, "blank-encrypted"),
        (short, "blank-damaged"),
        (word, "blank-not-pdf"),
        (empty, "blank-not-pdf"),
        (desk.terminal.place("nowhere.pdf"), "blank-unreadable"),
        (desk.terminal.place("packs"), "blank-unreadable"),
    ];
    for (kind, code) in [
        ("deep_tree", "blank-too-large"),
        ("wide_tree", "blank-no-page"),
        ("looped_tree", "blank-no-page"),
        ("many_pages", "blank-too-large"),
        ("content_bomb", "blank-too-large"),
        ("picture_bomb", "blank-too-large"),
        ("huge_picture", "blank-too-large"),
        ("no_paper", "blank-page-size"),
    ] {
        cases.push((desk.pdf(kind, &format!("{kind}.pdf")), code));
    }
    for (file, code) in cases {
        let started = Instant::now();
        let page = if file.ends_with("wide_tree.pdf") { "2" } else { "1" };
        desk.put("safe", &file, &["--page", page]).refused(2, code);
        assert!(started.elapsed() < Duration::from_secs(30), "{code} took too long");
        assert_eq!(held(&folder), before, "{}", file.display());
    }
    desk.put("safe", &honest, &["--page", "3"]).refused(2, "blank-no-page");
    for form in ["nowhere", "../safe", ""] {
        desk.put(form, &honest, &[]).refused(2, "form-unknown");
    }
    assert_eq!(held(&folder), before);
    assert!(fs::read_dir(desk.terminal.temporary()).unwrap().next().is_none());
}

#[test]
fn a_pack_whose_page_is_gone_or_another_is_not_used() {
    let desk = Desk::new();
    let file = desk.pdf("form", "form.pdf");
    desk.put("juki-ido", &file, &[]).done();
    let compiled = desk.terminal.place("pack.json");
    let compile = ["pack", "compile", "packs/mihon-city", text(&compiled)];
    desk.terminal.run(&compile).done();
    let pack: Value = serde_json::from_slice(&fs::read(&compiled).unwrap()).unwrap();
    let sha256 = pack["blanks"].as_object().unwrap().keys().next().unwrap().clone();
    let questions = |pack: &Value| {
        let broken = desk.terminal.write("broken.json", &pack.to_string());
        let household = "packs/mihon-city/households/single-one-card.json";
        desk.terminal.run(&["questions", "--pack", text(&broken), "--facts", household])
    };
    questions(&pack).done();
    let mut gone = pack.clone();
    gone["blanks"].as_object_mut().unwrap().remove(&sha256);
    questions(&gone).refused(2, "pack-syntax");
    let mut other = pack.clone();
    other["blanks"][&sha256]["page"] = "JVBERi0xLjcK".into();
    questions(&other).refused(2, "pack-syntax");

    let blank = desk.folder("juki-ido").join("blank.pdf");
    let kept = fs::read(&blank).unwrap();
    fs::write(&blank, [kept.as_slice(), b"\n"].concat()).unwrap();
    let details = desk.terminal.run(&compile).refused(2, "pack-invalid");
    assert_eq!(details["file"], "mihon-city/forms/juki-ido/form.toml", "{details}");
    fs::remove_file(&blank).unwrap();
    desk.terminal.run(&compile).refused(2, "pack-invalid");
}
