//! Network ports: finding free ones, and seeing who listens without connecting.
//!
//! A connection to a virtual reader is a card put in, so the listening table is read instead.

use std::fs;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::atomic::{AtomicU16, Ordering};

use crate::SimulatorError;

/// Below the ports that Linux gives to outgoing connections.
const FIRST: u16 = 20_000;
const COUNT: u16 = 12_000;

static OFFSET: AtomicU16 = AtomicU16::new(0);

/// The first of two free ports in a row. Never the same twice in one process, and rarely the same as in
/// another one that runs at the same time.
pub(crate) fn free_pair() -> Result<u16, SimulatorError> {
    let start = u16::try_from(std::process::id().wrapping_mul(74) % u32::from(COUNT)).unwrap_or(0);
    for _ in 0..COUNT / 2 {
        let offset = OFFSET.fetch_add(2, Ordering::Relaxed);
        let port = FIRST + (start + offset % COUNT) % COUNT;
        if is_free(port) && is_free(port + 1) {
            return Ok(port);
        }
    }
    Err(SimulatorError::NoPort)
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).is_ok()
}

/// Whether somebody listens on the port of this machine.
pub(crate) fn is_listening(port: u16) -> bool {
    let suffix = format!(":{port:04X}");
    ["/proc/net/tcp", "/proc/net/tcp6"].into_iter().any(|table| {
        fs::read_to_string(table).unwrap_or_default().lines().any(|line| {
            let mut fields = line.split_whitespace().skip(1);
            let local = fields.next().is_some_and(|local| local.ends_with(&suffix));
            local && fields.nth(1) == Some("0A")
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listener_is_seen_and_its_port_not_given_away() {
        let port = free_pair().unwrap();
        assert!(!is_listening(port));
        let listener = TcpListener::bind((Ipv4Addr::UNSPECIFIED, port)).unwrap();
        assert!(is_listening(port));
        assert!(!is_free(port));
        drop(listener);
        assert_ne!(free_pair().unwrap(), port);
    }
}
