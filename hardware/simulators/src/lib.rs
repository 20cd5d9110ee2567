//! Stand-ins for devices, on the far side of the real stack: a virtual card ([`card`]) in a virtual reader
//! ([`reader`]) behind a real pcscd, a real IPP printer ([`printer`]), and a handheld scanner behind a real
//! pseudo-terminal ([`scanner`]).
//!
//! For tests and practice machines only, never for a counter: the virtual reader listens on all network
//! interfaces. Needs Linux with the Debian packages `pcscd vsmartcard-vpcd cups-ipp-utils dbus-daemon util-linux`,
//! and for a CUPS in between ([`cups`]) `cups-daemon cups-client cups-filters`.
//! Everything that is started is stopped by its own process id, and dies with the thread that started it.

pub mod camera;
pub mod card;
pub mod cups;
mod port;
pub mod printer;
mod program;
pub mod reader;
pub mod scanner;

use std::io;
use std::path::PathBuf;

/// Why a stand-in did not come up.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorError {
    /// A file, socket or program could not be used.
    #[error("{what}")]
    Io {
        /// What was tried.
        what: String,
        /// Why it failed.
        #[source]
        source: io::Error,
    },
    /// A program was started and did not get ready in time.
    #[error("{what} did not get ready")]
    NotReady {
        /// What was waited for.
        what: String,
    },
    /// A persona file is not one.
    #[error("{}: {why}", file.display())]
    Persona {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// No free network port was found.
    #[error("no free port")]
    NoPort,
}

/// Names what was tried when it fails.
pub(crate) fn tried<T>(what: &str, result: io::Result<T>) -> Result<T, SimulatorError> {
    result.map_err(|source| SimulatorError::Io { what: what.to_owned(), source })
}
