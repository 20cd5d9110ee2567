//! Which window stands on which display.
//!
//! With one display both stand on it side by side. Displays come and go in the middle of a case; a window
//! outlives its display, and the resident's moves over as soon as there is a second one.

use std::time::Duration;

use kakanai_counter::{Counter, DisplaySize, Displays};
use tauri::{
    AppHandle, LogicalSize, Manager as _, Monitor, PhysicalPosition, PhysicalSize, Runtime,
    WebviewWindow,
};

use crate::windows::{Pair, Standing};

/// How often displays are counted; no event tells of a cable pulled.
const CHECK: Duration = Duration::from_secs(2);

/// What the frame of a window takes above and below it, in logical pixels: a window that is not shown yet cannot tell.
const FRAME: f64 = 48.0;

/// Where the windows were put: the places and sizes of the displays at that time.
pub type Layout = Vec<(PhysicalPosition<i32>, PhysicalSize<u32>)>;

fn layout(monitors: &[Monitor]) -> Layout {
    monitors.iter().map(|monitor| (*monitor.position(), *monitor.size())).collect()
}

/// Puts both windows where they belong.
///
/// # Errors
/// When a window is gone.
pub fn place<R: Runtime>(pair: &Pair<R>) -> tauri::Result<Layout> {
    let Pair { staff, resident } = pair;
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
        let PhysicalPosition { x, y } = *second.position();
        resident.set_fullscreen_on_monitor(PhysicalPosition::new(x.into(), y.into()))?;
    } else if let Some(only) = monitors.first() {
        staff.unmaximize()?;
        resident.set_fullscreen(false)?;
        resident.set_decorations(true)?;
        side_by_side(pair, only)?;
    }
    Ok(layout(&monitors))
}

/// Staff take the left three fifths of the only display, the resident the rest.
fn side_by_side<R: Runtime>(pair: &Pair<R>, display: &Monitor) -> tauri::Result<()> {
    let Pair { staff, resident } = pair;
    let PhysicalSize { width, height } = display.work_area().size;
    let PhysicalPosition { x, y } = display.work_area().position;
    let frame: PhysicalSize<u32> = LogicalSize::new(0.0, FRAME).to_physical(display.scale_factor());
    let height = height.saturating_sub(frame.height);
    let for_staff = width / 5 * 3;
    staff.set_size(PhysicalSize::new(for_staff, height))?;
    staff.set_position(PhysicalPosition::new(x, y))?;
    resident.set_size(PhysicalSize::new(width.saturating_sub(for_staff), height))?;
    resident.set_position(PhysicalPosition::new(x.saturating_add_unsigned(for_staff), y))
}

/// Gives new windows the places of the old ones.
///
/// # Errors
/// When a window is gone.
pub fn take_places<R: Runtime>(old: &Pair<R>, new: &Pair<R>) -> tauri::Result<()> {
    for (old, new) in [(&old.staff, &new.staff), (&old.resident, &new.resident)] {
        new.set_decorations(old.is_decorated()?)?;
        if old.is_fullscreen()? {
            let PhysicalPosition { x, y } = old.outer_position()?;
            new.set_fullscreen_on_monitor(PhysicalPosition::new(x.into(), y.into()))?;
        } else if old.is_maximized()? {
            new.set_position(old.outer_position()?)?;
            new.maximize()?;
        } else {
            new.set_size(old.inner_size()?)?;
            new.set_position(old.outer_position()?)?;
        }
    }
    Ok(())
}

/// The display that a window stands on.
fn size<R: Runtime>(window: &WebviewWindow<R>) -> Option<DisplaySize> {
    let monitor = window.current_monitor().ok()??;
    let width = monitor.size().to_logical::<u32>(monitor.scale_factor()).width;
    Some(DisplaySize { pixels: width, millimetres: millimetres(window).unwrap_or(0) })
}

/// How wide the display of a window is, as its EDID says.
#[cfg(target_os = "linux")]
fn millimetres<R: Runtime>(window: &WebviewWindow<R>) -> Option<u32> {
    use gtk::gdk::prelude::MonitorExt as _;
    use gtk::prelude::WidgetExt as _;

    let (tell, told) = std::sync::mpsc::channel();
    window
        .with_webview(move |view| {
            let monitor = view.inner().window().and_then(|on| on.display().monitor_at_window(&on));
            // Nobody listens any more once the app ends.
            let _ended = tell.send(monitor.map(|monitor| monitor.width_mm()));
        })
        .ok()?;
    told.recv_timeout(CHECK).ok()??.try_into().ok()
}

/// Tauri does not tell of it; the settings can.
#[cfg(not(target_os = "linux"))]
fn millimetres<R: Runtime>(_: &WebviewWindow<R>) -> Option<u32> {
    None
}

/// Places the windows again whenever the displays have changed; ends with the app.
pub fn watch<R: Runtime>(app: AppHandle<R>) {
    std::thread::spawn(move || {
        loop {
            let Some(standing) = app.try_state::<Standing<R>>() else { return };
            let Ok(monitors) = app.available_monitors() else { return };
            let count = u32::try_from(monitors.len()).unwrap_or(u32::MAX);
            let (staff, resident) = standing.lock(|(pair, placed)| {
                if layout(&monitors) != *placed
                    && let Ok(now) = place(pair)
                {
                    *placed = now;
                }
                (size(&pair.staff), size(&pair.resident))
            });
            app.state::<Counter>().displays_seen(Displays { count, staff, resident });
            std::thread::sleep(CHECK);
        }
    });
}
