//! How fine a display is: CSS pixels to a millimetre, so that text has its size in millimetres.
//!
//! Tauri knows pixels only; the size of the glass stands in what the display tells the desktop (EDID). Projectors and
//! some televisions tell 0, or something that cannot be: the page then takes 96 to the inch.

use gtk::gdk::prelude::MonitorExt as _;
use gtk::prelude::WidgetExt as _;
use kakanai_counter::Density;
use tauri::{Runtime, WebviewWindow};

use crate::windows::Pair;

/// Of the displays on which both windows stand. On the main thread only.
pub fn of<R: Runtime>(pair: &Pair<R>) -> Density {
    Density { staff: pixels_per_mm(&pair.staff), resident: pixels_per_mm(&pair.resident) }
}

fn pixels_per_mm<R: Runtime>(window: &WebviewWindow<R>) -> Option<f64> {
    let window = window.gtk_window().ok()?.window()?;
    let monitor = window.display().monitor_at_window(&window)?;
    let (pixels, mm) = (monitor.geometry().width(), monitor.width_mm());
    (pixels > 0 && mm > 0).then(|| f64::from(pixels) / f64::from(mm))
}
