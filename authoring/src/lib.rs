//! Rule pack folders: reading, laying a city over the national base, compiling and checking.
//!
//! Supervisors edit spreadsheets; a fault in one must come back with its sheet, row and column, what is wrong
//! and what to do, never as a crash and never silently. Nothing here decides a case: that is `rules`.

mod acro;
mod backgrounds;
mod base_rows;
mod blank;
mod canonical;
mod cells;
mod check;
mod compile;
mod conditions;
mod days;
mod draft;
mod example;
mod expression;
mod facts;
mod finding;
#[cfg(test)]
mod fixture;
mod folder;
mod follows;
mod handover;
pub mod home;
mod layouts;
mod load;
mod names;
mod near;
mod readings;
mod row;
mod rows;
mod sheet;
mod templates;

pub use base_rows::accept_base;
pub use blank::{BlankError, BlankField, BlankWarning, CHILD, PutBlank, Refused, put_blank, serve};
pub use canonical::{canonical, fingerprint, fingerprint_of};
pub use check::{Checked, KINDS, Kind, Translation, check, look_at};
pub use draft::{FormDraft, form_draft};
pub use finding::{Finding, Severity};
pub use load::{Loaded, PackError, load};
pub use readings::with_readings;
