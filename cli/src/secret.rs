//! Secrets from standard input: passphrase, PIN and printed code, one a line, wiped after use.

use std::io::{self, BufRead};

use kakanai_counter::{CodeB, Passphrase, Pin};
use zeroize::{Zeroize, Zeroizing};

use crate::outcome::{Exit, Failure};

/// Longest line that is read.
const LINE_BYTES_MAX: u64 = 4096;

/// Reads the next line of standard input as a passphrase.
pub fn passphrase() -> Result<Passphrase, Failure> {
    line().map(|mut line| Passphrase::new(std::mem::take(&mut *line)))
}

/// Reads the next line of standard input as a PIN.
pub fn pin() -> Result<Pin, Failure> {
    let mut line = line()?;
    Ok(Pin::parse(std::mem::take(&mut *line))?)
}

/// Reads the next line of standard input as a 照合番号B.
pub fn code_b() -> Result<CodeB, Failure> {
    let mut line = line()?;
    Ok(CodeB::parse(std::mem::take(&mut *line))?)
}

fn line() -> Result<Zeroizing<String>, Failure> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(256));
    let mut input = io::stdin().lock();
    io::Read::take(&mut input, LINE_BYTES_MAX)
        .read_until(b'\n', &mut bytes)
        .map_err(|_| Failure::new("stdin", Exit::Input))?;
    while matches!(bytes.last(), Some(b'\n' | b'\r')) {
        bytes.pop();
    }
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            error.into_bytes().zeroize();
            Err(Failure::new("stdin", Exit::Input))
        }
    }
}
