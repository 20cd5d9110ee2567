//! What no shared paper may say: discreet facts, and everything of a pack that follows from them.

use std::collections::BTreeSet;

use kakanai_rules::{Engine, FactSet, Sensitivity, Subject};

/// The discreet names of a pack.
pub(super) struct Discretion {
    facts: BTreeSet<String>,
    rules: BTreeSet<String>,
    items: BTreeSet<String>,
}

impl Discretion {
    /// Reads what is discreet out of a pack: the facts marked so, named conditions over them, and the rules and
    /// things to bring that depend on either. A row counts when it names one of them anywhere.
    pub fn of(engine: &Engine<'_>) -> Discretion {
        let pack = engine.pack();
        let mut facts: BTreeSet<String> = engine
            .vocabulary()
            .iter()
            .filter(|def| def.sensitivity == Sensitivity::Discreet)
            .map(|def| def.id.clone())
            .collect();
        loop {
            let more: Vec<String> = pack
                .derived
                .iter()
                .filter(|row| !facts.contains(&row.fact) && names_any(&row.expression, &facts))
                .map(|row| row.fact.clone())
                .collect();
            if more.is_empty() {
                break;
            }
            facts.extend(more);
        }
        let depends = |conditions: &[kakanai_rules::pack::Condition], expression: &Option<_>| {
            conditions.iter().any(|condition| facts.contains(&condition.fact))
                || names_any(expression, &facts)
        };
        let rules = pack.rules.iter().filter(|row| depends(&row.conditions, &row.expression));
        let items = pack.bring.iter().filter(|row| depends(&row.conditions, &row.expression));
        Discretion {
            rules: rules.map(|row| row.id.clone()).collect(),
            items: items.map(|row| format!("{} {}", row.procedure, row.item)).collect(),
            facts,
        }
    }

    /// Whether a fact is discreet.
    pub fn fact(&self, id: &str) -> bool {
        self.facts.contains(id)
    }

    /// Whether a rule's reason would tell a discreet fact.
    pub fn rule(&self, id: &str) -> bool {
        self.rules.contains(id)
    }

    /// Whether a thing to bring would tell one.
    pub fn item(&self, procedure: &str, item: &str) -> bool {
        self.items.contains(&format!("{procedure} {item}"))
    }

    /// The discreet facts that are known, in the order of their ids.
    pub fn known(&self, facts: &FactSet, subject: &Subject) -> Vec<String> {
        facts.known(subject).filter(|fact| self.fact(fact)).map(str::to_owned).collect()
    }
}

/// Whether an expression names one of these facts; one that cannot be read names all of them.
fn names_any(expression: &impl serde::Serialize, facts: &BTreeSet<String>) -> bool {
    match serde_json::to_string(expression) {
        Ok(text) => facts.iter().any(|fact| text.contains(fact.as_str())),
        Err(_) => true,
    }
}
