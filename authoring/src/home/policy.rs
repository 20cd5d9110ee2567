//! The content security policy of the page: what a browser lets it do, whatever a text or a file contains.
//!
//! Nothing is asked of another server, no script or style stands in a text, no form is sent anywhere.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use sha2::{Digest, Sha256};

const REST: &str = "img-src data: blob:; base-uri 'none'; form-action 'none'";

/// Of the folder: script and style are files beside the page.
pub fn of_folder() -> String {
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
         worker-src 'self'; {REST}"
    )
}

/// Of the single file: exactly these scripts and styles.
pub fn of_single(scripts: &[String], styles: &[String]) -> String {
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; {REST}",
        numbers(scripts),
        numbers(styles)
    )
}

fn numbers(texts: &[String]) -> String {
    if texts.is_empty() {
        return "'none'".to_owned();
    }
    let number =
        |text: &String| format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)));
    texts.iter().map(number).collect::<Vec<_>>().join(" ")
}
