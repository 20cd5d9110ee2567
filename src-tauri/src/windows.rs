//! The two windows: the staff's on the first display, the resident's on the second.
//!
//! With one display both stand on it side by side. Displays come and go in the middle of a case; a window
//! outlives its display, and the resident's moves over as soon as there is a second one.

use std::time::Duration;

use tauri::utils::config::Color;
use tauri::{
    AppHandle, LogicalSize, Manager as _, Monitor, PhysicalPosition, PhysicalSize, Runtime,
    WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};

use crate::guard;

/// Label of the staff window (職員画面).
pub const STAFF: &str = "staff";
/// Label of the resident's window (住民画面).
pub const RESIDENT: &str = "resident";

/// How often displays are counted; no event tells of a cable pulled.
const DISPLAY_CHECK: Duration = Duration::from_secs(2);

/// Smallest page both designs are made for, in CSS pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize::new(480.0, 480.0);

const WHITE: Color = Color(255, 255, 255, 255);

/// Opens both windows and keeps them on the displays there are.
///
/// # Errors
/// When a window cannot be made.
pub fn open<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<()> {
    let staff = staff_window(app)?;
    let resident = resident_window(app)?;
    #[cfg(target_os = "linux")]
    for window in [&staff, &resident] {
        crate::input_method::compose_in_place(window)?;
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

    // A window that is not shown yet cannot be put on a display.
    staff.show()?;
    resident.show()?;
    let placed = place(&staff, &resident)?;
    staff.set_focus()?;
    watch_displays(staff, resident, placed);
    Ok(())
}

/// Drops what both pages hold: their pages are built anew and whatever the web view stored is cleared.
///
/// The views behind them are empty already; a page that cannot be reached any more holds nothing either.
pub fn wipe<R: Runtime>(app: &AppHandle<R>) {
    for label in [STAFF, RESIDENT] {
        if let Some(window) = app.get_webview_window(label) {
            let _ = window.clear_all_browsing_data();
            let _ = window.reload();
        }
    }
}

/// The staff window. Rights come with the label, see `capabilities/staff.json`.
pub fn staff_window<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let page = WebviewUrl::App("staff.html".into());
    guard::shut(WebviewWindowBuilder::new(app, STAFF, page))
        .title("書かない窓口 職員画面")
        .initialization_script(guard::STAFF_SCRIPT)
        .inner_size(1280.0, 860.0)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .background_color(WHITE)
        .visible(false)
        .build()
}

/// The resident's window. Rights come with the label, see `capabilities/resident.json`.
pub fn resident_window<R: Runtime>(app: &AppHandle<R>) -> tauri::Result<WebviewWindow<R>> {
    let page = WebviewUrl::App("resident.html".into());
    guard::shut(WebviewWindowBuilder::new(app, RESIDENT, page))
        .title("書かない窓口 住民画面")
        .initialization_script(guard::RESIDENT_SCRIPT)
        .inner_size(1024.0, 768.0)
        .min_inner_size(SMALLEST.width, SMALLEST.height)
        .background_color(WHITE)
        .closable(false)
        .focused(false)
        .visible(false)
        .build()
}

/// Where the windows were put: the places and sizes of the displays at that time.
type Layout = Vec<(PhysicalPosition<i32>, PhysicalSize<u32>)>;

fn layout(monitors: &[Monitor]) -> Layout {
    monitors.iter().map(|monitor| (*monitor.position(), *monitor.size())).collect()
}

fn place<R: Runtime>(
    staff: &WebviewWindow<R>,
    resident: &WebviewWindow<R>,
) -> tauri::Result<Layout> {
    let monitors = staff.available_monitors()?;
    let first = staff
        .primary_monitor()?
        .or_else(|| monitors.first().cloned())
        .map(|monitor| *monitor.position());
    let second = monitors.iter().find(|monitor| Some(*monitor.position()) != first);

    if let Some(second) = second {
        staff.maximize()?;
        resident.set_decorations(false)?;
        // `set_position` does nothing on Wayland; asking for full screen on a display works on both.
        let position = second.position();
        resident.set_fullscreen_on_monitor(PhysicalPosition::new(
            f64::from(position.x),
            f64::from(position.y),
        ))?;
    } else if let Some(only) = monitors.first() {
        staff.unmaximize()?;
        resident.set_fullscreen(false)?;
        resident.set_decorations(true)?;
        side_by_side(staff, resident, only)?;
    }
    Ok(layout(&monitors))
}

/// Staff take the left three fifths of the only display, the resident the rest.
fn side_by_side<R: Runtime>(
    staff: &WebviewWindow<R>,
    resident: &WebviewWindow<R>,
    display: &Monitor,
) -> tauri::Result<()> {
    let PhysicalSize { width, height } = *display.size();
    let PhysicalPosition { x, y } = *display.position();
    let for_staff = width / 5 * 3;
    staff.set_size(PhysicalSize::new(for_staff, height))?;
    staff.set_position(PhysicalPosition::new(x, y))?;
    resident.set_size(PhysicalSize::new(width.saturating_sub(for_staff), height))?;
    resident.set_position(PhysicalPosition::new(x.saturating_add_unsigned(for_staff), y))
}

/// Places the windows again whenever the displays have changed; ends with the windows.
fn watch_displays<R: Runtime>(
    staff: WebviewWindow<R>,
    resident: WebviewWindow<R>,
    mut placed: Layout,
) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(DISPLAY_CHECK);
            let Ok(monitors) = staff.available_monitors() else { return };
            if layout(&monitors) != placed {
                let Ok(now) = place(&staff, &resident) else { return };
                placed = now;
            }
        }
    });
}
