//! The sheets around the forms: what the resident keeps, what goes round the counters, what the staff tick.
//!
//! Each sheet is a plain data type and one function that lays it out. No sheet knows a rule, and none holds a
//! sentence of its own: every word is handed in, in the language it is read in and in Japanese. What must not
//! stand on a sheet (discreet procedures and facts) must never be handed in.

pub mod blank;
mod breaking;
pub mod check;
pub mod code;
pub mod counters;
pub mod discreet;
pub mod fees;
mod flow;
pub mod guide;
pub mod leaflet;
mod table;
pub mod tenki;
mod words;

pub use words::Words;
