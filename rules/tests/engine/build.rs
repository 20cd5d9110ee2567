//! A small pack out of short rows, written as an author would say them.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::*;
use kakanai_rules::{FactDef, FactType, Pack, Sensitivity, SubjectKind, Value, Vocabulary};

/// A pack in the making.
pub struct Rows {
    pack: Pack,
    /// That of the pack so far, once a row asks.
    vocabulary: OnceCell<Vocabulary>,
}

/// Words of a row: the plain ones in order, and those of the form `key=value`.
struct Words<'t> {
    plain: Vec<&'t str>,
    keyed: BTreeMap<&'t str, &'t str>,
}

impl<'t> Words<'t> {
    fn of(row: &'t str) -> Words<'t> {
        let (keyed, plain): (Vec<&str>, Vec<&str>) =
            row.split_whitespace().partition(|word| word.contains('='));
        Words { plain, keyed: keyed.iter().filter_map(|word| word.split_once('=')).collect() }
    }

    fn says(&self, word: &str) -> bool {
        self.plain.contains(&word)
    }

    /// `by=FACT from=DAY until=DAY`.
    fn dated(&self) -> Dated {
        let day = |key| self.keyed.get(key).map(|day| day.parse().unwrap());
        let date_by = self.keyed.get("by").map(|&fact| fact.to_owned());
        Dated { date_by, from: day("from"), until: day("until") }
    }

    fn day_ref(&self, key: &str) -> Option<DayRef> {
        self.keyed.get(key).map(|day| day_ref(day))
    }
}

impl Rows {
    pub fn new() -> Rows {
        Rows { pack: empty(), vocabulary: OnceCell::new() }
    }

    pub fn pack(self) -> Pack {
        self.pack
    }

    fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| self.pack.vocabulary())
    }

    /// `ID case|person TYPE [VALUE…]`.
    pub fn fact(mut self, row: &str) -> Rows {
        let words = Words::of(row).plain;
        let kind = [
            FactType::YesNo,
            FactType::Choice,
            FactType::Choices,
            FactType::Date,
            FactType::Number,
            FactType::Text,
            FactType::PersonId,
        ];
        self.pack.facts.push(FactDef {
            id: words[0].to_owned(),
            subject: if words[1] == "case" { SubjectKind::Case } else { SubjectKind::Person },
            kind: kind.into_iter().find(|kind| kind.name() == words[2]).unwrap(),
            values: words[3..].iter().map(|&value| value.to_owned()).collect(),
            sensitivity: Sensitivity::Plain,
        });
        self.vocabulary.take();
        self
    }

    /// How openly the newest fact may be asked.
    pub fn sensitive(mut self, sensitivity: Sensitivity) -> Rows {
        self.pack.facts.last_mut().unwrap().sensitivity = sensitivity;
        self
    }

    /// `ID case|person`: a yes-no fact that follows from others.
    pub fn derived(self, row: &str, expression: Expression) -> Rows {
        let id = row.split(' ').next().unwrap().to_owned();
        let mut rows = self.fact(&format!("{row} yes-no"));
        rows.pack.derived.push(DerivedRow { fact: id, expression });
        rows
    }

    /// `GATE FACT VALUE`.
    pub fn gate(mut self, row: &str, conditions: &[&str]) -> Rows {
        let words = Words::of(row).plain;
        let value = value(self.vocabulary(), words[1], words[2]);
        let conditions = self.conditions(conditions);
        self.pack.gates.push(GateRow {
            id: format!("{}-{}", words[0], words[1]),
            gate: words[0].to_owned(),
            fact: words[1].to_owned(),
            value: Some(value),
            conditions,
        });
        self
    }

    /// `FACT VALUE takes|suggests`, the value perhaps `@FACT`.
    pub fn follow(mut self, row: &str, conditions: &[&str]) -> Rows {
        let words = Words::of(row).plain;
        let value = match words[1].strip_prefix('@') {
            Some(fact) => FollowValue::Fact(fact.to_owned()),
            None => FollowValue::Value(value(self.vocabulary(), words[0], words[1])),
        };
        let conditions = self.conditions(conditions);
        self.pack.follows.push(FollowsRow {
            id: format!("{}-{}", words[0], self.pack.follows.len()),
            fact: words[0].to_owned(),
            value,
            kind: if words[2] == "takes" { FollowKind::Takes } else { FollowKind::Suggests },
            conditions,
            article: String::new(),
            source: String::new(),
            checked_by: String::new(),
        });
        self
    }

    /// Puts the questions about these facts into one group.
    pub fn group(self, group: &str, facts: &str) -> Rows {
        self.also(|pack| {
            for row in pack.questions.iter_mut() {
                if facts.split_whitespace().any(|fact| fact == row.fact) {
                    row.group = Some(group.to_owned());
                }
            }
        })
    }

    /// Questions about these facts, in this order; a choice offers every value.
    pub fn ask(mut self, facts: &str) -> Rows {
        for fact in facts.split_whitespace() {
            let number = u32::try_from(self.pack.questions.len() + 1).unwrap();
            let values = self.vocabulary().get(fact).map_or(Vec::new(), |d| d.values.clone());
            for (place, value) in (1..).zip(values) {
                self.pack.choices.push(ChoiceRow {
                    id: format!("{fact}.{value}"),
                    number: place,
                    fact: fact.to_owned(),
                    value,
                    retired: false,
                });
            }
            self.pack.questions.push(QuestionRow {
                id: format!("q-{fact}"),
                number,
                fact: fact.to_owned(),
                at_home: true,
                group: None,
                retired: false,
            });
        }
        self
    }

    pub fn household(self, id: &str) -> Rows {
        self.procedure(id, Scope::Household)
    }

    pub fn person(self, id: &str) -> Rows {
        self.procedure(id, Scope::Person)
    }

    fn procedure(mut self, id: &str, scope: Scope) -> Rows {
        self.pack.procedures.push(ProcedureRow {
            id: id.to_owned(),
            scope,
            law: format!("law of {id}"),
            office: "citizen".to_owned(),
            filed_by: FiledBy::Household,
            agent: Agent::Letter,
            covered_by: Vec::new(),
            done_at: DoneAt::Here,
            signed_off: false,
            asks: Vec::new(),
            notes: Vec::new(),
            discreet: false,
        });
        self
    }

    /// Changes the newest procedure.
    pub fn with(mut self, change: impl FnOnce(&mut ProcedureRow)) -> Rows {
        change(self.pack.procedures.last_mut().unwrap());
        self
    }

    /// Changes the pack where no short row says it.
    pub fn also(mut self, change: impl FnOnce(&mut Pack)) -> Rows {
        change(&mut self.pack);
        self
    }

    /// `PROCEDURE required|may-apply|except [own_form] [by= from= until=]`; row ids are `PROCEDURE-1`, `-2`, ….
    pub fn rule(self, row: &str, conditions: &[&str]) -> Rows {
        self.rule_row(row, conditions, None)
    }

    /// A rule with an expression besides its conditions.
    pub fn rule_if(self, row: &str, conditions: &[&str], expression: Expression) -> Rows {
        self.rule_row(row, conditions, Some(expression))
    }

    fn rule_row(mut self, row: &str, conditions: &[&str], expression: Option<Expression>) -> Rows {
        let words = Words::of(row);
        let procedure = words.plain[0];
        let before = self.pack.rules.iter().filter(|rule| rule.procedure == procedure).count();
        let conditions = self.conditions(conditions);
        self.pack.rules.push(RuleRow {
            id: format!("{procedure}-{}", before + 1),
            procedure: procedure.to_owned(),
            effect: match words.plain[1] {
                "required" => Effect::Required,
                "may-apply" => Effect::MayApply,
                "except" => Effect::Except,
                other => panic!("no effect is called {other}"),
            },
            conditions,
            expression,
            own_form: words.says("own_form"),
            dated: words.dated(),
            article: String::new(),
            source: String::new(),
            checked_by: "unchecked".to_owned(),
        });
        self
    }

    /// `PROCEDURE LENGTH [counted] [moves] [together] [start= fallback= not_before= by= from= until=]`; a length is
    /// `14`, `2m`, `1y`, `-1`.
    pub fn deadline(mut self, row: &str, conditions: &[&str]) -> Rows {
        let words = Words::of(row);
        let conditions = self.conditions(conditions);
        self.pack.deadlines.push(DeadlineRow {
            id: format!("deadline-{}", self.pack.deadlines.len() + 1),
            procedure: words.plain[0].to_owned(),
            conditions,
            start: words.day_ref("start"),
            fallback: words.day_ref("fallback"),
            length: shift(words.plain[1]),
            first_day_counts: words.says("counted"),
            moves_from_closed_day: words.says("moves"),
            clock: if words.says("together") { Clock::Together } else { Clock::Alone },
            not_before: words.day_ref("not_before"),
            dated: words.dated(),
        });
        self
    }

    /// `PROCEDURE ITEM each|visitor [by= from= until=]`.
    pub fn bring(mut self, row: &str, conditions: &[&str]) -> Rows {
        let words = Words::of(row);
        let conditions = self.conditions(conditions);
        self.pack.bring.push(BringRow {
            id: format!("bring-{}", self.pack.bring.len() + 1),
            procedure: words.plain[0].to_owned(),
            item: words.plain[1].to_owned(),
            who: if words.says("each") { Bearer::Each } else { Bearer::Visitor },
            conditions,
            expression: None,
            dated: words.dated(),
        });
        self
    }

    /// `PROCEDURE FORM [by= from= until=]`.
    pub fn paper(self, row: &str) -> Rows {
        self.paper_when(row, &[])
    }

    /// The same, with conditions.
    pub fn paper_when(mut self, row: &str, conditions: &[&str]) -> Rows {
        let words = Words::of(row);
        let conditions = self.conditions(conditions);
        self.pack.papers.push(PaperRow {
            id: format!("paper-{}", self.pack.papers.len() + 1),
            procedure: words.plain[0].to_owned(),
            form: words.plain[1].to_owned(),
            conditions,
            dated: words.dated(),
        });
        self
    }

    /// `PROCEDURE ID YEN|- [by= from= until=]`.
    pub fn fee(mut self, row: &str) -> Rows {
        let words = Words::of(row);
        self.pack.fees.push(FeeRow {
            id: words.plain[1].to_owned(),
            procedure: words.plain[0].to_owned(),
            yen: words.plain[2].parse().ok(),
            dated: words.dated(),
        });
        self
    }

    /// A Japanese text; `when` as `from= until=`.
    pub fn text(mut self, id: &str, text: &str, when: &str) -> Rows {
        let text = Text {
            text: text.to_owned(),
            origin: "author".to_owned(),
            dated: Words::of(when).dated(),
        };
        let texts = self.pack.texts.entry("ja".to_owned()).or_default();
        texts.entry(id.to_owned()).or_default().push(text);
        self
    }

    /// Days on which the office is closed; year `0000` = every year.
    pub fn closed(mut self, days: &str) -> Rows {
        self.pack.closed_days.extend(
            days.split_whitespace()
                .map(|day| ClosedDay { date: day.parse().unwrap(), name: String::new() }),
        );
        self
    }

    fn conditions(&self, rows: &[&str]) -> Vec<Condition> {
        rows.iter().map(|row| condition(self.vocabulary(), row)).collect()
    }
}

