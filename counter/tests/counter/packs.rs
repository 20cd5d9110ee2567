//! A case keeps the pack it was opened with, whatever the terminal works with later.

use std::fs;
use std::path::{Path, PathBuf};

use kakanai_counter::Counter;
use kakanai_counter::door::SignInInput;
use tempfile::TempDir;

use crate::windows::{counter_with, set_up};
use crate::{pack_folder, passphrase};

/// A terminal whose packs can be changed between two starts.
struct Terminal {
    packs: TempDir,
    home: TempDir,
}

impl Terminal {
    fn new() -> Terminal {
        let packs = tempfile::tempdir().unwrap();
        copy(pack_folder().parent().unwrap(), packs.path());
        let terminal = Terminal { packs, home: tempfile::tempdir().unwrap() };
        set_up(&terminal.counter());
        terminal
    }

    fn counter(&self) -> Counter {
        counter_with(&self.packs.path().join("mihon-city"), &self.home)
    }

    fn signed_in(&self) -> Counter {
        let counter = self.counter();
        let input = SignInInput { account: "mihon".to_owned(), passphrase: passphrase() };
        counter.sign_in(input).unwrap();
        counter
    }

    /// The next version of the city's pack comes in; gives the number of the version before.
    fn next_version(&self) -> u32 {
        let file = self.packs.path().join("mihon-city/pack.toml");
        let text = fs::read_to_string(&file).unwrap();
        let line = text.lines().find(|line| line.starts_with("version = ")).unwrap();
        let version: u32 = line.trim_start_matches("version = ").parse().unwrap();
        let raised = text.replacen(line, &format!("version = {}", version + 1), 1);
        fs::write(&file, raised).unwrap();
        version
    }

    fn kept_files(&self) -> Vec<PathBuf> {
        let folder = self.home.path().join("store/packs");
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn the_window_says_which_version_an_older_case_keeps_and_a_new_case_takes_the_new_one() {
    let terminal = Terminal::new();
    let counter = terminal.signed_in();
    let opened = counter.case_new("tennyu").unwrap().case.unwrap();
    assert!(opened.older_pack.is_none());
    counter.sign_out().unwrap();

    let old = terminal.next_version();
    let counter = terminal.signed_in();
    let view = counter.case_open(&opened.id).unwrap();
    assert_eq!(view.pack.version, old + 1, "the terminal works with the new one");
    let kept = view.case.unwrap().older_pack.expect("the case says which one it keeps");
    assert_eq!((kept.id.as_str(), kept.version), ("mihon-city", old));
    counter.case_end().unwrap();
    assert!(counter.case_new("tennyu").unwrap().case.unwrap().older_pack.is_none());
    assert_eq!(terminal.kept_files().len(), 2);
}

#[test]
fn a_kept_pack_that_was_changed_or_is_gone_opens_no_case() {
    let terminal = Terminal::new();
    let counter = terminal.signed_in();
    let opened = counter.case_new("tennyu").unwrap().case.unwrap();
    counter.sign_out().unwrap();
    terminal.next_version();
    let files = terminal.kept_files();
    let [file] = files.as_slice() else { panic!("{files:?}") };
    let changed = fs::read_to_string(file).unwrap().replacen("14", "41", 1);
    fs::write(file, changed).unwrap();
    let counter = terminal.signed_in();
    for _ in 0..2 {
        assert_eq!(counter.case_open(&opened.id).unwrap_err().code, "pack-differs");
        assert!(counter.staff_view().case.is_none(), "the desk is as it was");
        let _ = fs::remove_file(file);
    }
}
