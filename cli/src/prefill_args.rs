//! Arguments of `kakanai prefill …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

use crate::args::StoreArgs;

#[derive(Subcommand)]
pub enum PrefillCommand {
    /// Make a key pair: the public key goes onto the page, the private one into the counters' stores.
    Keygen {
        /// Folder for the two files; existing ones are not overwritten.
        #[arg(long)]
        out: PathBuf,
        /// A pair for case slips instead.
        #[arg(long)]
        slip: bool,
    },
    /// Make a sheet of codes as the page at home does, from a facts file.
    Encode(Encode),
    /// Read a sheet of codes into a facts file; with the key of a file, for tests.
    Decode(Decode),
    /// The keys in the store of this terminal.
    Key {
        #[command(subcommand)]
        command: KeyCommand,
    },
    /// Make the page at home: a folder for any web server, one file, or both.
    Page(Page),
    /// Make the leaflet that explains the page in four steps.
    Leaflet(Leaflet),
}

#[derive(Args)]
pub struct Leaflet {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// Where the page stands, https://…
    #[arg(long)]
    pub url: String,
    /// PDF to write; an existing file is not overwritten.
    #[arg(long)]
    pub out: PathBuf,
    /// The day whose texts and telephone count; otherwise today.
    #[arg(long)]
    pub on: Option<Date>,
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

#[derive(Args)]
pub struct Encode {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// Facts file.
    #[arg(long)]
    pub facts: PathBuf,
    /// The municipality's public key, as `prefill keygen` writes it.
    #[arg(long)]
    pub key: PathBuf,
    /// Folder for part-1.png, … and texts.txt; existing files are not overwritten.
    #[arg(long)]
    pub out: PathBuf,
    /// As if made at noon of this day; otherwise now.
    #[arg(long)]
    pub on: Option<Date>,
    /// Codes for paper (version 13 at most) instead of a phone (version 10).
    #[arg(long)]
    pub paper: bool,
    /// The last day, at most 180 days later; otherwise thirty days later.
    #[arg(long)]
    pub valid_until: Option<Date>,
}

#[derive(Args)]
pub struct Decode {
    /// Pack folder or compiled file.
    #[arg(long)]
    pub pack: PathBuf,
    /// The private key, as `prefill keygen` writes it.
    #[arg(long)]
    pub key: PathBuf,
    /// Pictures with the codes (PNG, JPEG, PGM).
    #[arg(required_unless_present = "text")]
    pub images: Vec<PathBuf>,
    /// File with the texts of the codes, one a line.
    #[arg(long)]
    pub text: Option<PathBuf>,
}

#[derive(Subcommand)]
pub enum KeyCommand {
    /// Keep a private key in the store.
    Add {
        #[command(flatten)]
        store: StoreArgs,
        /// It is the key of case slips.
        #[arg(long)]
        slip: bool,
        /// The private key, as `prefill keygen` writes it.
        file: PathBuf,
    },
    /// List the keys.
    List {
        #[command(flatten)]
        store: StoreArgs,
    },
    /// Let a key open for the last time; what is over is destroyed.
    Retire {
        #[command(flatten)]
        store: StoreArgs,
        /// Key id, eight hexadecimal digits.
        id: String,
        /// The last day; otherwise as long as a sheet made today can be valid.
        #[arg(long)]
        until: Option<Date>,
    },
}
