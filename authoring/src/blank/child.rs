//! The reader of a file nobody vouches for: this program again, in a process that may use little and write nothing.
//!
//! The file goes in on standard input; the cleaned page comes out on the first line, its picture on the second. A
//! reader that runs out of time or memory, or ends in a fault, has said what it said until then.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Command, ExitCode, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use super::clean::clean_page;
use super::error::{BlankError, Refused};
use super::{BlankWarning, Cleaned, FILE_BYTES_MAX, picture};

/// The command that [`serve`] belongs to; the number of the page follows it.
pub const CHILD: &str = "read-blank-page";

/// Processor time in seconds.
#[cfg(unix)]
const CPU_SECONDS: u64 = 20;
/// Address space in bytes.
#[cfg(unix)]
const MEMORY: u64 = 1024 * 1024 * 1024;
/// Time on the clock.
const WALL: Duration = Duration::from_secs(40);
/// Longest answer in bytes: page and picture in base64, and the fields.
const ANSWER_MAX: u64 = 32 * 1024 * 1024;

/// The first line of an answer.
#[derive(Serialize, Deserialize)]
enum Answer {
    Cleaned(Cleaned),
    Refused(Refused),
}

/// The child's whole life: reads a PDF from standard input and answers on standard output.
pub fn serve(page: usize) -> ExitCode {
    let told = limit().and_then(|()| {
        let mut bytes = Vec::new();
        io::stdin().lock().take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
        answer(&bytes, page, &mut io::stdout().lock())
    });
    if told.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn answer(bytes: &[u8], page: usize, out: &mut impl Write) -> io::Result<()> {
    let (drawn, answer) = match clean_page(bytes, page) {
        Ok((drawn, cleaned)) => (Some(drawn), Answer::Cleaned(cleaned)),
        Err(refused) => (None, Answer::Refused(refused)),
    };
    serde_json::to_writer(&mut *out, &answer)?;
    out.write_all(b"\n")?;
    // The page is told before it is drawn: a page that only the screen cannot show still prints.
    out.flush()?;
    if let Some(picture) = drawn.and_then(|page| picture::png(&page)) {
        writeln!(out, "{}", STANDARD.encode(picture))?;
    }
    out.flush()
}

/// Little time, little memory, no files.
#[cfg(unix)]
pub(super) fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (resource, most) in [
        (Resource::Cpu, CPU_SECONDS),
        (Resource::As, MEMORY),
        (Resource::Fsize, 0),
        (Resource::Core, 0),
    ] {
        setrlimit(resource, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

/// Elsewhere only the clock and the limits of the reader itself hold.
#[cfg(not(unix))]
pub(super) fn limit() -> io::Result<()> {
    Ok(())
}

/// Has `reader`, which runs [`serve`], clean a page of a file.
pub(super) fn ask(mut reader: Command, bytes: Vec<u8>, page: usize) -> Result<Cleaned, BlankError> {
    let mut child = reader
        .arg(page.to_string())
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(BlankError::Reader)?;
    if let Some(mut input) = child.stdin.take() {
        // A child that has seen enough reads no further.
        thread::spawn(move || input.write_all(&bytes).ok());
    }
    let (send, lines) = mpsc::channel();
    if let Some(output) = child.stdout.take() {
        thread::spawn(move || {
            for line in BufReader::new(output.take(ANSWER_MAX)).lines().map_while(Result::ok) {
                if send.send(line).is_err() {
                    break;
                }
            }
        });
    }
    let answer = lines.recv_timeout(WALL);
    let picture = answer.as_ref().ok().and_then(|_| lines.recv_timeout(WALL).ok());
    // Whatever it has not said by now, it will not say.
    let _ = child.kill();
    let _ = child.wait();
    let line = answer.map_err(|_| BlankError::TooHeavy)?;
    match serde_json::from_str(&line) {
        Ok(Answer::Cleaned(mut cleaned)) => {
            cleaned.picture = picture;
            if cleaned.picture.is_none() {
                cleaned.warnings.push(BlankWarning::NoPicture);
            }
            Ok(cleaned)
        }
        Ok(Answer::Refused(refused)) => Err(refused.into()),
        Err(_) => Err(BlankError::TooHeavy),
    }
}
