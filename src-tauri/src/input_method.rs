//! Japanese input on Linux: the text being composed belongs into the field, under the caret.
//!
//! wry 0.57.1 switches pre-edit off for every WebKitGTK view, so that composed text floats in a box of its own
//! and the field stays empty until it is committed (wry issue 1724). This switches it on again.

use tauri::{Runtime, WebviewWindow};
use webkit2gtk::{InputMethodContextExt as _, WebViewExt as _};

/// Shows composed text inside the field.
///
/// # Errors
/// When the window is gone.
pub fn compose_in_place<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.with_webview(|view| {
        if let Some(context) = view.inner().input_method_context() {
            context.set_enable_preedit(true);
        }
    })
}
