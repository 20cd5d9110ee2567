//! `kakanai-virtual-card`: a My Number card (マイナンバーカード) for a virtual reader, for tests and practice.
//!
//! Stays in the reader until it is told to leave or killed; when the reader goes, it waits for it to return,
//! and its counter of PIN tries goes on where it was.

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use kakanai_simulators::card::{Card, CardOptions, Ended, Log, Persona, PinDigits, connect, serve};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// How long the card waits for a reader.
const READER_TIME_LIMIT: Duration = Duration::from_secs(30);

/// A virtual card for the virtual reader of vsmartcard (vpcd).
#[derive(Parser)]
#[command(name = "kakanai-virtual-card", version)]
struct Arguments {
    /// Whose card it is (PERSONA.md)
    #[arg(long)]
    persona: PathBuf,
    /// Kind of card
    #[arg(long, default_value = "mynumber")]
    card: Kind,
    /// Port of the reader's slot
    #[arg(long, default_value_t = 35963)]
    port: u16,
    /// PIN, in place of the persona's
    #[arg(long)]
    pin: Option<PinDigits>,
    /// Append one JSON line per command to this file; PINs are masked
    #[arg(long)]
    log: Option<PathBuf>,
    /// Tries the PIN has left, in place of the persona's
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=3))]
    tries: Option<u8>,
    /// Tries 照合番号B has left, in place of ten
    #[arg(long, value_parser = clap::value_parser!(u8).range(0..=10))]
    code_b_tries: Option<u8>,
    /// Act on the N-th command, then leave without answering
    #[arg(long, value_name = "N")]
    remove_after: Option<u64>,
    /// Answer neither the N-th command nor any later one
    #[arg(long, value_name = "N")]
    mute_after: Option<u64>,
    /// Time each answer takes; a contactless card takes about 90
    #[arg(long, value_name = "MS", default_value_t = 0)]
    delay_ms: u64,
    /// Break the record of the basic four items
    #[arg(long)]
    malformed: bool,
    /// Be another kind of card, which does not know the application
    #[arg(long)]
    unknown: bool,
    /// Answer the first command after each power-up with 6F00
    #[arg(long)]
    first_6f00: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Kind {
    /// マイナンバーカード
    Mynumber,
    /// 運転免許証
    Licence,
    /// 在留カード, first generation
    Residence1,
    /// 在留カード, second generation
    Residence2,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    if !matches!(arguments.card, Kind::Mynumber) {
        return complain(2, "only --card mynumber can be played so far");
    }
    match play(arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(2, &error.to_string()),
    }
}

fn play(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    let persona = Persona::load(&arguments.persona)?;
    let log = arguments.log.as_deref().map(Log::to_file).transpose()?.unwrap_or_default();
    let options = CardOptions {
        pin: arguments.pin,
        tries: arguments.tries,
        code_b_tries: arguments.code_b_tries,
        unknown: arguments.unknown,
        malformed: arguments.malformed,
        first_6f00: arguments.first_6f00,
        remove_at: arguments.remove_after,
        mute_at: arguments.mute_after,
        delay: Duration::from_millis(arguments.delay_ms),
    };
    leave_on_signal()?;
    let card = Card::new(&persona, options, log);
    loop {
        let stream = connect(arguments.port, READER_TIME_LIMIT)?;
        match serve(stream, &card, || {}) {
            Ok(Ended::CardLeft) => return Ok(()),
            Ok(Ended::ReaderGone) => {}
            Err(error) => eprint_line(&error.to_string()),
        }
    }
}

fn leave_on_signal() -> Result<(), Box<dyn Error>> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            std::process::exit(0);
        }
    });
    Ok(())
}

fn complain(code: u8, text: &str) -> ExitCode {
    eprint_line(text);
    ExitCode::from(code)
}

fn eprint_line(text: &str) {
    use std::io::Write;
    // There is nowhere left to report a failure of standard error.
    let _ = writeln!(std::io::stderr(), "kakanai-virtual-card: {text}");
}
