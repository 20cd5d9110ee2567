//! The contract of `kakanai --json`: one document on standard output, stable codes, exit codes 0 to 3.

mod card;
mod compile;
mod events;
mod facts;
mod handover;
mod pack;
mod prefill;
mod print;
mod printers;
mod scan;
mod settle;
mod sheets;
mod usage;
