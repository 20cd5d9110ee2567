//! The wire between vpcd and a card: messages of two length bytes (big endian) and a body.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Ipv4Addr, Shutdown, TcpStream};
use std::os::linux::net::TcpStreamExt;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::Card;
use super::chip::Reaction;
use crate::{SimulatorError, tried};

/// ATR of one of the contact chips in use; programs must not go by it.
const ATR: [u8; 9] = [0x3B, 0xE0, 0x00, 0xFF, 0x81, 0x31, 0xFE, 0x45, 0x14];

const POWER_OFF: &[u8] = &[0];
const POWER_ON: &[u8] = &[1];
const RESET: &[u8] = &[2];
const GIVE_ATR: &[u8] = &[4];

const RETRY_EVERY: Duration = Duration::from_millis(20);

/// Why a card is no longer in the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// The reader closed the connection.
    ReaderGone,
    /// The card was taken out, as its options ordered.
    CardLeft,
}

/// Connects to a slot; tries again until a reader is there.
///
/// # Errors
/// [`SimulatorError::Io`] when none is there within the time limit.
pub fn connect(port: u16, time_limit: Duration) -> Result<TcpStream, SimulatorError> {
    let deadline = Instant::now() + time_limit;
    loop {
        match TcpStream::connect((Ipv4Addr::LOCALHOST, port)) {
            Err(_) if Instant::now() < deadline => sleep(RETRY_EVERY),
            connection => return tried("connect to the reader", connection),
        }
    }
}

/// Answers the reader until one of both leaves; calls `powered` whenever the reader powers the card up.
///
/// # Errors
/// [`SimulatorError::Io`] when the connection breaks or the log cannot be written.
pub fn serve(
    mut stream: TcpStream,
    card: &Card,
    mut powered: impl FnMut(),
) -> Result<Ended, SimulatorError> {
    while let Some(message) = tried("listen to the reader", receive(&mut stream))? {
        match message.as_slice() {
            POWER_OFF => card.chip().reset(),
            POWER_ON | RESET => {
                card.chip().reset();
                powered();
            }
            GIVE_ATR => tried("give the ATR", send(&mut stream, &ATR))?,
            command => {
                sleep(card.chip().delay());
                let reaction = card.chip().react(command);
                let status = match reaction {
                    Reaction::Answer(_, status) => Some(status),
                    Reaction::Mute | Reaction::Leave => None,
                };
                card.log().add(command, status)?;
                match reaction {
                    Reaction::Answer(mut answer, status) => {
                        answer.extend(status.to_be_bytes());
                        tried("answer", send(&mut stream, &answer))?;
                    }
                    Reaction::Mute => {}
                    Reaction::Leave => {
                        // Somebody may hold a second handle of the connection.
                        tried("leave the reader", stream.shutdown(Shutdown::Both))?;
                        return Ok(Ended::CardLeft);
                    }
                }
            }
        }
    }
    Ok(Ended::ReaderGone)
}

/// `None` when the reader has closed the connection.
fn receive(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    // The reader sends length and body in two packets and waits for the acknowledgement in between:
    // delayed, that is 44 ms a command. The kernel forgets this setting, so it is renewed each time.
    stream.set_quickack(true)?;
    let mut length = [0; 2];
    match stream.read_exact(&mut length) {
        Ok(()) => {}
        Err(error)
            if matches!(error.kind(), ErrorKind::UnexpectedEof | ErrorKind::ConnectionReset) =>
        {
            return Ok(None);
        }
        Err(error) => return Err(error),
    }
    stream.set_quickack(true)?;
    let mut message = vec![0; usize::from(u16::from_be_bytes(length))];
    stream.read_exact(&mut message)?;
    Ok(Some(message))
}

fn send(stream: &mut TcpStream, answer: &[u8]) -> io::Result<()> {
    let length = u16::try_from(answer.len()).map_err(io::Error::other)?;
    stream.write_all(&[&length.to_be_bytes()[..], answer].concat())
}
