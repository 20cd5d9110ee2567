//! Rules: facts go in; decisions with reasons and the questions that still matter come out.
//!
//! Pure: no clock, files, network, randomness or async. The same pack, facts and day give the same
//! answer byte for byte, at the counter and on a resident's phone. A fact that is absent is unknown,
//! never "no": every evaluation has three values ([`Truth`]).
//!
//! Read on: [`fact`] (what is known), [`pack`] (the compiled rule pack), [`determine`] and [`questions`].

mod compare;
mod cycle;
mod deadline;
mod decision;
mod derived;
mod engine;
pub mod expression;
pub mod fact;
mod facts_file;
mod follow;
mod index;
mod language;
mod needs;
mod opening;
pub mod pack;
mod question;
mod reason;
mod situation;
mod truth;
mod verdict;
mod vocabulary;
mod writer;

pub use decision::{
    Bring, Decision, Determination, Fee, Missing, PackRef, PaperRef, Reason, Status,
};
pub use derived::{age_of, base_of as derived_from, built_in};
pub use engine::{Engine, State, Step, determine, question_about, questions};
pub use fact::{Answer, Fact, FactSet, Person, Source, Subject, Value};
pub use facts_file::{FactsError, PEOPLE_MAX, facts_file, parse_facts, parse_value};
pub use language::{date_text, value_text};
pub use pack::Pack;
pub use question::{Choice, Detail, Group, Question};
pub use truth::Truth;
pub use vocabulary::{FactDef, FactType, Sensitivity, SubjectKind, Vocabulary};
