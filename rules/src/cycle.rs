//! Facts of a pack that need themselves: named conditions and last days in a circle.
//!
//! The check of packs refuses them. The engine treats them as facts nobody states, so that no pack, checked or
//! not, can keep it busy for ever.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression::{Expression, Term};
use crate::pack::{Condition, Operand, Pack};

/// The ids of facts that stand in a circle.
pub fn circular(pack: &Pack) -> BTreeSet<String> {
    let mut search = Search { needs: needs(pack), ..Search::default() };
    let starts: Vec<String> = search.needs.keys().cloned().collect();
    for start in starts {
        search.visit(&start);
    }
    search.circular
}

#[derive(Default)]
struct Search {
    /// What each fact that follows from others is read from.
    needs: BTreeMap<String, Vec<String>>,
    done: BTreeSet<String>,
    path: Vec<String>,
    circular: BTreeSet<String>,
}

impl Search {
    fn visit(&mut self, fact: &str) {
        if let Some(first) = self.path.iter().position(|on_path| on_path == fact) {
            self.circular.extend(self.path.iter().skip(first).cloned());
            return;
        }
        let Some(needs) = self.needs.get(fact).cloned() else { return };
        if !self.done.insert(fact.to_owned()) {
            return;
        }
        self.path.push(fact.to_owned());
        for need in needs {
            self.visit(&need);
        }
        self.path.pop();
    }
}

fn needs(pack: &Pack) -> BTreeMap<String, Vec<String>> {
    let mut needs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in &pack.derived {
        named(&row.expression, needs.entry(row.fact.clone()).or_default());
    }
    for row in &pack.deadlines {
        let read = needs.entry(format!("deadline.{}", row.procedure)).or_default();
        read.extend([&row.start, &row.fallback].into_iter().flatten().map(|day| day.fact.clone()));
        read.extend(row.dated.date_by.clone());
        row.conditions.iter().for_each(|condition| compared(condition, read));
    }
    needs
}

fn compared(condition: &Condition, read: &mut Vec<String>) {
    read.push(condition.fact.clone());
    if let Operand::Fact { fact, .. } = &condition.operand {
        read.push(fact.clone());
    }
}

fn named(expression: &Expression, read: &mut Vec<String>) {
    match expression {
        Expression::Constant(_) | Expression::Same(..) => {}
        Expression::Holds(one) | Expression::Among { term: one, .. } => term(one, read),
        Expression::Not(inner) | Expression::Members { body: inner, .. } => named(inner, read),
        Expression::All(list) | Expression::Any(list) => {
            list.iter().for_each(|one| named(one, read));
        }
        Expression::Compare { left, right, .. } => {
            term(left, read);
            term(right, read);
        }
    }
}

fn term(one: &Term, read: &mut Vec<String>) {
    match one {
        Term::Value(_) => {}
        Term::Fact { fact, .. } => read.push(fact.clone()),
        Term::Age { on, .. } => term(on, read),
    }
}
