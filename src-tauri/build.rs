//! Names every command to Tauri: a command that is not listed here would be open to every window.

use std::error::Error;

/// The commands; `capabilities/` says which window may call which.
const COMMANDS: &[&str] = &[
    "staff_view",
    "staff_set_up",
    "staff_sign_in",
    "staff_sign_out",
    "staff_case_new",
    "staff_case_open",
    "staff_case_end",
    "staff_devices_refresh",
    "staff_card_ask_pin",
    "staff_card_cancel",
    "staff_answer",
    "staff_undo",
    "staff_person_save",
    "staff_person_remove",
    "staff_preview",
    "staff_settle",
    "staff_printers",
    "staff_print",
    "staff_print_cancel",
    "staff_print_leave",
    "staff_print_came_out",
    "staff_hand_over",
    "staff_scan_text",
    "staff_scan_frame",
    "staff_scan_image",
    "staff_scan_reset",
    "staff_scan_accept",
    "staff_conflict_settle",
    "staff_card_holder",
    "staff_identity",
    "staff_certificate",
    "staff_card_code_b",
    "staff_answers",
    "staff_same_for",
    "staff_private_open",
    "staff_alone",
    "staff_turn",
    "staff_outcome",
    "staff_signed",
    "staff_step",
    "staff_case_park",
    "staff_finish",
    "staff_lock",
    "staff_account_save",
    "staff_account_stop",
    "staff_practice_start",
    "staff_practice_leave",
    "staff_practice_card",
    "staff_lang",
    "staff_display",
    "staff_call_seen",
    "staff_list_show",
    "resident_view",
    "resident_pin",
    "resident_pin_decline",
    "resident_confirm",
    "resident_answers",
    "resident_lang",
    "resident_display",
    "resident_call",
];

fn main() -> Result<(), Box<dyn Error>> {
    // The pages are embedded at build time. Checks and tests need no pages, only the folder.
    std::fs::create_dir_all("../ui/dist")?;

    // WebKit brings the system's SQLite into this process; ours must not answer in its place.
    if std::env::var("CARGO_CFG_TARGET_OS")? == "linux" {
        println!("cargo:rustc-link-arg-bins=-Wl,--exclude-libs,ALL");
    }
    tauri_build::try_build(
        tauri_build::Attributes::new()
            .app_manifest(tauri_build::AppManifest::new().commands(COMMANDS)),
    )?;
    Ok(())
}
