//! Proof, without a display, that each window can call its own commands and none of the other's: the real
//! capability files and the real handler on Tauri's mock runtime.

use std::collections::BTreeSet;

use serde_json::Value;
use tauri::ipc::{CallbackFn, InvokeBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder};
use tauri::webview::InvokeRequest;
use tauri::{App, WebviewWindow};

use crate::windows;

/// Every command that a text names, in the spelling of Rust.
fn commands_named_in(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !(letter.is_ascii_alphanumeric() || "_-".contains(letter)))
        .map(|word| word.strip_prefix("allow-").unwrap_or(word).replace('-', "_"))
        .filter(|word| word.starts_with("staff_") || word.starts_with("resident_"))
        .collect()
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    text.split_once(start).and_then(|(_, rest)| rest.split_once(end)).unwrap().0
}

fn listed() -> BTreeSet<String> {
    commands_named_in(between(include_str!("../build.rs"), "COMMANDS: &[&str] = &[", "];"))
}

fn granted(capability: &str) -> BTreeSet<String> {
    let capability: Value = serde_json::from_str(capability).unwrap();
    commands_named_in(&capability["permissions"].to_string())
}

fn app() -> App<MockRuntime> {
    crate::with_commands(mock_builder()).build(tauri::generate_context!()).unwrap()
}

fn call(window: &WebviewWindow<MockRuntime>, command: &str) -> String {
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: "tauri://localhost".parse().unwrap(),
        body: InvokeBody::default(),
        headers: Default::default(),
        invoke_key: INVOKE_KEY.to_string(),
    };
    match get_ipc_response(window, request) {
        Ok(body) => panic!("{command} answered without a counter: {body:?}"),
        Err(refusal) => refusal.to_string(),
    }
}

#[test]
fn each_window_calls_its_own_commands_and_is_refused_every_other() {
    let app = app();
    let windows = [
        ("staff_", windows::staff_window(app.handle(), 1).build().unwrap()),
        ("resident_", windows::resident_window(app.handle(), 1).build().unwrap()),
    ];
    let commands = listed();
    assert_eq!(commands.len(), 60);

    for (own, window) in &windows {
        for command in &commands {
            let answer = call(window, command);
            let refused = answer.contains("not allowed");
            assert_eq!(
                refused,
                !command.starts_with(own),
                "{} calls {command}: {answer}",
                window.label()
            );
        }
    }
}

#[test]
fn no_window_reaches_a_command_of_tauri_but_listening() {
    let app = app();
    let windows = [
        windows::staff_window(app.handle(), 1).build().unwrap(),
        windows::resident_window(app.handle(), 1).build().unwrap(),
    ];
    for window in &windows {
        for command in [
            "plugin:event|emit",
            "plugin:event|emit_to",
            "plugin:window|close",
            "plugin:window|create",
            "plugin:webview|create_webview_window",
            "plugin:webview|internal_toggle_devtools",
            "plugin:path|resolve_directory",
            "plugin:app|version",
        ] {
            let answer = call(window, command);
            assert!(
                answer.contains("not allowed") || answer.contains("not found"),
                "{command}: {answer}"
            );
        }
    }
}

#[test]
fn build_script_handler_capabilities_and_screens_name_the_same_commands() {
    let listed = listed();
    let main = include_str!("main.rs");
    let handled = commands_named_in(between(main, "generate_handler![", "])"));
    let staff = granted(include_str!("../capabilities/staff.json"));
    let resident = granted(include_str!("../capabilities/resident.json"));
    let screens = commands_named_in(include_str!("../../ui/src/door/commands.ts"));

    assert_eq!(handled, listed);
    assert_eq!(staff.union(&resident).cloned().collect::<BTreeSet<_>>(), listed);
    assert_eq!(screens, listed);
    assert!(staff.iter().all(|command| command.starts_with("staff_")));
    assert!(resident.iter().all(|command| command.starts_with("resident_")));
}
