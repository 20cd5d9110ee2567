//! A real IPP printer without paper: `ippeveprinter` of CUPS with a message bus of its own.
//!
//! Keeps every document it is given, byte for byte. Its tray can be emptied and its fuser broken.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::program::{Program, command};
use crate::{SimulatorError, port, tried};

const READY_TIME_LIMIT: Duration = Duration::from_secs(15);

/// What kind of printer it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Model {
    /// Takes PDF, prints both sides, knows A4, but has Letter as its default, as many printers do.
    #[default]
    Office,
    /// Takes PDF, has A4 as its default and knows `print-scaling`. Lists its formats twice (a fault of
    /// `ippeveprinter` with an attribute file), which a client has to bear.
    OriginalSize,
    /// Does not take PDF.
    RasterOnly,
}

/// A running printer; dropping it stops it.
#[derive(Debug)]
pub struct VirtualPrinter {
    dir: PathBuf,
    port: u16,
    model: Model,
    // Stopped in this order: the printer needs its bus.
    printer: Option<Program>,
    _bus: Program,
}

impl VirtualPrinter {
    /// Starts a printer; its files go to `dir`, which must exist and be its own.
    ///
    /// # Errors
    /// [`SimulatorError`] when a program is not installed or does not start.
    pub fn start(dir: &Path, model: Model) -> Result<Self, SimulatorError> {
        let dir = tried("find the folder of the printer", dir.canonicalize())?;
        let write = |name: &str, text: &str| tried(name, fs::write(dir.join(name), text));
        write("bus.conf", &include_str!("bus.conf").replace("@DIR@", &dir.to_string_lossy()))?;
        write("attributes.conf", include_str!("attributes.conf"))?;
        write("command.sh", include_str!("command.sh"))?;
        let executable = fs::Permissions::from_mode(0o700);
        tried("command.sh", fs::set_permissions(dir.join("command.sh"), executable))?;
        tried("spool", fs::create_dir_all(dir.join("spool")))?;

        let mut bus = command("dbus-daemon");
        bus.arg(format!("--config-file={}", dir.join("bus.conf").display()))
            .args(["--nofork", "--nopidfile"]);
        let mut bus = Program::start("dbus-daemon", &mut bus, &dir.join("bus.log"))?;
        bus.wait_until(READY_TIME_LIMIT, || dir.join("bus.sock").exists())?;

        let mut printer = Self { dir, port: port::free_pair()?, model, printer: None, _bus: bus };
        printer.switch_on()?;
        Ok(printer)
    }

    /// Switches the printer on; it keeps its address.
    ///
    /// # Errors
    /// [`SimulatorError`] when it does not start.
    pub fn switch_on(&mut self) -> Result<(), SimulatorError> {
        if self.printer.is_some() {
            return Ok(());
        }
        let bus = format!("unix:path={}", self.dir.join("bus.sock").display());
        let mut printer = command("ippeveprinter");
        printer
            .env("DBUS_SYSTEM_BUS_ADDRESS", bus)
            // Without these it wants Avahi, or an IPv6 listener for a numeric address.
            .args(["-r", "off", "-n", "localhost", "-k", "-p", &self.port.to_string()])
            .arg("-d")
            .arg(self.dir.join("spool"))
            .arg("-c")
            .arg(self.dir.join("command.sh"));
        match self.model {
            Model::Office => printer.args(["-f", "application/pdf,image/pwg-raster", "-2"]),
            Model::OriginalSize => printer.arg("-a").arg(self.dir.join("attributes.conf")),
            Model::RasterOnly => printer.args(["-f", "image/pwg-raster"]),
        };
        printer.arg("Counter");
        let mut printer =
            Program::start("ippeveprinter", &mut printer, &self.dir.join("printer.log"))?;
        printer.wait_until(READY_TIME_LIMIT, || port::is_listening(self.port))?;
        self.printer = Some(printer);
        Ok(())
    }

    /// Pulls the plug; jobs in work are lost.
    pub fn switch_off(&mut self) {
        self.printer = None;
    }

    /// The printer's address.
    pub fn uri(&self) -> String {
        format!("ipp://localhost:{}/ipp/print", self.port)
    }

    /// Where the documents are kept.
    pub fn spool(&self) -> PathBuf {
        self.dir.join("spool")
    }

    /// The documents that have come in, by the number of their job.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when the folder cannot be read.
    pub fn received(&self) -> Result<Vec<PathBuf>, SimulatorError> {
        let mut documents = BTreeMap::new();
        for entry in tried("spool", fs::read_dir(self.spool()))? {
            let path = tried("spool", entry)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let job = name.split('-').next().and_then(|number| number.parse::<u32>().ok());
            if let Some(job) = job.filter(|_| name.ends_with(".pdf")) {
                documents.insert(job, path);
            }
        }
        Ok(documents.into_values().collect())
    }

    /// The attributes of the last job that reached the paper path, one `IPP_NAME=value` a line.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when there was none.
    pub fn last_job(&self) -> Result<String, SimulatorError> {
        tried("read the last job", fs::read_to_string(self.dir.join("job.env")))
    }

    /// Takes all paper out, or fills the tray.
    ///
    /// # Errors
    /// [`SimulatorError::Io`] when the folder cannot be written.
    pub fn set_paper(&self, tray: Tray) -> Result<(), SimulatorError> {
        self.set_flag("no-paper", tray == Tray::Empty)
    }

    /// Breaks the fuser: from now on jobs are given up.
    ///
    /// # Errors
    /// As [`VirtualPrinter::set_paper`].
    pub fn break_fuser(&self) -> Result<(), SimulatorError> {
        self.set_flag("broken", true)
    }

    /// Falls silent: jobs are taken and never finished. Or wakes up.
    ///
    /// # Errors
    /// As [`VirtualPrinter::set_paper`].
    pub fn set_asleep(&self, asleep: bool) -> Result<(), SimulatorError> {
        self.set_flag("asleep", asleep)
    }

    fn set_flag(&self, name: &str, set: bool) -> Result<(), SimulatorError> {
        let file = self.dir.join(name);
        let done = if set { fs::write(file, "") } else { fs::remove_file(file) };
        match done {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            done => tried(name, done),
        }
    }
}

/// The state of the paper tray.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tray {
    /// Paper is there.
    Full,
    /// No paper is there.
    Empty,
}
