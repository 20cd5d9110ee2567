//! From cells to the compiled pack.
//!
//! Rows with a fault are left out and named; what is left is typed. Cross-references are looked at afterwards
//! ([`crate::check`]).

use std::collections::BTreeMap;

use kakanai_rules::Vocabulary;
use kakanai_rules::pack::{FORMAT, Pack, Text};

use crate::cells::Cells;
use crate::example;
use crate::finding::Finding;
use crate::folder::Folder;
use crate::load::Loaded;
use crate::names::Names;
use crate::row::Row;
use crate::templates::templates;
use crate::{check, facts, follows, handover, readings, rows};

/// Compiles a folder.
pub fn compile(folder: Folder) -> Loaded {
    let Folder { head, sheets, forms, blanks: files, mut findings } = folder;
    let form_files = forms.iter().map(|(id, (file, _))| (id.clone(), file.clone())).collect();
    let found = &mut findings;
    let facts = facts::facts(sheets.rows("facts"), found);
    let choices = each(sheets.rows("choices"), found, rows::choice);
    let values = choices.iter().map(|row| (row.fact.as_str(), row.value.as_str()));
    let vocabulary = Vocabulary::new(&facts, values);
    let derived_ids = facts::derived_ids(sheets.rows("facts"));
    let mut names = Names::new(&vocabulary, derived_ids, sheets.rows("procedures"));
    let deadlines = each(sheets.rows("deadlines"), found, |cells| rows::deadline(cells, &names));
    names.count_clocks(&deadlines);
    let (tests, test_places) = example::read(sheets.rows("tests"), &names, found);
    let (forms, blanks) = templates(forms, &files, &vocabulary, found);
    let pack = Pack {
        format: FORMAT,
        id: head.id,
        version: head.version,
        name: head.name,
        municipality_code: head.municipality_code,
        prefecture: head.prefecture,
        municipality: head.municipality,
        base: head.base,
        valid_from: head.valid_from,
        valid_until: head.valid_until,
        author: head.author,
        approver: head.approver,
        sample: head.sample,
        derived: facts::derived(sheets.rows("facts"), &names, found),
        gates: each(sheets.rows("gates"), found, |cells| rows::gate(cells, &names)),
        follows: each(sheets.rows("follows"), found, |cells| follows::follow(cells, &names)),
        questions: each(sheets.rows("questions"), found, rows::question),
        procedures: each(sheets.rows("procedures"), found, rows::procedure),
        rules: each(sheets.rows("rules"), found, |cells| rows::rule(cells, &names)),
        deadlines,
        bring: each(sheets.rows("bring"), found, |cells| rows::bring(cells, &names)),
        offices: each(sheets.rows("offices"), found, |cells| rows::office(cells, &names)),
        fees: each(sheets.rows("fees"), found, |cells| rows::fee(cells, &names)),
        papers: each(sheets.rows("papers"), found, |cells| rows::paper(cells, &names)),
        closed_days: each(sheets.rows("closed_days"), found, rows::closed_day),
        sources: each(sheets.rows("sources"), found, rows::source),
        handover: handover::handover(&sheets, &names, found),
        tests,
        texts: texts(sheets.rows("texts"), &names, found),
        readings: each(sheets.rows("readings"), found, readings::reading).into_iter().collect(),
        forms,
        blanks,
        facts,
        choices,
    };
    let found = check::references(&pack, &sheets, &findings);
    findings.extend(found);
    Loaded { pack, findings, sheets, test_places, form_files }
}

