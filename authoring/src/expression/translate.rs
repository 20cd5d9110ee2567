//! Conditions of an expression: what is true, false or open.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, operators};
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::Op;
use kakanai_rules::{FactDef, FactType, Value};

use super::Scope;
use super::fault::Fault;
use super::syntax::{Loop, Quantifier, quantified};
use super::term::Part;
use crate::conditions::is_ordered;
use crate::names::Names;

/// Deepest nesting of conditions.
const DEPTH_MAX: usize = 24;
/// Most members' names in one place: `people` within `people` within `people`.
const MEMBERS_MAX: usize = 3;

/// Translates one expression.
pub struct Translator<'n, 't> {
    pub scope: Scope,
    pub names: &'n Names<'n>,
    /// Names of members, the innermost last.
    pub members: Vec<&'t str>,
    depth: usize,
}

impl<'n, 't> Translator<'n, 't> {
    pub fn new(scope: Scope, names: &'n Names<'n>) -> Self {
        Translator { scope, names, members: Vec::new(), depth: 0 }
    }

    /// A node that must be true, false or open.
    pub fn condition(&mut self, node: &'t IdedExpr) -> Result<Expression, Fault> {
        if self.depth >= DEPTH_MAX {
            return Err(Fault::at(
                node,
                "式が複雑すぎます。",
                "式を、名前を付けた項目（facts 表の expression）に分けてください。",
                "the expression is too complicated.",
                "Split it into facts with an expression of their own (sheet facts).",
            ));
        }
        self.depth += 1;
        let condition = match &node.expr {
            Expr::Literal(LiteralValue::Boolean(value)) => Ok(Expression::Constant(*value.inner())),
            Expr::Call(call) => self.call(node, call),
            Expr::Comprehension(comprehension) => self.people(node, comprehension),
            _ => self.holds(node),
        };
        self.depth -= 1;
        condition
    }

    fn call(&mut self, node: &'t IdedExpr, call: &'t CallExpr) -> Result<Expression, Fault> {
        let op = match call.func_name.as_str() {
            operators::LOGICAL_AND => return Ok(Expression::All(self.all_of(node, call)?)),
            operators::LOGICAL_OR => return Ok(Expression::Any(self.all_of(node, call)?)),
            operators::LOGICAL_NOT => {
                let [inner] = call.args.as_slice() else { return Err(Fault::refused(node)) };
                return Ok(not(self.condition(inner)?));
            }
            operators::IN => {
                let [left, right] = call.args.as_slice() else { return Err(Fault::refused(node)) };
                return self.is_in(node, left, right);
            }
            operators::EQUALS => Op::In,
            operators::NOT_EQUALS => Op::NotIn,
            operators::LESS => Op::Less,
            operators::LESS_EQUALS => Op::LessOrEqual,
            operators::GREATER => Op::Greater,
            operators::GREATER_EQUALS => Op::GreaterOrEqual,
            _ => return self.holds(node),
        };
        let [left, right] = call.args.as_slice() else { return Err(Fault::refused(node)) };
        self.compare(node, left, op, right)
    }

    /// The operands of `&&` or `||`, those of the same operator in brackets among them.
    fn all_of(&mut self, node: &'t IdedExpr, call: &'t CallExpr) -> Result<Vec<Expression>, Fault> {
        let mut found = Vec::new();
        for arg in &call.args {
            match (call.func_name.as_str(), self.condition(arg)?) {
                (operators::LOGICAL_AND, Expression::All(inner))
                | (operators::LOGICAL_OR, Expression::Any(inner)) => found.extend(inner),
                (_, other) => found.push(other),
            }
        }
        if found.len() < 2 {
            return Err(Fault::refused(node));
        }
        Ok(found)
    }

    /// A yes-no fact that stands alone.
    fn holds(&mut self, node: &'t IdedExpr) -> Result<Expression, Fault> {
        match self.part(node)? {
            Part::Term { term, def } if def.kind == FactType::YesNo => Ok(Expression::Holds(term)),
            Part::Term { def, .. } => Err(Fault::at(
                node,
                &format!("「{}」は はい・いいえ の項目ではありません。", def.id),
                "== や >= で何かと比べてください。",
                &format!("\"{}\" is no yes-no fact.", def.id),
                "Compare it with something, by == or >=.",
            )),
            Part::Number(_) | Part::Text(_) | Part::List(_) | Part::Person(_) | Part::Count(_) => {
                Err(Fault::at(
                    node,
                    "これだけでは条件になりません。",
                    "== や >= で何かと比べてください。",
                    "this alone is no condition.",
                    "Compare it with something, by == or >=.",
                ))
            }
            Part::Truth(value) => Ok(Expression::Constant(value)),
        }
    }

