//! Rules: facts go in; decisions with reasons and the questions that still matter come out.
//!
//! Pure: no clock, files, network, randomness or async. The same pack, facts and day give the same
//! answer byte for byte, at the counter and on a resident's phone. A fact that is absent is unknown,
//! never "no": every evaluation has three values ([`Truth`]).
//!
//! Read on: [`fact`] (what is known), [`pack`] (the compiled rule pack), [`determine`] and [`questions`].

mod condition;
mod deadline;
mod decide;
mod derived;
pub mod fact;
mod facts_file;
mod language;
pub mod pack;
mod question;
mod reason;
mod truth;
mod vocabulary;

pub use decide::{
    Bring, Decision, Determination, Missing, PackRef, PaperRef, Reason, Status, determine,
};
pub use derived::{base_of as derived_from, complete};
pub use fact::{Answer, Fact, FactSet, Person, Source, Subject, Value};
pub use facts_file::{FactsError, facts_file, parse_facts, parse_value};
pub use language::{date_text, value_text};
pub use pack::Pack;
pub use question::{Choice, Detail, Question, question_about, questions};
pub use truth::Truth;
pub use vocabulary::{FactDef, FactType, Sensitivity, SubjectKind, Vocabulary};
