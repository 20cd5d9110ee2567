//! Expressions with their names resolved.

use super::{FactIx, Index};
use crate::derived::Age;
use crate::expression::{Expression, Term, Who};
use crate::fact::Value;
use crate::pack::{Op, Shift};

/// An expression with its names resolved.
#[derive(Debug)]
pub enum Test {
    Constant(bool),
    Holds(TermIx),
    Not(Box<Test>),
    All(Vec<Test>),
    Any(Vec<Test>),
    Compare(TermIx, Op, TermIx),
    Among(TermIx, Vec<Value>),
    Same(Who, Who),
    Members(Box<Test>, Op, i64),
}

/// A term with its names resolved.
#[derive(Debug)]
pub enum TermIx {
    Value(Value),
    Fact(Who, FactIx, Shift),
    Age(Who, Age, FactIx, Box<TermIx>),
}

impl Index<'_> {
    /// Resolves the names of an expression.
    pub fn test(&mut self, expression: &Expression) -> Test {
        let mut each = |list: &[Expression]| list.iter().map(|one| self.test(one)).collect();
        match expression {
            Expression::Constant(value) => Test::Constant(*value),
            Expression::Not(inner) => Test::Not(Box::new(self.test(inner))),
            Expression::All(list) => Test::All(each(list)),
            Expression::Any(list) => Test::Any(each(list)),
            Expression::Holds(term) => Test::Holds(self.term(term)),
            Expression::Compare { left, op, right } => {
                Test::Compare(self.term(left), *op, self.term(right))
            }
            Expression::Among { term, values } => Test::Among(self.term(term), values.clone()),
            Expression::Same(left, right) => Test::Same(*left, *right),
            Expression::Members { body, op, count } => {
                Test::Members(Box::new(self.test(body)), *op, *count)
            }
        }
    }

    fn term(&mut self, term: &Term) -> TermIx {
        match term {
            Term::Value(value) => TermIx::Value(value.clone()),
            Term::Fact { who, fact, shift } => TermIx::Fact(*who, self.fact(fact), *shift),
            Term::Age { who, fact, on } => TermIx::Age(
                *who,
                Age::named(fact).unwrap_or(Age::Full),
                self.fact("birth_date"),
                Box::new(self.term(on)),
            ),
        }
    }
}

/// Whether a test looks at the person the row is tried with.
pub fn about_person(test: &Test) -> bool {
    fn looks(term: &TermIx) -> bool {
        match term {
            TermIx::Value(_) => false,
            TermIx::Fact(who, ..) => *who == Who::Person,
            TermIx::Age(who, _, _, on) => *who == Who::Person || looks(on),
        }
    }
    match test {
        Test::Constant(_) => false,
        Test::Holds(one) | Test::Among(one, _) => looks(one),
        Test::Not(inner) | Test::Members(inner, ..) => about_person(inner),
        Test::All(list) | Test::Any(list) => list.iter().any(about_person),
        Test::Compare(left, _, right) => looks(left) || looks(right),
        Test::Same(left, right) => [left, right].contains(&&Who::Person),
    }
}
