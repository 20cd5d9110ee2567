//! The handheld scanner on a serial line: listened to from signing in to signing out.

use std::sync::{Arc, Weak, mpsc};
use std::thread;

use kakanai_hardware::scan::serial::{ListedPort, Scanner, ScannerEvent, ScannerPort, list};

use super::{Counter, Shared};
use crate::door::ScannerView;
use crate::scanning::Via;

/// USB vendors whose serial devices are scanners: Zebra, Honeywell, Datalogic, Opticon, Newland, Code, Denso Wave.
const VENDORS: [u16; 7] = [0x05e0, 0x0c2e, 0x05f9, 0x065a, 0x1eab, 0x11fa, 0x076d];
/// Words in the product name of a scanner.
const WORDS: [&str; 3] = ["scanner", "barcode", "imager"];

impl Counter {
    /// Starts to listen to the scanner that the settings name, else to the one that is plugged in.
    pub(super) fn listen_to_scanner(&self) {
        let Some(port) = self.scanner_port() else { return };
        let (tell, heard) = mpsc::channel();
        // The scanner's own thread only sends: what is done with it may end the session and with it the scanner.
        let opened = Scanner::open(port, move |event| {
            // Nobody listens any more: the session has ended.
            let _ = tell.send(event);
        });
        let Ok(scanner) = opened else { return };
        let shared = Arc::downgrade(&self.shared);
        let listener = thread::Builder::new().name("scanner-lines".to_owned());
        if listener.spawn(move || listen(&shared, &heard)).is_err() {
            return;
        }
        let before = {
            let mut desk = self.desk();
            desk.scan.scanner = ScannerView { state: "unplugged".to_owned(), port: String::new() };
            desk.scan.serial.replace(scanner)
        };
        drop(before);
    }

    /// Stops listening. Must not be called with the desk locked: it waits for the scanner's thread.
    pub(super) fn leave_scanner(&self) {
        let before = {
            let mut desk = self.desk();
            desk.scan.scanner = ScannerView::default();
            desk.scan.worker = None;
            desk.scan.serial.take()
        };
        drop(before);
    }

    fn scanner_port(&self) -> Option<ScannerPort> {
        match self.shared.settings.scanner.as_deref() {
            Some("none") => None,
            Some(named) => named.parse().ok(),
            None => found(&list()),
        }
    }
}

/// The one scanner among the ports; several, or none that is surely one, are left to the settings.
fn found(ports: &[ListedPort]) -> Option<ScannerPort> {
    let scanner = |port: &&ListedPort| {
        let product = port.product.as_deref().unwrap_or_default().to_lowercase();
        port.usb.is_some_and(|(vendor, _)| VENDORS.contains(&vendor))
            || (port.usb.is_some() && WORDS.iter().any(|word| product.contains(word)))
    };
    let mut scanners = ports.iter().filter(scanner);
    let (vendor, product) = scanners.next()?.usb?;
    scanners.next().is_none().then_some(ScannerPort::Usb { vendor, product })
}

fn listen(shared: &Weak<Shared>, heard: &mpsc::Receiver<ScannerEvent>) {
    for event in heard {
        let Some(shared) = shared.upgrade() else { return };
        let counter = Counter { shared };
        let state = |state: &str, port: String| ScannerView { state: state.to_owned(), port };
        match event {
            ScannerEvent::PluggedIn(port) => counter.show_scanner(state("connected", port)),
            ScannerEvent::Unplugged => {
                let port = counter.desk().scan.scanner.port.clone();
                counter.show_scanner(state("unplugged", port));
            }
            ScannerEvent::Line(line) => counter.hear(&[line], Via::Serial),
            ScannerEvent::LineTooLong => counter.hear(&[String::new()], Via::Serial),
        }
    }
}

impl Counter {
    fn show_scanner(&self, scanner: ScannerView) {
        {
            let mut desk = self.desk();
            if desk.scan.serial.is_none() {
                return;
            }
            desk.scan.scanner = scanner;
        }
        self.notify();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(usb: Option<(u16, u16)>, product: &str) -> ListedPort {
        ListedPort { path: "/dev/ttyACM0".to_owned(), usb, product: Some(product.to_owned()) }
    }

    #[test]
    fn only_one_port_that_is_surely_a_scanner_is_taken_by_itself() {
        let zebra = port(Some((0x05e0, 0x1701)), "Symbol");
        let named = port(Some((0x1234, 1)), "2D Barcode Scanner");
        let modem = port(Some((0x1234, 2)), "Modem");
        let built_in = port(None, "barcode");
        let usb = |vendor, product| Some(ScannerPort::Usb { vendor, product });
        assert_eq!(found(&[modem.clone(), zebra.clone()]), usb(0x05e0, 0x1701));
        assert_eq!(found(&[named.clone(), built_in.clone()]), usb(0x1234, 1));
        assert_eq!(found(&[zebra, named]), None);
        assert_eq!(found(&[modem, built_in]), None);
    }
}
