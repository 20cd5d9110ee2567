//! Arguments of the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use kakanai_counter::characters::Choice;
use kakanai_counter::headless;
use kakanai_counter::printing::Target;
use kakanai_counter::register::Place;

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

/// What happens to characters that no font has.
#[derive(Args)]
#[group(required = true, multiple = false)]
pub struct Settling {
    /// Leave the place blank and marked 手書き.
    #[arg(long)]
    pub by_hand: bool,
    /// Print the base form, knowing that it differs.
    #[arg(long)]
    pub base_form: bool,
    /// Print this text in place of the whole value.
    #[arg(long)]
    pub substitute: Option<String>,
    /// Leave the paper out.
    #[arg(long)]
    pub not_printed: bool,
}

impl Settling {
    /// As the use cases take it.
    pub fn choice(&self) -> Choice {
        match &self.substitute {
            Some(text) => Choice::Substitute { text: text.clone() },
            None if self.by_hand => Choice::ByHand,
            None if self.base_form => Choice::BaseForm,
            None => Choice::NotPrinted,
        }
    }
}

#[derive(Args)]
pub struct CardRead {
    /// Name of the reader; otherwise the one with a card.
    #[arg(long)]
    pub reader: Option<String>,
    /// Which document to expect.
    #[arg(long, value_enum, default_value = "auto")]
    pub kind: CardKind,
    /// Use the last try that the PIN has left.
    #[arg(long)]
    pub yes_last_try: bool,
    /// Take the PIN from standard input.
    #[arg(long, required = true)]
    pub pin_stdin: bool,
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

#[derive(Subcommand)]
pub enum PrefillCommand {
    /// Make the page at home: a folder for any web server, one file, or both.
    Page(Page),
}

#[derive(Args)]
pub struct Page {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// The municipality's public key, as `prefill keygen` writes it.
    #[arg(long)]
    pub key: PathBuf,
    /// Folder to write: new, empty, or with a page made before.
    #[arg(long, required_unless_present = "single")]
    pub out: Option<PathBuf>,
    /// The whole page as one HTML file.
    #[arg(long)]
    pub single: Option<PathBuf>,
    /// Where the page will stand, https://…
    #[arg(long)]
    pub url: Option<String>,
    /// The built page; otherwise the installed one.
    #[arg(long)]
    pub assets: Option<PathBuf>,
    /// The day whose first question stands in the page; otherwise today.
    #[arg(long)]
    pub on: Option<Date>,
}

#[derive(Subcommand)]
pub enum CaseCommand {
    /// Open a case; in a new folder this also makes the store.
    New {
        #[command(flatten)]
        store: StoreArgs,
        /// Facts file to begin with.
        #[arg(long)]
        facts: Option<PathBuf>,
        /// The day at the counter; otherwise today.
        #[arg(long)]
        on: Option<Date>,
    },
    /// Add facts from a file or from the card on the reader.
    Add {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// Facts file.
        #[arg(long)]
        facts: Option<PathBuf>,
        /// Read the card; the PIN is the second line of standard input.
        #[arg(
            long,
            requires = "pin_stdin",
            conflicts_with = "facts",
            required_unless_present = "facts"
        )]
        card: bool,
        /// Take the PIN from standard input, after the passphrase.
        #[arg(long)]
        pin_stdin: bool,
        /// Name of the reader.
        #[arg(long)]
        reader: Option<String>,
        /// Use the last try that the PIN has left.
        #[arg(long)]
        yes_last_try: bool,
    },
    /// Answer questions: FACT=VALUE; FACT=? when the person does not know; people=complete.
    Answer {
        /// Case id or reception number.
        case: String,
        /// Answers, kept in one step.
        #[arg(required = true)]
        answers: Vec<String>,
        /// About whom: somebody of the household, or the next id, who is added. Otherwise about the case.
        #[arg(long)]
        person: Option<String>,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Take the last step back.
    Undo {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Decide and keep the result.
    Decide {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Say what happens to characters that no font has, in one place of one paper.
    Settle {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// The form, as the refusal names it.
        #[arg(long)]
        form: String,
        /// The field, as the refusal names it.
        #[arg(long)]
        field: String,
        /// The person, where the refusal names one.
        #[arg(long)]
        person: Option<String>,
        #[command(flatten)]
        settling: Settling,
    },
    /// Make the papers, and print them if a printer is given.
    Print {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        #[command(flatten)]
        target: PrintTarget,
    },
    /// List the cases.
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Show a case: facts, questions, decisions, journal.
    Show {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Write the facts of a case as a facts file.
    Export {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// File to write; an existing one is not overwritten.
        #[arg(long)]
        out: PathBuf,
    },
    /// Write the files for robots and core systems.
    Handover {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// Folder in which the folder of the case is made; otherwise the settings'.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// End the visit.
    Close {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Destroy the key of a case: nothing of it can be read any more.
    Purge {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// Why; kept in the journal. No names.
        #[arg(long)]
        reason: String,
    },
}
