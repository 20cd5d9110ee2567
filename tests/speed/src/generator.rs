//! Packs of any size, the same for the same seed.
//!
//! Shaped like real packs: most rows begin with the event of the visit, facts are shared by many procedures,
//! about half of the procedures are decided for each person, rows have versions, exceptions, ages, dates,
//! quantifiers over the members, and procedures have last days, things to bring and papers.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use kakanai_rules::expression::{Expression, Term, Who};
use kakanai_rules::pack::{
    Agent, Bearer, BringRow, ChoiceRow, Clock, ClosedDay, Condition, Dated, DayRef, DeadlineRow,
    DoneAt, Effect, FORMAT, FiledBy, Op, Operand, Pack, ProcedureRow, QuestionRow, RuleRow, Scope,
    Shift, Text, Unit,
};
use kakanai_rules::{FactDef, FactType, Sensitivity, SubjectKind, Value};

use crate::chance::Chance;

/// The day at the counter.
pub const ON: Date = date(2026, 11, 20);

/// The events of a visit.
pub const EVENTS: [&str; 10] = [
    "tennyu",
    "tenkyo",
    "tenshutsu",
    "setai",
    "shussei",
    "shibo",
    "konin",
    "rikon",
    "shomei",
    "sonota",
];

/// The values of every choice fact.
pub const CHOICES: [&str; 4] = ["none", "first", "second", "third"];

/// Makes a pack of `procedures` procedures.
pub fn pack(procedures: usize, seed: u64) -> Pack {
    Generator::new(procedures, seed).pack()
}

/// Facts that a pack of this size has of its own.
fn own_facts(procedures: usize) -> usize {
    (20 + procedures / 10).min(250)
}

struct Generator {
    chance: Chance,
    procedures: usize,
    case: Vec<FactDef>,
    person: Vec<FactDef>,
}

impl Generator {
    fn new(procedures: usize, seed: u64) -> Generator {
        let mut chance = Chance::new(seed);
        let (mut case, mut person) = (Vec::new(), Vec::new());
        for place in 0..own_facts(procedures) {
            let subject = if place % 5 < 2 { SubjectKind::Case } else { SubjectKind::Person };
            let (list, letter) = match subject {
                SubjectKind::Case => (&mut case, 'c'),
                SubjectKind::Person => (&mut person, 'p'),
            };
            let kind = match chance.below(100) {
                0..55 => FactType::YesNo,
                55..85 => FactType::Choice,
                85..92 => FactType::Number,
                _ => FactType::Date,
            };
            let values = match kind {
                FactType::Choice => CHOICES.iter().map(|&value| value.to_owned()).collect(),
                _ => Vec::new(),
            };
            list.push(FactDef {
                id: format!("{letter}{place:03}"),
                subject,
                kind,
                values,
                sensitivity: Sensitivity::Plain,
            });
        }
        Generator { chance, procedures, case, person }
    }

    fn pack(mut self) -> Pack {
        let mut pack = Pack {
            format: FORMAT,
            id: format!("speed-{}", self.procedures),
            version: 1,
            name: "みほん市".to_owned(),
            municipality_code: "000000".to_owned(),
            prefecture: String::new(),
            municipality: String::new(),
            base: None,
            valid_from: None,
            valid_until: None,
            author: "generator".to_owned(),
            approver: "nobody".to_owned(),
            sample: true,
            facts: self.case.iter().chain(&self.person).cloned().collect(),
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
            closed_days: closed_days(),
            handover: Default::default(),
            sources: Vec::new(),
            tests: Vec::new(),
            texts: BTreeMap::new(),
        readings: BTreeMap::new(),
            forms: BTreeMap::new(),
            blanks: BTreeMap::new(),
        };
        for number in 0..self.procedures {
            self.procedure(&mut pack, number);
        }
        questions(&mut pack);
        pack
    }

