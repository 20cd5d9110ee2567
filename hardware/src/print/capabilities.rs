//! What a printer can do, and which queues the CUPS of this machine has.

use ipp::prelude::{DelimiterTag, IppOperationBuilder};
use serde::Serialize;

use super::job::{Sides, Tray};
use super::wire::{Group, PDF, QUERY_TIME_LIMIT, send};
use super::{Media, PrintError, PrinterUri, Reason};

/// What a printer can do and whether it is ready.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Capabilities {
    /// The name it gives itself.
    pub name: String,
    /// Takes PDF as it is.
    pub accepts_pdf: bool,
    /// Paper sizes it has or can have, of those that forms use.
    pub media: Vec<Media>,
    /// Those that lie in a tray at present, where it says so.
    pub media_ready: Vec<Media>,
    /// Its trays, by their keywords (`media-source`).
    pub trays: Vec<String>,
    /// Accepts jobs at present.
    pub accepting: bool,
    /// Its state.
    pub state: PrinterState,
    /// Why it does not print, if it does not.
    pub reasons: Vec<Reason>,
    /// The sides it can print.
    pub sides: Vec<Sides>,
    /// Can be told to print in original size (`print-scaling=none`).
    pub original_size: bool,
}

/// The state of a printer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrinterState {
    /// Waits for work.
    Idle,
    /// Prints; also when its tray is empty.
    Processing,
    /// Stopped.
    Stopped,
}

impl Capabilities {
    /// Says whether the printer can take a PDF on this paper now, before anything of it is sent.
    ///
    /// # Errors
    /// [`PrintError::NotAccepting`], [`PrintError::RefusedFormat`], [`PrintError::RefusedMedia`],
    /// [`PrintError::RefusedTray`].
    pub fn check(&self, media: Media, tray: Option<&Tray>) -> Result<(), PrintError> {
        if !self.accepting {
            return Err(PrintError::NotAccepting);
        }
        if !self.accepts_pdf {
            return Err(PrintError::RefusedFormat);
        }
        if !self.media.contains(&media) {
            return Err(PrintError::RefusedMedia { media });
        }
        match tray.map(Tray::as_str) {
            Some(tray) if !self.trays.iter().any(|known| known == tray) => {
                Err(PrintError::RefusedTray { tray: tray.to_owned() })
            }
            _ => Ok(()),
        }
    }
}

/// Asks the printer what it can do.
///
/// # Errors
/// [`PrintError::Unreachable`], [`PrintError::NoAnswer`], [`PrintError::Protocol`], [`PrintError::Refused`].
pub fn capabilities(printer: &PrinterUri) -> Result<Capabilities, PrintError> {
    let request = IppOperationBuilder::get_printer_attributes(printer.uri())
        .attributes([
            "printer-name",
            "printer-state",
            "printer-state-reasons",
            "printer-is-accepting-jobs",
            "document-format-supported",
            "media-supported",
            "media-ready",
            "media-source-supported",
            "sides-supported",
            "print-scaling-supported",
        ])
        .build()
        .map_err(|_| PrintError::Protocol)?;
    let answer = send(printer, request.into(), &[], QUERY_TIME_LIMIT)?;
    let printer = Group::of(answer.attributes(), DelimiterTag::PrinterAttributes);
    let sizes = |name: &str| -> Vec<Media> {
        let known = |media: &Media| printer.contains(name, media.keyword());
        Media::ALL.into_iter().filter(known).collect()
    };
    let media_ready = sizes("media-ready");
    let mut media = sizes("media-supported");
    media.extend(
        media_ready.iter().filter(|ready| !media.contains(ready)).copied().collect::<Vec<_>>(),
    );
    Ok(Capabilities {
        name: printer.text("printer-name").unwrap_or_default(),
        accepts_pdf: printer.contains("document-format-supported", PDF),
        media,
        media_ready,
        trays: printer.texts("media-source-supported").map(str::to_owned).collect(),
        accepting: printer.boolean("printer-is-accepting-jobs").unwrap_or(false),
        state: match printer.number("printer-state") {
            Some(3) => PrinterState::Idle,
            Some(4) => PrinterState::Processing,
            Some(5) => PrinterState::Stopped,
            _ => return Err(PrintError::Protocol),
        },
        reasons: printer.reasons("printer-state-reasons"),
        sides: Sides::ALL
            .into_iter()
            .filter(|sides| printer.contains("sides-supported", sides.keyword()))
            .collect(),
        original_size: printer.contains("print-scaling-supported", "none"),
    })
}

/// A print queue of CUPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Queue {
    /// Its address.
    pub uri: String,
    /// Its name.
    pub name: String,
    /// What the administrator wrote about it; may be empty.
    pub info: String,
}

/// The print queues of the CUPS at an address, `ipp://localhost:631/`. A CUPS without queues has none; that is
/// no error.
///
/// # Errors
/// As [`capabilities`]; [`PrintError::Unreachable`] where no CUPS runs.
pub fn queues(cups: &PrinterUri) -> Result<Vec<Queue>, PrintError> {
    let request = IppOperationBuilder::cups().get_printers().into();
    let answer = match send(cups, request, &[], QUERY_TIME_LIMIT) {
        // "No destinations added": CUPS says not found.
        Err(PrintError::JobNotFound) => return Ok(Vec::new()),
        answer => answer?,
    };
    let queue = |group: Group<'_>| {
        let address: PrinterUri = group.text("printer-uri-supported")?.parse().ok()?;
        Some(Queue {
            // CUPS writes the name of its machine; the way that led here is known to work.
            uri: cups.with_path_of(&address).to_string(),
            name: group.text("printer-name")?,
            info: group.text("printer-info").unwrap_or_default(),
        })
    };
    let groups = answer.attributes().groups_of(DelimiterTag::PrinterAttributes);
    Ok(groups.filter_map(|group| queue(Group::with(group.attributes()))).collect())
}
