//! The page that lists what the sample packs hold says what they hold, and its households come out as it says.

use std::fmt::Write;
use std::fs;

use serde_json::Value;

use crate::repository::{root, sample_pack};
use crate::terminal::{Terminal, text};

const PAGE: &str = "packs/README.md";

/// The households of the page, by the name of their facts file.
const HOUSEHOLDS: &[&str] = &["nepali-student", "single-one-card", "three-generations"];

fn page() -> String {
    fs::read_to_string(root().join(PAGE)).unwrap()
}

/// What stands on the page between the marks of `name`.
fn part(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("<!-- {name} -->\n")).expect(name);
    rest.split_once("<!-- end -->").expect("an end").0.to_owned()
}

/// Ids of a list, as one cell of a table.
fn ids<'a>(list: impl Iterator<Item = &'a str>) -> String {
    list.map(|id| format!("`{id}`")).collect::<Vec<_>>().join(" ")
}

fn determined(terminal: &Terminal, household: &str) -> Value {
    let facts = sample_pack().join("households").join(household).with_extension("json");
    terminal.run(&["determine", "--pack", text(&sample_pack()), "--facts", text(&facts)]).done()
}

#[test]
fn the_page_of_the_packs_shows_what_its_households_get() {
    let terminal = Terminal::new();
    for household in HOUSEHOLDS {
        let document = determined(&terminal, household);
        let mut table =
            String::from("| 手続き | だれ | | 期限 | 付記 | どこで |\n|---|---|---|---|---|---|\n");
        let shown =
            |decision: &&Value| decision["status"] != "not-needed" && decision["discreet"] != true;
        for decision in document["decisions"].as_array().unwrap().iter().filter(shown) {
            let people = decision["people"].as_array().unwrap();
            let who = people.iter().map(|id| id.as_str().unwrap()).collect::<Vec<_>>().join(" ");
            let cell = |name: &str| decision[name].as_str().unwrap_or("").to_owned();
            let covered = decision["covered_by"].as_str();
            writeln!(
                table,
                "| `{}` | {who} | {} | {} | {} | {} |",
                cell("procedure"),
                cell("status"),
                cell("deadline"),
                ids(covered.into_iter()),
                cell("done_at"),
            )
            .unwrap();
        }
        let undecided = document["decisions"].as_array().unwrap().iter().filter(shown);
        assert_eq!(undecided.filter(|decision| decision["status"] == "undecided").count(), 0);
        assert_eq!(part(&page(), household), table, "{household}");
    }
}

#[test]
fn the_page_of_the_packs_lists_every_procedure() {
    let terminal = Terminal::new();
    let compiled = terminal.place("pack.json");
    terminal.run(&["pack", "compile", text(&sample_pack()), text(&compiled)]).done();
    let pack: Value = serde_json::from_str(&fs::read_to_string(compiled).unwrap()).unwrap();
    let mut table =
        String::from("| id | 名前 | 単位 | みほん市では | 付記で済む届 |\n|---|---|---|---|---|\n");
    for procedure in pack["procedures"].as_array().unwrap() {
        let id = procedure["id"].as_str().unwrap();
        let name = pack["texts"]["ja"][format!("procedure.{id}")][0]["text"].as_str().unwrap();
        let covered = procedure["covered_by"].as_array().unwrap();
        writeln!(
            table,
            "| `{id}` | {name} | {} | {} | {} |",
            if procedure["scope"] == "person" { "人" } else { "世帯" },
            procedure["done_at"].as_str().unwrap(),
            ids(covered.iter().map(|id| id.as_str().unwrap())),
        )
        .unwrap();
    }
    assert_eq!(part(&page(), "procedures"), table);
}