fn each<T>(
    rows: &[Row],
    findings: &mut Vec<Finding>,
    mut read: impl FnMut(&mut Cells<'_>) -> Option<T>,
) -> Vec<T> {
    rows.iter().filter_map(|row| read(&mut Cells::new(row, findings))).collect()
}

fn texts(
    rows: &[Row],
    names: &Names<'_>,
    findings: &mut Vec<Finding>,
) -> BTreeMap<String, BTreeMap<String, Vec<Text>>> {
    let mut texts: BTreeMap<String, BTreeMap<String, Vec<Text>>> = BTreeMap::new();
    let origins = ["author", "machine-draft", "native-checked"].map(|origin| (origin, origin));
    for row in rows {
        let mut cells = Cells::new(row, findings);
        let (Some(id), Some(lang)) = (cells.id("id"), cells.id("lang")) else { continue };
        let Some(origin) = cells.one_of("origin", &origins, None) else { continue };
        let text =
            Text { text: cells.text("text"), origin: origin.to_owned(), dated: cells.dated(names) };
        texts.entry(lang).or_default().entry(id).or_default().push(text);
    }
    texts
}

#[cfg(test)]
mod tests {
    use kakanai_rules::pack::{
        Agent, Clock, DayRef, FiledBy, Op, Operand, Pack, Scope, Shift, Unit,
    };
    use kakanai_rules::{FactType, Value};
    use proptest::prelude::*;

    use crate::canonical::canonical;
    use crate::finding::Finding;
    use crate::fixture::Packs;
    use crate::layouts::LAYOUTS;
    use crate::load::load_with_findings;
    use crate::sheet::overlay;

    fn read(sheet: &str, text: &str) -> (Pack, Vec<Finding>) {
        let packs = Packs::new();
        packs
            .write(
                "base/facts",
                "id,subject,type,values,sensitivity,expression\nany_card,case,yes-no,,,\n\
                due_date,person,date,,private,\ngrown,person,yes-no,,,person.age >= 20\n",
            )
            .write("base/procedures", "id,scope\np,household\nq,person\n")
            .write(&format!("base/{sheet}"), text);
        let loaded = load_with_findings(&packs.path("base")).unwrap();
        (loaded.pack, loaded.findings)
    }

    fn day(fact: &str, amount: i32, unit: Unit) -> DayRef {
        DayRef { fact: fact.to_owned(), shift: Shift { amount, unit } }
    }

    #[test]
    fn empty_cells_say_what_is_usual() {
        let (pack, _) = read("procedures", "id,scope\np,person\n");
        let row = &pack.procedures[0];
        assert_eq!(
            (row.scope, row.filed_by, row.agent),
            (Scope::Person, FiledBy::Household, Agent::Letter)
        );
        let (pack, _) =
            read("procedures", "id,scope,filed_by,agent,covered_by\np,person,head,none,q p\n");
        let row = &pack.procedures[0];
        assert_eq!(
            (row.filed_by, row.agent, row.covered_by.len()),
            (FiledBy::Head, Agent::None, 2)
        );

        let (pack, _) = read(
            "deadlines",
            "id,procedure,start,days,closed_day,not_before\n\
            a,p,move_date,14,moves,\nb,p,,,,due_date-6m\n",
        );
        let [ends, opens] = &pack.deadlines[..] else { panic!("{:#?}", pack.deadlines) };
        assert_eq!(ends.start, Some(day("move_date", 0, Unit::Days)));
        assert_eq!(
            (ends.length, ends.clock),
            (Shift { amount: 14, unit: Unit::Days }, Clock::Alone)
        );
        assert!(!ends.first_day_counts && ends.moves_from_closed_day && ends.not_before.is_none());
        assert_eq!(
            (&opens.start, &opens.not_before),
            (&None, &Some(day("due_date", -6, Unit::Months)))
        );

        let (pack, _) =
            read("rules", "id,procedure,effect,fact1,op1,value1\nr,p,required,event,is,tennyu\n");
        let rule = &pack.rules[0];
        assert_eq!(
            (rule.own_form, rule.checked_by.as_str(), rule.expression.is_none()),
            (false, "unchecked", true)
        );
        assert!(!pack.sample);
    }

    #[test]
    fn conditions_name_facts_named_conditions_ages_and_days_of_procedures() {
        let (pack, findings) = read(
            "rules",
            "id,procedure,effect,fact1,op1,value1,fact2,op2,value2,fact3,op3,value3,fact4,op4,value4\n\
             r,p,required,grown,is,yes,legal_age,<,20,counter_date,<=,@deadline.q+1y,certificates,in,inkan nozei\n",
        );
        assert!(findings.iter().all(
            |finding| finding.sheet != "base/sheets/rules.csv" || finding.kind != "wrong-value"
        ));
        let found: Vec<_> = pack.rules[0]
            .conditions
            .iter()
            .map(|condition| (condition.fact.as_str(), condition.op, condition.operand.clone()))
            .collect();
        let choice = |id: &str| Value::Choice(id.to_owned());
        let shift = Shift { amount: 1, unit: Unit::Years };
        assert_eq!(
            found,
            [
                ("grown", Op::In, Operand::Values(vec![Value::YesNo(true)])),
                ("legal_age", Op::Less, Operand::Values(vec![Value::Number(20)])),
                (
                    "counter_date",
                    Op::LessOrEqual,
                    Operand::Fact { fact: "deadline.q".to_owned(), shift }
                ),
                ("certificates", Op::In, Operand::Values(vec![choice("inkan"), choice("nozei")])),
            ]
        );
        let grown = pack.facts.iter().find(|def| def.id == "grown").map(|def| def.kind);
        assert_eq!((grown, pack.derived.len()), (Some(FactType::YesNo), 1));
    }

    #[test]
    fn a_gate_says_a_whole_value() {
        let (pack, _) = read(
            "gates",
            "id,gate,fact,value,fact1,op1,value1\na,any_card,mynumber_card,none,event,is,tennyu\nb,any_card,certificates,inkan nozei,,,\n",
        );
        let [card, list] = &pack.gates[..] else { panic!("{:#?}", pack.gates) };
        assert_eq!(
            (&card.value, card.conditions.len()),
            (&Some(Value::Choice("none".to_owned())), 1)
        );
        let both = vec!["inkan".to_owned(), "nozei".to_owned()];
        assert_eq!(list.value, Some(Value::Choices(both)));
    }

    #[test]
    fn versions_of_a_text_stand_in_their_order() {
        let (pack, _) = read(
            "texts",
            "id,lang,text,origin,from,until\nx,ja,今,author,,2027-03-31\nx,ja,後,author,2027-04-01,\n",
        );
        let versions: Vec<_> =
            pack.texts["ja"]["x"].iter().map(|text| text.text.as_str()).collect();
        assert_eq!(versions, ["今", "後"]);
        let on = |day: &str| pack.text("ja", "x", day.parse().unwrap());
        assert_eq!((on("2027-03-31"), on("2027-04-01")), (Some("今"), Some("後")));
    }

    #[test]
    fn a_cell_that_cannot_be_read_is_found_in_its_column() {
        let deadline = "id,procedure,start,days,unit,first_day,closed_day,clock,not_before\n";
        let gate = "id,gate,fact,value,fact1,op1,value1\n";
        let follow = "id,fact,value,kind,fact1,op1,value1\n";
        let rule = "id,procedure,effect,fact1,op1,value1,from,expression\n";
        let fact = "id,subject,type,values,expression\n";
        let table = [
            ("deadlines", deadline, "d,p,move_date,14,weeks,,moves,,", "unit"),
            ("deadlines", deadline, "d,p,move_date,many,,,moves,,", "days"),
            ("deadlines", deadline, "d,p,move_date,99999,,,moves,,", "days"),
            ("deadlines", deadline, "d,p,move_date,14,,,,,", "closed_day"),
            ("deadlines", deadline, "d,p,move_date,14,,,moves,alone,", "clock"),
            ("deadlines", deadline, "d,p,event,14,,,moves,,", "start"),
            ("deadlines", deadline, "d,p,move_date,14,,,moves,,due_date-6w", "not_before"),
            ("gates", gate, "g,event,nationality,jp,,,", "gate"),
            ("gates", gate, "g,grown,nationality,jp,,,", "gate"),
            ("gates", gate, "g,any_card,grown,no,,,", "fact"),
            ("gates", gate, "g,any_card,nationality,us,,,", "value"),
            ("gates", gate, "g,any_card,has_dog,no,moving,is,yes", "fact1"),
            ("follows", follow, "f,move_dat,2026-11-20,takes,event,is,tennyu", "fact"),
            ("follows", follow, "f,grown,yes,takes,event,is,tennyu", "fact"),
            ("follows", follow, "f,moving,perhaps,takes,event,is,tennyu", "value"),
            ("follows", follow, "f,moving,,takes,event,is,tennyu", "value"),
            ("follows", follow, "f,name,@sex,takes,event,is,tennyu", "value"),
            ("follows", follow, "f,name,@nane,takes,event,is,tennyu", "value"),
            ("follows", follow, "f,moving,yes,knows,event,is,tennyu", "kind"),
            ("follows", follow, "f,moving,yes,takes,,,", "fact1"),
            ("follows", follow, "f,moving,yes,takes,event,starts,ten", "op1"),
            ("rules", rule, "r,p,perhaps,event,is,tennyu,,", "effect"),
            ("rules", rule, "r,p,required,evnet,is,tennyu,,", "fact1"),
            ("rules", rule, "r,p,required,event,<,tennyu,,", "op1"),
            ("rules", rule, "r,p,required,age,<,3 4,,", "value1"),
            ("rules", rule, "r,p,required,age,<,@move_date,,", "value1"),
            ("rules", rule, "r,p,required,age,<,@fiscal_age+1,,", "value1"),
            ("rules", rule, "r,p,required,,is,tennyu,,", "fact1"),
            ("rules", rule, "r,p,required,event,is,tennyu,2026-11-00,", "from"),
            ("rules", rule, "r,p,required,event,is,tennyu,,person.moving &&", "expression"),
            ("rules", rule, "r 1,p,required,event,is,tennyu,,", "id"),
            ("facts", fact, "event,case,text,,", "id"),
            ("facts", fact, "legal_age,person,number,,", "id"),
            ("facts", fact, "due-date,person,date,,", "id"),
            ("facts", fact, "kind,case,choice,,", "values"),
            ("facts", fact, "grown,person,number,,person.age >= 20", "type"),
            ("facts", fact, "grown,case,yes-no,,person.age >= 20", "expression"),
            ("choices", "id,number\n", "event,1", "id"),
            ("fees", "id,procedure,yen\n", "f,p,free", "yen"),
            ("texts", "id,lang,text,origin\n", "x,ja,x,somebody", "origin"),
        ];
        for (sheet, headings, row, column) in table {
            let (_, findings) = read(sheet, &format!("{headings}{row}\n"));
            let file = format!("base/sheets/{sheet}.csv");
            let found = findings.iter().find(|finding| {
                (finding.sheet.as_str(), finding.row, finding.column.as_str()) == (&file, 2, column)
                    && matches!(finding.kind.as_str(), "wrong-value" | "unknown-fact")
            });
            let found = found.unwrap_or_else(|| panic!("{row}: {findings:#?}"));
            assert!(!found.text_en.is_empty() && !found.hint_en.is_empty(), "{row}");
        }
    }

    /// Cells that mean something somewhere, and some that mean nothing.
    const WORDS: [&str; 44] = [
        "",
        "-",
        "p",
        "q",
        "r",
        "event",
        "move_date",
        "moving",
        "age",
        "grown",
        "any_card",
        "yes",
        "no",
        "is",
        "in",
        "not in",
        "<",
        ">=",
        "tennyu",
        "14",
        "-3",
        "99999999999",
        "2026-11-20",
        "2026-00-00",
        "@move_date",
        "@move_date-6m",
        "@deadline.p",
        "deadline.p-1",
        "filed.q",
        "household",
        "person",
        "required",
        "except",
        "each",
        "moves",
        "author",
        "ja",
        "event.tennyu",
        "event=tennyu",
        "already_done=p@2026-11-02",
        "person.age >= 20",
        "people.exists(p, p.moving)",
        "あ\"い",
        "😀+",
    ];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn no_sheet_panics(cells in prop::collection::vec(prop::sample::select(&WORDS[..]), 600)) {
            let packs = Packs::new();
            let mut folder = packs.town();
            let mut cells = cells.iter().cycle();
            for layout in LAYOUTS {
                let mut text = layout.columns.join(",");
                for _ in 0..4 {
                    let row = layout.columns.iter().zip(&mut cells);
                    let row: Vec<_> = row.map(|(_, cell)| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                    text = format!("{text}\n{}", row.join(","));
                }
                let rows = folder.sheets.rows.get_mut(layout.name).unwrap();
                overlay(layout, 0, layout.name, &text, rows, &mut folder.findings);
                overlay(layout, 1, layout.name, &text, rows, &mut folder.findings);
            }
            let loaded = super::compile(folder);
            prop_assert!(!canonical(&loaded.pack).is_empty());
        }
    }
}
