//! Nothing of one machine gets into the repository: no address of a registry, no path.

use std::fs;

use serde_json::Value;

use crate::repository::{files, root};

/// The name by which cargo knows crates.io, whatever registry answers for it.
const CRATES_IO: &str = concat!("registry+https://github.com/rust-lang/", "crates.io-index");

/// Folders of machines on which somebody worked.
const FOLDERS: [&str; 4] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/")];

#[test]
fn cargo_lock_names_no_registry_but_crates_io() {
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is committed");
    let lock: toml::Table = lock.parse().unwrap();
    let packages = lock["package"].as_array().unwrap();
    assert!(packages.len() > 100);
    for package in packages {
        let source = package.get("source").map(|source| source.as_str().unwrap());
        assert!(source.is_none_or(|source| source == CRATES_IO), "{package}");
    }
}

#[test]
fn package_locks_name_no_address_and_pin_every_package_by_its_hash() {
    let locks: Vec<String> =
        files().into_iter().filter(|file| file.ends_with("package-lock.json")).collect();
    assert!(!locks.is_empty(), "package-lock.json is committed");
    for file in locks {
        let lock: Value =
            serde_json::from_str(&fs::read_to_string(root().join(&file)).unwrap()).unwrap();
        for (name, package) in lock["packages"].as_object().unwrap() {
            let resolved = package.get("resolved").and_then(Value::as_str).unwrap_or_default();
            assert!(!resolved.contains("://"), "{file}: {name}: {resolved}");
            let pinned = name.is_empty() || package.get("integrity").is_some();
            assert!(pinned || for_another_platform(package), "{file}: {name} is not pinned");
        }
    }
}

/// Whether npm never installs the package on Debian: other systems, other C libraries, 32 bits, RISC-V.
fn for_another_platform(package: &Value) -> bool {
    let only = |key: &str, ours: &[&str]| {
        let named = package.get(key).and_then(Value::as_array);
        named.is_some_and(|list| {
            !list.iter().any(|name| ours.contains(&name.as_str().unwrap_or_default()))
        })
    };
    package["optional"] == true
        && (only("os", &["linux"]) || only("cpu", &["x64", "arm64"]) || only("libc", &["glibc"]))
}

/// Where a registry lacks a platform's package, npm leaves it out of the lock file, and `npm ci` fails everywhere.
#[test]
fn package_locks_name_the_optional_packages_of_every_platform() {
    for file in files().into_iter().filter(|file| file.ends_with("package-lock.json")) {
        let lock: Value =
            serde_json::from_str(&fs::read_to_string(root().join(&file)).unwrap()).unwrap();
        let packages = lock["packages"].as_object().unwrap();
        for (name, package) in packages {
            let optional = package.get("optionalDependencies").and_then(Value::as_object);
            for wanted in optional.into_iter().flat_map(|wanted| wanted.keys()) {
                let found =
                    packages.keys().any(|path| path.ends_with(&format!("node_modules/{wanted}")));
                assert!(found, "{file}: {name} lacks {wanted}");
            }
        }
    }
}

#[test]
fn no_file_names_a_folder_of_the_machine_on_which_it_was_written() {
    let mut wrong = Vec::new();
    for file in files() {
        // Pictures, fonts and papers are no text.
        let Ok(text) = fs::read_to_string(root().join(&file)) else { continue };
        for folder in FOLDERS {
            for (at, _) in text.match_indices(folder) {
                // In the middle of a path it is a folder of somebody else's.
                let inside =
                    text[..at].ends_with(|c: char| c.is_alphanumeric() || "._-*}".contains(c));
                if !inside {
                    let line = text[..at].matches('\n').count() + 1;
                    wrong.push(format!("{file}:{line}: {folder}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
