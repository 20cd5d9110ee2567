//! A virtual reader with two slots: a private pcscd with the driver of vsmartcard (vpcd).
//!
//! No root, no system service, any number at once: pcscd takes its listening socket as systemd would hand it
//! over, and programs find it through the environment variable `PCSCLITE_CSOCK_NAME`.

use std::fs;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use command_fds::{CommandFdExt, FdMapping};

use crate::program::{Program, command};
use crate::{SimulatorError, port, tried};

/// The driver of the Debian package `vsmartcard-vpcd`.
const DRIVER: &str = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";
const READY_TIME_LIMIT: Duration = Duration::from_secs(10);

/// What the readers are called; PC/SC adds ` 00 00` and ` 00 01` for the slots.
pub const READER_NAME: &str = "SONY FeliCa RC-S300/P";

/// How many readers the service has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Readers {
    /// The two slots.
    Two,
    /// A service without any reader.
    None,
}

/// A running pcscd of one's own; dropping it kills it.
#[derive(Debug)]
pub struct VirtualReader {
    socket: PathBuf,
    port: u16,
    _pcscd: Program,
}

impl VirtualReader {
    /// Starts a service with two empty slots; its files go to `dir`, which must exist and be its own.
    ///
    /// # Errors
    /// [`SimulatorError`] when pcscd or its driver is not installed or does not start.
    pub fn start(dir: &Path) -> Result<Self, SimulatorError> {
        Self::start_with(dir, Readers::Two)
    }

    /// Starts a service with or without readers.
    ///
    /// # Errors
    /// As [`VirtualReader::start`].
    pub fn start_with(dir: &Path, readers: Readers) -> Result<Self, SimulatorError> {
        let dir = tried("find the folder of the reader", dir.canonicalize())?;
        let port = port::free_pair()?;
        let config = dir.join("reader.conf");
        tried("write reader.conf", fs::write(&config, configuration(&dir, port, readers)?))?;

        let socket = dir.join("pcscd.comm");
        match fs::remove_file(&socket) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return tried("remove an old socket", Err(error));
            }
            _ => {}
        }
        let listener = tried("listen for pcscd", UnixListener::bind(&socket))?;
        // pcscd compares LISTEN_PID with its own id, which only the shell it replaces can know.
        let mut pcscd = command("sh");
        pcscd
            .args([
                "-c",
                "LISTEN_FDS=1 LISTEN_PID=$$ exec pcscd --foreground --config \"$1\"",
                "sh",
            ])
            .arg(&config)
            .fd_mappings(vec![FdMapping { parent_fd: listener.into(), child_fd: 3 }])
            .map_err(|source| SimulatorError::Io {
                what: "hand the socket to pcscd".to_owned(),
                source: std::io::Error::other(source),
            })?;
        let mut pcscd = Program::start("pcscd", &mut pcscd, &dir.join("pcscd.log"))?;
        if readers == Readers::Two {
            let listening = || port::is_listening(port) && port::is_listening(port + 1);
            pcscd.wait_until(READY_TIME_LIMIT, listening)?;
        }
        Ok(Self { socket, port, _pcscd: pcscd })
    }

    /// The value of `PCSCLITE_CSOCK_NAME` for programs that shall use this service.
    pub fn csock_name(&self) -> &Path {
        &self.socket
    }

    /// The port to which a card of the first slot connects.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The port to which a card of the second slot connects.
    pub fn second_port(&self) -> u16 {
        self.port + 1
    }
}

/// Readers that share a driver file share their slots, so each service gets a copy.
fn configuration(dir: &Path, port: u16, readers: Readers) -> Result<String, SimulatorError> {
    if readers == Readers::None {
        return Ok("# no readers\n".to_owned());
    }
    let driver = dir.join("libifdvpcd.so");
    tried(&format!("copy {DRIVER} (package vsmartcard-vpcd)"), fs::copy(DRIVER, &driver))?;
    Ok(format!(
        "FRIENDLYNAME \"{READER_NAME}\"\nDEVICENAME /dev/null:{port}\nLIBPATH {}\nCHANNELID {port}\n",
        driver.display()
    ))
}
