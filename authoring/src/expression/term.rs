//! Parts of an expression that have a value: facts, days, ages, numbers of people, and what is written out.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, operators};
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Shift, Unit};
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Value};

use super::fault::Fault;
use super::syntax::{Quantifier, quantified};
use super::translate::Translator;
use crate::days::AMOUNT_MAX;

/// A part with a value.
#[derive(Debug)]
pub enum Part {
    /// A fact, a day or an age, with its type.
    Term { term: Term, def: FactDef },
    /// `"text"`.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Truth(bool),
    /// `[…]`.
    List(Vec<Part>),
    /// `person`, or a member by name.
    Person(Who),
    /// How many members meet a condition.
    Count(Expression),
}

impl Part {
    /// Written out, not looked up.
    pub fn is_value(&self) -> bool {
        match self {
            Part::Text(_) | Part::Number(_) | Part::Truth(_) | Part::List(_) => true,
            Part::Term { term, .. } => matches!(term, Term::Value(_)),
            Part::Person(_) | Part::Count(_) => false,
        }
    }
}

impl<'t> Translator<'_, 't> {
    /// A node with a value.
    pub fn part(&mut self, node: &'t IdedExpr) -> Result<Part, Fault> {
        match &node.expr {
            Expr::Literal(LiteralValue::String(text)) => Ok(Part::Text(text.inner().to_owned())),
            Expr::Literal(LiteralValue::Int(number)) => Ok(Part::Number(*number.inner())),
            Expr::Literal(LiteralValue::Boolean(value)) => Ok(Part::Truth(*value.inner())),
            Expr::List(list) if list.optional_indices.is_empty() => {
                let parts = list.elements.iter().map(|element| {
                    let part = self.part(element)?;
                    let plain = part.is_value() && !matches!(part, Part::List(_) | Part::Truth(_));
                    plain.then_some(part).ok_or_else(|| Fault::refused(element))
                });
                parts.collect::<Result<_, _>>().map(Part::List)
            }
            Expr::Ident(name) => self.name(node, name),
            Expr::Select(select) if !select.test => {
                let who = match self.part(&select.operand) {
                    Ok(Part::Person(who)) => who,
                    Err(fault) => return Err(fault),
                    Ok(_) => return Err(Fault::refused(node)),
                };
                self.fact(node, who, &select.field)
            }
            Expr::Call(call) => self.value_of_call(node, call),
            _ => Err(Fault::refused(node)),
        }
    }

    fn name(&mut self, node: &IdedExpr, name: &str) -> Result<Part, Fault> {
        if let Some(who) = self.who(name) {
            return Ok(Part::Person(who));
        }
        if name == "person" {
            return Err(Fault::at(
                node,
                "世帯の項目の式では person は使えません。",
                "people.exists(p, p.項目 …) と書くか、facts 表の subject を person にしてください。",
                "person cannot stand in the expression of a fact of the case.",
                "Write people.exists(p, p.fact …), or set subject to person in the sheet facts.",
            ));
        }
        self.fact(node, Who::Case, name)
    }

    /// A fact of `who`.
    fn fact(&self, node: &IdedExpr, who: Who, name: &str) -> Result<Part, Fault> {
        let Some(def) = self.names.fact(name) else {
            return Err(Fault::unknown_fact(node, name, self.names.close_to(name)));
        };
        match (def.subject, who) {
            (SubjectKind::Case, Who::Case)
            | (SubjectKind::Person, Who::Person | Who::Member(_)) => {}
            (SubjectKind::Person, Who::Case) => {
                let member = self.members.last().copied().unwrap_or("person");
                return Err(Fault::at(
                    node,
                    &format!("「{name}」は一人ひとりの項目です。"),
                    &format!("{member}.{name} と書いてください。"),
                    &format!("\"{name}\" is a fact of a person."),
                    &format!("Write {member}.{name}."),
                ));
            }
            (SubjectKind::Case, Who::Person | Who::Member(_)) => {
                return Err(Fault::at(
                    node,
                    &format!("「{name}」は世帯の項目です。"),
                    &format!("{name} とだけ書いてください。"),
                    &format!("\"{name}\" is a fact of the case."),
                    &format!("Write {name} alone."),
                ));
            }
        }
        let term = Term::Fact { who, fact: name.to_owned(), shift: Shift::default() };
        Ok(Part::Term { term, def })
    }

    fn value_of_call(&mut self, node: &'t IdedExpr, call: &'t CallExpr) -> Result<Part, Fault> {
        match (call.func_name.as_str(), call.target.as_deref(), call.args.as_slice()) {
            (operators::ADD, None, [day, time]) => self.moved(node, day, time, 1),
            (operators::SUBSTRACT, None, [day, time]) => self.moved(node, day, time, -1),
            ("date", None, [arg]) => {
                let date = match &arg.expr {
                    Expr::Literal(LiteralValue::String(text)) => text.inner().parse().ok(),
                    _ => None,
                };
                let date: kakanai_text::PartialDate = date.ok_or_else(|| {
                    Fault::at(
                        node,
                        "日付を読めません。",
                        "date(\"2026-10-01\") のように書いてください。",
                        "the date cannot be read.",
                        "Write date(\"2026-10-01\").",
                    )
                })?;
                let term = Term::Value(Value::Date(date));
                Ok(Part::Term { term, def: a(FactType::Date, "date") })
            }
            (day @ ("deadline" | "filed"), None, [arg]) => self.procedure_day(node, day, arg),
            (age @ ("age_on" | "legal_age_on" | "fiscal_age_on"), None, [who, day]) => {
                let fact = age.trim_end_matches("_on");
                let Part::Person(who) = self.part(who)? else { return Err(age_fault(node, age)) };
                match self.part(day)? {
                    Part::Term { term, def } if def.kind == FactType::Date => {
                        let term = Term::Age { who, fact: fact.to_owned(), on: Box::new(term) };
                        Ok(Part::Term { term, def: a(FactType::Number, fact) })
                    }
                    _ => Err(age_fault(node, age)),
                }
            }
            ("size", Some(target), []) => {
                let found = match &target.expr {
                    Expr::Comprehension(comprehension) => quantified(comprehension),
                    _ => None,
                };
                let found = found
                    .filter(|found| found.quantifier == Quantifier::Filter)
                    .ok_or_else(|| Fault::refused(node))?;
                self.member(node, &found).map(Part::Count)
            }
            _ => Err(Fault::refused(node)),
        }
    }

    /// `deadline("juki.tennyu")`, of the person where each person has a last day of her own, and
    /// `filed("juki.tennyu")`, which the case says once.
    fn procedure_day(&self, node: &IdedExpr, day: &str, arg: &IdedExpr) -> Result<Part, Fault> {
        let procedure = match &arg.expr {
            Expr::Literal(LiteralValue::String(text)) if !text.inner().is_empty() => text.inner(),
            _ => {
                return Err(Fault::at(
                    node,
                    "手続きの名前がありません。",
                    &format!("{day}(\"juki.tennyu\") のように書いてください。"),
                    "there is no procedure's name.",
                    &format!("Write {day}(\"juki.tennyu\")."),
                ));
            }
        };
        let per_person = day == "deadline" && self.names.is_per_person(procedure);
        let who = match (per_person, self.scope.person) {
            (false, _) => Who::Case,
            (true, true) => Who::Person,
            (true, false) => {
                return Err(Fault::at(
                    node,
                    &format!("「{procedure}」の日は一人ひとり違います。"),
                    "世帯の項目の式では、世帯の手続きの日だけ使えます。",
                    &format!("each person has a day of \"{procedure}\" of her own."),
                    "The expression of a fact of the case can use days of household procedures only.",
                ));
            }
        };
        let fact = format!("{day}.{procedure}");
        let def = a(FactType::Date, &fact);
        Ok(Part::Term { term: Term::Fact { who, fact, shift: Shift::default() }, def })
    }

    /// A date with time added or taken away.
    fn moved(
        &mut self,
        node: &'t IdedExpr,
        day: &'t IdedExpr,
        time: &IdedExpr,
        sign: i64,
    ) -> Result<Part, Fault> {
        let fault = || {
            Fault::at(
                node,
                "足し引きできるのは、日付の項目に一度だけです。",
                "move_date + days(14)、move_date - months(6)、move_date + years(1) のように書いてください。",
                "only a date fact can have time added or taken away, and once only.",
                "Write move_date + days(14), move_date - months(6) or move_date + years(1).",
            )
        };
        let Part::Term { term: Term::Fact { who, fact, shift }, def } = self.part(day)? else {
            return Err(fault());
        };
        let shift = match duration(time, sign) {
            Some(time) if def.kind == FactType::Date && shift.is_none() => time,
            _ => return Err(fault()),
        };
        Ok(Part::Term { term: Term::Fact { who, fact, shift }, def })
    }
}

