//! Arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use kakanai_counter::headless;
use kakanai_counter::printing::Target;
use kakanai_counter::register::Place;

use crate::case_args::CaseCommand;
use crate::prefill_args::PrefillCommand;

/// 書かない窓口 – the counter without writing, headless.
#[derive(Parser)]
#[command(name = "kakanai", version)]
pub struct Arguments {
    /// Print exactly one JSON document.
    #[arg(long, global = true)]
    pub json: bool,
    /// Language of texts: ja, ja-x-easy, en, …
    #[arg(long, global = true, default_value = "ja")]
    pub lang: String,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// List the card readers.
    Readers,
    /// Read identity documents.
    Card {
        #[command(subcommand)]
        command: CardCommand,
    },
    /// List the printers and what they can do at this moment.
    Printers,
    /// One printer.
    Printer {
        #[command(subcommand)]
        command: PrinterCommand,
    },
    /// Read the QR codes of picture files.
    Scan(Scan),
    /// Work on rule packs.
    Pack {
        #[command(subcommand)]
        command: PackCommand,
    },
    /// The questions that still matter.
    Questions(Questions),
    /// Decide every procedure.
    Determine(Determine),
    /// Make the papers, and print them if a printer is given.
    Print(Print),
    /// Files for robots and core systems.
    Handover {
        #[command(subcommand)]
        command: HandoverCommand,
    },
    /// Make every paper of a pack empty, for the day on which no machine runs.
    BlankSet(BlankSet),
    /// The encrypted store of cases.
    Store {
        #[command(subcommand)]
        command: StoreCommand,
    },
    /// Read a PDF from standard input with limits; `pack blank` runs it.
    #[command(hide = true, name = kakanai_authoring::CHILD)]
    ReadBlankPage {
        /// Which page.
        page: usize,
    },
    /// Pre-filling at home.
    Prefill {
        #[command(subcommand)]
        command: PrefillCommand,
    },
    /// Cases kept in the encrypted store.
    Case {
        #[command(subcommand)]
        command: CaseCommand,
    },
}

#[derive(Subcommand)]
pub enum CardCommand {
    /// Read the basic items of a card.
    Read(CardRead),
}

#[derive(Subcommand)]
pub enum PrinterCommand {
    /// What the printer can do, whether it is on the list or not.
    Show {
        /// Its address, ipp://…
        uri: String,
    },
}

#[derive(Args)]
pub struct Scan {
    /// Pictures (PGM, PNG, JPEG), and folders of them.
    #[arg(required = true)]
    pub images: Vec<PathBuf>,
}

#[derive(Args)]
pub struct CardRead {
    /// Name of the reader; otherwise the one with a card.
    #[arg(long)]
    pub reader: Option<String>,
    /// Which document to expect.
    #[arg(long, value_enum, default_value = "auto")]
    pub kind: CardKind,
    /// Use the last try that the PIN, or the code, has left.
    #[arg(long)]
    pub yes_last_try: bool,
    #[command(flatten)]
    pub secret: CardSecret,
}

/// What opens the card; exactly one.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct CardSecret {
    /// Take the PIN from standard input.
    #[arg(long)]
    pub pin_stdin: bool,
    /// Take the code that is printed on the card (照合番号B, 14 digits) from standard input.
    #[arg(long)]
    pub code_b_stdin: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum CardKind {
    /// Whatever is on the reader.
    Auto,
    /// My Number card.
    Mynumber,
    /// Driver's licence; not read by this version.
    Licence,
    /// Residence card; not read by this version.
    Residence,
}

#[derive(Subcommand)]
pub enum PackCommand {
    /// Find what is wrong in a pack.
    Check {
        /// Pack folder or compiled file.
        pack: PathBuf,
    },
    /// Write the compiled pack, one JSON file with its base.
    Compile {
        /// Pack folder.
        pack: PathBuf,
        /// File to write.
        file: PathBuf,
    },
    /// Put a page of the municipality's own PDF under a form.
    Blank {
        /// Pack folder.
        pack: PathBuf,
        /// Form id.
        form: String,
        /// The PDF.
        file: PathBuf,
        /// Which page of it.
        #[arg(long, default_value_t = 1)]
        page: usize,
    },
    /// Make the proof sheet of a form: outlines and ids of its fields, and a filled sample.
    Proof {
        /// Pack folder or compiled file.
        pack: PathBuf,
        /// Form id.
        form: String,
        /// PDF to write.
        #[arg(long)]
        out: PathBuf,
    },
    /// Say that the rows of the base which this pack overrides have been looked at (base-rows.csv).
    AcceptBase {
        /// Pack folder.
        pack: PathBuf,
    },
}

