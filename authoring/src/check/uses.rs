//! Which facts the rows of a pack use, and where.

use kakanai_forms::Template;
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{Condition, Dated, DayRef, FollowValue, Operand, Pack};
use kakanai_text::PartialDate;

/// One use of a fact (or of `deadline.PROCEDURE`, `filed.PROCEDURE`) by a row.
#[derive(Debug, Clone)]
pub struct Use<'a> {
    /// The name as the row gives it.
    pub fact: String,
    /// The sheet; `forms` for a place on a form.
    pub sheet: &'static str,
    /// The row's id.
    pub id: &'a str,
    /// The first day of the row's version.
    pub from: Option<PartialDate>,
    /// What the row uses it for.
    pub purpose: Purpose,
}

/// What a row uses a fact for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To decide something.
    Weighed,
    /// To put it on paper.
    Written,
}

/// Every use in the pack, in the order of the sheets.
pub fn uses(pack: &Pack) -> Vec<Use<'_>> {
    let mut found = Vec::new();
    for row in &pack.derived {
        let mut taker = Taker { sheet: "facts", id: &row.fact, from: None, found: &mut found };
        taker.expression(Some(&row.expression));
    }
    for row in &pack.gates {
        let mut taker = Taker { sheet: "gates", id: &row.id, from: None, found: &mut found };
        taker.conditions(&row.conditions);
    }
    for row in &pack.follows {
        let mut taker = Taker { sheet: "follows", id: &row.id, from: None, found: &mut found };
        taker.conditions(&row.conditions);
        if let FollowValue::Fact(fact) = &row.value {
            taker.weigh(fact);
        }
    }
    for row in &pack.rules {
        let mut taker = Taker::of("rules", &row.id, &row.dated, &mut found);
        taker.conditions(&row.conditions);
        taker.expression(row.expression.as_ref());
        taker.dated(&row.dated);
    }
    for row in &pack.deadlines {
        let mut taker = Taker::of("deadlines", &row.id, &row.dated, &mut found);
        taker.conditions(&row.conditions);
        for day in [&row.start, &row.fallback, &row.not_before] {
            taker.day(day.as_ref());
        }
        taker.dated(&row.dated);
    }
    for row in &pack.bring {
        let mut taker = Taker::of("bring", &row.id, &row.dated, &mut found);
        taker.conditions(&row.conditions);
        taker.expression(row.expression.as_ref());
        taker.dated(&row.dated);
    }
    for (sheet, id, dated) in pack
        .offices
        .iter()
        .map(|row| ("offices", &row.id, &row.dated))
        .chain(pack.fees.iter().map(|row| ("fees", &row.id, &row.dated)))
        .chain(pack.papers.iter().map(|row| ("papers", &row.id, &row.dated)))
    {
        Taker::of(sheet, id, dated, &mut found).dated(dated);
    }
    for row in &pack.procedures {
        let mut taker = Taker { sheet: "procedures", id: &row.id, from: None, found: &mut found };
        for fact in &row.asks {
            taker.take(fact.clone(), Purpose::Written);
        }
    }
    for (form, text) in &pack.forms {
        let Ok(template) = Template::parse(text, form) else { continue };
        let mut taker = Taker { sheet: "forms", id: form, from: None, found: &mut found };
        for source in template.sources() {
            if let Some((_, fact)) = source.split_once('.') {
                taker.take(fact.to_owned(), Purpose::Written);
            }
        }
    }
    found
}

/// The facts that an expression weighs.
pub fn of_expression(expression: &Expression) -> Vec<String> {
    let mut found = Vec::new();
    let mut taker = Taker { sheet: "", id: "", from: None, found: &mut found };
    taker.expression(Some(expression));
    found.into_iter().map(|used| used.fact).collect()
}

/// Whether an expression weighs a fact of a person.
pub fn about_person(expression: &Expression) -> bool {
    let term = |term: &Term| match term {
        Term::Value(_) => false,
        Term::Fact { who, .. } => *who == Who::Person,
        Term::Age { who, .. } => *who == Who::Person,
    };
    match expression {
        Expression::Constant(_) => false,
        Expression::Holds(held) | Expression::Among { term: held, .. } => term(held),
        Expression::Not(inner) => about_person(inner),
        Expression::All(parts) | Expression::Any(parts) => parts.iter().any(about_person),
        Expression::Compare { left, right, .. } => term(left) || term(right),
        Expression::Same(left, right) => *left == Who::Person || *right == Who::Person,
        Expression::Members { body, .. } => about_person(body),
    }
}

struct Taker<'a, 'f> {
    sheet: &'static str,
    id: &'a str,
    from: Option<PartialDate>,
    found: &'f mut Vec<Use<'a>>,
}

impl<'a, 'f> Taker<'a, 'f> {
    fn of(sheet: &'static str, id: &'a str, dated: &Dated, found: &'f mut Vec<Use<'a>>) -> Self {
        Taker { sheet, id, from: dated.from, found }
    }

    fn take(&mut self, fact: String, purpose: Purpose) {
        let (sheet, id, from) = (self.sheet, self.id, self.from);
        self.found.push(Use { fact, sheet, id, from, purpose });
    }

    fn weigh(&mut self, fact: &str) {
        self.take(fact.to_owned(), Purpose::Weighed);
    }

    fn dated(&mut self, dated: &Dated) {
        if let Some(fact) = &dated.date_by {
            self.weigh(fact);
        }
    }

    fn day(&mut self, day: Option<&DayRef>) {
        if let Some(day) = day {
            self.weigh(&day.fact);
        }
    }

    fn conditions(&mut self, conditions: &[Condition]) {
        for condition in conditions {
            self.weigh(&condition.fact);
            if let Operand::Fact { fact, .. } = &condition.operand {
                self.weigh(fact);
            }
        }
    }

    fn expression(&mut self, expression: Option<&Expression>) {
        match expression {
            None | Some(Expression::Constant(_) | Expression::Same(..)) => {}
            Some(Expression::Holds(term) | Expression::Among { term, .. }) => self.term(term),
            Some(Expression::Not(inner)) => self.expression(Some(inner)),
            Some(Expression::All(parts) | Expression::Any(parts)) => {
                parts.iter().for_each(|part| self.expression(Some(part)));
            }
            Some(Expression::Compare { left, right, .. }) => {
                self.term(left);
                self.term(right);
            }
            Some(Expression::Members { body, .. }) => self.expression(Some(body)),
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Value(_) => {}
            Term::Fact { fact, .. } => self.weigh(fact),
            Term::Age { fact, on, .. } => {
                self.weigh(fact);
                self.term(on);
            }
        }
    }
}
