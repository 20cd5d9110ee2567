//! Rule pack folders: reading, laying a city over the national base, compiling and checking.
//!
//! Supervisors edit spreadsheets; a fault in one must come back with its sheet, row and column, what is wrong
//! and what to do, never as a crash and never silently. Nothing here decides a case: that is `rules`.

mod cells;
mod check;
mod compile;
mod example;
mod finding;
mod folder;
mod load;
mod sheet;

pub use check::check;
pub use finding::{Finding, Severity};
pub use load::{Loaded, PackError, load};