#[derive(Args)]
pub struct Inputs {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// Facts file.
    #[arg(long)]
    pub facts: PathBuf,
    /// The day at the counter, YYYY-MM-DD; otherwise the file's counter_date, else today.
    #[arg(long)]
    pub on: Option<Date>,
}

impl Inputs {
    /// As the use cases take it.
    pub fn as_inputs(&self) -> headless::Inputs<'_> {
        headless::Inputs { pack: &self.pack, facts: &self.facts, on: self.on }
    }
}

#[derive(Args)]
pub struct Questions {
    #[command(flatten)]
    pub inputs: Inputs,
    /// Also what waits behind other questions.
    #[arg(long)]
    pub all: bool,
}

#[derive(Args)]
pub struct Determine {
    #[command(flatten)]
    pub inputs: Inputs,
}

#[derive(Args)]
pub struct Print {
    #[command(flatten)]
    pub inputs: Inputs,
    #[command(flatten)]
    pub target: PrintTarget,
}

#[derive(Args)]
pub struct BlankSet {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// Folder for the PDFs.
    #[arg(long)]
    pub out: PathBuf,
    /// Printer, ipp://…
    #[arg(long)]
    pub printer: Option<String>,
    /// The day whose texts and offices count, YYYY-MM-DD; otherwise today.
    #[arg(long)]
    pub on: Option<Date>,
}

#[derive(Args)]
pub struct PrintTarget {
    /// Folder for the PDFs.
    #[arg(long, required_unless_present = "printer")]
    pub out: Option<PathBuf>,
    /// Printer, ipp://…
    #[arg(long)]
    pub printer: Option<String>,
    /// Only these forms.
    #[arg(long)]
    pub form: Vec<String>,
}

impl PrintTarget {
    /// As the use cases take it.
    pub fn as_target(&self) -> Target<'_> {
        Target { out: self.out.as_deref(), printer: self.printer.as_deref(), forms: &self.form }
    }
}

#[derive(Subcommand)]
pub enum HandoverCommand {
    /// Write the hand-over files of a facts file.
    Export {
        #[command(flatten)]
        inputs: Inputs,
        /// Folder in which the folder of the case is made.
        #[arg(long)]
        out: PathBuf,
    },
    /// Write the data sheet and the samples for the author of a robot.
    Sheet {
        /// Pack folder or compiled file.
        #[arg(long)]
        pack: PathBuf,
        /// The day on which the columns count; otherwise today.
        #[arg(long)]
        on: Option<Date>,
        /// Folder for the files.
        #[arg(long)]
        out: PathBuf,
    },
}

/// The store and who uses it. The passphrase is the first line of standard input.
#[derive(Args)]
pub struct StoreArgs {
    /// Folder of the store; otherwise the terminal's.
    #[arg(long)]
    pub store: Option<PathBuf>,
    /// Account; may be left out while the store has one only.
    #[arg(long, env = "KAKANAI_ACCOUNT")]
    pub account: Option<String>,
    /// Take the passphrase from the first line of standard input.
    #[arg(long, required = true)]
    pub passphrase_stdin: bool,
    /// Pack folder or compiled file; otherwise the terminal's.
    #[arg(long)]
    pub pack: Option<PathBuf>,
}

impl StoreArgs {
    /// As the use cases take it.
    pub fn as_place(&self) -> Place<'_> {
        Place {
            store: self.store.as_deref(),
            account: self.account.as_deref(),
            pack: self.pack.as_deref(),
        }
    }
}

#[derive(Subcommand)]
pub enum StoreCommand {
    /// Make a store with its first account.
    New {
        #[command(flatten)]
        store: StoreArgs,
        /// Name that colleagues see; otherwise the account.
        #[arg(long)]
        name: Option<String>,
    },
    /// Check the hash chain of the journal.
    Verify {
        #[command(flatten)]
        store: StoreArgs,
    },
}
