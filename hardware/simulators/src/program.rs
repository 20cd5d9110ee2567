//! Child processes that do not outlive whoever started them.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use crate::{SimulatorError, tried};

const POLL_EVERY: Duration = Duration::from_millis(10);
const STOP_TIME_LIMIT: Duration = Duration::from_secs(2);

/// A running program; dropping it stops it.
#[derive(Debug)]
pub(crate) struct Program {
    name: String,
    child: Child,
}

/// A command for `program` whose process is killed when the thread that starts it ends, however it ends.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", program]);
    command.stdin(Stdio::null());
    command
}

impl Program {
    /// Starts `command` with both outputs going to `log`.
    pub(crate) fn start(
        name: &str,
        command: &mut Command,
        log: &Path,
    ) -> Result<Self, SimulatorError> {
        let out = tried("create a log file", std::fs::File::create(log))?;
        let err = tried("create a log file", out.try_clone())?;
        let child = tried(&format!("start {name}"), command.stdout(out).stderr(err).spawn())?;
        Ok(Self { name: name.to_owned(), child })
    }

    /// Waits until `ready` says yes, the program ends, or the time is over.
    pub(crate) fn wait_until(
        &mut self,
        time_limit: Duration,
        mut ready: impl FnMut() -> bool,
    ) -> Result<(), SimulatorError> {
        let deadline = Instant::now() + time_limit;
        while !ready() {
            let ended = !matches!(self.child.try_wait(), Ok(None));
            if ended || Instant::now() > deadline {
                return Err(SimulatorError::NotReady { what: self.name.clone() });
            }
            sleep(POLL_EVERY);
        }
        Ok(())
    }

    fn stop(&mut self) {
        let pid = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw);
        if let Some(pid) = pid {
            let _ = kill_process(pid, Signal::TERM);
        }
        let deadline = Instant::now() + STOP_TIME_LIMIT;
        while matches!(self.child.try_wait(), Ok(None)) {
            if Instant::now() > deadline {
                let _ = self.child.kill();
                let _ = self.child.wait();
                return;
            }
            sleep(POLL_EVERY);
        }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.stop();
    }
}
