//! Circles: rows that need each other before either can be decided.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::Scene;
use super::uses::of_expression;
use crate::finding::{Finding, Place};

/// What leads from one name to another, and where that is written.
struct Edge<'a> {
    to: String,
    place: (&'static str, &'a str, &'static str),
}

type Graph<'a> = BTreeMap<String, Vec<Edge<'a>>>;

/// Every circle, told once, at the row that begins it in the order of names.
pub fn check(scene: &Scene<'_>) -> Vec<Finding> {
    [decided(scene), covered(scene), gated(scene)]
        .iter()
        .flat_map(|graph| circles(scene, graph))
        .collect()
}

/// Named conditions, what follows from answers, and last days, each by what it depends on.
fn decided<'a>(scene: &Scene<'a>) -> Graph<'a> {
    let pack = scene.pack;
    let mut graph = Graph::new();
    for row in &pack.derived {
        let edges = of_expression(&row.expression)
            .into_iter()
            .map(|to| Edge { to, place: ("facts", &row.fact, "expression") });
        graph.entry(row.fact.clone()).or_default().extend(edges);
    }
    for used in scene.uses().iter().filter(|used| used.sheet == "follows") {
        let Some(row) = pack.follows.iter().find(|row| row.id == used.id) else { continue };
        let edge = Edge { to: used.fact.clone(), place: ("follows", used.id, "") };
        graph.entry(row.fact.clone()).or_default().push(edge);
    }
    for used in scene.uses().iter().filter(|used| used.sheet == "deadlines") {
        let Some(row) = pack.deadlines.iter().find(|row| row.id == used.id) else { continue };
        let edge = Edge { to: used.fact.clone(), place: ("deadlines", used.id, "") };
        graph.entry(format!("deadline.{}", row.procedure)).or_default().push(edge);
    }
    graph
}

/// Procedures by those whose notice stands for them.
fn covered<'a>(scene: &Scene<'a>) -> Graph<'a> {
    let edges = scene.pack.procedures.iter().map(|row| {
        let covering = row.covered_by.iter().map(|to| Edge {
            to: to.clone(),
            place: ("procedures", row.id.as_str(), "covered_by"),
        });
        (row.id.clone(), covering.collect())
    });
    edges.collect()
}

/// Gates by the facts they spare, which may be gates themselves.
fn gated<'a>(scene: &Scene<'a>) -> Graph<'a> {
    let mut graph = Graph::new();
    for row in &scene.pack.gates {
        let edge = Edge { to: row.fact.clone(), place: ("gates", &row.id, "fact") };
        graph.entry(row.gate.clone()).or_default().push(edge);
    }
    graph
}

fn circles(scene: &Scene<'_>, graph: &Graph<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for start in graph.keys().map(String::as_str) {
        if told.contains(start) {
            continue;
        }
        let Some(path) = way_back(graph, start) else { continue };
        told.extend(path.iter().copied());
        let second = path.get(1).copied().unwrap_or(start);
        let edge = graph.get(start).and_then(|edges| edges.iter().find(|edge| edge.to == second));
        findings.extend(edge.map(|edge| finding(scene, edge, &path)));
    }
    findings
}

/// The shortest way from `start` back to it: the names on it, `start` first.
fn way_back<'a>(graph: &'a Graph<'_>, start: &'a str) -> Option<Vec<&'a str>> {
    let mut came_from: BTreeMap<&str, &str> = BTreeMap::new();
    let mut ahead = std::collections::VecDeque::from([start]);
    while let Some(here) = ahead.pop_front() {
        for edge in graph.get(here).into_iter().flatten() {
            if edge.to == start {
                let mut path = vec![here];
                while let Some(before) = path.last().and_then(|last| came_from.get(last)) {
                    path.push(before);
                }
                path.reverse();
                return Some(path);
            }
            if !came_from.contains_key(edge.to.as_str()) {
                came_from.insert(&edge.to, here);
                ahead.push_back(&edge.to);
            }
        }
    }
    None
}

fn finding(scene: &Scene<'_>, edge: &Edge<'_>, path: &[&str]) -> Finding {
    let (sheet, id, column) = edge.place;
    let used = scene
        .uses()
        .iter()
        .find(|used| used.sheet == sheet && used.id == id && used.fact == edge.to);
    let (place, column): (Place, String) = match used {
        Some(used) if column.is_empty() => (scene.used_at(used), scene.column(used)),
        _ => (scene.place(sheet, id), column.to_owned()),
    };
    let way = path.iter().chain(path.first()).copied().collect::<Vec<_>>().join(" → ");
    place
        .error(
            "cycle",
            &column,
            format!("堂々巡りです: {way}"),
            "この中のどれか一つを、ほかから決まるように書き換えてください。",
        )
        .english(
            format!("These go round in a circle: {way}"),
            "Rewrite one of them so that it does not depend on the others.",
        )
}
