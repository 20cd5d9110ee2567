//! The clerk's choice for characters that no font has.

use jiff::Timestamp;

use super::{Counter, no_case, not_signed_in};
use crate::characters::{Choice, Spot, settling};
use crate::door::{DoorError, SettleInput, StaffView};

impl Counter {
    /// Keeps one choice for one or several places. Choosing again replaces it.
    ///
    /// # Errors
    /// `no-case`, `case-closed`, `print-running`, `nothing-to-settle`, `no-base-form`, `substitute-form`,
    /// `substitute-missing`, `choice-unknown`, what the store says.
    pub fn settle(&self, input: SettleInput) -> Result<StaffView, DoorError> {
        let SettleInput { places, choice, text } = input;
        let choice = match choice.as_str() {
            "by-hand" => Choice::ByHand,
            "base-form" => Choice::BaseForm,
            "substitute" => Choice::Substitute { text: text.unwrap_or_default() },
            "not-printed" => Choice::NotPrinted,
            _ => return Err(DoorError::of("choice-unknown")),
        };
        let fonts = self.fonts()?;
        {
            let mut desk = self.desk();
            desk.check_not_printing()?;
            desk.open_case()?;
            self.prepare_packet(&mut desk);
            let packet = desk.packet()?;
            let events = places
                .into_iter()
                .map(|place| {
                    let spot = Spot { form: place.form, field: place.field, person: place.person };
                    settling(packet, &spot, &choice, fonts)
                })
                .collect::<Result<Vec<_>, _>>()?;
            let desk = &mut *desk;
            let store = desk.store.as_mut().ok_or_else(not_signed_in)?;
            let case = desk.case.as_mut().ok_or_else(no_case)?;
            for event in events {
                case.record(store, event, Timestamp::now())?;
            }
            desk.facts_changed();
        }
        Ok(self.changed())
    }
}
