//! The card's log: one JSON line per command, so that a test can count what was asked.
//!
//! Data of VERIFY is masked and answers are left out: a log file must not become a place to find a PIN.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::{SimulatorError, tried};

/// One command and how it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogEntry {
    /// Number of the command, from 1, over the life of the card.
    pub n: u64,
    /// The command in hexadecimal; each byte of a secret is `**`.
    pub command: String,
    /// The status word in hexadecimal; `null` when the card did not answer.
    pub sw: Option<String>,
    /// The application that a SELECT asked for, found or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select_aid: Option<String>,
    /// The elementary file that a SELECT asked for, found or not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub select_ef: Option<String>,
    /// What a VERIFY was for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verify: Option<Verify>,
}

/// The uses of VERIFY.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verify {
    /// Without data: asks the counter, uses no try.
    Counter,
    /// With a PIN: uses a try.
    Pin,
    /// With 照合番号B, key 0015: uses a try.
    CodeB,
}

/// Keeps the entries, and writes them to a file as well if there is one.
#[derive(Debug, Default)]
pub struct Log {
    entries: Vec<LogEntry>,
    file: Option<File>,
}

impl Log {
    /// A log that also appends to `file`.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when the file cannot be written.
    pub fn to_file(file: &Path) -> Result<Self, SimulatorError> {
        let file = File::options().create(true).append(true).open(file);
        Ok(Self { entries: Vec::new(), file: Some(tried("open the card's log", file)?) })
    }

    /// The entries so far.
    pub fn entries(&self) -> &[LogEntry] {
        &self.entries
    }

    pub(super) fn add(
        &mut self,
        command: &[u8],
        status: Option<u16>,
    ) -> Result<(), SimulatorError> {
        let n = u64::try_from(self.entries.len()).unwrap_or(u64::MAX).saturating_add(1);
        let entry = entry(n, command, status);
        if let Some(file) = &mut self.file {
            let line = serde_json::to_string(&entry).map_err(std::io::Error::other);
            let written = line.and_then(|line| file.write_all(format!("{line}\n").as_bytes()));
            tried("write the card's log", written)?;
        }
        self.entries.push(entry);
        Ok(())
    }
}

fn entry(n: u64, command: &[u8], status: Option<u16>) -> LogEntry {
    let mut entry = LogEntry {
        n,
        command: hex(command),
        sw: status.map(|status| format!("{status:04x}")),
        select_aid: None,
        select_ef: None,
        verify: None,
    };
    match command {
        [_, 0xA4, 0x04, _, _, aid @ ..] => entry.select_aid = Some(hex(aid)),
        [_, 0xA4, 0x02, _, _, ef @ ..] => entry.select_ef = Some(hex(ef)),
        [_, 0x20, _, _] => entry.verify = Some(Verify::Counter),
        [head @ .., _] if matches!(command, [_, 0x20, ..]) && head.len() >= 4 => {
            let (clear, secret) = command.split_at_checked(5).unwrap_or((command, &[]));
            entry.command = format!("{}{}", hex(clear), "**".repeat(secret.len()));
            let code_b = matches!(command, [_, _, _, 0x95, ..]);
            entry.verify = Some(if code_b { Verify::CodeB } else { Verify::Pin });
        }
        _ => {}
    }
    entry
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_masked_and_a_select_is_named() {
        let pin = entry(4, &[0, 0x20, 0, 0x80, 4, b'1', b'2', b'3', b'4'], Some(0x63C2));
        assert_eq!((pin.command.as_str(), pin.verify), ("0020008004********", Some(Verify::Pin)));
        let code = entry(4, &[0, 0x20, 0, 0x95, 2, b'1', b'2'], Some(0x63C9));
        assert_eq!((code.command.as_str(), code.verify), ("0020009502****", Some(Verify::CodeB)));
        assert_eq!(entry(3, &[0, 0x20, 0, 0x95], None).verify, Some(Verify::Counter));
        assert_eq!(entry(3, &[0, 0x20, 0, 0x80], None).verify, Some(Verify::Counter));
        let select = entry(5, &[0, 0xA4, 2, 0x0C, 2, 0, 2], Some(0x9000));
        assert_eq!(
            serde_json::to_string(&select).unwrap(),
            r#"{"n":5,"command":"00a4020c020002","sw":"9000","select_ef":"0002"}"#
        );
    }
}
