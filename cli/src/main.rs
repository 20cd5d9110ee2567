//! The `kakanai` command: everything the app can do with a case, headless.
//!
//! A thin face over the use cases; the contract is `docs/formats/command-line.md`. With `--json` exactly one JSON
//! document goes to stdout; diagnostics go to stderr. No rule of the domain lives here.

mod args;
mod blanks;
mod card;
mod case_args;
mod cases;
mod handover;
mod headless;
mod outcome;
mod packs;
mod prefill;
mod prefill_args;
mod printers;
mod scan;
mod secret;
mod words;
mod words_prefill;
mod words_sheets;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, CardCommand, Command, PrinterCommand};

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return outcome::usage(&error),
    };
    let done = match arguments.command {
        Command::Readers => card::readers(),
        Command::Card { command: CardCommand::Read(read) } => card::read(&read),
        Command::ReadBlankPage { page } => return kakanai_authoring::serve(page),
        Command::Printers => printers::list(),
        Command::Printer { command: PrinterCommand::Show { uri } } => printers::show(&uri),
        Command::Scan(images) => scan::images(&images),
        Command::Pack { command } => packs::run(&command, &arguments.lang),
        Command::Questions(questions) => headless::questions(&questions, &arguments.lang),
        Command::Determine(determine) => headless::determine(&determine, &arguments.lang),
        Command::Print(print) => headless::print(&print, &arguments.lang),
        Command::Handover { command } => handover::run(&command, &arguments.lang),
        Command::BlankSet(blank_set) => headless::blank_set(&blank_set),
        Command::Store { command } => cases::run_store(&command),
        Command::Prefill { command } => prefill::run(&command, &arguments.lang),
        Command::Case { command } => cases::run(&command, &arguments.lang),
    };
    outcome::tell(done, arguments.json)
}
