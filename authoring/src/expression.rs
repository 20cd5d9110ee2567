//! Expressions (式): the part of CEL that packs may use, read into trees that the engine weighs.
//!
//! A maintained parser reads the text; [`translate`] checks every name and type. Whatever is not in the list of
//! what may be written is refused here, so that the engine never meets it.

mod fault;
mod syntax;
mod term;
mod translate;

use kakanai_rules::expression::Expression;

use crate::cells::Cells;
use crate::names::Names;
use fault::Fault;

/// Longest expression, in characters.
const LENGTH_MAX: usize = 1000;

/// Whom an expression is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// `person` may stand in it.
    pub person: bool,
}

impl Cells<'_> {
    /// The expression in a cell; an empty cell has none.
    pub fn expression(
        &mut self,
        column: &str,
        scope: Scope,
        names: &Names<'_>,
    ) -> Option<Expression> {
        let text = self.optional(column)?;
        match read(&text, scope, names) {
            Ok(expression) => Some(expression),
            Err(fault) => {
                let finding = fault.finding(&self.row.place, column, &text);
                self.found(finding);
                None
            }
        }
    }
}

/// Reads an expression.
fn read(text: &str, scope: Scope, names: &Names<'_>) -> Result<Expression, Fault> {
    if text.chars().count() > LENGTH_MAX {
        return Err(Fault::anywhere(
            &format!("式が{LENGTH_MAX}文字を超えています。"),
            "式を、名前を付けた項目（facts 表の expression）に分けてください。",
            &format!("The expression is longer than {LENGTH_MAX} characters."),
            "Split it into facts with an expression of their own (sheet facts).",
        ));
    }
    let tree = syntax::parse(text)?;
    translate::Translator::new(scope, names).condition(&tree)
}

#[cfg(test)]
mod tests;
