//! The same decisions for `zen-engine`: one decision table for the household, one for each person.
//!
//! A row of ours is a row of the table (hit policy `collect`), so one evaluation decides every procedure. Two
//! layouts are tried, the faster one counts: the event as a column of its own, which the engine indexes, with
//! everything else in one free cell; and a column for every fact of the case and the person, all indexed.

use std::collections::BTreeMap;
use std::error::Error;

use jiff::civil::Date;
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Condition, Effect, Op, Operand, Pack, RuleRow, Scope};
use kakanai_rules::{FactSet, Status, Value};
use serde_json::{Value as Json, json};
use zen_engine::model::GraphContent;
use zen_engine::{Decision, Variable};

use crate::plain;

/// How a table is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// The event has a column, everything else one free cell.
    Event,
    /// Every fact has a column.
    EveryFact,
}

/// A pack as decision tables, compiled.
pub struct Zen {
    household: Decision,
    person: Decision,
    /// Procedure and effect of every row.
    rows: Vec<(usize, Effect)>,
    scopes: Vec<Scope>,
}

/// A household as the engine takes it.
pub struct Case {
    household: Variable,
    people: Vec<Variable>,
}

impl Case {
    /// Converts a household; not counted.
    pub fn new(facts: &FactSet, on: Date) -> Case {
        Case {
            household: Variable::from(Json::Object(plain::household(facts, on))),
            people: plain::people(facts, on)
                .into_iter()
                .map(|one| Variable::from(Json::Object(one)))
                .collect(),
        }
    }
}

impl Zen {
    /// Translates and compiles a pack.
    pub fn new(pack: &Pack, on: Date, layout: Layout) -> Result<Zen, Box<dyn Error>> {
        let places: BTreeMap<&str, usize> = pack
            .procedures
            .iter()
            .enumerate()
            .map(|(place, row)| (row.id.as_str(), place))
            .collect();
        let mut rows = Vec::new();
        let (mut household, mut person) = (Table::new(layout), Table::new(layout));
        for row in pack.rules.iter().filter(|row| plain::in_force(row, on)) {
            let place = *places.get(row.procedure.as_str()).ok_or("a row without a procedure")?;
            let number = rows.len();
            rows.push((place, row.effect));
            match pack.procedures[place].scope {
                Scope::Household => household.add(row, number, false),
                Scope::Person => person.add(row, number, true),
            }
        }
        Ok(Zen {
            household: household.compile()?,
            person: person.compile()?,
            rows,
            scopes: pack.procedures.iter().map(|row| row.scope).collect(),
        })
    }

    /// Decides everything: the numbers of the rows that hold, for the household and for each person.
    pub fn evaluate(&self, case: &Case) -> Result<Vec<Variable>, Box<dyn Error>> {
        let mut found = Vec::with_capacity(case.people.len() + 1);
        let run = |decision: &Decision, context: &Variable| {
            pollster::block_on(decision.evaluate(context.shallow_clone()))
                .map(|response| response.result)
                .map_err(|error| error.to_string())
        };
        found.push(run(&self.household, &case.household)?);
        for person in &case.people {
            found.push(run(&self.person, person)?);
        }
        Ok(found)
    }

    /// The states in our order, from what [`Zen::evaluate`] found; not counted.
    pub fn statuses(&self, found: &[Variable]) -> Vec<Status> {
        let effects: Vec<BTreeMap<usize, Vec<Effect>>> = found
            .iter()
            .map(|found| {
                let mut effects: BTreeMap<usize, Vec<Effect>> = BTreeMap::new();
                for hit in found.to_value().as_array().into_iter().flatten() {
                    let number =
                        hit.get("row").and_then(Json::as_u64).and_then(|n| usize::try_from(n).ok());
                    if let Some((place, effect)) = number.and_then(|number| self.rows.get(number)) {
                        effects.entry(*place).or_default().push(*effect);
                    }
                }
                effects
            })
            .collect();
        let mut statuses = Vec::new();
        for (place, scope) in self.scopes.iter().enumerate() {
            let tables = match scope {
                Scope::Household => &effects[..1],
                Scope::Person => &effects[1..],
            };
            for table in tables {
                let has = |effect| table.get(&place).is_some_and(|list| list.contains(&effect));
                statuses.push(if has(Effect::Except) {
                    Status::NotNeeded
                } else if has(Effect::Required) {
                    Status::Required
                } else if has(Effect::MayApply) {
                    Status::MayApply
                } else {
                    Status::NotNeeded
                });
            }
        }
        statuses
    }
}

struct Table {
    layout: Layout,
    /// Column ids by field.
    columns: BTreeMap<String, String>,
    rules: Vec<BTreeMap<String, String>>,
}

const FREE: &str = "free";

impl Table {
    fn new(layout: Layout) -> Table {
        Table { layout, columns: BTreeMap::new(), rules: Vec::new() }
    }

