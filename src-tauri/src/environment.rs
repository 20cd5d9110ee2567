//! The environment this program and its web processes must run in; both are read once at the start, so the
//! program starts itself again in the right one.
//!
//! Variables that would hand the windows to a remote program are dropped. Memory that C code frees is
//! overwritten, as Rust's own is by the allocator: GTK, WebKit, SQLite and OpenSSL hold residents' data too.

use std::ffi::OsString;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;

/// Each opens the pages to a WebDriver or a remote inspector, in optimised programs too.
const REMOTE_CONTROL: &[&str] =
    &["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"];

/// Where glibc reads its settings.
pub const TUNABLES: &str = "GLIBC_TUNABLES";
/// Freed memory is filled; the cache of each thread is off because what lies in it is filled only later. Large blocks
/// go back to the system as soon as they are freed, and threads share one heap: laying out papers leaves little behind.
const WIPE_FREED: &str = "glibc.malloc.perturb=90:glibc.malloc.tcache_count=0\
    :glibc.malloc.mmap_threshold=131072:glibc.malloc.arena_max=1";

/// What every counter runs with, whatever an administrator has set.
const ALWAYS: &[(&str, &str)] = &[
    // WebKit takes its memory from glibc instead of an allocator that keeps what was freed.
    ("Malloc", "1"),
    // No machine code is made from scripts: less memory, and no page of it is both written and run.
    ("JSC_useJIT", "0"),
    // What a script has dropped is collected within a fraction of a second, not when its heap has doubled; collecting
    // takes at most a twentieth of the time.
    ("JSC_percentCPUPerMBForEdenTimer", "0.05"),
    ("JSC_percentCPUPerMBForFullTimer", "0.05"),
];

/// Where the kernel shows graphics hardware.
const GRAPHICS: &str = "/dev/dri";
/// What holds where there is none, unless an administrator has set it.
const WITHOUT_GRAPHICS: &[(&str, &str)] = &[
    // Handing pictures over in graphics memory kills WebKit's web processes.
    ("WEBKIT_DISABLE_DMABUF_RENDERER", "1"),
    // GTK and WebKit would load a renderer with its compiler into this program, to find that it draws nothing.
    ("GDK_GL", "disable"),
    ("WEBKIT_WEB_RENDER_DEVICE_FILE", "/dev/dri/none"),
];

/// Starts the program again when its environment is not the right one. Test builds keep the remote control.
///
/// # Errors
/// When the program cannot be started again; it must not run on as it is.
pub fn prepare() -> io::Result<()> {
    let driven = cfg!(any(debug_assertions, feature = "automation"));
    let dropped: &[&str] = if driven { &[] } else { REMOTE_CONTROL };
    let tunables = wiping(std::env::var_os(TUNABLES));
    let missing = || {
        let plainly = if Path::new(GRAPHICS).exists() { &[] } else { WITHOUT_GRAPHICS };
        let other = ALWAYS
            .iter()
            .filter(|(name, value)| std::env::var_os(name).is_none_or(|set| set != *value));
        other.chain(plainly.iter().filter(|(name, _)| std::env::var_os(name).is_none()))
    };
    let right = tunables.is_none()
        && missing().next().is_none()
        && dropped.iter().all(|name| std::env::var_os(name).is_none());
    if right {
        return Ok(());
    }
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1)).envs(missing().copied());
    if let Some(tunables) = tunables {
        again.env(TUNABLES, tunables);
    }
    for name in dropped {
        again.env_remove(name);
    }
    Err(again.exec())
}

/// The settings of glibc with ours at the end, where they win; nothing when they are there already.
fn wiping(set: Option<OsString>) -> Option<OsString> {
    let mut set = set.filter(|set| !set.is_empty()).unwrap_or_default();
    if set.to_string_lossy().ends_with(WIPE_FREED) {
        return None;
    }
    if !set.is_empty() {
        set.push(":");
    }
    set.push(WIPE_FREED);
    Some(set)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_administrators_settings_stay_and_ours_come_last_and_once() {
        let ours = wiping(None).unwrap();
        assert_eq!(ours, WIPE_FREED);
        assert_eq!(wiping(Some(OsString::new())), Some(ours.clone()));
        assert_eq!(wiping(Some(ours)), None);
        let both = wiping(Some("glibc.malloc.perturb=0".into())).unwrap();
        assert_eq!(both.to_string_lossy(), format!("glibc.malloc.perturb=0:{WIPE_FREED}"));
        assert_eq!(wiping(Some(both)), None);
    }
}
