//! What is shown of codes that are read.

use crate::door::{ScanView, ScannerView};
use crate::session::Desk;

/// Where reading codes stands.
pub fn view(desk: &Desk) -> ScanView {
    let scanner = ScannerView { state: "none".to_owned(), port: String::new() };
    ScanView { scanner, told: desk.told.clone(), ..ScanView::default() }
}