    fn procedure(&mut self, pack: &mut Pack, number: usize) {
        let id = format!("proc.{number:04}");
        let scope = if self.chance.percent(50) { Scope::Person } else { Scope::Household };
        let asks = if self.chance.percent(40) {
            vec!["name".to_owned(), "phone".to_owned()]
        } else {
            Vec::new()
        };
        pack.procedures.push(ProcedureRow {
            id: id.clone(),
            scope,
            law: format!("見本条例{}条", number + 1),
            office: "citizen".to_owned(),
            filed_by: FiledBy::Person,
            agent: Agent::Letter,
            covered_by: Vec::new(),
            done_at: DoneAt::Here,
            signed_off: true,
            asks,
            notes: Vec::new(),
            discreet: false,
        });
        let events = self.events();
        let first = if self.chance.percent(70) { Effect::Required } else { Effect::MayApply };
        self.rule(pack, &id, scope, first, events.as_ref());
        if self.chance.percent(40) {
            let second = if self.chance.percent(70) { Effect::Required } else { Effect::MayApply };
            let events = if self.chance.percent(50) { events.clone() } else { self.events() };
            self.rule(pack, &id, scope, second, events.as_ref());
        }
        if self.chance.percent(25) {
            self.rule(pack, &id, scope, Effect::Except, None);
        }
        if self.chance.percent(60) {
            self.deadlines(pack, &id);
        }
        for item in 0..1 + self.chance.below(2) {
            let who = if self.chance.percent(50) { Bearer::Each } else { Bearer::Visitor };
            let conditions =
                if self.chance.percent(50) { vec![self.on_case()] } else { Vec::new() };
            pack.bring.push(BringRow {
                id: format!("{id}-bring-{item}"),
                procedure: id.clone(),
                item: format!("item-{}", self.chance.below(40)),
                who,
                conditions,
                expression: None,
                dated: Dated::default(),
            });
        }
    }

    /// One or two events; one procedure of ten is for every visit.
    fn events(&mut self) -> Option<Condition> {
        if self.chance.percent(10) {
            return None;
        }
        let first = *self.chance.pick(&EVENTS);
        let mut events = vec![first];
        if self.chance.percent(35) {
            let second = *self.chance.pick(&EVENTS);
            if second != first {
                events.push(second);
            }
        }
        Some(Condition { fact: "event".to_owned(), op: Op::In, operand: choices(&events) })
    }

    fn rule(
        &mut self,
        pack: &mut Pack,
        procedure: &str,
        scope: Scope,
        effect: Effect,
        events: Option<&Condition>,
    ) {
        let mut conditions: Vec<Condition> = events.cloned().into_iter().collect();
        if effect != Effect::Except && self.chance.percent(30) {
            conditions.push(Condition {
                fact: "move_date".to_owned(),
                op: Op::LessOrEqual,
                operand: Operand::Fact { fact: "counter_date".to_owned(), shift: Shift::default() },
            });
        }
        let about_people = scope == Scope::Person || self.chance.percent(40);
        conditions.push(if about_people { self.on_person() } else { self.on_case() });
        if effect != Effect::Except {
            for _ in 0..self.chance.below(3) {
                let personal = about_people && self.chance.percent(60);
                conditions.push(if personal { self.on_person() } else { self.on_case() });
            }
            if about_people && self.chance.percent(30) {
                conditions.push(self.on_age());
            }
        }
        let expression = self.chance.percent(5).then(|| self.over_members());
        let number = pack.rules.len();
        let mut row = RuleRow {
            id: format!("rule-{number}"),
            procedure: procedure.to_owned(),
            effect,
            conditions,
            expression,
            own_form: false,
            dated: Dated::default(),
            article: format!("見本条例{}条", number + 1),
            source: "speed".to_owned(),
            checked_by: "nobody".to_owned(),
        };
        if self.chance.percent(10) {
            let date_by = self.chance.percent(50).then(|| "move_date".to_owned());
            let change = date(2026, 11, 1);
            let mut later = row.clone();
            later.id = format!("rule-{}", number + 1);
            if let Some(last) = later.conditions.last_mut() {
                *last = if about_people { self.on_person() } else { self.on_case() };
            }
            row.dated = Dated {
                date_by: date_by.clone(),
                from: None,
                until: change.yesterday().ok().map(Into::into),
            };
            later.dated = Dated { date_by, from: Some(change.into()), until: None };
            pack.rules.push(row);
            pack.rules.push(later);
        } else {
            pack.rules.push(row);
        }
    }

