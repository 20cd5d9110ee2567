//! The repository that the tests belong to, and its files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::terminal::program;

/// The top folder.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

/// The sample municipality.
pub fn sample_pack() -> PathBuf {
    root().join("packs/mihon-city")
}

/// The sample municipality compiled by the command under test: the same decisions, in a seventh of the time.
pub fn compiled_pack() -> &'static Path {
    static COMPILED: OnceLock<PathBuf> = OnceLock::new();
    COMPILED.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
        let part = folder.join(format!("mihon-city-{}.part", std::process::id()));
        let compile = Command::new(program())
            .args(["pack", "compile"])
            .args([&sample_pack(), &part])
            .output()
            .unwrap();
        assert!(compile.status.success(), "{}", String::from_utf8_lossy(&compile.stderr));
        // Tests of other processes make the same file.
        let file = folder.join("mihon-city.json");
        fs::rename(part, &file).unwrap();
        file
    })
}

/// A sample persona of the virtual card.
pub fn persona(name: &str) -> PathBuf {
    root().join("hardware/simulators/personas").join(name).with_extension("json")
}

/// Every file that is or would be committed, by its path from the top folder.
pub fn files() -> Vec<String> {
    let git = Command::new("git")
        .args(["-c", "safe.directory=*", "-C"])
        .arg(root())
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .output()
        .expect("git is needed to tell the repository's files from built ones");
    assert!(git.status.success(), "git ls-files: {}", String::from_utf8_lossy(&git.stderr));
    let listed = String::from_utf8(git.stdout).expect("file names are UTF-8");
    let present = |file: &&str| !file.is_empty() && root().join(file).is_file();
    listed.split('\0').filter(present).map(str::to_owned).collect()
}

/// The files whose names end in one of `endings`, with their texts; a file that is not text is left out.
pub fn texts(endings: &[&str]) -> Vec<(String, String)> {
    let wanted = |file: &String| endings.iter().any(|ending| file.ends_with(ending));
    let text = |file: String| Some((file.clone(), fs::read_to_string(root().join(file)).ok()?));
    files().into_iter().filter(wanted).filter_map(text).collect()
}

/// Copies a folder with everything in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder; sockets are none.
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let kind = entry.file_type().unwrap();
        if kind.is_dir() {
            files.extend(files_below(&entry.path()));
        } else if kind.is_file() {
            files.push(entry.path());
        }
    }
    files
}
