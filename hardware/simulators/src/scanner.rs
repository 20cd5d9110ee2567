//! A handheld scanner (USB-CDC) on the far side of a real pseudo-terminal: it sends what it is given, in packets of
//! USB, and can be unplugged and plugged in again under the same name.

use std::fs;
use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};

use crate::{SimulatorError, tried};

/// Bytes of a bulk packet at full speed.
const PACKET: usize = 64;

/// A scanner that is plugged in or not; dropping it unplugs it.
#[derive(Debug)]
pub struct VirtualScanner {
    port: PathBuf,
    wire: Option<fs::File>,
}

impl VirtualScanner {
    /// Plugs a scanner in whose port is `port`, a name that is free.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when the system gives no pseudo-terminal or the name is taken.
    pub fn plug_in(port: &Path) -> Result<Self, SimulatorError> {
        let mut scanner = Self { port: port.to_owned(), wire: None };
        scanner.plug_in_again()?;
        Ok(scanner)
    }

    /// Plugs it in again: another device, the same name.
    ///
    /// # Errors
    /// As [`VirtualScanner::plug_in`].
    pub fn plug_in_again(&mut self) -> Result<(), SimulatorError> {
        self.unplug();
        let (wire, device) = tried("open a pseudo-terminal", terminal().map_err(Into::into))?;
        tried("name the port of the scanner", symlink(device, &self.port))?;
        self.wire = Some(wire.into());
        Ok(())
    }

    /// Pulls the plug: readers see the device go, the name is gone with it.
    pub fn unplug(&mut self) {
        if self.wire.take().is_some() {
            // Whoever removed it before has done the same.
            let _ = fs::remove_file(&self.port);
        }
    }

    /// Sends the bytes in packets, as they are; blocks while nobody reads and the line is full.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when it is not plugged in.
    pub fn send(&mut self, bytes: &[u8]) -> Result<(), SimulatorError> {
        let wire = self.wire.as_mut().ok_or_else(|| std::io::ErrorKind::NotConnected.into());
        let wire = tried("send without a plug", wire)?;
        for packet in bytes.chunks(PACKET) {
            tried("send a packet", wire.write_all(packet))?;
        }
        Ok(())
    }
}

impl Drop for VirtualScanner {
    fn drop(&mut self) {
        self.unplug();
    }
}

/// A pair without echo and without line editing.
fn terminal() -> rustix::io::Result<(OwnedFd, PathBuf)> {
    let wire = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC)?;
    grantpt(&wire)?;
    unlockpt(&wire)?;
    let mut settings = tcgetattr(&wire)?;
    settings.make_raw();
    tcsetattr(&wire, OptionalActions::Now, &settings)?;
    let device = ptsname(&wire, Vec::new())?;
    Ok((wire, PathBuf::from(device.to_string_lossy().into_owned())))
}