/// `FACT is|is-not|in|not-in|<|<=|>|>=|starts|not-starts VALUE…`, or `@FACT[±LENGTH]` for another fact.
fn condition(vocabulary: &Vocabulary, row: &str) -> Condition {
    let words: Vec<&str> = row.split_whitespace().collect();
    let op = match words[1] {
        "is" | "in" => Op::In,
        "is-not" | "not-in" => Op::NotIn,
        "<" => Op::Less,
        "<=" => Op::LessOrEqual,
        ">" => Op::Greater,
        ">=" => Op::GreaterOrEqual,
        "starts" => Op::Starts,
        "not-starts" => Op::NotStarts,
        other => panic!("no operator is called {other}"),
    };
    let operand = match words[2].strip_prefix('@') {
        Some(other) => {
            let DayRef { fact, shift } = day_ref(other);
            Operand::Fact { fact, shift }
        }
        None => Operand::Values(
            words[2..].iter().map(|text| value(vocabulary, words[0], text)).collect(),
        ),
    };
    Condition { fact: words[0].to_owned(), op, operand }
}

/// One value as rows write it; a list contains choices, and ages are numbers.
fn value(vocabulary: &Vocabulary, fact: &str, text: &str) -> Value {
    match vocabulary.get(fact).map(|def| def.kind) {
        Some(FactType::YesNo) => Value::YesNo(text == "yes"),
        Some(FactType::Choice | FactType::Choices) => Value::Choice(text.to_owned()),
        Some(FactType::Date) => Value::Date(text.parse().unwrap()),
        Some(FactType::Text) => Value::Text(text.to_owned()),
        Some(FactType::PersonId) => Value::PersonId(text.to_owned()),
        Some(FactType::Number | FactType::DoneList) | None => Value::Number(text.parse().unwrap()),
    }
}

