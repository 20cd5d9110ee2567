//! The counter app: two windows around the use cases of `kakanai-counter`.
//!
//! This crate makes the windows, says which window may call which command, and passes calls on. It decides
//! nothing: no rule of the counter, no text for people, no state of a case lives here.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod commands;
mod displays;
#[cfg(target_os = "linux")]
mod environment;
mod guard;
#[cfg(target_os = "linux")]
mod input_method;
mod memory;
mod pack_reader;
mod renewal;
#[cfg(test)]
mod rights;
#[cfg(target_os = "linux")]
mod web_process;
mod windows;

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

use kakanai_counter::{Counter, Settings};
use tauri::{AppHandle, Builder, Emitter as _, Manager as _, Runtime};
use zeroizing_alloc::ZeroAlloc;

/// What Rust code frees is overwritten with zeros: a resident's data ends with the case.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

/// Tells both windows to ask for their view again. It carries nothing: what a window may see is settled when
/// it asks.
const VIEW_CHANGED: &str = "view-changed";

fn main() -> ExitCode {
    match start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "kakanai-app: {error}");
            ExitCode::FAILURE
        }
    }
}

fn start() -> Result<(), Box<dyn Error>> {
    if let Some(pack) = pack_reader::asked() {
        return Ok(pack_reader::tell(&pack)?);
    }
    #[cfg(target_os = "linux")]
    environment::prepare()?;

    with_commands(Builder::default())
        .setup(move |app| {
            let handle = app.handle().clone();
            let happened = memory::give_back_when_quiet();
            app.manage(Counter::start(Settings::load(), pack_reader::read, move || {
                tell_windows(&handle);
                let _ = happened.send(());
            }));
            windows::open(app.handle())?;
            Ok(())
        })
        .run(tauri::generate_context!())?;
    Ok(())
}

/// A window that is just being rebuilt asks for its view anyway, so a lost event loses nothing.
fn tell_windows<R: Runtime>(app: &AppHandle<R>) {
    let _ = app.emit(VIEW_CHANGED, ());
}

fn with_commands<R: Runtime>(builder: Builder<R>) -> Builder<R> {
    builder.invoke_handler(tauri::generate_handler![
        commands::staff_view,
        commands::staff_set_up,
        commands::staff_sign_in,
        commands::staff_sign_out,
        commands::staff_case_new,
        commands::staff_case_open,
        commands::staff_case_end,
        commands::staff_devices_refresh,
        commands::staff_card_ask_pin,
        commands::staff_card_cancel,
        commands::staff_answer,
        commands::staff_undo,
        commands::staff_person_save,
        commands::staff_person_remove,
        commands::staff_preview,
        commands::staff_settle,
        commands::staff_printers,
        commands::staff_print,
        commands::staff_print_cancel,
        commands::staff_print_leave,
        commands::staff_print_came_out,
        commands::staff_hand_over,
        commands::staff_scan_text,
        commands::staff_scan_frame,
        commands::staff_scan_image,
        commands::staff_scan_reset,
        commands::staff_scan_accept,
        commands::staff_conflict_settle,
        commands::staff_card_holder,
        commands::staff_identity,
        commands::staff_certificate,
        commands::staff_card_code_b,
        commands::staff_answers,
        commands::staff_same_for,
        commands::staff_private_open,
        commands::staff_alone,
        commands::staff_turn,
        commands::staff_outcome,
        commands::staff_signed,
        commands::staff_step,
        commands::staff_case_park,
        commands::staff_finish,
        commands::staff_lock,
        commands::staff_account_save,
        commands::staff_account_stop,
        commands::staff_practice_start,
        commands::staff_practice_leave,
        commands::staff_practice_card,
        commands::staff_lang,
        commands::staff_display,
        commands::staff_call_seen,
        commands::staff_list_show,
        commands::resident_view,
        commands::resident_pin,
        commands::resident_pin_decline,
        commands::resident_confirm,
        commands::resident_answers,
        commands::resident_lang,
        commands::resident_display,
        commands::resident_call,
    ])
}
