//! `kakanai-bench-devices`: a virtual reader, card, printer and scanner in one folder, driven by lines on standard input.
//!
//! For end-to-end tests in any language. Prints one JSON line when everything is ready, answers each line
//! with one, and stops everything when standard input closes or SIGTERM comes.

use std::collections::HashMap;
use std::error::Error;
use std::fs;
use std::io::{BufRead, Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::{Sender, channel};
use std::thread;

use clap::Parser;
use kakanai_simulators::card::{CardOptions, Log, PinDigits, VirtualCard};
use kakanai_simulators::printer::{Model, Tray, VirtualPrinter};
use kakanai_simulators::reader::VirtualReader;
use kakanai_simulators::scanner::VirtualScanner;
use serde_json::{Value, json};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::iterator::Signals;

/// A virtual reader, card, printer and scanner.
///
/// Lines on standard input: card insert FILE | card remove | reader start | reader stop |
/// printer start | printer stop | printer empty | printer refill | printer sleep | printer wake |
/// scanner plug | scanner unplug | scanner send TEXT
#[derive(Parser)]
#[command(name = "kakanai-bench-devices", version)]
struct Arguments {
    /// Folder for sockets, logs and printed documents; made if missing
    dir: PathBuf,
    /// Card to put in at once (PERSONA.md)
    #[arg(long)]
    persona: Option<PathBuf>,
    /// PIN of every card, in place of the personas'
    #[arg(long)]
    pin: Option<PinDigits>,
}

enum Event {
    Line(String),
    Stop,
}

struct Bench {
    reader_dir: PathBuf,
    card_log: PathBuf,
    pin: Option<PinDigits>,
    /// Cards stay what they are when they are taken out: the same file is the same card.
    cards: HashMap<PathBuf, VirtualCard>,
    reader: Option<VirtualReader>,
    printer: VirtualPrinter,
    scanner_port: PathBuf,
    scanner: Option<VirtualScanner>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // There is nowhere left to report a failure of standard error.
            let _ = writeln!(std::io::stderr(), "kakanai-bench-devices: {error}");
            ExitCode::from(3)
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let (events, next) = channel();
    stop_on_signal(events.clone())?;
    let mut bench = Bench::start(arguments)?;
    if let Some(persona) = &arguments.persona {
        bench.insert(persona)?;
    }
    answer(&bench.addresses())?;

    thread::spawn(move || {
        for line in stdin().lock().lines() {
            let Ok(line) = line else { break };
            if events.send(Event::Line(line)).is_err() {
                return;
            }
        }
        let _ = events.send(Event::Stop);
    });
    while let Ok(Event::Line(line)) = next.recv() {
        answer(&match bench.obey(line.trim()) {
            Ok(()) => json!({"ok": true}),
            Err(error) => json!({"ok": false, "error": error.to_string()}),
        })?;
    }
    Ok(())
}

impl Bench {
    fn start(arguments: &Arguments) -> Result<Self, Box<dyn Error>> {
        fs::create_dir_all(&arguments.dir)?;
        let dir = arguments.dir.canonicalize()?;
        let (reader_dir, printer_dir) = (dir.join("reader"), dir.join("printer"));
        fs::create_dir_all(&reader_dir)?;
        fs::create_dir_all(&printer_dir)?;
        Ok(Self {
            reader: Some(VirtualReader::start(&reader_dir)?),
            printer: VirtualPrinter::start(&printer_dir, Model::default())?,
            reader_dir,
            card_log: dir.join("card.log"),
            scanner_port: dir.join("scanner"),
            scanner: None,
            pin: arguments.pin,
            cards: HashMap::new(),
        })
    }

    fn addresses(&self) -> Value {
        json!({
            "pcsclite_csock_name": self.reader.as_ref().map(VirtualReader::csock_name),
            "printer_uri": self.printer.uri(),
            "spool": self.printer.spool(),
            "card_log": self.card_log,
            "scanner_port": self.scanner_port,
        })
    }

    fn obey(&mut self, line: &str) -> Result<(), Box<dyn Error>> {
        match line.split_once(' ').unwrap_or((line, "")) {
            ("card", "remove") => self.remove_cards(),
            ("card", rest) => match rest.strip_prefix("insert ") {
                Some(persona) => self.insert(Path::new(persona))?,
                None => return Err("card insert FILE | card remove".into()),
            },
            ("reader", "start") if self.reader.is_none() => {
                self.reader = Some(VirtualReader::start(&self.reader_dir)?);
            }
            ("reader", "start") => {}
            ("reader", "stop") => {
                self.remove_cards();
                self.reader = None;
            }
            ("printer", "start") => self.printer.switch_on()?,
            ("printer", "stop") => self.printer.switch_off(),
            ("printer", "empty") => self.printer.set_paper(Tray::Empty)?,
            ("printer", "refill") => self.printer.set_paper(Tray::Full)?,
            ("printer", "sleep") => self.printer.set_asleep(true)?,
            ("printer", "wake") => self.printer.set_asleep(false)?,
            ("scanner", "plug") => {
                self.scanner = Some(VirtualScanner::plug_in(&self.scanner_port)?)
            }
            ("scanner", "unplug") => self.scanner = None,
            ("scanner", rest) => {
                let text = rest.strip_prefix("send ").ok_or("scanner plug | unplug | send TEXT")?;
                let scanner = self.scanner.as_mut().ok_or("the scanner is unplugged")?;
                scanner.send(format!("{text}\r").as_bytes())?;
            }
            _ => return Err(format!("unknown line: {line}").into()),
        }
        Ok(())
    }

    fn insert(&mut self, persona: &Path) -> Result<(), Box<dyn Error>> {
        let port = self.reader.as_ref().ok_or("the reader is stopped")?.port();
        self.remove_cards();
        let persona = persona.canonicalize()?;
        if !self.cards.contains_key(&persona) {
            let options = CardOptions { pin: self.pin, ..CardOptions::default() };
            let log = Log::to_file(&self.card_log)?;
            self.cards.insert(persona.clone(), VirtualCard::of_persona(&persona, options, log)?);
        }
        if let Some(card) = self.cards.get_mut(&persona) {
            card.insert(port)?;
        }
        Ok(())
    }

    fn remove_cards(&mut self) {
        self.cards.values_mut().for_each(VirtualCard::remove);
    }
}

fn stop_on_signal(events: Sender<Event>) -> Result<(), Box<dyn Error>> {
    let mut signals = Signals::new([SIGTERM, SIGINT])?;
    thread::spawn(move || {
        if signals.forever().next().is_some() {
            let _ = events.send(Event::Stop);
        }
    });
    Ok(())
}

fn answer(value: &Value) -> Result<(), Box<dyn Error>> {
    let mut out = stdout().lock();
    writeln!(out, "{value}")?;
    out.flush()?;
    Ok(())
}
