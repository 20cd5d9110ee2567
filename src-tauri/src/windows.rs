//! The two windows: the staff's on the first display, the resident's on the second.
//!
//! Every renewal gives both windows new labels, so that the new one stands before the old one goes. Nothing
//! but [`is_staff`] and the capabilities may read a label.

use std::sync::{Mutex, PoisonError};

use tauri::utils::config::Color;
use tauri::webview::PageLoadEvent;
use tauri::{
    AppHandle, LogicalSize, Manager as _, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder,
    WindowEvent,
};

use crate::displays::{self, Layout};
use crate::{guard, renewal};

/// Label of the staff window (職員画面), before its number.
const STAFF: &str = "staff-";
/// Label of the resident's window (住民画面), before its number.
const RESIDENT: &str = "resident-";

const STAFF_PAGE: &str = "staff.html";
const RESIDENT_PAGE: &str = "resident.html";

/// Smallest page both designs are made for, in CSS pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(480.0, 480.0);

const WHITE: Color = Color(255, 255, 255, 255);

/// Both windows.
pub struct Pair<R: Runtime> {
    /// The staff window.
    pub staff: WebviewWindow<R>,
    /// The resident's window.
    pub resident: WebviewWindow<R>,
}

/// The windows that stand now, and the displays they were put on.
pub struct Standing<R: Runtime>(Mutex<(Pair<R>, Layout)>);

impl<R: Runtime> Standing<R> {
    /// Works on them with no other thread placing or replacing them meanwhile.
    pub fn lock<T>(&self, work: impl FnOnce(&mut (Pair<R>, Layout)) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Whether the window of this label is the staff's.
pub fn is_staff(label: &str) -> bool {
    label.starts_with(STAFF)
}

/// Opens both windows, and from now on keeps them on the displays there are and renews them when asked.
///
/// # Errors
/// When a window cannot be made.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let pair = build(app, 1, |_| {})?;
    // A window that is not shown yet cannot be put on a display.
    pair.staff.show()?;
    pair.resident.show()?;
    let placed = displays::place(&pair)?;
    pair.staff.set_focus()?;
    app.manage(Standing(Mutex::new((pair, placed))));
    displays::watch(app.clone());
    app.manage(renewal::start(app.clone()));
    Ok(())
}

/// Makes both windows, hidden; `loaded` is called with the label whenever one has its page.
///
/// # Errors
/// When a window cannot be made.
pub fn build<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
    loaded: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> tauri::Result<Pair<R>> {
    let tell = |loaded: &dyn Fn(&str), label: &str, event| {
        if matches!(event, PageLoadEvent::Finished) {
            loaded(label);
        }
    };
    let staff = {
        let loaded = loaded.clone();
        staff_window(app, number)
            .on_page_load(move |page, load| tell(&loaded, page.label(), load.event()))
            .build()?
    };
    let resident = resident_window(app, number)
        .on_page_load(move |page, load| tell(&loaded, page.label(), load.event()))
        .build()?;
    #[cfg(target_os = "linux")]
    for window in [&staff, &resident] {
        crate::input_method::compose_in_place(window)?;
        crate::web_process::renew_when_gone(window)?;
    }

    let closing = app.clone();
    staff.on_window_event(move |event| {
        if matches!(event, WindowEvent::CloseRequested { .. }) {
            closing.exit(0);
        }
    });
    resident.on_window_event(|event| {
        if let WindowEvent::CloseRequested { api, .. } = event {
            api.prevent_close();
        }
    });
    Ok(Pair { staff, resident })
}

/// The staff window. Rights come with the label, see `capabilities/staff.json`.
pub fn staff_window<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
) -> WebviewWindowBuilder<'_, R, AppHandle<R>> {
    let page = WebviewUrl::App(STAFF_PAGE.into());
    guard::shut(WebviewWindowBuilder::new(app, format!("{STAFF}{number}"), page), STAFF_PAGE)
        .title("書かない窓口 職員画面")
        .initialization_script(guard::STAFF_SCRIPT)
        .inner_size(1280.0, 860.0)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .background_color(WHITE)
        .visible(false)
}

/// The resident's window. Rights come with the label, see `capabilities/resident.json`.
pub fn resident_window<R: Runtime>(
    app: &AppHandle<R>,
    number: u32,
) -> WebviewWindowBuilder<'_, R, AppHandle<R>> {
    let page = WebviewUrl::App(RESIDENT_PAGE.into());
    guard::shut(WebviewWindowBuilder::new(app, format!("{RESIDENT}{number}"), page), RESIDENT_PAGE)
        .title("書かない窓口 住民画面")
        .initialization_script(guard::RESIDENT_SCRIPT)
        .inner_size(1024.0, 768.0)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .background_color(WHITE)
        .closable(false)
        .focused(false)
        .visible(false)
}