    fn on_case(&mut self) -> Condition {
        let def = self.chance.pick(&self.case).clone();
        self.on(&def)
    }

    fn on_person(&mut self) -> Condition {
        let def = self.chance.pick(&self.person).clone();
        self.on(&def)
    }

    fn on_age(&mut self) -> Condition {
        let (op, limits) = if self.chance.percent(50) {
            (Op::GreaterOrEqual, [20, 40, 65, 75])
        } else {
            (Op::LessOrEqual, [3, 6, 15, 18])
        };
        let limit = *self.chance.pick(&limits);
        Condition {
            fact: "age".to_owned(),
            op,
            operand: Operand::Values(vec![Value::Number(limit)]),
        }
    }

    fn on(&mut self, def: &FactDef) -> Condition {
        let (op, operand) = match def.kind {
            FactType::YesNo => {
                (Op::In, Operand::Values(vec![Value::YesNo(self.chance.percent(70))]))
            }
            FactType::Choice => {
                let op = if self.chance.percent(20) { Op::NotIn } else { Op::In };
                let first = *self.chance.pick(&CHOICES);
                let mut values = vec![first];
                if self.chance.percent(30) {
                    values.extend(CHOICES.iter().find(|value| **value != first));
                }
                (op, choices(&values))
            }
            FactType::Number => {
                let op = *self.chance.pick(&[Op::GreaterOrEqual, Op::Less]);
                (op, Operand::Values(vec![Value::Number(self.chance.between(1, 9) * 10)]))
            }
            _ => (
                Op::LessOrEqual,
                Operand::Fact { fact: "counter_date".to_owned(), shift: Shift::default() },
            ),
        };
        Condition { fact: def.id.clone(), op, operand }
    }

    /// At least one or two members of some age for whom a yes-no fact holds, or nobody for whom one does.
    fn over_members(&mut self) -> Expression {
        let member = |fact: &str| Term::Fact {
            who: Who::Member(0),
            fact: fact.to_owned(),
            shift: Shift::default(),
        };
        let facts: Vec<&FactDef> =
            self.person.iter().filter(|def| def.kind == FactType::YesNo).collect();
        let fact = self.chance.pick(&facts).id.clone();
        let age = Expression::Compare {
            left: member("age"),
            op: Op::GreaterOrEqual,
            right: Term::Value(Value::Number(*self.chance.pick(&[6, 18, 20, 40, 65]))),
        };
        let body = Box::new(Expression::All(vec![age, Expression::Holds(member(&fact))]));
        match self.chance.below(4) {
            0 => Expression::Not(Box::new(Expression::Members {
                body,
                op: Op::GreaterOrEqual,
                count: 1,
            })),
            1 => Expression::Members { body, op: Op::GreaterOrEqual, count: 2 },
            _ => Expression::Members { body, op: Op::GreaterOrEqual, count: 1 },
        }
    }

