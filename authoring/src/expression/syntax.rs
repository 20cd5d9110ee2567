//! The parser: text in, syntax tree out, and the shapes into which it writes calls such as `people.exists(p, …)`.

use std::sync::Arc;

use cel::common::ast::{CallExpr, ComprehensionExpr, Expr, LiteralValue, SourceInfo, operators};
use cel::parser::PrattParser;
use cel::{IdedExpr, ParseErrors};

use super::fault::Fault;

/// Deepest nesting of brackets and calls.
const DEPTH_MAX: u16 = 24;
/// Most nodes, those that the parser writes for a call included.
const NODES_MAX: usize = 2000;

/// Reads CEL.
pub fn parse(text: &str) -> Result<IdedExpr, Fault> {
    parser().parse(text).map_err(|errors| fault(&errors, text))
}

/// Where in `source` each node was read from.
///
/// The parser tells it only beside an error: the text is read again with a bracket too many at its end.
pub fn offsets(source: &str) -> Option<Arc<SourceInfo>> {
    let errors = parser().parse(&format!("{source}\n)")).err()?;
    errors.errors.into_iter().find_map(|error| error.source_info)
}

fn parser() -> PrattParser {
    PrattParser::new()
        .max_recursion_depth(DEPTH_MAX)
        .max_expression_node_count(NODES_MAX)
        .error_recovery_limit(1)
        .enable_variadic_operator_asts(true)
}

fn fault(errors: &ParseErrors, text: &str) -> Fault {
    let hint = "かっこ・引用符（\"）・&&・||・== の書き方を確かめてください。";
    let hint_en = "Look at the brackets, the quotation marks (\"), &&, || and ==.";
    let Some(error) = errors.errors.iter().find(|error| error.pos.0 > 0) else {
        return Fault::anywhere(
            "式が複雑すぎます。",
            "式を、名前を付けた項目（facts 表の expression）に分けてください。",
            "The expression is too complicated.",
            "Split it into facts with an expression of their own (sheet facts).",
        );
    };
    let (line, column) = error.pos;
    let before = usize::try_from(line - 1).unwrap_or(0);
    let lines: usize = text.split_inclusive('\n').take(before).map(str::len).sum();
    let byte = lines + usize::try_from(column - 1).unwrap_or(0);
    let character = text.char_indices().take_while(|(at, _)| *at < byte).count() + 1;
    Fault::at_character(
        character,
        "この近くで式を読めません。",
        hint,
        "the expression cannot be read near here.",
        hint_en,
    )
}

/// What a call about the people of the household asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantifier {
    /// `exists`.
    Exists,
    /// `all`.
    All,
    /// `exists_one`.
    ExistsOne,
    /// `filter`.
    Filter,
}

/// A call about the people of the household, found again in the loop that the parser makes of it.
pub struct Loop<'t> {
    pub quantifier: Quantifier,
    /// Over what.
    pub range: &'t IdedExpr,
    /// The name of the member.
    pub variable: &'t str,
    /// What the member has to meet.
    pub body: &'t IdedExpr,
}

/// Reads the parser's loops; `None` for `map` and for shapes unknown.
pub fn quantified(comprehension: &ComprehensionExpr) -> Option<Loop<'_>> {
    let Expr::Call(step) = &comprehension.loop_step.expr else { return None };
    let found = |quantifier, body| {
        Some(Loop {
            quantifier,
            range: &comprehension.iter_range,
            variable: &comprehension.iter_var,
            body,
        })
    };
    match (&comprehension.accu_init.expr, step.func_name.as_str(), step.args.as_slice()) {
        (Expr::Literal(LiteralValue::Boolean(_)), operators::LOGICAL_OR, [_, body]) => {
            found(Quantifier::Exists, body)
        }
        (Expr::Literal(LiteralValue::Boolean(_)), operators::LOGICAL_AND, [_, body]) => {
            found(Quantifier::All, body)
        }
        (Expr::Literal(LiteralValue::Int(_)), operators::CONDITIONAL, [body, _, _]) => {
            found(Quantifier::ExistsOne, body)
        }
        (Expr::List(_), operators::CONDITIONAL, [body, added, _])
            if keeps(added, &comprehension.iter_var) =>
        {
            found(Quantifier::Filter, body)
        }
        _ => None,
    }
}

/// Whether a step adds the member itself to the result, as `filter` does.
fn keeps(added: &IdedExpr, variable: &str) -> bool {
    let Expr::Call(CallExpr { args, .. }) = &added.expr else { return false };
    let [_, list] = args.as_slice() else { return false };
    matches!(&list.expr, Expr::List(list) if matches!(
        list.elements.as_slice(),
        [only] if matches!(&only.expr, Expr::Ident(name) if name == variable)
    ))
}
