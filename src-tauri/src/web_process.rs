//! A window whose web process has died is blank: it comes back by itself. What the counter keeps is in Rust and on
//! the disk, so nothing but half-typed text is lost.

use tauri::{Manager as _, Runtime, WebviewWindow};
use webkit2gtk::{WebProcessTerminationReason, WebViewExt as _};

use crate::renewal::Renewal;

/// Makes both windows anew when the web process of this one dies.
///
/// # Errors
/// When the window is gone.
pub fn renew_when_gone<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    let app = window.app_handle().clone();
    window.with_webview(move |view| {
        view.inner().connect_web_process_terminated(move |_, reason| {
            if reason != WebProcessTerminationReason::TerminatedByApi
                && let Some(renewal) = app.try_state::<Renewal>()
            {
                renewal.ask();
            }
        });
    })
}
