//! Keeps outsiders' hands off the pages: variables that would hand the windows to a remote program are dropped.

use std::io;
use std::os::unix::process::CommandExt as _;
use std::process::Command;

/// Each opens the pages to a WebDriver or a remote inspector, in optimised programs too.
const REMOTE_CONTROL: &[&str] =
    &["TAURI_WEBVIEW_AUTOMATION", "WEBKIT_INSPECTOR_SERVER", "WEBKIT_INSPECTOR_HTTP_SERVER"];

/// Starts the program again without the variables if one is set. Test builds keep them.
///
/// # Errors
/// When the program cannot be started again; it must not run on with them.
pub fn clean() -> io::Result<()> {
    let wanted = cfg!(any(debug_assertions, feature = "automation"));
    if wanted || REMOTE_CONTROL.iter().all(|name| std::env::var_os(name).is_none()) {
        return Ok(());
    }
    let mut again = Command::new(std::env::current_exe()?);
    again.args(std::env::args_os().skip(1));
    for name in REMOTE_CONTROL {
        again.env_remove(name);
    }
    Err(again.exec())
}
