//! Devices at the counter: ID cards through PC/SC ([`card`]), printers through IPP ([`mod@print`]), and QR
//! codes through scanners, cameras and pictures ([`scan`]).
//!
//! The only room that touches devices. Every call is blocking and has a time limit. Nothing is logged
//! and nothing is written to files. The 個人番号 is never selected, read or used as a key.

pub mod card;
mod clock;
pub mod print;
pub mod scan;
