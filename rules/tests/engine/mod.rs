//! What the engine decides and asks: tables for every meaning of a row, properties for what must always hold.

mod asking;
mod build;
mod conditions;
mod dates;
mod deadlines;
mod expressions;
mod follows;
mod groups;
mod outcome;
mod properties;
mod random;
mod seen;
