//! A terminal of one's own: the real `kakanai` in an environment that holds nothing but what a test gives it.
//!
//! No display, no variables of the session, a home and a folder for temporary files that the test can look into.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with a home, a place for temporary files and a place for work.
pub struct Terminal {
    folder: TempDir,
    service: PathBuf,
}

/// How a command ended.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

/// The built command: it lies beside the folder of the test program.
pub fn program() -> PathBuf {
    let test = env::current_exe().unwrap();
    let profile =
        test.parent().and_then(Path::parent).expect("the test lies in target/<profile>/deps");
    let program = profile.join("kakanai");
    assert!(
        program.is_file(),
        "{} is missing: these tests drive the built command; run `cargo build -p kakanai-cli` \
         with the same profile and target folder first, or test the whole workspace",
        program.display()
    );
    program
}

impl Terminal {
    /// A terminal without a card service.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        for name in ["home", "tmp", "work"] {
            fs::create_dir(folder.path().join(name)).unwrap();
        }
        let service = folder.path().join("no-card-service");
        Self { folder, service }
    }

    /// Uses the card service that listens at `socket`.
    pub fn use_service(&mut self, socket: &Path) {
        self.service = socket.to_owned();
    }

    /// The whole folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Where temporary files go.
    pub fn temporary(&self) -> PathBuf {
        self.folder().join("tmp")
    }

    /// A place in the work folder.
    pub fn place(&self, name: &str) -> PathBuf {
        self.folder().join("work").join(name)
    }

    /// Writes a file into the work folder.
    pub fn write(&self, name: &str, text: &str) -> PathBuf {
        let file = self.place(name);
        fs::write(&file, text).unwrap();
        file
    }

    /// `kakanai --json` with these arguments.
    pub fn command<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Command {
        let mut command = Command::new(program());
        command.arg("--json").args(arguments);
        self.surround(command)
    }

    /// `command` in the terminal's environment and nothing else.
    pub fn surround(&self, mut command: Command) -> Command {
        command
            .env_clear()
            .env("PATH", env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.folder().join("home"))
            .env("KAKANAI_HOME", self.folder().join("home"))
            .env("TMPDIR", self.temporary())
            .env("PCSCLITE_CSOCK_NAME", &self.service)
            .current_dir(self.folder().join("work"));
        command
    }

    /// Runs `kakanai --json` to its end.
    pub fn run<A: AsRef<OsStr>>(&self, arguments: &[A]) -> Run {
        self.run_with(arguments, "")
    }

    /// Runs `kakanai --json` with something on its standard input.
    pub fn run_with<A: AsRef<OsStr>>(&self, arguments: &[A], input: &str) -> Run {
        finished(start(self.command(arguments), input))
    }
}

/// Starts a command with `input` on its standard input and its outputs kept.
pub fn start(mut command: Command, input: &str) -> Child {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child
}

/// Waits for the end of a command.
pub fn finished(child: Child) -> Run {
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    Run { code: status.code(), stdout, stderr: String::from_utf8(stderr).unwrap() }
}

impl Run {
    /// The document of a command that ended with `code`: exactly one, on one line.
    pub fn document(&self, code: i32) -> Value {
        let stdout = String::from_utf8(self.stdout.clone()).unwrap();
        assert_eq!(self.code, Some(code), "{stdout}{}", self.stderr);
        assert_eq!(stdout.matches('\n').count(), 1, "more or less than one line: {stdout}");
        serde_json::from_str(&stdout)
            .unwrap_or_else(|error| panic!("not exactly one JSON document ({error}): {stdout}"))
    }

    /// The document of a command that went well.
    pub fn done(&self) -> Value {
        self.document(0)
    }

    /// The details of a refusal with this exit code and this stable code.
    pub fn refused(&self, exit: i32, code: &str) -> Value {
        let document = self.document(exit);
        let error = &document["error"];
        assert_eq!(error["code"], code, "{document}");
        for part in ["message", "hint"] {
            let text = error[part].as_str().unwrap_or_default();
            let japanese = text.chars().any(|c| ('\u{3040}'..='\u{30FF}').contains(&c));
            assert!(japanese, "{code} is not put into plain words: {document}");
        }
        assert_eq!(document.as_object().unwrap().len(), 1, "{document}");
        assert_eq!(error.as_object().unwrap().len(), 4, "{document}");
        error["details"].clone()
    }
}

/// A path as an argument.
pub fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}