/// `days(14)`, `months(6)`, `years(1)`.
fn duration(node: &IdedExpr, sign: i64) -> Option<Shift> {
    let Expr::Call(CallExpr { func_name, target: None, args }) = &node.expr else { return None };
    let unit = match func_name.as_str() {
        "days" => Unit::Days,
        "months" => Unit::Months,
        "years" => Unit::Years,
        _ => return None,
    };
    let [IdedExpr { expr: Expr::Literal(LiteralValue::Int(amount)), .. }] = args.as_slice() else {
        return None;
    };
    let amount = i32::try_from(amount.inner().checked_mul(sign)?).ok()?;
    (-AMOUNT_MAX..=AMOUNT_MAX).contains(&amount).then_some(Shift { amount, unit })
}

/// The type of something that is no fact of the vocabulary.
fn a(kind: FactType, id: &str) -> FactDef {
    FactDef {
        id: id.to_owned(),
        subject: SubjectKind::Case,
        kind,
        values: Vec::new(),
        sensitivity: Sensitivity::Plain,
    }
}

fn age_fault(node: &IdedExpr, age: &str) -> Fault {
    Fault::at(
        node,
        &format!("{age} の使い方が違います。"),
        &format!("{age}(p, move_date) のように、人と日付を書いてください。"),
        &format!("{age} is used wrongly."),
        &format!("Write a person and a date: {age}(p, move_date)."),
    )
}