/// `FACT`, `FACT+14`, `FACT-6m`, or a day.
fn day_ref(text: &str) -> DayRef {
    let is_day = text.len() == 10 && text.starts_with("20");
    let sign = text.rfind(['+', '-']).filter(|_| !is_day);
    let (fact, amount) = text.split_at(sign.unwrap_or(text.len()));
    let shift = if amount.is_empty() { Shift::default() } else { shift(amount) };
    DayRef { fact: fact.to_owned(), shift }
}

/// `14`, `-30`, `+6m`, `1y`.
pub fn shift(text: &str) -> Shift {
    let (amount, unit) = match text.strip_suffix('m') {
        Some(amount) => (amount, Unit::Months),
        None => match text.strip_suffix('y') {
            Some(amount) => (amount, Unit::Years),
            None => (text, Unit::Days),
        },
    };
    Shift { amount: amount.parse().unwrap(), unit }
}

/// A fact of the case in an expression.
pub fn case_fact(fact: &str) -> Term {
    term(Who::Case, fact)
}

/// A fact of the person, or of the member a household row is tried with.
pub fn person_fact(fact: &str) -> Term {
    term(Who::Person, fact)
}

/// A fact of the member that the innermost quantifier has reached.
pub fn member_fact(fact: &str) -> Term {
    term(Who::Member(0), fact)
}

fn term(who: Who, fact: &str) -> Term {
    Term::Fact { who, fact: fact.to_owned(), shift: Shift::default() }
}

pub fn compare(left: Term, op: Op, right: Term) -> Expression {
    Expression::Compare { left, op, right }
}

pub fn number(number: i64) -> Term {
    Term::Value(Value::Number(number))
}

pub fn among(term: Term, values: &[&str]) -> Expression {
    let values = values.iter().map(|&id| Value::Choice(id.to_owned())).collect();
    Expression::Among { term, values }
}

pub fn not(inner: Expression) -> Expression {
    Expression::Not(Box::new(inner))
}

/// How many members meet `body`, as CEL's `filter(…).size()`.
pub fn members(body: Expression, op: Op, count: i64) -> Expression {
    Expression::Members { body: Box::new(body), op, count }
}

pub fn exists(body: Expression) -> Expression {
    members(body, Op::GreaterOrEqual, 1)
}

pub fn every(body: Expression) -> Expression {
    members(not(body), Op::In, 0)
}

fn empty() -> Pack {
    Pack {
        format: FORMAT,
        id: "small".to_owned(),
        version: 1,
        name: "みほん市".to_owned(),
        municipality_code: "000000".to_owned(),
        prefecture: "みほん県".to_owned(),
        municipality: "みほん市".to_owned(),
        base: None,
        valid_from: None,
        valid_until: None,
        author: String::new(),
        approver: String::new(),
        sample: true,
        facts: Vec::new(),
        derived: Vec::new(),
        gates: Vec::new(),
        follows: Vec::new(),
        choices: Vec::new(),
        questions: Vec::new(),
        procedures: Vec::new(),
        rules: Vec::new(),
        deadlines: Vec::new(),
        bring: Vec::new(),
        offices: Vec::new(),
        fees: Vec::new(),
        papers: Vec::new(),
        closed_days: Vec::new(),
        handover: Default::default(),
        sources: Vec::new(),
        tests: Vec::new(),
        texts: BTreeMap::new(),
        readings: BTreeMap::new(),
        forms: BTreeMap::new(),
        blanks: BTreeMap::new(),
    }
}
