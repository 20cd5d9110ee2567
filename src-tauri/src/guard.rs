//! What a page may never do: leave the app, open a window, download, use a device other than the staff window's
//! camera; and in the resident's window, reach the menu or a key combination of the browser underneath.

use tauri::webview::{NewWindowResponse, PermissionKind, PermissionResponse};
use tauri::{Manager, Runtime, Url, WebviewWindowBuilder};

use crate::windows;

/// Runs in the resident's page before its own script.
pub const RESIDENT_SCRIPT: &str = include_str!("guard_resident.js");
/// Runs in the staff page before its own script.
pub const STAFF_SCRIPT: &str = include_str!("guard_staff.js");

/// The gallery of components: only a debug build holds it, for the tests that look at every screen.
const GALLERY: &str = "gallery.html";

/// Shuts the ways out of `page`, the only one that the window may show.
pub fn shut<'a, R: Runtime, M: Manager<R>>(
    window: WebviewWindowBuilder<'a, R, M>,
    page: &'static str,
) -> WebviewWindowBuilder<'a, R, M> {
    window
        .on_navigation(move |url| is_embedded(url) && may_show(url, page))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .on_permission_request(|page, kind| {
            let ours = page.url().is_ok_and(|url| is_embedded(&url));
            if ours && may_use(page.label(), &kind) {
                PermissionResponse::Allow
            } else {
                PermissionResponse::Deny
            }
        })
        .disable_drag_drop_handler()
        .zoom_hotkeys_enabled(false)
}

/// Whether a window that shows `page` may go to `url`.
fn may_show(url: &Url, page: &str) -> bool {
    let asked = url.path().strip_prefix('/');
    asked == Some(page) || cfg!(debug_assertions) && asked == Some(GALLERY)
}

/// Whether the window of this label may use a device: the camera, to read codes, and nothing else.
fn may_use(window: &str, kind: &PermissionKind) -> bool {
    windows::is_staff(window) && matches!(kind, PermissionKind::Camera)
}

/// A page embedded in this program. Windows serves the pages over `http://tauri.localhost`.
fn is_embedded(url: &Url) -> bool {
    match url.scheme() {
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => cfg!(windows) && url.host_str() == Some("tauri.localhost"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_embedded_pages_may_be_shown() {
        let shown = |address: &str| is_embedded(&address.parse().unwrap());
        assert!(shown("tauri://localhost/staff.html"));
        assert!(shown("tauri://localhost/resident.html"));
        for outside in [
            "https://example.jp/",
            "http://localhost/staff.html",
            "tauri://elsewhere/staff.html",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "javascript:0",
        ] {
            assert!(!shown(outside), "{outside}");
        }
    }

    #[test]
    fn a_window_shows_its_own_page_and_the_gallery_where_there_is_one() {
        let shown = |address: &str| may_show(&address.parse().unwrap(), "resident.html");
        assert!(shown("tauri://localhost/resident.html"));
        assert!(shown("tauri://localhost/gallery.html#resident"));
        for other in ["tauri://localhost/staff.html", "tauri://localhost/", "tauri://localhost/x"] {
            assert!(!shown(other), "{other}");
        }
    }

    #[test]
    fn only_the_staff_window_may_use_a_device_and_only_the_camera() {
        let kinds = [
            PermissionKind::Camera,
            PermissionKind::Microphone,
            PermissionKind::Geolocation,
            PermissionKind::Notifications,
        ];
        let allowed = |window: &str| kinds.iter().filter(|kind| may_use(window, kind)).count();
        assert!(may_use("staff-1", &PermissionKind::Camera));
        assert_eq!((allowed("staff-1"), allowed("resident-1")), (1, 0));
    }

    #[test]
    fn pages_run_no_text_and_load_nothing_and_no_package_has_the_inspector() {
        let app = include_str!("../tauri.conf.json");
        assert!(app.contains("default-src 'none'; script-src 'self'; style-src 'self';"));
        assert!(!app.contains("unsafe-"));
        let tauri =
            include_str!("../../Cargo.toml").lines().find(|line| line.starts_with("tauri ="));
        assert!(!tauri.unwrap().contains("devtools"));
    }
}