    fn deadlines(&mut self, pack: &mut Pack, procedure: &str) {
        let start = |fact: &str| DayRef { fact: fact.to_owned(), shift: Shift::default() };
        let own: Vec<&FactDef> =
            self.case.iter().filter(|def| def.kind == FactType::Date).collect();
        let starts = match own.is_empty() || self.chance.percent(70) {
            true => "move_date".to_owned(),
            false => self.chance.pick(&own).id.clone(),
        };
        let length = *self.chance.pick(&[
            Shift { amount: 14, unit: Unit::Days },
            Shift { amount: 30, unit: Unit::Days },
            Shift { amount: 3, unit: Unit::Months },
        ]);
        let together = self.chance.percent(10);
        let clock = if together { Clock::Together } else { Clock::Alone };
        let row = DeadlineRow {
            id: format!("{procedure}-last"),
            procedure: procedure.to_owned(),
            conditions: Vec::new(),
            start: Some(start(&starts)),
            fallback: None,
            length,
            first_day_counts: self.chance.percent(20),
            moves_from_closed_day: true,
            clock,
            not_before: None,
            dated: Dated::default(),
        };
        if together {
            pack.deadlines.push(DeadlineRow {
                id: format!("{procedure}-second"),
                start: Some(start("counter_date")),
                length: Shift { amount: 20, unit: Unit::Days },
                ..row.clone()
            });
        }
        pack.deadlines.push(row);
    }
}

fn choices(values: &[&str]) -> Operand {
    Operand::Values(values.iter().map(|&value| Value::Choice(value.to_owned())).collect())
}

fn closed_days() -> Vec<ClosedDay> {
    [
        "0000-01-01",
        "0000-01-02",
        "0000-01-03",
        "0000-02-11",
        "0000-04-29",
        "0000-05-03",
        "0000-05-04",
        "0000-05-05",
        "0000-08-11",
        "0000-11-03",
        "0000-11-23",
        "0000-12-29",
        "0000-12-30",
        "0000-12-31",
    ]
    .iter()
    .filter_map(|day| Some(ClosedDay { date: day.parse().ok()?, name: "休日".to_owned() }))
    .collect()
}

/// A question with three texts in two languages for every fact, and a text for everything that is named.
fn questions(pack: &mut Pack) {
    let shared = ["event", "move_date", "birth_date", "name", "phone"];
    let facts: Vec<String> = shared
        .iter()
        .map(|&fact| fact.to_owned())
        .chain(pack.facts.iter().map(|def| def.id.clone()))
        .collect();
    let mut texts: Vec<String> = Vec::new();
    for (number, fact) in facts.iter().enumerate() {
        pack.questions.push(QuestionRow {
            id: fact.clone(),
            number: u32::try_from(number + 1).unwrap_or(u32::MAX),
            fact: fact.clone(),
            at_home: true,
            group: None,
            retired: false,
        });
        texts.extend(["", ".why", ".staff"].map(|suffix| format!("question.{fact}{suffix}")));
        texts.push(format!("fact.{fact}"));
    }
    let choices = pack
        .facts
        .iter()
        .filter(|def| def.kind == FactType::Choice)
        .flat_map(|def| def.values.iter().map(|value| (def.id.clone(), value.clone())));
    let events = EVENTS.iter().map(|&event| ("event".to_owned(), event.to_owned()));
    for (number, (fact, value)) in events.chain(choices).enumerate() {
        let id = format!("{fact}.{value}");
        texts.push(format!("choice.{id}"));
        pack.choices.push(ChoiceRow {
            id,
            number: u32::try_from(number + 1).unwrap_or(u32::MAX),
            fact,
            value,
            retired: false,
        });
    }
    texts.extend(pack.procedures.iter().map(|row| format!("procedure.{}", row.id)));
    texts.extend((0..40).map(|item| format!("bring.item-{item}")));
    for lang in ["ja", "en"] {
        let text = |id: &String| {
            let said = match lang {
                "ja" => format!("{id}についての見本の文です"),
                _ => format!("A sample sentence about {id}"),
            };
            (
                id.clone(),
                vec![Text { text: said, origin: "author".to_owned(), dated: Dated::default() }],
            )
        };
        pack.texts.insert(lang.to_owned(), texts.iter().map(text).collect());
    }
}