    fn compare(
        &mut self,
        node: &'t IdedExpr,
        left: &'t IdedExpr,
        op: Op,
        right: &'t IdedExpr,
    ) -> Result<Expression, Fault> {
        let (left_part, right_part) = (self.part(left)?, self.part(right)?);
        // A value stands on the right, whichever side it was written on.
        let (left, right, op) = if left_part.is_value() && !right_part.is_value() {
            (right_part, left_part, mirrored(op))
        } else {
            (left_part, right_part, op)
        };
        let equality = matches!(op, Op::In | Op::NotIn);
        match (left, right) {
            (Part::Person(left), Part::Person(right)) if equality => {
                Ok(negated(op, Expression::Same(left, right)))
            }
            (Part::Count(body), Part::Number(count)) => {
                Ok(Expression::Members { body: Box::new(body), op, count })
            }
            (Part::Term { term, def }, Part::Term { term: other, def: other_def }) => {
                let same = def.kind == other_def.kind
                    && (is_ordered(def.kind)
                        || equality && matches!(def.kind, FactType::Choice | FactType::Text));
                if same {
                    return Ok(Expression::Compare { left: term, op, right: other });
                }
                Err(differ(node, &def, &other_def))
            }
            (Part::Term { term, def }, value @ (Part::Text(_) | Part::Number(_))) => {
                match (def.kind, value) {
                    (FactType::Choice | FactType::Text, value) if equality => {
                        let value = literal(node, &def, value)?;
                        Ok(negated(op, Expression::Among { term, values: vec![value] }))
                    }
                    (FactType::Number, Part::Number(number)) => {
                        let right = Term::Value(Value::Number(number));
                        Ok(Expression::Compare { left: term, op, right })
                    }
                    _ => Err(unlike(node, &def)),
                }
            }
            (Part::Term { def, .. }, _) | (_, Part::Term { def, .. }) => Err(unlike(node, &def)),
            _ => Err(Fault::refused(node)),
        }
    }

    fn is_in(
        &mut self,
        node: &'t IdedExpr,
        left: &'t IdedExpr,
        right: &'t IdedExpr,
    ) -> Result<Expression, Fault> {
        match (self.part(left)?, self.part(right)?) {
            (value @ Part::Text(_), Part::Term { term, def }) if def.kind == FactType::Choices => {
                let value = literal(left, &def, value)?;
                Ok(Expression::Among { term, values: vec![value] })
            }
            (Part::Term { term, def }, Part::List(parts))
                if !parts.is_empty()
                    && !matches!(def.kind, FactType::Choices | FactType::YesNo) =>
            {
                let values = parts.into_iter().map(|part| literal(right, &def, part));
                Ok(Expression::Among { term, values: values.collect::<Result<_, _>>()? })
            }
            (Part::Term { def, .. }, Part::List(_)) => Err(unlike(node, &def)),
            _ => Err(Fault::at(
                node,
                "in の使い方が違います。",
                "項目 in [\"値\", \"値\"]、または \"値\" in いくつか選ぶ項目 と書いてください。",
                "in is used wrongly.",
                "Write fact in [\"value\", \"value\"], or \"value\" in list_fact.",
            )),
        }
    }

    /// `people.exists(p, …)`, `people.all(p, …)`, `people.exists_one(p, …)`.
    fn people(
        &mut self,
        node: &'t IdedExpr,
        comprehension: &'t ComprehensionExpr,
    ) -> Result<Expression, Fault> {
        let found = quantified(comprehension).ok_or_else(|| Fault::refused(node))?;
        let (op, count) = match found.quantifier {
            Quantifier::Exists => (Op::GreaterOrEqual, 1),
            Quantifier::All => (Op::In, 0),
            Quantifier::ExistsOne => (Op::In, 1),
            Quantifier::Filter => {
                return Err(Fault::at(
                    node,
                    "filter だけでは条件になりません。",
                    "people.filter(p, …).size() >= 2 のように人数を比べてください。",
                    "filter alone is no condition.",
                    "Compare the number of people: people.filter(p, …).size() >= 2.",
                ));
            }
        };
        let body = self.member(node, &found)?;
        let body = if found.quantifier == Quantifier::All { not(body) } else { body };
        Ok(Expression::Members { body: Box::new(body), op, count })
    }

