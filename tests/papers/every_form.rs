//! Every form of the sample town for every household, whatever it needs: a form that is seldom due is looked at too.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use super::{HOUSEHOLDS, content, expected, pictures};
use crate::pdf;
use crate::repository::{compiled_pack, root};
use crate::terminal::{Terminal, text};

/// The sample pack, in which everybody needs every procedure that has a form.
fn pack(terminal: &Terminal) -> PathBuf {
    let mut pack: Value =
        serde_json::from_str(&fs::read_to_string(compiled_pack()).unwrap()).unwrap();
    let mut procedures = BTreeSet::new();
    for paper in pack["papers"].as_array_mut().unwrap() {
        procedures.insert(paper["procedure"].as_str().unwrap().to_owned());
        paper.as_object_mut().unwrap().remove("conditions");
    }
    let rules = pack["rules"].as_array_mut().unwrap();
    let mut always = rules[0].clone();
    always["conditions"] = json!([]);
    rules.retain(|rule| !procedures.contains(rule["procedure"].as_str().unwrap()));
    for procedure in &procedures {
        always["id"] = json!(format!("always-{procedure}"));
        always["procedure"] = json!(procedure);
        rules.push(always.clone());
    }
    for procedure in pack["procedures"].as_array_mut().unwrap() {
        procedure["covered_by"] = json!([]);
    }
    terminal.write("every-form.json", &pack.to_string())
}

fn look(household: &str) {
    let terminal = Terminal::new();
    let pack = pack(&terminal);
    let facts = root().join("tests/papers/households").join(household).with_extension("json");
    let out = terminal.place("out");
    let run = terminal.run(&[
        "print",
        "--pack",
        text(&pack),
        "--facts",
        text(&facts),
        "--out",
        text(&out),
    ]);
    let document = run.document(run.code.unwrap());
    assert!(
        document["error"]["code"].as_str().is_none_or(|code| code == "paper-refused"),
        "{document}"
    );
    // Some forms are for children or for movers only: they refuse whoever has no school year or no new address.
    let refused = document["error"]["details"]["refusals"].as_array().cloned().unwrap_or_default();
    for refusal in &refused {
        let code = refusal["code"].as_str().unwrap();
        assert!(["required-missing", "no-such-option"].contains(&code), "{refusal}");
    }
    let made = if refused.is_empty() { &document } else { &document["error"]["details"]["made"] };
    let facts: Value = serde_json::from_str(&fs::read_to_string(facts).unwrap()).unwrap();
    let sheets = ["fees", "counters", "guide", "check", "tenki"];
    let mut wrong = Vec::new();
    let mut papers = Vec::new();
    for paper in made["papers"].as_array().unwrap() {
        let form = paper["form"].as_str().unwrap().to_owned();
        if sheets.contains(&form.as_str()) {
            continue;
        }
        let people = paper["people"].as_array().unwrap().iter();
        let people: Vec<String> = people.map(|id| id.as_str().unwrap().to_owned()).collect();
        let file = out.join(paper["file"].as_str().unwrap());
        let found = pdf::text(&file);
        for value in expected::values(&form, &people, &facts) {
            if !found.contains(&pdf::without_spaces(&value)) {
                wrong.push(format!("{form} {people:?}: {value:?} is not in its text"));
            }
        }
        wrong.extend(content::missing_glyphs(&file));
        papers.push((form, people, file));
    }
    let mut forms: Vec<&String> = papers.iter().map(|(form, ..)| form).collect();
    forms.dedup();
    assert!(forms.len() > 20, "{forms:?} {refused:?}");
    // A form for each person is looked at for the first.
    papers.dedup_by(|one, before| one.0 == before.0);
    wrong.extend(pictures(&terminal, "golden/every-form", household, &papers));
    assert!(wrong.is_empty(), "{household}:\n{}", wrong.join("\n"));
}

macro_rules! households {
    ($($test:ident $index:literal),+ $(,)?) => {
        $(#[test] fn $test() { look(HOUSEHOLDS[$index]); })+
    };
}

households! {
    every_form_for_one_person 0,
    every_form_for_a_family_of_four 1,
    every_form_for_eight_people 2,
    every_form_with_the_longest_names_and_addresses 3,
    every_form_with_the_rarest_characters 4,
    every_form_for_a_foreign_couple 5,
    every_form_for_a_family_that_moves_within_the_city 6,
    every_form_for_a_family_that_moves_out 7,
    every_form_for_a_household_that_is_split 8,
    every_form_for_somebody_who_sends_an_agent 9,
}
