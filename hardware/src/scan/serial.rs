//! Handheld scanners that send what they read over a serial port (USB-CDC): line by line.
//!
//! A scanner may be unplugged at any moment, also in the middle of a code: what had arrived of it is dropped, the
//! port is opened again when it comes back. What arrives is text of strangers; it is told as it came and judged
//! elsewhere.

use std::fmt;
use std::io;
use std::panic::catch_unwind;
use std::str::FromStr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

use serialport::{SerialPort, SerialPortType};

use super::lines::{Line, Lines};

/// USB-CDC does not care; scanners behind a converter are set to it.
const BAUD: u32 = 115_200;
/// How long a read waits, and so how long stopping takes at most.
const READ_TIME: Duration = Duration::from_millis(100);
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(2);
/// Two packets of a fast USB scanner, many of a slow one.
const PACKET: usize = 1_024;

/// Which scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScannerPort {
    /// The port of this name: `/dev/serial/by-id/…`, `COM3`.
    Path(String),
    /// Whichever port has this USB vendor and product: names change with the socket.
    Usb {
        /// Vendor id.
        vendor: u16,
        /// Product id.
        product: u16,
    },
}

/// Not a port: neither a name nor `usb:VVVV:PPPP` in hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a scanner is the name of its port, or usb:VVVV:PPPP")]
pub struct ScannerPortError;

/// A serial port of this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedPort {
    /// Its name.
    pub path: String,
    /// Vendor and product id, if it is on USB.
    pub usb: Option<(u16, u16)>,
    /// What the device calls itself.
    pub product: Option<String>,
}

/// What a scanner did.
#[derive(Clone, PartialEq, Eq)]
pub enum ScannerEvent {
    /// It is there, at this port.
    PluggedIn(String),
    /// It sent a line; what is not UTF-8 has become U+FFFD.
    Line(String),
    /// It sent a line beyond 4 KiB; none of ours is as long.
    LineTooLong,
    /// It is gone.
    Unplugged,
}

/// A scanner that is listened to; dropping it stops.
#[derive(Debug)]
pub struct Scanner {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl ScannerPortError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        "scanner-port"
    }
}

impl FromStr for ScannerPort {
    type Err = ScannerPortError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(ids) = text.strip_prefix("usb:") else {
            let fit = !text.is_empty() && !text.contains(char::is_control);
            return if fit { Ok(Self::Path(text.to_owned())) } else { Err(ScannerPortError) };
        };
        let (vendor, product) = ids.split_once(':').ok_or(ScannerPortError)?;
        Ok(Self::Usb { vendor: usb_id(vendor)?, product: usb_id(product)? })
    }
}

fn usb_id(digits: &str) -> Result<u16, ScannerPortError> {
    let four = digits.len() == 4 && digits.chars().all(|digit| digit.is_ascii_hexdigit());
    let id = u16::from_str_radix(digits, 16).ok().filter(|_| four);
    id.ok_or(ScannerPortError)
}

/// The length only: a line may hold anything.
impl fmt::Debug for ScannerEvent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PluggedIn(path) => write!(out, "PluggedIn({path})"),
            Self::Line(line) => write!(out, "Line({} bytes)", line.len()),
            Self::LineTooLong => write!(out, "LineTooLong"),
            Self::Unplugged => write!(out, "Unplugged"),
        }
    }
}

/// The serial ports of this machine; none where the system does not tell.
pub fn list() -> Vec<ListedPort> {
    // The package expects folders of the system that a container may lack.
    let found = catch_unwind(serialport::available_ports);
    let ports = found.ok().and_then(Result::ok).unwrap_or_default();
    let listed = ports.into_iter().map(|port| match port.port_type {
        SerialPortType::UsbPort(usb) => {
            let ids = Some((usb.vid, usb.pid));
            ListedPort { path: port.port_name, usb: ids, product: usb.product }
        }
        _ => ListedPort { path: port.port_name, usb: None, product: None },
    });
    listed.collect()
}