    /// What a member of the household has to meet.
    pub fn member(&mut self, node: &'t IdedExpr, found: &Loop<'t>) -> Result<Expression, Fault> {
        if !matches!(&found.range.expr, Expr::Ident(name) if name == "people") {
            return Err(Fault::refused(node));
        }
        let taken = ["person", "people"].contains(&found.variable)
            || self.members.contains(&found.variable)
            || self.names.fact(found.variable).is_some();
        if taken || self.members.len() >= MEMBERS_MAX {
            return Err(Fault::at(
                node,
                &format!("「{}」という名前はここでは使えません。", found.variable),
                "p、q のような、項目にない別の名前にしてください。重ねられるのは3段までです。",
                &format!("the name \"{}\" cannot be used here.", found.variable),
                "Use another name, such as p or q, that is no fact. At most three levels are allowed.",
            ));
        }
        self.members.push(found.variable);
        let body = self.condition(found.body);
        self.members.pop();
        body
    }

    /// Who a name stands for.
    pub fn who(&self, name: &str) -> Option<Who> {
        if name == "person" && self.scope.person {
            return Some(Who::Person);
        }
        let level = self.members.iter().rev().position(|member| *member == name)?;
        u8::try_from(level).ok().map(Who::Member)
    }
}

fn not(condition: Expression) -> Expression {
    Expression::Not(Box::new(condition))
}

fn negated(op: Op, condition: Expression) -> Expression {
    if op == Op::NotIn { not(condition) } else { condition }
}

/// The comparison with its sides exchanged.
fn mirrored(op: Op) -> Op {
    match op {
        Op::Less => Op::Greater,
        Op::LessOrEqual => Op::GreaterOrEqual,
        Op::Greater => Op::Less,
        Op::GreaterOrEqual => Op::LessOrEqual,
        Op::In | Op::NotIn | Op::Starts | Op::NotStarts => op,
    }
}

/// A written value as a value of the fact.
fn literal(node: &IdedExpr, def: &FactDef, part: Part) -> Result<Value, Fault> {
    let value = match (def.kind, part) {
        (FactType::Choice | FactType::Choices, Part::Text(text)) => {
            crate::cells::value_of(def, &text)
        }
        (FactType::Text, Part::Text(text)) => Some(Value::Text(text)),
        (FactType::Number, Part::Number(number)) => Some(Value::Number(number)),
        (FactType::Date, Part::Term { term: Term::Value(date), .. }) => Some(date),
        _ => None,
    };
    value.ok_or_else(|| unlike(node, def))
}

fn differ(node: &IdedExpr, left: &FactDef, right: &FactDef) -> Fault {
    let (id, kind, other, other_kind) = (&left.id, left.kind.name(), &right.id, right.kind.name());
    Fault::at(
        node,
        &format!("「{id}」（{kind}）と「{other}」（{other_kind}）は比べられません。"),
        "同じ種類の項目を比べてください。大小を比べられるのは日付と数字だけです。",
        &format!("\"{id}\" ({kind}) and \"{other}\" ({other_kind}) cannot be compared."),
        "Compare facts of one type; only dates and numbers have an order.",
    )
}

/// A comparison that does not suit the fact, and how it is written.
fn unlike(node: &IdedExpr, def: &FactDef) -> Fault {
    let (hint, hint_en) = match def.kind {
        FactType::YesNo => (
            "はい・いいえ の項目は、そのまま書くか、! を付けて書いてください。".to_owned(),
            "A yes-no fact stands alone, or with ! before it.".to_owned(),
        ),
        FactType::Choices => (
            format!("\"値\" in {} と書いてください。値: {}", def.id, def.values.join(", ")),
            format!("Write \"value\" in {}. Values: {}", def.id, def.values.join(", ")),
        ),
        FactType::Choice => (
            format!("== か != か in で、次のどれかと比べてください: {}", def.values.join(", ")),
            format!("Compare it by ==, != or in with one of: {}", def.values.join(", ")),
        ),
        FactType::Date => (
            "日付は date(\"2026-10-01\")、日付の項目、deadline(\"手続き\") のどれかと比べてください。".to_owned(),
            "Compare a date with date(\"2026-10-01\"), a date fact or deadline(\"procedure\").".to_owned(),
        ),
        FactType::Number => {
            ("数字と比べてください。".to_owned(), "Compare it with a number.".to_owned())
        }
        FactType::Text => {
            ("== か != で \"文字\" と比べてください。".to_owned(), "Compare it by == or != with \"text\".".to_owned())
        }
        FactType::PersonId | FactType::DoneList => (
            "この項目は式では使えません。済んだ手続きの日は filed(\"手続き\") です。".to_owned(),
            "Expressions cannot use this fact. The day a procedure was done is filed(\"procedure\").".to_owned(),
        ),
    };
    Fault::at(
        node,
        &format!("「{}」（{}）はこの値とは比べられません。", def.id, def.kind.name()),
        &hint,
        &format!("\"{}\" ({}) cannot be compared with this.", def.id, def.kind.name()),
        &hint_en,
    )
}
