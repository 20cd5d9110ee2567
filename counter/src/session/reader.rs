//! The card that lies at this counter: on the reader, or in practice a practice card. Only here it is decided which.

use kakanai_hardware::card::{CardError, CardReading, CardReady, CodeB, Pin};

use super::Counter;
use crate::card::{self, confirmed};
use crate::door::ReaderView;

impl Counter {
    /// Tries left; costs none.
    pub(super) fn card_ready(&self) -> Result<CardReady, CardError> {
        if let Some(practice) = &mut self.desk().practice {
            return practice.card().map(|card| card.ready());
        }
        card::tries_left(self.shared.settings.reader.as_deref())
    }

    /// One PIN, one VERIFY.
    pub(super) fn card_read(&self, pin: Pin, last_try: bool) -> Result<CardReading, CardError> {
        if let Some(practice) = &mut self.desk().practice {
            return practice.card()?.read(pin, confirmed(last_try));
        }
        card::read(self.shared.settings.reader.as_deref(), pin, last_try)
    }

    /// One code, one VERIFY.
    pub(super) fn card_read_by_code_b(
        &self,
        code: CodeB,
        last_try: bool,
    ) -> Result<CardReading, CardError> {
        if let Some(practice) = &mut self.desk().practice {
            return practice.card()?.read_by_code_b(code, confirmed(last_try));
        }
        card::read_by_code_b(self.shared.settings.reader.as_deref(), code, last_try)
    }

    /// Readers and whether a card lies on them.
    pub(super) fn card_readers(&self) -> Result<Vec<ReaderView>, CardError> {
        if let Some(practice) = &self.desk().practice {
            return Ok(vec![practice.reader()]);
        }
        let found = card::readers()?.readers.into_iter();
        Ok(found.map(|reader| ReaderView { name: reader.name, card: reader.card }).collect())
    }
}
