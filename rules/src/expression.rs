//! Expressions (式): what the condition columns of a rule row do not carry.
//!
//! Authors write a part of the Common Expression Language (CEL); `authoring` reads it with a maintained parser,
//! checks every name and type, and writes this tree, so that evaluation meets no unknown fact and no wrong type.
//! Every expression is true, false or open; what is open can be decided either way by facts still to come.

use serde::{Deserialize, Serialize};

use crate::fact::Value;
use crate::pack::{Op, Shift};

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Expression {
    /// Always yes or always no.
    Constant(bool),
    /// A yes-no fact.
    Holds(Term),
    /// Not.
    Not(Box<Expression>),
    /// All hold.
    All(Vec<Expression>),
    /// At least one holds.
    Any(Vec<Expression>),
    /// One term compared with another (`==` is [`Op::In`], `!=` is [`Op::NotIn`]).
    Compare {
        /// Left side.
        left: Term,
        /// How.
        op: Op,
        /// Right side.
        right: Term,
    },
    /// A term is among values, or a list contains one of them.
    Among {
        /// The term.
        term: Term,
        /// The values.
        values: Vec<Value>,
    },
    /// Both are the same person.
    Same(Who, Who),
    /// How many members of the household meet `body`, compared with `count`. "At least one" is `>= 1`, "all" is
    /// "none that does not". Inside `body` the member is [`Who::Member`] of this level.
    Members {
        /// What a member has to meet.
        body: Box<Expression>,
        /// How.
        op: Op,
        /// With how many.
        count: i64,
    },
}

/// Something with a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Term {
    /// A value.
    Value(Value),
    /// A fact, an age, a derived fact, `filed.PROCEDURE` or `deadline.PROCEDURE`; dates with time added.
    Fact {
        /// Whose.
        who: Who,
        /// Its name.
        fact: String,
        /// Added to a date.
        #[serde(default, skip_serializing_if = "Shift::is_none")]
        shift: Shift,
    },
    /// An age on another day than the counter's.
    Age {
        /// Whose.
        who: Who,
        /// `age`, `legal_age` or `fiscal_age`.
        fact: String,
        /// The day.
        on: Box<Term>,
    },
}

/// Whose fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// The case.
    Case,
    /// The person the procedure is for, or the member a household row is tried with.
    Person,
    /// The member of the n-th enclosing [`Expression::Members`], 0 = the innermost.
    Member(u8),
}