impl Scanner {
    /// Listens until it is dropped. `tell` is called on a thread of its own, in the order of what happens.
    ///
    /// # Errors
    /// When the system gives no thread; a scanner that is not there (yet) is no error.
    pub fn open(
        port: ScannerPort,
        tell: impl Fn(ScannerEvent) + Send + 'static,
    ) -> io::Result<Scanner> {
        let (stop, stopped) = channel();
        let thread = Builder::new().name("scanner".to_owned());
        let thread = thread.spawn(move || listen(&port, &stopped, &tell))?;
        Ok(Scanner { stop: Some(stop), thread: Some(thread) })
    }
}

impl Drop for Scanner {
    fn drop(&mut self) {
        self.stop = None;
        if let Some(thread) = self.thread.take() {
            // A panic of `tell` has been told by its own thread.
            let _ = thread.join();
        }
    }
}

fn listen(port: &ScannerPort, stopped: &Receiver<()>, tell: &impl Fn(ScannerEvent)) {
    let mut pause = FIRST_PAUSE;
    while !is_stopped(stopped, Duration::ZERO) {
        if let Some((path, mut opened)) = open(port) {
            tell(ScannerEvent::PluggedIn(path));
            pause = FIRST_PAUSE;
            if read(opened.as_mut(), stopped, tell) == Ended::Stopped {
                return;
            }
            tell(ScannerEvent::Unplugged);
        }
        if is_stopped(stopped, pause) {
            return;
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Waits; nobody ever sends, the other end is dropped.
fn is_stopped(stopped: &Receiver<()>, time: Duration) -> bool {
    stopped.recv_timeout(time) != Err(RecvTimeoutError::Timeout)
}

fn open(port: &ScannerPort) -> Option<(String, Box<dyn SerialPort>)> {
    let path = match port {
        ScannerPort::Path(path) => path.clone(),
        ScannerPort::Usb { vendor, product } => {
            let ids = Some((*vendor, *product));
            list().into_iter().find(|port| port.usb == ids)?.path
        }
    };
    let opened = serialport::new(path.as_str(), BAUD).timeout(READ_TIME).open().ok()?;
    Some((path, opened))
}

#[derive(PartialEq, Eq)]
enum Ended {
    Stopped,
    Unplugged,
}

fn read(port: &mut dyn SerialPort, stopped: &Receiver<()>, tell: &impl Fn(ScannerEvent)) -> Ended {
    let mut lines = Lines::default();
    let mut packet = [0; PACKET];
    loop {
        let arrived = match port.read(&mut packet) {
            Ok(0) => return Ended::Unplugged,
            Ok(length) => packet.get(..length).unwrap_or_default(),
            Err(error) if is_pause(&error) => &[],
            Err(_) => return Ended::Unplugged,
        };
        for line in lines.push(arrived) {
            tell(match line {
                Line::Whole(bytes) => {
                    ScannerEvent::Line(String::from_utf8_lossy(&bytes).into_owned())
                }
                Line::TooLong => ScannerEvent::LineTooLong,
            });
        }
        if is_stopped(stopped, Duration::ZERO) {
            return Ended::Stopped;
        }
    }
}

fn is_pause(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::TimedOut | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_is_a_name_or_two_numbers_of_usb() {
        let usb = ScannerPort::Usb { vendor: 0x05E0, product: 0x1701 };
        assert_eq!("usb:05e0:1701".parse(), Ok(usb));
        assert_eq!("COM3".parse(), Ok(ScannerPort::Path("COM3".to_owned())));
        for wrong in
            ["", "usb:", "usb:05e0", "usb:5e0:1701", "usb:+5e0:1701", "usb:05e0:1701:1", "a\nb"]
        {
            assert_eq!(wrong.parse::<ScannerPort>(), Err(ScannerPortError), "{wrong:?}");
        }
    }

    #[test]
    fn what_was_scanned_is_in_no_debug_text() {
        let event = ScannerEvent::Line("46491123".to_owned());
        assert_eq!(format!("{event:?}"), "Line(8 bytes)");
    }
}
