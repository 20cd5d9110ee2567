//! The printers that this terminal can choose from: those of its settings, and the queues of its own print service.

use std::thread;

use kakanai_hardware::print::{Capabilities, PrinterUri, capabilities, queues};
use serde::Serialize;

use crate::door::DoorError;
use crate::settings::Settings;

/// The list of printers.
#[derive(Debug, Serialize)]
pub struct Printers {
    /// Those of the settings first, the usual one before all.
    pub printers: Vec<ListedPrinter>,
}

/// One printer.
#[derive(Debug, Clone, Serialize)]
pub struct ListedPrinter {
    /// Its address.
    pub uri: String,
    /// What people call it; may be empty.
    pub name: String,
    /// Papers go here unless another one is chosen.
    pub usual: bool,
    /// What it can do at this moment.
    pub able: Option<Capabilities>,
    /// Why that cannot be told: a stable code.
    pub error: Option<&'static str>,
}

/// Asks every printer what it can do, all at the same time.
pub fn list(settings: &Settings) -> Printers {
    let known = addresses(settings);
    let ask = |(uri, name): &(String, String)| {
        let asked = uri.parse::<PrinterUri>().and_then(|uri| capabilities(&uri));
        let (able, error) = match asked {
            Ok(able) => (Some(able), None),
            Err(error) => (None, Some(error.code())),
        };
        let usual = *uri == settings.printer;
        ListedPrinter { uri: uri.clone(), name: name.clone(), usual, able, error }
    };
    let printers = thread::scope(|scope| {
        let asked: Vec<_> = known.iter().map(|printer| scope.spawn(move || ask(printer))).collect();
        asked.into_iter().filter_map(|answer| answer.join().ok()).collect()
    });
    Printers { printers }
}

/// What one printer can do.
///
/// # Errors
/// What is wrong with the address; what the printer says.
pub fn show(uri: &str) -> Result<Capabilities, DoorError> {
    Ok(capabilities(&uri.parse()?)?)
}

/// The address that papers go to: the one that was chosen, if it is on the list, else the usual one. No page can
/// send papers anywhere else.
///
/// # Errors
/// `no-printer`, `printer-unknown`, `printer-uri`.
pub(crate) fn chosen(settings: &Settings, uri: Option<&str>) -> Result<PrinterUri, DoorError> {
    let uri = uri.filter(|uri| !uri.is_empty()).unwrap_or(&settings.printer);
    if uri.is_empty() {
        return Err(DoorError::of("no-printer"));
    }
    let named = settings.named_printers().iter().any(|(known, _)| known == uri);
    if !named && !addresses(settings).iter().any(|(known, _)| known == uri) {
        return Err(DoorError::of("printer-unknown"));
    }
    Ok(uri.parse()?)
}

/// Addresses and names. A machine without a print service has no queues.
fn addresses(settings: &Settings) -> Vec<(String, String)> {
    let mut known = settings.named_printers();
    let cups = settings.cups.parse::<PrinterUri>();
    for queue in cups.and_then(|cups| queues(&cups)).unwrap_or_default() {
        if !known.iter().any(|(uri, _)| *uri == queue.uri) {
            let name = if queue.info.is_empty() { queue.name } else { queue.info };
            known.push((queue.uri, name));
        }
    }
    known
}
