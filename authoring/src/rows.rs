//! One row of each sheet, typed. A row with a fault in a cell that it cannot do without is left out; what is
//! wrong is a finding.

use kakanai_rules::pack::{
    Agent, Bearer, BringRow, ChoiceRow, Clock, ClosedDay, DeadlineRow, DoneAt, Effect, FeeRow,
    FiledBy, GateRow, OfficeRow, PaperRow, ProcedureRow, QuestionRow, RuleRow, Scope, Shift,
    SourceRow, Unit,
};
use kakanai_rules::{FactType, SubjectKind};

use crate::cells::{Cells, expected_of, whole_value};
use crate::days::AMOUNT_MAX;
use crate::expression;
use crate::names::Names;

pub fn gate(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<GateRow> {
    let id = cells.id("id")?;
    let gate = cells.text("gate");
    match names.fact(&gate) {
        None => {
            cells.unknown_fact("gate", &gate, names);
            return None;
        }
        Some(def)
            if def.kind != FactType::YesNo
                || def.subject != SubjectKind::Case
                || names.derived.contains(&gate) =>
        {
            cells.wrong(
                "gate",
                &gate,
                "世帯に尋ねる はい・いいえ の項目",
                "a yes-no fact of the case that is asked",
            );
            return None;
        }
        Some(_) => {}
    }
    let fact = cells.text("fact");
    let Some(def) = names.vocabulary.get(&fact) else {
        cells.unknown_fact("fact", &fact, names);
        return None;
    };
    if fact == gate || names.derived.contains(&fact) {
        cells.wrong("fact", &fact, "質問で尋ねる項目", "a fact that a question asks");
        return None;
    }
    let cell = cells.text("value");
    let value = whole_value(def, &cell).filter(|_| !cell.is_empty());
    if value.is_none() && !cell.is_empty() {
        let (expected, expected_en) = expected_of(def);
        cells.wrong("value", &cell, &expected, &expected_en);
        return None;
    }
    let conditions = cells.conditions(names);
    for (number, condition) in conditions.iter().enumerate() {
        let about = names.fact(&condition.fact).map(|def| def.subject);
        if about != Some(SubjectKind::Case) && about != Some(def.subject) {
            let column = format!("fact{}", number + 1);
            cells.wrong(&column, &condition.fact, "世帯の項目", "a fact of the case");
        }
    }
    Some(GateRow { id, gate, fact, value, conditions })
}

pub fn choice(cells: &mut Cells<'_>) -> Option<ChoiceRow> {
    let id = cells.id("id")?;
    let Some((fact, value)) = id.split_once('.') else {
        cells.wrong("id", &id, "項目.値", "fact.value");
        return None;
    };
    Some(ChoiceRow {
        number: cells.number("number")?,
        fact: fact.to_owned(),
        value: value.to_owned(),
        retired: cells.yes_no("retired", false),
        id,
    })
}

pub fn question(cells: &mut Cells<'_>) -> Option<QuestionRow> {
    Some(QuestionRow {
        id: cells.id("id")?,
        number: cells.number("number")?,
        fact: cells.text("fact"),
        at_home: cells.yes_no("at_home", false),
        group: cells.optional("group"),
        retired: cells.yes_no("retired", false),
    })
}

pub fn procedure(cells: &mut Cells<'_>) -> Option<ProcedureRow> {
    let scopes = [("household", Scope::Household), ("person", Scope::Person)];
    let places =
        [("here", DoneAt::Here), ("elsewhere", DoneAt::Elsewhere), ("paper", DoneAt::Paper)];
    let filers = [
        ("person", FiledBy::Person),
        ("head", FiledBy::Head),
        ("household", FiledBy::Household),
        ("parent", FiledBy::Parent),
        ("recipient", FiledBy::Recipient),
        ("owner", FiledBy::Owner),
        ("anyone", FiledBy::Anyone),
    ];
    let agents = [
        ("free", Agent::Free),
        ("letter", Agent::Letter),
        ("inquiry", Agent::Inquiry),
        ("legal", Agent::Legal),
        ("none", Agent::None),
    ];
    Some(ProcedureRow {
        id: cells.id("id")?,
        scope: cells.one_of("scope", &scopes, None)?,
        law: cells.text("law"),
        office: cells.text("office"),
        filed_by: cells.one_of("filed_by", &filers, Some(FiledBy::Household))?,
        agent: cells.one_of("agent", &agents, Some(Agent::Letter))?,
        covered_by: cells.list("covered_by"),
        done_at: cells.one_of("done_at", &places, Some(DoneAt::Here))?,
        signed_off: cells.yes_no("signed_off", false),
        asks: cells.list("asks"),
        notes: cells.list("notes"),
        discreet: cells.yes_no("discreet", false),
    })
}

pub fn rule(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<RuleRow> {
    let effects = [
        ("required", Effect::Required),
        ("may-apply", Effect::MayApply),
        ("except", Effect::Except),
    ];
    let (id, effect) = (cells.id("id")?, cells.one_of("effect", &effects, None)?);
    let conditions = cells.conditions(names);
    let scope = expression::Scope { person: true };
    let expression = cells.expression("expression", scope, names);
    Some(RuleRow {
        id,
        procedure: cells.text("procedure"),
        effect,
        conditions,
        expression,
        own_form: cells.yes_no("own_form", false),
        dated: cells.dated(names),
        article: cells.text("article"),
        source: cells.text("source"),
        checked_by: cells.optional("checked_by").unwrap_or_else(|| "unchecked".to_owned()),
    })
}

pub fn deadline(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<DeadlineRow> {
    let units = [("days", Unit::Days), ("months", Unit::Months), ("years", Unit::Years)];
    let firsts = [("counted", true), ("not counted", false)];
    let closed = [("moves", true), ("stays", false)];
    let clocks = [("", Clock::Alone), ("together", Clock::Together)];
    let id = cells.id("id")?;
    let conditions = cells.conditions(names);
    // Without days the row only says when the procedure can be done at the earliest.
    let ends = !cells.text("days").is_empty();
    let mut amount = 0;
    if ends {
        amount = cells.number("days")?;
        if !(-AMOUNT_MAX..=AMOUNT_MAX).contains(&amount) {
            let (cell, most) = (cells.text("days"), AMOUNT_MAX.to_string());
            cells.wrong(
                "days",
                &cell,
                &format!("{most} までの数"),
                &format!("a number up to {most}"),
            );
            return None;
        }
    }
    let start = cells.day("start", names);
    Some(DeadlineRow {
        id,
        procedure: cells.text("procedure"),
        conditions,
        start: start.filter(|_| ends),
        fallback: cells.day("fallback", names),
        length: Shift { amount, unit: cells.one_of("unit", &units, Some(Unit::Days))? },
        first_day_counts: cells.one_of("first_day", &firsts, Some(false))?,
        moves_from_closed_day: cells.one_of("closed_day", &closed, (!ends).then_some(true))?,
        clock: cells.one_of("clock", &clocks, None)?,
        not_before: cells.day("not_before", names),
        dated: cells.dated(names),
    })
}

pub fn bring(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<BringRow> {
    let bearers = [("each", Bearer::Each), ("visitor", Bearer::Visitor)];
    let scope = expression::Scope { person: true };
    Some(BringRow {
        id: cells.id("id")?,
        procedure: cells.text("procedure"),
        item: cells.id("item")?,
        who: cells.one_of("who", &bearers, None)?,
        conditions: cells.conditions(names),
        expression: cells.expression("expression", scope, names),
        dated: cells.dated(names),
    })
}

pub fn office(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<OfficeRow> {
    Some(OfficeRow {
        id: cells.id("id")?,
        place: cells.text("place"),
        phone: cells.text("phone"),
        dated: cells.dated(names),
    })
}

pub fn fee(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<FeeRow> {
    Some(FeeRow {
        id: cells.id("id")?,
        procedure: cells.text("procedure"),
        yen: match cells.optional("yen") {
            None => None,
            Some(_) => Some(cells.number("yen")?),
        },
        dated: cells.dated(names),
    })
}

pub fn paper(cells: &mut Cells<'_>, names: &Names<'_>) -> Option<PaperRow> {
    Some(PaperRow {
        id: cells.id("id")?,
        procedure: cells.text("procedure"),
        form: cells.text("form"),
        conditions: cells.conditions(names),
        dated: cells.dated(names),
    })
}

pub fn closed_day(cells: &mut Cells<'_>) -> Option<ClosedDay> {
    Some(ClosedDay { date: cells.date("date")?, name: cells.text("name") })
}

pub fn source(cells: &mut Cells<'_>) -> Option<SourceRow> {
    Some(SourceRow {
        id: cells.id("id")?,
        title: cells.text("title"),
        location: cells.text("location"),
        as_of: cells.text("as_of"),
    })
}
