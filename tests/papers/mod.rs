//! Ten households with everything they print: each text exact, each glyph there, each page as it was looked at.
//!
//! `KAKANAI_GOLDEN=write cargo nextest run -p kakanai-tests papers` draws the pictures anew; look at every changed one before
//! committing it.

mod content;
mod every_form;
mod expected;
mod picture;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::pdf;
use crate::repository::{compiled_pack, root};
use crate::terminal::{Terminal, text};

/// The papers of one household.
struct Printed {
    /// The facts file.
    facts: Value,
    /// Form, people and file of every single paper.
    papers: Vec<(String, Vec<String>, PathBuf)>,
    packet: PathBuf,
}

fn print(terminal: &Terminal, household: &str) -> Printed {
    let file = root().join("tests/papers/households").join(household).with_extension("json");
    let out = terminal.place(household);
    let pack = text(compiled_pack());
    let run = ["print", "--pack", pack, "--facts", text(&file), "--out", text(&out)];
    let document = terminal.run(&run).done();
    let papers = document["papers"].as_array().unwrap();
    let papers = papers.iter().map(|paper| {
        let people = paper["people"].as_array().unwrap().iter();
        (
            paper["form"].as_str().unwrap().to_owned(),
            people.map(|id| id.as_str().unwrap().to_owned()).collect(),
            out.join(paper["file"].as_str().unwrap()),
        )
    });
    Printed {
        facts: serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap(),
        papers: papers.collect(),
        packet: out.join("packet.pdf"),
    }
}

fn look(household: &str) {
    let terminal = Terminal::new();
    let printed = print(&terminal, household);
    assert!(!printed.papers.is_empty());
    let mut wrong = Vec::new();
    for (form, people, file) in &printed.papers {
        let found = pdf::text(file);
        for value in expected::values(form, people, &printed.facts) {
            if !found.contains(&pdf::without_spaces(&value)) {
                wrong.push(format!("{form} {people:?}: {value:?} is not in its text"));
            }
        }
        wrong.extend(content::missing_glyphs(file));
    }
    wrong.extend(content::missing_glyphs(&printed.packet));
    wrong.extend(content::fonts_not_embedded(&printed.packet));
    // The office's long lists are looked at for one household; their texts are compared for all.
    let pictured = |(form, ..): &(String, Vec<String>, PathBuf)| {
        household == HOUSEHOLDS[1] || !["check", "tenki"].contains(&form.as_str())
    };
    let papers: Vec<_> = printed.papers.into_iter().filter(pictured).collect();
    wrong.extend(pictures(&terminal, "golden/packets", household, &papers));
    assert!(wrong.is_empty(), "{household}:\n{}", wrong.join("\n"));
}

/// Compares every page with the picture that was looked at.
fn pictures(
    terminal: &Terminal,
    folder: &str,
    household: &str,
    papers: &[(String, Vec<String>, PathBuf)],
) -> Vec<String> {
    let golden = root().join("tests/papers").join(folder).join(household);
    let write = std::env::var("KAKANAI_GOLDEN").is_ok_and(|value| value == "write");
    if write {
        let _ = fs::remove_dir_all(&golden);
        fs::create_dir_all(&golden).unwrap();
    }
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, _, file) in papers {
        for (number, page) in (1..).zip(picture::pages(file, &terminal.temporary())) {
            let name = format!("{}-{number}.png", file.file_stem().unwrap().to_str().unwrap());
            let reviewed = golden.join(&name);
            if write {
                page.write(&reviewed);
            }
            match picture::Picture::read(&reviewed) {
                None => wrong.push(format!("{name}: nobody has looked at this page yet")),
                Some(reviewed) => {
                    wrong.extend(page.differs(&reviewed).map(|by| format!("{name}: {by}")))
                }
            }
            seen.insert(name);
        }
    }
    for entry in fs::read_dir(&golden).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !seen.contains(&name) {
            wrong.push(format!("{name}: this page is no longer printed"));
        }
    }
    wrong
}

#[test]
fn every_household_of_the_folder_is_looked_at() {
    let folder = root().join("tests/papers/households");
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            Path::new(&entry.unwrap().file_name()).file_stem().unwrap().to_str().unwrap().to_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, HOUSEHOLDS);
}

const HOUSEHOLDS: [&str; 10] = [
    "01-one-person",
    "02-family-of-four",
    "03-eight-people",
    "04-longest",
    "05-rare-characters",
    "06-foreign-couple",
    "07-moving-within",
    "08-moving-out",
    "09-household-split",
    "10-certificates-by-agent",
];

macro_rules! households {
    ($($test:ident $index:literal),+ $(,)?) => {
        $(#[test] fn $test() { look(HOUSEHOLDS[$index]); })+
    };
}

households! {
    one_person_moves_in 0,
    a_family_of_four_moves_in 1,
    eight_people_move_in 2,
    the_longest_names_and_addresses_move_in 3,
    the_rarest_characters_move_in 4,
    a_foreign_couple_moves_in_from_abroad 5,
    a_family_moves_within_the_city 6,
    a_family_moves_out 7,
    a_household_is_split 8,
    an_agent_asks_for_certificates 9,
}
