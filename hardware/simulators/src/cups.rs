//! A real CUPS of its own: `cupsd` in one folder on one port, with queues that lead to other printers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::program::{Program, command};
use crate::{SimulatorError, port, tried};

const READY_TIME_LIMIT: Duration = Duration::from_secs(15);
/// CUPS refuses to keep its files where everybody may write, and gives them to this group.
const GROUP: &str = "lp";

/// A running CUPS; dropping it stops it.
#[derive(Debug)]
pub struct Cups {
    port: u16,
    _program: Program,
}

impl Cups {
    /// Starts CUPS without queues; its files go to `dir`, which must exist and be its own.
    ///
    /// # Errors
    /// [`SimulatorError`] when it is not installed or does not start.
    pub fn start(dir: &Path) -> Result<Self, SimulatorError> {
        let dir = tried("find the folder of CUPS", dir.canonicalize())?;
        let port = port::free_pair()?;
        let folder = |name: &str| -> Result<PathBuf, SimulatorError> {
            let folder = dir.join(name);
            tried(name, fs::create_dir_all(&folder))?;
            Ok(folder)
        };
        let files = [
            ("ServerRoot", folder("root")?),
            ("RequestRoot", folder("requests")?),
            ("CacheDir", folder("cache")?),
            ("StateDir", folder("state")?),
            ("TempDir", folder("temporary")?),
            ("ErrorLog", dir.join("error.log")),
            ("AccessLog", dir.join("access.log")),
            ("PageLog", dir.join("page.log")),
        ];
        let files: String =
            files.iter().map(|(key, path)| format!("{key} {}\n", path.display())).collect();
        let files = format!("User {GROUP}\nGroup {GROUP}\nSystemGroup root\n{files}");
        let server = format!(
            "Listen 127.0.0.1:{port}\nDefaultAuthType None\nBrowsing No\nPreserveJobFiles No\n\
             <Location />\nOrder allow,deny\nAllow all\n</Location>\n\
             <Policy default>\n<Limit All>\nOrder allow,deny\nAllow all\n</Limit>\n</Policy>\n"
        );
        tried("cups-files.conf", fs::write(dir.join("cups-files.conf"), files))?;
        tried("cupsd.conf", fs::write(dir.join("cupsd.conf"), server))?;
        let mut program = command("cupsd");
        program.arg("-f").arg("-c").arg(dir.join("cupsd.conf"));
        program.arg("-s").arg(dir.join("cups-files.conf"));
        let mut program = Program::start("cupsd", &mut program, &dir.join("cupsd.log"))?;
        program.wait_until(READY_TIME_LIMIT, || port::is_listening(port))?;
        Ok(Self { port, _program: program })
    }

    /// Its address, where the list of its queues is asked for.
    pub fn uri(&self) -> String {
        format!("ipp://localhost:{}/", self.port)
    }

    /// Adds a queue to the printer at `printer` and gives its address.
    ///
    /// # Errors
    /// [`SimulatorError`] when CUPS does not take it.
    pub fn add(&self, queue: &str, printer: &str) -> Result<String, SimulatorError> {
        self.administer("lpadmin", &["-p", queue, "-E", "-v", printer, "-m", "everywhere"])?;
        Ok(format!("ipp://localhost:{}/printers/{queue}", self.port))
    }

    /// Stops the queue from taking jobs.
    ///
    /// # Errors
    /// As [`Cups::add`].
    pub fn reject(&self, queue: &str) -> Result<(), SimulatorError> {
        self.administer("cupsreject", &[queue])
    }

    fn administer(&self, program: &str, arguments: &[&str]) -> Result<(), SimulatorError> {
        let server = format!("127.0.0.1:{}", self.port);
        let mut command = Command::new(program);
        command.args(["-h", &server]).args(arguments).stdin(Stdio::null());
        let done = tried(program, command.output())?;
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr).trim().to_owned();
        Err(SimulatorError::NotReady { what: format!("{program}: {said}") })
    }
}
