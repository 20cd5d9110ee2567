//! Names that lead nowhere: procedures, offices, forms, sources, deadlines, things to bring, people of a test.

use std::collections::BTreeSet;

use super::scene::Scene;
use crate::finding::{Finding, Place};
use crate::near;
use crate::row::Row;

/// What a name should lead to.
struct Target<'a> {
    kind: &'static str,
    /// What it is called, in Japanese and English.
    called: (&'static str, &'static str),
    /// What to do, in Japanese and English.
    add: (&'static str, &'static str),
    known: BTreeSet<&'a str>,
}

impl Target<'_> {
    fn finding(&self, name: &str, place: &Place, column: &str) -> Option<Finding> {
        if self.known.contains(name) {
            return None;
        }
        let (hint, hint_en) = near::hint(name, self.known.iter().copied(), self.add);
        let (text, text_en) = if name.is_empty() {
            (
                format!("{}が書かれていません。", self.called.0),
                format!("No {} is named.", self.called.1),
            )
        } else {
            (
                format!("「{name}」という{}はありません。", self.called.0),
                format!("There is no {} \"{name}\".", self.called.1),
            )
        };
        Some(place.error(self.kind, column, text, &hint).english(text_en, hint_en))
    }
}

/// Every name that leads nowhere.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    procedures(scene, &mut findings);
    offices(scene, &mut findings);
    forms(scene, &mut findings);
    sources(scene, &mut findings);
    deadlines(scene, &mut findings);
    tests(scene, &mut findings);
    findings
}

fn procedure_names<'a>(scene: &Scene<'a>) -> Target<'a> {
    Target {
        kind: "unknown-procedure",
        called: ("手続き", "procedure"),
        add: ("procedures 表に行を加えてください", "add a row to the procedures sheet"),
        known: scene.cells("procedures", "id"),
    }
}

fn procedures(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    let target = procedure_names(scene);
    for sheet in ["rules", "deadlines", "bring", "fees", "papers"] {
        findings.extend(
            scene
                .rows(sheet)
                .iter()
                .filter_map(|row| target.finding(row.cell("procedure"), &row.place, "procedure")),
        );
    }
    for row in scene.rows("procedures") {
        let covering = row.cell("covered_by").split_whitespace();
        findings.extend(covering.filter_map(|name| target.finding(name, &row.place, "covered_by")));
    }
    for used in scene.uses() {
        let named =
            used.fact.strip_prefix("filed.").or_else(|| used.fact.strip_prefix("deadline."));
        findings.extend(
            named.and_then(|name| target.finding(name, &scene.used_at(used), &scene.column(used))),
        );
    }
    for row in scene.rows("tests") {
        let expected = row.cell("procedure").split_whitespace();
        findings.extend(expected.filter_map(|name| target.finding(name, &row.place, "procedure")));
        let covering = Some(row.cell("covered_by")).filter(|name| !name.is_empty() && *name != "-");
        findings.extend(covering.and_then(|name| target.finding(name, &row.place, "covered_by")));
        findings
            .extend(done_before(row).filter_map(|name| target.finding(name, &row.place, "given")));
    }
}

/// The procedures that a line of a test says were done before.
fn done_before(row: &Row) -> impl Iterator<Item = &str> {
    let lists =
        row.cell("given").split_whitespace().filter_map(|pair| pair.strip_prefix("already_done="));
    lists
        .filter(|list| !matches!(*list, "unknown" | "declined"))
        .flat_map(|list| list.split(','))
        .map(|done| done.split_once('@').map_or(done, |(procedure, _)| procedure))
}

fn offices(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    if !scene.is_town() {
        return;
    }
    let target = Target {
        kind: "unknown-office",
        called: ("窓口", "office"),
        add: ("offices 表に行を加えてください", "add a row to the offices sheet"),
        known: scene.cells("offices", "id"),
    };
    for row in scene.rows("procedures").iter().filter(|row| !row.cell("office").is_empty()) {
        findings.extend(target.finding(row.cell("office"), &row.place, "office"));
    }
}

fn forms(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    let target = Target {
        kind: "unknown-form",
        called: ("様式", "form"),
        add: ("forms フォルダーに様式を加えてください", "add the form to the forms folder"),
        known: scene.pack.forms.keys().map(String::as_str).collect(),
    };
    for row in scene.rows("papers") {
        findings.extend(target.finding(row.cell("form"), &row.place, "form"));
    }
}

fn sources(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    let target = Target {
        kind: "unknown-source",
        called: ("出典", "source"),
        add: ("sources 表に行を加えてください", "add a row to the sources sheet"),
        known: scene.cells("sources", "id"),
    };
    let citing = scene.rows("rules").iter().chain(scene.rows("follows"));
    for row in citing.filter(|row| !row.cell("source").is_empty()) {
        findings.extend(target.finding(row.cell("source"), &row.place, "source"));
    }
}

/// `deadline.P` of a procedure that has none. A base may leave its deadlines to the towns.
fn deadlines(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    if !scene.is_town() {
        return;
    }
    let target = Target {
        kind: "unknown-deadline",
        called: ("期限のある手続き", "procedure with a deadline"),
        add: (
            "deadlines 表にその手続きの行を加えてください",
            "add a row for that procedure to the deadlines sheet",
        ),
        known: scene.cells("deadlines", "procedure"),
    };
    for used in scene.uses() {
        let named = used.fact.strip_prefix("deadline.");
        let named = named.filter(|name| scene.pack.procedure(name).is_some());
        findings.extend(
            named.and_then(|name| target.finding(name, &scene.used_at(used), &scene.column(used))),
        );
    }
}

/// What tests expect of people and things that are not there.
fn tests(scene: &Scene<'_>, findings: &mut Vec<Finding>) {
    let items = Target {
        kind: "unknown-item",
        called: ("持ち物", "thing to bring"),
        add: ("bring 表に行を加えてください", "add a row to the bring sheet"),
        known: scene.cells("bring", "item"),
    };
    for row in scene.rows("tests") {
        let expected =
            row.cell("bring").split_whitespace().map(|item| item.trim_start_matches('!'));
        findings.extend(expected.filter_map(|item| items.finding(item, &row.place, "bring")));
        if row.cell("procedure").is_empty() || row.cell("person").is_empty() {
            continue;
        }
        // A test that cannot be read has a fault of its own.
        let test = scene.pack.tests.iter().find(|test| test.id == row.cell("test"));
        let Some(people) = test.and_then(|test| test.facts.get("people")?.as_array()) else {
            continue;
        };
        let people = Target {
            kind: "unknown-person",
            called: ("人", "person in this test"),
            add: (
                "このテストに、その人の行を加えてください",
                "add a line for that person to this test",
            ),
            known: people.iter().filter_map(|person| person.get("id")?.as_str()).collect(),
        };
        findings.extend(people.finding(row.cell("person"), &row.place, "person"));
    }
}
