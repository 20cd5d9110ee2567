//! `case settle`: what happens to characters that no font has.

use serde_json::{Value, json};

use crate::case::{ACCOUNT, CASE, PASSPHRASE};
use crate::household::{HANAKO, Household, UNPRINTABLE};
use crate::pdf;
use crate::repository::compiled_pack;
use crate::terminal::{Run, Terminal, text};

/// A case with a child whose name no font can draw.
struct Desk {
    terminal: Terminal,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { terminal: Terminal::new() };
        let household = Household::of_public_servant().with_child_named(UNPRINTABLE);
        let facts = desk.terminal.write("facts.json", &household.file());
        desk.case(&["new", "--facts", text(&facts)]).done();
        desk
    }

    fn case(&self, arguments: &[&str]) -> Run {
        let store = self.terminal.place("store");
        let opening = ["--passphrase-stdin", "--account", ACCOUNT, "--store", text(&store)];
        let pack = ["--pack", text(compiled_pack())];
        let arguments = [&["case"], arguments, &opening, &pack].concat();
        self.terminal.run_with(&arguments, &format!("{PASSPHRASE}\n"))
    }

    fn settle(&self, form: &str, field: &str, person: &str, choice: &[&str]) -> Run {
        let place = ["settle", CASE, "--form", form, "--field", field, "--person", person];
        self.case(&[&place, choice].concat())
    }

    /// The places that the papers are refused for.
    fn refused(&self) -> Vec<(String, String)> {
        let out = self.terminal.place("out");
        let details = self.case(&["print", CASE, "--out", text(&out)]).refused(1, "paper-refused");
        let name =
            |refusal: &Value, detail: &str| refusal["details"][detail].as_str().unwrap().to_owned();
        let refusals = details["refusals"].as_array().unwrap();
        refusals.iter().map(|refusal| (name(refusal, "form"), name(refusal, "field"))).collect()
    }

    fn printed(&self) -> String {
        let out = self.terminal.place("out");
        self.case(&["print", CASE, "--out", text(&out)]).done();
        pdf::text(&out.join("packet.pdf"))
    }

    /// Settles every place that is refused, the sheets last.
    fn settle_all(&self, choice: &[&str]) {
        for (form, field) in self.refused() {
            self.settle(&form, &field, "p2", choice).done();
        }
    }
}

#[test]
fn nothing_is_chosen_by_default_and_each_choice_prints_what_it_says() {
    let desk = Desk::new();
    let (_, field) = desk.refused().into_iter().find(|(form, _)| form == "juki-ido").unwrap();

    desk.settle_all(&["--by-hand"]);
    let by_hand = desk.printed();
    assert!(by_hand.contains("（手書き）") && by_hand.contains(&pdf::without_spaces(HANAKO)));
    assert!(!by_hand.contains("見本邉"), "nothing stands in for the name");

    desk.settle("juki-ido", &field, "p2", &["--base-form"]).done();
    let base_form = desk.printed();
    assert!(base_form.contains("見本邉太郎"), "{base_form}");
    assert!(!base_form.contains('\u{E011E}'), "the paper claims no form that it does not show");

    desk.settle("juki-ido", &field, "p2", &["--substitute", "見本　タロウ"]).done();
    assert!(desk.printed().contains("見本タロウ"));

    desk.settle("juki-ido", &field, "p2", &["--not-printed"]).done();
    let document = {
        let out = desk.terminal.place("out");
        desk.case(&["print", CASE, "--out", text(&out)]).done()
    };
    let forms: Vec<&Value> =
        document["papers"].as_array().unwrap().iter().map(|paper| &paper["form"]).collect();
    assert!(!forms.contains(&&json!("juki-ido")), "{document}");
    assert!(forms.contains(&&json!("guide")), "{document}");
}

#[test]
fn a_choice_is_void_once_the_value_changes() {
    let desk = Desk::new();
    desk.settle_all(&["--base-form"]);
    desk.printed();
    let other = format!("name={UNPRINTABLE}子");
    desk.case(&["answer", CASE, &other, "--person", "p2"]).done();
    assert!(desk.refused().iter().any(|(form, _)| form == "juki-ido"), "it was for another name");
    desk.case(&["undo", CASE]).done();
    desk.printed();
}

#[test]
fn what_cannot_be_printed_either_is_no_choice() {
    let desk = Desk::new();
    let (form, field) = desk.refused().into_iter().find(|(form, _)| form == "juki-ido").unwrap();
    let settle = |choice: &[&str]| desk.settle(&form, &field, "p2", choice);
    let details = settle(&["--substitute", UNPRINTABLE]).refused(1, "substitute-missing");
    assert_eq!(details["character"], "U+9089 U+E011E");
    settle(&["--substitute", " "]).refused(2, "substitute-form");
    settle(&["--substitute", "見本\n太郎"]).refused(2, "substitute-form");
    desk.settle(&form, &field, "p1", &["--by-hand"]).refused(2, "nothing-to-settle");
    desk.settle(&form, "no-such-field", "p2", &["--by-hand"]).refused(2, "nothing-to-settle");
    settle(&[]).refused(2, "usage");
    settle(&["--by-hand", "--base-form"]).refused(2, "usage");
    let private = Household::of_public_servant().with_child_named("見本　\u{E000}太郎");
    let facts = desk.terminal.write("facts.json", &private.file());
    desk.case(&["add", CASE, "--facts", text(&facts)]).done();
    settle(&["--base-form"]).refused(1, "no-base-form");
    settle(&["--by-hand"]).done();
    desk.case(&["close", CASE]).done();
    settle(&["--by-hand"]).refused(1, "case-closed");
}