    fn add(&mut self, row: &RuleRow, number: usize, person: bool) {
        let mut cells: BTreeMap<String, String> = BTreeMap::new();
        let (mut free, mut member) = (Vec::new(), Vec::new());
        for condition in &row.conditions {
            let personal = plain::is_personal(&condition.fact);
            if personal && !person {
                member.push(standard(condition, "#."));
                continue;
            }
            let field =
                if personal { format!("p.{}", condition.fact) } else { condition.fact.clone() };
            let own_column = condition.fact == "event" || self.layout == Layout::EveryFact;
            match unary(condition) {
                Some(cell) if own_column && !cells.contains_key(&self.column(&field)) => {
                    let column = self.column(&field);
                    cells.insert(column, cell);
                }
                _ => free.push(standard(condition, if personal { "p." } else { "" })),
            }
        }
        if let Some((fact, from, until)) = plain::bounds(&row.dated) {
            free.extend(from.map(|day| format!("{fact} >= {day}")));
            free.extend(until.map(|day| format!("{fact} <= {day}")));
        }
        if !member.is_empty() {
            free.push(format!("some(members, {})", member.join(" and ")));
        }
        free.extend(row.expression.as_ref().map(expression));
        cells.insert(FREE.to_owned(), free.join(" and "));
        cells.insert("_id".to_owned(), number.to_string());
        cells.insert("row".to_owned(), number.to_string());
        self.rules.push(cells);
    }

    fn column(&mut self, field: &str) -> String {
        let next = format!("column{}", self.columns.len());
        self.columns.entry(field.to_owned()).or_insert(next).clone()
    }

    fn compile(self) -> Result<Decision, Box<dyn Error>> {
        let mut inputs: Vec<Json> = self
            .columns
            .iter()
            .map(|(field, id)| json!({"id": id, "name": field, "field": field}))
            .collect();
        // Columns are weighed in this order: what the index decides comes first.
        inputs.sort_by_key(|input| input["field"] != "event");
        inputs.push(json!({"id": FREE, "name": FREE}));
        let content: GraphContent = serde_json::from_value(json!({
            "nodes": [
                {"id": "in", "name": "in", "type": "inputNode", "content": {}},
                {"id": "table", "name": "table", "type": "decisionTableNode", "content": {
                    "hitPolicy": "collect", "inputs": inputs, "rules": self.rules,
                    "outputs": [{"id": "row", "name": "row", "field": "row"}]}},
                {"id": "out", "name": "out", "type": "outputNode", "content": {}}
            ],
            "edges": [
                {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
                {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"}
            ]
        }))?;
        let mut decision = Decision::from(content);
        decision.compile();
        Ok(decision)
    }
}

fn literal(value: &Value) -> String {
    plain::value(value).to_string()
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::In => "==",
        Op::NotIn => "!=",
        Op::Less => "<",
        Op::LessOrEqual => "<=",
        Op::Greater => ">",
        Op::GreaterOrEqual => ">=",
    }
}

/// A condition as a cell of its fact's column.
fn unary(condition: &Condition) -> Option<String> {
    let Operand::Values(values) = &condition.operand else { return None };
    let values: Vec<String> = values.iter().map(literal).collect();
    match (condition.op, values.as_slice()) {
        (Op::In, values) => Some(values.join(", ")),
        (Op::NotIn, _) => None,
        (op, [value]) => Some(format!("{} {value}", sign(op))),
        _ => None,
    }
}

/// A condition as an expression about `whose` fact.
fn standard(condition: &Condition, whose: &str) -> String {
    let fact = format!("{whose}{}", condition.fact);
    match &condition.operand {
        Operand::Fact { fact: other, .. } => format!("{fact} {} {other}", sign(condition.op)),
        Operand::Values(values) => match (condition.op, values.as_slice()) {
            (op, [value]) => format!("{fact} {} {}", sign(op), literal(value)),
            (op, values) => {
                let list: Vec<String> = values.iter().map(literal).collect();
                let inside = format!("({fact} in [{}])", list.join(", "));
                if op == Op::NotIn { format!("(not {inside})") } else { inside }
            }
        },
    }
}

fn expression(tree: &Expression) -> String {
    match tree {
        Expression::Not(inner) => format!("(not {})", expression(inner)),
        Expression::All(list) => list.iter().map(expression).collect::<Vec<String>>().join(" and "),
        Expression::Holds(one) => format!("{} == true", term(one)),
        Expression::Compare { left, op, right } => {
            format!("{} {} {}", term(left), sign(*op), term(right))
        }
        Expression::Members { body, op: Op::GreaterOrEqual, count: 1 } => {
            format!("some(members, {})", expression(body))
        }
        Expression::Members { body, op, count } => {
            format!("count(members, {}) {} {count}", expression(body), sign(*op))
        }
        other => unreachable!("the generator writes no {other:?}"),
    }
}

fn term(term: &Term) -> String {
    match term {
        Term::Value(value) => literal(value),
        Term::Fact { who: Who::Case, fact, .. } => fact.clone(),
        Term::Fact { who: Who::Person, fact, .. } => format!("p.{fact}"),
        Term::Fact { who: Who::Member(_), fact, .. } => format!("#.{fact}"),
        other @ Term::Age { .. } => unreachable!("the generator writes no {other:?}"),
    }
}
