//! Arguments of `kakanai case …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;
use kakanai_counter::characters::Choice;
use kakanai_counter::register::SheetSource;

use crate::args::{PrintTarget, StoreArgs};

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

/// A sheet of codes: pictures of it, or the texts of its codes.
#[derive(Args)]
#[group(id = "sheet", multiple = true)]
pub struct Sheet {
    /// Picture with codes (PNG, JPEG, PGM); may be given several times.
    #[arg(long, num_args = 1..)]
    pub image: Vec<PathBuf>,
    /// File with the texts of the codes, one a line.
    #[arg(long)]
    pub qr_text: Option<PathBuf>,
    /// Take it also though it has expired or comes from the future.
    #[arg(long)]
    pub even_so: bool,
    /// Who is who: SHEET=PERSON, or SHEET=new; may be given several times.
    #[arg(long)]
    pub same: Vec<String>,
}

impl Sheet {
    /// As the use cases take it; none without pictures and texts.
    pub fn as_source(&self) -> Option<SheetSource<'_>> {
        (!self.image.is_empty() || self.qr_text.is_some()).then_some(SheetSource {
            images: &self.image,
            texts: self.qr_text.as_deref(),
            even_so: self.even_so,
            same: &self.same,
        })
    }
}

#[derive(Subcommand)]
pub enum CaseCommand {
    /// Open a case; in a new folder this also makes the store.
    New {
        #[command(flatten)]
        store: StoreArgs,
        /// Facts file to begin with.
        #[arg(long, conflicts_with = "sheet")]
        facts: Option<PathBuf>,
        #[command(flatten)]
        sheet: Sheet,
        /// The day at the counter; otherwise today.
        #[arg(long)]
        on: Option<Date>,
    },
    /// Add facts from a file, from the card on the reader, or from a sheet of codes.
    Add {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// Facts file.
        #[arg(long)]
        facts: Option<PathBuf>,
        #[command(flatten)]
        sheet: Sheet,
        /// Read the card; the PIN is the second line of standard input.
        #[arg(
            long,
            requires = "pin_stdin",
            conflicts_with_all = ["facts", "sheet"],
            required_unless_present_any = ["facts", "image", "qr_text"]
        )]
        card: bool,
        /// Whose the card is: somebody of the household, or `new`; otherwise whoever has its name and birth date.
        #[arg(long, requires = "card")]
        person: Option<String>,
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
    /// Keep one of several values where sources disagree; `case show` lists them.
    SettleConflict {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// The fact.
        #[arg(long)]
        fact: String,
        /// About whom; otherwise about the case.
        #[arg(long)]
        person: Option<String>,
        /// The value, as `case show` names it: its source, for an address on a document with the person (`card:p1`).
        #[arg(long)]
        choice: String,
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
    /// The case slip, with which any terminal of the municipality goes on: the texts of its codes.
    Slip {
        /// Case id or reception number.
        case: String,
        #[command(flatten)]
        store: StoreArgs,
        /// PDF of the check sheet that carries the codes; an existing file is not overwritten.
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
