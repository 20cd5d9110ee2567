//! Arguments of `kakanai prefill …`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use jiff::civil::Date;

#[derive(Subcommand)]
pub enum PrefillCommand {
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
