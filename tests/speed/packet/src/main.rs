//! One resident's packet of 20 forms beside ReportLab, pdf-lib and a bare writer (pdf-writer with the same subsetter).
//!
//! `kakanai-packet-speed` runs every engine as a process of its own, cold and warm, and prints one table in Markdown.
//! All draw the same pages: ours makes them from templates and values, the others get them laid out already
//! (`packet.json`), so their times hold no template, no fitting and no check. Times are CPU times of the process.

mod floor;
mod form;
mod neutral;
mod ours;
mod peers;
mod process;

use std::error::Error;
use std::process::ExitCode;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => peers::table(),
        ["ours", pdf, runs] => process::report(pdf, runs.parse()?, ours::engine()?),
        ["floor", json, pdf, runs] => process::report(pdf, runs.parse()?, floor::engine(json)?),
        ["growth"] => ours::growth(),
        _ => Err("usage: kakanai-packet-speed [growth]".into()),
    }
}
