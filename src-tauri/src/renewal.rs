//! Both windows are made anew when a case leaves the desk: their web processes end, and with them whatever a
//! page, its undo history or its pictures still held.
//!
//! The new windows stand before the old ones go, so the clerk sees no empty desk. What the old pages show
//! meanwhile is what the counter shows: nothing of the case.

use std::sync::mpsc::{Receiver, SyncSender, channel, sync_channel};
use std::time::{Duration, Instant};

use tauri::{AppHandle, Manager as _, Runtime};

use crate::displays;
use crate::windows::{self, Standing};

/// How long a new page may take before the old windows go without it.
const PATIENCE: Duration = Duration::from_secs(5);

/// Asks for a renewal.
pub struct Renewal(SyncSender<()>);

impl Renewal {
    /// Both windows are made anew soon; asked twice before it begins, once.
    pub fn ask(&self) {
        let _ = self.0.try_send(());
    }
}

/// Starts the thread that renews; it ends with the app.
pub fn start<R: Runtime>(app: AppHandle<R>) -> Renewal {
    let (ask, asked) = sync_channel(1);
    std::thread::spawn(move || serve(&app, &asked));
    Renewal(ask)
}

fn serve<R: Runtime>(app: &AppHandle<R>, asked: &Receiver<()>) {
    let mut number = 1;
    while asked.recv().is_ok() {
        number += 1;
        let Some(standing) = app.try_state::<Standing<R>>() else { return };
        let renewed = renew(app, &standing, number);
        standing.lock(|(pair, _)| {
            if renewed.is_err() {
                // No memory or no display for new windows: the old ones at least lose their pages.
                let _ = pair.staff.reload();
                let _ = pair.resident.reload();
            }
            let _ = pair.staff.clear_all_browsing_data();
        });
    }
}

fn renew<R: Runtime>(app: &AppHandle<R>, standing: &Standing<R>, number: u32) -> tauri::Result<()> {
    let (tell, loaded) = channel();
    let new = windows::build(app, number, move |_| {
        let _ = tell.send(());
    })?;
    let deadline = Instant::now() + PATIENCE;
    for _ in 0..2 {
        let _ = loaded.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    }
    standing.lock(|(pair, _)| {
        let focused = pair.staff.is_focused()?;
        new.staff.show()?;
        new.resident.show()?;
        displays::take_places(pair, &new)?;
        if focused {
            new.staff.set_focus()?;
        }
        let old = std::mem::replace(pair, new);
        old.staff.destroy()?;
        old.resident.destroy()
    })
}
