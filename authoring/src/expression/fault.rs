//! What is wrong in an expression, where in its cell, and what may be written instead.

use cel::IdedExpr;
use cel::common::ast::Expr;

use super::syntax::offsets;
use crate::finding::{Finding, Place};

/// What may stand in an expression.
const ALLOWED: &str = "式に書けるもの: && || ! == != < <= > >= in ( )、\"値\"、数字、true、false、[\"値\", …]、\
    世帯の項目、person.項目、people.exists(p, …)、people.all(p, …)、people.filter(p, …).size()、\
    日付 + days(14)・months(6)・years(1)、date(\"2026-10-01\")、deadline(\"手続き\")、filed(\"手続き\")、age_on(p, 日付)";
const ALLOWED_EN: &str = "What an expression may hold: && || ! == != < <= > >= in ( ), \"value\", numbers, true, \
    false, [\"value\", …], facts of the case, person.fact, people.exists(p, …), people.all(p, …), \
    people.filter(p, …).size(), a date + days(14), months(6), years(1), date(\"2026-10-01\"), \
    deadline(\"procedure\"), filed(\"procedure\"), age_on(p, date)";

/// Why an expression is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    place: Where,
    pub words: Box<Words>,
}

/// What is wrong and what to do, in Japanese and English.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    kind: &'static str,
    pub text: String,
    hint: String,
    text_en: String,
    hint_en: String,
}

/// Where in the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Where {
    Anywhere,
    /// At a character, counted from 1.
    Character(usize),
    /// In the nodes with these ids.
    Nodes(Vec<u64>),
}

impl Fault {
    /// A fault of the whole cell.
    pub fn anywhere(text: &str, hint: &str, text_en: &str, hint_en: &str) -> Fault {
        let words = Words {
            kind: "wrong-value",
            text: text.to_owned(),
            hint: hint.to_owned(),
            text_en: text_en.to_owned(),
            hint_en: hint_en.to_owned(),
        };
        Fault { place: Where::Anywhere, words: Box::new(words) }
    }

    /// A fault at a character, counted from 1.
    pub fn at_character(
        character: usize,
        text: &str,
        hint: &str,
        en: &str,
        hint_en: &str,
    ) -> Fault {
        Fault { place: Where::Character(character), ..Fault::anywhere(text, hint, en, hint_en) }
    }

    /// A fault of a part, with what to do about it.
    pub fn at(node: &IdedExpr, text: &str, hint: &str, text_en: &str, hint_en: &str) -> Fault {
        let mut ids = Vec::new();
        collect(node, &mut ids);
        Fault { place: Where::Nodes(ids), ..Fault::anywhere(text, hint, text_en, hint_en) }
    }

    /// A part that packs may not write.
    pub fn refused(node: &IdedExpr) -> Fault {
        Fault::at(node, "ここには使えません。", ALLOWED, "This cannot stand here.", ALLOWED_EN)
    }

    /// A name that leads nowhere.
    pub fn unknown_fact(node: &IdedExpr, fact: &str, close: Option<&str>) -> Fault {
        let (hint, hint_en) = match close {
            Some(close) => {
                (format!("「{close}」のことですか。"), format!("Do you mean \"{close}\"?"))
            }
            None => (
                "つづりを確かめるか、facts 表に加えてください。".to_owned(),
                "Check the spelling, or add it to the sheet facts.".to_owned(),
            ),
        };
        let mut fault = Fault::at(
            node,
            &format!("「{fact}」という項目は語彙にもこのパックにもありません。"),
            &hint,
            &format!("neither the vocabulary nor this pack knows the fact \"{fact}\"."),
            &hint_en,
        );
        fault.words.kind = "unknown-fact";
        fault
    }

    /// The finding for the expression `source` in a cell.
    pub fn finding(&self, place: &Place, column: &str, source: &str) -> Finding {
        let (before, before_en) = match &self.place {
            Where::Anywhere => (String::new(), String::new()),
            Where::Character(at) => (format!("{at}文字目: "), format!("Character {at}: ")),
            Where::Nodes(ids) => match fragment(source, ids) {
                Some((at, fragment)) => (
                    format!("{at}文字目「{fragment}」: "),
                    format!("Character {at}, \"{fragment}\": "),
                ),
                None => (String::new(), String::new()),
            },
        };
        let Words { kind, text, hint, text_en, hint_en } = &*self.words;
        place
            .error(kind, column, format!("{before}{text}"), hint)
            .english(format!("{before_en}{text_en}"), hint_en)
    }
}

/// The piece of `source` that the nodes were read from, and the number of its first character.
fn fragment<'s>(source: &'s str, ids: &[u64]) -> Option<(usize, &'s str)> {
    let offsets = offsets(source)?;
    let spans = || ids.iter().filter_map(|id| offsets.offset_for(*id));
    let start = usize::try_from(spans().map(|(start, _)| start).min()?).ok()?;
    let end = usize::try_from(spans().map(|(_, end)| end).max()?).ok()?;
    // A node knows its own token only: names around it and brackets still open belong to it.
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    let start = source.get(..start)?.trim_end_matches(is_name).len();
    let end = source.len() - source.get(end..)?.trim_start_matches(is_name).len();
    let mut open = 0_i32;
    let closed = source.get(start..)?.char_indices().find_map(|(at, c)| {
        match c {
            '(' | '[' => open += 1,
            ')' | ']' => open -= 1,
            _ => {}
        }
        let after = start + at + c.len_utf8();
        (after >= end && open <= 0).then_some(if open < 0 { end } else { after })
    });
    let fragment = source.get(start..closed.unwrap_or(end))?.trim();
    Some((source.get(..start)?.chars().count() + 1, fragment))
}

fn collect(node: &IdedExpr, ids: &mut Vec<u64>) {
    ids.push(node.id);
    match &node.expr {
        Expr::Call(call) => {
            call.target.iter().for_each(|target| collect(target, ids));
            call.args.iter().for_each(|arg| collect(arg, ids));
        }
        Expr::Comprehension(comprehension) => {
            collect(&comprehension.iter_range, ids);
            collect(&comprehension.loop_step, ids);
        }
        Expr::List(list) => list.elements.iter().for_each(|element| collect(element, ids)),
        Expr::Select(select) => collect(&select.operand, ids),
        Expr::Ident(_) | Expr::Literal(_) | Expr::Map(_) | Expr::Struct(_) | Expr::Unspecified => {}
    }
}
