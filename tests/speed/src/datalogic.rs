//! The same decisions for `datalogic-rs` (JsonLogic): one compiled expression for each procedure.
//!
//! An expression gives 2 (required), 1 (may apply) or 0. The first condition of a row comes first, so most
//! rows end at the event. The household lies in the arena before the clock starts: evaluation copies nothing.

use std::error::Error;

use datalogic_rs::bumpalo::Bump;
use datalogic_rs::{DataValue, Engine, Logic};
use jiff::civil::Date;
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Condition, Effect, Op, Operand, Pack, RuleRow, Scope};
use kakanai_rules::{FactSet, Status};
use serde_json::{Value as Json, json};

use crate::plain;

/// A pack as expressions, compiled.
pub struct DataLogic {
    engine: Engine,
    procedures: Vec<(Scope, Logic)>,
}

/// A household as the engine takes it.
pub struct Case<'a> {
    household: &'a DataValue<'a>,
    people: Vec<&'a DataValue<'a>>,
}

impl<'a> Case<'a> {
    /// Puts a household into the arena; not counted.
    pub fn new(facts: &FactSet, on: Date, arena: &'a Bump) -> Result<Case<'a>, Box<dyn Error>> {
        let put = |object| -> Result<&'a DataValue<'a>, Box<dyn Error>> {
            let text = arena.alloc_str(&Json::Object(object).to_string());
            let value = DataValue::from_str(text, arena).map_err(|error| format!("{error:?}"))?;
            Ok(arena.alloc(value))
        };
        let people: Result<_, _> = plain::people(facts, on).into_iter().map(put).collect();
        Ok(Case { household: put(plain::household(facts, on))?, people: people? })
    }
}

impl DataLogic {
    /// Translates and compiles a pack.
    pub fn new(pack: &Pack, on: Date) -> Result<DataLogic, Box<dyn Error>> {
        let engine = Engine::new();
        let mut procedures = Vec::new();
        for procedure in &pack.procedures {
            let personal = procedure.scope == Scope::Person;
            let rows = |effect: Effect| -> Json {
                let rows = pack.rules.iter().filter(|row| row.procedure == procedure.id);
                any(rows
                    .filter(|row| row.effect == effect && plain::in_force(row, on))
                    .map(|row| rule(row, personal, on))
                    .collect())
            };
            let unless = |result: i64| json!({"if": [rows(Effect::Except), 0, result]});
            let tree = json!({"if": [
                rows(Effect::Required), unless(2), rows(Effect::MayApply), unless(1), 0]});
            procedures.push((
                procedure.scope,
                engine.compile(&tree.to_string()).map_err(|error| format!("{error:?}"))?,
            ));
        }
        Ok(DataLogic { engine, procedures })
    }

    /// Decides everything, in our order.
    pub fn evaluate<'a>(&'a self, case: &Case<'a>, arena: &'a Bump, results: &mut Vec<i64>) {
        for (scope, logic) in &self.procedures {
            let mut run = |data: &'a DataValue<'a>| {
                let result = self.engine.evaluate(logic, data, arena);
                // An error is what JsonLogic says of a comparison with nothing; nothing follows from it.
                results.push(result.ok().and_then(|value| value.as_i64()).unwrap_or(0));
            };
            match scope {
                Scope::Household => run(case.household),
                Scope::Person => case.people.iter().for_each(|person| run(person)),
            }
        }
    }
}

/// The states that results stand for; not counted.
pub fn statuses(results: &[i64]) -> Vec<Status> {
    let status = |result: &i64| match result {
        2 => Status::Required,
        1 => Status::MayApply,
        _ => Status::NotNeeded,
    };
    results.iter().map(status).collect()
}

fn any(mut list: Vec<Json>) -> Json {
    match list.len() {
        0 => json!(false),
        1 => list.remove(0),
        _ => json!({"or": list}),
    }
}

fn all(mut list: Vec<Json>) -> Json {
    if list.len() == 1 { list.remove(0) } else { json!({"and": list}) }
}

fn rule(row: &RuleRow, person: bool, on: Date) -> Json {
    let (mut list, mut member) = (Vec::new(), Vec::new());
    for one in &row.conditions {
        match plain::is_personal(&one.fact) {
            true if person => list.push(condition(one, "p.", on)),
            true => member.push(condition(one, "", on)),
            false => list.push(condition(one, "", on)),
        }
    }
    if let Some((fact, from, until)) = plain::bounds(&row.dated) {
        list.extend(from.map(|day| json!({">=": [{"var": fact}, day]})));
        list.extend(until.map(|day| json!({"<=": [{"var": fact}, day]})));
    }
    if !member.is_empty() {
        list.push(json!({"some": [{"var": "members"}, all(member)]}));
    }
    list.extend(row.expression.as_ref().map(expression));
    all(list)
}

fn sign(op: Op) -> &'static str {
    match op {
        Op::In => "===",
        Op::NotIn => "!==",
        Op::Less => "<",
        Op::LessOrEqual => "<=",
        Op::Greater => ">",
        Op::GreaterOrEqual => ">=",
    }
}

fn condition(condition: &Condition, whose: &str, on: Date) -> Json {
    let fact = json!({"var": format!("{whose}{}", condition.fact)});
    match &condition.operand {
        // A member's conditions do not see the case, so the day at the counter is written into the rule.
        Operand::Fact { .. } => json!({sign(condition.op): [fact, plain::day_number(on)]}),
        Operand::Values(values) => match (condition.op, values.as_slice()) {
            (op, [value]) => json!({sign(op): [fact, plain::value(value)]}),
            (op, values) => {
                let list: Vec<Json> = values.iter().map(plain::value).collect();
                let inside = json!({"in": [fact, list]});
                if op == Op::NotIn { json!({"!": [inside]}) } else { inside }
            }
        },
    }
}

fn expression(tree: &Expression) -> Json {
    match tree {
        Expression::Not(inner) => json!({"!": [expression(inner)]}),
        Expression::All(list) => all(list.iter().map(expression).collect()),
        Expression::Holds(one) => json!({"===": [term(one), true]}),
        Expression::Compare { left, op, right } => json!({sign(*op): [term(left), term(right)]}),
        Expression::Members { body, op: Op::GreaterOrEqual, count: 1 } => {
            json!({"some": [{"var": "members"}, expression(body)]})
        }
        Expression::Members { body, op, count } => {
            let met = json!({"filter": [{"var": "members"}, expression(body)]});
            let number = json!({"reduce": [met, {"+": [{"var": "accumulator"}, 1]}, 0]});
            json!({sign(*op): [number, count]})
        }
        other => unreachable!("the generator writes no {other:?}"),
    }
}

fn term(term: &Term) -> Json {
    match term {
        Term::Value(value) => plain::value(value),
        Term::Fact { who: Who::Person, fact, .. } => json!({"var": format!("p.{fact}")}),
        Term::Fact { fact, .. } => json!({"var": fact}),
        other @ Term::Age { .. } => unreachable!("the generator writes no {other:?}"),
    }
}
